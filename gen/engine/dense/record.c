// The record of the dense engine.
#include "gen/engine/dense/dense.h"
#include "gen/engine/engine_common.h"
#include "gen/engine/operands.h"

static unsigned parts(const Plan *plan) {
  (void)plan;
  return PART_LANES;
}

static void operands(Module *m, const Plan *plan) {
  add_b_lanes(m, plan);
  add_replay(m, plan, CHANNEL_B, "b_kept", "b", plan->b_lane_bits);
}

static EngineNeeds needs(const Plan *plan) {
  return (EngineNeeds){plan->k0, 1, 0};
}

static void format_place(const Plan *plan, int place, char *text, size_t size) {
  if (place == FORMAT_B) format_words(plan, "elements", text, size);
}

const EngineGen engine_gen_dense = {
    .parts = parts,
    .nets = add_b_nets,
    .waits = waits_for_step,
    .operands = operands,
    .build = build_dense,
    .needs = needs,
    .modes = plain_modes,
    .print = print_modes,
    .format = format_place,
    .element = "element",
    .words = "",
    .apart = (const char *const[]){"dense_pe", NULL},
};
