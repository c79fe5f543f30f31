// variants: -Ptb.A_W=8 -Ptb.B_W=8 -Ptb.ARRAY=0 | -Ptb.A_W=8 -Ptb.B_W=8 -Ptb.ARRAY=1 | -Ptb.A_W=2 -Ptb.B_W=2 -Ptb.ARRAY=1 | -Ptb.A_W=9 -Ptb.B_W=8 -Ptb.ARRAY=1 | -Ptb.A_W=3 -Ptb.B_W=7 -Ptb.ARRAY=1 | -Ptb.A_W=17 -Ptb.B_W=2 -Ptb.ARRAY=1
// Every pair of operands, against repeated addition: the product is stepped by b as a goes up by one.
`timescale 1ns/1ps

module tb;
  parameter A_W   = 8;
  parameter B_W   = 8;
  parameter ARRAY = 1;

  reg  [A_W-1:0]     a;
  reg  [B_W-1:0]     b;
  wire [A_W+B_W-1:0] product;
  integer            i, j, expected, errors;

  lac_mul #(.A_W (A_W), .B_W (B_W), .ARRAY (ARRAY)) u_dut (.a_i (a), .b_i (b), .product_o (product));

  initial begin
    errors = 0;
    for (j = -(1 << (B_W - 1)); j < (1 << (B_W - 1)); j = j + 1) begin
      expected = 0;
      for (i = 0; i < (1 << (A_W - 1)); i = i + 1) begin
        expected = expected - j;
      end
      for (i = -(1 << (A_W - 1)); i < (1 << (A_W - 1)); i = i + 1) begin
        a = i;
        b = j;
        #1;
        if (product !== expected[A_W+B_W-1:0]) begin
          errors = errors + 1;
          if (errors < 10) begin
            $display("%0d * %0d: got %0d, expected %0d", i, j, $signed(product), expected);
          end
        end
        expected = expected + j;
      end
    end
    if (errors == 0) $display("PASS"); else $display("FAIL: %0d errors", errors);
    $finish;
  end
endmodule
