// The epilogue of a run as the user asks for it: scales, zero point, clamps.
#ifndef LACUNA_REQUANT_H
#define LACUNA_REQUANT_H

#include "harness/workload/workload.h"

// Sets the workload's epilogue, scales and unit, and turns its exact golden accumulators into golden results. `auto`
// chooses one scale for the tensor, which maps the largest magnitude to 127. False after a message.
bool requant_apply(const Options *options, Workload *workload);

#endif
