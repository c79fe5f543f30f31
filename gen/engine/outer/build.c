// The outer-product engine: P x Q multipliers in blocks that each take k of their own, so that zeros of both operands
// cost neither cycles nor bytes (docs/engines/outer.md; after Wang et al., ISCA 2021, section 4). Sums stay in the
// blocks until a tile leaves.
#include "gen/engine/engine_common.h"
#include "gen/engine/outer/outer.h"
#include "gen/hdl/hdl_wire.h"
#include "gen/leaf/leaves.h"

// What the leaves call by the plan's numbers.
typedef struct Sizes {
  int columns;                  // of a bank
  int subtiles;                 // beats of a k-tile
  int beat, row;                // bits of a block's part of a beat; of a row of sums
  int used_bits, issue_bits;    // of counts of slots and of lanes of a block
  int beat_bits, position_bits; // that number beats in all slots, and rows of sums of a tile
} Sizes;

static Sizes sizes_of(const Plan *plan) {
  Sizes s = {.columns = plan->n0 / plan->outer.banks, .subtiles = plan->m0 / plan->a_rows};
  s.beat = plan->a_rows * plan->outer.ks * plan->a_bits;
  s.row = plan->outer.banks * plan->acc_bits;
  s.used_bits = clog2(plan->outer.p * plan->outer.q + 1);
  s.issue_bits = clog2(plan->outer.p + 1);
  s.beat_bits = clog2(plan->outer.slots * s.subtiles);
  s.position_bits = clog2(plan->m0 * s.columns);
  return s;
}

static Net *find(Module *m, const char *name) {
  return net_find(m, name);
}

static Expr *whole(Module *m, const char *name) {
  return ex(net_find(m, name));
}

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

static void add_nets(Module *m, const Plan *plan, const Sizes *s) {
  int blocks = plan->outer.blocks;
  section(m, "A to the blocks");
  net_new(m, "a_we", 1);
  net_new(m, "a_beat", s->beat_bits);
  net_new(m, "a_row_data", blocks * s->beat);
  net_new(m, "a_nonzero", blocks * plan->outer.ks * plan->a_rows);
  net_new(m, "a_loaded", 1);
  net_new(m, "a_tile", 1);
  net_new(m, "a_ended", 1);
  net_new(m, "a_error", 1);
  net_new(m, "room", blocks);
  section(m, "sums of the blocks");
  net_new(m, "through", blocks * 2);
  net_new(m, "clean", 1);
  net_new(m, "freed", 1);
  net_new(m, "drain_re", 1);
  net_new(m, "drain_sweep", 1);
  net_new(m, "drain_half", 1);
  net_new(m, "drain_position", s->position_bits);
  net_new(m, "sums", blocks * s->row);
  section(m, "what the blocks did");
  net_new(m, "used", blocks * s->used_bits);
  net_new(m, "merge", blocks * s->used_bits);
  net_new(m, "issues", blocks * s->issue_bits);
  net_new(m, "nonzero", blocks * s->used_bits);
  net_new(m, "wait_out", blocks);
  net_new(m, "wait_a", blocks);
  net_new(m, "wait_b", blocks);
  net_new(m, "word_error", blocks);
  net_remark(net_new(m, "token_late", 1), "nothing is left to do but to wait for room");
}

static void add_load(Module *m, const Plan *plan, const Sizes *s) {
  Inst *load = inst_leaf(m, &leaf_outer_load, "u_load");
  inst_param(load, "BLOCKS", plan->outer.blocks);
  inst_param(load, "KS", plan->outer.ks);
  inst_param(load, "SUBS", s->subtiles);
  inst_param(load, "SLOTS", plan->outer.slots);
  inst_param(load, "A_W", plan->a_bits);
  inst_out(load, "we_o", find(m, "a_we"));
  inst_out(load, "beat_o", find(m, "a_beat"));
  inst_out(load, "data_o", find(m, "a_row_data"));
  inst_out(load, "nonzero_o", find(m, "a_nonzero"));
  inst_out(load, "loaded_o", find(m, "a_loaded"));
  inst_out(load, "tile_o", find(m, "a_tile"));
  inst_in(load, "turn_i", whole(m, "a_turn_i"));
  inst_in(load, "turn_next_i", whole(m, "a_turn_next_i"));
  inst_out(load, "known_o", find(m, "a_known_o"));
  inst_out(load, "empty_o", find(m, "a_empty_o"));
  inst_out(load, "ended_o", find(m, "a_ended"));
  inst_out(load, "stream_error_o", find(m, "a_error"));
  inst_wire(load, "");
}

static void set_block_params(Inst *block, const Plan *plan, const Sizes *s) {
  inst_param(block, "LANES", plan->outer.p);
  inst_param(block, "CHUNKS", plan->outer.window);
  inst_param(block, "Q", plan->outer.q);
  inst_param(block, "BANKS", plan->outer.banks);
  inst_param(block, "COLS", s->columns);
  inst_param(block, "SUBS", s->subtiles);
  inst_param(block, "KS", plan->outer.ks);
  inst_param(block, "SLOTS", plan->outer.slots);
  inst_param(block, "A_W", plan->a_bits);
  inst_param(block, "B_W", plan->b_bits);
  inst_param(block, "ACC_W", plan->acc_bits);
  inst_param(block, "COUNT", plan->counters_full);
  inst_param(block, "ARRAY", array_style(plan));
}

static void add_block(Module *m, const Plan *plan, const Sizes *s, int index) {
  const struct {
    const char *port, *net;
    int width;
  } outs[] = {{"room_o", "room", 1},
              {"word_ready_o", "b_ready_o", 1},
              {"word_skip_o", "b_skip_o", 1},
              {"through_o", "through", 2},
              {"drain_data_o", "sums", s->row},
              {"used_o", "used", s->used_bits},
              {"merge_o", "merge", s->used_bits},
              {"issues_o", "issues", s->issue_bits},
              {"nonzero_o", "nonzero", s->used_bits},
              {"wait_out_o", "wait_out", 1},
              {"wait_a_o", "wait_a", 1},
              {"wait_b_o", "wait_b", 1},
              {"stream_error_o", "word_error", 1}};
  Inst *block = inst_leaf(m, &leaf_outer_block, format(m, "u_block_%d", index));
  set_block_params(block, plan, s);
  inst_in(block, "a_data_i", ex_part(find(m, "a_row_data"), index, s->beat));
  inst_in(block, "a_nonzero_i", ex_part(find(m, "a_nonzero"), index, plan->outer.ks * plan->a_rows));
  inst_in(block, "word_valid_i", ex_bit(whole(m, "b_valid_i"), index));
  inst_in(block, "word_data_i", ex_part(find(m, "b_data_i"), index, plan->b_word_bits));
  for (size_t i = 0; i < sizeof outs / sizeof *outs; i++)
    inst_out_part(block, outs[i].port, find(m, outs[i].net), index, outs[i].width);
  inst_wire(block, "");
}

static void add_drain(Module *m, const Plan *plan, const Sizes *s) {
  Inst *drain = inst_leaf(m, &leaf_outer_drain, "u_drain");
  inst_param(drain, "BLOCKS", plan->outer.blocks);
  inst_param(drain, "BANKS", plan->outer.banks);
  inst_param(drain, "COLS", s->columns);
  inst_param(drain, "LANES", plan->outer.p);
  inst_param(drain, "WORDS", plan->m0 * s->columns);
  inst_param(drain, "TILES", plan->outer.slots + 3); // loaded, and not begun to leave
  inst_param(drain, "ACC_W", plan->acc_bits);
  inst_param(drain, "ARRAY", array_style(plan));
  inst_in(drain, "loaded_i", whole(m, "a_tile"));
  inst_in(drain, "ended_i", whole(m, "a_ended"));
  inst_in(drain, "grant_valid_i", whole(m, "c_grant_valid_i"));
  inst_out(drain, "grant_ready_o", find(m, "c_grant_ready_o"));
  inst_out(drain, "read_o", find(m, "drain_re"));
  inst_out(drain, "sweep_o", find(m, "drain_sweep"));
  inst_out(drain, "half_o", find(m, "drain_half"));
  inst_out(drain, "position_o", find(m, "drain_position"));
  inst_wire(drain, "");
}

// Multiplications of a tile: T * T for each of its k.
static void add_counts(Module *m, const Plan *plan) {
  Inst *count = inst_leaf(m, &leaf_outer_count, "u_count");
  inst_param(count, "BLOCKS", plan->outer.blocks);
  inst_param(count, "LANES", plan->outer.p);
  inst_param(count, "Q", plan->outer.q);
  inst_param(count, "WORK_W", plan->count_bits);
  inst_in(count, "b_late_i", whole(m, "b_meta_late_i"));
  inst_in(count, "token_late_i", whole(m, "token_late"));
  inst_in(count, "tile_i", whole(m, "tile_o"));
  inst_in(count, "done_i", whole(m, "done_o"));
  inst_in(count, "work_i", ex_cat(whole(m, "k_i"), ex_const(m, plan->count_bits - outer_k_bits(plan), 0)));
  inst_wire(count, "");
}

Module *build_outer(Design *design, const Plan *plan) {
  Sizes s = sizes_of(plan);
  Module *m = module_new(design, "lac_engine",
                         "Outer-product engine: columns of A times rows of B without their zeros, several k at once.");
  module_note(m,
              format(m, "P = %d, Q = %d, %d multipliers in blocks of %d x %d; tiles of %d x %d, k-tiles of %d.",
                     plan->mul_m, plan->mul_n, plan->macs, plan->outer.p, plan->outer.q, plan->m0, plan->n0, plan->k0));
  add_ports(m, plan);
  add_nets(m, plan, &s);
  section(m, "A");
  add_load(m, plan, &s);
  section(m, "the array");
  for (int i = 0; i < plan->outer.blocks; i++)
    add_block(m, plan, &s, i);
  section(m, "results");
  add_drain(m, plan, &s);
  section(m, "counts");
  add_counts(m, plan);
  Expr *could_leave = ex_and(whole(m, "c_grant_ready_o"), ex_not(whole(m, "c_grant_valid_i")));
  assign(find(m, "token_late"), ex_and(could_leave, ex_not(ex_reduce_or(whole(m, "b_valid_i")))));
  assign(find(m, "stream_error_o"), ex_or(whole(m, "a_error"), ex_reduce_or(whole(m, "word_error"))));
  return m;
}
