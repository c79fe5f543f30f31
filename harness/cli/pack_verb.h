// The verb pack.
#ifndef LACUNA_PACK_VERB_H
#define LACUNA_PACK_VERB_H

#include "harness/base/options.h"

int pack_run(const Options *options); // exit status

#endif
