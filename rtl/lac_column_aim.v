// What the weights of one column of the visible words point at, one bit per weight and place, decoded once for all its PEs.
//
// Why: the M0 PEs of a column would all decode the same codes. One bit per place is what their muxes and arbiters want.
// Parameters: LANES; HAS_AB, B_D1 ... AB_B3, distances as lac_griffin_pe has them; DIST_W, SIDE_W, ACROSS_W, bits of the fields of a
//      code (docs/griffin.md, any may be 0, not all); all below follow from them, leave them.
// Aims: word 0 has one group of bits for each step 0 .. FIRST-1, word j > 0 (mode ab) for each step j .. j + (j + 1) * AB_B1, which is
//      as far as it can point; groups in this order; within a group, side s = 0 .. SIDES-1, lane l of the weight at s * LANES + l.
//      A bit is set if the weight is not zero and points at that step of the window, s lanes on. At most one bit per weight.
// Ports: nonzero_i, word j, lane l at j * LANES + l, zero for words outside the window and those not visible; code_i alike, times CODE_W;
//      base_i, for word j >= 1 at (j - 1) * BASE_W, steps before the word: sum of the advances of words 0 .. j - 1.
// Latency: aim_o 0; aim_late_o and across_late_o (weight of word j goes to tree e, at ((j * OTHERS) + e - 1) * LANES + l) 1.
// After reset: no reset.

`default_nettype none

module lac_column_aim #(
  parameter LANES    = 0,
  parameter A_D1     = 0,
  parameter A_D3     = 0,
  parameter B_D1     = 0,
  parameter B_D2     = 0,
  parameter B_D3     = 0,
  parameter AB_A1    = 0,
  parameter AB_B1    = 0,
  parameter AB_B2    = 0,
  parameter AB_B3    = 0,
  parameter DIST_W   = $clog2(1 + (B_D1 > AB_B1 ? B_D1 : AB_B1)),
  parameter SIDE_W   = $clog2(1 + (B_D2 > AB_B2 ? B_D2 : AB_B2)),
  parameter D3       = B_D3 > AB_B3 ? B_D3 : AB_B3,
  parameter ACROSS_W = $clog2(1 + D3),
  parameter CODE_W   = DIST_W + SIDE_W + ACROSS_W,
  parameter TREES    = 1 + (A_D3 > D3 ? A_D3 : D3),
  parameter OTHERS   = TREES > 2 ? TREES - 1 : 1,
  parameter WORDS    = 1 + (A_D1 > AB_A1 ? A_D1 : AB_A1),
  parameter LATER    = AB_A1 > 1 ? AB_A1 : 1,
  parameter STEPS    = (1 + AB_A1) * (1 + AB_B1),
  parameter BASE_W   = $clog2(STEPS + 1),
  parameter FIRST    = 1 + (B_D1 > AB_B1 ? B_D1 : AB_B1),
  parameter SIDES    = 1 + (B_D2 > AB_B2 ? B_D2 : AB_B2),
  parameter AIMS     = SIDES * (FIRST + AB_A1 + AB_B1 * AB_A1 * (AB_A1 + 3) / 2)
) (
  input  wire                            clk_i,
  input  wire [WORDS*LANES-1:0]          nonzero_i,
  input  wire [WORDS*LANES*CODE_W-1:0]   code_i,
  input  wire [LATER*BASE_W-1:0]         base_i,
  output wire [AIMS*LANES-1:0]           aim_o,
  output wire [AIMS*LANES-1:0]           aim_late_o,
  output wire [WORDS*OTHERS*LANES-1:0]   across_late_o
);
endmodule

`default_nettype wire
