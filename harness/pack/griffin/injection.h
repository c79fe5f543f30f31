// Compacted B spoilt on purpose (--inject).
#ifndef LACUNA_INJECTION_GRIFFIN_H
#define LACUNA_INJECTION_GRIFFIN_H

#include "harness/pack/injection.h"

// Codes and headers of the injection's word, or of the next one that can be. False after a message.
bool spoil_compacted(const char *text, const Injection *injection, const Plan *plan, Image *image);

#endif
