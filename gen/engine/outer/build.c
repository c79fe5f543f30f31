// The outer-product engine: P x Q multipliers in blocks that each take k of their own, so that zeros of both operands
// cost neither cycles nor bytes (docs/engines/outer.md; after Wang et al., ISCA 2021, section 4). Sums stay in the
// blocks until a tile leaves.
#include "gen/engine/engine_common.h"
#include "gen/engine/outer/outer.h"
#include "gen/hdl/hdl_wire.h"
#include "gen/leaf/leaves.h"

static void add_ports(Module *m, const Plan *plan) {
  port_in(m, "clk_i", 1, NULL);
  port_in(m, "rst_i", 1, NULL);
  section(m, "the job");
  port_in(m, "skip_i", 1, "zeros of A are skipped");
  port_in(m, "k_i", outer_k_bits(plan), "K of a tile");
  section(m, format(m, "A: k-tiles, %d rows at a time", plan->a_rows));
  port_in(m, "a_valid_i", 1, NULL);
  port_out(m, "a_ready_o", 1, NULL);
  port_in(m, "a_data_i", plan->a_rows * plan->k0 * plan->a_bits, NULL);
  port_in(m, "a_first_i", 1, "first k-tile of a tile");
  port_in(m, "a_last_i", 1, "last k-tile of a tile");
  port_in(m, "a_end_i", 1, "last k-tile of the job");
  port_in(m, "a_turn_i", outer_turn_bits(plan), "the block of its first k");
  port_in(m, "a_turn_next_i", outer_turn_bits(plan), "of the next k-tile's");
  port_out(m, "a_known_o", 1, "a k-tile has been loaded");
  port_out(m, "a_empty_o", 1, "it has no nonzero");
  section(m, "B: a stream of chunks for each block");
  port_in(m, "b_valid_i", plan->outer.blocks, NULL);
  port_out(m, "b_ready_o", plan->outer.blocks, NULL);
  port_out(m, "b_skip_o", plan->outer.blocks, "of the word's k-tile only the last one matters");
  port_in(m, "b_data_i", plan->outer.blocks * plan->b_word_bits, NULL);
  port_in(m, "b_meta_late_i", 1, "metadata are what B waits for");
  add_result_ports(m, plan);
  add_report_ports(m, plan);
}

static void set_array_shape(Inst *array, const Plan *plan) {
  const struct {
    const char *name;
    int value;
  } params[] = {{"BLOCKS", plan->outer.blocks},
                {"LANES", plan->outer.p},
                {"CHUNKS", plan->outer.window},
                {"Q", plan->outer.q},
                {"BANKS", plan->outer.banks},
                {"COLS", plan->n0 / plan->outer.banks},
                {"SUBS", plan->m0 / plan->a_rows},
                {"KS", plan->outer.ks},
                {"SLOTS", plan->outer.slots},
                {"A_W", plan->a_bits},
                {"B_W", plan->b_bits},
                {"ACC_W", plan->acc_bits},
                {"COUNT", plan->counters_full},
                {"ARRAY", array_style(plan)},
                {"WORK_W", plan->count_bits}};
  for (size_t i = 0; i < sizeof params / sizeof *params; i++)
    inst_param(array, params[i].name, params[i].value);
}

Module *build_outer(Design *design, const Plan *plan) {
  Module *m = module_new(design, "lac_engine",
                         "Outer-product engine: columns of A times rows of B without their zeros, several k at once.");
  module_note(m,
              format(m, "P = %d, Q = %d, %d multipliers in blocks of %d x %d; tiles of %d x %d, k-tiles of %d.",
                     plan->mul_m, plan->mul_n, plan->macs, plan->outer.p, plan->outer.q, plan->m0, plan->n0, plan->k0));
  add_ports(m, plan);
  section(m, "the array");
  Net *work = net_remark(net_new(m, "work", plan->count_bits), "multiplications of a tile: M0 * N0 for each of its k");
  assign(work, ex_cat(ex(net_find(m, "k_i")), ex_const(m, plan->count_bits - outer_k_bits(plan), 0)));
  Inst *array = inst_leaf(m, &leaf_outer_array, "u_array");
  set_array_shape(array, plan);
  inst_wire(array, "");
  return m;
}
