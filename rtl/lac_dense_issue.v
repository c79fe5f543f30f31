// Decides, cycle by cycle, whether the dense engine takes a step, and times its results on their way out.
//
// Why: nothing in the array can stall. A step needs A and B; the last step of a tile also needs a token (room downstream) and
//      at least WORDS cycles since the last one, so that the drain registers have been emptied when the next sums arrive.
// Parameters: WORDS = M0 * CHUNKS, result words per tile; CHUNKS, words per row; LATENCY, cycles from a step to its finished sum
//      in the drain registers; SHIFT_LATENCY, cycles from shift_o to the next row in front; both as lac_dense_pe says, LATENCY
//      greater by at least one.
// Handshake: a_*, b_*, grant_* ready/valid; c_valid_o cannot be stalled.
// Latency: first result word LATENCY cycles after the tile's last step; one step per cycle.
// After reset: idle, no result.
// cause_o names what this cycle was spent on, in the order of the cycle counters in gen/registers.h.

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
  localparam CAUSE_WAIT_OUT   = 3'd7;

  localparam               WORD_W        = $clog2(WORDS + 1);
  localparam [31:0]        WORDS_32      = WORDS;
  localparam [31:0]        CHUNK_LAST_32 = CHUNKS - 1;
  localparam [WORD_W-1:0]  WORDS_ALL     = WORDS_32[WORD_W-1:0];
  localparam [CHUNK_W-1:0] CHUNK_LAST    = CHUNK_LAST_32[CHUNK_W-1:0];

  // ---------------------------------------------------------------- issue

  reg  [WORD_W-1:0] gap_q;           // cycles until a tile may end
  reg               ended_q;         // the job's last step has been taken

  wire both   = a_valid_i && b_valid_i;
  wire may_end = grant_valid_i && (gap_q >> 1) == {WORD_W{1'b0}};
  wire step   = both && (!a_last_i || may_end);

  assign step_o         = step;
  assign first_o        = a_first_i;
  assign last_o         = step && a_last_i;
  assign a_ready_o      = step;
  assign b_ready_o      = step;
  assign grant_ready_o  = last_o;
  assign stream_error_o = step && (a_last_i != b_last_i);

  always @(posedge clk_i) begin
    if (rst_i) begin
      gap_q <= {WORD_W{1'b0}};
    end else if (last_o) begin
      gap_q <= WORDS_ALL;
    end else if (gap_q != {WORD_W{1'b0}}) begin
      gap_q <= gap_q - 1'b1;
    end
  end

  always @(posedge clk_i) begin
    if (rst_i) begin
      ended_q <= 1'b0;
    end else if (step && a_end_i) begin
      ended_q <= 1'b1;
    end
  end

  // ---------------------------------------------------------------- results

  // The words of a tile are counted SHIFT_LATENCY cycles before they stand in front. The next row is due in front one cycle
  // after the last word of this one, so shift_o comes one cycle after that word was counted.
  localparam EARLY = LATENCY - SHIFT_LATENCY;

  reg  [EARLY-1:0]                 pipe_q;       // last steps on their way through the array
  reg  [WORD_W-1:0]                words_q;      // result words of the tile still to be counted
  reg  [CHUNK_W-1:0]               chunk_q;
  reg  [SHIFT_LATENCY-1:0]         valid_q;      // counted words on their way to the front
  reg  [SHIFT_LATENCY*CHUNK_W-1:0] front_q;      // their chunks

  wire                                 arrive     = pipe_q[EARLY-1];
  wire                                 counted    = arrive || words_q != {WORD_W{1'b0}};
  wire                                 last_chunk = chunk_q == CHUNK_LAST;
  wire [EARLY:0]                       pipe_next  = {pipe_q, last_o};
  wire [SHIFT_LATENCY:0]               valid_next = {valid_q, counted};
  wire [(SHIFT_LATENCY+1)*CHUNK_W-1:0] front_next = {front_q, chunk_q};

  assign c_valid_o = valid_q[SHIFT_LATENCY-1];
  assign c_chunk_o = front_q[(SHIFT_LATENCY-1)*CHUNK_W +: CHUNK_W];
  assign shift_o   = valid_q[0] && front_q[CHUNK_W-1:0] == CHUNK_LAST;
  assign done_o    = ended_q && !counted && pipe_q == {EARLY{1'b0}} && valid_q == {SHIFT_LATENCY{1'b0}};

  always @(posedge clk_i) begin
    if (rst_i) begin
      pipe_q  <= {EARLY{1'b0}};
      valid_q <= {SHIFT_LATENCY{1'b0}};
      words_q <= {WORD_W{1'b0}};
      chunk_q <= {CHUNK_W{1'b0}};
    end else begin
      pipe_q  <= pipe_next[EARLY-1:0];
      valid_q <= valid_next[SHIFT_LATENCY-1:0];
      if (counted) begin
        words_q <= arrive ? WORDS_ALL - 1'b1 : words_q - 1'b1;
        chunk_q <= last_chunk ? {CHUNK_W{1'b0}} : chunk_q + 1'b1;
      end
    end
  end

  always @(posedge clk_i) begin
    front_q <= front_next[SHIFT_LATENCY*CHUNK_W-1:0];
  end

  wire unused_next = &{1'b0, pipe_next[EARLY], valid_next[SHIFT_LATENCY],
                       front_next[SHIFT_LATENCY*CHUNK_W +: CHUNK_W]};

  // ---------------------------------------------------------------- where the cycle went

  assign cause_o = step                 ? CAUSE_MULTIPLY :
                   ended_q && !done_o   ? CAUSE_FILL_DRAIN :
                   ended_q              ? CAUSE_WAIT_OUT :
                   !a_valid_i           ? CAUSE_WAIT_A :
                   !b_valid_i           ? CAUSE_WAIT_B : CAUSE_WAIT_OUT;

endmodule

`default_nettype wire
