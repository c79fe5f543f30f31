// Which streams go first on the bus, and B and the column parameters on their way to engine and epilogue.
#include "gen/shell/panels.h"

#include "gen/engine/engine.h"
#include "gen/hdl/hdl_wire.h"
#include "gen/leaf/leaves.h"

static void add_hold(Module *m, const Plan *plan, int channel, Expr *waits) {
  Inst *hold = inst_leaf(m, &leaf_hold, format(m, "u_urgent_%s", channel_name(channel)));
  inst_param(hold, "CYCLES", plan->urgent_cycles);
  inst_in(hold, "rst_i", whole(m, "clear"));
  inst_in(hold, "in_i", waits);
  inst_out_slice(hold, "out_o", find(m, "urgent"), channel, channel);
}

// A channel whose operand the engine had to wait for a short while ago goes first; metadata are waited for like what
// they belong to. Column parameters are never that short.
void add_urgent(Module *m, const Plan *plan) {
  const EngineGen *gen = gen_of(plan);
  for (int channel = 0; channel < channel_count(plan); channel++)
    if (plan_has(plan, PART_OWN_JOB))
      add_hold(m, plan, channel, ex_bit(whole(m, "waits"), channel));
    else if (channel == CHANNEL_P)
      assign_slice(find(m, "urgent"), channel, channel, ex_const(m, 1, 0));
    else
      add_hold(m, plan, channel, gen->waits(m, plan, channel));
}

void add_panels(Module *m, const Plan *plan) {
  gen_of(plan)->operands(m, plan);
  section(m, "column parameters");
  add_lanes(m, plan, CHANNEL_P);
  add_replay(m, plan, CHANNEL_P, "p_kept", "p", plan->p_lane_bits);
}
