// The dense engine: M0 x N0 output-stationary dot products of K0 lanes. A row of A is broadcast to its N0 PEs, a column
// of B to its M0 PEs; sums leave through row 0 (engines.md 1; Shafiee et al., HPCA 2022, section III).
#include "gen/engine/dense/dense.h"
#include "gen/engine/engine_common.h"
#include "gen/hdl/hdl_wire.h"
#include "gen/leaf/leaves.h"

static void add_ports(Module *m, const Plan *plan) {
  port_in(m, "clk_i", 1, NULL);
  port_in(m, "rst_i", 1, NULL);
  section(m, "A: one step of M0 rows");
  port_in(m, "a_valid_i", 1, NULL);
  port_out(m, "a_ready_o", 1, NULL);
  port_in(m, "a_data_i", plan->m0 * plan->k0 * plan->a_bits, NULL);
  port_in(m, "a_first_i", 1, "first step of a tile");
  port_in(m, "a_last_i", 1, "last step of a tile");
  port_in(m, "a_end_i", 1, "last step of the job");
  section(m, "B: one step of N0 columns");
  port_in(m, "b_valid_i", 1, NULL);
  port_out(m, "b_ready_o", 1, NULL);
  port_in(m, "b_data_i", plan->n0 * plan->k0 * plan->b_bits, NULL);
  port_in(m, "b_last_i", 1, "last step of a tile");
  add_result_ports(m, plan);
  add_report_ports(m, plan);
}

// Operands stand at the edge of the array for one cycle; without a step A is zero there, so that nothing inside needs
// an enable.
static void add_edge(Module *m, const Plan *plan) {
  int a_width = plan->m0 * plan->k0 * plan->a_bits;
  Net *a_q = reg_new(m, "a_q", a_width), *b_q = reg_new(m, "b_q", plan->n0 * plan->k0 * plan->b_bits);
  Net *first_q = reg_reset(m, "first_q", 1, 0), *last_q = reg_reset(m, "last_q", 1, 0);
  Expr *step = ex(net_find(m, "step"));
  reg_next(a_q, ex_and(ex(net_find(m, "a_data_i")), ex_repeat(a_width, step)), NULL);
  reg_next(b_q, ex(net_find(m, "b_data_i")), NULL);
  reg_next(first_q, ex_and(step, ex(net_find(m, "first"))), NULL);
  reg_next(last_q, ex(net_find(m, "tile_o")), NULL);
}

static void add_array(Module *m, const Plan *plan) {
  net_new(m, "drain", plan->n0 * plan->acc_bits);
  if (plan->counters_full) net_new(m, "nonzero", plan->m0 * plan->n0 * clog2(plan->k0 + 1));
  Inst *array = inst_leaf(m, &leaf_dense_array, "u_array");
  inst_param(array, "ROWS", plan->m0);
  inst_param(array, "COLUMNS", plan->n0);
  inst_param(array, "LANES", plan->k0);
  inst_param(array, "A_W", plan->a_bits);
  inst_param(array, "B_W", plan->b_bits);
  inst_param(array, "ACC_W", plan->acc_bits);
  inst_param(array, "COUNT", plan->counters_full);
  inst_param(array, "ARRAY", array_style(plan));
  inst_in(array, "a_i", ex(net_find(m, "a_q")));
  inst_in(array, "b_i", ex(net_find(m, "b_q")));
  inst_in(array, "first_i", ex(net_find(m, "first_q")));
  inst_in(array, "last_i", ex(net_find(m, "last_q")));
  if (!plan->counters_full) inst_open(array, "nonzero_o");
  inst_wire(array, "");
}

static void add_counts(Module *m, const Plan *plan) {
  int bits = plan->count_bits, pes = plan->m0 * plan->n0;
  Expr *none = ex_const(m, bits, 0);
  assign(net_find(m, "issued_o"), ex_mux(ex(net_find(m, "step")), ex_const(m, bits, (uint64_t)plan->macs), none));
  assign(net_find(m, "skipped_o"), none);
  if (!plan->counters_full) {
    assign(net_find(m, "effectual_o"), none);
    return;
  }
  Net *sum_q = reg_reset(m, "nonzero_sum_q", bits, 0);
  reg_next(sum_q, ex(pes > 1 ? add_count_sum(m, plan, "nonzero", clog2(plan->k0 + 1)) : net_find(m, "nonzero")), NULL);
  assign(net_find(m, "effectual_o"), ex(sum_q));
}

Module *build_dense(Design *design, const Plan *plan) {
  Module *m = module_new(design, "lac_engine",
                         "Dense engine: M0 x N0 output-stationary dot products of K0 lanes, one step per cycle.");
  module_note(m, format(m, "M0 = %d rows, N0 = %d columns, K0 = %d lanes, %d multipliers.", plan->m0, plan->n0,
                        plan->k0, plan->macs));
  add_ports(m, plan);
  section(m, "issue");
  add_dense_issue(m, plan, false);
  section(m, "the array's edge");
  add_edge(m, plan);
  section(m, "the array");
  add_array(m, plan);
  section(m, "results");
  add_results(m, plan);
  section(m, "counts");
  add_counts(m, plan);
  return m;
}
