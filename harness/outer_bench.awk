# The tables of outer_bench.sh out of its files (bench_lib.awk) and outer_page.md, -v json=(file to write). A run is a row of results.
FILENAME ~ /outer_page/ { page_line[++lines] = $0; next }
FILENAME == "results" { look_at_overlap(runs) }

# All cycles against the larger of engine cycles and bytes / bus width, metadata among the bytes.
function look_at_overlap(r,   least, ratio) {
  if (config[r] !~ /^outer/) return
  least = larger(engine[r], (bytes_a[r] + bytes_b[r] + bytes_meta[r] + bytes_c[r]) / 16)
  ratio = cycles[r] / least
  overlaps++
  overlapped += ratio <= 1.05
  size = least < 10000 ? "below 10,000" : least < 100000 ? "10,000 to 100,000" : "from 100,000 on"
  of_size[size]++
  held[size] += ratio <= 1.05
  if (ratio > worst[size]) { worst[size] = ratio; worst_run[size] = table[r] ", " group[r] ", " work[r] ", " config[r] }
}

function overlap_lines(   text, i, name, names) {
  names = split("below 10,000|10,000 to 100,000|from 100,000 on", name, "|")
  for (i = 1; i <= names; i++)
    if (of_size[name[i]]) text = text sprintf("  - %s cycles: %d of %d; worst %.3f (%s)\n", name[i], held[name[i]], of_size[name[i]],
                                              worst[name[i]], worst_run[name[i]])
  demand(overlapped == overlaps, sprintf("overlap at most 1.05: %d of %d runs", overlapped, overlaps))
  return sprintf("- overlap (all cycles / the larger of engine cycles and bytes moved / 16) at most 1.05: %d of %d runs\n", overlapped, overlaps) text
}

# ---- the formula

function figure(r, i,   cell) {
  split(wanted[r], cell, " ")
  return cell[i]
}
function other_run(r, name) { return run_of[table[r], group[r], work[r], wanted[r], name, mode_of(r)] }
function mode_of(r,   cell, count) {
  count = split(command[r], cell, " ")
  return cell[count]
}
function utilisation(r) { return effectual[r] / (128 * engine[r]) }

function published(name,   r, text, steps, good) {
  text = "| densities A/B | published | speedup by the formula | engine speedup | total speedup | formula, steps | engine cycles | engine / formula | by | reached |\n" \
    "|---|---|---|---|---|---|---|---|---|---|\n"
  for (r = 1; r <= runs; r++) {
    if (table[r] != "published" || config[r] != name) continue
    steps = figure(r, 2)
    good = demand(dense[r] / engine[r] >= figure(r, 1) - 0.005,
                  sprintf("%s, %s: engine speedup %.3f, published %s%s", name, work[r], dense[r] / engine[r], figure(r, 1),
                          dense[r] / steps < figure(r, 1) ? sprintf(" (the formula gives %.3f)", dense[r] / steps) : ""))
    if (name ~ /one_k/)
      good += demand(engine[r] <= 1.03 * steps, sprintf("%s, %s: %.3f of the formula, required 1.03", name, work[r], engine[r] / steps)) - 1
    text = text sprintf("| %s | %s | %.3f%s | %.3f | %.3f | %d | %d | %.3f | %s | %s |\n", work[r], figure(r, 1), dense[r] / steps,
                        dense[r] / steps < figure(r, 1) - 0.005 ? " (below)" : "", dense[r] / engine[r], dense[r] / cycles[r], steps, engine[r],
                        engine[r] / steps, by[r], good ? "yes" : "NO")
  }
  return text
}

function scheme_row(r, required,   base, gain, good) {
  base = other_run(r, "outer_128_one_k")
  gain = figure(r, 2) / engine[r]
  good = !required || demand(gain >= required, sprintf("%s, %s: formula / engine cycles %.2f, required %s", group[r], work[r], gain, required))
  return sprintf("| %s | %s | %.3f | %.3f | %d | %d | %d | %.2f | %.2f | %.3f | %d | %.2f", work[r], shape[r], density_a[r], density_b[r],
                 figure(r, 2), engine[base], engine[r], gain, figure(r, 2) / engine[base], utilisation(r), cycles[r], dense[r] / cycles[r]) \
    (required ? " | " (good ? "yes" : "NO") : "")
}
function scheme_head(last) {
  return "| operands | M x N x K | A nonzero | B nonzero | formula, steps | engine, one k | engine cycles | formula / engine | formula / one k | utilisation " \
    "| all cycles | total speedup | " last " |\n|---|---|---|---|---|---|---|---|---|---|---|---|---|\n"
}

function scheme(name,   r, text) {
  text = scheme_head("reached")
  for (r = 1; r <= runs; r++)
    if (table[r] == name && config[r] == "outer_128") text = text scheme_row(r, figure(r, 1)) " |\n"
  return text
}

# Layers of magnitude pruning: only those at .8 have a figure.
function pruned(   r, text) {
  for (r = 1; r <= runs; r++) {
    if (table[r] != "pruned" || config[r] != "outer_128") continue
    work[r] = group[r] " " work[r]
    text = text scheme_row_named(r)
    mean_add("gain " group[r], figure(r, 2) / engine[r])
    mean_add("total " group[r], dense[r] / cycles[r])
  }
  if (text == "") return "Left out: there is no LACUNA_DATA.\n"
  return "Pruned by magnitude, A .55 nonzero; geometric means of formula / engine: .8 " mean("gain 0.8") ", .95 " mean("gain 0.95") \
    "; of the total speedup: .8 " mean("total 0.8") ", .95 " mean("total 0.95") ".\n\n" scheme_head("reached") text
}
function scheme_row_named(r,   name, text) {
  name = work[r]
  work[r] = substr(name, length(group[r]) + 2)
  text = scheme_row(r, group[r] == "0.8" ? figure(r, 1) : 0)
  sub(/^\| /, "| " group[r] " ", text)
  return text (group[r] == "0.8" ? "" : " | -") " |\n"
}

function matrices(   r, text, good, count) {
  for (r = 1; r <= runs; r++) {
    if (table[r] != "matrices" || config[r] != "outer_128") continue
    count++
    good += figure(r, 2) / engine[r] >= 3
    mean_add("matrices", figure(r, 2) / engine[r])
    text = text scheme_row(r, 0) sprintf(" | %.2f |\n", m[r] * n[r] / 16 / cycles[r])
  }
  if (!count) return "Left out: there is no LACUNA_DATA.\n"
  demand(good == count, sprintf("matrices: formula / engine cycles is 3 or more in %d of %d", good, count))
  return sprintf("At least 3 in %d of %d; geometric mean %s.\n\n", good, count, mean("matrices")) scheme_head("results") text
}

# ---- beside other engines

function dense_line(name,   g) {
  g = of_mode[name]
  return sprintf("| %s | %d | %d | %.4f | %.4f | %.4f | %.4f |\n", name, g, within[name], sum_engine[name] / g, most_engine[name],
                 sum_total[name] / g, most_total[name])
}

function add_dense(name, r, base,   e, t) {
  e = engine[r] / engine[base]
  t = cycles[r] / cycles[base]
  of_mode[name]++
  within[name] += t <= 1.03
  sum_engine[name] += e
  sum_total[name] += t
  most_engine[name] = larger(most_engine[name], e)
  most_total[name] = larger(most_total[name], t)
  if (name == "auto")
    demand(t <= 1.03, sprintf("dense operands, %s, %s (%s): %d cycles, %d the engine; dense_128 %d, %d", group[r], work[r], shape[r],
                              cycles[r], engine[r], cycles[base], engine[base]))
}

function dense_operands(   r, base) {
  for (r = 1; r <= runs; r++) {
    if (table[r] != "layers") continue
    if (config[r] == "dense_128") base = r
    else if (work[base] == work[r] && group[base] == group[r]) add_dense(mode_of(r), r, base)
  }
  return "| mode | layers | at most 1.03 | engine cycles, mean | worst | all cycles, mean | worst |\n|---|---|---|---|---|---|---|\n" \
    dense_line("auto") dense_line("dense")
}

function break_even(   r, text, a, head, of_a, base, at, line, count) {
  text = "| A nonzero | B nonzero | dense_128, cycles | griffin_128 | outer_128 | mode | by |\n|---|---|---|---|---|---|---|\n"
  for (r = 1; r <= runs; r++) {
    if (table[r] != "break_even" || config[r] != "outer_128") continue
    base = cycles[r - 2]
    text = text sprintf("| %s | %s | %d | %.2f | %.2f | %s | %s |\n", group[r], work[r], base, base / cycles[r - 1], base / cycles[r], mode[r], by[r])
    a = group[r]
    if (!(a in seen_a)) { seen_a[a] = 1; order_a[++count] = a }
    if (cycles[r] < base && !(a in above_dense)) above_dense[a] = work[r]
    if (cycles[r] < cycles[r - 1] && !(a in above_griffin)) above_griffin[a] = work[r]
  }
  for (a = 1; a <= count; a++)
    head = head sprintf("- A %s: outer_128 is faster than dense_128 from B %s on, than griffin_128 from B %s on\n", order_a[a],
                        order_a[a] in above_dense ? above_dense[order_a[a]] : "(never)", order_a[a] in above_griffin ? above_griffin[order_a[a]] : "(never)")
  return head "\n" text
}

# ---- convolution

function conv(   r, host, text, good) {
  text = "| model | layer | M x N x K | A nonzero | B nonzero | all cycles | engine | bytes of A | im2col: all cycles | engine | bytes of A | gain | by | reached |\n" \
    "|---|---|---|---|---|---|---|---|---|---|---|---|---|---|\n"
  for (r = 1; r <= runs; r++) {
    if (table[r] != "conv" || wanted[r] != "conv") continue
    host = run_of["conv", group[r], work[r], "im2col", "outer_128", "auto"]
    if (!host) continue
    good = demand(cycles[r] <= cycles[host], sprintf("%s, %s: convolution %d cycles, by im2col on the host %d", group[r], work[r], cycles[r], cycles[host]))
    text = text sprintf("| %s | %s | %s | %.3f | %.3f | %d | %d | %d | %d | %d | %d | %.2f | %s | %s |\n", group[r], work[r], shape[r], density_a[r],
                        density_b[r], cycles[r], engine[r], bytes_a[r], cycles[host], engine[host], bytes_a[host], cycles[host] / cycles[r], by[r],
                        good ? "yes" : "NO")
  }
  return text
}

# ---- the page: outer_page.md, a table for every line that begins with @

function checks() {
  return compared("outer_bench.sh", "the samples of the tables, build times and simulation speeds") overlap_lines() left_out()
}

function times() {
  if (!time_lines) return "Not timed: `harness/outer_bench.sh` without `model` does.\n"
  return "Builds and runs: " conditions() ".\n\n" timings()
}

function filled(line,   word) {
  split(line, word, " ")
  if (word[1] == "@published") return published(word[2])
  if (word[1] == "@scheme") return scheme(word[2])
  if (word[1] == "@pruned") return pruned()
  if (word[1] == "@matrices") return matrices()
  if (word[1] == "@dense") return dense_operands()
  if (word[1] == "@break_even") return break_even()
  if (word[1] == "@conv") return conv()
  if (word[1] == "@times") return times()
  return line "\n"
}

END {
  write_runs()
  for (i = 1; i <= lines; i++) part[i] = filled(page_line[i])
  for (i = 1; i <= lines; i++) {
    if (page_line[i] == "@checks") part[i] = checks()
    if (page_line[i] == "@summary") at_summary = i
  }
  part[at_summary] = sprintf("**%d figures reached, %d not reached.**\n%s\n", reached, missed, misses)
  for (i = 1; i <= lines; i++) printf "%s", part[i]
}
