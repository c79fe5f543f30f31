# What the awk programs of the benches share: -f bench_lib.awk -f theirs, -v cores= -v load=, files times, failures, refusals and results. A row of
# results: table, group, work, times, wanted, configuration, mode asked for, command, then the cells of bench_row.awk.
BEGIN { FS = "\t" }
FILENAME == "times" { time_line[++time_lines] = $0; next }
FILENAME == "failures" { failure[++failures] = $0; next }
FILENAME == "refusals" { refusal[++refusals] = $0; next }
FILENAME == "results" && $10 != "model" { compare_model() }

function compare_model(   off) {
  checked++
  wrong += $25 != "true"
  off = abs($23 / $16 - 1)
  if (off > worst_off) worst_off = off
  unequal += $24 != $17
}
function abs(x) { return x < 0 ? -x : x }
function larger(a, b) { return a > b ? a : b }
function demand(holds, what) { # without words a figure that is missed is counted only
  if (holds) reached++
  else {
    missed++
    if (what != "") misses = misses "\n- not reached: " what
  }
  return holds
}

# ---- geometric means: mean_add(name, value), mean(name)

function mean_add(name, value) { log_sum[name] += log(value); log_count[name]++ }
function mean(name) { return log_count[name] ? sprintf("%.2f", exp(log_sum[name] / log_count[name])) : "-" }

function conditions() { return "wall time on " cores " cores, one after the other; load average " load " at the start" }

function timings(   i, cell, text, limit, good) {
  text = "| figure | configuration | value | unit | required | reached |\n|---|---|---|---|---|---|\n"
  for (i = 1; i <= time_lines; i++) {
    split(time_line[i], cell, "\t")
    text = text sprintf("| %s | %s | %s | %s | ", cell[1], cell[2], cell[3], cell[4])
    if (cell[5] == "-") {
      text = text "- | - |\n"
      continue
    }
    limit = cell[5] " " cell[6]
    good = demand(cell[5] == "<=" ? cell[3] + 0 <= cell[6] + 0 : cell[3] + 0 >= cell[6] + 0, \
                  cell[2] ", " cell[1] ": " cell[3] " " cell[4] ", required " limit)
    text = text limit " | " (good ? "yes" : "NO") " |\n"
  }
  return text
}

function quote(text) {
  gsub(/["\\]/, "\\\\&", text)
  return "\"" text "\""
}

function section(title, words, body) { return "\n## " title "\n\n" words "\n\n" body }

# What the RTL said, or that it was not asked.
function compared(script, samples) {
  demand(!wrong, wrong " runs have wrong values")
  demand(!unequal, unequal " runs whose engine cycles the model does not give")
  if (!checked) return "- nothing ran on the RTL (`harness/" script " model`): " samples " are wanted from there\n"
  return sprintf("- on the RTL: %d runs, %d with a wrong value; cycle model: engine cycles differ in %d of them, total at most %.2f %% off\n",
                 checked, wrong, unequal, 100 * worst_off)
}

function left_out(   text, i) {
  for (i = 1; i <= refusals; i++) text = text "- left out, too large: " refusal[i] "\n"
  for (i = 1; i <= failures; i++) text = text "- failed: `" failure[i] "`\n"
  return text
}
