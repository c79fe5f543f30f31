# Whole tiles of products; slots lost to merge and to imbalance are told as cycles, so the others hold what was issued.
# Where B has no nonzero a zero stands for it.
END {
  all = issued + skipped
  if (!all || all % macs) print issued " multiplications issued, " all " with those skipped"
  if (issued > of["split", "multiply"] * macs)
    print issued " multiplications in " of["split", "multiply"] " cycles"
  if (mode == "\"dense\"" && skipped) print "mode dense skipped " skipped
  if (mode == "\"ab\"" && report["nnz_b"] + 0 && effectual != issued)
    print "mode ab issued " issued ", effectual " effectual
}
