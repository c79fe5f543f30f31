// Mode a: which element of A each slot of the array works on, decided once per row of PEs, all rows at once.
//
// Why: zeros of A are known when A is; every PE of a row sees the same A, so one decision serves N0 PEs.
// Parameters: ROWS, 1 to 64; LANES, 1 to 64; D1, D2, D3, distances of mode a (docs/griffin.md); the others follow, leave them.
// Stage S: nonzero_i, element l of step j of row m at (m * WORDS + j) * LANES + l, zero outside the window and in other modes;
//      more_o, bit j - 1: word j has an element left after this cycle; busy_o, bit m: some slot of row m works;
//      given_i, bit n - 1: this cycle is a step and gives up n words, all zero: no step.
// Stage D (registered; zero where the cycle was no step): row m's part of each at m * its width:
//      take_o    TAKES x LANES, what each slot took: one bit of place 0, its own element of step 0, or of place
//                1 + ((e1 - 1) * (1 + D3) + e3) * (1 + D2) + e2; as the rounds of docs/griffin.md
//      word_o    CHOICES x LANES, the same without e3: choice 0, or 1 + (e1 - 1) * (1 + D2) + e2
//      across_o  OTHERS x LANES, e3 alone, e3 = 1 first
// Latency: nonzero_i to more_o, busy_o 0; to the others 1. After reset: nothing consumed.

`default_nettype none

module lac_row_arbiter #(
  parameter ROWS    = 0,
  parameter LANES   = 0,
  parameter D1      = 0,
  parameter D2      = 0,
  parameter D3      = 0,
  parameter WORDS   = 1 + D1,
  parameter LATER   = D1 > 1 ? D1 : 1,
  parameter OTHERS  = D3 > 1 ? D3 : 1,
  parameter TAKES   = 1 + D1 * (1 + D2) * (1 + D3),
  parameter CHOICES = 1 + D1 * (1 + D2)
) (
  input  wire                          clk_i,
  input  wire                          rst_i,

  input  wire [ROWS*WORDS*LANES-1:0]   nonzero_i,
  output wire [LATER-1:0]              more_o,
  output wire [ROWS-1:0]               busy_o,
  input  wire [D1:0]                   given_i,

  output wire [ROWS*TAKES*LANES-1:0]   take_o,
  output wire [ROWS*CHOICES*LANES-1:0] word_o,
  output wire [ROWS*OTHERS*LANES-1:0]  across_o
);
endmodule

`default_nettype wire
