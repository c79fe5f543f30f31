// A of an engine whose A is structured (docs/engines/hss.md, DSSO).
#ifndef LACUNA_STRUCTURED_A_H
#define LACUNA_STRUCTURED_A_H

#include "harness/workload/workload.h"

// An A with too many values that differ from its zero point in a block of K: with --prune the smallest of them become
// zero; else a mode in which A is computed in passes is noted (workload->a_in_passes), where --mode leaves one; else it
// is refused, the first block named. Does nothing where the plan takes A as it is. False after a message.
bool structured_a(const Options *options, const Plan *plan, Workload *workload);

#endif
