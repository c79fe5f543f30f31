// B for the outer-product engine: a record per panel, with or without zeros (docs/formats.md, "Records of B").
// Allocates nothing; compiles for bare metal.
#ifndef LACUNA_PACK_OUTER_H
#define LACUNA_PACK_OUTER_H

#include "harness/job/job.h"

typedef struct PackedB {
  uint64_t b_bytes, m_bytes; // multiples of a bus beat; m_bytes 0 in modes dense and a
} PackedB;

// plain: pack_plain_bytes(plan, job), of a job that has begun in its mode. b and m: NULL to learn the sizes; else room
// for all, zero before. words: PANELS of them, or NULL: words of all chunk stores, were each as full as the fullest one
// of the panel; the list of k-tiles has no more than any store.
PackedB pack_outer(const Plan *plan, const Job *job, const uint8_t *plain, uint32_t *words, uint8_t *b, uint8_t *m);

#endif
