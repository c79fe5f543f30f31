// Numbers of leaves of the engines with windows, as gen/leaf/numbers.h has those of others.
#ifndef LACUNA_GRIFFIN_NUMBERS_H
#define LACUNA_GRIFFIN_NUMBERS_H

#include "gen/leaf/numbers.h"

// clang-format off
#define LEAF_NUMBERS_GRIFFIN(NUMBER) \
  NUMBER(GRIFFIN_LATENCY, 5, "lac_griffin_pe",    "S to drain_o: LATENCY = #", "cycles from the last step to its sum") \
  NUMBER(GRIFFIN_SHIFT,   2, "lac_griffin_pe",    "drain_o: SHIFT_LATENCY = #", "cycles from a shift to the next row") \
  NUMBER(GRIFFIN_CAUSE_DELAY,   2, "lac_griffin_issue", "cause_o of # cycles befo", "cycles from a cycle to its cause")
// clang-format on

enum { LEAF_NUMBERS_GRIFFIN(LEAF_NUMBER) };

#endif
