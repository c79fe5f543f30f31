# Prints a random configuration that the generator must take: awk -v seed=N -v engines=LIST -f configs.awk -f
# FAMILY/configs.awk. The seed chooses among the engines of LIST, this prints it, and the file of its family, a BEGIN
# block, prints the rest. Each of these has a line "# engines: LIST", in which an engine stands as often as it weighs.
# Numbers as in random.awk.
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
function bits_for(things,   bits) {
  for (bits = 0; 2 ^ bits < things; bits++);
  return bits
}
function at_least(least, size) { # size or the next power of two times it
  while (size < least) size *= 2
  return size
}
# The tile of an engine of dot products, `most` rows at most, and `most_n` columns.
function dot_tile(most, most_n) {
  m = 1 + below(most)
  n = pick("1 2 3 4 5 7 8 9 13 17 34")
  k = pick("1 2 4 8 16")
  if (m * n * k > 200) k = 1
  if (n > most_n) n = 6
  b_beat = k
  printf "tile: {m: %d, n: %d, k: %d}\n", m, n, k
}
function dot_widths() {
  bits = pick("4 8 8 16")
  bus = pick("32 64 128 256 512")
  beat = bus / bits
}
# What is left: banks of A of at least `least` elements, a B buffer of `steps`.
function dot_rest(least, steps,   bank, step, words, tile) {
  bank = pick("1 1 2 4") / 8
  while (bank * 8192 / bits < least || int(bank * m) != bank * m) bank *= 2
  step = n * b_beat * bits # bits of a step of B
  words = n > bus / 8 ? int((n + bus / 8 - 1) / (bus / 8)) : 1
  tile = m * words * (n < bus / 8 ? n : bus / 8) * 4 # bytes of a tile of C
  printf "data: {bits: %d, a_signed: %s, a_zero_point: %s}\n", bits, pick("true true false"), pick("true false")
  printf "buffers: {a_kib: %d, b_kib: %d, c_kib: %d}\n", bank * m, int(step * pick(steps) / 8192) + 1,
    int(tile * pick("1 2 5") / 512) + 1
  memory(bus)
}
function memory(bus) {
  printf "memory: {bus_bits: %d, address_bits: %d, burst_beats: %d, outstanding: %d}\n", bus, 32 + below(33),
    pick("1 2 3 16 64 256"), 2 + below(20)
  printf "counters: %s\nmultiplier: %s\n", pick("full lean"), pick("array operator")
}
BEGIN {
  state = (seed % 9973 + 3) ^ 2 * 17 + 1
  for (i = 0; i < 10; i++) below(1)
  engine = pick(engines)
  print "engine: " engine
}
