# The tables of griffin_bench.sh out of its files (bench_lib.awk), -v json=(file to write). A unit is one work with one command; it has a run
# for every configuration and mode.
BEGIN {
  modes = split("dense a b ab auto", mode_name, " ")
  bus = 16
}
{
  unit = $1 SUBSEP $2 SUBSEP $3 SUBSEP $5 SUBSEP $8
  if (!(unit in at)) {
    at[unit] = ++units
    table_of[units] = $1
    group_of[units] = $2
    work_of[units] = $3
    times_of[units] = $4
    wanted_of[units] = $5
    config_of[units] = $6
    command_of[units] = $8
    shape_of[units] = $11 " x " $12 " x " $13
    density_of[units] = sprintf("%.2f, %.2f", $14, $15)
    if ($1 == "ablation" && !seen[$2, $3]++) ablations[$2] = ablations[$2] " " $3
  }
  u = at[unit]
  m = $6 == "dense_1024" ? "base" : $6 ~ /_run_on$/ ? "on" : $7
  has[u, m] = 1
  taken[u, m] = $9
  sim[u, m] = $10
  cycles[u, m] = $16
  engine[u, m] = $17
  dense[u, m] = $18
  bytes[u, m] = $19 + $20 + $21 + $22
  packing[u, m] = $27
  if ($1 == "ablation") ablated[$2, $3, $5] = $18 / $17
}
function overlap(u, m) { return cycles[u, m] / larger(engine[u, m], bytes[u, m] / bus) }

# Runs that are too short to hide what has to be loaded before the engine can run at full speed are counted, not named.
function demand_overlap(u, m,   ratio, class) {
  ratio = overlap(u, m)
  class = cycles[u, m] < 60000 ? 1 : cycles[u, m] < 200000 ? 2 : 3
  overlap_runs[class]++
  overlap_runs[class, ratio <= 1.05 ? 1 : ratio <= 1.1 ? 2 : ratio <= 1.2 ? 3 : 4]++
  return demand(ratio <= 1.05, class < 3 ? "" : sprintf("%s, mode %s, %s: overlap %.3f, required 1.05", name_of(u), m, shape_of[u], ratio))
}
function overlaps(   class, i, text) {
  split("20,000 to 60,000 cycles|60,000 to 200,000|200,000 and more", words, "|")
  text = "| runs of | number | at most 1.05 | 1.10 | 1.20 | more |\n|---|---|---|---|---|---|\n"
  for (class = 1; class <= 3; class++) {
    text = text sprintf("| %s | %d", words[class], overlap_runs[class])
    for (i = 1; i <= 4; i++) text = text sprintf(" | %d", overlap_runs[class, i])
    text = text " |\n"
  }
  return text
}
function name_of(u) { return group_of[u] ", " work_of[u] }
function by(u, m) { return sim[u, m] == "model" ? "model" : "RTL" }

# ---- tables

# Engine speedup of a unit against an entry of a table; "-" asks nothing.
function against(u, what, s, entry) {
  if (entry == "-") return 1
  return demand(s >= 0.97 * entry, sprintf("%s at %s, %s: engine speedup %.3f, %s %s", group_of[u], work_of[u], shape_of[u], s, what, entry))
}

function reference(   u, m, i, w, s, good, text) {
  text = "| design | A, B nonzero | M x N x K | paper | beyond | engine speedup | / paper | / beyond | total speedup | overlap | packing " \
    "| by | reached |\n"
  text = text "|---|---|---|---|---|---|---|---|---|---|---|---|---|\n"
  for (u = 1; u <= units; u++) {
    if (table_of[u] != "reference") continue
    for (i = 1; i < modes && !has[u, mode_name[i]]; i++);
    m = mode_name[i]
    split(wanted_of[u], w, " ")
    s = dense[u, m] / engine[u, m]
    good = against(u, "paper", s, w[1]) + against(u, "beyond the paper", s, w[2])
    good += demand_overlap(u, m)
    text = text sprintf("| %s | %s | %s | %s | %s | %.3f | %.3f", group_of[u], work_of[u], shape_of[u], w[1], w[2], s, s / w[1])
    text = text (w[2] == "-" ? " | -" : sprintf(" | %.3f", s / w[2]))
    text = text sprintf(" | %.3f | %.3f | %s | %s | %s |\n", dense[u, m] / cycles[u, m], overlap(u, m), packing[u, m], by(u, m),
                        good == 3 ? "yes" : "NO")
  }
  return text
}

# Fan-in of the multiplexers and adder trees of a design, section 1 of the engines' page.
function cost(mode, distances,   d, depth) {
  split(distances, d, ",")
  if (mode == "a") return sprintf("%d | %d | %d", 1 + d[1] * (1 + d[2]) * (1 + d[3]), 1 + d[1] * (1 + d[2]), 1 + d[3])
  if (mode == "b") return sprintf("%d | 1 | %d", 1 + d[1] * (1 + d[2]), 1 + d[3])
  depth = (1 + d[1]) * (1 + d[3])
  return sprintf("%d | %d | %d", 1 + (depth - 1) * (1 + d[2] + d[4]), 1 + d[1] * (1 + d[2]), 1 + d[5])
}

function ablation(mode,   list, i, j, kinds, kind, text, value) {
  kinds = split("uniform_shuffled uniform_plain channels_shuffled channels_plain", kind, " ")
  text = "| distances | A mux | B mux | trees | uniform, shuffle | uniform, plain | channels, shuffle | channels, plain |\n" \
    "|---|---|---|---|---|---|---|---|\n"
  for (i = 1; i <= split(ablations[mode], list, " "); i++) {
    text = text "| " list[i] " | " cost(mode, list[i])
    for (j = 1; j <= kinds; j++) {
      value = ablated[mode, list[i], kind[j]]
      text = text (value ? sprintf(" | %.3f", value) : " | -")
      if (value) mean_add("ablation" mode kind[j], value)
    }
    text = text " |\n"
  }
  text = text "| geometric mean | | |"
  for (j = 1; j <= kinds; j++) text = text " | " mean("ablation" mode kind[j])
  return text " |\n"
}

function best(u,   i, least) {
  for (i = 1; i < modes; i++)
    if (has[u, mode_name[i]] && (!least || cycles[u, mode_name[i]] < least)) least = cycles[u, mode_name[i]]
  return least
}

# What every layer of a table must keep; adds its speedups to the means of its group, its table and all.
function judge(u,   i, m, ratio, scope, s) {
  if (has[u, "auto"]) {
    ratio = cycles[u, "auto"] / best(u)
    autos++
    if (ratio > auto_worst) auto_worst = ratio
    demand(ratio <= 1.01, sprintf("%s: --mode auto takes %s, %.3f of the best mode's cycles", name_of(u), taken[u, "auto"], ratio))
  }
  if (has[u, "dense"] && has[u, "base"]) {
    ratio = cycles[u, "dense"] / cycles[u, "base"]
    denses++
    if (ratio > dense_worst) dense_worst = ratio
    demand(ratio <= 1.01, sprintf("%s: dense mode takes %d cycles, dense_1024 %d", name_of(u), cycles[u, "dense"], cycles[u, "base"]))
  }
  split(table_of[u] " " group_of[u] SUBSEP table_of[u], scope, SUBSEP)
  for (i = 1; i <= modes; i++) {
    m = mode_name[i]
    if (!has[u, m]) continue
    if (cycles[u, m] >= 20000 && m != "auto") demand_overlap(u, m)
    for (s = 1; s <= 2; s++) {
      mean_add(scope[s] " engine " m, dense[u, m] / engine[u, m])
      if (has[u, "base"]) mean_add(scope[s] " total " m, cycles[u, "base"] / cycles[u, m])
    }
    if (has[u, "base"]) {
      weighted[scope[1], m] += times_of[u] * cycles[u, m]
      if (m == "auto") weighted[scope[1], "base"] += times_of[u] * cycles[u, "base"]
    }
  }
  count[scope[1]]++
  count[scope[2]]++
  chosen[scope[1], taken[u, "auto"]]++
}

function speeds(u, kind,   i, m, text) {
  for (i = 2; i <= modes; i++) {
    m = mode_name[i]
    text = text (!has[u, m] ? " | -" : sprintf(" | %.2f", kind == "engine" ? dense[u, m] / engine[u, m] : cycles[u, "base"] / cycles[u, m]))
  }
  return text
}

function means(scope, kind,   i, text) {
  for (i = 2; i <= modes; i++) text = text " | " mean(scope " " kind " " mode_name[i])
  return text
}

function network(net,   u, text, i) {
  text = "\n### " net "\n\n| layer | times | M x N x K | A, B nonzero | engine a | b | ab | auto | total a | b | ab | auto | taken " \
    "| auto / best | dense / dense_1024 | by |\n"
  text = text "|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|\n"
  for (u = 1; u <= units; u++) {
    if (table_of[u] != "layers" || group_of[u] != net) continue
    text = text sprintf("| %s | %d | %s | %s%s%s | %s | %.3f | %.3f | %s |\n", work_of[u], times_of[u], shape_of[u], density_of[u],
                        speeds(u, "engine"), speeds(u, "total"), taken[u, "auto"], best(u) ? cycles[u, "auto"] / best(u) : 0,
                        cycles[u, "base"] ? cycles[u, "dense"] / cycles[u, "base"] : 0, by(u, "auto"))
  }
  text = text "| geometric mean | | | " means("layers " net, "engine") means("layers " net, "total") " | | | | |\n"
  text = text "| network, layers as often as they occur | | | | | | | "
  for (i = 2; i <= modes; i++) text = text sprintf(" | %.2f", weighted["layers " net, "base"] / larger(1, weighted["layers " net, mode_name[i]]))
  return text " | | | | |\n"
}

# A row per group of a table, in the order of the works; then the means of all.
function groups(table,   u, text, scope, done, i, picks) {
  text = "| layers | number | engine a | b | ab | auto | total a | b | ab | auto | taken by auto |\n|---|---|---|---|---|---|---|---|---|---|---|\n"
  for (u = 1; u <= units; u++) {
    scope = table " " group_of[u]
    if (table_of[u] != table || scope in done) continue
    done[scope] = 1
    picks = ""
    for (i = 1; i < modes; i++)
      if (chosen[scope, mode_name[i]]) picks = picks (picks == "" ? "" : ", ") mode_name[i] " " chosen[scope, mode_name[i]]
    text = text sprintf("| %s | %d%s%s | %s |\n", group_of[u], count[scope], means(scope, "engine"), means(scope, "total"), picks)
  }
  return text sprintf("| geometric mean | %d%s%s | |\n", count[table], means(table, "engine"), means(table, "total"))
}

function patterns(   u, text) {
  text = "| pattern | M x N x K | A, B nonzero | engine a | b | ab | auto | total a | b | ab | auto | taken |\n" \
    "|---|---|---|---|---|---|---|---|---|---|---|---|\n"
  for (u = 1; u <= units; u++)
    if (table_of[u] == "patterns")
      text = text sprintf("| %s: %s | %s | %s%s%s | %s |\n", group_of[u], work_of[u], shape_of[u], density_of[u], speeds(u, "engine"),
                          speeds(u, "total"), taken[u, "auto"])
  return text
}

# Layers with short K, windows that end with their tile against windows that run on.
function run_on(   u, g, i, text, sizes, name, number, sum) {
  text = "| engine | layers | engine cycles | all cycles | all cycles, added up |\n|---|---|---|---|---|\n"
  for (u = 1; u <= units; u++) {
    if (table_of[u] != "run_on" || !has[u, "b"] || !has[u, "on"]) continue
    g = group_of[u]
    if (!number[g]++) name[++sizes] = g
    mean_add("run_on engine " g, engine[u, "b"] / engine[u, "on"])
    mean_add("run_on total " g, cycles[u, "b"] / cycles[u, "on"])
    sum[g, "b"] += cycles[u, "b"]
    sum[g, "on"] += cycles[u, "on"]
  }
  for (i = 1; i <= sizes; i++) {
    g = name[i]
    text = text sprintf("| B(8,0,1), %s | %d | %s | %s | %.3f |\n", g, number[g], mean("run_on engine " g), mean("run_on total " g),
                        sum[g, "b"] / sum[g, "on"])
  }
  return text
}

# ---- griffin.json: a unit a line

function run_json(u, m, name) {
  return sprintf("%s: {\"sim\": %s, \"mode\": %s, \"cycles\": %d, \"engine_cycles\": %d, \"dense_cycles\": %d, \"bytes\": %d}",
                 quote(name), quote(sim[u, m]), quote(taken[u, m]), cycles[u, m], engine[u, m], dense[u, m], bytes[u, m])
}
function write_json(   u, i, m, line, some) {
  print "[" >json
  for (u = 1; u <= units; u++) {
    line = sprintf("{\"table\": %s, \"group\": %s, \"work\": %s, \"times\": %d, \"config\": %s, \"command\": %s, \"runs\": {",
                   quote(table_of[u]), quote(group_of[u]), quote(work_of[u]), times_of[u], quote(config_of[u]), quote(command_of[u]))
    some = 0
    for (i = 0; i <= modes; i++) {
      m = i ? mode_name[i] : "base"
      if (!has[u, m]) continue
      line = line (some++ ? ", " : "") run_json(u, m, i ? m : "dense_1024")
    }
    print line "}}" (u < units ? "," : "") >json
  }
  print "]" >json
}

# ---- the page

function checks(   text) {
  text = compared("griffin_bench.sh", "the samples of the reference tables and of the layers, build times and\n  simulation speeds")
  text = text sprintf("- `--mode auto` against the best mode: %d layers, worst %.4f of its cycles (required 1.01)\n", autos, auto_worst)
  text = text sprintf("- dense mode against dense_1024: %d layers, worst %.4f of its cycles (required 1.01)\n", denses, dense_worst)
  return text left_out()
}

END {
  write_json()
  text = "Uniform random zeros; required: 0.97 of each entry of the paper's table and of the one beyond it, overlap at most 1.05."
  page = section("Reference tables", text, reference())
  text = "M = N = 128, K = 1152 = 9 pixels of 128 channels; mode a: A 0.45 nonzero, B full; b: B 0.2 nonzero, A full; ab: both. Engine\n" \
    "speedup. Channels: the same densities, but a random half of the channels all zero. Plain: without the shuffle. Distances d1,d2,d3,\n" \
    "in mode ab da1,da2,db1,db2,db3."
  body = "### Mode a\n\n" ablation("a") "\n### Mode b\n\n" ablation("b") "\n### Mode ab\n\n" ablation("ab")
  page = page section("Window ablation", text, body)
  for (u = 1; u <= units; u++) {
    if (table_of[u] != "layers" && table_of[u] != "real" && table_of[u] != "patterns") continue
    judge(u)
    if (table_of[u] == "layers" && !seen["net", group_of[u]]++) nets[++net_count] = group_of[u]
  }
  text = "Densities of the paper, uniform random zeros (harness/griffin_layers.txt). Engine: dense cycles / engine cycles; total: cycles of\n" \
    "dense_1024 / cycles."
  body = groups("layers")
  for (i = 1; i <= net_count; i++) body = body network(nets[i])
  page = page section("Layers of four networks", text, body)
  if (count["real"]) {
    text = "Zeros as published, of weights and activations; where a file is not there, or its codes do not fit 8 bits, random operands of the\n" \
      "measured density."
    page = page section("Real layers", text, groups("real"))
  }
  if (count["real"]) {
    text = "Real 1x1 layers with more than half of their weights zero (K = 8 to 384), operands as above, mode b: cycles with windows that end with\n" \
      "their tile over cycles with windows that run on into the next (`window.run_on`). What it costs: docs/results/qor.md."
    page = page section("Tiles that run on", text, run_on())
  }
  if (count["patterns"]) {
    text = "DLMC: published patterns of pruned weights with random values; activations random, 0.55 nonzero."
    page = page section("Published patterns", text, groups("patterns") "\n" patterns())
  }
  text = "All cycles / the larger of engine cycles and bytes moved / bus width: reference tables, and layers of 20,000 cycles or more in each\n" \
    "mode. Required: 1.05. In short runs most of the rest is the beginning, when every m-tile and every panel is new: with A cycles and B\n" \
    "cycles of the bus for reading each operand once, no loop order stays below engine cycles + A cycles x B cycles / engine cycles."
  page = page section("Overlap", text, overlaps())
  page = page section("Times", "Builds and runs: " conditions() ".", timings())
  page = "\n## Checks\n\n" checks() page
  print "# The Griffin engine, measured\n"
  print "Written by `harness/griffin_bench.sh`. griffin_1024 (4 x 16 processing elements of 16 lanes) unless another configuration is named; memory as by default:"
  print "128-bit bus, latency 64 cycles; int8 results. Column *by*: RTL, run on the generated Verilog, compared bit for bit with the"
  print "golden reference; model, the cycle model alone. Overlap: all cycles / the larger of engine cycles and bytes moved / bus width, metadata among them.\n"
  printf "**%d figures reached, %d not reached.**\n%s\n", reached, missed, misses
  printf "%s", page
}
