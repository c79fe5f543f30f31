// Which mode a workload runs in on the outer-product engine.
#ifndef LACUNA_CHOOSE_OUTER_H
#define LACUNA_CHOOSE_OUTER_H

#include "harness/choose.h"

// Packs for each of the allowed modes; chosen->image is the one whose best loop order takes least time by estimate, of
// equal ones that which skips less. predicted[COUNTER_CYCLES] is the estimate, all other counters are 0. Exit status,
// after a message where it is not EXIT_CORRECT. image_free is fine in any case.
int choose_outer(const Options *options, const PackingSource *source, int modes, Chosen *chosen);

#endif
