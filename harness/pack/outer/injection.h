// Formats of the outer-product engine spoilt on purpose (--inject).
#ifndef LACUNA_INJECTION_OUTER_H
#define LACUNA_INJECTION_OUTER_H

#include "harness/pack/injection.h"

// The record of panel `from`, or the next one that can be: SPOIL_CODE, a column that does not exist; SPOIL_ADVANCE, a
// value more; SPOIL_END, a k-tile that does not exist; SPOIL_TAG, more values than B has;
// SPOIL_PADDING, a bit behind the bitmaps. False: there is none.
bool injection_record(const Plan *plan, Image *image, Spoil spoil, uint64_t from);

// The bitmap of set `from` of A, or the next one that can be: SPOIL_COUNT, a value more; SPOIL_LESS, one less;
// SPOIL_FALL, a set past the segment; SPOIL_OFFSET, an element past it. *sets: how many A has. False: there is none.
bool injection_bitmap(const Plan *plan, Image *image, Spoil spoil, uint64_t from, uint64_t *sets);

#endif
