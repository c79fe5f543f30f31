// Beats of a channel to lanes and words (gen/engine/operands.h).
#include "gen/engine/operands.h"

#include "gen/hdl/hdl_wire.h"
#include "gen/leaf/leaves.h"

const char *channel_name(int channel) {
#define CHANNEL_NAME(NAME, name, part, counter) name,
  static const char *const names[] = {CHANNELS(CHANNEL_NAME)};
#undef CHANNEL_NAME
  return names[channel];
}

Expr *job_address(Module *m, const Plan *plan, const char *region) {
  int bits = plan->addr_bits;
  Expr *low = whole(m, format(m, "job_%s_addr_lo", region));
  if (bits == 32) return low;
  return ex_cat(ex_slice(whole(m, format(m, "job_%s_addr_hi", region)), bits - 33, 0), low);
}

// ---- beats to the lanes that count

static int lane_bits(const Plan *plan, int channel) {
  if (channel == CHANNEL_M) return plan->m_lane_bits;
  return channel == CHANNEL_B ? plan->b_lane_bits : plan->p_lane_bits;
}

static void add_gearbox(Module *m, const Plan *plan, int channel) {
  const char *name = channel_name(channel);
  Inst *gearbox = inst_leaf(m, &leaf_gearbox, format(m, "u_gearbox_%s", name));
  inst_param(gearbox, "IN_W", plan->bus_bits);
  inst_param(gearbox, "OUT_W", lane_bits(plan, channel));
  inst_in(gearbox, "rst_i", whole(m, "clear"));
  inst_in(gearbox, "in_valid_i", ex_bit(whole(m, "dat_valid"), channel));
  inst_out_slice(gearbox, "in_ready_o", find(m, "dat_ready"), channel, channel);
  inst_in(gearbox, "in_data_i", ex_part(find(m, "dat_data"), channel, plan->bus_bits));
  inst_in(gearbox, "in_last_i", ex_bit(whole(m, "dat_last"), channel));
  inst_out(gearbox, "out_valid_o", find(m, format(m, "%s_lane_valid", name)));
  inst_in(gearbox, "out_ready_i", whole(m, format(m, "%s_lane_ready", name)));
  inst_out(gearbox, "out_data_o", find(m, format(m, "%s_lane_data", name)));
}

static void add_trim(Module *m, const Plan *plan, int channel) {
  const char *name = channel_name(channel);
  Inst *trim = inst_leaf(m, &leaf_trim, format(m, "u_trim_%s", name));
  inst_param(trim, "WIDTH", lane_bits(plan, channel));
  inst_in(trim, "rst_i", whole(m, "clear"));
  inst_in(trim, "start_i", whole(m, "go"));
  inst_in(trim, "keep_i", whole(m, format(m, "job_%s_keep", name)));
  inst_in(trim, "drop_i", whole(m, format(m, "job_%s_drop", name)));
  inst_in(trim, "in_valid_i", whole(m, format(m, "%s_lane_valid", name)));
  inst_out(trim, "in_ready_o", find(m, format(m, "%s_lane_ready", name)));
  inst_in(trim, "in_data_i", whole(m, format(m, "%s_lane_data", name)));
  inst_out(trim, "out_valid_o", find(m, format(m, "%s_kept_valid", name)));
  inst_in(trim, "out_ready_i", whole(m, format(m, "%s_kept_ready", name)));
  inst_out(trim, "out_data_o", find(m, format(m, "%s_kept_data", name)));
}

void add_lanes(Module *m, const Plan *plan, int channel) {
  static const char *const stages[] = {"lane", "kept"};
  const char *name = channel_name(channel);
  for (int i = 0; i < 2; i++) {
    net_new(m, format(m, "%s_%s_valid", name, stages[i]), 1);
    net_new(m, format(m, "%s_%s_ready", name, stages[i]), 1);
    net_new(m, format(m, "%s_%s_data", name, stages[i]), lane_bits(plan, channel));
  }
  add_gearbox(m, plan, channel);
  add_trim(m, plan, channel);
}

// ---- words, one at a time

void add_replay(Module *m, const Plan *plan, int channel, const char *source, const char *target, int bits) {
  bool b = channel == CHANNEL_B;
  const char *name = channel_name(channel);
  Inst *replay = inst_leaf(m, &leaf_replay, format(m, "u_replay_%s", name));
  inst_param(replay, "LANES", b ? plan->b_lanes : plan->p_lanes);
  inst_param(replay, "LANE_W", bits);
  inst_param(replay, "WORDS", b ? plan->b_words : plan->p_words);
  inst_param(replay, "SEGMENT_REPEAT", b ? 1 : plan->m0);
  inst_in(replay, "rst_i", whole(m, "clear"));
  inst_in(replay, "start_i", whole(m, "go"));
  inst_in(replay, "segment_i", b ? whole(m, "job_steps") : ex_const(m, 32, (uint64_t)plan->c_chunks));
  inst_in(replay, "in_valid_i", whole(m, format(m, "%s_valid", source)));
  inst_out(replay, "in_ready_o", find(m, format(m, "%s_ready", source)));
  inst_in(replay, "in_data_i", whole(m, format(m, "%s_data", source)));
  inst_in(replay, "out_ready_i", whole(m, format(m, "%s_ready", name)));
  inst_out(replay, "out_data_o", find(m, format(m, "%s_data", target)));
  if (b) {
    inst_out(replay, "out_valid_o", find(m, "b_valid"));
    inst_out(replay, "out_last_o", find(m, "b_last"));
    inst_open(replay, "loaded_o");
  } else {
    inst_open(replay, "out_valid_o");
    inst_open(replay, "out_last_o");
    inst_out(replay, "loaded_o", find(m, "p_loaded"));
  }
  inst_wire(replay, "job_");
}

// ---- B as it is: words of a step, each when the engine asks

void add_b_nets(Module *m, const Plan *plan) {
  net_new(m, "b_valid", 1);
  net_new(m, "b_ready", 1);
  net_new(m, "b_data", plan->b_word_bits);
  net_new(m, "b_last", 1);
}

Expr *waits_for_step(Module *m, const Plan *plan, int channel) {
  (void)plan;
  return ex_not(whole(m, channel == CHANNEL_B || channel == CHANNEL_M ? "b_valid" : "a_valid"));
}

void add_b_lanes(Module *m, const Plan *plan) {
  section(m, "B");
  add_lanes(m, plan, CHANNEL_B);
  if (!plan_has(plan, PART_META_LANES)) return;
  section(m, "metadata of B");
  add_lanes(m, plan, CHANNEL_M);
}
