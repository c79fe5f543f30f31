// Hooks of the engine for structured weights, for its record (gen/engine/hss/record.c, gen/engine/engine.h).
#ifndef LACUNA_ENGINE_HSS_H
#define LACUNA_ENGINE_HSS_H

#include "gen/engine/engine.h"

bool shape_hss(const Spec *spec, Plan *plan);
bool plan_hss(const Spec *spec, Plan *plan);

void hss_nets(Module *m, const Plan *plan);
void hss_operands(Module *m, const Plan *plan);
Inst *hss_unpack_a(Module *m, const Plan *plan);
void hss_check_a(Module *m, const Plan *plan);
void hss_connect(Module *m, const Plan *plan, Inst *engine);

Module *build_hss(Design *design, const Plan *plan);

#endif
