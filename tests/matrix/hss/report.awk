# What is multiplied by zero is skipped, too. Structured A is passed several times where it need not obey.
END {
  if (issued != effectual) print "issued " issued ", effectual " effectual
  if ((issued + skipped) % steps)
    print issued " issued and " skipped " skipped are no whole number of each of " steps " steps"
  if ("a_passes" in report && (report["a_passes"] > 1) != (mode ~ /"(dense|b)"/))
    print report["a_passes"] " passes in mode " mode
}
