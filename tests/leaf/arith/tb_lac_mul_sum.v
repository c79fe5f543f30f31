// lint: -GLANES=8 -GA_W=8 -GB_W=8 -GARRAY=1 | -GLANES=2 -GA_W=17 -GB_W=16 -GARRAY=1 | -GLANES=4 -GA_W=9 -GB_W=8
// variants: -Ptb.LANES=1 | -Ptb.LANES=2 -Ptb.A_W=4 -Ptb.B_W=4 | -Ptb.LANES=4 -Ptb.A_W=9 | -Ptb.LANES=8
// variants: -Ptb.LANES=2 -Ptb.A_W=17 -Ptb.B_W=16 | -Ptb.LANES=8 -Ptb.ARRAY=0
// Random and extreme operands; both forms are brought to the plain sum of products.

module tb;
  parameter LANES = 8;
  parameter A_W   = 8;
  parameter B_W   = 8;
  parameter ARRAY = 1;
  parameter TRIALS = 60;
  localparam OUT_W = A_W + B_W + $clog2(LANES);
  localparam ROWS  = ARRAY != 0 ? 2 : 1;

  reg  [LANES*A_W-1:0]  a;
  reg  [LANES*B_W-1:0]  b;
  wire [ROWS*OUT_W-1:0] sum;
  reg  [63:0]           expected, got, term_a, term_b;
  integer               trial, lane, bit_of, errors;

  lac_mul_sum #(.LANES (LANES), .A_W (A_W), .B_W (B_W), .ARRAY (ARRAY)) u_dut (.a_i (a), .b_i (b), .sum_o (sum));

  initial begin
    errors = 0;
    for (trial = 0; trial < TRIALS; trial = trial + 1) begin
      for (lane = 0; lane < LANES; lane = lane + 1) begin
        a[lane*A_W +: A_W] = $random;
        b[lane*B_W +: B_W] = $random;
        if (trial % 4 == 1) a[lane*A_W +: A_W] = 1 << (A_W - 1);
        if (trial % 8 == 1 || trial % 4 == 2) b[lane*B_W +: B_W] = 1 << (B_W - 1);
        if (trial % 4 == 3) a[lane*A_W +: A_W] = {A_W{1'b1}};
      end
      #1;
      // shift and add on 64 bits, the sign bit subtracts
      expected = 64'd0;
      for (lane = 0; lane < LANES; lane = lane + 1) begin
        term_b = {{64 - B_W{b[lane*B_W+B_W-1]}}, b[lane*B_W +: B_W]};
        for (bit_of = 0; bit_of < A_W; bit_of = bit_of + 1) begin
          term_a = a[lane*A_W+bit_of] ? term_b << bit_of : 64'd0;
          expected = bit_of == A_W - 1 ? expected - term_a : expected + term_a;
        end
      end
      if (ARRAY != 0) begin
        got = {{64 - OUT_W{1'b0}}, sum[OUT_W-1:0]} + {{64 - OUT_W{1'b0}}, sum[ROWS*OUT_W-1 -: OUT_W]};
        got = got - LANES * ((64'd1 << (A_W + B_W - 1)) - (64'd1 << (A_W - 1)) - (64'd1 << (B_W - 1)));
      end else begin
        got = {{64 - OUT_W{sum[OUT_W-1]}}, sum[OUT_W-1:0]};
      end
      if (got !== expected) begin
        errors = errors + 1;
        if (errors < 10) $display("a %h b %h: got %0d, expected %0d", a, b, $signed(got), $signed(expected));
      end
    end
    if (errors == 0) $display("PASS"); else $display("FAIL: %0d errors", errors);
    $finish;
  end
endmodule
