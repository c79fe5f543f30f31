// The Griffin engine and its single-mode kin: a dense array whose multipliers choose operands out of windows of A and
// of B. docs/engines/griffin.md says what happens in a cycle; stage S decides the step, stage D chooses operands
// (engines.md 1; Shafiee et al., HPCA 2022, section IV).
#include "gen/engine/engine_common.h"
#include "gen/engine/griffin/griffin.h"
#include "gen/hdl/hdl_wire.h"
#include "gen/leaf/leaves.h"

// What follows from the plan and is needed in more than one place.
typedef struct Shape {
  bool a, b, ab, aimed; // modes there are; aimed: weights carry codes, or must be decoded as if they did
  int takes, choices;   // of mode a: lac_row_arbiter
  int places;           // of the window that a PE is shown
  int steps;            // that mode ab arbitrates over
  int kinds;            // of counts a PE gives
} Shape;

static int max_of(int a, int b) {
  return a > b ? a : b;
}

static bool has(const Plan *plan, Mode mode) {
  return plan->modes >> mode & 1;
}

static Shape shape_of(const Plan *plan) {
  Shape s = {.a = has(plan, MODE_A), .b = has(plan, MODE_B), .ab = has(plan, MODE_AB)};
  s.aimed = s.b || s.ab;
  s.takes = 1 + plan->window.a_d1 * (1 + plan->window.a_d2) * (1 + plan->window.a_d3);
  s.choices = 1 + plan->window.a_d1 * (1 + plan->window.a_d2);
  s.steps = (1 + plan->window.ab_a1) * (1 + plan->window.ab_b1);
  s.places = max_of(max_of(1 + plan->window.b_d1, s.steps), s.aimed ? s.takes : 1);
  s.kinds = 1 + (plan->a_depth - 1) + 2;
  return s;
}

// ---- ports

static void add_ports(Module *m, const Plan *plan) {
  int window = plan->b_window, weights = window * plan->n0 * plan->k0;
  port_in(m, "clk_i", 1, NULL);
  port_in(m, "rst_i", 1, NULL);
  port_in(m, "mode_i", 2, MODE_MEANINGS);
  section(m, "A: a beat of steps of M0 rows");
  port_in(m, "a_valid_i", 1, NULL);
  port_out(m, "a_ready_o", 1, NULL);
  if (plan->a_steps > 1) port_in(m, "a_count_i", clog2(plan->a_steps + 1), "steps in the beat");
  port_in(m, "a_data_i", plan->m0 * plan->a_steps * plan->k0 * plan->a_bits, NULL);
  port_in(m, "a_first_i", 1, "begins with the first step of a tile");
  port_in(m, "a_last_i", 1, "ends with the last step of a tile");
  port_in(m, "a_end_i", 1, "and of the job");
  port_out(m, "a_short_o", 1, "fewer steps are there than a step needs");
  section(m, "B: words that are visible, oldest first; their weights come a cycle later");
  port_in(m, "b_count_i", clog2(window + 1), "words visible");
  port_out(m, "b_take_o", clog2(window + 1), "words given up");
  port_in(m, "b_nz_i", weights, "weight is not zero");
  if (plan->window.code_bits > 0) port_in(m, "b_code_i", weights * plan->window.code_bits, "what it points at");
  port_in(m, "b_advance_i", window * plan->window.advance_bits, "steps of A given up with the word");
  port_in(m, "b_last_i", window, "last word of its tile");
  port_in(m, "b_straddle_i", window, "the word's window reaches into the next tile");
  if (has_metadata(plan)) port_in(m, "b_meta_late_i", 1, "weights wait for their metadata");
  port_in(m, "b_data_i", weights * plan->b_bits, NULL);
  add_result_ports(m, plan);
  add_report_ports(m, plan);
  if (plan->counters_full)
    port_out(m, "borrowed_o", (plan->a_depth - 1 + 2) * plan->count_bits,
             "A from 1, 2, ... steps on; from another lane; for another PE");
}

// ---- mode

static int depth_of(const Plan *plan, Mode mode) {
  int depths[MODES_MOST] = {1, 1 + plan->window.a_d1, 1 + plan->window.b_d1,
                            (1 + plan->window.ab_a1) * (1 + plan->window.ab_b1)};
  return depths[mode];
}

static int words_of(const Plan *plan, Mode mode) {
  int words[MODES_MOST] = {1, 1 + plan->window.a_d1, 1, 1 + plan->window.ab_a1};
  return words[mode];
}

static void add_mode(Module *m, const Plan *plan) {
  int depth_bits = clog2(plan->a_depth + 1);
  for (Mode mode = 0; mode < MODES_MOST; mode++)
    assign(net_new(m, format(m, "mode_%s", engine_mode(ENGINE_GRIFFIN, mode)->word), 1),
           has(plan, mode) ? ex_eq(whole(m, "mode_i"), ex_const(m, 2, mode)) : ex_const(m, 1, 0));
  Net *depth = net_remark(net_new(m, "depth", depth_bits), "steps of A that a step sees");
  Net *words = net_remark(net_new(m, "words", plan->b_window), "words of B that it sees");
  Select *depths = select_new(depth, whole(m, "mode_i"), ex_const(m, depth_bits, 1));
  Select *word_masks = select_new(words, whole(m, "mode_i"), ex_const(m, plan->b_window, 1));
  for (Mode mode = MODE_A; mode < MODES_MOST; mode++)
    if (has(plan, mode)) {
      select_row(depths, mode, ex_const(m, depth_bits, (uint64_t)depth_of(plan, mode)), NULL);
      select_row(word_masks, mode, ex_hex(m, plan->b_window, (1u << words_of(plan, mode)) - 1), NULL);
    }
  assign(net_remark(net_new(m, "run_on", 1), "the window runs on into the next tile"),
         plan->window.run_on ? whole(m, "mode_b") : ex_const(m, 1, 0));
}

// ---- the window of A

static void add_window_control(Module *m, const Plan *plan) {
  Inst *control = inst_leaf(m, &leaf_a_window_control, "u_a_control");
  inst_param(control, "RING", plan->a_ring);
  inst_param(control, "DEPTH", plan->a_depth);
  inst_param(control, "STEPS", plan->a_steps);
  inst_param(control, "WORDS", plan->b_window);
  if (plan->a_steps == 1) inst_in(control, "a_count_i", ex_const(m, 1, 1));
  inst_in(control, "end_only_i", whole(m, "run_on"));
  inst_wire(control, "a_");
}

static void add_windows(Module *m, const Plan *plan, const Shape *s) {
  Inst *windows = inst_leaf(m, &leaf_a_windows, "u_a_windows");
  inst_param(windows, "ROWS", plan->m0);
  inst_param(windows, "RING", plan->a_ring);
  inst_param(windows, "DEPTH", plan->a_depth);
  inst_param(windows, "STEPS", plan->a_steps);
  inst_param(windows, "LANES", plan->k0);
  inst_param(windows, "A_W", plan->a_bits);
  inst_param(windows, "SHUFFLE", plan->window.shuffle);
  inst_in(windows, "beat_i", whole(m, "a_data_i"));
  if (!s->a && !s->ab) inst_open(windows, "nonzero_o");
  inst_wire(windows, "a_");
}

static void add_a(Module *m, const Plan *plan, const Shape *s) {
  int rows = plan->m0 * plan->a_depth * plan->k0;
  net_new(m, "a_there", 1);
  net_new(m, "a_here", plan->a_depth);
  net_new(m, "a_lasts", plan->a_depth);
  net_new(m, "a_ended", 1);
  net_new(m, "a_write", plan->a_ring);
  net_new(m, "a_tail", max_of(1, clog2(plan->a_steps)));
  net_new(m, "a_turn", 2);
  net_new(m, "a_head_next", max_of(1, clog2(plan->a_ring)));
  net_remark(net_new(m, "sums", plan->b_window * clog2(plan->a_depth + 1)), "steps given up with the first words");
  net_parts(find(m, "sums"), "GIVEN_W", clog2(plan->a_depth + 1));
  net_remark(net_new(m, "take", plan->b_window), "one bit: how many words");
  if (s->a || s->ab)
    net_parts(net_remark(net_new(m, "nonzero", rows), "of the first steps of each row, by element"), "K0", plan->k0);
  net_new(m, "steps", rows * plan->a_bits);
  add_window_control(m, plan);
  assign(find(m, "a_short_o"), ex_not(whole(m, "a_there")));
  add_windows(m, plan, s);
}

// ---- the step

static void add_issue(Module *m, const Plan *plan) {
  net_new(m, "step", 1);
  net_new(m, "first", 1);
  net_new(m, "last", 1);
  if (plan->counters_full) net_remark(net_new(m, "given", clog2(plan->a_depth + 1)), "steps of A, in the cycle before");
  net_remark(net_new(m, "in_window", plan->b_window), "words in the window");
  net_remark(net_new(m, "more", max_of(1, plan->b_window - 1)), "word has work left after this cycle");
  net_remark(net_new(m, "busy", plan->m0 * plan->n0), "PE has work in this cycle");
  net_new(m, "shift", 1);
  if (plan->c_chunks > 1) net_new(m, "c_chunk", clog2(plan->c_chunks));
  Inst *issue = inst_leaf(m, &leaf_griffin_issue, "u_issue");
  inst_param(issue, "WINDOW", plan->b_window);
  inst_param(issue, "DEPTH", plan->a_depth);
  inst_param(issue, "PES", plan->m0 * plan->n0);
  inst_param(issue, "ADVANCE_W", plan->window.advance_bits);
  inst_param(issue, "WORDS", plan->m0 * plan->c_chunks);
  inst_param(issue, "CHUNKS", plan->c_chunks);
  inst_param(issue, "LATENCY", plan->engine_latency);
  inst_param(issue, "SHIFT_LATENCY", plan->shift_latency);
  inst_in(issue, "balanced_i", whole(m, "mode_dense"));
  inst_in(issue, "b_late_i", has_metadata(plan) ? whole(m, "b_meta_late_i") : ex_const(m, 1, 0));
  if (plan->c_chunks == 1) inst_open(issue, "c_chunk_o");
  if (!plan->counters_full) inst_open(issue, "given_o");
  inst_in(issue, "grant_valid_i", whole(m, "c_grant_valid_i"));
  inst_out(issue, "grant_ready_o", find(m, "c_grant_ready_o"));
  inst_wire(issue, "c_");
}

// ---- mode a: one arbiter for all rows

static void add_rows(Module *m, const Plan *plan, const Shape *s) {
  int words = 1 + plan->window.a_d1, k0 = plan->k0;
  Net *pending = net_parts(net_new(m, "row_pending", plan->m0 * words * k0), "K0", k0);
  net_new(m, "row_more", max_of(1, plan->window.a_d1));
  net_new(m, "row_busy", plan->m0);
  comment(m, "stage D");
  net_parts(net_new(m, "row_take", plan->m0 * s->takes * k0), "K0", k0);
  net_new(m, "row_word", plan->m0 * s->choices * k0);
  net_new(m, "row_across", plan->m0 * max_of(1, plan->window.a_d3) * k0);
  for (int row = 0; row < plan->m0; row++)
    for (int word = 0; word < words; word++) {
      Expr *counts = ex_and(whole(m, "mode_a"), ex_bit(whole(m, "in_window"), word));
      int at = (row * words + word) * k0;
      assign_slice(pending, at + k0 - 1, at,
                   ex_and(ex_part(find(m, "nonzero"), row * plan->a_depth + word, k0), ex_repeat(k0, counts)));
    }
  Inst *arbiter = inst_leaf(m, &leaf_row_arbiter, "u_row_arbiter");
  inst_param(arbiter, "ROWS", plan->m0);
  inst_param(arbiter, "LANES", k0);
  inst_param(arbiter, "D1", plan->window.a_d1);
  inst_param(arbiter, "D2", plan->window.a_d2);
  inst_param(arbiter, "D3", plan->window.a_d3);
  inst_in(arbiter, "nonzero_i", ex(pending));
  inst_in(arbiter, "given_i", ex_slice(whole(m, "take"), plan->window.a_d1, 0));
  inst_wire(arbiter, "row_");
}

// ---- modes b and ab: weights that count

static void add_weights(Module *m, const Plan *plan) {
  int words = 1 + plan->window.ab_a1, word = plan->n0 * plan->k0;
  Net *weights = net_remark(net_new(m, "weights", words * word), "not zero and in the window");
  net_parts(weights, "WEIGHTS", word); // of a word
  net_parts(find(m, "b_nz_i"), "WEIGHTS", word);
  for (int j = 0; j < words; j++)
    assign_slice(weights, j * word + word - 1, j * word,
                 ex_and(ex_part(find(m, "b_nz_i"), j, word), ex_repeat(word, ex_bit(whole(m, "in_window"), j))));
  if (words == plan->b_window) return;
  read_unused(ex_slice(whole(m, "b_nz_i"), plan->b_window * word - 1, words * word));
  read_unused(ex_slice(whole(m, "b_code_i"), plan->b_window * word * plan->window.code_bits - 1,
                       words * word * plan->window.code_bits));
}

// ---- what all PEs say together

static void add_more(Module *m, const Plan *plan, const Shape *s) {
  int later = max_of(1, plan->b_window - 1);
  if (s->ab) net_new(m, "array_more", plan->window.ab_a1);
  Expr *by_row = s->a ? ex_zero_extend(whole(m, "row_more"), later) : ex_const(m, later, 0);
  Expr *by_pe = s->ab ? ex_zero_extend(whole(m, "array_more"), later) : ex_const(m, later, 0);
  assign(find(m, "more"), ex_or(by_row, by_pe));
}

// ---- stage D

static void add_late_control(Module *m, const Plan *plan) {
  static const char *const names[] = {"single_q", "row_q", "first_q", "last_q", "straddle_q"};
  Expr *step = whole(m, "step"), *single = ex_or(whole(m, "mode_dense"), whole(m, "mode_b"));
  Expr *none = ex_const(m, 1, 0);
  Expr *straddle = plan->window.run_on ? ex_and(whole(m, "run_on"), ex_bit(whole(m, "b_straddle_i"), 0)) : none;
  Expr *next[] = {ex_and(step, single), ex_and(step, whole(m, "mode_a")), ex_and(step, whole(m, "first")),
                  whole(m, "last"), plan->window.run_on ? ex_and(step, straddle) : none};
  int counting = plan->window.run_on ? 1 : 0; // words whose straddle bit counts
  if (plan->b_window > counting) read_unused(ex_slice(whole(m, "b_straddle_i"), plan->b_window - 1, counting));
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    reg_reset(m, names[i], 1, 0);
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    reg_next(find(m, names[i]), next[i], NULL);
}

// In mode a the places of the window are what the row may take, in the others its steps.
static void add_late_window(Module *m, const Plan *plan, const Shape *s) {
  int places = s->a && !s->aimed ? s->takes : s->places, width = plan->m0 * places * plan->k0 * plan->a_bits;
  Expr *window = whole(m, "steps");
  if (s->a) {
    Net *spread = net_new(m, "spread", width);
    Inst *rows = inst_leaf(m, &leaf_row_spread, "u_row_spread");
    inst_param(rows, "ROWS", plan->m0);
    inst_param(rows, "LANES", plan->k0);
    inst_param(rows, "W", plan->a_bits);
    inst_param(rows, "STEPS", plan->a_depth);
    inst_param(rows, "PLACES", places);
    inst_param(rows, "D1", plan->window.a_d1);
    inst_param(rows, "D2", plan->window.a_d2);
    inst_param(rows, "D3", plan->window.a_d3);
    inst_in(rows, "row_i", whole(m, "mode_a"));
    inst_in(rows, "steps_i", window);
    inst_out(rows, "places_o", spread);
    window = ex(spread);
  }
  reg_next(reg_new(m, "window_q", width), window, NULL);
}

static void add_late(Module *m, const Plan *plan, const Shape *s) {
  add_late_control(m, plan);
  add_late_window(m, plan, s);
}

// ---- the array

static void set_array_shape(Inst *array, const Plan *plan, const Shape *s) {
  const struct {
    const char *name;
    int value;
  } params[] = {{"ROWS", plan->m0},
                {"COLUMNS", plan->n0},
                {"WRAP", plan->window.wrap},
                {"LANES", plan->k0},
                {"A_W", plan->a_bits},
                {"B_W", plan->b_bits},
                {"ACC_W", plan->acc_bits},
                {"HAS_A", s->a},
                {"HAS_B", s->b},
                {"HAS_AB", s->ab},
                {"A_D1", plan->window.a_d1},
                {"A_D2", plan->window.a_d2},
                {"A_D3", plan->window.a_d3},
                {"B_D1", plan->window.b_d1},
                {"B_D2", plan->window.b_d2},
                {"B_D3", plan->window.b_d3},
                {"AB_A1", plan->window.ab_a1},
                {"AB_A2", plan->window.ab_a2},
                {"AB_B1", plan->window.ab_b1},
                {"AB_B2", plan->window.ab_b2},
                {"AB_B3", plan->window.ab_b3},
                {"RUN_ON", plan->window.run_on},
                {"COUNT", plan->counters_full},
                {"ARRAY", array_style(plan)}};
  for (size_t i = 0; i < sizeof params / sizeof *params; i++)
    inst_param(array, params[i].name, params[i].value);
}

// Steps of A that are given up before each word but the first.
static Expr *bases(Module *m, const Plan *plan, const Shape *s) {
  int bits = clog2(s->steps + 1);
  Expr *parts[MAX_WINDOW];
  if (plan->window.ab_a1 == 0) return ex_const(m, bits, 0);
  for (int word = 1; word <= plan->window.ab_a1; word++) {
    int at = (word - 1) * clog2(plan->a_depth + 1);
    parts[plan->window.ab_a1 - word] = ex_slice(whole(m, "sums"), at + bits - 1, at);
  }
  return ex_concat((size_t)plan->window.ab_a1, parts);
}

// Zeros where the mode is missing.
static void connect_choice(Module *m, Inst *array, const Plan *plan, const Shape *s) {
  int words = (1 + plan->window.ab_a1) * plan->n0 * plan->k0, row = plan->m0 * plan->k0;
  Expr *codes =
      s->aimed ? ex_slice(whole(m, "b_code_i"), words * plan->window.code_bits - 1, 0) : ex_const(m, words, 0);
  inst_in(array, "dual_i", whole(m, "mode_ab"));
  inst_in(array, "by_column_i", whole(m, "mode_b"));
  inst_in(array, "weights_i", s->aimed ? whole(m, "weights") : ex_const(m, words, 0));
  inst_in(array, "code_i", codes);
  inst_in(array, "base_i", bases(m, plan, s));
  inst_in(array, "nonzero_i", s->ab ? whole(m, "nonzero") : ex_const(m, row * plan->a_depth, 0));
  inst_in(array, "given_i", ex_slice(whole(m, "take"), plan->window.ab_a1, 0));
  if (!s->ab) inst_open(array, "more_o");
  inst_out(array, "busy_o", find(m, "busy"));
  if (s->a) return;
  inst_in(array, "row_busy_i", ex_const(m, plan->m0, 0));
  inst_in(array, "row_take_i", ex_const(m, row, 0));
  inst_in(array, "row_word_i", ex_const(m, row, 0));
  inst_in(array, "row_across_i", ex_const(m, row, 0));
}

static void add_array(Module *m, const Plan *plan, const Shape *s) {
  net_new(m, "drain", plan->n0 * plan->acc_bits);
  if (plan->counters_full) net_new(m, "counts", plan->m0 * plan->n0 * s->kinds * clog2(plan->k0 + 1));
  Inst *array = inst_leaf(m, &leaf_griffin_array, "u_array");
  set_array_shape(array, plan, s);
  connect_choice(m, array, plan, s);
  inst_in(array, "single_i", whole(m, "single_q"));
  inst_in(array, "row_i", whole(m, "row_q"));
  inst_in(array, "window_i", whole(m, "window_q"));
  inst_in(array, "b_i", whole(m, "b_data_i"));
  inst_in(array, "first_i", whole(m, "first_q"));
  inst_in(array, "last_i", whole(m, "last_q"));
  inst_in(array, "straddle_i", whole(m, "straddle_q"));
  if (!plan->counters_full) inst_open(array, "counts_o");
  inst_wire(array, "array_");
}

// ---- counts

static Expr *slots_by_row(Module *m, const Plan *plan, const Shape *s) {
  if (!s->a) return ex_const(m, plan->m0 * plan->k0, 0);
  Expr *rows[64];
  for (int row = 0; row < plan->m0; row++) {
    Expr *terms[MAX_PLACES];
    for (int take = 0; take < s->takes; take++)
      terms[take] = ex_part(find(m, "row_take"), row * s->takes + take, plan->k0);
    rows[plan->m0 - 1 - row] = ex_or_all((size_t)s->takes, terms);
  }
  return ex_concat((size_t)plan->m0, rows);
}

static Expr *slots_by_column(Module *m, const Plan *plan, const Shape *s) {
  int word = plan->n0 * plan->k0;
  if (!s->b) return ex_const(m, word, 0);
  Net *weights_q = reg_reset(m, "weights_q", word, 0);
  Expr *counts = ex_and(whole(m, "step"), whole(m, "mode_b"));
  reg_next(weights_q, ex_and(ex_slice(whole(m, "weights"), word - 1, 0), ex_repeat(word, counts)), NULL);
  return ex(weights_q);
}

static void add_full_counts(Module *m, const Plan *plan, const Shape *s) {
  int bits = plan->count_bits, borrowed = net_width(find(m, "borrowed_o"));
  Net *sums = net_parts(net_new(m, "count_sums", s->kinds * bits), "COUNT_W", bits);
  Inst *tree = inst_leaf(m, &leaf_count_sums, "u_count_sums");
  inst_param(tree, "PES", plan->m0 * plan->n0);
  inst_param(tree, "KINDS", s->kinds);
  inst_param(tree, "W", clog2(plan->k0 + 1));
  inst_param(tree, "OUT_W", bits);
  inst_in(tree, "counts_i", whole(m, "counts"));
  inst_out(tree, "sums_o", sums);
  inst_wire(tree, "");
  assign(find(m, "effectual_o"), ex_slice(ex(sums), bits - 1, 0));
  assign(find(m, "borrowed_o"), ex_slice(ex(sums), bits + borrowed - 1, bits));
  Inst *count = inst_leaf(m, &leaf_griffin_count, "u_count");
  inst_param(count, "ROWS", plan->m0);
  inst_param(count, "COLUMNS", plan->n0);
  inst_param(count, "LANES", plan->k0);
  inst_param(count, "GIVEN_W", clog2(plan->a_depth + 1));
  inst_param(count, "OUT_W", bits);
  inst_in(count, "all_i", whole(m, "mode_dense"));
  inst_in(count, "by_row_i", slots_by_row(m, plan, s));
  inst_in(count, "by_column_i", slots_by_column(m, plan, s));
  inst_in(count, "dual_i", whole(m, "mode_ab"));
  inst_in(count, "by_pe_i", ex_slice(ex(sums), bits - 1, 0));
  inst_wire(count, "");
}

static void add_counts(Module *m, const Plan *plan, const Shape *s) {
  static const char *const ports[] = {"issued_o", "effectual_o", "skipped_o"};
  if (plan->counters_full) {
    add_full_counts(m, plan, s);
    return;
  }
  for (size_t i = 0; i < sizeof ports / sizeof *ports; i++)
    assign(find(m, ports[i]), ex_const(m, plan->count_bits, 0));
}

Module *build_griffin(Design *design, const Plan *plan) {
  Shape shape = shape_of(plan), *s = &shape;
  Module *m = module_new(design, "lac_engine",
                         "Engine with windows: multipliers take operands of later steps, other lanes and neighbours.");
  module_note(
      m,
      format(m,
             "M0 = %d rows, N0 = %d columns, K0 = %d lanes, %d multipliers; windows of %d steps of A, %d words of B.",
             plan->m0, plan->n0, plan->k0, plan->macs, plan->a_depth, plan->b_window));
  add_ports(m, plan);
  section(m, "mode");
  add_mode(m, plan);
  section(m, "the window of A");
  add_a(m, plan, s);
  section(m, "the step");
  add_issue(m, plan);
  if (s->a) {
    section(m, "mode a: what the slots of each row take");
    add_rows(m, plan, s);
  }
  if (s->aimed) {
    section(m, "weights that count");
    add_weights(m, plan);
  } else {
    read_unused(whole(m, "b_nz_i"));
  }
  section(m, "what all PEs say together");
  add_more(m, plan, s);
  section(m, "stage D");
  add_late(m, plan, s);
  section(m, "the array");
  add_array(m, plan, s);
  section(m, "results");
  add_results(m, plan);
  section(m, "counts");
  add_counts(m, plan, s);
  return m;
}
