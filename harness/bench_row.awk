# One JSON report to one row for the awk program of a bench: -v head=(cells that come first, each ended by a tab), then the cells named below.
/^ *"[a-z_0-9]+": / {
  name = $1
  gsub(/[":]/, "", name)
  value = $2
  sub(/,$/, "", value)
  gsub(/"/, "", value)
  if (value == "{")
    part = name
  else
    of[$0 ~ /^    / ? part "." name : name] = value
}
END {
  cells = split("mode sim m n k density_a density_b cycles engine_cycles dense_cycles bytes.a bytes.b bytes.meta bytes.c " \
                "model.cycles model.engine_cycles match sim_cycles_per_s packing a_saved mults.effectual", cell, " ")
  for (i = 1; i <= cells; i++) {
    value = of[cell[i]]
    line = line (value == "" ? "-" : value) (i < cells ? "\t" : "")
  }
  print head line
}
