// One row of the A reader: the position of its pixel or matrix row in the A buffer, its bank, and the elements of each
// beat.
//
// Why: M0 rows are read at M0 unrelated addresses per cycle. lac_a_walk gives the steps of K, the same for all rows.
// Each row adds its own origin, masks what lies in the padding, and waits in stage 1 until the data have arrived.
//
// Parameters:
//   LANES     elements of a beat
//   POS_W     as lac_a_fill
//   OUT_W     bits of an element at the multiplier (ELEM_W, or one more)
//   SIGNED    whether stored elements are signed
//   HOLD      as lac_window_ram: what is masked, beyond the run or in the padding, is not wanted
//   SUBTILES  as lac_a_walk: then tile_cols_i, tile_x_i, tile_y_i, tile_ih_i lead to the next subtile
//   others    as lac_window_ram
// Stages: 0 address (step_go_i), 1 wait for fill (read_i), 2 memory, 3 rotated window, then mask and zero point to a_o
//   reads_o with stage 2
// After reset: undefined until init_i, but reads_o zero.

`default_nettype none

module lac_a_row #(
  parameter ELEM_W     = 8,
  parameter OUT_W      = 8,
  parameter SIGNED     = 1,
  parameter BEAT_ELEMS = 16,
  parameter LANES      = 8,
  parameter GRANULE    = 8,
  parameter COLUMNS    = 2,
  parameter LINES      = 256,
  parameter POS_W      = 14,
  parameter HOLD       = 0,
  parameter SUBTILES   = 1,
  parameter CUT_W      = $clog2(LANES) + 1,
  parameter READS_W    = $clog2(COLUMNS + 1)
) (
  input  wire                         clk_i,
  input  wire                         rst_i,

  // job registers
  input  wire                         banked_i,
  input  wire [31:0]                  row_elems_i,    // image: elements of an input row
  input  wire [15:0]                  rows_i,         // image: input rows
  input  wire [31:0]                  out_cols_i,     // output width
  input  wire [31:0]                  tile_cols_i,    // columns from one m-tile to the next
  input  wire [31:0]                  tile_x_i,
  input  wire [POS_W-1:0]             tile_y_i,
  input  wire [15:0]                  tile_ih_i,
  input  wire [31:0]                  wrap_x_i,       // x back to the left edge
  input  wire [POS_W-1:0]             row_y_i,
  input  wire [15:0]                  row_ih_i,
  input  wire [OUT_W-1:0]             zero_i,

  // origin of this row, moved from tile to tile; stay_i and again_i tied low where SUBTILES is 1
  input  wire                         init_i,
  input  wire [31:0]                  init_col_i,
  input  wire [31:0]                  init_x_i,
  input  wire [POS_W-1:0]             init_y_i,
  input  wire [15:0]                  init_ih_i,
  input  wire                         next_tile_i,
  input  wire                         stay_i,         // with next_tile_i: to a subtile of the same tile
  input  wire                         again_i,        // and that is its first
  input  wire                         rewind_i,       // with next_tile_i: back to the block's first tile
  input  wire                         save_i,         // with next_tile_i: the next tile begins a block

  // the beat, relative to the origin
  input  wire                         step_go_i,
  input  wire                         step_row_i,     // this row exists (m < M)
  input  wire [31:0]                  step_x_i,
  input  wire [POS_W-1:0]             step_y_i,
  input  wire [15:0]                  step_ih_i,
  input  wire [CUT_W-1:0]             step_lanes_i,   // lanes inside the run

  // stage 1
  input  wire [POS_W-1:0]             fill_i,
  output wire                         arrived_o,      // what stage 1 wants to read is there
  input  wire                         read_i,
  input  wire                         advance_i,
  output wire [READS_W-1:0]           reads_o,        // with HOLD: columns of the bank that were read; else 0
  output wire [POS_W-1:0]             origin_o,       // first position this row may still need, where origin_valid_o
  output wire                         origin_valid_o,

  input  wire                         we_i,
  input  wire [POS_W-3:0]             wpos_i,
  input  wire [BEAT_ELEMS*ELEM_W-1:0] wdata_i,

  output wire [LANES*OUT_W-1:0]       a_o
);

  // ---------------------------------------------------------------- origin

  reg  [31:0]      col_q,   col_save_q;
  reg  [31:0]      x_q,     x_save_q;
  reg  [POS_W-1:0] y_q,     y_save_q;
  reg  [15:0]      ih_q,    ih_save_q;

  wire [31:0]      col_step = col_q + tile_cols_i;
  wire             wrap     = col_step >= out_cols_i && !banked_i;
  wire [31:0]      col_next = wrap ? col_step - out_cols_i : col_step;
  wire [31:0]      x_step   = x_q + tile_x_i;
  wire [31:0]      x_next   = wrap ? x_step - wrap_x_i : x_step;
  wire [POS_W-1:0] y_step   = y_q + tile_y_i;
  wire [POS_W-1:0] y_next   = wrap ? y_step + row_y_i : y_step;
  wire [15:0]      ih_step  = ih_q + tile_ih_i;
  wire [15:0]      ih_next  = wrap ? ih_step + row_ih_i : ih_step;

  // Where the next tile begins.
  wire             move     = next_tile_i && !stay_i;
  wire [31:0]      col_move = rewind_i ? col_save_q : col_next;
  wire [31:0]      x_move   = rewind_i ? x_save_q : x_next;
  wire [POS_W-1:0] y_move   = rewind_i ? y_save_q : y_next;
  wire [15:0]      ih_move  = rewind_i ? ih_save_q : ih_next;

  generate
    if (SUBTILES > 1) begin : gen_subtiles
      reg  [31:0]      col_first_q;     // of the tile
      reg  [31:0]      x_first_q;
      reg  [POS_W-1:0] y_first_q;
      reg  [15:0]      ih_first_q;

      always @(posedge clk_i) begin
        if (init_i) begin
          col_first_q <= init_col_i;
          x_first_q   <= init_x_i;
          y_first_q   <= init_y_i;
          ih_first_q  <= init_ih_i;
        end else if (move) begin
          col_first_q <= col_move;
          x_first_q   <= x_move;
          y_first_q   <= y_move;
          ih_first_q  <= ih_move;
        end
      end

      always @(posedge clk_i) begin
        if (init_i) begin
          col_q <= init_col_i;
          x_q   <= init_x_i;
          y_q   <= init_y_i;
          ih_q  <= init_ih_i;
        end else if (next_tile_i) begin
          col_q <= again_i ? col_first_q : stay_i ? col_next : col_move;
          x_q   <= again_i ? x_first_q   : stay_i ? x_next   : x_move;
          y_q   <= again_i ? y_first_q   : stay_i ? y_next   : y_move;
          ih_q  <= again_i ? ih_first_q  : stay_i ? ih_next  : ih_move;
        end
      end
    end else begin : gen_whole
      always @(posedge clk_i) begin
        if (init_i) begin
          col_q <= init_col_i;
          x_q   <= init_x_i;
          y_q   <= init_y_i;
          ih_q  <= init_ih_i;
        end else if (move) begin
          col_q <= col_move;
          x_q   <= x_move;
          y_q   <= y_move;
          ih_q  <= ih_move;
        end
      end

      wire unused_again = &{1'b0, again_i};
    end
  endgenerate

  always @(posedge clk_i) begin
    if (init_i) begin
      col_save_q <= init_col_i;
      x_save_q   <= init_x_i;
      y_save_q   <= init_y_i;
      ih_save_q  <= init_ih_i;
    end else if (move && save_i) begin
      col_save_q <= col_next;
      x_save_q   <= x_next;
      y_save_q   <= y_next;
      ih_save_q  <= ih_next;
    end
  end

  wire [POS_W-1:0] x_inside = x_q[31]            ? {POS_W{1'b0}} :
                              x_q > row_elems_i  ? row_elems_i[POS_W-1:0] : x_q[POS_W-1:0];

  assign origin_o       = y_q + (banked_i ? x_q[POS_W-1:0] : x_inside);
  assign origin_valid_o = banked_i || !ih_q[15];

  // ---------------------------------------------------------------- stage 0: address and clipping

  localparam [31:0] ALL_LANES = LANES;

  wire [31:0]      x     = x_q + step_x_i;
  wire [15:0]      ih    = ih_q + step_ih_i;
  wire [POS_W-1:0] y     = y_q + step_y_i;
  wire [31:0]      right = row_elems_i - x;              // elements up to the right edge
  wire [31:0]      left  = 32'd0 - x;                    // elements left of the left edge, where x is negative
  wire             inside_y = banked_i || (!ih[15] && ih < rows_i);
  wire             starts_right = !banked_i && $signed(right) <= 0;
  wire             starts_left = !banked_i && x[31];
  wire [CUT_W-1:0] cut_low  = !starts_left ? {CUT_W{1'b0}} : left < ALL_LANES ? left[CUT_W-1:0] : ALL_LANES[CUT_W-1:0];
  wire             near_edge = !banked_i && right < {{(32 - CUT_W) {1'b0}}, step_lanes_i};
  wire [CUT_W-1:0] cut_high = near_edge ? right[CUT_W-1:0] : step_lanes_i;
  wire             any      = step_row_i && inside_y && !starts_right && cut_low < cut_high;

  reg              any1_q;
  reg  [POS_W-1:0] pos1_q;
  reg  [CUT_W-1:0] low1_q,  low2_q,  low3_q;
  reg  [CUT_W-1:0] high1_q, high2_q, high3_q;

  always @(posedge clk_i) begin
    if (step_go_i) begin
      any1_q  <= any;
      pos1_q  <= y + x[POS_W-1:0];
      low1_q  <= cut_low;
      high1_q <= any ? cut_high : {CUT_W{1'b0}};
    end
    if (read_i) begin
      low2_q  <= low1_q;
      high2_q <= high1_q;
    end
    if (advance_i) begin
      low3_q  <= low2_q;
      high3_q <= high2_q;
    end
  end

  // ---------------------------------------------------------------- stage 1: wait for the data

  wire [POS_W-1:0] end1  = pos1_q + {{(POS_W - CUT_W) {1'b0}}, high1_q};
  wire [POS_W-1:0] ahead = fill_i - end1;

  assign arrived_o = !any1_q || !ahead[POS_W-1];

  wire unused_ahead = &{1'b0, ahead[POS_W-2:0]};

  // ---------------------------------------------------------------- stages 2 and 3: the bank

  wire [LANES*ELEM_W-1:0] window;

  lac_window_ram #(
    .ELEM_W     (ELEM_W),
    .BEAT_ELEMS (BEAT_ELEMS),
    .LANES      (LANES),
    .GRANULE    (GRANULE),
    .COLUMNS    (COLUMNS),
    .LINES      (LINES),
    .HOLD       (HOLD)
  ) u_bank (
    .clk_i     (clk_i),
    .rst_i     (rst_i),
    .we_i      (we_i),
    .wpos_i    (wpos_i),
    .wdata_i   (wdata_i),
    .re_i      (read_i),
    .rpos_i    (pos1_q[POS_W-3:0]),
    .rlow_i    (low1_q),
    .rhigh_i   (high1_q),
    .reads_o   (reads_o),
    .advance_i (advance_i),
    .rdata_o   (window)
  );

  // ---------------------------------------------------------------- mask and zero point

  genvar lane;
  generate
    for (lane = 0; lane < LANES; lane = lane + 1) begin : gen_lane
      localparam [CUT_W-1:0] LANE = lane;
      wire [ELEM_W-1:0] stored = window[lane*ELEM_W +: ELEM_W];
      wire              keep   = LANE >= low3_q && LANE < high3_q;
      if (OUT_W == ELEM_W) begin : gen_same
        assign a_o[lane*OUT_W +: OUT_W] = keep ? stored : {OUT_W{1'b0}};
      end else begin : gen_wider
        wire extend = SIGNED != 0 && stored[ELEM_W-1];
        assign a_o[lane*OUT_W +: OUT_W] = keep ? {extend, stored} - zero_i : {OUT_W{1'b0}};
      end
    end
    if (OUT_W == ELEM_W) begin : gen_no_zero
      wire unused_zero = &{1'b0, zero_i};
    end
  endgenerate

endmodule

`default_nettype wire
