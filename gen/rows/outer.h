// Engine outer (docs/engines/outer.md): what lower floors need of it, as rows.
#ifndef LACUNA_ROWS_OUTER_H
#define LACUNA_ROWS_OUTER_H

#define ENGINES_outer(ENGINE)                                                                                          \
  ENGINE(                                                                                                              \
      OUTER, "outer", 4, outer,                                                                                        \
      "outer products of columns of A and rows of B without their zeros, several k at once (after Dual-side Sparse "   \
      "Tensor Core, ISCA 2021)")

// Its modes (gen/rows/modes.h).
#define MODES_OUTER(MODE) MODES_BY_ZEROS(MODE)

// Its keys, as gen/spec/spec_keys.h has them.
#define SPEC_KEYS_outer(KEY)                                                                                           \
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
  KEY(OUTER_SLOTS, "outer", "slots", POWER2, 2, 8, "", 2, "k-tiles", "of A in the engine")

#define JOB_CHECKS_outer(CHECK)

// Its fields of the plan, as gen/rows/plan.h has them; all zero in other engines.
#define PLAN_FIELDS_OUTER(OWN_FIELD)                                                                                   \
  OWN_FIELD(outer, outer_, int, p, FIELD_NUMBER, "lanes", "of a block")                                                \
  OWN_FIELD(outer, outer_, int, q, FIELD_NUMBER, "multipliers", "of a lane")                                           \
  OWN_FIELD(outer, outer_, int, blocks, FIELD_NUMBER, "blocks", "that take k of their own")                            \
  OWN_FIELD(outer, outer_, int, banks, FIELD_NUMBER, "banks", "of accumulators of a lane")                             \
  OWN_FIELD(outer, outer_, int, window, FIELD_NUMBER, "chunks", "of B that a block works on")                          \
  OWN_FIELD(outer, outer_, int, slots, FIELD_NUMBER, "k-tiles", "of A in the engine")                                  \
  OWN_FIELD(outer, outer_, int, ks, FIELD_NUMBER, "k", "of a k-tile that are a block's")                               \
  OWN_FIELD(outer, outer_, int, list_words, FIELD_NUMBER, "words", "numbers of k-tiles: depth of their store")         \
  OWN_FIELD(outer, outer_, int, known, FIELD_NUMBER, "k-tiles", "of a panel that A may be known to lack")

#endif

FAMILY(outer)
