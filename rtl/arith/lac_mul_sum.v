// Sum of a few signed products, without propagating a carry where that saves area.
//
// Why: in a dot product the carry chain of each single product is wasted. For an ASIC the partial products of several
// lanes form one heap of bits that is reduced to two rows (sum and carry). One carry chain follows, in lac_adder_tree.
//
// Parameters:
//   LANES     1, 2, 4 or 8
//   A_W, B_W  2 to 17 bits
//   ARRAY     see lac_mul
//   OUT_W     bits of a row; derived; do not set it
//   ROWS      rows out; derived; do not set it
// Output: ARRAY = 0: one row, the signed sum of the products. ARRAY = 1: two unsigned rows; row 0 + row 1 = sum of
//   products + LANES * (2^(A_W+B_W-1) - 2^(A_W-1) - 2^(B_W-1)).
// Latency: combinational.

`default_nettype none

module lac_mul_sum #(
  parameter LANES = 1,
  parameter A_W   = 2,
  parameter B_W   = 2,
  parameter ARRAY = 0,
  parameter OUT_W = A_W + B_W + $clog2(LANES),
  parameter ROWS  = ARRAY != 0 ? 2 : 1
) (
  input  wire [LANES*A_W-1:0]  a_i,
  input  wire [LANES*B_W-1:0]  b_i,
  output wire [ROWS*OUT_W-1:0] sum_o
);

  localparam MIN_W = A_W < B_W ? A_W : B_W;
  localparam MAX_W = A_W < B_W ? B_W : A_W;
  localparam MAX_H = LANES * MIN_W;

  localparam [31:0] LANE_COUNT = LANES;

  // Bits per column of the heap: every lane has one diamond of A_W x B_W partial products.
  function [OUT_W*8-1:0] make_heights(input [7:0] lanes);
    integer   c;
    reg [7:0] rows;
    begin
      rows         = 8'd0;
      make_heights = {(OUT_W * 8) {1'b0}};
      for (c = 0; c < A_W + B_W - 1; c = c + 1) begin
        rows = rows + (c < MIN_W ? 8'd1 : 8'd0) - (c >= MAX_W ? 8'd1 : 8'd0);
        make_heights[c*8 +: 8] = rows * lanes;
      end
    end
  endfunction

  genvar col;
  generate
    if (ARRAY != 0) begin : gen_array
      wire [OUT_W*MAX_H-1:0] heap;

      for (col = 0; col < OUT_W; col = col + 1) begin : gen_col
        // rows of the diamond that reach this column
        localparam FIRST = col < B_W ? 0 : col - B_W + 1;
        localparam LAST  = col < A_W ? col : A_W - 1;
        reg [MAX_H-1:0] column;
        integer         row, lane;

        // Baugh-Wooley: where exactly one sign bit takes part, the product bit is inverted.
        always @(*) begin
          column = {MAX_H{1'b0}};
          for (row = FIRST; row <= LAST; row = row + 1) begin
            for (lane = 0; lane < LANES; lane = lane + 1) begin
              column[(row-FIRST)*LANES+lane] =
                  (a_i[lane*A_W+row] & b_i[lane*B_W+col-row]) ^ ((row == A_W - 1) != (col - row == B_W - 1));
            end
          end
        end

        assign heap[col*MAX_H +: MAX_H] = column;
      end

      lac_compress #(
        .COLS    (OUT_W),
        .MAX_H   (MAX_H),
        .HEIGHTS (make_heights(LANE_COUNT[7:0]))
      ) u_compress (
        .bits_i  (heap),
        .sum_o   (sum_o[OUT_W-1:0]),
        .carry_o (sum_o[2*OUT_W-1:OUT_W])
      );
    end else begin : gen_operator
      reg signed [OUT_W-1:0] sum;
      integer                i;
      always @(*) begin
        sum = {OUT_W{1'b0}};
        for (i = 0; i < LANES; i = i + 1) begin
          sum = sum + $signed(a_i[i*A_W +: A_W]) * $signed(b_i[i*B_W +: B_W]);
        end
      end
      assign sum_o = sum;
    end
  endgenerate

endmodule

`default_nettype wire
