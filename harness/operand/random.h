// A small generator of random numbers, the same on every machine: SplitMix64 (Steele, Lea, Flood: "Fast splittable
// pseudorandom number generators", OOPSLA 2014; constants as in java.util.SplittableRandom).
#ifndef LACUNA_RANDOM_H
#define LACUNA_RANDOM_H

#include <stdint.h>

typedef struct Random {
  uint64_t state; // set it to the seed
} Random;

uint64_t random_next(Random *random);                              // 64 random bits
double random_unit(Random *random);                                // uniform in [0, 1)
int32_t random_between(Random *random, int32_t low, int32_t high); // uniform, both ends included, low <= high

#endif
