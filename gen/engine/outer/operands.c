// B on its way to the outer-product engine: beats of records are taken apart into words (lac_outer_fill) that wait in a
// store per block (lac_outer_stores; docs/engines/outer.md).
#include "gen/engine/operands.h"
#include "gen/engine/outer/outer.h"
#include "gen/hdl/hdl_wire.h"
#include "gen/leaf/leaves.h"

void outer_nets(Module *m, const Plan *plan) {
  net_new(m, "b_valid", plan->outer.blocks);
  net_new(m, "b_ready", plan->outer.blocks);
  net_new(m, "b_skip", plan->outer.blocks);
  net_new(m, "b_data", plan->outer.blocks * plan->b_word_bits);
  net_new(m, "b_meta_late", 1);
  net_new(m, "meta_error", 1);
  net_new(m, "meta_error_pos", 32);
  net_new(m, "list_valid", 1);
  net_new(m, "list_ready", 1);
  net_new(m, "list_number", 32);
  net_new(m, "list_last", 1);
  net_new(m, "a_known", 1);
  net_new(m, "a_empty", 1);
  net_new(m, "a_pass", 1);
  net_new(m, "record_moves", 1);
  net_new(m, "a_turn", outer_turn_bits(plan));
  net_new(m, "a_turn_next", outer_turn_bits(plan));
}

// The engine waits for A when its reader has a k-tile to read, for B when a block has no word or the reader no k-tile:
// a reader of A without a k-tile takes nothing, and would keep B from the bus for ever. So would B keep the column
// parameters, without which no tile leaves and the stores stay full: it waits only while there is room for its next
// beat.
Expr *outer_waits(Module *m, const Plan *plan, int channel) {
  (void)plan;
  if (channel != CHANNEL_B && channel != CHANNEL_M) return ex_and(whole(m, "list_valid"), ex_not(whole(m, "a_valid")));
  Expr *none = ex_not(ex_and(ex_reduce_and(whole(m, "b_valid")), whole(m, "list_valid")));
  return ex_and(none, ex_bit(whole(m, "dat_ready"), channel));
}

// A set whose metadata are a bitmap needs to know where a segment's elements end within its last set.
Inst *outer_unpack_a(Module *m, const Plan *plan) {
  (void)plan;
  Inst *unpack = inst_leaf(m, &leaf_a_unpack, "u_a_unpack");
  inst_in(unpack, "elems_i", ex_mux(whole(m, "job_a_mode"), whole(m, "job_run"), whole(m, "job_a_row_elems")));
  return unpack;
}

void outer_connect(Module *m, const Plan *plan, Inst *engine) {
  inst_in(engine, "skip_i", ex_bit(whole(m, "job_mode"), 0));
  inst_in(engine, "k_i", ex_slice(whole(m, "job_m_keep"), outer_k_bits(plan) - 1, 0));
}

// What is found in records, shown of them and passed over.
size_t outer_activity(Module *m, Expr *terms[ACTIVITY_MOST]) {
  terms[0] = whole(m, "record_moves");
  terms[1] = whole(m, "a_pass");
  terms[2] = ex_and(whole(m, "listed_valid"), whole(m, "listed_ready"));
  terms[3] = ex_reduce_or(ex_and(whole(m, "show_valid"), whole(m, "show_ready")));
  return 4;
}

void outer_unused(Module *m, const Plan *plan) {
  read_unused(whole(m, "job_b_keep"));
  read_unused(ex_slice(whole(m, "job_m_keep"), 31, outer_k_bits(plan)));
}

// Of the number of words that a k-tile has in a store, and of a number of words of a store.
static int show_bits(const Plan *plan) {
  return clog2(outer_tile_words(plan) + 1);
}

static int jump_bits(const Plan *plan) {
  return clog2(plan_store_words(plan)) + 1;
}

static void set_fill_params(Inst *fill, const Plan *plan) {
  inst_param(fill, "BANKS", plan->outer.banks);
  inst_param(fill, "COLS", plan->n0 / plan->outer.banks);
  inst_param(fill, "Q", plan->outer.q);
  inst_param(fill, "KT", plan->k0);
  inst_param(fill, "BLOCKS", plan->outer.blocks);
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
  int blocks = plan->outer.blocks;
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

static void start_store(Module *m, Inst *store, int width, int words) {
  inst_param(store, "WIDTH", width);
  inst_param(store, "WORDS", words);
  inst_in(store, "rst_i", whole(m, "clear"));
  inst_in(store, "start_i", whole(m, "go"));
}

static void add_stores(Module *m, const Plan *plan) {
  Inst *stores = inst_leaf(m, &leaf_outer_stores, "u_stores");
  inst_param(stores, "BLOCKS", plan->outer.blocks);
  start_store(m, stores, plan->b_word_bits, plan_store_words(plan));
  inst_param(stores, "SHOW_W", show_bits(plan));
  inst_in(stores, "in_valid_i", whole(m, "word_valid"));
  inst_out(stores, "in_ready_o", find(m, "word_ready"));
  inst_in(stores, "in_data_i", whole(m, "word_data"));
  inst_out(stores, "out_valid_o", find(m, "b_valid"));
  inst_in(stores, "out_ready_i", whole(m, "b_ready"));
  inst_in(stores, "skip_i", whole(m, "b_skip"));
  inst_out(stores, "out_data_o", find(m, "b_data"));
  inst_wire(stores, "job_");
}

// The k-tiles of B, in the order of the panels: number, last of its panel, words by block, the block of its first k.
static void add_list_store(Module *m, const Plan *plan) {
  int words = plan->outer.blocks * show_bits(plan), width = outer_turn_bits(plan) + words + 33;
  net_new(m, "listed_valid", 1);
  net_new(m, "listed_ready", 1);
  net_new(m, "listed_data", width);
  net_new(m, "listed_end", 1);
  Inst *store = inst_leaf(m, &leaf_outer_store, "u_store_list");
  start_store(m, store, width, plan->outer.list_words);
  inst_in(store, "in_valid_i", whole(m, "entry_valid"));
  inst_out(store, "in_ready_o", find(m, "entry_ready"));
  inst_in(store, "in_last_i", whole(m, "entry_last"));
  Expr *which = ex_cat(whole(m, "entry_last"), whole(m, "entry_number"));
  inst_in(store, "in_data_i", ex_cat(whole(m, "entry_turn"), ex_cat(whole(m, "entry_words"), which)));
  inst_in(store, "show_valid_i", ex_const(m, 1, 1));
  inst_open(store, "show_ready_o");
  inst_in(store, "show_jump_i", ex_const(m, clog2(plan->outer.list_words) + 1, 0));
  inst_in(store, "show_words_i", ex_const(m, 1, 1));
  inst_out(store, "out_valid_o", find(m, "listed_valid"));
  inst_in(store, "out_ready_i", whole(m, "listed_ready"));
  inst_in(store, "skip_i", ex_const(m, 1, 0));
  inst_out(store, "out_data_o", find(m, "listed_data"));
  inst_out(store, "out_last_o", find(m, "listed_end"));
  inst_wire(store, "job_");
}

static void add_show_nets(Module *m, const Plan *plan) {
  net_new(m, "show_valid", plan->outer.blocks);
  net_new(m, "show_ready", plan->outer.blocks);
  net_new(m, "show_jump", plan->outer.blocks * jump_bits(plan));
  net_new(m, "show_words", plan->outer.blocks * show_bits(plan));
}

// Which of these k-tiles are read of A, and what the stores show for them.
static void add_pass(Module *m, const Plan *plan) {
  int words = plan->outer.blocks * show_bits(plan);
  Inst *pass = inst_leaf(m, &leaf_outer_pass, "u_outer_pass");
  inst_param(pass, "BLOCKS", plan->outer.blocks);
  inst_param(pass, "WORDS", plan_store_words(plan));
  inst_param(pass, "SHOW_W", show_bits(plan));
  inst_param(pass, "KNOWN", plan->outer.known);
  inst_param(pass, "SLOTS", plan->outer.slots);
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

void outer_operands(Module *m, const Plan *plan) {
  section(m, "records of B: chunks to the blocks, k-tiles to the reader of A");
  add_fill(m, plan);
  add_list_store(m, plan);
  add_show_nets(m, plan);
  add_pass(m, plan);
  add_stores(m, plan);
}
