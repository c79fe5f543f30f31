// `lacuna info --shape` and `--conv`: what one GEMM or convolution will ask of the accelerator, without running it.
#ifndef LACUNA_INFO_SHAPE_H
#define LACUNA_INFO_SHAPE_H

#include "gen/plan/plan.h"
#include "harness/base/options.h"

// Prints loop order, steps, bytes and bandwidths, as text or JSON; the exit status of the program.
int info_shape(const Plan *plan, const Options *options);

#endif
