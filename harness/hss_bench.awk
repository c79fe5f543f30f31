# The tables of hss_bench.sh out of its files (bench_lib.awk), its file losses and hss_page.md, -v json=(file to write). A run is a row of
# results.
FILENAME ~ /hss_page/ { page_line[++lines] = $0; next }
FILENAME == "losses" {
  pruned_by[$1, $2, $3] = $4
  energy[$1, $2, $3] = $6
  free_energy[$1, $2, $3] = $7
  error[$1, $2, $3] = $8
  free_error[$1, $2, $3] = $9
  next
}
function percent(ratio) { return 100 * (ratio - 1) }
function arithmetic(name) { return number[name] ? sum[name] / number[name] : 0 }
function add(name, value) {
  sum[name] += value
  number[name]++
}

# ---- speedup of every pattern

# Steps of K that the patterns of a run ask for, and those that are taken: every run of K is filled up to whole steps.
function steps_asked(cell) { return cell[3] * cell[4] / cell[2] }
function steps_taken(cell) { return cell[3] * int((cell[4] + cell[2] - 1) / cell[2]) }

# Metadata of 8 kept weights: what channel M brings without the column parameters, 12 bytes a column each time that B is read. A word of B
# has as many weights of a column as a step has lanes; of a structured A, twice as many.
function metadata(r, cell,   weights) {
  weights = cell[1] * (config[r] ~ /^dsso/ ? 2 : 1)
  return 8 * (bytes_meta[r] / bytes_b[r] - 12 / (steps_taken(cell) * weights))
}

function pattern_row(r,   cell, name, asked, taken, speedup, off, rest, base, lanes, good) {
  split(wanted[r], cell, " ")
  split(work[r], name, " ")
  asked = steps_asked(cell)
  taken = steps_taken(cell)
  lanes = cell[1]
  speedup = dense[r] / engine[r]
  off = percent(speedup * lanes / cell[2])
  rest = percent(speedup * lanes / cell[2] * taken / asked)
  base = run_of["patterns", group[r], "base 1/1", lanes " " lanes " " cell[3] " " cell[4], lanes > 8 ? "dense_1024" : "dense_64", "dense"]
  good = demand(abs(off) <= 1, sprintf("%s, %s, %s: engine speedup %.3f, required %.3f within 1 %%: K is %.2f steps, %d are taken",
                                       config[r], name[1], shape[r], speedup, cell[2] / lanes, asked, taken))
  good += demand(abs(rest) <= 1, sprintf("%s, %s, %s: fill and drain take %.2f %%, required 1 %%", config[r], name[1], shape[r], -rest))
  if (-rest > worst_rest) worst_rest = -rest
  return sprintf("| %s | %s | %.3f | %s%s | %.2f | %d | %d | %.3f | %.2f | %.2f | %.2f | %d | %.3f | %.3f | %s | %s |\n", name[1],
                 name[1] == "dense" && cell[2] > lanes ? "2/4 of A" : name[2], cell[2] / lanes, shape[r], cell[3] > 1 ? ", 3x3" : "",
                 asked, taken, engine[r], speedup, off, percent(asked / taken), rest, cycles[r], cycles[base] / cycles[r],
                 name[1] == "dense" ? 0 : metadata(r, cell), by[r], good == 2 ? "yes" : "NO")
}

function patterns(name,   r, text) {
  text = "| pattern | density | 1/density | M x N x K | steps of K | taken | engine cycles | engine speedup | off, % | by rounding, % " \
    "| by fill and drain, % | all cycles | total speedup | metadata, bytes | by | reached |\n"
  text = text "|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|\n"
  for (r = 1; r <= runs; r++)
    if (table[r] == "patterns" && group[r] == name && work[r] !~ /^base/) text = text pattern_row(r)
  return text
}

# ---- mode dense against dense_1024

function dense_ratio(scope, kind, ratio) {
  add(scope kind, ratio)
  if (ratio > most[scope, kind]) most[scope, kind] = ratio
}

function dense_pair(r, base,   ratio, s, scope) {
  split(group[r] SUBSEP "all", scope, SUBSEP)
  for (s = 1; s <= 2; s++) {
    dense_ratio(scope[s], "engine", engine[r] / engine[base])
    dense_ratio(scope[s], "total", cycles[r] / cycles[base])
  }
  ratio = larger(engine[r] / engine[base], cycles[r] / cycles[base])
  demand(ratio <= 1.01, sprintf("%s, %s: mode dense takes %d cycles, %d the engine; dense_1024 %d, %d", group[r], work[r],
                                cycles[r], engine[r], cycles[base], engine[base]))
}

function dense_line(scope) {
  return sprintf("| %s | %d | %.4f | %.4f | %.4f | %.4f |\n", scope, number[scope "total"], arithmetic(scope "engine"),
                 most[scope, "engine"], arithmetic(scope "total"), most[scope, "total"])
}

function dense_mode(   r, base, text, done, order, count, i) {
  text = "| layers | number | engine cycles, mean | worst | all cycles, mean | worst |\n|---|---|---|---|---|---|\n"
  for (r = 1; r <= runs; r++) {
    if (table[r] != "layers" || config[r] != "dense_1024") continue
    base = r
    if (config[r + 1] != "hss_1024" || work[r + 1] != work[r]) continue
    dense_pair(r + 1, base)
    if (!done[group[r]]++) order[++count] = group[r]
  }
  for (i = 1; i <= count; i++) text = text dense_line(order[i])
  return text dense_line("all")
}

# ---- pruned weights pruned further, beside Griffin on what they were before

# The runs of a layer: base (dense_1024), b and auto (griffin_1024), and one for each wish (hss_1024).
function read_pruned(   r, cell, id, key) {
  for (r = 1; r <= runs; r++) {
    if (table[r] != "pruned") continue
    id = group[r] SUBSEP work[r]
    if (!(id in layer_at)) {
      layer_at[id] = ++layers
      layer_group[layers] = group[r]
      layer_name[layers] = work[r]
      if (!group_seen[group[r]]++) pruned_group[++pruned_groups] = group[r]
    }
    split(wanted[r], cell, " ")
    key = config[r] == "dense_1024" ? "base" : config[r] == "hss_1024" ? cell[1] : command[r] ~ /auto$/ ? "auto" : "b"
    layer_run[layer_at[id], key] = r
    if (key == "base") share[layer_at[id]] = cell[2]
  }
}
function engine_speedup(r) { return dense[r] / engine[r] }
function total_speedup(l, key) { return cycles[layer_run[l, "base"]] / cycles[layer_run[l, key]] }

function pattern_name(scope, name) {
  if (!(scope in named)) named[scope] = name
  else if (named[scope] != name) named[scope] = "by layer"
}

function add_pruned(l, wish,   scope, ahead, g) {
  g = layer_group[l]
  scope = g wish
  ahead = total_speedup(l, wish) / total_speedup(l, "auto")
  pattern_name(scope, pruned_by[g, layer_name[l], wish])
  mean_add(scope "hss engine", engine_speedup(layer_run[l, wish]))
  mean_add(scope "hss total", total_speedup(l, wish))
  mean_add(scope "b engine", engine_speedup(layer_run[l, "b"]))
  mean_add(scope "auto engine", engine_speedup(layer_run[l, "auto"]))
  mean_add(scope "auto total", total_speedup(l, "auto"))
  mean_add(scope "ahead", ahead)
  add(scope "nonzero", share[l])
  add(scope "energy", energy[g, layer_name[l], wish])
  add(scope "free energy", free_energy[g, layer_name[l], wish])
  add(scope "error", error[g, layer_name[l], wish])
  add(scope "free error", free_error[g, layer_name[l], wish])
  wins[scope] += ahead > 1.01
  losses[scope] += ahead < 0.99
  tally(kind_of(g) wish, ahead, energy[g, layer_name[l], wish])
}

# All layers of a kind with one wish: who is faster, how far Griffin gets ahead, how often little energy is kept.
function kind_of(g) { return g ~ /^DLMC/ ? "DLMC" : "trained weights" }
function tally(scope, ahead, kept) {
  total_count[scope]++
  total_wins[scope] += ahead > 1.01
  total_losses[scope] += ahead < 0.99
  if (!(scope in worst_ahead) || ahead < worst_ahead[scope]) worst_ahead[scope] = ahead
  poor[scope] += kept < 0.9
}

function pruned_line(g, wish,   scope) {
  scope = g wish
  if (!number[scope "energy"]) return ""
  return sprintf("| %s | %d | %.3f | %s | %s | %s | %s | %s | %s | %.4f | %.4f | %.3g | %.3g | %s | %d, %d |\n", g, number[scope "energy"],
                 arithmetic(scope "nonzero"), named[scope], mean(scope "hss engine"), mean(scope "hss total"), mean(scope "b engine"),
                 mean(scope "auto engine"), mean(scope "auto total"), arithmetic(scope "energy"), arithmetic(scope "free energy"),
                 arithmetic(scope "error"), arithmetic(scope "free error"), mean(scope "ahead"), wins[scope] + 0, losses[scope] + 0)
}

function pruned(   text, l, g, w) {
  text = "| weights | layers | nonzero | pattern | hss engine | total | griffin engine, b | engine, auto | total, auto " \
    "| kept energy | unstructured | MSE | unstructured | hss / griffin, total | faster: hss, griffin |\n|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|\n"
  for (l = 1; l <= layers; l++)
    for (w = 1; w <= wishes; w++)
      if ((l, wish_name[w]) in layer_run) add_pruned(l, wish_name[w])
  for (g = 1; g <= pruned_groups; g++)
    for (w = 1; w <= wishes; w++) text = text pruned_line(pruned_group[g], wish_name[w])
  return text
}

# What pruning to a pattern costs, and where it gains nothing, in sentences.
function tallied(kind, wish,   scope) {
  scope = kind wish
  if (!total_count[scope]) return ""
  return sprintf("- %s, density %s, %d layers: hss_1024 is faster in %d, griffin_1024 in %d (by up to %.2f times); " \
                 "kept energy below 0.9: %d\n", kind, wish == "nearest" ? "next below the original" : wish, total_count[scope], total_wins[scope], total_losses[scope],
                 larger(1, 1 / worst_ahead[scope]), poor[scope])
}

function verdict(   text, w, l, sparser, beyond) {
  for (w = 1; w <= wishes; w++) text = text tallied("trained weights", wish_name[w])
  for (w = 1; w <= wishes; w++) text = text tallied("DLMC", wish_name[w])
  for (l = 1; l <= layers; l++) {
    if (share[l] >= 0.25) continue
    sparser++
    beyond += engine_speedup(layer_run[l, "b"]) > 4
  }
  return text sprintf("- %d of %d layers are sparser than 1/4, the sparsest pattern: the engine of hss_1024 gains 4 times at most\n" \
                      "  there, that of griffin_1024 (mode b) gains more in %d of them, and loses nothing\n", sparser, layers, beyond)
}

function wish_cells(l, kind,   w, text, wish) {
  for (w = 1; w <= wishes; w++) {
    wish = wish_name[w]
    if (!((l, wish) in layer_run)) text = text " | -"
    else if (kind == "total") text = text sprintf(" | %.2f", total_speedup(l, wish))
    else text = text sprintf(" | %.3f", energy[layer_group[l], layer_name[l], wish])
  }
  return text
}

function real_rows(   l, text, base) {
  text = "| network | layer | M x N x K | nonzero | A | griffin engine, auto | total, auto | hss total 1/2 | 1/3 | next below | 1/4 " \
    "| kept energy 1/2 | 1/3 | next below | 1/4 |\n|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|\n"
  for (l = 1; l <= layers; l++) {
    if (layer_group[l] ~ /^DLMC/) continue
    base = layer_run[l, "base"]
    text = text sprintf("| %s | %s | %s | %.3f | %s | %.2f | %.2f%s%s |\n", layer_group[l], layer_name[l], shape[base], share[l],
                        command[base] ~ /(input|a) random:/ ? "random" : "recorded", engine_speedup(layer_run[l, "auto"]),
                        total_speedup(l, "auto"), wish_cells(l, "total"), wish_cells(l, "energy"))
  }
  return text
}

# ---- compressed A

function compressed(   r, other, text, values, meta) {
  text = "| bound | M x N x K | A nonzero | A dense, bytes | values | metadata | compressed / dense | all cycles, dense " \
    "| compressed | gain | engine cycles | by |\n" \
    "|---|---|---|---|---|---|---|---|---|---|---|---|\n"
  for (r = 1; r <= runs; r++) {
    if (table[r] != "compressed" || wanted[r] != "dense") continue
    other = run_of["compressed", group[r], work[r], "compressed", "hss_1024", "b"]
    values = bytes_a[other]
    meta = bytes_a[r] - values - saved[other]
    demand(engine[r] == engine[other], sprintf("%s, A %s: engine cycles %d, compressed %d", group[r], work[r], engine[r], engine[other]))
    text = text sprintf("| %s | %s | %s | %d | %d | %d | %.3f | %d | %d | %.3f | %d | %s |\n", group[r], shape[r], work[r],
                        bytes_a[r], values, meta, (values + meta) / bytes_a[r], cycles[r], cycles[other], cycles[r] / cycles[other],
                        engine[other], by[r])
  }
  return text
}

# ---- the page: hss_page.md, a table for every line that begins with @

function checks() {
  return compared("hss_bench.sh", "the samples of the patterns and of compressed A, build times and\n  simulation speeds") \
    sprintf("- fill and drain take at most %.3f %% of the engine cycles of a pattern (required 1 %%)\n", worst_rest) left_out()
}

function times() {
  if (!time_lines) return "Not timed: `harness/hss_bench.sh` without `model` does.\n"
  return "Builds and runs: " conditions() ".\n\n" timings()
}

function filled(line,   word) {
  split(line, word, " ")
  if (word[1] == "@patterns") return patterns(word[2])
  if (word[1] == "@dense") return dense_mode()
  if (word[1] ~ /^@(pruned|verdict|real)$/ && !layers) return "Left out: there is no LACUNA_DATA.\n"
  if (word[1] == "@pruned") return pruned()
  if (word[1] == "@verdict") return verdict()
  if (word[1] == "@real") return real_rows()
  if (word[1] == "@compressed") return compressed()
  if (word[1] == "@times") return times()
  return line "\n"
}

END {
  wishes = split("1/2 1/3 nearest 1/4", wish_name, " ")
  write_runs()
  read_pruned()
  for (i = 1; i <= lines; i++) part[i] = filled(page_line[i])
  for (i = 1; i <= lines; i++) {
    if (page_line[i] == "@checks") part[i] = checks()
    if (page_line[i] == "@summary") at_summary = i
  }
  part[at_summary] = sprintf("**%d figures reached, %d not reached.**\n%s\n", reached, missed, misses)
  for (i = 1; i <= lines; i++) printf "%s", part[i]
}
