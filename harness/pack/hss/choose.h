// Which pattern structured weights run with: the one that --pattern names, else the fastest that they obey.
#ifndef LACUNA_CHOOSE_STRUCTURED_H
#define LACUNA_CHOOSE_STRUCTURED_H

#include "harness/base/options.h"
#include "harness/pack/image.h"

// Packs the weights into *image with the pattern whose job has the fewest steps, the sparsest of equals, of those that
// they obey and that fit; as they are where the modes allow it and no pattern has fewer steps. Exit status, after a
// message where it is not EXIT_CORRECT. image_free is fine in any case.
int structured_image(const Options *options, const PackingSource *source, int modes, Image *image);

#endif
