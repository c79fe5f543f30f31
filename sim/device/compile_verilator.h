// From the Verilog files of a bundle to a shared object with the functions of sim/device/shim.h.
#ifndef LACUNA_MODEL_VERILATOR_H
#define LACUNA_MODEL_VERILATOR_H

#include "sim/device/compile_build.h"

// Leaves the folder locked, with folder->path/model.so in it; call model_unlock once that is loaded.
bool model_verilator(const DutSettings *settings, const Plan *plan, ModelFolder *folder, DutError *error);

#endif
