# engines: outer outer outer
# An engine for outer products: up to 16 blocks over small tiles, buffers that hold a full k-tile and rows of 65
# elements.
BEGIN {
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
  memory(bus)
}
