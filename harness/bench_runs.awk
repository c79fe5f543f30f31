# What the awk programs of benches share that keep a run as a row of results: write_runs() writes them to the file json, a run a line.
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
