// The verb prune.
#ifndef LACUNA_PRUNE_H
#define LACUNA_PRUNE_H

#include "harness/options.h"

int prune_run(const Options *options); // exit status

#endif
