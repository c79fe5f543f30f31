// Hooks of the engines with windows, for their record (gen/engine/griffin/record.c, gen/engine/engine.h).
#ifndef LACUNA_ENGINE_GRIFFIN_H
#define LACUNA_ENGINE_GRIFFIN_H

#include "gen/engine/engine.h"

bool shape_griffin(const Spec *spec, Plan *plan);
bool plan_griffin(const Spec *spec, Plan *plan);

void griffin_nets(Module *m, const Plan *plan);
Expr *griffin_waits(Module *m, const Plan *plan, int channel);
void griffin_operands(Module *m, const Plan *plan);
void griffin_connect(Module *m, const Plan *plan, Inst *engine);

Module *build_griffin(Design *design, const Plan *plan);

#endif
