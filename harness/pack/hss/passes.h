// Any A on an engine whose A is structured: in passes along K (docs/engines/hss.md, DSSO).
#ifndef LACUNA_PASSES_H
#define LACUNA_PASSES_H

#include "harness/workload/workload.h"

// The same product for the packers, with an A that obeys. K, of a convolution the channels of each group, becomes
// plan_passes parts, each filled up to whole blocks of A, or to whole groups of the pattern h that B is to have (by
// rank; h[0] 0: none). Part p of A keeps of every block the words from p * hss_a_g0 on, hss_a_g0 of them, all others
// become the zero point; each part of B is B, with zeros in what is filled up. What passes do not change is *workload's
// own. False after a message; passes_free is fine then.
bool passes_make(const Plan *plan, const Workload *workload, const uint32_t h[3], Workload *passes);
void passes_free(Workload *passes);

// The shape of it alone. False, with the reason in why, if it is too large.
bool passes_shape(const Plan *plan, const uint32_t h[3], Shape *shape, char why[JOB_WHY]);

#endif
