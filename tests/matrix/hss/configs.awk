# engines: hss hss hss
# An engine for structured weights, `structure`: the kept children divide the lanes; its longest step is `span` words.
function hss_keys(   rank, g, h, kept, sparse, keys) {
  do {
    keys = ""
    span = kept = 1
    for (rank = sparse = 0; rank < 3; rank++) {
      g = pick("1 1 2 2 3 4")
      h = g + below(5)
      if (rank > 0 && below(2)) g = h = 1
      kept *= g
      span *= h
      sparse += h > g
      keys = keys sprintf("%sg%d: %d, h%d: %d", rank ? ", " : "", rank, g, rank, h)
    }
  } while (k % kept || !sparse || k / kept * span > 100)
  span *= k / kept
  structure = keys
}
# One whose A is structured, too: offsets that fit elements of four bits.
function dual_keys(   of, g, h) {
  do {
    split(pick("1:2 1:4 2:4 1:8 1:16"), of, ":")
    g = pick("1 1 2 4")
    h = g + 1 + below(5)
    span = k / (of[1] * g) * h * (of[1] + 1)
  } while (k % (of[1] * g) || span > 100)
  b_beat = k / of[1] * of[2]
  printf "hss: {g0: %d, h0: %d, g1: %d, h1: %d, a_g0: %d}\n", of[2], of[2], g, h, of[1]
}
# Two lines of the A buffer, each a step that begins anywhere in a beat.
function two_lines(   line) {
  for (line = 2 * beat; line < span + beat - 1; line *= 2);
  return 2 * line
}
BEGIN {
  dot_tile(4, 9)
  if (below(3)) hss_keys()
  else dual_keys()
  dot_widths()
  if (structure) printf "hss: {%s%s}\n", structure, (beat >= 4 && below(2) ? ", a_compressed: true" : "")
  least = 4 * (k > beat ? k : beat)
  dot_rest(least < two_lines() ? two_lines() : least, "4 9 40 200")
}
