// Tells how many columns of the present panel exist, and where they lie in C.
//
// Why: the last panel is cut at N. In a grouped convolution, so is the last panel of every block of channel groups. The
// units that collect and write results both need the count.
//
// Parameters:
//   COLS  = N0, 1 to 64
// Handshake:
//   step_i leaves the panel
//   rewind_i with it: back to the group's first panel
//   save_i with it: the panel entered is the first of a group
//   restart_i with it: that panel is panel 0 (a new block of m-tiles)
//   fits_o: the panel has a real column, and its block of groups has as many columns as block_panels_i panels hold, no
//     fewer and no more
//   ends_o: the panel has column N - 1, so it is the last one. Columns past N are never counted, whatever the registers
//     say.
// Latency: outputs are functions of registers.
// After reset: undefined until start_i.

`default_nettype none

module lac_columns #(
  parameter COLS  = 4,
  parameter CNT_W = $clog2(COLS + 1)
) (
  input  wire             clk_i,

  input  wire             start_i,
  input  wire [31:0]      n_i,               // columns of C
  input  wire [31:0]      block_cols_i,      // columns per block of groups
  input  wire [31:0]      block_panels_i,    // panels per block of groups

  input  wire             step_i,
  input  wire             rewind_i,
  input  wire             save_i,
  input  wire             restart_i,

  output wire [CNT_W-1:0] count_o,           // real columns of this panel
  output wire [31:0]      column_o,          // first column of this panel
  output wire             fits_o,
  output wire             ends_o
);

  localparam [31:0] COLS_32 = COLS;

  reg  [31:0] column_q,     column_save_q;       // first column of the panel
  reg  [31:0] panel_q,      panel_save_q;        // panel in its block of groups
  reg  [31:0] block_left_q, block_left_save_q;   // columns of the block from this panel on

  wire        block_ends      = block_left_q <= COLS_32;
  wire        last_in_block   = panel_q == block_panels_i - 32'd1;
  wire [31:0] n_left          = n_i - column_q;
  wire [31:0] real_left       = n_left < block_left_q ? n_left : block_left_q;
  wire [31:0] count           = column_q >= n_i ? 32'd0 : real_left < COLS_32 ? real_left : COLS_32;
  wire [31:0] column_next     = column_q + (last_in_block ? block_left_q : COLS_32);
  wire [31:0] panel_next      = last_in_block ? 32'd0 : panel_q + 32'd1;
  wire [31:0] block_left_next = last_in_block ? block_cols_i : block_left_q - COLS_32;

  assign count_o  = count[CNT_W-1:0];
  assign column_o = column_q;
  assign fits_o   = count != 32'd0 && last_in_block == block_ends;
  assign ends_o   = n_left == count;

  always @(posedge clk_i) begin
    if (start_i || (step_i && restart_i)) begin
      column_q          <= 32'd0;
      panel_q           <= 32'd0;
      block_left_q      <= block_cols_i;
      column_save_q     <= 32'd0;
      panel_save_q      <= 32'd0;
      block_left_save_q <= block_cols_i;
    end else if (step_i && rewind_i) begin
      column_q     <= column_save_q;
      panel_q      <= panel_save_q;
      block_left_q <= block_left_save_q;
    end else if (step_i) begin
      column_q     <= column_next;
      panel_q      <= panel_next;
      block_left_q <= block_left_next;
      if (save_i) begin
        column_save_q     <= column_next;
        panel_save_q      <= panel_next;
        block_left_save_q <= block_left_next;
      end
    end
  end

  wire unused_count = &{1'b0, count[31:CNT_W]};

endmodule

`default_nettype wire
