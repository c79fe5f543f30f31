// The array of the outer-product engine as the generator wires it: load, blocks, drain, counts. Of
// tb_lac_outer_array.v.
`default_nettype none

module outer_array #(
  parameter BLOCKS  = 2,
  parameter LANES   = 2,
  parameter CHUNKS  = 4,
  parameter Q       = 2,
  parameter BANKS   = 4,
  parameter COLS    = 4,
  parameter SUBS    = 2,
  parameter KS      = 2,
  parameter SLOTS   = 2,
  parameter A_W     = 8,
  parameter B_W     = 8,
  parameter ACC_W   = 32,
  parameter COUNT   = 1,
  parameter WORK_W  = 40,
  parameter COL_W   = COLS > 1 ? $clog2(COLS) : 1,
  parameter KS_W    = KS > 1 ? $clog2(KS) : 1,
  parameter WORD_W  = Q * (B_W + COL_W) + BANKS + KS_W + 3
) (
  input  wire                       clk_i,
  input  wire                       rst_i,
  input  wire                       skip_i,
  input  wire [WORK_W-1:0]          work_i,

  input  wire                       a_valid_i,
  output wire                       a_ready_o,
  input  wire [8*BLOCKS*KS*A_W-1:0] a_data_i,
  input  wire                       a_first_i,
  input  wire                       a_last_i,
  input  wire                       a_end_i,
  output wire                       a_known_o,
  output wire                       a_empty_o,

  input  wire [BLOCKS-1:0]          b_valid_i,
  output wire [BLOCKS-1:0]          b_ready_o,
  output wire [BLOCKS-1:0]          b_skip_o,
  input  wire [BLOCKS*WORD_W-1:0]   b_data_i,
  input  wire                       b_late_i,

  input  wire                       c_grant_valid_i,
  output wire                       c_grant_ready_o,
  output wire                       c_valid_o,
  output wire [BANKS*ACC_W-1:0]     c_data_o,

  output wire                       tile_o,
  output wire                       done_o,
  output wire                       stream_error_o,
  output wire [2:0]                 cause_o,
  output wire [WORK_W-1:0]          issued_o,
  output wire [WORK_W-1:0]          effectual_o,
  output wire [WORK_W-1:0]          skipped_o
);

  localparam TURN_W = BLOCKS > 1 ? $clog2(BLOCKS) : 1;
  localparam BEAT_W = $clog2(SLOTS * SUBS);
  localparam WORDS  = SUBS * 8 * COLS;
  localparam POS_W  = $clog2(WORDS);
  localparam USED_W = $clog2(LANES * Q + 1);
  localparam LANE_W = $clog2(LANES + 1);
  localparam BEAT   = 8 * KS * A_W;

  wire                          a_we, a_loaded, a_tile, a_ended, a_error;
  wire [BEAT_W-1:0]             a_beat;
  wire [BLOCKS*BEAT-1:0]        a_data;
  wire [BLOCKS*KS*8-1:0]        a_nonzero;
  wire [BLOCKS-1:0]             room;
  wire [BLOCKS*2-1:0]           through;
  wire [BLOCKS*BANKS*ACC_W-1:0] sums;
  wire                          clean, freed, read, sweep, half;
  wire [POS_W-1:0]              position;
  wire [BLOCKS*USED_W-1:0]      used, merge, nonzero;
  wire [BLOCKS*LANE_W-1:0]      issues;
  wire [BLOCKS-1:0]             wait_out, wait_a, wait_b, b_error;

  assign stream_error_o = a_error || |b_error;

  lac_outer_load #(
    .BLOCKS (BLOCKS),
    .KS     (KS),
    .SUBS   (SUBS),
    .SLOTS  (SLOTS),
    .A_W    (A_W)
  ) u_load (
    .clk_i          (clk_i),
    .rst_i          (rst_i),
    .skip_i         (skip_i),
    .a_valid_i      (a_valid_i),
    .a_ready_o      (a_ready_o),
    .a_data_i       (a_data_i),
    .a_first_i      (a_first_i),
    .a_last_i       (a_last_i),
    .a_end_i        (a_end_i),
    .turn_i         ({TURN_W{1'b0}}),
    .turn_next_i    ({TURN_W{1'b0}}),
    .room_i         (room),
    .we_o           (a_we),
    .beat_o         (a_beat),
    .data_o         (a_data),
    .nonzero_o      (a_nonzero),
    .loaded_o       (a_loaded),
    .known_o        (a_known_o),
    .empty_o        (a_empty_o),
    .tile_o         (a_tile),
    .ended_o        (a_ended),
    .stream_error_o (a_error)
  );

  genvar g;
  generate
    for (g = 0; g < BLOCKS; g = g + 1) begin : gen_block
      lac_outer_block #(
        .LANES  (LANES),
        .CHUNKS (CHUNKS),
        .Q      (Q),
        .BANKS  (BANKS),
        .COLS   (COLS),
        .SUBS   (SUBS),
        .KS     (KS),
        .SLOTS  (SLOTS),
        .A_W    (A_W),
        .B_W    (B_W),
        .ACC_W  (ACC_W),
        .COUNT  (COUNT)
      ) u_block (
        .clk_i            (clk_i),
        .rst_i            (rst_i),
        .clean_i          (clean),
        .a_we_i           (a_we),
        .a_beat_i         (a_beat),
        .a_data_i         (a_data[g*BEAT +: BEAT]),
        .a_nonzero_i      (a_nonzero[g*KS*8 +: KS*8]),
        .a_loaded_i       (a_loaded),
        .a_last_i         (a_last_i),
        .a_end_i          (a_end_i),
        .room_o           (room[g]),
        .word_valid_i     (b_valid_i[g]),
        .word_ready_o     (b_ready_o[g]),
        .word_skip_o      (b_skip_o[g]),
        .word_data_i      (b_data_i[g*WORD_W +: WORD_W]),
        .through_o        (through[g*2 +: 2]),
        .freed_i          (freed),
        .drain_re_i       (read),
        .drain_sweep_i    (sweep),
        .drain_half_i     (half),
        .drain_position_i (position),
        .drain_data_o     (sums[g*BANKS*ACC_W +: BANKS*ACC_W]),
        .used_o           (used[g*USED_W +: USED_W]),
        .merge_o          (merge[g*USED_W +: USED_W]),
        .issues_o         (issues[g*LANE_W +: LANE_W]),
        .nonzero_o        (nonzero[g*USED_W +: USED_W]),
        .wait_out_o       (wait_out[g]),
        .wait_a_o         (wait_a[g]),
        .wait_b_o         (wait_b[g]),
        .stream_error_o   (b_error[g])
      );
    end
  endgenerate

  lac_outer_drain #(
    .BLOCKS (BLOCKS),
    .BANKS  (BANKS),
    .COLS   (COLS),
    .LANES  (LANES),
    .WORDS  (WORDS),
    .TILES  (SLOTS + 3),
    .ACC_W  (ACC_W)
  ) u_drain (
    .clk_i         (clk_i),
    .rst_i         (rst_i),
    .loaded_i      (a_tile),
    .ended_i       (a_ended),
    .through_i     (through),
    .grant_valid_i (c_grant_valid_i),
    .grant_ready_o (c_grant_ready_o),
    .tile_o        (tile_o),
    .clean_o       (clean),
    .freed_o       (freed),
    .read_o        (read),
    .sweep_o       (sweep),
    .half_o        (half),
    .position_o    (position),
    .sums_i        (sums),
    .c_valid_o     (c_valid_o),
    .c_data_o      (c_data_o),
    .done_o        (done_o)
  );

  lac_outer_count #(
    .BLOCKS (BLOCKS),
    .LANES  (LANES),
    .Q      (Q),
    .WORK_W (WORK_W)
  ) u_count (
    .clk_i        (clk_i),
    .rst_i        (rst_i),
    .used_i       (used),
    .merge_i      (merge),
    .issues_i     (issues),
    .nonzero_i    (nonzero),
    .wait_out_i   (wait_out),
    .wait_a_i     (wait_a),
    .wait_b_i     (wait_b),
    .b_late_i     (b_late_i),
    .token_late_i (c_grant_ready_o && !c_grant_valid_i && !(|b_valid_i)),
    .tile_i       (tile_o),
    .work_i       (work_i),
    .done_i       (done_o),
    .cause_o      (cause_o),
    .issued_o     (issued_o),
    .effectual_o  (effectual_o),
    .skipped_o    (skipped_o)
  );

endmodule

`default_nettype wire
