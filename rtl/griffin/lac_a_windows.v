// The next steps of all rows of A: a lac_a_window for each row.
//
// Why: all rows are written and read together, so their windows share everything except the elements.
// Parameters: ROWS; the others as lac_a_window has them.
// Ports: beat_i, nonzero_o, steps_o as in lac_a_window, row 0 lowest; the others go to all rows.
// Latency, state after reset: as lac_a_window.

`default_nettype none

module lac_a_windows #(
  parameter ROWS    = 2,
  parameter RING    = 4,
  parameter DEPTH   = 2,
  parameter STEPS   = 2,
  parameter LANES   = 4,
  parameter A_W     = 8,
  parameter SHUFFLE = 1,
  parameter TAIL_W  = STEPS > 1 ? $clog2(STEPS) : 1,
  parameter HEAD_W  = RING > 1 ? $clog2(RING) : 1
) (
  input  wire                            clk_i,
  input  wire                            rst_i,

  input  wire [RING-1:0]                 write_i,
  input  wire [TAIL_W-1:0]               tail_i,
  input  wire [1:0]                      turn_i,
  input  wire [ROWS*STEPS*LANES*A_W-1:0] beat_i,

  input  wire [HEAD_W-1:0]               head_next_i,
  output wire [ROWS*DEPTH*LANES-1:0]     nonzero_o,
  output wire [ROWS*DEPTH*LANES*A_W-1:0] steps_o
);

  genvar row;
  generate
    for (row = 0; row < ROWS; row = row + 1) begin : gen_row
      lac_a_window #(
        .RING        (RING),
        .DEPTH       (DEPTH),
        .STEPS       (STEPS),
        .LANES       (LANES),
        .A_W         (A_W),
        .SHUFFLE     (SHUFFLE)
      ) u_window (
        .clk_i       (clk_i),
        .rst_i       (rst_i),
        .write_i     (write_i),
        .tail_i      (tail_i),
        .turn_i      (turn_i),
        .beat_i      (beat_i[row*STEPS*LANES*A_W +: STEPS*LANES*A_W]),
        .head_next_i (head_next_i),
        .nonzero_o   (nonzero_o[row*DEPTH*LANES +: DEPTH*LANES]),
        .steps_o     (steps_o[row*DEPTH*LANES*A_W +: DEPTH*LANES*A_W])
      );
    end
  endgenerate

endmodule

`default_nettype wire
