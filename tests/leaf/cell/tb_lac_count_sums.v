// variants: | -Ptb.PES=1 -Ptb.KINDS=1 -Ptb.W=1 -Ptb.OUT_W=1
// variants: -Ptb.PES=64 -Ptb.KINDS=11 -Ptb.W=5 -Ptb.OUT_W=14 -Ptb.JOBS=100
// variants: -Ptb.PES=5 -Ptb.KINDS=3 -Ptb.W=4 -Ptb.OUT_W=7 | -Ptb.PES=3 -Ptb.KINDS=1 -Ptb.W=9 -Ptb.OUT_W=11
// lint: -GPES=1 -GKINDS=1 -GW=1 -GOUT_W=1 | -GPES=64 -GKINDS=11 -GW=5 -GOUT_W=14 | -GPES=5 -GKINDS=3 -GW=4 -GOUT_W=7
// lint: -GPES=3 -GKINDS=1 -GW=9 -GOUT_W=11
// Random and greatest counts, added up kind by kind, one cycle later; the sums of a reset are zero.

module tb;
  parameter PES   = 6;
  parameter KINDS = 2;
  parameter W     = 3;
  parameter OUT_W = 8;
  parameter JOBS  = 500;

  reg                    clk = 1'b0;
  reg                    rst;
  reg  [PES*KINDS*W-1:0] counts;
  wire [KINDS*OUT_W-1:0] sums;

  lac_count_sums #(.PES (PES), .KINDS (KINDS), .W (W), .OUT_W (OUT_W)) u_dut (
    .clk_i    (clk),
    .rst_i    (rst),
    .counts_i (counts),
    .sums_o   (sums)
  );

  always #5 clk = !clk;

  integer errors = 0;
  integer trial, pe, kind, expected;

  initial begin
    for (trial = 0; trial < JOBS; trial = trial + 1) begin
      rst = trial % 50 == 0;
      for (pe = 0; pe < PES * KINDS; pe = pe + 1) counts[pe*W +: W] = trial % 9 == 8 ? {W{1'b1}} : $random;
      @(negedge clk);
      for (kind = 0; kind < KINDS; kind = kind + 1) begin
        expected = 0;
        for (pe = 0; pe < PES && !rst; pe = pe + 1) expected = expected + counts[(pe*KINDS+kind)*W +: W];
        if (sums[kind*OUT_W +: OUT_W] !== expected % (1 << OUT_W)) begin
          errors = errors + 1;
          if (errors < 10)
            $display("trial %0d, kind %0d: got %0d, expected %0d", trial, kind, sums[kind*OUT_W +: OUT_W], expected);
        end
      end
    end
    if (errors == 0) $display("PASS"); else $display("FAIL: %0d errors", errors);
    $finish;
  end
endmodule
