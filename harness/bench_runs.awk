# What the awk programs of benches share that keep a run as a row of results: its cells by name, and write_runs(), which writes them to the
# file json, a run a line.
FILENAME == "results" {
  r = ++runs
  table[r] = $1
  group[r] = $2
  work[r] = $3
  wanted[r] = $5
  config[r] = $6
  command[r] = $8 " --mode " $7
  mode[r] = $9
  by[r] = $10 == "model" ? "model" : "RTL"
  m[r] = $11
  n[r] = $12
  k[r] = $13
  shape[r] = $11 " x " $12 " x " $13
  density_a[r] = $14
  density_b[r] = $15
  cycles[r] = $16
  engine[r] = $17
  dense[r] = $18
  bytes_a[r] = $19
  bytes_b[r] = $20
  bytes_meta[r] = $21
  bytes_c[r] = $22
  saved[r] = $28
  effectual[r] = $29
  run_of[$1, $2, $3, $5, $6, $7] = r
}
function write_runs(   r) {
  print "[" >json
  for (r = 1; r <= runs; r++)
    printf "{\"table\": %s, \"group\": %s, \"work\": %s, \"wanted\": %s, \"config\": %s, \"command\": %s, \"by\": %s, " \
      "\"mode\": %s, \"cycles\": %d, \"engine_cycles\": %d, \"dense_cycles\": %d, " \
      "\"bytes_a\": %d, \"bytes_b\": %d, \"bytes_meta\": %d, \"bytes_c\": %d}%s\n",
      quote(table[r]), quote(group[r]), quote(work[r]), quote(wanted[r]), quote(config[r]), quote(command[r]), quote(by[r]), quote(mode[r]),
      cycles[r], engine[r], dense[r], bytes_a[r], bytes_b[r], bytes_meta[r], bytes_c[r], r < runs ? "," : "" >json
  print "]" >json
}
