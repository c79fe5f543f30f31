// The engine for structured weights: the dense array behind two or three ranks of muxes, which bring each kept weight
// its word of A (docs/engines/hss.md; HighLight, MICRO 2023, section 5).
#include "gen/engine/engine_common.h"
#include "gen/engine/hss/hss.h"
#include "gen/engine/hss/plan.h"
#include "gen/hdl/hdl_wire.h"
#include "gen/leaf/leaves.h"

static void add_ports(Module *m, const Plan *plan) {
  port_in(m, "clk_i", 1, NULL);
  port_in(m, "rst_i", 1, NULL);
  section(m, "the job");
  port_in(m, "pattern_i", 24, "H of rank 0, 1, 2");
  port_in(m, "beat_i", clog2(plan->a_beat + 1), "elements of A in a step");
  section(m, "A: one step of M0 rows");
  port_in(m, "a_valid_i", 1, NULL);
  port_out(m, "a_ready_o", 1, NULL);
  port_in(m, "a_data_i", plan->m0 * plan->a_beat * plan->a_bits, NULL);
  port_in(m, "a_first_i", 1, "first step of a tile");
  port_in(m, "a_last_i", 1, "last step of a tile");
  port_in(m, "a_end_i", 1, "last step of the job");
  section(m, "B: kept weights of one step of N0 columns");
  port_in(m, "b_valid_i", 1, NULL);
  port_out(m, "b_ready_o", 1, NULL);
  port_in(m, "b_data_i", plan->n0 * plan->b_beat * plan->b_bits, NULL);
  port_in(m, "b_offsets_i", plan->n0 * plan->hss.groups * plan->hss.group_bits, "where in their group they stand");
  port_in(m, "b_last_i", 1, "last step of a tile");
  port_in(m, "b_meta_late_i", 1, "weights wait for their metadata");
  add_result_ports(m, plan);
  add_report_ports(m, plan);
}

// ---- the array

static void set_array_shape(Inst *array, const Plan *plan) {
  HssWord word = hss_word(plan);
  const struct {
    const char *name;
    int value;
  } params[] = {{"ROWS", plan->m0},
                {"COLUMNS", plan->n0},
                {"GROUPS", plan->hss.groups},
                {"G0", word.g0},
                {"H0", word.h0},
                {"G1", plan->hss.g1},
                {"H1", plan->hss.h1},
                {"G2", plan->hss.g2},
                {"H2", plan->hss.h2},
                {"A_W", plan->a_bits},
                {"B_W", plan->b_bits},
                {"ACC_W", plan->acc_bits},
                {"COUNT", plan->counters_full},
                {"ARRAY", array_style(plan)}};
  for (size_t i = 0; i < sizeof params / sizeof *params; i++)
    inst_param(array, params[i].name, params[i].value);
  if (plan->hss.a_g0 == 0) return;
  inst_param(array, "KEPT", plan->hss.a_g0);
  inst_param(array, "BLOCK", plan->hss.h0);
}

static void add_array(Module *m, const Plan *plan) {
  net_new(m, "drain", plan->n0 * plan->acc_bits);
  if (plan->counters_full) net_new(m, "nonzero", plan->m0 * plan->n0 * clog2(plan->k0 + 1));
  Inst *array = inst_leaf(m, &leaf_hss_array, "u_array");
  set_array_shape(array, plan);
  inst_in(array, "last_i", whole(m, "tile_o"));
  inst_in(array, "a_i", whole(m, "a_data_i"));
  inst_in(array, "b_i", whole(m, "b_data_i"));
  inst_in(array, "offsets_i", whole(m, "b_offsets_i"));
  if (!plan->counters_full) inst_open(array, "nonzero_o");
  inst_wire(array, "");
}

// ---- counts: a product with a zero is not issued, it counts as skipped, as do all that the pattern leaves out

// The term times a constant above zero, as a sum of shifts.
static Expr *times(Expr *term, int factor) {
  Expr *sum = NULL;
  for (int bit = 0; factor >> bit; bit++)
    if (factor >> bit & 1) {
      Expr *shifted = bit ? ex_shift_left(term, bit) : term;
      sum = sum ? ex_add(sum, shifted) : shifted;
    }
  return sum;
}

// What a dense array of the same tile would multiply in a step. Structured A is shorter in memory than its words.
static Expr *dense_products(Module *m, const Plan *plan, int bits) {
  int tile = plan->m0 * plan->n0;
  if (!plan->hss.a_g0) return times(ex_zero_extend(whole(m, "beat_i"), bits), tile);
  Expr *blocks = ex_slice(whole(m, "pattern_i"), 8 + clog2(plan->hss.h1 + 1) - 1, 8);
  return times(ex_zero_extend(blocks, bits), tile * plan->hss.groups * plan->hss.h0);
}

// The same, beside the count of what was left of it.
static Expr *dense_count(Module *m, const Plan *plan, int bits) {
  static const char *const stages[] = {"step_edge_q", "step_product_q", "step_count_q", "step_sum_q"};
  Expr *step = whole(m, "step");
  for (size_t i = 0; i < sizeof stages / sizeof *stages; i++) {
    Net *step_q = reg_reset(m, stages[i], 1, 0);
    reg_next(step_q, step, NULL);
    step = ex(step_q);
  }
  return ex_mux(step, dense_products(m, plan, bits), ex_const(m, bits, 0));
}

static void add_counts(Module *m, const Plan *plan) {
  static const char *const ports[] = {"issued_o", "effectual_o", "skipped_o"};
  int bits = plan->count_bits, pes = plan->m0 * plan->n0;
  if (!plan->counters_full || plan->hss.a_g0) read_unused(whole(m, "beat_i"));
  if (!plan->counters_full) {
    for (size_t i = 0; i < sizeof ports / sizeof *ports; i++)
      assign(find(m, ports[i]), ex_const(m, bits, 0));
    return;
  }
  Net *sum_q = reg_reset(m, "nonzero_sum_q", bits, 0);
  Net *count = pes > 1 ? add_count_sum(m, plan, "nonzero", clog2(plan->k0 + 1)) : find(m, "nonzero");
  reg_next(sum_q, ex_zero_extend(ex(count), bits), NULL);
  assign(find(m, "issued_o"), ex(sum_q));
  assign(find(m, "effectual_o"), ex(sum_q));
  assign(find(m, "skipped_o"), ex_sub(dense_count(m, plan, bits), ex(sum_q)));
}

Module *build_hss(Design *design, const Plan *plan) {
  Module *m =
      module_new(design, "lac_engine",
                 "Engine for structured weights: G of H children are kept at every rank, none of the slots idles.");
  module_note(m, format(m, "M0 = %d rows, N0 = %d columns, K0 = %d lanes, %d multipliers; %d groups a step.", plan->m0,
                        plan->n0, plan->k0, plan->macs, plan->hss.groups));
  module_note(m, format(m, "Kept: %d of %d..%d parts, %d of %d..%d blocks, %d of %d..%d words.", plan->hss.g2,
                        plan->hss.g2, plan->hss.h2, plan->hss.g1, plan->hss.g1, plan->hss.h1, plan->hss.g0,
                        plan->hss.g0, plan->hss.h0));
  add_ports(m, plan);
  section(m, "issue");
  add_dense_issue(m, plan, true);
  section(m, "the array");
  add_array(m, plan);
  section(m, "results");
  add_results(m, plan);
  section(m, "counts");
  add_counts(m, plan);
  return m;
}
