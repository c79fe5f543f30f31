// One processing element of the Griffin engine: a dot product of LANES products whose operands come from windows.
//
// Why: a slot whose own operand is zero works on one of a later step, of another lane or of a neighbour. Which one is decided offline
//      (mode b), for a row of PEs (mode a) or in here (mode ab); docs/griffin.md defines all of it.
// Parameters: LANES, 1 to 64, a power of two; A_W, B_W, operand bits, 2 to 17; ACC_W, accumulator bits;
//      HAS_A, HAS_B, HAS_AB, which modes there are beside dense, and their distances (docs/griffin.md), 0 where the mode is missing;
//      RUN_ON, 1: second accumulator for weights of the next tile, needs TREES >= 2;
//      COUNT, 1: counters, 0 ties them to zero and costs nothing; ARRAY, see lac_mul (leave it). All below ARRAY follow from the
//      others; leave them: TREES, adder trees; WORDS, words of B to choose from; PLACES, places of the window A is chosen from: step d
//      at place d, in mode a as lac_row_spread lays them out, and without modes b and ab one place that holds the row's operands;
//      STEPS, steps of A that the arbiter of mode ab looks at; AIMS, TAKES, CHOICES as lac_column_aim, lac_row_arbiter have them.
// Stage S, the step is decided; mode ab only, ties otherwise:
//      dual_i     the mode is ab
//      aim_i      what the weights of the column point at, from lac_column_aim
//      nonzero_i  element l of step d of the row is not zero, at d * LANES + l
//      more_o     bit j - 1: word j of the window has work left after this cycle (words without weights in the window: none)
//      busy_o     some slot works
//      given_i    bit n - 1: this cycle is a step and gives up n words; all zero: no step
// Stage D, the cycle after; everything here is zero where a cycle was no step, except window_i, aim_late_i, across_late_i, b_i:
//      single_i   a step in mode dense or b: every slot works on word 0
//      row_i      the mode is a; row_take_i, row_word_i, row_across_i, the row's part of what lac_row_arbiter chose (zero in other modes)
//      window_i   place p, lane l at (p * LANES + l) * A_W; b_i word j, lane l at (j * LANES + l) * B_W
//      first_i, last_i, straddle_i  first and last step of a tile; the step's tree 1 belongs to the next tile, own column
// Trees: tree e at (e - 1) * SUM_W of across_o; the PE e columns (across_columns_i) or rows (across_rows_i, mode a) before this one
//      gives its tree e there, in the same cycle. Ties of zero where nothing crosses.
// Draining: as lac_dense_pe: shift_i makes the drain register take drain_i.
// Latency, cycles from the cycle of the input to the first cycle of the output: aim_i, nonzero_i to more_o, busy_o 0;
//      LATENCY = 5 from stage S, 4 from stage D (last_i) to drain_o; shift_i to drain_o SHIFT_LATENCY = 2;
//      stage D to the counts COUNT_LATENCY = 2. first_i, last_i, shift_i as in lac_dense_pe: a shift_i 3 cycles behind last_i or later.
// Throughput: one step per cycle. After reset: nothing consumed, nothing carried over; drain_o unknown until a tile has ended.

`default_nettype none

module lac_griffin_pe #(
  parameter LANES    = 0,
  parameter A_W      = 0,
  parameter B_W      = 0,
  parameter ACC_W    = 32,
  parameter HAS_A    = 0,
  parameter HAS_B    = 0,
  parameter HAS_AB   = 0,
  parameter A_D1     = 0,
  parameter A_D2     = 0,
  parameter A_D3     = 0,
  parameter B_D1     = 0,
  parameter B_D2     = 0,
  parameter B_D3     = 0,
  parameter AB_A1    = 0,
  parameter AB_A2    = 0,
  parameter AB_B1    = 0,
  parameter AB_B2    = 0,
  parameter AB_B3    = 0,
  parameter RUN_ON   = 0,
  parameter COUNT    = 0,
`ifdef LAC_MUL_ARRAY
  parameter ARRAY    = 1,
`else
  parameter ARRAY    = 0,
`endif
  parameter HAS_AIM  = HAS_B > HAS_AB ? HAS_B : HAS_AB,
  parameter D3       = B_D3 > AB_B3 ? B_D3 : AB_B3,
  parameter TREES    = 1 + (A_D3 > D3 ? A_D3 : D3),
  parameter OTHERS   = TREES > 2 ? TREES - 1 : 1,
  parameter WORDS    = 1 + (A_D1 > AB_A1 ? A_D1 : AB_A1),
  parameter LATER    = AB_A1 > 1 ? AB_A1 : 1,
  parameter STEPS    = (1 + AB_A1) * (1 + AB_B1),
  parameter FIRST    = 1 + (B_D1 > AB_B1 ? B_D1 : AB_B1),
  parameter SIDES    = 1 + (B_D2 > AB_B2 ? B_D2 : AB_B2),
  parameter AIMS     = SIDES * (FIRST + AB_A1 + AB_B1 * AB_A1 * (AB_A1 + 3) / 2),
  parameter TAKES    = 1 + A_D1 * (1 + A_D2) * (1 + A_D3),
  parameter CHOICES  = 1 + A_D1 * (1 + A_D2),
  parameter DEPTH    = 1 + B_D1 > STEPS ? 1 + B_D1 : STEPS,
  parameter PLACES   = TAKES * HAS_AIM > DEPTH ? TAKES * HAS_AIM : DEPTH,
  parameter REACH    = 1 + A_D1 > DEPTH ? 1 + A_D1 : DEPTH,
  parameter DISTANCES = REACH > 2 ? REACH - 1 : 1,
  parameter SUM_W    = A_W + B_W + $clog2(LANES) < ACC_W ? A_W + B_W + $clog2(LANES) : ACC_W,
  parameter COUNT_W  = $clog2(LANES + 1)
) (
  input  wire                         clk_i,
  input  wire                         rst_i,

  // stage S
  input  wire                         dual_i,
  input  wire [AIMS*LANES-1:0]        aim_i,
  input  wire [STEPS*LANES-1:0]       nonzero_i,
  output wire [LATER-1:0]             more_o,
  output wire                         busy_o,
  input  wire [AB_A1:0]               given_i,

  // stage D
  input  wire                         single_i,
  input  wire                         row_i,
  input  wire [AIMS*LANES-1:0]        aim_late_i,
  input  wire [WORDS*OTHERS*LANES-1:0] across_late_i,
  input  wire [TAKES*LANES-1:0]       row_take_i,
  input  wire [CHOICES*LANES-1:0]     row_word_i,
  input  wire [OTHERS*LANES-1:0]      row_across_i,
  input  wire [PLACES*LANES*A_W-1:0]  window_i,
  input  wire [WORDS*LANES*B_W-1:0]   b_i,
  input  wire                         first_i,
  input  wire                         last_i,
  input  wire                         straddle_i,

  // trees
  output wire [OTHERS*SUM_W-1:0]      across_o,
  input  wire [OTHERS*SUM_W-1:0]      across_columns_i,
  input  wire [OTHERS*SUM_W-1:0]      across_rows_i,

  input  wire                         shift_i,
  input  wire [ACC_W-1:0]             drain_i,
  output wire [ACC_W-1:0]             drain_o,

  // counts: effectual lanes; operands of A from 1, 2, ... steps on, of another lane, for another PE
  output wire [COUNT_W-1:0]           nonzero_o,
  output wire [DISTANCES*COUNT_W-1:0] borrowed_o,
  output wire [COUNT_W-1:0]           aside_o,
  output wire [COUNT_W-1:0]           abroad_o
);
endmodule

`default_nettype wire
