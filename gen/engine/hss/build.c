// The engine for structured weights: the dense array behind two or three ranks of muxes, which bring each kept weight
// its word of A (docs/engines/hss.md; HighLight, MICRO 2023, section 5).
#include "gen/engine/engine_common.h"
#include "gen/engine/hss/hss.h"
#include "gen/engine/hss/plan.h"
#include "gen/hdl/hdl_wire.h"
#include "gen/leaf/leaves.h"

static Net *find(Module *m, const char *name) {
  return net_find(m, name);
}

static Expr *whole(Module *m, const char *name) {
  return ex(net_find(m, name));
}

// Select bits of a child; SELECT_W of lac_hss_decode is made of them.
static int choices(int g, int h) {
  return h > g ? h - g + 1 : 0;
}

// Bits that choose the words of one column: muxes of a rank stand in all nodes, those of the ranks above choose among
// what they pass.
static int select_bits(const Plan *p) {
  HssWord word = hss_word(p);
  int words = p->hss.h1 * word.g0 * choices(word.g0, word.h0);
  int blocks = p->hss.g1 * choices(p->hss.g1, p->hss.h1);
  return p->hss.groups * (p->hss.g2 * choices(p->hss.g2, p->hss.h2) + p->hss.h2 * (blocks + words));
}

static void set_ranks(Inst *inst, const Plan *plan) {
  HssWord word = hss_word(plan);
  inst_param(inst, "GROUPS", plan->hss.groups);
  inst_param(inst, "G0", word.g0);
  inst_param(inst, "H0", word.h0);
  inst_param(inst, "G1", plan->hss.g1);
  inst_param(inst, "H1", plan->hss.h1);
  inst_param(inst, "G2", plan->hss.g2);
  inst_param(inst, "H2", plan->hss.h2);
}

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

// ---- skipping: words of A at fixed places, offsets as select bits

static void add_align(Module *m, const Plan *plan, int row) {
  int width = plan->a_beat * plan->a_bits;
  Inst *align = inst_leaf(m, &leaf_hss_align, format(m, "u_align_%d", row));
  set_ranks(align, plan);
  inst_param(align, "A_W", hss_word(plan).a_bits);
  inst_in(align, "h0_i", ex_part(find(m, "pattern_i"), 0, 8));
  inst_in(align, "h1_i", ex_part(find(m, "pattern_i"), 1, 8));
  inst_in(align, "h2_i", ex_part(find(m, "pattern_i"), 2, 8));
  inst_in(align, "words_i", ex_part(find(m, "a_data_i"), row, width));
  inst_out_part(align, "words_o", find(m, "words"), row, width);
}

static void add_decode(Module *m, const Plan *plan, int column) {
  Inst *decode = inst_leaf(m, &leaf_hss_decode, format(m, "u_decode_%d", column));
  set_ranks(decode, plan);
  inst_in(decode, "step_i", whole(m, "step"));
  inst_in(decode, "offsets_i", ex_part(find(m, "b_offsets_i"), column, plan->hss.groups * plan->hss.group_bits));
  inst_out_part(decode, "select_o", find(m, "select"), column, select_bits(plan));
}

// Without a step nothing is chosen: A is zero behind the muxes, so that nothing inside needs an enable.
static void add_edge(Module *m, const Plan *plan) {
  int words = plan->m0 * plan->a_beat * plan->a_bits, select = plan->n0 * select_bits(plan);
  net_new(m, "words", words);
  net_new(m, "select", select);
  for (int row = 0; row < plan->m0; row++)
    add_align(m, plan, row);
  for (int column = 0; column < plan->n0; column++)
    add_decode(m, plan, column);
  Net *words_q = reg_new(m, "words_q", words), *select_q = reg_new(m, "select_q", select);
  Net *b_q = reg_new(m, "b_q", plan->n0 * plan->b_beat * plan->b_bits);
  Net *first_q = reg_reset(m, "first_q", 1, 0), *last_q = reg_reset(m, "last_q", 1, 0);
  reg_next(words_q, whole(m, "words"), NULL);
  reg_next(select_q, whole(m, "select"), NULL);
  reg_next(b_q, whole(m, "b_data_i"), NULL);
  reg_next(first_q, ex_and(whole(m, "step"), whole(m, "first")), NULL);
  reg_next(last_q, whole(m, "tile_o"), NULL);
}

// ---- the array

// Where A is structured its offsets choose the weights of a block, else those of B choose its words.
static Inst *new_pe(Module *m, const Plan *plan, const char *name, Expr *a) {
  Inst *pe = inst_leaf(m, plan->hss.a_g0 ? &leaf_dsso_pe : &leaf_hss_pe, name);
  if (plan->hss.a_g0) {
    inst_param(pe, "GROUPS", plan->hss.groups);
    inst_param(pe, "G1", plan->hss.g1);
    inst_param(pe, "H1", plan->hss.h1);
    inst_param(pe, "KEPT", plan->hss.a_g0);
    inst_param(pe, "BLOCK", plan->hss.h0);
  } else {
    set_ranks(pe, plan);
  }
  inst_in(pe, plan->hss.a_g0 ? "blocks_i" : "words_i", a);
  return pe;
}

static void add_pe(Module *m, const Plan *plan, int row, int column) {
  int acc = plan->acc_bits, index = row * plan->n0 + column;
  Expr *a = ex_part(find(m, "words_q"), row, plan->a_beat * plan->a_bits);
  Inst *pe = new_pe(m, plan, format(m, "u_pe_%d_%d", row, column), a);
  inst_param(pe, "A_W", plan->a_bits);
  inst_param(pe, "B_W", plan->b_bits);
  inst_param(pe, "ACC_W", acc);
  inst_param(pe, "COUNT", plan->counters_full);
  inst_param(pe, "ARRAY", array_style(plan));
  inst_in(pe, "select_i", ex_part(find(m, "select_q"), column, select_bits(plan)));
  inst_in(pe, "b_i", ex_part(find(m, "b_q"), column, plan->b_beat * plan->b_bits));
  inst_in(pe, "first_i", whole(m, "first_q"));
  inst_in(pe, "last_i", whole(m, "last_q"));
  bool bottom = row == plan->m0 - 1;
  inst_in(pe, "drain_i", bottom ? ex_const(m, acc, 0) : ex_part(find(m, "drain"), index + plan->n0, acc));
  inst_out_part(pe, "drain_o", find(m, "drain"), index, acc);
  if (plan->counters_full)
    inst_out_part(pe, "nonzero_o", find(m, "nonzero"), index, clog2(plan->k0 + 1));
  else
    inst_open(pe, "nonzero_o");
  inst_wire(pe, "");
}

static void add_array(Module *m, const Plan *plan) {
  net_new(m, "drain", plan->m0 * plan->n0 * plan->acc_bits);
  if (plan->counters_full) net_new(m, "nonzero", plan->m0 * plan->n0 * clog2(plan->k0 + 1));
  for (int row = 0; row < plan->m0; row++)
    for (int column = 0; column < plan->n0; column++)
      add_pe(m, plan, row, column);
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
  section(m, "skipping, and the array's edge");
  add_edge(m, plan);
  section(m, "the array");
  add_array(m, plan);
  section(m, "results");
  add_results(m, plan);
  section(m, "counts");
  add_counts(m, plan);
  return m;
}
