# A step takes all multipliers, and none is left out.
END {
  if (steps * macs != issued) print steps " steps taken, " issued " multiplications"
  if (skipped) print skipped " multiplications skipped"
  if (of["split", "imbalance"] + 0) print "imbalance in mode dense"
}
