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

#include "gen/plan/plan.h"

#define REQUIRED -1
#define DERIVED  0

#define SPEC_KEYS(KEY)                                                                                                 \
  KEY(ENGINE, "", "engine", CHOICE, 0, 0, ENGINE_NAMES, REQUIRED, "", "the engine between the buffers")                \
  KEY(TILE_M, "tile", "m", NUMBER, 1, 64, "", REQUIRED, "rows",                                                        \
      "rows of C in a tile; banks of the A buffer. Engine outer: rows of multipliers")                                 \
  KEY(TILE_N, "tile", "n", NUMBER, 1, 64, "", REQUIRED, "columns",                                                     \
      "columns of C in a tile. Engine outer: columns of multipliers")                                                  \
  KEY(TILE_K, "tile", "k", POWER2, 1, 64, "", REQUIRED, "lanes",                                                       \
      "multipliers of a PE, along K: lanes of a dot product; m * n * k may be at most 16384. Engine outer: 1")         \
  KEY(A_D1, "sparse_a", "d1", NUMBER, 1, 15, "", 2, "steps", "mode a: lookahead; windows are at most 16 steps deep")   \
  KEY(A_D2, "sparse_a", "d2", NUMBER, 0, 7, "", 1, "lanes", "mode a: lookaside over lanes, less than k")               \
  KEY(A_D3, "sparse_a", "d3", NUMBER, 0, 3, "", 1, "rows", "mode a: borrowing across rows of PEs, less than m")        \
  KEY(B_D1, "sparse_b", "d1", NUMBER, 1, 15, "", 8, "steps", "mode b: lookahead; windows are at most 16 steps deep")   \
  KEY(B_D2, "sparse_b", "d2", NUMBER, 0, 7, "", 0, "lanes", "mode b: lookaside over lanes, less than k")               \
  KEY(B_D3, "sparse_b", "d3", NUMBER, 0, 3, "", 1, "columns", "mode b: borrowing across columns of PEs, less than n")  \
  KEY(AB_A1, "sparse_ab", "da1", NUMBER, 1, 7, "", 2, "words",                                                         \
      "mode ab: lookahead of A, in words of compacted B; (1 + da1) * (1 + db1) is at most 16")                         \
  KEY(AB_A2, "sparse_ab", "da2", NUMBER, 0, 7, "", 0, "lanes", "mode ab: lookaside of A over lanes, less than k")      \
  KEY(AB_A3, "sparse_ab", "da3", NUMBER, 0, 0, "", 0, "rows",                                                          \
      "mode ab: borrowing of A across rows; none, since every PE arbitrates for itself")                               \
  KEY(AB_B1, "sparse_ab", "db1", NUMBER, 1, 7, "", 2, "steps", "mode ab: lookahead of B")                              \
  KEY(AB_B2, "sparse_ab", "db2", NUMBER, 0, 7, "", 0, "lanes", "mode ab: lookaside of B over lanes, less than k")      \
  KEY(AB_B3, "sparse_ab", "db3", NUMBER, 0, 3, "", 1, "columns", "mode ab: borrowing of B across columns")             \
  KEY(SHUFFLE, "window", "shuffle", FLAG, 0, 1, "", 1, "",                                                             \
      "each four lanes are rotated by the step's number, so that zeros correlated by lane even out")                   \
  KEY(WRAP, "window", "wrap", FLAG, 0, 1, "", 1, "", "the last column of PEs borrows from the first")                  \
  KEY(RUN_ON, "window", "run_on", FLAG, 0, 1, "", 0, "",                                                               \
      "mode b: the window runs on into the next tile of the group, with a second set of accumulators")                 \
  KEY(SUPPLY, "window", "supply", NUMBER, 1, 16, "", DERIVED, "steps",                                                 \
      "steps of A that the buffer gives in a cycle. Derived: what a line of the buffer allows, see "                   \
      "docs/engines/griffin.md")                                                                                       \
  KEY(HSS_G0, "hss", "g0", NUMBER, 1, HSS_CHILDREN, "", 2, "words",                                                    \
      "rank 0: kept of each block; a job keeps g0 of g0 to h0")                                                        \
  KEY(HSS_H0, "hss", "h0", NUMBER, 1, HSS_CHILDREN, "", 4, "words", "rank 0: of a block, at most")                     \
  KEY(HSS_G1, "hss", "g1", NUMBER, 1, HSS_CHILDREN, "", 1, "blocks", "rank 1: kept of each part")                      \
  KEY(HSS_H1, "hss", "h1", NUMBER, 1, HSS_CHILDREN, "", DERIVED, "blocks",                                             \
      "rank 1: of a part, at most. Derived: g1, the rank is dense")                                                    \
  KEY(HSS_G2, "hss", "g2", NUMBER, 1, HSS_CHILDREN, "", 1, "parts", "rank 2: kept of each group")                      \
  KEY(HSS_H2, "hss", "h2", NUMBER, 1, HSS_CHILDREN, "", DERIVED, "parts",                                              \
      "rank 2: of a group, at most. Derived: g2, the rank is dense")                                                   \
  KEY(HSS_A_G0, "hss", "a_g0", NUMBER, 1, 8, "", DERIVED, "words",                                                     \
      "kept of each block of h0 words of A, beside whole blocks of B, g0 = h0. Derived: A as it is")                   \
  KEY(HSS_A_COMPRESSED, "hss", "a_compressed", FLAG, 0, 1, "", 0, "",                                                  \
      "A may lie in memory without its zeros; needs bus beats of 4 elements or more")                                  \
  KEY(OUTER_TILE, "outer", "tile", POWER2, 16, 64, "", 64, "rows", "rows and columns of C in a tile")                  \
  KEY(OUTER_P, "outer", "block_m", POWER2, 1, 8, "", 4, "lanes", "rows of multipliers of a block; divides tile.m")     \
  KEY(OUTER_Q, "outer", "block_n", POWER2, 2, 16, "", 8, "multipliers",                                                \
      "columns of multipliers of a block; divides tile.n")                                                             \
  KEY(OUTER_BANKS, "outer", "banks", POWER2, 2, 64, "", DERIVED, "banks",                                              \
      "banks of accumulators of a lane, block_n to outer.tile, and results a cycle. Derived: twice block_n, if the "   \
      "tile "                                                                                                          \
      "has so many")                                                                                                   \
  KEY(OUTER_WINDOW, "outer", "window", NUMBER, 1, 16, "", 4, "chunks", "of B that a block works on at once")           \
  KEY(OUTER_K_TILE, "outer", "k_tile", POWER2, 2, 64, "", 32, "k",                                                     \
      "k of a k-tile, as many as there are blocks or more")                                                            \
  KEY(OUTER_SLOTS, "outer", "slots", POWER2, 2, 8, "", 2, "k-tiles", "of A in the engine")                             \
  KEY(DATA_BITS, "data", "bits", POWER2, 4, 16, "", 8, "bits", "width of an element of A and of B in memory")          \
  KEY(A_SIGNED, "data", "a_signed", FLAG, 0, 1, "", 1, "", "A is signed; B always is")                                 \
  KEY(A_ZERO_POINT, "data", "a_zero_point", FLAG, 0, 1, "", 0, "",                                                     \
      "a zero point is subtracted from A before the engine, which gets one bit more")                                  \
  KEY(A_KIB, "buffers", "a_kib", NUMBER, 1, 16384, "", DERIVED, "KiB",                                                 \
      "A buffer, all banks; every bank holds a power of two of elements, at least four steps and four bus beats. "     \
      "Engine "                                                                                                        \
      "outer: 8 banks. "                                                                                               \
      "Derived: 64 a bank up to 256 multipliers, else 128, halved until all banks fit in 1024")                        \
  KEY(B_KIB, "buffers", "b_kib", NUMBER, 1, 16384, "", DERIVED, "KiB",                                                 \
      "B buffer, 4 to 65536 words, each n columns of k elements, of k / a_g0 * h0 with hss.a_g0. "                     \
      "Derived: the power of two that holds two panels of K = 4608 (3 x 3 x 512). "                                    \
      "Engine outer: the chunk stores, each a power of two of words. "                                                 \
      "Derived: a panel of K = 2048 without zeros")                                                                    \
  KEY(C_KIB, "buffers", "c_kib", NUMBER, 1, 1024, "", DERIVED, "KiB",                                                  \
      "C buffer, two halves of int32 results, each at least a tile. "                                                  \
      "Derived: the power of two whose halves hold m rows of 256 columns")                                             \
  KEY(BUS_BITS, "memory", "bus_bits", POWER2, 32, 512, "", 128, "bits",                                                \
      "data width of the AXI4 master. Engine outer: 64 or more")                                                       \
  KEY(ADDRESS_BITS, "memory", "address_bits", NUMBER, 32, 64, "", 40, "bits", "address width of the AXI4 master")      \
  KEY(BURST_BEATS, "memory", "burst_beats", NUMBER, 1, 256, "", 32, "beats",                                           \
      "longest burst asked for; 4 KiB boundaries cut bursts shorter")                                                  \
  KEY(READ_FIFO_BEATS, "memory", "read_fifo_beats", POWER2, 2, 4096, "", DERIVED, "beats",                             \
      "landing FIFO of each read channel, at least two bursts. Derived: 128, or the power of two that holds two "      \
      "bursts")                                                                                                        \
  KEY(OUTSTANDING, "memory", "outstanding", NUMBER, 2, 64, "", 64, "bursts",                                           \
      "bursts in flight, reads and writes each")                                                                       \
  KEY(COUNTERS, "", "counters", CHOICE, 0, 0, "full lean ", 0, "",                                                     \
      "lean leaves the count of effectual multiplications to the cycle model")                                         \
  KEY(RAM, "", "ram", CHOICE, 0, 0, "infer blackbox ", 0, "",                                                          \
      "memories as inferred arrays, or as black boxes to fill in")                                                     \
  KEY(MULTIPLIER, "", "multiplier", CHOICE, 0, 0, "array operator ", 0, "",                                            \
      "what products are in synthesis: an explicit Baugh-Wooley array for standard cells, or the operator * for "      \
      "FPGAs")                                                                                                         \
  KEY(NAME, "", "name", WORD, 1, 32, "", DERIVED, "",                                                                  \
      "stands before the name of every module, and more (docs/integrate.md), so that a design can hold several "       \
      "accelerators. Not given: nothing does")

#endif
