# engines: griffin griffin sparse_a sparse_b sparse_ab
# An engine with windows: its distances, within the tile and sixteen steps; the deepest sets `depth`.
function window_keys(   d1, d3, b1, b3) {
  depth = 1
  if (engine ~ /griffin|_a$/) {
    depth = 1 + (d1 = 1 + below(4))
    printf "sparse_a: {d1: %d, d2: %d, d3: %d}\n", d1, below(less(k, 4)), below(less(m, 3))
  }
  if (engine ~ /griffin|_b$/) {
    d1 = 1 + below(8)
    if (depth < 1 + d1) depth = 1 + d1
    printf "sparse_b: {d1: %d, d2: %d, d3: %d}\n", d1, below(less(k, 3)), d3 = below(less(n, 4))
  }
  if (engine ~ /griffin|_ab$/) {
    d1 = 1 + below(3)
    b1 = 1 + below(3)
    if (depth < (1 + d1) * (1 + b1)) depth = (1 + d1) * (1 + b1)
    printf "sparse_ab: {da1: %d, da2: %d, db1: %d, db2: %d, db3: %d}\n", d1, below(less(k, 3)), b1, below(less(k, 3)),
      below(less(n, 3))
  }
  printf "window: {shuffle: %s", pick("true true false")
  if (engine !~ /_a$/) printf ", wrap: %s", pick("true true false")
  if (engine ~ /griffin|_b$/ && d3) printf ", run_on: %s", pick("true false")
  printf pick("1 2 3") == 1 ? ", supply: %d}\n" : "}\n", 1 + below(depth)
}
BEGIN {
  dot_tile(4, 9)
  window_keys()
  dot_widths()
  dot_rest(4 * (depth * k + beat), "16 40 200")
}
