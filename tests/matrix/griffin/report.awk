# Multiplications issued and skipped together are those of the dense steps, which merged groups make fewer than
# dense_cycles.
END {
  dense = (issued + skipped) / macs
  if (dense != int(dense) || !dense)
    print issued " multiplications issued and " skipped " skipped are " dense " dense steps"
  if (steps > dense) print steps " steps taken for " dense " dense ones"
  if (issued > steps * macs) print issued " multiplications in " steps " steps"
  if (mode == "\"dense\"" && steps * macs != issued) print steps " steps taken, " issued " multiplications"
  if (mode == "\"dense\"" && of["split", "imbalance"] + 0) print "imbalance in mode dense"
  if (mode == "\"ab\"" && effectual != issued) print "mode ab issued " issued ", effectual " effectual
}
