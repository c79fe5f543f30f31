# Prints a random configuration that the generator must take: awk -v seed=N. Numbers as in random.awk.
function below(n) {
  state = state * 16807 % 2147483647
  return int(state / 2147483647 * n)
}
function pick(list,   words) {
  return words[1 + below(split(list, words))]
}
function less(a, b) {
  return a < b ? a : b
}
# An engine with windows: its distances, within the tile and sixteen steps; the deepest sets `depth`.
function window_keys(engine,   d1, d3, b1, b3) {
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
function bits_for(things,   bits) {
  for (bits = 0; 2 ^ bits < things; bits++);
  return bits
}
function at_least(least, size) { # size or the next power of two times it
  while (size < least) size *= 2
  return size
}
# An engine for outer products: up to 16 blocks over small tiles, buffers that hold a full k-tile and rows of 65
# elements.
function outer_keys(   p, q, t, banks, ks, rows, columns, blocks, k_tile, bits, bus, beat, word, words) {
  p = pick("1 2 4 8")
  q = pick("2 4 8 16")
  rows = p * pick(p < 8 ? "1 2 3" : "1")
  if (rows == 3 * p) rows = 4 * p
  columns = q * pick(q < 16 ? "1 2" : "1")
  blocks = rows * columns / (p * q)
  t = pick("16 16 32")
  banks = at_least(q, q * pick("1 2 4"))
  while (banks > t) banks /= 2
  k_tile = at_least(blocks, pick("2 8 32"))
  if (k_tile < 2) k_tile = 2
  bits = pick("4 8 8 16")
  bus = pick("64 128 256 512")
  beat = bus / bits
  ks = k_tile / blocks
  word = q * (bits + (t > banks ? bits_for(t / banks) : 1)) + banks + (ks > 1 ? bits_for(ks) : 1) + 3
  words = at_least(ks * t / q, 4) * pick("1 2 8")
  printf "tile: {m: %d, n: %d, k: 1}\n", rows, columns
  printf "outer: {tile: %d, block_m: %d, block_n: %d, banks: %d, window: %d, k_tile: %d, slots: %d}\n", t, p, q, banks,
    1 + below(16), k_tile, pick("2 4 8")
  printf "data: {bits: %d, a_signed: %s, a_zero_point: %s}\n", bits, pick("true true false"), pick("true false")
  printf "buffers: {a_kib: %d, b_kib: %d, c_kib: %d}\n",
    at_least(t / 8 * beat * (int(64 / beat) + 1) * bits / 1024,
    at_least(4 * bits * (k_tile > beat ? k_tile : beat) / 1024, 1)) * pick("2 4 8"),
         int(words * blocks * word / 8192) + 1, t * t * pick("1 2 5") / 128
  printf "memory: {bus_bits: %d, address_bits: %d, burst_beats: %d, outstanding: %d}\n", bus, 32 + below(33),
    pick("1 2 3 16 64 256"), 2 + below(20)
  printf "counters: %s\nmultiplier: %s\n", pick("full lean"), pick("array operator")
}
BEGIN {
  state = (seed % 9973 + 3) ^ 2 * 17 + 1
  for (i = 0; i < 10; i++) below(1)
  engine = pick("dense dense griffin griffin sparse_a sparse_b sparse_ab hss hss hss outer outer outer")
  if (engine == "outer") {
    print "engine: outer"
    outer_keys()
    exit
  }
  windows = engine !~ /dense|hss/
  m = 1 + below(engine == "dense" ? 7 : 4)
  n = pick("1 2 3 4 5 7 8 9 13 17 34")
  k = pick("1 2 4 8 16")
  if (m * n * k > 200) k = 1
  if (engine != "dense" && n > 9) n = 6
  printf "engine: %s\ntile: {m: %d, n: %d, k: %d}\n", engine, m, n, k
  depth = 1
  if (windows) window_keys(engine)
  b_beat = k
  if (engine == "hss" && below(3)) hss_keys()
  else if (engine == "hss") dual_keys()
  bits = pick("4 8 8 16")
  bus = pick("32 64 128 256 512")
  beat = bus / bits
  if (structure) printf "hss: {%s%s}\n", structure, (beat >= 4 && below(2) ? ", a_compressed: true" : "")
  least = windows ? 4 * (depth * k + beat) : 4 * (k > beat ? k : beat) # elements of a bank
  if (engine == "hss" && least < two_lines()) least = two_lines()
  bank = pick("1 1 2 4") / 8
  while (bank * 8192 / bits < least || int(bank * m) != bank * m) bank *= 2
  step = n * b_beat * bits # bits of a step of B
  words = n > bus / 8 ? int((n + bus / 8 - 1) / (bus / 8)) : 1
  tile = m * words * (n < bus / 8 ? n : bus / 8) * 4 # bytes of a tile of C
  printf "data: {bits: %d, a_signed: %s, a_zero_point: %s}\n", bits, pick("true true false"), pick("true false")
  printf "buffers: {a_kib: %d, b_kib: %d, c_kib: %d}\n", bank * m,
    int(step * pick(windows ? "16 40 200" : "4 9 40 200") / 8192) + 1,
         int(tile * pick("1 2 5") / 512) + 1
  printf "memory: {bus_bits: %d, address_bits: %d, burst_beats: %d, outstanding: %d}\n", bus, 32 + below(33),
         pick("1 2 3 16 64 256"), 2 + below(20)
  printf "counters: %s\nmultiplier: %s\n", pick("full lean"), pick("array operator")
}
