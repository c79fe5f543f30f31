// Which mode a workload runs in, and how B is packed for it: every way that may be the fastest is packed, and the cycle
// model asked.
#ifndef LACUNA_CHOOSE_H
#define LACUNA_CHOOSE_H

#include "harness/pack/image.h"

extern const char *const mode_names[MODE_COUNT];

typedef struct Trial { // of one mode, with its best packing
  bool done;
  PackingChoice choice;
  uint64_t cycles;
} Trial;

typedef struct Chosen {
  Image image;
  uint64_t predicted[DUT_COUNTERS]; // of the image
  double model_s;                   // what this prediction took
  Trial trials[MODE_COUNT];
} Chosen;

// The modes that --mode allows with this plan, a bit 1 << Mode each; 0 after a message.
int choose_modes(const Options *options, const Plan *plan);

// Fewest cycles with the options' memory. EXIT_CORRECT; or EXIT_BAD_INPUT or EXIT_DEVICE after a message.
// chosen->image is to be freed in any case.
int choose_image(const Options *options, const Plan *plan, const Workload *workload, int modes, Chosen *chosen);

#endif
