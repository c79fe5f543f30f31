# engines: dense dense
BEGIN {
  dot_tile(7, 34)
  dot_widths()
  dot_rest(4 * (k > beat ? k : beat), "4 9 40 200")
}
