// From the Verilog files of a bundle to a program for vvp and the VPI module that it loads.
#ifndef LACUNA_MODEL_ICARUS_H
#define LACUNA_MODEL_ICARUS_H

#include "sim/device/compile_build.h"

// Leaves the folder locked, with model.vvp and lac_vpi.vpi in it; call model_unlock once vvp has read them.
bool model_icarus(const DutSettings *settings, const Plan *plan, ModelFolder *folder, DutError *error);

#endif
