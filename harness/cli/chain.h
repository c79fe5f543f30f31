// `lacuna chain`: two convolutions, the second of which reads what the first has written, where it has written it.
#ifndef LACUNA_CHAIN_H
#define LACUNA_CHAIN_H

#include "harness/base/options.h"

int chain_run(const Options *options); // exit status

#endif
