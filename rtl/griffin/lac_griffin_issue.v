// Decides in each cycle whether the Griffin engine takes a step and how many words of B it consumes, and times its
// results.
//
// Why: nothing in the array can stall, and all PEs move together; docs/engines/griffin.md, A cycle, has the rule. What
// must be known early in the cycle (windows, sums) does not depend on the arbiters. Their answer comes last and only
// selects.
//
// Parameters:
//   WINDOW         words of B that can be seen
//   DEPTH          steps of A
//   PES            = M0 * N0
//   ADVANCE_W      bits of an advance
//   WORDS, CHUNKS  as lac_tile_results
//   LATENCY, SHIFT_LATENCY  as lac_tile_results
//   the others are derived; do not set them
// A: from lac_a_window_control: a_there_i, a_here_i and a_lasts_i (which of the first DEPTH steps are there, which of
//   those are last), a_ended_i; back go sums_o (k: steps consumed with words 0 .. k) and take_o (bit k: words 0 .. k
//   are consumed; all zero: no step).
// B:
//   b_count_i words are visible, oldest first
//   b_take_o are consumed
//   b_late_i: weights wait for their metadata
// Mode:
//   words_i: bit j: the mode sees word j
//   run_on_i: a word that is last may give up steps of the next tile
//   balanced_i: imbalance is not counted
// Array:
//   in_window_o: bit j: word j is in the window
//   more_i: bit j - 1: word j has work left after this cycle
//   busy_i: bit per PE: some slot works
//   step_o, first_o, last_o: a step, of a tile the first, the last
//   given_o: steps consumed in the cycle before
// Handshake:
//   grant_* ready/valid
//   c_valid_o cannot be stalled
// Latency:
//   tile_o and stream_error_o speak of the cycle before
//   cause_o of two cycles before (in the order of the cycle counters in gen/plan/registers.h), after reset of waiting
//     for A. First result word LATENCY cycles after the tile's last step; one step per cycle.
// After reset: idle, no result.

`default_nettype none

module lac_griffin_issue #(
  parameter WINDOW        = 2,
  parameter DEPTH         = 2,
  parameter PES           = 4,
  parameter ADVANCE_W     = 1,
  parameter WORDS         = 2,
  parameter CHUNKS        = 1,
  parameter LATENCY       = 5,
  parameter SHIFT_LATENCY = 2,
  parameter LATER         = WINDOW > 2 ? WINDOW - 1 : 1,
  parameter VISIBLE_W     = $clog2(WINDOW + 1),
  parameter SUM_W         = $clog2(DEPTH + 1),
  parameter CHUNK_W       = CHUNKS > 1 ? $clog2(CHUNKS) : 1
) (
  input  wire                        clk_i,
  input  wire                        rst_i,

  input  wire [WINDOW-1:0]           words_i,
  input  wire                        run_on_i,
  input  wire                        balanced_i,

  input  wire                        a_there_i,
  input  wire [DEPTH-1:0]            a_here_i,
  input  wire [DEPTH-1:0]            a_lasts_i,
  input  wire                        a_ended_i,
  output wire [WINDOW*SUM_W-1:0]     sums_o,
  output wire [WINDOW-1:0]           take_o,

  input  wire [VISIBLE_W-1:0]        b_count_i,
  input  wire [WINDOW-1:0]           b_last_i,
  input  wire [WINDOW*ADVANCE_W-1:0] b_advance_i,
  input  wire                        b_late_i,
  output wire [VISIBLE_W-1:0]        b_take_o,

  input  wire                        grant_valid_i,
  output wire                        grant_ready_o,

  output wire [WINDOW-1:0]           in_window_o,
  input  wire [LATER-1:0]            more_i,
  input  wire [PES-1:0]              busy_i,
  output wire                        step_o,
  output wire                        first_o,
  output wire                        last_o,
  output wire [SUM_W-1:0]            given_o,

  output wire                        c_valid_o,
  output wire [CHUNK_W-1:0]          c_chunk_o,
  output wire                        shift_o,

  output wire                        tile_o,
  output wire                        stream_error_o,
  output wire                        done_o,
  output wire [2:0]                  cause_o
);

  localparam CAUSE_MULTIPLY   = 3'd0;
  localparam CAUSE_FILL_DRAIN = 3'd1;
  localparam CAUSE_IMBALANCE  = 3'd2;
  localparam CAUSE_WAIT_A     = 3'd4;
  localparam CAUSE_WAIT_B     = 3'd5;
  localparam CAUSE_WAIT_META  = 3'd6;
  localparam CAUSE_WAIT_OUT   = 3'd7;

  // ---------------------------------------------------------------- the window of B

  reg [WINDOW-1:0]       here;      // word j is visible
  reg [WINDOW-1:0]       joined;    // no word below j is the last of its tile
  reg [WINDOW*SUM_W-1:0] sums;
  reg                    open;
  reg [SUM_W-1:0]        sum;
  integer                i;

  always @(*) begin
    open = 1'b1;
    sum  = {SUM_W{1'b0}};
    for (i = 0; i < WINDOW; i = i + 1) begin
      here[i]                = {{32 - VISIBLE_W{1'b0}}, b_count_i} > i;
      joined[i]              = open;
      open                   = open && !b_last_i[i];
      sum                    = sum + {{SUM_W - ADVANCE_W{1'b0}}, b_advance_i[i*ADVANCE_W +: ADVANCE_W]};
      sums[i*SUM_W +: SUM_W] = sum;
    end
  end

  assign in_window_o = words_i & here & joined;
  assign sums_o   = sums;

  wire ends_within = |(in_window_o & b_last_i);
  wire b_there     = here[0] && (in_window_o == words_i || ends_within);

  // ---------------------------------------------------------------- the step

  wire              may_end;
  reg               first_q;
  reg [WINDOW-1:0]  run;            // words 0 .. j are given up, if this is a step
  reg [VISIBLE_W-1:0] take_number;
  reg [SUM_W-1:0]   given;
  integer           k;

  assign step_o        = a_there_i && b_there && (!ends_within || (grant_valid_i && may_end));
  assign take_o        = {WINDOW{step_o}} & run & ~(run >> 1);
  assign last_o        = |(take_o & b_last_i);
  assign grant_ready_o = last_o;

  always @(*) begin
    run[0] = 1'b1;
    for (k = 1; k < WINDOW; k = k + 1) begin
      run[k] = run[k-1] && in_window_o[k] && !more_i[k-1];
    end
  end

  always @(*) begin
    take_number = {VISIBLE_W{1'b0}};
    given       = {SUM_W{1'b0}};
    for (k = 0; k < WINDOW; k = k + 1) begin
      take_number = take_number | ({VISIBLE_W{take_o[k]}} & (k[VISIBLE_W-1:0] + 1'b1));
      given       = given | ({SUM_W{take_o[k]}} & sums_o[k*SUM_W +: SUM_W]);
    end
  end

  assign b_take_o = take_number;
  assign first_o  = first_q;

  always @(posedge clk_i) begin
    if (rst_i) begin
      first_q <= 1'b1;
    end else if (step_o) begin
      first_q <= last_o;
    end
  end

  // ---------------------------------------------------------------- A and B must agree about the end of a tile

  reg             step_q;
  reg             last_q;
  reg             run_on_q;
  reg [SUM_W-1:0] given_q;
  reg [DEPTH-1:0] here_q;
  reg [DEPTH-1:0] lasts_q;

  always @(posedge clk_i) begin
    if (rst_i) begin
      step_q  <= 1'b0;
      last_q  <= 1'b0;
      given_q <= {SUM_W{1'b0}};
    end else begin
      step_q  <= step_o;
      last_q  <= last_o;
      given_q <= given;
    end
  end

  always @(posedge clk_i) begin
    run_on_q <= run_on_i;
    here_q   <= a_here_i;
    lasts_q  <= a_lasts_i;
  end

  wire [DEPTH-1:0] gone;        // the steps given up
  wire [DEPTH-1:0] ends  = gone & lasts_q;
  wire [DEPTH-1:0] due_end = last_q ? gone & ~(gone >> 1) : {DEPTH{1'b0}};
  wire             one   = ends != {DEPTH{1'b0}} && (ends & (ends - 1'b1)) == {DEPTH{1'b0}};
  wire             agree = run_on_q ? one == last_q && (last_q || ends == {DEPTH{1'b0}}) : ends == due_end;

  genvar j;
  generate
    if (WINDOW == 1) begin : gen_unused
      wire unused_more = &{1'b0, more_i};
    end
    for (j = 0; j < DEPTH; j = j + 1) begin : gen_gone
      localparam [31:0] STEP = j;
      assign gone[j] = given_q > STEP[SUM_W-1:0];
    end
  endgenerate

  assign given_o        = given_q;
  assign tile_o         = last_q;
  assign stream_error_o = step_q && (!agree || (gone & ~here_q) != {DEPTH{1'b0}});

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
    .ended_i       (a_ended_i),
    .may_end_o     (may_end),
    .c_valid_o     (c_valid_o),
    .c_chunk_o     (c_chunk_o),
    .shift_o       (shift_o),
    .done_o        (done_o)
  );

  // ---------------------------------------------------------------- where the cycle went

  // PEs without work are summed up until they make a cycle of the whole array.
  localparam               IDLE_W  = $clog2(PES + 1);
  localparam [31:0]        PES_32  = PES;
  localparam [IDLE_W:0]    PES_ALL = PES_32[IDLE_W:0];

  wire [2:0] cause = step_o                ? CAUSE_MULTIPLY :
                     a_ended_i && !done_o  ? CAUSE_FILL_DRAIN :
                     a_ended_i             ? CAUSE_WAIT_OUT :
                     !a_there_i            ? CAUSE_WAIT_A :
                     !b_there && b_late_i  ? CAUSE_WAIT_META :
                     !b_there              ? CAUSE_WAIT_B : CAUSE_WAIT_OUT;

  reg  [5:0]        causes_q;        // of the last two cycles
  reg  [PES-1:0]    idle_q;
  reg  [IDLE_W-1:0] idle_count_q;
  reg  [IDLE_W-1:0] debt_q;          // less than a cycle
  wire [IDLE_W-1:0] idle_count;

  lac_popcount #(
    .W       (PES)
  ) u_idle (
    .bits_i  (idle_q),
    .count_o (idle_count)
  );

  wire [IDLE_W:0] debt   = {1'b0, debt_q} + {1'b0, idle_count_q};
  wire            due    = debt >= PES_ALL;
  wire [IDLE_W:0] debt_d = due ? debt - PES_ALL : debt;

  always @(posedge clk_i) begin
    if (rst_i) begin
      causes_q     <= {2{CAUSE_WAIT_A}};
      idle_q       <= {PES{1'b0}};
      idle_count_q <= {IDLE_W{1'b0}};
      debt_q       <= {IDLE_W{1'b0}};
    end else begin
      causes_q     <= {causes_q[2:0], cause};
      idle_q       <= {PES{step_o && !balanced_i}} & ~busy_i;
      idle_count_q <= idle_count;
      debt_q       <= debt_d[IDLE_W-1:0];
    end
  end

  assign cause_o = due ? CAUSE_IMBALANCE : causes_q[5:3];

  wire unused_debt = &{1'b0, debt_d[IDLE_W]};

endmodule

`default_nettype wire
