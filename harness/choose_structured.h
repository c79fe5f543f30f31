// Which pattern structured weights run with: the one that --pattern names, else the fastest that they obey.
#ifndef LACUNA_CHOOSE_STRUCTURED_H
#define LACUNA_CHOOSE_STRUCTURED_H

#include "harness/image.h"
#include "harness/options.h"

// Packs the weights into *image for the first of the allowed modes and patterns, sparsest first, that they obey. Exit
// status, after a message where it is not EXIT_CORRECT. image_free is fine in any case.
int structured_image(const Options *options, const PackingSource *source, int modes, Image *image);

#endif
