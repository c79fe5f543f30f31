// The dense engine in the cycle model (docs/engines/dense.md): its issue is the shell's.
#include "sim/model/engine.h"

const EngineModel engine_model_dense = {.steps = issue_steps, .step = issue_step, .jumps = true};
