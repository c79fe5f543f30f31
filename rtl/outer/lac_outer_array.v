// The array of the outer-product engine: k-tiles of A to BLOCKS blocks, sums out of them, what cycles were spent on.
//
// Why: one place that says how blocks are joined; blocks do not know of each other.
//
// Parameters:
//   BLOCKS          a power of two, 1 to 128
//   LANES to ARRAY  as lac_outer_block
//   WORK_W          as lac_outer_count
//   the others follow from these, leave them
// Handshake:
//   a_*: as lac_outer_load
//   b_*: words by block, as word_* of lac_outer_block
//   b_meta_late_i: metadata are what B waits for
//   c_*, tile_o, done_o: as lac_outer_drain
// Reports:
//   stream_error_o: A and B, or a tile of A and the one before, disagree about the end of a tile
//   cause_o to skipped_o, work_i: as lac_outer_count
// Latency, state after reset: as these.

`default_nettype none

module lac_outer_array #(
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
  parameter COUNT   = 0,
  parameter ARRAY   = 0,
  parameter WORK_W  = 40,
  parameter TURN_W  = BLOCKS > 1 ? $clog2(BLOCKS) : 1,
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
  input  wire [TURN_W-1:0]          a_turn_i,
  input  wire [TURN_W-1:0]          a_turn_next_i,
  output wire                       a_known_o,
  output wire                       a_empty_o,

  input  wire [BLOCKS-1:0]          b_valid_i,
  output wire [BLOCKS-1:0]          b_ready_o,
  output wire [BLOCKS-1:0]          b_skip_o,
  input  wire [BLOCKS*WORD_W-1:0]   b_data_i,
  input  wire                       b_meta_late_i,

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

  // ---------------------------------------------------------------- A

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
    .turn_i         (a_turn_i),
    .turn_next_i    (a_turn_next_i),
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

  // ---------------------------------------------------------------- blocks

  genvar block;
  generate
    for (block = 0; block < BLOCKS; block = block + 1) begin : gen_block
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
        .COUNT  (COUNT),
        .ARRAY  (ARRAY)
      ) u_block (
        .clk_i            (clk_i),
        .rst_i            (rst_i),
        .clean_i          (clean),
        .a_we_i           (a_we),
        .a_beat_i         (a_beat),
        .a_data_i         (a_data[block*BEAT +: BEAT]),
        .a_nonzero_i      (a_nonzero[block*KS*8 +: KS*8]),
        .a_loaded_i       (a_loaded),
        .a_last_i         (a_last_i),
        .a_end_i          (a_end_i),
        .room_o           (room[block]),
        .word_valid_i     (b_valid_i[block]),
        .word_ready_o     (b_ready_o[block]),
        .word_skip_o      (b_skip_o[block]),
        .word_data_i      (b_data_i[block*WORD_W +: WORD_W]),
        .through_o        (through[block*2 +: 2]),
        .freed_i          (freed),
        .drain_re_i       (read),
        .drain_sweep_i    (sweep),
        .drain_half_i     (half),
        .drain_position_i (position),
        .drain_data_o     (sums[block*BANKS*ACC_W +: BANKS*ACC_W]),
        .used_o           (used[block*USED_W +: USED_W]),
        .merge_o          (merge[block*USED_W +: USED_W]),
        .issues_o         (issues[block*LANE_W +: LANE_W]),
        .nonzero_o        (nonzero[block*USED_W +: USED_W]),
        .wait_out_o       (wait_out[block]),
        .wait_a_o         (wait_a[block]),
        .wait_b_o         (wait_b[block]),
        .stream_error_o   (b_error[block])
      );
    end
  endgenerate

  // ---------------------------------------------------------------- results

  lac_outer_drain #(
    .BLOCKS (BLOCKS),
    .BANKS  (BANKS),
    .COLS   (COLS),
    .LANES  (LANES),
    .WORDS  (WORDS),
    .TILES  (SLOTS + 3),
    .ACC_W  (ACC_W),
    .ARRAY  (ARRAY)
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

  // ---------------------------------------------------------------- counts

  // Nothing is left to do but to wait for room.
  wire token_late = c_grant_ready_o && !c_grant_valid_i && !(|b_valid_i);

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
    .b_late_i     (b_meta_late_i),
    .token_late_i (token_late),
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
