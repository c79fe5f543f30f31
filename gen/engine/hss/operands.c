// B on its way to the engine for structured weights: words of kept weights with their offsets beside them
// (lac_hss_join).
#include "gen/engine/operands.h"
#include "gen/engine/hss/hss.h"
#include "gen/engine/hss/plan.h"
#include "gen/hdl/hdl_wire.h"
#include "gen/leaf/leaves.h"

void hss_nets(Module *m, const Plan *plan) {
  add_b_nets(m, plan);
  net_new(m, "b_offsets", plan->n0 * plan->hss.groups * plan->hss.group_bits);
  net_new(m, "b_meta_late", 1);
  net_new(m, "meta_error", 1);
  net_new(m, "meta_error_pos", 32);
}

void hss_connect(Module *m, const Plan *plan, Inst *engine) {
  inst_in(engine, "pattern_i", whole(m, "job_pattern"));
  inst_in(engine, "beat_i", ex_slice(whole(m, "job_beat"), clog2(plan->a_beat + 1) - 1, 0));
}

// A played word is a row of parts, in each the weights below the offsets.
static void split_word(Module *m, const Plan *plan) {
  int offsets = plan->n0 * plan->hss.groups / plan->b_lanes * plan->hss.group_bits, part = plan->b_lane_bits + offsets;
  net_parts(find(m, "b_data"), "LANE_W", plan->b_lane_bits);
  net_parts(find(m, "b_offsets"), "OFFSETS_W", offsets);
  for (int i = 0; i < plan->b_lanes; i++) {
    Expr *word = ex_part(find(m, "b_word_data"), i, part);
    assign_slice(find(m, "b_data"), (i + 1) * plan->b_lane_bits - 1, i * plan->b_lane_bits,
                 ex_slice(word, plan->b_lane_bits - 1, 0));
    assign_slice(find(m, "b_offsets"), (i + 1) * offsets - 1, i * offsets, ex_slice(word, part - 1, plan->b_lane_bits));
  }
}

static void add_structured(Module *m, const Plan *plan) {
  int groups = plan->n0 * plan->hss.groups / plan->b_lanes, part = plan->b_lane_bits + groups * plan->hss.group_bits;
  HssWord word = hss_word(plan);
  net_new(m, "part_valid", 1);
  net_new(m, "part_ready", 1);
  net_new(m, "part_data", part);
  net_new(m, "b_word_data", plan->b_lanes * part);
  const struct {
    const char *name;
    int value;
  } params[] = {{"PARTS", plan->b_lanes}, {"GROUPS", groups},        {"B_W", word.b_bits}, {"G0", word.g0},
                {"H0", word.h0},          {"G1", plan->hss.g1},      {"H1", plan->hss.h1}, {"G2", plan->hss.g2},
                {"H2", plan->hss.h2},     {"M_W", plan->m_lane_bits}};
  Inst *join = inst_leaf(m, &leaf_hss_join, "u_b_join");
  for (size_t i = 0; i < sizeof params / sizeof *params; i++)
    inst_param(join, params[i].name, params[i].value);
  inst_in(join, "rst_i", whole(m, "clear"));
  inst_in(join, "start_i", whole(m, "go"));
  inst_in(join, "structured_i", ex_eq(whole(m, "job_mode"), ex_const(m, 2, (uint64_t)hss_mode(plan, true))));
  net_parts(find(m, "job_pattern"), "H_W", 8);
  inst_in(join, "h0_i", ex_part(find(m, "job_pattern"), 0, 8));
  inst_in(join, "h1_i", ex_part(find(m, "job_pattern"), 1, 8));
  inst_in(join, "h2_i", ex_part(find(m, "job_pattern"), 2, 8));
  inst_in(join, "b_valid_i", whole(m, "b_kept_valid"));
  inst_out(join, "b_ready_o", find(m, "b_kept_ready"));
  inst_in(join, "b_data_i", whole(m, "b_kept_data"));
  inst_in(join, "m_valid_i", whole(m, "m_kept_valid"));
  inst_out(join, "m_ready_o", find(m, "m_kept_ready"));
  inst_in(join, "m_data_i", whole(m, "m_kept_data"));
  inst_out(join, "out_valid_o", find(m, "part_valid"));
  inst_in(join, "out_ready_i", whole(m, "part_ready"));
  inst_out_slice(join, "out_data_o", find(m, "part_data"), plan->b_lane_bits - 1, 0);
  inst_out_slice(join, "out_offsets_o", find(m, "part_data"), part - 1, plan->b_lane_bits);
  inst_out(join, "meta_late_o", find(m, "b_meta_late"));
  inst_out(join, "error_o", find(m, "meta_error"));
  inst_out(join, "error_pos_o", find(m, "meta_error_pos"));
  inst_wire(join, "");
  add_replay(m, plan, CHANNEL_B, "part", "b_word", part);
  split_word(m, plan);
}

Inst *hss_unpack_a(Module *m, const Plan *plan) {
  Inst *expand = inst_leaf(m, &leaf_a_expand, "u_a_expand");
  inst_param(expand, "HEAD", plan->a_head_bytes);
  return expand;
}

void hss_check_a(Module *m, const Plan *plan) {
  Inst *check = inst_leaf(m, &leaf_offsets_check, "u_offsets_check");
  inst_param(check, "ELEM_W", plan->data_bits);
  inst_param(check, "BEAT_ELEMS", plan->beat_elems);
  inst_param(check, "KEPT", plan->hss.a_g0);
  inst_param(check, "OFFSETS_W", plan->data_bits - hss_spare_bits(plan));
  inst_in(check, "zero_i", ex_slice(ex(net_find(m, "zero_i")), plan->data_bits - 1, 0));
  inst_in(check, "take_i", ex_and(ex(net_find(m, "in_valid_i")), ex(net_find(m, "in_ready_o"))));
  inst_in(check, "data_i", ex(net_find(m, "in_data_i")));
  inst_in(check, "last_i", ex(net_find(m, "in_last_i")));
  inst_out(check, "bad_o", net_find(m, "set_error_o"));
  inst_out(check, "bad_pos_o", net_find(m, "set_error_pos_o"));
  inst_wire(check, "");
}

void hss_operands(Module *m, const Plan *plan) {
  add_b_lanes(m, plan);
  section(m, "B and its offsets");
  add_structured(m, plan);
}
