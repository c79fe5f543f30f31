// B packed for the engine of structured weights.
#ifndef LACUNA_PACKING_HSS_H
#define LACUNA_PACKING_HSS_H

#include "harness/pack/packing.h"

// Of weights that do not obey their structure the first place where they do not is named. packing->job has begun in the
// choice's mode. False after a message.
bool packing_structured(const PackingSource *source, const PackingChoice *choice, Packing *packing);

#endif
