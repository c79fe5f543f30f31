// lac_a_reader: the rows of the A buffer (lac_a_rows) around the common fill and walk.
#include "gen/engine/engine.h"
#include "gen/hdl/hdl_wire.h"
#include "gen/leaf/leaves.h"
#include "gen/shell/shell.h"

// A tile has m0 rows, a_rows of them in a beat.
static int subtiles(const Plan *plan) {
  return plan->m0 / plan->a_rows;
}

static void add_beat_ports(Module *m, const Plan *plan) {
  bool one = plan->a_steps == 1;
  section(m, subtiles(plan) > 1 ? "steps, a few rows at a time"
             : one              ? "steps of M0 rows"
                                : "beats of steps of M0 rows");
  port_out(m, "a_valid_o", 1, NULL);
  port_in(m, "a_ready_i", 1, NULL);
  if (!one) port_out(m, "a_count_o", clog2(plan->a_steps + 1), "steps in the beat");
  port_out(m, "a_data_o", plan->a_rows * plan->a_beat * plan->a_bits, NULL);
  port_out(m, "a_first_o", 1, one ? "first step of a tile" : "begins with the first step of a tile");
  port_out(m, "a_last_o", 1, one ? "last step of a tile" : "ends with the last step of a tile");
  port_out(m, "a_end_o", 1, one ? "last step of the job" : "and of the job");
}

static void add_ports(Module *m, const Plan *plan) {
  static const struct {
    const char *name;
    int width;
  } jobs[] = {{"start_i", 1},         {"banked_i", 1},        {"m_i", 32},
              {"tiles_i", 32},        {"block_tiles_i", 32},  {"panels_i", 32},
              {"group_panels_i", 32}, {"block_panels_i", 32}, {"run_i", 32},
              {"k_cols_i", 16},       {"k_rows_i", 16},       {"segments_i", 32},
              {"seg_stride_i", 32},   {"row_elems_i", 32},    {"rows_i", 16},
              {"out_cols_i", 32},     {"x_init_i", 32},       {"y_init_i", 32},
              {"ih_init_i", 16},      {"col_x_i", 32},        {"row_y_i", 32},
              {"row_ih_i", 16},       {"wrap_x_i", 32},       {"tile_cols_i", 32},
              {"tile_x_i", 32},       {"tile_y_i", 32},       {"tile_ih_i", 16},
              {"kh_y_i", 32},         {"kh_ih_i", 16},        {"kw_x_i", 32},
              {"ch_step_i", 32}};
  port_in(m, "clk_i", 1, NULL);
  port_in(m, "rst_i", 1, NULL);
  section(m, "job registers");
  for (size_t i = 0; i < sizeof jobs / sizeof *jobs; i++)
    port_in(m, jobs[i].name, jobs[i].width, NULL);
  if (plan_has(plan, PART_PATTERN)) port_in(m, "beat_i", 16, NULL);
  if (plan_has(plan, PART_OFFSETS_A)) port_in(m, "bytes_i", 32, NULL);
  port_in(m, "zero_i", plan->a_bits, "zero point");
  if (plan_has(plan, PART_LISTED_A)) {
    section(m, "steps to read");
    port_in(m, "list_valid_i", 1, NULL);
    port_out(m, "list_ready_o", 1, NULL);
    port_in(m, "list_number_i", 32, "of the step in its panel");
    port_in(m, "list_last_i", 1, "its panel's last");
    port_out(m, "a_pass_o", 1, "a step is passed");
  }
  section(m, "beats of A");
  port_in(m, "in_valid_i", 1, NULL);
  port_out(m, "in_ready_o", 1, NULL);
  port_in(m, "in_data_i", plan->bus_bits, NULL);
  port_in(m, "in_last_i", 1, "last beat of a segment");
  add_beat_ports(m, plan);
  port_out(m, "setup_o", 1, "origins are being set");
  if (plan_has(plan, PART_READS)) port_out(m, "reads_o", reads_bits(plan), "RAMs read, of all banks");
  if (!plan_has(plan, PART_OFFSETS_A)) return;
  port_out(m, "set_error_o", 1, "bits above the offsets of structured A");
  port_out(m, "set_error_pos_o", 32, "the number of the set");
}

static void add_nets(Module *m, const Plan *plan) {
  int pos = plan->a_pos_bits, cut = clog2(plan->a_beat) + 1;
  section(m, "fill and release");
  net_new(m, "fill", pos);
  net_new(m, "released", pos);
  net_new(m, "we", plan->a_rows);
  net_new(m, "wpos", pos - 2);
  section(m, "origins of the rows");
  net_new(m, "init", plan->a_rows);
  net_new(m, "init_col", 32);
  net_new(m, "init_x", 32);
  net_new(m, "init_y", pos);
  net_new(m, "init_ih", 16);
  net_new(m, "next_tile", 1);
  if (plan_has(plan, PART_LISTED_A)) {
    net_new(m, "stay", 1);
    net_new(m, "again", 1);
  }
  net_new(m, "rewind", 1);
  net_new(m, "save", 1);
  net_new(m, "origin", pos);
  net_new(m, "origin_valid", 1);
  section(m, "the beat, common to all rows");
  net_new(m, "step_go", 1);
  net_new(m, "step_row", plan->a_rows);
  net_new(m, "step_x", 32);
  net_new(m, "step_y", pos);
  net_new(m, "step_ih", 16);
  net_new(m, "step_lanes", cut);
  net_new(m, "arrived", plan->a_rows);
  net_new(m, "read", 1);
  net_new(m, "advance", 1);
  if (plan_has(plan, PART_READS)) net_new(m, "reads", plan->a_rows * clog2(plan->a_columns + 1));
}

static void add_fill(Module *m, const Plan *plan) {
  Inst *fill = inst_leaf(m, &leaf_a_fill, "u_fill");
  inst_param(fill, "BANKS", plan->a_rows);
  inst_param(fill, "BEAT_ELEMS", plan->beat_elems);
  inst_param(fill, "CAPACITY", plan->a_bank_elems);
  inst_param(fill, "POS_W", plan->a_pos_bits);
  inst_in(fill, "stride_i", ex(net_find(m, "seg_stride_i")));
  inst_in(fill, "release_i", ex(net_find(m, "released")));
  inst_wire(fill, "");
}

// A tile's rows may be read in turns, and only the steps of K that a list names.
static void add_list(Module *m, const Plan *plan, Inst *walk) {
  if (plan_has(plan, PART_LISTED_A)) {
    inst_param(walk, "SUBTILES", subtiles(plan));
    inst_param(walk, "LISTED", 1);
    inst_out(walk, "pass_o", net_find(m, "a_pass_o"));
    return;
  }
  inst_in(walk, "list_valid_i", ex_const(m, 1, 0));
  inst_in(walk, "list_number_i", ex_const(m, 32, 0));
  inst_in(walk, "list_last_i", ex_const(m, 1, 0));
  inst_open(walk, "list_ready_o");
  inst_open(walk, "pass_o");
  inst_open(walk, "stay_o");
  inst_open(walk, "again_o");
}

static void add_walk(Module *m, const Plan *plan) {
  Inst *walk = inst_leaf(m, &leaf_a_walk, "u_walk");
  inst_param(walk, "ROWS", plan->a_rows);
  int cut = clog2(plan->a_beat) + 1;
  inst_param(walk, "LANES", plan->a_beat / plan->a_steps);
  if (plan->a_steps > 1) inst_param(walk, "STEPS", plan->a_steps);
  inst_in(walk, "beat_i",
          plan_has(plan, PART_PATTERN) ? ex_slice(ex(net_find(m, "beat_i")), cut - 1, 0)
                                       : ex_const(m, cut, (uint64_t)plan->a_beat));
  if (plan_has(plan, PART_PATTERN)) read_unused(ex_slice(ex(net_find(m, "beat_i")), 15, cut));
  inst_param(walk, "POS_W", plan->a_pos_bits);
  add_list(m, plan, walk);
  inst_in(walk, "out_ready_i", ex(net_find(m, "a_ready_i")));
  inst_out(walk, "out_valid_o", net_find(m, "a_valid_o"));
  if (plan->a_steps > 1)
    inst_out(walk, "out_count_o", net_find(m, "a_count_o"));
  else
    inst_open(walk, "out_count_o");
  inst_out(walk, "out_first_o", net_find(m, "a_first_o"));
  inst_out(walk, "out_last_o", net_find(m, "a_last_o"));
  inst_out(walk, "out_end_o", net_find(m, "a_end_o"));
  inst_out(walk, "busy_setup_o", net_find(m, "setup_o"));
  inst_out(walk, "release_o", net_find(m, "released"));
  inst_wire(walk, "");
}

static void add_rows(Module *m, const Plan *plan) {
  int pos = plan->a_pos_bits;
  Inst *rows = inst_leaf(m, &leaf_a_rows, "u_rows");
  inst_param(rows, "ROWS", plan->a_rows);
  inst_param(rows, "ELEM_W", plan->data_bits);
  inst_param(rows, "OUT_W", plan->a_bits);
  inst_param(rows, "SIGNED", plan->a_signed);
  inst_param(rows, "BEAT_ELEMS", plan->beat_elems);
  inst_param(rows, "LANES", plan->a_beat);
  inst_param(rows, "GRANULE", plan->a_granule);
  inst_param(rows, "COLUMNS", plan->a_columns);
  inst_param(rows, "LINES", plan->a_lines);
  inst_param(rows, "POS_W", pos);
  if (plan_has(plan, PART_PATTERN)) inst_param(rows, "HOLD", 1);
  if (plan_has(plan, PART_LISTED_A)) {
    inst_param(rows, "SUBTILES", subtiles(plan));
  } else {
    inst_in(rows, "stay_i", ex_const(m, 1, 0));
    inst_in(rows, "again_i", ex_const(m, 1, 0));
  }
  inst_in(rows, "tile_y_i", ex_slice(ex(net_find(m, "tile_y_i")), pos - 1, 0));
  inst_in(rows, "row_y_i", ex_slice(ex(net_find(m, "row_y_i")), pos - 1, 0));
  inst_in(rows, "wdata_i", ex(net_find(m, "in_data_i")));
  if (!plan_has(plan, PART_READS)) inst_open(rows, "reads_o");
  inst_out(rows, "a_o", net_find(m, "a_data_o"));
  inst_wire(rows, "");
}

static void add_reads(Module *m, const Plan *plan) {
  Inst *sum = inst_leaf(m, &leaf_count_sums, "u_reads");
  inst_param(sum, "PES", plan->a_rows);
  inst_param(sum, "KINDS", 1);
  inst_param(sum, "W", clog2(plan->a_columns + 1));
  inst_param(sum, "OUT_W", reads_bits(plan));
  inst_in(sum, "counts_i", ex(net_find(m, "reads")));
  inst_out(sum, "sums_o", net_find(m, "reads_o"));
  inst_wire(sum, "");
}

Module *build_a_reader(Design *design, const Plan *plan) {
  Module *m = module_new(design, "lac_a_reader",
                         "A operand: beats from memory into M0 banks, steps of M0 rows by K0 lanes out.");
  module_note(m,
              "Banked layout for matrices, one copy of the feature map per bank for convolutions (implicit im2col).");
  add_ports(m, plan);
  add_nets(m, plan);
  section(m, "beats into the banks");
  add_fill(m, plan);
  if (plan_has(plan, PART_OFFSETS_A)) gen_of(plan)->check_a(m, plan);
  section(m, "the order of steps");
  add_walk(m, plan);
  section(m, "rows");
  add_rows(m, plan);
  if (plan_has(plan, PART_READS)) add_reads(m, plan);
  read_unused(ex_slice(ex(net_find(m, "tile_y_i")), 31, plan->a_pos_bits));
  return m;
}
