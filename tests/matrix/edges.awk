# Prints the GEMM cases around the edges of a tile: every combination of five sizes of M, N and K, densities in turn.
BEGIN {
  split("1 {m} {M} {M+1} {3*M+1}", rows)
  split("1 {n} {N} {N+1} {2*N+3}", cols)
  split("1 {k} {K} {K+1} {5*K+3}", inner)
  split("0.5:0.4 1:1 0:0.5 0.3:0 0.1:0.1 0.7:0.9 0:0", densities)
  for (m = 1; m <= 5; m++)
    for (n = 1; n <= 5; n++)
      for (k = 1; k <= 5; k++) {
        split(densities[case_number++ % 7 + 1], d, ":")
        printf "* | 0 | run --a random:%sx%s:%s --b random:%sx%s:%s\n", rows[m], inner[k], d[1], inner[k], cols[n], d[2]
      }
}
