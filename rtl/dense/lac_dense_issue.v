// Decides in each cycle whether the dense engine takes a step, and times its results on their way out.
//
// Why: nothing in the array can stall. A step needs A and B. The last step of a tile also needs a token (room
// downstream) and a distance of at least WORDS cycles from the last step of the tile before, so that the drain
// registers are empty when the next sums arrive.
//
// Parameters:
//   WORDS          = M0 * CHUNKS, result words per tile
//   CHUNKS         words per row
//   LATENCY        cycles from a step to its finished sum in the drain registers, above SHIFT_LATENCY
//   SHIFT_LATENCY  cycles from shift_o to the next row in front; both as lac_dense_pe says
//   CHUNK_W        derived; do not set it
// Handshake:
//   a_*, b_*, grant_* ready/valid
//   c_valid_o cannot be stalled
// Latency: first result word LATENCY cycles after the tile's last step; one step per cycle.
// After reset: idle, no result.
// cause_o names what this cycle was spent on, in the order of the cycle counters in gen/plan/registers.h.

`default_nettype none

module lac_dense_issue #(
  parameter WORDS         = 4,
  parameter CHUNKS        = 1,
  parameter LATENCY       = 5,
  parameter SHIFT_LATENCY = 2,
  parameter CHUNK_W       = CHUNKS > 1 ? $clog2(CHUNKS) : 1
) (
  input  wire               clk_i,
  input  wire               rst_i,

  input  wire               a_valid_i,
  output wire               a_ready_o,
  input  wire               a_first_i,
  input  wire               a_last_i,
  input  wire               a_end_i,
  input  wire               b_valid_i,
  output wire               b_ready_o,
  input  wire               b_last_i,
  input  wire               b_late_i,       // weights wait for their metadata
  input  wire               grant_valid_i,
  output wire               grant_ready_o,

  output wire               step_o,
  output wire               first_o,
  output wire               last_o,

  output wire               c_valid_o,
  output wire [CHUNK_W-1:0] c_chunk_o,      // which part of the row in front
  output wire               shift_o,        // bring the next row to the front

  output wire               stream_error_o, // A and B disagree about the end of a tile
  output wire               done_o,         // the last result of the job has left
  output wire [2:0]         cause_o
);

  localparam CAUSE_MULTIPLY   = 3'd0;
  localparam CAUSE_FILL_DRAIN = 3'd1;
  localparam CAUSE_WAIT_A     = 3'd4;
  localparam CAUSE_WAIT_B     = 3'd5;
  localparam CAUSE_WAIT_META  = 3'd6;
  localparam CAUSE_WAIT_OUT   = 3'd7;

  // ---------------------------------------------------------------- issue

  reg  ended_q;       // the job's last step has been taken
  wire results_out;   // the drain registers are free in time

  wire both    = a_valid_i && b_valid_i;
  wire may_end = grant_valid_i && results_out;
  wire step    = both && (!a_last_i || may_end);

  assign step_o         = step;
  assign first_o        = a_first_i;
  assign last_o         = step && a_last_i;
  assign a_ready_o      = step;
  assign b_ready_o      = step;
  assign grant_ready_o  = last_o;
  assign stream_error_o = step && (a_last_i != b_last_i);

  always @(posedge clk_i) begin
    if (rst_i) begin
      ended_q <= 1'b0;
    end else if (step && a_end_i) begin
      ended_q <= 1'b1;
    end
  end

  // ---------------------------------------------------------------- results

  lac_tile_results #(
    .WORDS         (WORDS),
    .CHUNKS        (CHUNKS),
    .LATENCY       (LATENCY),
    .SHIFT_LATENCY (SHIFT_LATENCY)
  ) u_results (
    .clk_i         (clk_i),
    .rst_i         (rst_i),
    .last_i        (last_o),
    .ended_i       (ended_q),
    .may_end_o     (results_out),
    .c_valid_o     (c_valid_o),
    .c_chunk_o     (c_chunk_o),
    .shift_o       (shift_o),
    .done_o        (done_o)
  );

  // ---------------------------------------------------------------- where the cycle went

  assign cause_o = step                 ? CAUSE_MULTIPLY :
                   ended_q && !done_o   ? CAUSE_FILL_DRAIN :
                   ended_q              ? CAUSE_WAIT_OUT :
                   !a_valid_i           ? CAUSE_WAIT_A :
                   b_valid_i            ? CAUSE_WAIT_OUT :
                   b_late_i             ? CAUSE_WAIT_META : CAUSE_WAIT_B;

endmodule

`default_nettype wire
