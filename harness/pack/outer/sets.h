// A without its zeros, as values and bitmaps in two levels (docs/formats.md, "Compressed A with bitmaps"). Allocates
// nothing; compiles for bare metal.
#ifndef LACUNA_PACK_BITMAP_A_H
#define LACUNA_PACK_BITMAP_A_H

#include "harness/pack/hss/sets.h"

// As pack_a, for the outer-product engine.
PackedA pack_bitmap_a(const Plan *plan, const Job *job, const uint8_t *rows, uint8_t *values, uint8_t *meta);

#endif
