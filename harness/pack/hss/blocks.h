// Structured A (docs/engines/hss.md, DSSO): of every hss_h0 words along K hss_a_g0 values, and an element that says
// where they stand. Allocates nothing; compiles for bare metal.
#ifndef LACUNA_PACK_BLOCKS_H
#define LACUNA_PACK_BLOCKS_H

#include "harness/job/job.h"

// A as it is in values: `rows` rows, each starting at a byte, of `fibers` runs of K with `length` words each. Values
// beyond the hss_a_g0 first of a block that differ from zero, the zero point of A, are lost: see that there are none.
// bytes: rows of fibers * plan_stored(plan, length) elements.
void pack_blocks(const Plan *plan, const int32_t *values, uint64_t rows, uint64_t fibers, uint64_t length, int32_t zero,
                 uint8_t *bytes);

#endif
