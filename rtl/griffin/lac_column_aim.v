// Decodes what the weights of one column of the visible words point at, one bit per weight and place.
//
// Why: the M0 PEs of a column would all decode the same codes. Their muxes and arbiters need one bit per place.
//
// Parameters:
//   LANES                     lanes of a word
//   A_D3, B_D*, AB_*          distances as lac_griffin_pe has them
//   the others are derived; do not set them:
//   DIST_W, SIDE_W, ACROSS_W  bits of the fields of a code (docs/engines/griffin.md), any may be 0, not all
// Aims: word 0 has one group of bits for each step 0 .. FIRST-1, word j > 0 (mode ab) for each step j .. j + (j + 1) *
//   AB_B1, which is as far as it can point; groups in this order; within a group, side s = 0 .. SIDES-1, lane l of the
//   weight at s * LANES + l. A bit is set if the weight is not zero and points at that step of the window, s lanes on.
//   At most one bit per weight.
// Ports:
//   nonzero_i: word j <= AB_A1, lane l at j * LANES + l, zero for words outside the window and those not visible
//   code_i in the same order, times CODE_W
//   base_i: for word j >= 1 at (j - 1) * BASE_W, steps before the word: sum of the advances of words 0 .. j - 1.
// Latency:
//   aim_o 0
//   aim_late_o and across_late_o (weight of word j goes to tree e, at ((j * OTHERS) + e - 1) * LANES + l) 1
// After reset: no reset.

`default_nettype none

module lac_column_aim #(
  parameter LANES    = 1,
  parameter A_D3     = 0,
  parameter B_D1     = 0,
  parameter B_D2     = 0,
  parameter B_D3     = 0,
  parameter AB_A1    = 0,
  parameter AB_B1    = 0,
  parameter AB_B2    = 0,
  parameter AB_B3    = 0,
  parameter FIRST    = 1 + (B_D1 > AB_B1 ? B_D1 : AB_B1),
  parameter SIDES    = 1 + (B_D2 > AB_B2 ? B_D2 : AB_B2),
  parameter D3       = B_D3 > AB_B3 ? B_D3 : AB_B3,
  parameter DIST_W   = $clog2(FIRST),
  parameter SIDE_W   = $clog2(SIDES),
  parameter ACROSS_W = $clog2(1 + D3),
  parameter CODE_W   = DIST_W + SIDE_W + ACROSS_W,
  parameter TREES    = 1 + (A_D3 > D3 ? A_D3 : D3),
  parameter OTHERS   = TREES > 2 ? TREES - 1 : 1,
  parameter LATER    = AB_A1 > 1 ? AB_A1 : 1,
  parameter BASE_W   = $clog2(1 + (1 + AB_A1) * (1 + AB_B1)),
  parameter AIMS     = SIDES * (FIRST + AB_A1 + AB_B1 * AB_A1 * (AB_A1 + 3) / 2)
) (
  input  wire                              clk_i,
  input  wire [(1+AB_A1)*LANES-1:0]        nonzero_i,
  input  wire [(1+AB_A1)*LANES*CODE_W-1:0] code_i,
  input  wire [LATER*BASE_W-1:0]           base_i,
  output wire [AIMS*LANES-1:0]             aim_o,
  output wire [AIMS*LANES-1:0]             aim_late_o,
  output wire [(1+AB_A1)*OTHERS*LANES-1:0] across_late_o
);

  localparam INDEX_W = 8;   // of a step of the window

  reg [AIMS*LANES-1:0]             aim_q;
  reg [(1+AB_A1)*OTHERS*LANES-1:0] across_q;
  wire [(1+AB_A1)*OTHERS*LANES-1:0] across;

  // The group of a word's first step, counted in steps.
  function integer group_of(input integer word);
    begin
      group_of = word == 0 ? 0 : FIRST + word - 1 + AB_B1 * (word - 1) * (word + 2) / 2;
    end
  endfunction

  genvar word, from, lane, step, side, tree;
  generate
    for (word = 0; word <= AB_A1; word = word + 1) begin : gen_word
      localparam STEPS   = word == 0 ? FIRST : 1 + (word + 1) * AB_B1;
      // a weight points that far from its word's first step
      localparam REACH   = word == 0 ? FIRST : 1 + AB_B1;
      // where a word's first step may be: `word` steps on, or more
      localparam STARTS  = 1 + word * AB_B1;
      localparam GROUP   = group_of(word);

      // Decoded once, where the word begins and what each weight says; then nothing is left to add.
      wire [STARTS-1:0]            start;
      wire [REACH*SIDES*LANES-1:0] near;

      for (from = 0; from < STARTS; from = from + 1) begin : gen_start
        if (word == 0) begin : gen_head
          assign start[from] = 1'b1;
        end else begin : gen_later
          localparam [31:0] FROM = word + from;
          assign start[from] = base_i[(word-1)*BASE_W +: BASE_W] == FROM[BASE_W-1:0];
        end
      end

      for (lane = 0; lane < LANES; lane = lane + 1) begin : gen_lane
        wire                nonzero = nonzero_i[word*LANES+lane];
        wire [CODE_W-1:0]   code    = code_i[(word*LANES+lane)*CODE_W +: CODE_W];
        wire [CODE_W+23:0]  wide    = {24'd0, code};   // so that a field of no bits can be cut out too
        wire [INDEX_W-1:0]  ahead   = wide[INDEX_W-1:0] & ((8'd1 << DIST_W) - 8'd1);
        wire [INDEX_W-1:0]  e2      = wide[DIST_W +: INDEX_W] & ((8'd1 << SIDE_W) - 8'd1);
        wire [INDEX_W-1:0]  e3      = wide[DIST_W+SIDE_W +: INDEX_W];

        for (step = 0; step < REACH; step = step + 1) begin : gen_step
          for (side = 0; side < SIDES; side = side + 1) begin : gen_side
            localparam [31:0] STEP = step;
            localparam [31:0] SIDE = side;
            assign near[(step*SIDES+side)*LANES+lane] = nonzero && ahead == STEP[INDEX_W-1:0] &&
                                                        e2 == SIDE[INDEX_W-1:0];
          end
        end
        for (tree = 0; tree < OTHERS; tree = tree + 1) begin : gen_tree
          localparam [31:0] TREE = tree + 1;
          assign across[(word*OTHERS+tree)*LANES+lane] = nonzero && e3 == TREE[INDEX_W-1:0];
        end

        wire unused_wide = &{1'b0, wide};
      end

      for (step = 0; step < STEPS; step = step + 1) begin : gen_aim
        for (from = 0; from < STARTS; from = from + 1) begin : gen_from
          wire [SIDES*LANES-1:0] part, all;   // of words that begin here, or before
          if (step >= from && step - from < REACH) begin : gen_part
            assign part = near[(step-from)*SIDES*LANES +: SIDES*LANES] & {SIDES * LANES{start[from]}};
          end else begin : gen_none
            assign part = {SIDES * LANES{1'b0}};
          end
          if (from == 0) begin : gen_first
            assign all = part;
          end else begin : gen_next
            assign all = gen_from[from-1].all | part;
          end
        end
        assign aim_o[(GROUP+step)*SIDES*LANES +: SIDES*LANES] = gen_from[STARTS-1].all;
      end
    end

    if (AB_A1 == 0) begin : gen_no_base
      wire unused_base = &{1'b0, base_i};
    end
  endgenerate

  always @(posedge clk_i) begin
    aim_q    <= aim_o;
    across_q <= across;
  end

  assign aim_late_o    = aim_q;
  assign across_late_o = across_q;

endmodule

`default_nettype wire
