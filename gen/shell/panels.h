// Between the read channels and the engine. Part of lac_top; nets are found by name in the module that gen/shell/top.c
// builds.
#ifndef LACUNA_SHELL_PANELS_H
#define LACUNA_SHELL_PANELS_H

#include "gen/engine/operands.h"

// Channels up to the last one that the device has.
static inline int channel_count(const Plan *plan) {
  if (plan_has(plan, PART_OWN_JOB)) return CHANNEL_COUNT;
  if (plan_has(plan, PART_COMPRESSED_A)) return CHANNEL_AM + 1;
  return plan_has(plan, PART_META_B) ? CHANNEL_M + 1 : CHANNEL_M;
}

void add_urgent(Module *m, const Plan *plan); // which channels go first on the bus
void add_panels(Module *m, const Plan *plan); // beats of B, its metadata and P to words

#endif
