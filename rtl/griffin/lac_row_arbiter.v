// Mode a: chooses the element of A for each slot, once per row of PEs, for all rows at once.
//
// Why: zeros of A are known when A arrives, and all PEs of a row see the same A. So one decision serves N0 PEs.
//
// Parameters:
//   ROWS, LANES  1 to 64
//   D1, D2, D3   distances of mode a (docs/engines/griffin.md)
//   the others are derived; do not set them
// Stage S:
//   nonzero_i: element l of step j of row m at (m * WORDS + j) * LANES + l, zero outside the window and in other modes
//   more_o: bit j - 1: word j has an element left after this cycle
//   busy_o: bit m: some slot of row m works
//   given_i: bit n - 1: this cycle is a step and consumes n words; all zero: no step
// Stage D: registered; zero where the cycle was no step. Row m's part of each at m * its width.
//   take_o: TAKES x LANES, what each slot took: one bit of place 0, its own element of step 0, or of place
//     1 + ((e1 - 1) * (1 + D3) + e3) * (1 + D2) + e2, in the rounds of docs/engines/griffin.md
//   word_o: CHOICES x LANES, the same without e3: choice 0, or 1 + (e1 - 1) * (1 + D2) + e2
//   across_o: OTHERS x LANES, e3 alone, e3 = 1 first
// Latency: nonzero_i to more_o, busy_o 0; to the others 1.
// After reset: nothing consumed.

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

  genvar row, word;
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

  // ---------------------------------------------------------------- row by row

  // What was taken, and the same without one of its distances.
  reg [ROWS*TAKES*LANES-1:0]   take_d, take_q;
  reg [ROWS*CHOICES*LANES-1:0] word_d, word_q;
  reg [ROWS*OTHERS*LANES-1:0]  across_d, across_q;
  reg [ROWS-1:0]               busy;
  reg [LANES-1:0]              now;
  integer                      m, w, f, s;

  always @(*) begin
    take_d   = {ROWS * TAKES * LANES{1'b0}};
    word_d   = {ROWS * CHOICES * LANES{1'b0}};
    across_d = {ROWS * OTHERS * LANES{1'b0}};
    busy     = {ROWS{1'b0}};
    now      = {LANES{1'b0}};
    for (m = 0; m < ROWS; m = m + 1) begin
      now                              = take[m*LANES +: LANES];
      take_d[m*TAKES*LANES +: LANES]   = now;
      word_d[m*CHOICES*LANES +: LANES] = now;
      busy[m]                          = |now;
      for (w = 0; w < D1; w = w + 1) begin
        for (f = 0; f <= D3; f = f + 1) begin
          for (s = 0; s < SIDES; s = s + 1) begin
            now     = take[((1+w*ROUNDS+f*SIDES+s)*ROWS+m)*LANES +: LANES];
            busy[m] = busy[m] | |now;
            take_d[(m*TAKES+1+w*ROUNDS+f*SIDES+s)*LANES +: LANES] = now;
            word_d[(m*CHOICES+1+w*SIDES+s)*LANES +: LANES]        = word_d[(m*CHOICES+1+w*SIDES+s)*LANES +: LANES] |
                                                                    now;
            if (f > 0) begin
              across_d[(m*OTHERS+f-1)*LANES +: LANES] = across_d[(m*OTHERS+f-1)*LANES +: LANES] | now;
            end
          end
        end
      end
    end
  end

  wire step = |given_i;

  always @(posedge clk_i) begin
    take_q   <= take_d & {ROWS * TAKES * LANES{step}};
    word_q   <= word_d & {ROWS * CHOICES * LANES{step}};
    across_q <= across_d & {ROWS * OTHERS * LANES{step}};
  end

  assign take_o   = take_q;
  assign word_o   = word_q;
  assign across_o = across_q;
  assign busy_o   = busy;

endmodule

`default_nettype wire
