// B and the column parameters travel alike: beats (lac_axi_read), lanes (lac_gearbox), the lanes that count (lac_trim),
// words that are played again (lac_replay). Engines with windows join B with its metadata and see several words at once
// (lac_b_join, lac_replay_banked; docs/engines/griffin.md). The outer-product engine takes beats of B apart into words
// that wait in a store per block (lac_outer_fill, lac_outer_store; docs/engines/outer.md).
#include "gen/shell/panels.h"

#include "gen/engine/hss/plan.h"
#include "gen/hdl/hdl_wire.h"
#include "gen/leaf/leaves.h"

static Net *find(Module *m, const char *name) {
  return net_find(m, name);
}

static Expr *whole(Module *m, const char *name) {
  return ex(net_find(m, name));
}

// ---- precedence on the bus

static void add_hold(Module *m, const Plan *plan, int channel, Expr *waits) {
  Inst *hold = inst_leaf(m, &leaf_hold, format(m, "u_urgent_%s", channel_name(channel)));
  inst_param(hold, "CYCLES", plan->urgent_cycles);
  inst_in(hold, "rst_i", whole(m, "clear"));
  inst_in(hold, "in_i", waits);
  inst_out_slice(hold, "out_o", find(m, "urgent"), channel, channel);
}

// With a window the engine waits for memory only when neither the window nor the reader has enough. The outer-product
// engine waits for A when its reader has a k-tile to read, for B when a block has no word or the reader no k-tile: a
// reader of A without a k-tile takes nothing, and would keep B from the bus for ever. So would B keep the column
// parameters, without which no tile leaves and the stores stay full: it waits only while there is room for its next
// beat.
static Expr *a_waits(Module *m, const Plan *plan) {
  Expr *none = ex_not(whole(m, "a_valid"));
  if (is_outer(plan)) return ex_and(whole(m, "list_valid"), none);
  return has_windows(plan) ? ex_and(whole(m, "a_short"), none) : none;
}

static Expr *b_waits(Module *m, const Plan *plan, int channel) {
  if (is_outer(plan)) {
    Expr *none = ex_not(ex_and(ex_reduce_and(whole(m, "b_valid")), whole(m, "list_valid")));
    return ex_and(none, ex_bit(whole(m, "dat_ready"), channel));
  }
  return has_windows(plan) ? whole(m, "b_short") : ex_not(whole(m, "b_valid"));
}

// A channel whose operand the engine had to wait for a short while ago goes first; metadata are waited for like what
// they belong to. Column parameters are never that short.
void add_urgent(Module *m, const Plan *plan) {
  add_hold(m, plan, CHANNEL_A, a_waits(m, plan));
  add_hold(m, plan, CHANNEL_B, b_waits(m, plan, CHANNEL_B));
  assign_slice(find(m, "urgent"), CHANNEL_P, CHANNEL_P, ex_const(m, 1, 0));
  if (has_metadata(plan)) add_hold(m, plan, CHANNEL_M, b_waits(m, plan, CHANNEL_M));
  if (plan->a_compressed) add_hold(m, plan, CHANNEL_AM, a_waits(m, plan));
}

// ---- beats to the lanes that count: nets x_kept_valid, x_kept_ready, x_kept_data of channel x

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

static void add_lanes(Module *m, const Plan *plan, int channel) {
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

static void add_replay(Module *m, const Plan *plan, int channel, const char *source, const char *target, int bits) {
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

// ---- words of B with their metadata, several at a time

static int part_weights(const Plan *plan) {
  return plan->n0 * plan->k0 / plan->b_lanes;
}

static void add_join_nets(Module *m, const Plan *plan) {
  int weights = part_weights(plan);
  net_new(m, "part_valid", 1);
  net_new(m, "part_ready", 1);
  net_new(m, "part_data", plan->b_lane_bits);
  net_new(m, "part_nz", weights);
  if (has_metadata(plan)) net_new(m, "part_code", weights * plan->code_bits);
  net_new(m, "part_advance", plan->advance_bits);
  net_new(m, "part_last", 1);
  net_new(m, "part_straddle", 1);
}

static void set_join_params(Inst *join, const Plan *plan) {
  const struct {
    const char *name;
    int value;
  } params[] = {{"PARTS", plan->b_lanes},    {"WEIGHTS", part_weights(plan)},
                {"B_W", plan->b_bits},       {"DIST_W", plan->dist_bits},
                {"SIDE_W", plan->side_bits}, {"ACROSS_W", plan->across_bits},
                {"M_W", plan->m_lane_bits},  {"ADVANCE_W", plan->advance_bits},
                {"B_D1", plan->b_d1},        {"B_D2", plan->b_d2},
                {"B_D3", plan->b_d3},        {"AB_D1", plan->ab_b1},
                {"AB_D2", plan->ab_b2},      {"AB_D3", plan->ab_b3},
                {"RUN_ON", plan->run_on}};
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
  if (has_metadata(plan)) {
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
  if (plan->ab_a1 > 0)
    need = ex_mux(ex_eq(mode, ex_const(m, 2, MODE_AB)), ex_const(m, bits, 1 + (uint64_t)plan->ab_a1), need);
  if (plan->a_d1 > 0)
    need = ex_mux(ex_eq(mode, ex_const(m, 2, MODE_A)), ex_const(m, bits, 1 + (uint64_t)plan->a_d1), need);
  return need;
}

static void add_replay_banked(Module *m, const Plan *plan) {
  Inst *replay = inst_leaf(m, &leaf_replay_banked, "u_replay_b");
  inst_param(replay, "LANES", plan->b_lanes);
  inst_param(replay, "WEIGHTS", part_weights(plan));
  inst_param(replay, "B_W", plan->b_bits);
  inst_param(replay, "CODE_W", plan->code_bits);
  inst_param(replay, "ADVANCE_W", plan->advance_bits);
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
  if (has_metadata(plan)) {
    inst_in(replay, "in_code_i", whole(m, "part_code"));
  } else {
    inst_in(replay, "in_code_i", ex_const(m, 1, 0));
    inst_open(replay, "code_o");
  }
  inst_wire(replay, "b_ job_");
}

// ---- words of kept weights with their offsets beside them

// A played word is a row of parts, in each the weights below the offsets.
static void split_word(Module *m, const Plan *plan) {
  int offsets = plan->n0 * plan->hss_groups / plan->b_lanes * plan->hss_group_bits, part = plan->b_lane_bits + offsets;
  for (int i = 0; i < plan->b_lanes; i++) {
    Expr *word = ex_part(find(m, "b_word_data"), i, part);
    assign_slice(find(m, "b_data"), (i + 1) * plan->b_lane_bits - 1, i * plan->b_lane_bits,
                 ex_slice(word, plan->b_lane_bits - 1, 0));
    assign_slice(find(m, "b_offsets"), (i + 1) * offsets - 1, i * offsets, ex_slice(word, part - 1, plan->b_lane_bits));
  }
}

static void add_structured(Module *m, const Plan *plan) {
  int groups = plan->n0 * plan->hss_groups / plan->b_lanes, part = plan->b_lane_bits + groups * plan->hss_group_bits;
  HssWord word = hss_word(plan);
  net_new(m, "part_valid", 1);
  net_new(m, "part_ready", 1);
  net_new(m, "part_data", part);
  net_new(m, "b_word_data", plan->b_lanes * part);
  const struct {
    const char *name;
    int value;
  } params[] = {{"PARTS", plan->b_lanes}, {"GROUPS", groups},        {"B_W", word.b_bits}, {"G0", word.g0},
                {"H0", word.h0},          {"G1", plan->hss_g1},      {"H1", plan->hss_h1}, {"G2", plan->hss_g2},
                {"H2", plan->hss_h2},     {"M_W", plan->m_lane_bits}};
  Inst *join = inst_leaf(m, &leaf_hss_join, "u_b_join");
  for (size_t i = 0; i < sizeof params / sizeof *params; i++)
    inst_param(join, params[i].name, params[i].value);
  inst_in(join, "rst_i", whole(m, "clear"));
  inst_in(join, "start_i", whole(m, "go"));
  inst_in(join, "structured_i", ex_eq(whole(m, "job_mode"), ex_const(m, 2, (uint64_t)hss_mode(plan, true))));
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

// ---- records of panels, for the outer-product engine

// Of the number of words that a k-tile has in a store, and of a number of words of a store.
static int show_bits(const Plan *plan) {
  return clog2(outer_tile_words(plan) + 1);
}

static int jump_bits(const Plan *plan) {
  return clog2(plan_store_words(plan)) + 1;
}

static void set_fill_params(Inst *fill, const Plan *plan) {
  inst_param(fill, "BANKS", plan->outer_banks);
  inst_param(fill, "COLS", plan->n0 / plan->outer_banks);
  inst_param(fill, "Q", plan->outer_q);
  inst_param(fill, "KT", plan->k0);
  inst_param(fill, "BLOCKS", plan->outer_blocks);
  inst_param(fill, "B_W", plan->b_bits);
  inst_param(fill, "BUS_W", plan->bus_bits);
}

static void add_beats_of(Module *m, const Plan *plan, Inst *fill, int channel) {
  const char *name = channel_name(channel);
  inst_in(fill, format(m, "%s_valid_i", name), ex_bit(whole(m, "dat_valid"), channel));
  inst_out_slice(fill, format(m, "%s_ready_o", name), find(m, "dat_ready"), channel, channel);
  inst_in(fill, format(m, "%s_data_i", name), ex_part(find(m, "dat_data"), channel, plan->bus_bits));
  read_unused(ex_bit(whole(m, "dat_last"), channel));
}

static void add_fill(Module *m, const Plan *plan) {
  int blocks = plan->outer_blocks;
  net_new(m, "word_valid", blocks);
  net_new(m, "word_ready", blocks);
  net_new(m, "word_data", blocks * plan->b_word_bits);
  net_new(m, "entry_valid", 1);
  net_new(m, "entry_ready", 1);
  net_new(m, "entry_number", 32);
  net_new(m, "entry_last", 1);
  net_new(m, "entry_words", blocks * show_bits(plan));
  net_new(m, "entry_turn", outer_turn_bits(plan));
  Inst *fill = inst_leaf(m, &leaf_outer_fill, "u_outer_fill");
  set_fill_params(fill, plan);
  inst_in(fill, "rst_i", whole(m, "clear"));
  inst_in(fill, "start_i", whole(m, "go"));
  inst_in(fill, "bitmaps_i", ex_bit(whole(m, "job_mode"), 1));
  add_beats_of(m, plan, fill, CHANNEL_B);
  add_beats_of(m, plan, fill, CHANNEL_M);
  inst_out(fill, "list_valid_o", find(m, "entry_valid"));
  inst_in(fill, "list_ready_i", whole(m, "entry_ready"));
  inst_out(fill, "list_number_o", find(m, "entry_number"));
  inst_out(fill, "list_last_o", find(m, "entry_last"));
  inst_out(fill, "list_words_o", find(m, "entry_words"));
  inst_out(fill, "list_turn_o", find(m, "entry_turn"));
  inst_out(fill, "meta_late_o", find(m, "b_meta_late"));
  inst_out(fill, "moves_o", find(m, "record_moves"));
  inst_out(fill, "error_o", find(m, "meta_error"));
  inst_out(fill, "error_pos_o", find(m, "meta_error_pos"));
  inst_wire(fill, "job_");
}

static Inst *new_store(Module *m, const char *name, int width, int words) {
  Inst *store = inst_leaf(m, &leaf_outer_store, name);
  inst_param(store, "WIDTH", width);
  inst_param(store, "WORDS", words);
  inst_in(store, "rst_i", whole(m, "clear"));
  inst_in(store, "start_i", whole(m, "go"));
  return store;
}

// The highest bit of a word says that it is its panel's last.
static void add_store(Module *m, const Plan *plan, int block) {
  int bits = plan->b_word_bits;
  Inst *store = new_store(m, format(m, "u_store_%d", block), bits, plan_store_words(plan));
  inst_in(store, "in_valid_i", ex_bit(whole(m, "word_valid"), block));
  inst_out_slice(store, "in_ready_o", find(m, "word_ready"), block, block);
  inst_in(store, "in_last_i", ex_bit(whole(m, "word_data"), (block + 1) * bits - 1));
  inst_in(store, "in_data_i", ex_part(find(m, "word_data"), block, bits));
  inst_param(store, "SHOW_W", show_bits(plan));
  inst_in(store, "show_valid_i", ex_bit(whole(m, "show_valid"), block));
  inst_out_slice(store, "show_ready_o", find(m, "show_ready"), block, block);
  inst_in(store, "show_jump_i", ex_part(find(m, "show_jump"), block, jump_bits(plan)));
  inst_in(store, "show_words_i", ex_part(find(m, "show_words"), block, show_bits(plan)));
  inst_out_slice(store, "out_valid_o", find(m, "b_valid"), block, block);
  inst_in(store, "out_ready_i", ex_bit(whole(m, "b_ready"), block));
  inst_in(store, "skip_i", ex_bit(whole(m, "b_skip"), block));
  inst_out_part(store, "out_data_o", find(m, "b_data"), block, bits);
  inst_open(store, "out_last_o");
  inst_wire(store, "job_");
}

// The k-tiles of B, in the order of the panels: number, last of its panel, words by block, the block of its first k.
static void add_list_store(Module *m, const Plan *plan) {
  int words = plan->outer_blocks * show_bits(plan), width = outer_turn_bits(plan) + words + 33;
  net_new(m, "listed_valid", 1);
  net_new(m, "listed_ready", 1);
  net_new(m, "listed_data", width);
  net_new(m, "listed_end", 1);
  Inst *store = new_store(m, "u_store_list", width, plan->outer_list_words);
  inst_in(store, "in_valid_i", whole(m, "entry_valid"));
  inst_out(store, "in_ready_o", find(m, "entry_ready"));
  inst_in(store, "in_last_i", whole(m, "entry_last"));
  Expr *which = ex_cat(whole(m, "entry_last"), whole(m, "entry_number"));
  inst_in(store, "in_data_i", ex_cat(whole(m, "entry_turn"), ex_cat(whole(m, "entry_words"), which)));
  inst_in(store, "show_valid_i", ex_const(m, 1, 1));
  inst_open(store, "show_ready_o");
  inst_in(store, "show_jump_i", ex_const(m, clog2(plan->outer_list_words) + 1, 0));
  inst_in(store, "show_words_i", ex_const(m, 1, 1));
  inst_out(store, "out_valid_o", find(m, "listed_valid"));
  inst_in(store, "out_ready_i", whole(m, "listed_ready"));
  inst_in(store, "skip_i", ex_const(m, 1, 0));
  inst_out(store, "out_data_o", find(m, "listed_data"));
  inst_out(store, "out_last_o", find(m, "listed_end"));
  inst_wire(store, "job_");
}

static void add_show_nets(Module *m, const Plan *plan) {
  net_new(m, "show_valid", plan->outer_blocks);
  net_new(m, "show_ready", plan->outer_blocks);
  net_new(m, "show_jump", plan->outer_blocks * jump_bits(plan));
  net_new(m, "show_words", plan->outer_blocks * show_bits(plan));
}

// Which of these k-tiles are read of A, and what the stores show for them.
static void add_pass(Module *m, const Plan *plan) {
  int words = plan->outer_blocks * show_bits(plan);
  Inst *pass = inst_leaf(m, &leaf_outer_pass, "u_outer_pass");
  inst_param(pass, "BLOCKS", plan->outer_blocks);
  inst_param(pass, "WORDS", plan_store_words(plan));
  inst_param(pass, "SHOW_W", show_bits(plan));
  inst_param(pass, "KNOWN", plan->outer_known);
  inst_param(pass, "SLOTS", plan->outer_slots);
  inst_in(pass, "rst_i", whole(m, "clear"));
  inst_in(pass, "start_i", whole(m, "go"));
  inst_in(pass, "list_valid_i", whole(m, "listed_valid"));
  inst_out(pass, "list_ready_o", find(m, "listed_ready"));
  inst_in(pass, "list_number_i", ex_slice(whole(m, "listed_data"), 31, 0));
  inst_in(pass, "list_last_i", ex_bit(whole(m, "listed_data"), 32));
  inst_in(pass, "list_end_i", whole(m, "listed_end"));
  inst_in(pass, "list_words_i", ex_slice(whole(m, "listed_data"), words + 32, 33));
  inst_in(pass, "list_turn_i", ex_slice(whole(m, "listed_data"), outer_turn_bits(plan) + words + 32, words + 33));
  inst_out(pass, "out_valid_o", find(m, "list_valid"));
  inst_in(pass, "out_ready_i", whole(m, "list_ready"));
  inst_out(pass, "out_number_o", find(m, "list_number"));
  inst_out(pass, "out_last_o", find(m, "list_last"));
  inst_wire(pass, "job_ a_");
}

static void add_records(Module *m, const Plan *plan) {
  section(m, "records of B: chunks to the blocks, k-tiles to the reader of A");
  add_fill(m, plan);
  add_list_store(m, plan);
  add_show_nets(m, plan);
  add_pass(m, plan);
  for (int block = 0; block < plan->outer_blocks; block++)
    add_store(m, plan, block);
}

// ---- all of it

static void add_words(Module *m, const Plan *plan) {
  section(m, "B");
  add_lanes(m, plan, CHANNEL_B);
  if (has_metadata(plan)) {
    section(m, "metadata of B");
    add_lanes(m, plan, CHANNEL_M);
  }
  if (has_windows(plan)) {
    section(m, "B and its metadata");
    add_join(m, plan);
    add_replay_banked(m, plan);
  } else if (is_structured(plan)) {
    section(m, "B and its offsets");
    add_structured(m, plan);
  } else {
    add_replay(m, plan, CHANNEL_B, "b_kept", "b", plan->b_lane_bits);
  }
}

void add_panels(Module *m, const Plan *plan) {
  (is_outer(plan) ? add_records : add_words)(m, plan);
  section(m, "column parameters");
  add_lanes(m, plan, CHANNEL_P);
  add_replay(m, plan, CHANNEL_P, "p_kept", "p", plan->p_lane_bits);
}
