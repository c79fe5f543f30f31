# Reads one JSON report of a run and prints what in it contradicts itself; nothing if all is well.
/^  "split": \{/ { part = "split" }
/^  "model": \{/ { part = "model" }
/^  "mults": \{/ { part = "mults" }
/^  \}/          { part = "" }
/^ *"[a-z_0-9]+": / {
  name = $1
  gsub(/[":]/, "", name)
  value = $2
  sub(/,$/, "", value)
  if ($0 ~ /^    /)
    of[part, name] = value
  else
    report[name] = value
  if (part == "split" && name != "split") total += value
}
function near(a, b, share, slack) {
  return (a > b ? a - b : b - a) <= share * b + slack
}
# What a mode may do with the slots of its steps: issued and skipped ones together are those of the dense steps, which
# merged groups make fewer than dense_cycles.
function check_slots(steps, issued, skipped,   mode, dense) {
  issued += 0
  mode = report["mode"]
  if (report["engine"] == "\"outer\"") {
    check_outer(mode, issued, issued + skipped)
    return
  }
  if (report["engine"] == "\"hss\"") { # what is multiplied by zero is skipped, too
    if (issued != of["mults", "effectual"]) print "issued " issued ", effectual " of["mults", "effectual"]
    if ((issued + skipped) % steps)
      print issued " issued and " skipped " skipped are no whole number of each of " steps " steps"
    return
  }
  dense = (issued + skipped) / report["macs"]
  if (dense != int(dense) || !dense)
    print issued " multiplications issued and " skipped " skipped are " dense " dense steps"
  if (steps > dense) print steps " steps taken for " dense " dense ones"
  if (issued > steps * report["macs"]) print issued " multiplications in " steps " steps"
  if (mode == "\"dense\"" && steps * report["macs"] != issued) print steps " steps taken, " issued " multiplications"
  if (mode == "\"dense\"" && of["split", "imbalance"] + 0) print "imbalance in mode dense"
  if (mode == "\"ab\"" && of["mults", "effectual"] != issued)
    print "mode ab issued " issued ", effectual " of["mults", "effectual"]
}
# Whole tiles of products; slots lost to merge and to imbalance are told as cycles, so the others hold what was issued.
# Where B has no nonzero a zero stands for it.
function check_outer(mode, issued, all) {
  if (!all || all % report["macs"]) print issued " multiplications issued, " all " with those skipped"
  if (issued > of["split", "multiply"] * report["macs"])
    print issued " multiplications in " of["split", "multiply"] " cycles"
  if (mode == "\"dense\"" && issued != all) print "mode dense skipped " all - issued
  if (mode == "\"ab\"" && report["nnz_b"] > 0 && of["mults", "effectual"] != issued)
    print "mode ab issued " issued ", effectual " of["mults", "effectual"]
}
END {
  engine = of["split", "multiply"] + of["split", "fill_drain"] + of["split", "imbalance"] + of["split", "merge"]
  if (report["match"] != "true") print "match is " report["match"]
  if (report["cycles"] + 0 == 0) print "no cycles"
  if (total != report["cycles"]) print "split sums to " total ", cycles " report["cycles"]
  if (engine != report["engine_cycles"]) print "engine parts sum to " engine ", engine_cycles " report["engine_cycles"]
  if (report["dense_cycles"] + 0 == 0) print "no dense cycles"
  if ("a_passes" in report && (report["a_passes"] > 1) != (report["mode"] ~ /"(dense|b)"/))
    print report["a_passes"] " passes in mode " report["mode"]
  check_slots(of["split", "multiply"] + of["split", "imbalance"], of["mults", "issued"], of["mults", "skipped"])
  if (of["mults", "effectual"] + 0 > of["mults", "issued"] + 0) print "more effectual multiplications than issued"
  if (!near(report["utilization"], of["mults", "effectual"] / (report["cycles"] * report["macs"]), 1e-6, 1e-9))
    print "utilization " report["utilization"] " is not effectual / (cycles x macs)"
  if (of["model", "cycles"] + 0 == 0) exit # this version has no model
  if (of["model", "engine_cycles"] != report["engine_cycles"])
    print "model has " of["model", "engine_cycles"] " engine cycles, RTL " report["engine_cycles"]
  if (of["model", "cycles"] != report["cycles"])
    print "model has " of["model", "cycles"] " cycles, RTL " report["cycles"]
}
