// Which pattern structured weights run with: the one that --pattern names, else the fastest that they obey.
#ifndef LACUNA_CHOOSE_STRUCTURED_H
#define LACUNA_CHOOSE_STRUCTURED_H

#include "harness/pack/search.h"

// The pattern whose job has the fewest steps, the sparsest of equals, of those that the weights obey and that fit; none
// where the modes allow it and no pattern has fewer steps. Loop orders and formats of A are left to try. Exit status,
// after a message where it is not EXIT_CORRECT.
int choose_structured(Search *search, int modes);

#endif
