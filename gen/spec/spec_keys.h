// Every key a configuration may have: one row, read by the reader, the error texts and docs/configuration.md.
//
// KEY(ID, "section", "name", KIND, low, high, "words", default, "unit", "meaning")
//   NUMBER  a whole number, low to high           POWER2  a power of two, low to high
//   FLAG    true or false                         CHOICE  one of the words, each followed by a blank
//   WORD    an identifier of `low` to `high` letters; Spec holds the only one
// A default is a number, 0 or 1 for a flag, the place of a word in its list, REQUIRED, or DERIVED: then the plan
// computes it by the rule in the meaning. Section "" is the top of the file.
#ifndef LACUNA_SPEC_KEYS_H
#define LACUNA_SPEC_KEYS_H

#include "gen/rows/engines.h"

#define REQUIRED -1
#define DERIVED  0

// clang-format off
#define SPEC_KEYS_TILE(KEY) \
  KEY(ENGINE, "", "engine", CHOICE, 0, 0, engine_names, REQUIRED, "", "the engine between the buffers") \
  KEY(TILE_M, "tile", "m", NUMBER, 1, 64, "", REQUIRED, "rows", \
      "rows of C in a tile; banks of the A buffer. Engine outer: rows of multipliers") \
  KEY(TILE_N, "tile", "n", NUMBER, 1, 64, "", REQUIRED, "columns", \
      "columns of C in a tile. Engine outer: columns of multipliers") \
  KEY(TILE_K, "tile", "k", POWER2, 1, 64, "", REQUIRED, "lanes", \
      "multipliers of a PE, along K: lanes of a dot product; m * n * k may be at most 16384. Engine outer: 1")

// Those of each family come here, SPEC_KEYS_NAME of its rows.

#define SPEC_KEYS_COMMON(KEY) \
  KEY(DATA_BITS, "data", "bits", POWER2, 4, 16, "", 8, "bits", "width of an element of A and of B in memory") \
  KEY(A_SIGNED, "data", "a_signed", FLAG, 0, 1, "", 1, "", "A is signed; B always is") \
  KEY(A_ZERO_POINT, "data", "a_zero_point", FLAG, 0, 1, "", 0, "", \
      "a zero point is subtracted from A before the engine, which gets one bit more") \
  KEY(A_KIB, "buffers", "a_kib", NUMBER, 1, 16384, "", DERIVED, "KiB", \
      "A buffer, all banks; every bank holds a power of two of elements, at least four steps and four bus beats. " \
      "Engine outer: 8 banks. Derived: 64 a bank up to 256 multipliers, else 128, halved until all banks fit in " \
      "1024") \
  KEY(B_KIB, "buffers", "b_kib", NUMBER, 1, 16384, "", DERIVED, "KiB", \
      "B buffer, 4 to 65536 words, each n columns of k elements, of k / a_g0 * h0 with hss.a_g0. Derived: the " \
      "power of two that holds two panels of K = 4608 (3 x 3 x 512). Engine outer: the chunk stores, each a " \
      "power of two of words. Derived: a panel of K = 2048 without zeros") \
  KEY(C_KIB, "buffers", "c_kib", NUMBER, 1, 1024, "", DERIVED, "KiB", \
      "C buffer, two halves of int32 results, each at least a tile. Derived: the power of two whose halves hold " \
      "m rows of 256 columns") \
  KEY(BUS_BITS, "memory", "bus_bits", POWER2, 32, 512, "", 128, "bits", \
      "data width of the AXI4 master. Engine outer: 64 or more") \
  KEY(ADDRESS_BITS, "memory", "address_bits", NUMBER, 32, 64, "", 40, "bits", "address width of the AXI4 master") \
  KEY(BURST_BEATS, "memory", "burst_beats", NUMBER, 1, 256, "", 32, "beats", \
      "longest burst asked for; 4 KiB boundaries cut bursts shorter") \
  KEY(READ_FIFO_BEATS, "memory", "read_fifo_beats", POWER2, 2, 4096, "", DERIVED, "beats", \
      "landing FIFO of each read channel, at least two bursts. Derived: 128, or the power of two that holds two " \
      "bursts") \
  KEY(OUTSTANDING, "memory", "outstanding", NUMBER, 2, 64, "", 64, "bursts", \
      "bursts in flight, reads and writes each") \
  KEY(COUNTERS, "", "counters", CHOICE, 0, 0, "full lean ", 0, "", \
      "lean leaves the count of effectual multiplications to the cycle model") \
  KEY(RAM, "", "ram", CHOICE, 0, 0, "infer blackbox ", 0, "", \
      "memories as inferred arrays, or as black boxes to fill in") \
  KEY(MULTIPLIER, "", "multiplier", CHOICE, 0, 0, "array operator ", 0, "", \
      "what products are in synthesis: an explicit Baugh-Wooley array for standard cells, or the operator * for " \
      "FPGAs") \
  KEY(NAME, "", "name", WORD, 1, 32, "", DERIVED, "", \
      "stands before the name of every module, and more (docs/integrate.md), so that a design can hold several " \
      "accelerators. Not given: nothing does")
// clang-format on

#endif
