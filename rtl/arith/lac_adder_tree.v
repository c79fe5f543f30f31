// Sum of N values and a constant.
//
// Why: the accumulator needs one number, and a carry chain per addition costs area and time. For an ASIC all terms are
// first reduced to two rows (lac_compress), and one carry chain finishes. It is a separate module because synthesis
// would otherwise merge it with the multipliers around it into wide sign-extended sums.
//
// Parameters:
//   N       terms, 1 to 254 (ARRAY = 0: any)
//   W       bits of a term, at least 2
//   OUT_W   bits of the sum, at least 2, taken modulo 2^OUT_W
//   SIGNED  1 if the terms are signed
//   OFFSET  constant that is added
//   ARRAY   1 reduced explicitly, 0 left to synthesis and simulators (see lac_mul)
// Ports: term n at terms_i[n * W +: W].
// Latency: combinational.

`default_nettype none

module lac_adder_tree #(
  parameter             N      = 2,
  parameter             W      = 2,
  parameter             OUT_W  = 3,
  parameter             SIGNED = 1,
  parameter [OUT_W-1:0] OFFSET = 0,
  parameter             ARRAY  = 0
) (
  input  wire [N*W-1:0]   terms_i,
  output wire [OUT_W-1:0] sum_o
);

  localparam                  MAX_H = N + 1;
  localparam [31:0]           TERMS = N;
  localparam [OUT_W+W-1:0]    SIGN  = {{OUT_W{1'b0}}, 1'b1, {W - 1{1'b0}}};

  // A sign bit s weighs -2^(W-1), which is the same as its complement weighing +2^(W-1) and a constant -2^(W-1).
  localparam [OUT_W-1:0]      CONSTANT = SIGNED != 0 ? OFFSET - times(SIGN[OUT_W-1:0], N) : OFFSET;

  function [OUT_W-1:0] times(input [OUT_W-1:0] value, input integer count);
    integer i;
    begin
      times = {OUT_W{1'b0}};
      for (i = 0; i < count; i = i + 1) begin
        times = times + value;
      end
    end
  endfunction

  // Bits per column: every term that is so wide, and one where the constant has a one.
  function [OUT_W*8-1:0] make_heights(input [7:0] terms);
    integer c;
    begin
      for (c = 0; c < OUT_W; c = c + 1) begin
        make_heights[c*8 +: 8] = (c < W ? terms : 8'd0) + {7'd0, CONSTANT[c]};
      end
    end
  endfunction

  genvar term, col;
  generate
    if (ARRAY != 0) begin : gen_array
      wire [OUT_W*MAX_H-1:0] heap;
      wire [OUT_W-1:0]       sum;
      wire [OUT_W-1:0]       carry;

      for (col = 0; col < OUT_W; col = col + 1) begin : gen_col
        wire [N-1:0] column;
        for (term = 0; term < N; term = term + 1) begin : gen_term
          if (col < W) begin : gen_bit
            assign column[term] = terms_i[term*W+col] ^ (SIGNED != 0 && col == W - 1);
          end else begin : gen_none
            assign column[term] = 1'b0;
          end
        end
        // the constant stands on top of the terms
        assign heap[col*MAX_H +: MAX_H] = col < W ? {CONSTANT[col], column} : {column, CONSTANT[col]};
      end

      lac_compress #(
        .COLS    (OUT_W),
        .MAX_H   (MAX_H),
        .HEIGHTS (make_heights(TERMS[7:0]))
      ) u_compress (
        .bits_i  (heap),
        .sum_o   (sum),
        .carry_o (carry)
      );

      assign sum_o = sum + carry;

      if (W > OUT_W) begin : gen_unused
        wire unused_terms = &{1'b0, terms_i};
      end
    end else begin : gen_operator
      // Terms are extended to the wider of both widths, then the sum is cut.
      localparam WIDE = W >= OUT_W ? W + 1 : OUT_W + 1;

      reg signed [WIDE-1:0] sum;
      integer               i;

      always @(*) begin
        sum = {{WIDE - OUT_W{1'b0}}, OFFSET};
        for (i = 0; i < N; i = i + 1) begin
          sum = sum + $signed({{WIDE - W{SIGNED != 0 && terms_i[i*W+W-1]}}, terms_i[i*W +: W]});
        end
      end

      assign sum_o = sum[OUT_W-1:0];

      wire unused_sum = &{1'b0, sum};
    end
  endgenerate

endmodule

`default_nettype wire
