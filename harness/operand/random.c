// SplitMix64: one addition and a mixing function per number, any seed is a good one.
#include "harness/operand/random.h"

uint64_t random_next(Random *random) {
  uint64_t z = random->state += 0x9e3779b97f4a7c15u;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return z ^ (z >> 31);
}

double random_unit(Random *random) {
  return (double)(random_next(random) >> 11) * 0x1p-53;
}

int32_t random_between(Random *random, int32_t low, int32_t high) {
  uint64_t span = (uint64_t)((int64_t)high - low) + 1;
  return (int32_t)(low + (int64_t)((random_next(random) >> 32) * span >> 32)); // bias below 2^-31 * span
}
