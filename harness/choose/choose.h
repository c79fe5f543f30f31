// Which mode a workload runs in, and how B is packed for it.
#ifndef LACUNA_CHOOSE_H
#define LACUNA_CHOOSE_H

#include "harness/pack/search.h"

// The modes that --mode allows with this plan, a bit 1 << Mode each; 0 after a message.
int choose_modes(const Options *options, const Plan *plan);

// Fewest cycles with the options' memory. EXIT_CORRECT; or EXIT_BAD_INPUT or EXIT_DEVICE after a message.
// chosen->image is to be freed in any case.
int choose_image(const Options *options, const Plan *plan, const Workload *workload, int modes, Chosen *chosen);

#endif
