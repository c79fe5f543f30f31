// Lanes as the windows see them: fields of K0 bits, and A with its lanes rotated by the shuffle.
#include "sim/model/griffin/griffin.h"

Fields fields_of(const Plan *plan) {
  Fields f = {.lanes = plan->k0, .rows = plan->m0, .columns = plan->n0, .per_chunk = 64 / plan->k0};
  f.chunks = (plan->n0 + f.per_chunk - 1) / f.per_chunk;
  f.all = ~(Lanes)0 >> (64 - plan->k0);
  f.ones = ~(Lanes)0 / f.all;
  f.high = f.ones << (plan->k0 - 1);
  return f;
}

// Lanes move up by `turn` round each group of four, or of two where there are no more.
static Lanes shuffle(Lanes lanes, int group, int turn) {
  Lanes ones = group == 4 ? 0x1111111111111111u : 0x5555555555555555u;
  Lanes low = ones * (((Lanes)1 << turn) - 1); // lanes that come from the group's upper end
  return (lanes << turn & ~low) | (lanes >> (group - turn) & low);
}

void window_lanes(const Activations *a, Count tile, Count panel, Lanes *lanes) {
  const Plan *plan = a->plan;
  int group = plan->k0 < 4 ? plan->k0 : 4;
  activations_tile(a, tile, panel, lanes);
  for (Count step = 0; plan->window.shuffle && step < a->reg[JOB_STEPS]; step++)
    for (int row = 0; step % group && row < plan->m0; row++)
      lanes[step * plan->m0 + row] = shuffle(lanes[step * plan->m0 + row], group, (int)(step % group));
}
