// Which packings the engines with windows are tried with.
#ifndef LACUNA_CHOOSE_GRIFFIN_H
#define LACUNA_CHOOSE_GRIFFIN_H

#include "harness/pack/search.h"

// Exit status, after a message where it is not EXIT_CORRECT.
int choose_compacted(Search *search, int modes);

#endif
