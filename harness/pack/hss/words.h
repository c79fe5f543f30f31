// Weights with G of H children at every rank (docs/engines/hss.md): from words with all elements of a step, as
// pack_matrix and pack_weights leave them, to kept weights and their offsets. Allocates nothing; compiles for bare
// metal.
#ifndef LACUNA_PACK_STRUCTURED_H
#define LACUNA_PACK_STRUCTURED_H

#include "harness/job/job.h"

// The first node with too many children that are not zero.
typedef struct PackOffence {
  uint64_t word;             // of B, counted from the first panel
  uint32_t column, group;    // of the word
  int rank;                  // whose children are too many, 0 the lowest
  uint32_t element;          // of the group: the node's first
  int found, kept, children; // nonempty, G, H
} PackOffence;

// plain: pack_plain_bytes(plan, job). b and m: of the job's sizes, zero before. False, with the first offence, if the
// weights do not obey the job's pattern; b and m are then unfinished.
bool pack_structured(const Plan *plan, const Job *job, const uint8_t *plain, uint8_t *b, uint8_t *m,
                     PackOffence *offence);

#endif
