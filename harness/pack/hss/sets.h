// A without its zeros: values, and three levels of metadata (docs/formats.md, "Compressed A"). Allocates nothing;
// compiles for bare metal.
#ifndef LACUNA_PACK_A_H
#define LACUNA_PACK_A_H

#include "harness/engine/engine_pack.h"
#include "harness/job/job.h"

// rows: A as pack_rows leaves it, A_PITCH bytes a segment, of a job that is not compressed yet. What is left out is
// A_ZERO. values and meta: NULL to learn the sizes; else room for all, zero before.
PackedA pack_a(const Plan *plan, const Job *job, const uint8_t *rows, uint8_t *values, uint8_t *meta);

#endif
