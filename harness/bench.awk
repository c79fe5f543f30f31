# One JSON report to one row of the table of runs: what the run reached, and what it had to. A row is
# verdict <tab> cells ...; verdict is the number of figures reached and missed, as "3 1".
# -v config= -v work= -v command= -v peak= -v speed= (floors, "-": none) -v bus= (bytes a cycle)
/^ *"[a-z_0-9]+": / {
  name = $1
  gsub(/[":]/, "", name)
  value = $2
  sub(/,$/, "", value)
  if (value == "{")
    part = name
  else
    of[$0 ~ /^    / ? part "." name : name] = value ~ /^[0-9.]+$/ ? value + 0 : value
}
function demand(text, holds, got) {
  needs = needs (needs == "" ? "" : ", ") text
  if (holds)
    reached++
  else {
    missed++
    misses = misses (misses == "" ? "" : ", ") got
  }
}
function always(what, holds) {
  if (holds)
    reached++
  else {
    missed++
    misses = misses (misses == "" ? "" : ", ") what " is wrong"
  }
}
function larger(a, b) {
  return a > b ? a : b
}
END {
  cycles = of["cycles"]
  reads = of["bytes.a"] + of["bytes.b"] + of["bytes.meta"]
  bytes = reads + of["bytes.c"]
  busy = 100 * of["split.multiply"] / cycles
  overlap = cycles / larger(of["engine_cycles"], bytes / bus)
  strict = cycles / larger(of["engine_cycles"], larger(reads, of["bytes.c"]) / bus)
  traffic = bytes / of["least_bytes"]
  off = 100 * (of["model.cycles"] / cycles - 1)
  if (peak != "-") demand(">= " peak " % of peak", busy >= peak + 0, sprintf("%.1f %% of peak", busy))
  if (cycles >= 20000) {
    demand("overlap <= 1.05", overlap <= 1.05, sprintf("overlap %.3f", overlap))
    demand("bytes <= 1.2", traffic <= 1.2, sprintf("bytes %.3f", traffic))
  }
  rate = of["sim_cycles_per_s"]
  if (speed != "-") demand(">= " speed " cycles/s", rate >= speed + 0, sprintf("%d cycles/s", rate))
  always("the model", of["model.engine_cycles"] == of["engine_cycles"] && off <= 2 && off >= -2)
  always("a value", of["match"] == "true")
  printf "%d %d\t%s\t%s\t%d x %d x %d\t%d\t%.1f\t%.3f\t%.3f\t%.3f\t%d\t%.2f\t%s\t%s\t%s\n", reached, missed, config, work,
         of["m"], of["n"], of["k"], cycles, busy, overlap, strict, traffic, rate, off, needs == "" ? "-" : needs,
         misses == "" ? "yes" : "NO: " misses, "`" command "`"
}
