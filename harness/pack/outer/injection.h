// Formats of the outer-product engine spoilt on purpose (--inject).
#ifndef LACUNA_INJECTION_OUTER_H
#define LACUNA_INJECTION_OUTER_H

#include "harness/pack/injection.h"

// The record of the injection's panel of B, or the bitmap of its set of A, or the next one that can be spoilt. False
// after a message.
bool spoil_records(const char *text, const Injection *injection, const Plan *plan, Image *image);
bool spoil_bitmaps(const char *text, const Injection *injection, const Plan *plan, Image *image);

#endif
