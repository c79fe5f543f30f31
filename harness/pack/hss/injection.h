// Structured operands and compressed A spoilt on purpose (--inject).
#ifndef LACUNA_INJECTION_HSS_H
#define LACUNA_INJECTION_HSS_H

#include "harness/pack/injection.h"

// The injection's word or set, or the next one that can be spoilt. False after a message.
bool spoil_weights(const char *text, const Injection *injection, const Plan *plan, Image *image);
bool spoil_sets(const char *text, const Injection *injection, const Plan *plan, Image *image);

#endif
