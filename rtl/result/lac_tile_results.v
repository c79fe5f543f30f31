// Times the results of a tile on their way out of the array, and says when the next tile may end.
//
// Why: nothing in the array can stall, so the cycle of every result word follows from the cycle in which its tile
// ended.
//
// Parameters:
//   WORDS          = M0 * CHUNKS, result words per tile
//   CHUNKS         words per row
//   LATENCY        cycles from a step to its finished sum in the drain registers, above SHIFT_LATENCY
//   SHIFT_LATENCY  cycles from shift_o to the next row in front; both as the PE says
//   CHUNK_W        derived; do not set it
// Ports:
//   last_i: a tile's last step is taken in this cycle
//   ended_i: the job's last step was taken in a cycle before
//   may_end_o: the drain registers will be empty when the sums of a tile that ends now arrive; without it last_i must
//     be low
// Latency: first result word LATENCY cycles after last_i.
// After reset: idle, no result.

`default_nettype none

module lac_tile_results #(
  parameter WORDS         = 4,
  parameter CHUNKS        = 1,
  parameter LATENCY       = 5,
  parameter SHIFT_LATENCY = 2,
  parameter CHUNK_W       = CHUNKS > 1 ? $clog2(CHUNKS) : 1
) (
  input  wire               clk_i,
  input  wire               rst_i,

  input  wire               last_i,
  input  wire               ended_i,
  output wire               may_end_o,

  output wire               c_valid_o,
  output wire [CHUNK_W-1:0] c_chunk_o,      // which part of the row in front
  output wire               shift_o,        // bring the next row to the front
  output wire               done_o          // the last result of the job has left
);

  localparam               WORD_W        = $clog2(WORDS + 1);
  localparam [31:0]        WORDS_32      = WORDS;
  localparam [31:0]        CHUNK_LAST_32 = CHUNKS - 1;
  localparam [WORD_W-1:0]  WORDS_ALL     = WORDS_32[WORD_W-1:0];
  localparam [CHUNK_W-1:0] CHUNK_LAST    = CHUNK_LAST_32[CHUNK_W-1:0];

  reg  [WORD_W-1:0] gap_q;           // cycles until a tile may end

  assign may_end_o = (gap_q >> 1) == {WORD_W{1'b0}};

  always @(posedge clk_i) begin
    if (rst_i) begin
      gap_q <= {WORD_W{1'b0}};
    end else if (last_i) begin
      gap_q <= WORDS_ALL;
    end else if (gap_q != {WORD_W{1'b0}}) begin
      gap_q <= gap_q - 1'b1;
    end
  end

  // The words of a tile are counted SHIFT_LATENCY cycles before they stand in front. The next row is due in front one
  // cycle after the last word of this one, so shift_o comes one cycle after that word was counted.
  localparam EARLY = LATENCY - SHIFT_LATENCY;

  reg  [EARLY-1:0]                 pipe_q;       // last steps on their way through the array
  reg  [WORD_W-1:0]                words_q;      // result words of the tile still to be counted
  reg  [CHUNK_W-1:0]               chunk_q;
  reg  [SHIFT_LATENCY-1:0]         valid_q;      // counted words on their way to the front
  reg  [SHIFT_LATENCY*CHUNK_W-1:0] front_q;      // their chunks

  wire                                 arrive     = pipe_q[EARLY-1];
  wire                                 counted    = arrive || words_q != {WORD_W{1'b0}};
  wire                                 last_chunk = chunk_q == CHUNK_LAST;
  wire [EARLY:0]                       pipe_next  = {pipe_q, last_i};
  wire [SHIFT_LATENCY:0]               valid_next = {valid_q, counted};
  wire [(SHIFT_LATENCY+1)*CHUNK_W-1:0] front_next = {front_q, chunk_q};

  assign c_valid_o = valid_q[SHIFT_LATENCY-1];
  assign c_chunk_o = front_q[(SHIFT_LATENCY-1)*CHUNK_W +: CHUNK_W];
  assign shift_o   = valid_q[0] && front_q[CHUNK_W-1:0] == CHUNK_LAST;
  assign done_o    = ended_i && !counted && pipe_q == {EARLY{1'b0}} && valid_q == {SHIFT_LATENCY{1'b0}};

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

endmodule

`default_nettype wire
