// Signed product of two signed operands, combinational.
//
// Why: an ASIC and an FPGA need different multipliers under one name. An explicit Baugh-Wooley array (no sign
// extension, one heap of partial products, one carry chain) is a fifth smaller than what synthesis makes of `*` for
// standard cells. An FPGA needs the `*` to use its DSP blocks, and a simulator evaluates it in one machine instruction.
//
// Parameters:
//   A_W, B_W  2 to 17 bits
//   ARRAY     1 the array, 0 the operator
//             2, of the leaves that generated code names: the array where SYNTHESIS is defined, as synthesis tools do
//             by themselves, else the operator. It is what `multiplier: array` makes: one bundle simulates fast and
//             synthesises small. The leaf benches show that both give the same.
// Ports: product_o = a_i * b_i, exact in A_W + B_W bits.
// Latency: combinational.

`default_nettype none

module lac_mul #(
  parameter A_W   = 2,
  parameter B_W   = 2,
  parameter ARRAY = 0
) (
  input  wire [A_W-1:0]     a_i,
  input  wire [B_W-1:0]     b_i,
  output wire [A_W+B_W-1:0] product_o
);

  localparam OUT_W = A_W + B_W;

  generate
    if (ARRAY != 0) begin : gen_array
      localparam [OUT_W-1:0] ONE    = {{OUT_W - 1{1'b0}}, 1'b1};
      localparam [OUT_W-1:0] OFFSET = (ONE << (A_W - 1)) + (ONE << (B_W - 1)) - (ONE << (OUT_W - 1));

      wire [2*OUT_W-1:0] rows;

      lac_mul_sum #(
        .LANES (1),
        .A_W   (A_W),
        .B_W   (B_W),
        .ARRAY (1)
      ) u_mul_sum (
        .a_i   (a_i),
        .b_i   (b_i),
        .sum_o (rows)
      );

      lac_adder_tree #(
        .N      (2),
        .W      (OUT_W),
        .OUT_W  (OUT_W),
        .SIGNED (0),
        .OFFSET (OFFSET),
        .ARRAY  (1)
      ) u_adder_tree (
        .terms_i (rows),
        .sum_o   (product_o)
      );
    end else begin : gen_operator
      assign product_o = $signed(a_i) * $signed(b_i);
    end
  endgenerate

endmodule

`default_nettype wire
