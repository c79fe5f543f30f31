# Reads one JSON report of a run and prints what in it contradicts itself; nothing if all is well. This holds for every
# engine. tests/matrix/FAMILY/report.awk comes after it (tests/report.sh) and says what the engine may issue and skip.
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
END {
  engine = of["split", "multiply"] + of["split", "fill_drain"] + of["split", "imbalance"] + of["split", "merge"]
  if (report["match"] != "true") print "match is " report["match"]
  if (report["cycles"] + 0 == 0) print "no cycles"
  if (total != report["cycles"]) print "split sums to " total ", cycles " report["cycles"]
  if (engine != report["engine_cycles"]) print "engine parts sum to " engine ", engine_cycles " report["engine_cycles"]
  if (report["dense_cycles"] + 0 == 0) print "no dense cycles"
  mode = report["mode"]
  macs = report["macs"]
  steps = of["split", "multiply"] + of["split", "imbalance"]
  issued = of["mults", "issued"] + 0
  skipped = of["mults", "skipped"] + 0
  effectual = of["mults", "effectual"] + 0
  if (effectual > issued) print "more effectual multiplications than issued"
  if (!near(report["utilization"], effectual / (report["cycles"] * macs), 1e-6, 1e-9))
    print "utilization " report["utilization"] " is not effectual / (cycles x macs)"
  if (of["model", "cycles"] + 0) check_model() # which this version may not have
}
function check_model() {
  if (of["model", "engine_cycles"] != report["engine_cycles"])
    print "model has " of["model", "engine_cycles"] " engine cycles, RTL " report["engine_cycles"]
  if (of["model", "cycles"] != report["cycles"])
    print "model has " of["model", "cycles"] " cycles, RTL " report["cycles"]
}
