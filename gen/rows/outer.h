// Engine outer (docs/engines/outer.md): its rows for the lower layers.
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
  KEY(OUTER_TILE, "outer", "tile", POWER2, 16, 64, "", 64, "rows", "rows and columns of a tile of C")                  \
  KEY(OUTER_P, "outer", "block_m", POWER2, 1, 8, "", 4, "lanes",                                                       \
      "rows of multipliers of a block, called lanes; divides tile.m")                                                  \
  KEY(OUTER_Q, "outer", "block_n", POWER2, 2, 16, "", 8, "multipliers",                                                \
      "columns of multipliers of a block; divides tile.n")                                                             \
  KEY(OUTER_BANKS, "outer", "banks", POWER2, 2, 64, "", DERIVED, "banks",                                              \
      "accumulator banks of a lane, and results per cycle; from block_n to outer.tile. Derived: 2 * block_n, at most " \
      "outer.tile")                                                                                                    \
  KEY(OUTER_WINDOW, "outer", "window", NUMBER, 1, 16, "", 4, "chunks", "chunks of B that a block works on at once")    \
  KEY(OUTER_K_TILE, "outer", "k_tile", POWER2, 2, 64, "", 32, "k", "k of a k-tile; at least the number of blocks")     \
  KEY(OUTER_SLOTS, "outer", "slots", POWER2, 2, 8, "", 2, "k-tiles", "k-tiles of A that the engine holds")

#define JOB_CHECKS_outer(CHECK)

// Its fields of the plan, as gen/rows/plan.h says; all zero in other engines.
#define PLAN_PART_outer(fields)                                                                                        \
  struct {                                                                                                             \
    fields                                                                                                             \
  } outer;
#define PLAN_FIELDS_outer(OWN_FIELD)                                                                                   \
  OWN_FIELD(outer, outer_, int, p, FIELD_NUMBER, "lanes", "lanes of a block")                                          \
  OWN_FIELD(outer, outer_, int, q, FIELD_NUMBER, "multipliers", "multipliers of a lane")                               \
  OWN_FIELD(outer, outer_, int, blocks, FIELD_NUMBER, "blocks", "blocks, each with its own k")                         \
  OWN_FIELD(outer, outer_, int, banks, FIELD_NUMBER, "banks", "accumulator banks of a lane")                           \
  OWN_FIELD(outer, outer_, int, window, FIELD_NUMBER, "chunks", "chunks of B that a block works on at once")           \
  OWN_FIELD(outer, outer_, int, slots, FIELD_NUMBER, "k-tiles", "k-tiles of A that the engine holds")                  \
  OWN_FIELD(outer, outer_, int, ks, FIELD_NUMBER, "k", "k of a k-tile that belong to a block")                         \
  OWN_FIELD(outer, outer_, int, list_words, FIELD_NUMBER, "words", "list of k-tiles: depth")                           \
  OWN_FIELD(outer, outer_, int, known, FIELD_NUMBER, "k-tiles", "k-tiles of a panel that may be known to be empty in A")

#endif

FAMILY(outer)
