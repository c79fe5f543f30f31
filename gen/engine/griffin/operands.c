// B on its way to the engines with windows: words with their metadata (lac_b_join), several of them at once
// (lac_replay_banked).
#include "gen/engine/operands.h"
#include "gen/engine/griffin/griffin.h"
#include "gen/hdl/hdl_wire.h"
#include "gen/leaf/leaves.h"

void griffin_nets(Module *m, const Plan *plan) {
  int window = plan->b_window, weights = plan->n0 * plan->k0;
  net_new(m, "b_count", clog2(window + 1));
  net_new(m, "b_take", clog2(window + 1));
  net_new(m, "b_nz", window * weights);
  net_new(m, "b_advance", window * plan->window.advance_bits);
  net_new(m, "b_last", window);
  net_new(m, "b_straddle", window);
  net_new(m, "b_data", window * plan->b_word_bits);
  net_new(m, "a_short", 1);
  net_new(m, "b_short", 1);
  net_new(m, "meta_error", 1);
  net_new(m, "meta_error_pos", 32);
  if (!plan_has(plan, PART_META_B)) return;
  net_new(m, "b_code", window * weights * plan->window.code_bits);
  net_new(m, "b_meta_late", 1);
}

// The engine waits for memory only when neither its window nor the reader has enough.
Expr *griffin_waits(Module *m, const Plan *plan, int channel) {
  (void)plan;
  if (channel == CHANNEL_B || channel == CHANNEL_M) return whole(m, "b_short");
  return ex_and(whole(m, "a_short"), ex_not(whole(m, "a_valid")));
}

void griffin_connect(Module *m, const Plan *plan, Inst *engine) {
  (void)plan;
  inst_in(engine, "mode_i", whole(m, "job_mode"));
}

static int part_weights(const Plan *plan) {
  return plan->n0 * plan->k0 / plan->b_lanes;
}

static void add_join_nets(Module *m, const Plan *plan) {
  int weights = part_weights(plan);
  net_new(m, "part_valid", 1);
  net_new(m, "part_ready", 1);
  net_new(m, "part_data", plan->b_lane_bits);
  net_new(m, "part_nz", weights);
  if (plan_has(plan, PART_META_B)) net_new(m, "part_code", weights * plan->window.code_bits);
  net_new(m, "part_advance", plan->window.advance_bits);
  net_new(m, "part_last", 1);
  net_new(m, "part_straddle", 1);
}

static void set_join_params(Inst *join, const Plan *plan) {
  const struct {
    const char *name;
    int value;
  } params[] = {{"PARTS", plan->b_lanes},
                {"WEIGHTS", part_weights(plan)},
                {"B_W", plan->b_bits},
                {"DIST_W", plan->window.dist_bits},
                {"SIDE_W", plan->window.side_bits},
                {"ACROSS_W", plan->window.across_bits},
                {"M_W", plan->m_lane_bits},
                {"ADVANCE_W", plan->window.advance_bits},
                {"B_D1", plan->window.b_d1},
                {"B_D2", plan->window.b_d2},
                {"B_D3", plan->window.b_d3},
                {"AB_D1", plan->window.ab_b1},
                {"AB_D2", plan->window.ab_b2},
                {"AB_D3", plan->window.ab_b3},
                {"RUN_ON", plan->window.run_on}};
  for (size_t i = 0; i < sizeof params / sizeof *params; i++)
    inst_param(join, params[i].name, params[i].value);
}

// What goes on beside `valid`, from out_x_o of lac_b_join to in_x_i of lac_replay_banked by the net part_x.
static const char *const part_payload[] = {"data", "nz", "advance", "last", "straddle"};

static void add_join(Module *m, const Plan *plan) {
  add_join_nets(m, plan);
  Inst *join = inst_leaf(m, &leaf_b_join, "u_b_join");
  set_join_params(join, plan);
  inst_in(join, "rst_i", whole(m, "clear"));
  inst_in(join, "start_i", whole(m, "go"));
  inst_in(join, "out_ready_i", whole(m, "part_ready"));
  inst_out(join, "out_valid_o", find(m, "part_valid"));
  for (size_t i = 0; i < sizeof part_payload / sizeof *part_payload; i++)
    inst_out(join, format(m, "out_%s_o", part_payload[i]), find(m, format(m, "part_%s", part_payload[i])));
  inst_out(join, "error_o", find(m, "meta_error"));
  inst_out(join, "error_pos_o", find(m, "meta_error_pos"));
  if (plan_has(plan, PART_META_B)) {
    inst_out(join, "out_code_o", find(m, "part_code"));
    inst_out(join, "meta_late_o", find(m, "b_meta_late"));
    inst_in(join, "m_valid_i", whole(m, "m_kept_valid"));
    inst_out(join, "m_ready_o", find(m, "m_kept_ready"));
    inst_in(join, "m_data_i", whole(m, "m_kept_data"));
  } else {
    inst_in(join, "m_valid_i", ex_const(m, 1, 0));
    inst_in(join, "m_data_i", ex_const(m, 1, 0));
    inst_open(join, "m_ready_o");
    inst_open(join, "out_code_o");
    inst_open(join, "meta_late_o");
  }
  inst_in(join, "b_valid_i", whole(m, "b_kept_valid"));
  inst_out(join, "b_ready_o", find(m, "b_kept_ready"));
  inst_in(join, "b_data_i", whole(m, "b_kept_data"));
  inst_wire(join, "job_");
}

// Words that a multiplier looks at in the mode at hand.
static Expr *words_needed(Module *m, const Plan *plan) {
  int bits = clog2(plan->b_window + 1);
  Expr *mode = whole(m, "job_mode"), *need = ex_const(m, bits, 1);
  if (plan->window.ab_a1 > 0)
    need = ex_mux(ex_eq(mode, ex_const(m, 2, MODE_AB)), ex_const(m, bits, 1 + (uint64_t)plan->window.ab_a1), need);
  if (plan->window.a_d1 > 0)
    need = ex_mux(ex_eq(mode, ex_const(m, 2, MODE_A)), ex_const(m, bits, 1 + (uint64_t)plan->window.a_d1), need);
  return need;
}

static void add_replay_banked(Module *m, const Plan *plan) {
  Inst *replay = inst_leaf(m, &leaf_replay_banked, "u_replay_b");
  inst_param(replay, "LANES", plan->b_lanes);
  inst_param(replay, "WEIGHTS", part_weights(plan));
  inst_param(replay, "B_W", plan->b_bits);
  inst_param(replay, "CODE_W", plan->window.code_bits);
  inst_param(replay, "ADVANCE_W", plan->window.advance_bits);
  inst_param(replay, "WORDS", plan->b_words);
  inst_param(replay, "BANKS", plan->b_banks);
  inst_param(replay, "WINDOW", plan->b_window);
  inst_in(replay, "rst_i", whole(m, "clear"));
  inst_in(replay, "start_i", whole(m, "go"));
  inst_in(replay, "need_i", words_needed(m, plan));
  inst_in(replay, "in_valid_i", whole(m, "part_valid"));
  inst_out(replay, "in_ready_o", find(m, "part_ready"));
  for (size_t i = 0; i < sizeof part_payload / sizeof *part_payload; i++)
    inst_in(replay, format(m, "in_%s_i", part_payload[i]), whole(m, format(m, "part_%s", part_payload[i])));
  if (plan_has(plan, PART_META_B)) {
    inst_in(replay, "in_code_i", whole(m, "part_code"));
  } else {
    inst_in(replay, "in_code_i", ex_const(m, 1, 0));
    inst_open(replay, "code_o");
  }
  inst_wire(replay, "b_ job_");
}

void griffin_operands(Module *m, const Plan *plan) {
  add_b_lanes(m, plan);
  section(m, "B and its metadata");
  add_join(m, plan);
  add_replay_banked(m, plan);
}
