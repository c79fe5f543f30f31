// Between the read channels and the engine: B, its metadata and the column parameters. Part of lac_top; nets are found
// by name in the module that gen/shell/top.c builds.
#ifndef LACUNA_SHELL_PANELS_H
#define LACUNA_SHELL_PANELS_H

#include "gen/hdl/hdl.h"
#include "gen/plan/plan.h"

// DMA channels in the order of the arbiter. M exists only in engines with metadata of B, AM only where A may be
// compressed.
enum { CHANNEL_A, CHANNEL_B, CHANNEL_P, CHANNEL_M, CHANNEL_AM };

static inline const char *channel_name(int channel) {
  static const char *const names[] = {"a", "b", "p", "m", "am"};
  return names[channel];
}

static inline int channel_count(const Plan *plan) {
  if (plan->a_compressed) return CHANNEL_AM + 1;
  return has_metadata(plan) ? CHANNEL_M + 1 : CHANNEL_M;
}

// Counts of borrowed multiplications that the engine reports: distances 1 .. a_depth - 1, lane, PE.
static inline int borrowed_count(const Plan *plan) {
  return has_windows(plan) && plan->counters_full ? plan->a_depth - 1 + 2 : 0;
}

void add_urgent(Module *m, const Plan *plan); // which channels go first on the bus
void add_panels(Module *m, const Plan *plan); // beats of B, P and M to words

#endif
