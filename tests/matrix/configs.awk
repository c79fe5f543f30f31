# Prints a random configuration that the generator must take: awk -v seed=N. Numbers as in random.awk.
function below(n) {
  state = state * 16807 % 2147483647
  return int(state / 2147483647 * n)
}
function pick(list,   words) {
  return words[1 + below(split(list, words))]
}
BEGIN {
  state = (seed % 9973 + 3) ^ 2 * 17 + 1
  for (i = 0; i < 10; i++) below(1)
  m = 1 + below(7)
  n = pick("1 2 3 4 5 7 8 9 13 17 34")
  k = pick("1 2 4 8 16")
  if (m * n * k > 200) k = 1
  bits = pick("4 8 8 16")
  bus = pick("32 64 128 256 512")
  beat = bus / bits
  least = 4 * (k > beat ? k : beat) # elements of a bank
  bank = pick("1 1 2 4") / 8
  while (bank * 8192 / bits < least || int(bank * m) != bank * m) bank *= 2
  step = n * k * bits # bits of a step of B
  words = n > bus / 8 ? int((n + bus / 8 - 1) / (bus / 8)) : 1
  tile = m * words * (n < bus / 8 ? n : bus / 8) * 4 # bytes of a tile of C
  printf "engine: dense\ntile: {m: %d, n: %d, k: %d}\n", m, n, k
  printf "data: {bits: %d, a_signed: %s, a_zero_point: %s}\n", bits, pick("true true false"), pick("true false")
  printf "buffers: {a_kib: %d, b_kib: %d, c_kib: %d}\n", bank * m, int(step * pick("4 9 40 200") / 8192) + 1,
         int(tile * pick("1 2 5") / 512) + 1
  printf "memory: {bus_bits: %d, address_bits: %d, burst_beats: %d, outstanding: %d}\n", bus, 32 + below(33),
         pick("1 2 3 16 64 256"), 2 + below(20)
  printf "counters: %s\nmultiplier: %s\n", pick("full lean"), pick("array operator")
}
