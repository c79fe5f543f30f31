// What structured operands must obey when they are loaded (docs/engines/hss.md).
#ifndef LACUNA_ACCEPT_H
#define LACUNA_ACCEPT_H

#include "harness/workload/workload.h"

// An A with too many values that differ from its zero point in a block of K: with --prune the smallest of them become
// zero; else a mode in which A is computed in passes is noted (workload->a_in_passes), where --mode leaves one; else it
// is refused, the first block named. Nothing is asked of it where the plan takes A as it is. Weights are pruned by
// --pattern where --prune says so. False after a message.
bool accept_structured(const Options *options, const Plan *plan, Workload *workload);

#endif
