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
  parameter ROWS    = 1,
  parameter LANES   = 1,
  parameter D1      = 1,
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

  localparam SLOTS  = ROWS * LANES;
  localparam SIDES  = 1 + D2;
  localparam ROUNDS = SIDES * (1 + D3);   // for each word

  wire [WORDS*SLOTS-1:0] pending;
  wire [TAKES*SLOTS-1:0] take;

  genvar row, word, n;
  generate
    for (row = 0; row < ROWS; row = row + 1) begin : gen_pending
      for (word = 0; word < WORDS; word = word + 1) begin : gen_word
        assign pending[(word*ROWS+row)*LANES +: LANES] = nonzero_i[(row*WORDS+word)*LANES +: LANES];
      end
    end
  endgenerate

  lac_borrow_arbiter #(
    .ROWS      (ROWS),
    .LANES     (LANES),
    .D1        (D1),
    .D2        (D2),
    .D3        (D3)
  ) u_arbiter (
    .clk_i     (clk_i),
    .rst_i     (rst_i),
    .pending_i (pending),
    .take_o    (take),
    .more_o    (more_o),
    .given_i   (given_i)
  );

  // ---------------------------------------------------------------- what was taken, and the same without one of its distances

  reg [TAKES*SLOTS-1:0]   take_q;
  reg [CHOICES*SLOTS-1:0] word_d, word_q;
  reg [OTHERS*SLOTS-1:0]  across_d, across_q;
  integer                 w, f, s;

  always @* begin
    word_d            = {CHOICES * SLOTS{1'b0}};
    across_d          = {OTHERS * SLOTS{1'b0}};
    word_d[SLOTS-1:0] = take[SLOTS-1:0];
    for (w = 0; w < D1; w = w + 1) begin
      for (f = 0; f <= D3; f = f + 1) begin
        for (s = 0; s < SIDES; s = s + 1) begin
          word_d[(1+w*SIDES+s)*SLOTS +: SLOTS] = word_d[(1+w*SIDES+s)*SLOTS +: SLOTS] | take[(1+w*ROUNDS+f*SIDES+s)*SLOTS +: SLOTS];
          if (f > 0) begin
            across_d[(f-1)*SLOTS +: SLOTS] = across_d[(f-1)*SLOTS +: SLOTS] | take[(1+w*ROUNDS+f*SIDES+s)*SLOTS +: SLOTS];
          end
        end
      end
    end
  end

  wire step = |given_i;

  always @(posedge clk_i) begin
    take_q   <= take & {TAKES * SLOTS{step}};
    word_q   <= word_d & {CHOICES * SLOTS{step}};
    across_q <= across_d & {OTHERS * SLOTS{step}};
  end

  // ---------------------------------------------------------------- row by row

  generate
    for (row = 0; row < ROWS; row = row + 1) begin : gen_row
      wire [TAKES*LANES-1:0] now;
      for (n = 0; n < TAKES; n = n + 1) begin : gen_take
        assign now[n*LANES +: LANES]                    = take[(n*ROWS+row)*LANES +: LANES];
        assign take_o[(row*TAKES+n)*LANES +: LANES]     = take_q[(n*ROWS+row)*LANES +: LANES];
      end
      for (n = 0; n < CHOICES; n = n + 1) begin : gen_choice
        assign word_o[(row*CHOICES+n)*LANES +: LANES]   = word_q[(n*ROWS+row)*LANES +: LANES];
      end
      for (n = 0; n < OTHERS; n = n + 1) begin : gen_other
        assign across_o[(row*OTHERS+n)*LANES +: LANES]  = across_q[(n*ROWS+row)*LANES +: LANES];
      end
      assign busy_o[row] = |now;
    end
  endgenerate

endmodule

`default_nettype wire
