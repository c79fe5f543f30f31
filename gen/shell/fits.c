// Job registers that do not fit each other: each of them alone is legal (gen/plan/registers.h), together they are no
// job.
#include "gen/shell/fits.h"

#include "gen/hdl/hdl_wire.h"
#include "gen/leaf/leaves.h"
#include "gen/plan/registers.h"
#include "gen/shell/panels.h"

#define AT_ROW(NAME, offset, ...) AT_##NAME = (offset),
enum { REGISTERS_JOB(AT_ROW) };
#undef AT_ROW

// ---- what is wrong: the first of those that say so at once

typedef struct Blame {
  Expr *bad[8], *at[8];
  size_t count;
} Blame;

static Inst *add_check(Module *m, const Leaf *leaf, const char *name, Blame *blame) {
  const char *bad = format(m, "%s_bad", name), *at = format(m, "%s_bad_pos", name);
  Net *bad_net = net_new(m, bad, 1), *at_net = net_new(m, at, 32);
  Inst *check = inst_leaf(m, leaf, format(m, "u_%s", name));
  inst_in(check, "rst_i", whole(m, "clear"));
  inst_in(check, "start_i", whole(m, "go"));
  inst_out(check, "bad_o", bad_net);
  inst_out(check, "bad_pos_o", at_net);
  blame->bad[blame->count] = ex(bad_net);
  blame->at[blame->count++] = ex(at_net);
  return check;
}

static void add_error(Module *m, const Blame *blame) {
  size_t last = blame->count - 1;
  Expr *at = blame->at[last];
  for (size_t i = last; i-- > 0;)
    at = ex_mux(blame->bad[i], blame->at[i], at);
  assign(find(m, "job_error"), ex_or_all(blame->count, blame->bad));
  assign(find(m, "job_error_pos"), at);
}

// ---- C

static void add_c_check(Module *m, const Plan *plan, Blame *blame) {
  Inst *check = add_check(m, &leaf_c_check, "c_check", blame);
  inst_param(check, "ROWS", plan->m0);
  inst_param(check, "CHUNKS", plan->c_chunks);
  inst_param(check, "WORDS", 2 * plan->c_half_words);
  inst_param(check, "SLOTS", plan->c_slots);
  inst_param(check, "AT_PITCH", AT_C_PITCH);
  inst_param(check, "AT_SLOT_WORDS", AT_C_SLOT_WORDS);
  inst_param(check, "AT_GROUP_PANELS", AT_GROUP_PANELS);
  inst_param(check, "AT_ROWS", AT_C_ROWS);
  inst_in(check, "narrow_i", ex_bit(whole(m, "job_epilogue"), 1));
  inst_in(check, "sparse_i", plan_has(plan, PART_SPARSE_C) ? whole(m, "sparse_c") : ex_const(m, 1, 0));
  inst_in(check, "rows_i", plan_has(plan, PART_SPARSE_C) ? whole(m, "job_c_rows") : ex_const(m, 32, 0));
  inst_wire(check, "job_ job_c_");
}

// ---- readings of B, its metadata and the column parameters

static Expr *always(Module *m) {
  return ex_const(m, 1, 1);
}

static Expr *metadata_read(Module *m) {
  return ex_bit(whole(m, "job_mode"), 1);
}

static Expr *parameters_read(Module *m, const Plan *plan) {
  Expr *params = ex_bit(whole(m, "job_epilogue"), 0);
  return plan_has(plan, PART_PERMUTE) ? ex_or(params, whole(m, "job_permute")) : params;
}

static void add_lanes_check(Module *m, const Plan *plan, int channel, int lane_bits, Expr *used, Blame *blame) {
  static const struct {
    int bytes, drop;
  } at[] = {[CHANNEL_B] = {AT_B_BYTES, AT_B_DROP},
            [CHANNEL_P] = {AT_P_BYTES, AT_P_DROP},
            [CHANNEL_M] = {AT_M_BYTES, AT_M_DROP}};
  const char *name = channel_name(channel);
  Inst *check = add_check(m, &leaf_lanes_check, format(m, "%s_lanes_check", name), blame);
  inst_param(check, "LANE_W", lane_bits);
  inst_param(check, "BUS_W", plan->bus_bits);
  inst_param(check, "AT_BYTES", at[channel].bytes);
  inst_param(check, "AT_DROP", at[channel].drop);
  inst_in(check, "used_i", used);
  inst_in(check, "bytes_i", whole(m, format(m, "job_%s_bytes", name)));
  inst_in(check, "keep_i", whole(m, format(m, "job_%s_keep", name)));
  inst_in(check, "drop_i", whole(m, format(m, "job_%s_drop", name)));
  inst_wire(check, "");
}

typedef struct Product {
  const char *name;
  int factor, at;
  bool round; // total / unit, rounded up, is the count
  Expr *used, *total, *unit, *count;
} Product;

static void add_product(Module *m, Product p, Blame *blame) {
  Inst *check = add_check(m, &leaf_times_check, p.name, blame);
  inst_param(check, "FACTOR", p.factor);
  inst_param(check, "ROUND", p.round);
  inst_param(check, "AT", p.at);
  inst_in(check, "used_i", p.used);
  inst_in(check, "total_i", p.total);
  inst_in(check, "unit_i", p.unit);
  inst_in(check, "count_i", p.count);
  inst_wire(check, "");
}

static void add_products(Module *m, const Plan *plan, Blame *blame) {
  add_product(m,
              (Product){.name = "fetches_check",
                        .factor = 1,
                        .at = AT_FETCHES,
                        .round = true,
                        .used = always(m),
                        .total = whole(m, "job_tiles"),
                        .unit = whole(m, "job_block_tiles"),
                        .count = whole(m, "job_fetches")},
              blame);
  add_product(m,
              (Product){.name = "p_keep_check",
                        .factor = plan->c_chunks * plan->p_lanes,
                        .at = AT_P_KEEP,
                        .used = parameters_read(m, plan),
                        .total = whole(m, "job_p_keep"),
                        .unit = ex_const(m, 32, 1),
                        .count = whole(m, "job_panels")},
              blame);
}

// Panels of compacted B have as many words as their metadata say; others have one for each step.
static void add_b_end(Module *m, const Plan *plan, Blame *blame) {
  if (plan_has(plan, PART_PERMUTE)) {
    Inst *check = inst_leaf(m, &leaf_ends_check, "u_b_ends_check");
    inst_param(check, "PARTS", plan->b_lanes);
    inst_in(check, "rst_i", whole(m, "clear"));
    inst_in(check, "start_i", whole(m, "go"));
    inst_in(check, "keep_i", whole(m, "job_b_keep"));
    inst_in(check, "take_i", ex_and(whole(m, "part_valid"), whole(m, "part_ready")));
    inst_in(check, "last_i", whole(m, "part_last"));
    inst_out(check, "bad_o", find(m, "b_misfit"));
    inst_wire(check, "job_");
    return;
  }
  add_product(m,
              (Product){.name = "b_keep_check",
                        .factor = plan->b_lanes,
                        .at = AT_B_KEEP,
                        .used = always(m),
                        .total = whole(m, "job_b_keep"),
                        .unit = whole(m, "job_steps"),
                        .count = whole(m, "job_panels")},
              blame);
}

// Lanes of metadata are those of B.
static void add_m_keep(Module *m, Blame *blame) {
  Net *bad = net_new(m, "m_keep_bad", 1);
  assign(bad, ex_and(metadata_read(m), ex_ne(whole(m, "job_m_keep"), whole(m, "job_b_keep"))));
  blame->bad[blame->count] = ex(bad);
  blame->at[blame->count++] = ex_const(m, 32, AT_M_KEEP);
}

// Records say themselves how long they are; full ones have N0 values for each k of a tile, and begin at beats.
static void add_records(Module *m, const Plan *plan, Blame *blame) {
  int fiber = clog2(plan->n0 * plan->data_bits), beat = clog2(plan->bus_bits);
  Expr *k = whole(m, "job_m_keep"), *beats;
  if (fiber >= beat)
    beats = fiber > beat ? ex_shift_left(k, fiber - beat) : k;
  else
    beats = ex_shift_right(ex_add(k, ex_const(m, 32, (UINT64_C(1) << (beat - fiber)) - 1)), beat - fiber);
  add_product(m,
              (Product){.name = "records_check",
                        .factor = 1,
                        .at = AT_B_BYTES,
                        .used = ex_not(metadata_read(m)),
                        .total = ex_shift_right(whole(m, "job_b_bytes"), clog2(plan->bus_bytes)),
                        .unit = beats,
                        .count = whole(m, "job_panels")},
              blame);
}

void add_fits(Module *m, const Plan *plan) {
  Blame blame = {.count = 0};
  add_c_check(m, plan, &blame);
  add_products(m, plan, &blame);
  add_lanes_check(m, plan, CHANNEL_P, plan->p_lane_bits, parameters_read(m, plan), &blame);
  if (!plan_has(plan, PART_LANES)) {
    add_records(m, plan, &blame);
  } else {
    add_lanes_check(m, plan, CHANNEL_B, plan->b_lane_bits, always(m), &blame);
    if (plan_has(plan, PART_META_B)) add_lanes_check(m, plan, CHANNEL_M, plan->m_lane_bits, metadata_read(m), &blame);
    if (plan_has(plan, PART_META_B)) add_m_keep(m, &blame);
    add_b_end(m, plan, &blame);
  }
  add_error(m, &blame);
}
