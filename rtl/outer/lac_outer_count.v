// What every cycle of the array was spent on, and its counts of multiplications.
//
// Why: slots lost at full banks and lanes without an issue are spread over all cycles; only their sums make whole
// cycles (docs/engines/outer.md, Cycles).
//
// Parameters:
//   BLOCKS  blocks
//   LANES   lanes of a block
//   Q       products of a lane
//   SLOTS   = BLOCKS * LANES * Q
//   WORK_W  bits of the multiplications of a tile
//   the others are derived; do not set them
// Ports:
//   used_i, merge_i, issues_i, nonzero_i, wait_*_i by block, from lac_outer_block
//   b_late_i: in this cycle B waits for its metadata
//   token_late_i: in this cycle no block has a word, and a tile could leave but for its token
//   tile_i: a tile begins to leave
//   work_i: the multiplications of a dense tile, stable
//   done_i: the last result has left
//   cause_o names what the cycle three cycles ago was spent on, in the order of the cycle counters in
//     gen/plan/registers.h; before and behind the job's cycles it is fill and drain, so the counts come out as if it
//     were this one's
//   issued_o, effectual_o, skipped_o: to be added up; the sums are right when the last tile has begun to leave and
//     three cycles more are over
// After reset: nothing counted.

`default_nettype none

module lac_outer_count #(
  parameter BLOCKS = 2,
  parameter LANES  = 2,
  parameter Q      = 2,
  parameter WORK_W = 40,
  parameter USED_W = $clog2(LANES * Q + 1),
  parameter LANE_W = $clog2(LANES + 1)
) (
  input  wire                     clk_i,
  input  wire                     rst_i,

  input  wire [BLOCKS*USED_W-1:0] used_i,
  input  wire [BLOCKS*USED_W-1:0] merge_i,
  input  wire [BLOCKS*LANE_W-1:0] issues_i,
  input  wire [BLOCKS*USED_W-1:0] nonzero_i,
  input  wire [BLOCKS-1:0]        wait_out_i,
  input  wire [BLOCKS-1:0]        wait_a_i,
  input  wire [BLOCKS-1:0]        wait_b_i,
  input  wire                     b_late_i,
  input  wire                     token_late_i,
  input  wire                     tile_i,
  input  wire [WORK_W-1:0]        work_i,
  input  wire                     done_i,

  output wire [2:0]               cause_o,
  output wire [WORK_W-1:0]        issued_o,
  output wire [WORK_W-1:0]        effectual_o,
  output wire [WORK_W-1:0]        skipped_o
);

  localparam              CAUSE_MULTIPLY   = 3'd0;
  localparam              CAUSE_FILL_DRAIN = 3'd1;
  localparam              CAUSE_IMBALANCE  = 3'd2;
  localparam              CAUSE_MERGE      = 3'd3;
  localparam              CAUSE_WAIT_A     = 3'd4;
  localparam              CAUSE_WAIT_B     = 3'd5;
  localparam              CAUSE_WAIT_META  = 3'd6;
  localparam              CAUSE_WAIT_OUT   = 3'd7;

  localparam              SLOTS    = BLOCKS * LANES * Q;
  localparam              SUM_W    = $clog2(SLOTS + 1);
  // less than twice the slots are owed, and one cycle's come on top
  localparam              OWED_W   = SUM_W + 2;
  localparam [31:0]       SLOTS_32 = SLOTS;
  localparam [31:0]       Q_32     = Q;
  localparam [31:0]       ALL_32   = BLOCKS * LANES;
  localparam [OWED_W-1:0] CYCLE    = SLOTS_32[OWED_W-1:0];

  // ---------------------------------------------------------------- all blocks together

  reg  [SUM_W-1:0]        used,   used_q;
  reg  [SUM_W-1:0]        merge,  merge_q;
  reg  [SUM_W-1:0]        issues, issues_q;
  reg  [SUM_W-1:0]        effect, effect_q;
  reg  [2:0]              wait_q;
  reg  [2:0]              late_q;
  reg  [2:0]              token_q;
  integer                 block;

  always @(*) begin
    used   = {SUM_W{1'b0}};
    merge  = {SUM_W{1'b0}};
    issues = {SUM_W{1'b0}};
    effect = {SUM_W{1'b0}};
    for (block = 0; block < BLOCKS; block = block + 1) begin
      used   = used + {{SUM_W - USED_W{1'b0}}, used_i[block*USED_W +: USED_W]};
      merge  = merge + {{SUM_W - USED_W{1'b0}}, merge_i[block*USED_W +: USED_W]};
      issues = issues + {{SUM_W - LANE_W{1'b0}}, issues_i[block*LANE_W +: LANE_W]};
      effect = effect + {{SUM_W - USED_W{1'b0}}, nonzero_i[block*USED_W +: USED_W]};
    end
  end

  always @(posedge clk_i) begin
    if (rst_i) begin
      used_q   <= {SUM_W{1'b0}};
      merge_q  <= {SUM_W{1'b0}};
      issues_q <= {SUM_W{1'b0}};
      effect_q <= {SUM_W{1'b0}};
      wait_q   <= 3'b000;
      late_q   <= 3'b000;
      token_q  <= 3'b000;
    end else begin
      used_q   <= used;
      merge_q  <= merge;
      issues_q <= issues;
      effect_q <= effect;
      wait_q   <= {|wait_out_i, |wait_a_i, |wait_b_i};
      late_q   <= {late_q[1:0], b_late_i};
      token_q  <= {token_q[1:0], token_late_i};
    end
  end

  // ---------------------------------------------------------------- what is owed

  reg  [OWED_W-1:0]       owed_merge_q, owed_idle_q;   // slots lost that no cycle has been counted for

  wire                    working    = issues_q != {SUM_W{1'b0}};
  wire [31:0]             idle_32    = working ? (ALL_32 - {{32 - SUM_W{1'b0}}, issues_q}) * Q_32 : 32'd0;
  wire [OWED_W-1:0]       owed_merge = owed_merge_q + {{OWED_W - SUM_W{1'b0}}, merge_q};
  wire [OWED_W-1:0]       owed_idle  = owed_idle_q + idle_32[OWED_W-1:0];
  wire                    is_merge   = working && owed_merge >= CYCLE;
  wire                    is_idle    = working && !is_merge && owed_idle >= CYCLE;

  always @(posedge clk_i) begin
    if (rst_i) begin
      owed_merge_q <= {OWED_W{1'b0}};
      owed_idle_q  <= {OWED_W{1'b0}};
    end else begin
      owed_merge_q <= owed_merge - (is_merge ? CYCLE : {OWED_W{1'b0}});
      owed_idle_q  <= owed_idle - (is_idle ? CYCLE : {OWED_W{1'b0}});
    end
  end

  assign cause_o = done_i     ? CAUSE_WAIT_OUT :
                   is_merge   ? CAUSE_MERGE :
                   is_idle    ? CAUSE_IMBALANCE :
                   working    ? CAUSE_MULTIPLY :
                   wait_q[2]  ? CAUSE_WAIT_OUT :
                   wait_q[1]  ? CAUSE_WAIT_A :
                   wait_q[0]  ? (late_q[2] ? CAUSE_WAIT_META : CAUSE_WAIT_B) :
                   token_q[2] ? CAUSE_WAIT_OUT : CAUSE_FILL_DRAIN;

  // ---------------------------------------------------------------- multiplications

  // What tiles that leave have not issued. Issues of the next tile are in it already, so it may be less than nothing
  // for a while. A cycle's change is put together first, added next, and given away when the adder is through.
  reg  [WORK_W:0]         change_q, rest_q;
  reg  [2:0]              tile_q;
  wire                    give   = tile_q[2] && !rest_q[WORK_W];
  wire [WORK_W:0]         change = (tile_q[0] ? {1'b0, work_i} : {WORK_W + 1{1'b0}}) -
                                   {{WORK_W + 1 - SUM_W{1'b0}}, used_q};

  assign issued_o    = {{WORK_W - SUM_W{1'b0}}, used_q};
  assign effectual_o = {{WORK_W - SUM_W{1'b0}}, effect_q};
  assign skipped_o   = rest_q[WORK_W-1:0] & {WORK_W{give}};

  always @(posedge clk_i) begin
    if (rst_i) begin
      change_q <= {WORK_W + 1{1'b0}};
      rest_q   <= {WORK_W + 1{1'b0}};
      tile_q   <= 3'b000;
    end else begin
      change_q <= change;
      rest_q   <= (rest_q & {WORK_W + 1{!give}}) + change_q;
      tile_q   <= {tile_q[1:0], tile_i};
    end
  end

  wire                    unused = &{1'b0, idle_32};

endmodule

`default_nettype wire
