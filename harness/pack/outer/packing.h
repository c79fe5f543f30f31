// B packed for the outer-product engine.
#ifndef LACUNA_PACKING_OUTER_H
#define LACUNA_PACKING_OUTER_H

#include "harness/pack/packing.h"

// Records of all panels, with the loop order of the choice or the best one by estimate. packing->job has begun in the
// choice's mode. False after a message.
bool packing_outer(const PackingSource *source, const PackingChoice *choice, Packing *packing);

// Cycles that the engine needs for a word of B (JobLoad), by estimate.
double packing_outer_pace(const Plan *plan, const Workload *workload, const Job *job, uint64_t words, uint64_t b_bytes);

#endif
