// lint: -GN=16 -GW=16 -GOUT_W=20 -GARRAY=1 | -GN=5 -GW=36 -GOUT_W=32 -GSIGNED=0 -GARRAY=1 | -GN=3 -GW=16 -GOUT_W=18
// variants: -Ptb.N=1 | -Ptb.N=4 -Ptb.W=19 -Ptb.OUT_W=20 -Ptb.SIGNED=0 -Ptb.JOBS=1500 | -Ptb.N=7 -Ptb.W=5 -Ptb.OUT_W=12
// variants: -Ptb.N=16 -Ptb.W=16 -Ptb.OUT_W=20 -Ptb.JOBS=300 | -Ptb.N=5 -Ptb.W=36 -Ptb.OUT_W=32 -Ptb.JOBS=500
// variants: -Ptb.N=5 -Ptb.W=12 -Ptb.OUT_W=9 -Ptb.ARRAY=0 | -Ptb.N=16 -Ptb.SIGNED=0 -Ptb.ARRAY=0
// variants: -Ptb.N=3 -Ptb.ARRAY=0 -Ptb.OUT_W=18
// Random and extreme terms; the expected sum is built bit by bit on 64 bits.

module tb;
  parameter N      = 4;
  parameter W      = 16;
  parameter OUT_W  = 18;
  parameter SIGNED = 1;
  parameter ARRAY  = 1;
  parameter JOBS   = 3000;
  localparam [OUT_W-1:0] OFFSET = 291 * N;

  reg  [N*W-1:0]   terms;
  wire [OUT_W-1:0] sum;
  reg  [63:0]      expected;
  integer          trial, i, k, errors;

  lac_adder_tree #(.N (N), .W (W), .OUT_W (OUT_W), .SIGNED (SIGNED), .OFFSET (OFFSET), .ARRAY (ARRAY))
    u_dut (.terms_i (terms), .sum_o (sum));

  initial begin
    errors = 0;
    for (trial = 0; trial < JOBS; trial = trial + 1) begin
      for (i = 0; i < N * W; i = i + 1) begin
        terms[i] = trial < 2 ? trial : trial == 2 ? i % W == W - 1 : $random;
      end
      #1;
      expected = OFFSET;
      for (i = 0; i < N; i = i + 1) begin
        for (k = 0; k < W; k = k + 1) begin
          if (terms[i*W+k]) expected = SIGNED != 0 && k == W - 1 ? expected - (64'd1 << k) : expected + (64'd1 << k);
        end
      end
      if (sum !== expected[OUT_W-1:0]) begin
        errors = errors + 1;
        if (errors < 10) $display("terms %h: got %h, expected %h", terms, sum, expected[OUT_W-1:0]);
      end
    end
    if (errors == 0) $display("PASS"); else $display("FAIL: %0d errors", errors);
    $finish;
  end
endmodule
