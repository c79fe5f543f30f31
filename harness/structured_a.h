// A of an engine whose A is structured (docs/hss.md, DSSO).
#ifndef LACUNA_STRUCTURED_A_H
#define LACUNA_STRUCTURED_A_H

#include "harness/workload.h"

// Refuses an A with too many values that differ from its zero point in a block of K, naming the first; with --prune
// the smallest of them become zero instead. Does nothing where the plan takes A as it is. False after a message.
bool structured_a(const Options *options, const Plan *plan, Workload *workload);

#endif
