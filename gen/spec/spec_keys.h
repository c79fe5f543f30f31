// All keys of a configuration, one row each. The reader, the error messages and docs/configuration.md use these rows.
//
// KEY(ID, "section", "name", KIND, low, high, "words", default, "unit", "meaning")
//   NUMBER  a whole number, low to high           POWER2  a power of two, low to high
//   FLAG    true or false                         CHOICE  one of the words, each followed by a blank
//   WORD    an identifier of `low` to `high` characters; Spec has room for one key of this kind
// default: a number; 0 or 1 of a flag; the position of a word in its list; REQUIRED; or DERIVED, if the plan computes
// it by the rule in the meaning. Section "" is the top level of the file.
#ifndef LACUNA_SPEC_KEYS_H
#define LACUNA_SPEC_KEYS_H

#include "gen/rows/engines.h"

#define REQUIRED -1
#define DERIVED  0

// clang-format off
#define SPEC_KEYS_TILE(KEY) \
  KEY(ENGINE, "", "engine", CHOICE, 0, 0, engine_names, REQUIRED, "", "the engine") \
  KEY(TILE_M, "tile", "m", NUMBER, 1, 64, "", REQUIRED, "rows", \
      "rows of a tile of C, and banks of the A buffer. Engine outer: rows of multipliers") \
  KEY(TILE_N, "tile", "n", NUMBER, 1, 64, "", REQUIRED, "columns", \
      "columns of a tile of C. Engine outer: columns of multipliers") \
  KEY(TILE_K, "tile", "k", POWER2, 1, 64, "", REQUIRED, "lanes", \
      "lanes of a PE: multipliers along K. m * n * k is at most 16384. Engine outer: 1")

// The keys of the families follow here: SPEC_KEYS_NAME in gen/rows/NAME.h.

#define SPEC_KEYS_COMMON(KEY) \
  KEY(DATA_BITS, "data", "bits", POWER2, 4, 16, "", 8, "bits", "width of an element of A or B in memory") \
  KEY(A_SIGNED, "data", "a_signed", FLAG, 0, 1, "", 1, "", "A is signed. B is always signed") \
  KEY(A_ZERO_POINT, "data", "a_zero_point", FLAG, 0, 1, "", 0, "", \
      "a zero point is subtracted from A. A at the multipliers is one bit wider") \
  KEY(A_KIB, "buffers", "a_kib", NUMBER, 1, 16384, "", DERIVED, "KiB", \
      "size of the A buffer, all banks. Each bank holds a power of two of elements, at least four steps and four bus " \
      "beats. Engine outer: 8 banks. Derived: 64 per bank up to 256 multipliers, else 128, halved until the total is " \
      "at most 1024") \
  KEY(B_KIB, "buffers", "b_kib", NUMBER, 1, 16384, "", DERIVED, "KiB", \
      "size of the B buffer, 4 to 65536 words. A word is tile.n columns of tile.k elements; with hss.a_g0, of " \
      "tile.k / a_g0 * h0 elements. Derived: the power of two that holds two panels of K = 4608 (3 x 3 x 512). " \
      "Engine outer: size of the chunk stores, each a power of two of words. Derived: a panel of K = 2048 without " \
      "zeros") \
  KEY(C_KIB, "buffers", "c_kib", NUMBER, 1, 1024, "", DERIVED, "KiB", \
      "size of the C buffer: two halves of int32 results, each at least a tile. Derived: the power of two whose " \
      "halves hold tile.m rows of 256 columns") \
  KEY(BUS_BITS, "memory", "bus_bits", POWER2, 32, 512, "", 128, "bits", \
      "data width of the AXI4 master. Engine outer: 64 or more") \
  KEY(ADDRESS_BITS, "memory", "address_bits", NUMBER, 32, 64, "", 40, "bits", "address width of the AXI4 master") \
  KEY(BURST_BEATS, "memory", "burst_beats", NUMBER, 1, 256, "", 32, "beats", \
      "longest burst. Bursts are also split at 4 KiB boundaries") \
  KEY(READ_FIFO_BEATS, "memory", "read_fifo_beats", POWER2, 2, 4096, "", DERIVED, "beats", \
      "landing FIFO of each read channel, at least two bursts. Derived: the power of two that holds two bursts, at " \
      "least 128") \
  KEY(OUTSTANDING, "memory", "outstanding", NUMBER, 2, 64, "", 64, "bursts", \
      "most bursts in flight, of reads and of writes") \
  KEY(COUNTERS, "", "counters", CHOICE, 0, 0, "full lean ", 0, "", \
      "lean: no hardware for counts that depend on operand values; reports take these from the cycle model") \
  KEY(RAM, "", "ram", CHOICE, 0, 0, "infer blackbox ", 0, "", \
      "memories: inferred arrays, or black boxes for the macros of a memory compiler") \
  KEY(MULTIPLIER, "", "multiplier", CHOICE, 0, 0, "array operator ", 0, "", \
      "multipliers in synthesis: an explicit Baugh-Wooley array for standard cells, or the operator * for FPGAs") \
  KEY(NAME, "", "name", WORD, 1, 32, "", DERIVED, "", \
      "prefix for the names of modules and macros (docs/integrate.md), so that a design can hold several " \
      "accelerators. Not given: no prefix")
// clang-format on

#endif
