// variants: -Ptb.ARRAY=0 | -Ptb.STEP=17 | -Ptb.A_W=2 -Ptb.B_W=2 | -Ptb.A_W=9 -Ptb.STEP=51 | -Ptb.A_W=3 -Ptb.B_W=7
// variants: -Ptb.A_W=12 -Ptb.B_W=2
// Every value of a with every value of b (or every STEP-th, both ends included), against repeated addition: the product
// grows by b with a.

module tb;
  parameter A_W   = 8;
  parameter B_W   = 8;
  parameter ARRAY = 1;
  parameter STEP  = 1;

  reg  [A_W-1:0]     a;
  reg  [B_W-1:0]     b;
  wire [A_W+B_W-1:0] product;
  integer            i, j, expected, errors;

  lac_mul #(.A_W (A_W), .B_W (B_W), .ARRAY (ARRAY)) u_dut (.a_i (a), .b_i (b), .product_o (product));

  initial begin
    errors = 0;
    for (j = -(1 << (B_W - 1)); j < (1 << (B_W - 1)); j = j + STEP) begin
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
