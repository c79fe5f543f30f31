// Hooks of the outer-product engine, for its record (gen/engine/outer/record.c, gen/engine/engine.h).
#ifndef LACUNA_ENGINE_OUTER_H
#define LACUNA_ENGINE_OUTER_H

#include "gen/engine/engine.h"

// Bits of the K of a tile: those of a tile's multiplications without those of T * T.
static inline int outer_k_bits(const Plan *plan) {
  return plan->count_bits - clog2(plan->m0 * plan->n0);
}

// Words of one store of chunks that a k-tile takes at most.
static inline int outer_tile_words(const Plan *plan) {
  return plan->b_step_words / plan->b_banks;
}

// Of the number of a block; one where there is but one.
static inline int outer_turn_bits(const Plan *plan) {
  return plan->outer.blocks > 1 ? clog2(plan->outer.blocks) : 1;
}

bool plan_outer_tile(const Spec *spec, Plan *plan);
bool plan_outer_stores(const Spec *spec, Plan *plan);
bool plan_outer(const Spec *spec, Plan *plan);

void outer_nets(Module *m, const Plan *plan);
Expr *outer_waits(Module *m, const Plan *plan, int channel);
void outer_operands(Module *m, const Plan *plan);
Inst *outer_unpack_a(Module *m, const Plan *plan);
void outer_connect(Module *m, const Plan *plan, Inst *engine);
size_t outer_activity(Module *m, Expr *terms[ACTIVITY_MOST]);
void outer_unused(Module *m, const Plan *plan);

Module *build_outer(Design *design, const Plan *plan);

#endif
