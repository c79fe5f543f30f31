# docs/results/qor.json, a configuration per line, as Markdown.
function value(key) { return field($0, key) }
function role_area(where, key,    rest) {
  if (!index($0, "\"" where "\"")) return "-"
  rest = substr($0, index($0, "\"" where "\""))
  return field(substr(rest, 1, index(rest, "}")), key)
}
function field(line, key,    text) {
  if (!match(line, "\"" key "\": (\"[^\"]*\"|[-0-9.]+)")) return "-"
  text = substr(line, RSTART + length(key) + 4, RLENGTH - length(key) - 4)
  gsub(/"/, "", text)
  return text
}
function per_multiplier(um2) { return um2 == "-" ? "-" : sprintf("%.0f", um2 / value("multipliers")) }
function percent(part, whole) { return sprintf("%.1f %%", 100 * part / whole) }
function mm2(um2) { return um2 == "-" ? "-" : sprintf("%.2f", um2 / 1e6) }

/"config"/ {
  n++
  config[n] = value("config")
  engine[n] = sprintf("| `%s` | %s | %s | %s | %s |", config[n], value("multipliers"), mm2(value("engine_um2")),
                      value("engine_um2_per_multiplier"), value("engine_fmax_mhz"))
  top[n] = sprintf("| `%s` | %s | %s |", config[n], mm2(value("top_um2")), value("top_fmax_mhz"))
  share[n] = sprintf("| `%s` |", config[n])
  for (i = 1; i <= parts; i++) share[n] = share[n] " " per_multiplier(role_area("engine_roles_um2", part[i])) " |"
  for (i = 1; i <= roles; i++) top[n] = top[n] " " mm2(role_area("top_roles_um2", role[i])) " |"
  path[n] = sprintf("| `%s` | %s | %s |", config[n], value("engine_worst_path"), value("top_worst_path"))
  um2[n] = value("engine_um2")
  if (config[n] ~ /^dense_/) dense[value("multipliers")] = um2[n]
  skips[n] = role_area("engine_roles_um2", "align") == "-" ? "-" : value("multipliers")
  muxes[n] = role_area("engine_roles_um2", "operand_muxes")
  places[n] = role_area("engine_roles_um2", "align")
  codes[n] = role_area("engine_roles_um2", "decode")
  ice40[n] = value("ice40_cells"); ecp5[n] = value("ecp5_cells")
}

BEGIN {
  engine_roles = "multipliers trees accumulators pe_registers operand_muxes pe_selects arbiters column_aim ring " \
                 "rotate shuffle row_spread align decode condense gather scatter block_edge engine_edge issue counters"
  parts = split(engine_roles, part, " ")
  roles = split(engine_roles " path_of_b buffers metadata a_expand epilogue shell", role, " ")
}

# A paragraph in lines of 120 columns.
function prose(text,    words, word, line, i) {
  words = split(text, word, " ")
  line = word[1]
  for (i = 2; i <= words; i++)
    if (length(line) + 1 + length(word[i]) > 120) { print line; line = word[i] } else line = line " " word[i]
  print line "\n"
}

function heading(first, name, count,    i, word, line, rule) {
  line = first
  gsub(/[^|]+/, "---", first)
  rule = first
  for (i = 1; i <= count; i++) {
    word = name[i]
    gsub(/_/, " ", word)
    line = line " " word " |"
    rule = rule "---|"
  }
  print line "\n" rule
}

END {
  print "# Area and clock of the named configurations\n"
  prose("`synth/ledger.sh` (`make ledger`) writes this page. Yosys 0.23 with plain abc maps to OSU 0.18 um " \
        "(typical corner), keeps the hierarchy, and has memories as black boxes. OpenSTA has an ideal clock, no " \
        "wire load, and a nanosecond outside at each port. The flow adds missing buffers and counts their area " \
        "(synth/asic.sh). Counters are full, as in the configurations. [qor-notes.md](../qor-notes.md) has " \
        "variants and experiments; qor.json has the figures of this page.")
  print "## The engine: multipliers, trees, accumulators, drain and edge registers, counters\n"
  print "| configuration | multipliers | mm2 | um2 per multiplier | Fmax MHz |\n|---|---|---|---|---|"
  for (i = 1; i <= n; i++) print engine[i]
  print ""
  prose("Required: at most 20,000 um2 per int8 multiplier at 200 MHz or more. Designs for comparison in the same " \
        "flow, as given with the requirement (um2 per multiplier at MHz): a hand-written 16-lane dot product in 3 " \
        "stages 18,200 at 200; SNAX GemmArray 8x8x8 30,700 at 89 (111 with sizing); NVDLA nv_small CMAC 27,000 at " \
        "154; Gemmini mesh 4x4 weight-stationary 36,200 at 165, both dataflows 16x16 62,100 at 121. These were " \
        "not measured here and may lack the buffer pass.")
  prose("For the engines with windows, given in the same way: the PE of VEGETA for N:4 with int8 arithmetic takes " \
        "39,500 um2 at 122 MHz, the sparse PE of Eyeriss v2 189,000 at 120. `griffin_1024` has B(8,0,1), " \
        "A(2,1,1), AB(2,0,0,2,0,1) and dense. It is smaller than both and faster than both, with its windows and " \
        "the counters of every multiplier. It is above the required 1.6 times `dense_1024` and below the required " \
        "172 MHz; qor-notes.md has ideas.")
  print "## Where the engine's area is, um2 per multiplier\n"
  heading("| configuration |", part, parts)
  for (i = 1; i <= n; i++) print share[i]
  print ""
  prose("Multipliers are partial products and their reduction; in the engines with windows also the carry chain " \
        "that finishes each product. Operand muxes are those of A and B; if there are both, a third are those of " \
        "B. PE selects control them; in modes b and ab they are decoded once per column (column aim). Ring, " \
        "rotate and shuffle are the windows of A, once per row. The second tree of a PE is half of the trees.")
  prose("In the engines for structured weights (docs/engines/hss.md), operand muxes are both stages of a PE, " \
        "blocks and words, with the buffers of their selects. Align puts the words of a row at fixed places. " \
        "Decode makes the offsets of a column one-hot.")
  prose("In the outer-product engines (docs/engines/outer.md), accumulators are the banks with their additions " \
        "and the output of the sums. Condense is the window and the masks of A. Gather is the operand registers " \
        "of the lanes and the path of A to them. Scatter is the crossbar from products to banks. Block edge is " \
        "what a block counts and combines. Chunks are chosen on the path of B, outside the engine.")
  print "## Skipping, as a share of the engine\n"
  prose("Everything that the engine has more than the dense engine of the same tile: muxes, align, decode. The " \
        "rest are operand and select registers at the edge of the array, their buffers, and counters. Required: " \
        "at most 10 % at 1024 multipliers; qor-notes.md says why it is more.")
  print "| configuration | muxes | align | decode | rest | all |\n|---|---|---|---|---|---|"
  for (i = 1; i <= n; i++) if (skips[i] in dense) {
    more = um2[i] - dense[skips[i]]
    rest = more - muxes[i] - places[i] - codes[i]
    print "| `" config[i] "` | " percent(muxes[i], um2[i]) " | " percent(places[i], um2[i]) " | " \
          percent(codes[i], um2[i]) " | " percent(rest, um2[i]) " | " percent(more, um2[i]) " |"
  }
  print ""
  print "## The whole accelerator, mm2 by role, without memories\n"
  heading("| configuration | mm2 | Fmax MHz |", role, roles)
  for (i = 1; i <= n; i++) print top[i]
  print ""
  prose("Rows with a dash were measured with `--engine`, without the shell. The clock of the whole is limited by the " \
        "shell: chains of 32-bit ripple adders in the output side. The requantisers of the epilogue (17 x 17 bit " \
        "partial products) are under `epilogue`.")
  print "## Worst paths\n\n| configuration | engine | accelerator |\n|---|---|---|"
  for (i = 1; i <= n; i++) print path[i]
  print "\n## FPGA cells of the engine (Yosys synthesis, no placement)\n"
  for (i = 1; i <= n; i++) if (ice40[i] != "-") {
    print "- `" config[i] "`, iCE40: " ice40[i]
    print "- `" config[i] "`, ECP5: " ecp5[i]
  }
}
