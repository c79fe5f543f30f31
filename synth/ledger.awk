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
  parts = split("multipliers trees accumulators pe_registers operand_muxes pe_selects arbiters column_aim ring rotate shuffle row_spread" \
                " align decode condense gather scatter block_edge engine_edge issue counters", part, " ")
  roles = split("multipliers trees accumulators pe_registers operand_muxes pe_selects arbiters column_aim ring rotate shuffle row_spread" \
                " align decode condense gather scatter block_edge engine_edge issue counters path_of_b buffers metadata a_expand epilogue shell", role, " ")
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
  print "Measured by `synth/ledger.sh` (`make ledger`): Yosys 0.23 with plain abc, OSU 0.18 um (typical corner), hierarchy kept, memories as black boxes, then"
  print "OpenSTA with an ideal clock, no wire load, a nanosecond outside at each port. Nets without buffers are buffered by the flow and their area counted (synth/asic.sh). Counters are full,"
  print "as the configurations say; variants without them and other experiments are in [qor-notes.md](../qor-notes.md). qor.json has the same figures.\n"
  print "## The engine: multipliers, trees, accumulators, drain and edge registers, counters\n"
  print "| configuration | multipliers | mm2 | um2 per multiplier | Fmax MHz |\n|---|---|---|---|---|"
  for (i = 1; i <= n; i++) print engine[i]
  print "\nRequired: at most 20,000 um2 per int8 multiplier at 200 MHz or more. In the same flow, as handed down with the requirement (um2 per multiplier at MHz): a 16-lane dot"
  print "product by hand in 3 stages 18,200 at 200; SNAX GemmArray 8x8x8 30,700 at 89 (111 with sizing); NVDLA nv_small CMAC 27,000 at 154; Gemmini mesh 4x4"
  print "weight-stationary 36,200 at 165, both dataflows 16x16 62,100 at 121. Those five were not measured here; they may lack the buffer pass.\n"
  print "The engines with windows, per multiplier: VEGETA's PE for N:4 with int8 arithmetic, in the same flow, as handed down, is 39,500 um2 at 122 MHz, the sparse PE"
  print "of Eyeriss v2 189,000 at 120. `griffin_1024`, which does B(8,0,1), A(2,1,1), AB(2,0,0,2,0,1) and dense, is below the smaller of the two and faster than both, its windows and"
  print "counters of every multiplier included; but it is above the 1.6 times `dense_1024` that is asked for, and below 172 MHz: qor-notes.md says what it would take.\n"
  print "## Where the engine's area is, um2 per multiplier\n"
  heading("| configuration |", part, parts)
  for (i = 1; i <= n; i++) print share[i]
  print "\nMultipliers are partial products and their reduction; in the engines with windows also the carry chain that finishes each product. Operand"
  print "muxes are those of A and of B, a third of them B's where there are both; pe selects are what tells them what to take, in modes b and ab decoded once"
  print "per column (column aim). Ring, rotate and shuffle are the windows of A, once per row; the second tree of a PE is half of the trees.\n"
  print "In the engines for structured weights (docs/engines/hss.md) operand muxes are both stages of a PE, blocks and words, with the buffers of their selects; align puts the"
  print "words of a row at fixed places, decode makes the offsets of a column one-hot.\n"
  print "In the outer-product engines (docs/engines/outer.md) accumulators are banks with their additions, and the way out of them; condense is the window and the rows that are not"
  print "zero, gather the lanes' operand registers and the way of A to them, scatter the crossbar from products to banks, block edge what blocks count and put together. Chunks are chosen on the path of B, outside the engine.\n"
  print "## Skipping, as a share of the engine\n"
  print "All that the engine has and the dense one of the same tile lacks: muxes, align, decode, and, as the rest, what its operand and select registers at the array's edge, their"
  print "buffers and the counters have more. At most 10 % were asked for at 1024 multipliers; qor-notes.md says what there is to it.\n"
  print "| configuration | muxes | align | decode | rest | all |\n|---|---|---|---|---|---|"
  for (i = 1; i <= n; i++) if (skips[i] in dense) {
    more = um2[i] - dense[skips[i]]
    print "| `" config[i] "` | " percent(muxes[i], um2[i]) " | " percent(places[i], um2[i]) " | " percent(codes[i], um2[i]) " | " \
          percent(more - muxes[i] - places[i] - codes[i], um2[i]) " | " percent(more, um2[i]) " |"
  }
  print ""
  print "## The whole accelerator, mm2 by role, without memories\n"
  heading("| configuration | mm2 | Fmax MHz |", role, roles)
  for (i = 1; i <= n; i++) print top[i]
  print "\nRows with a dash were measured with `--engine`, without the shell; those of `dense_128` and larger dense engines, and the engines of `dense_128` and\n`dense_256` above, are of the flow before buffers went through the hierarchy (qor-notes.md). The shell, not the engine, limits the clock of the whole: chains of 32-bit ripple adders in the output side. The epilogue's requantisers (17 x 17 bit"
  print "partial products) stand under `epilogue`.\n"
  print "## Worst paths\n\n| configuration | engine | accelerator |\n|---|---|---|"
  for (i = 1; i <= n; i++) print path[i]
  print "\n## FPGA cells of the engine (Yosys synthesis, no placement)\n"
  for (i = 1; i <= n; i++) if (ice40[i] != "-") {
    print "- `" config[i] "`, iCE40: " ice40[i]
    print "- `" config[i] "`, ECP5: " ecp5[i]
  }
}
