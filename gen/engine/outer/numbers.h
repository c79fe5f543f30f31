// Numbers of leaves of the outer-product engine, as gen/leaf/numbers.h has those of others.
#ifndef LACUNA_OUTER_NUMBERS_H
#define LACUNA_OUTER_NUMBERS_H

#include "gen/leaf/numbers.h"

// clang-format off
#define LEAF_NUMBERS_OUTER(NUMBER) \
  NUMBER(OUTER_LATENCY, 4, "lac_outer_drain", "first word of results #;", "cycles from token to first results") \
  NUMBER(OUTER_CAUSE_DELAY,   3, "lac_outer_count", "the cycle # cycles ago",   "cycles from a cycle to its cause") \
  NUMBER(OUTER_THROUGH, 4, "lac_outer_block", "gone_q; // of 1 to # cyc", "cycles from a tile's last issue to drain") \
  NUMBER(OUTER_WAY,     8, "lac_outer_pass",  "localparam WAY = #;",      "k-tiles on their way through the A reader") \
  NUMBER(OUTER_AHEAD,   6, "lac_outer_pass",  "SHOWS = SLOTS + #;",       "k-tiles told to a store, beside slots") \
  NUMBER(OUTER_GROUPS,  4, "lac_outer_store", "localparam GROUPS = #;", "groups written, still to be shown")
// clang-format on

enum { LEAF_NUMBERS_OUTER(LEAF_NUMBER) };

#endif
