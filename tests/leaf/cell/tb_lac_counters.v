// variants: | -Ptb.COUNTERS=5 -Ptb.COUNT_W=11 -Ptb.SEED=2 | -Ptb.COUNTERS=3 -Ptb.COUNT_W=63 -Ptb.SEED=3
// lint: -GCOUNTERS=1 -GCOUNT_W=1 | -GCOUNTERS=5 -GCOUNT_W=11 | -GCOUNTERS=17 -GCOUNT_W=63
// Random numbers, cleared now and then, against sums kept here.
`default_nettype none

module tb;

  parameter COUNTERS = 1;
  parameter COUNT_W  = 4;
  parameter SEED     = 1;

  reg                         clk = 1'b0;
  reg                         rst = 1'b1;
  reg                         clear = 1'b0;
  reg  [COUNTERS*COUNT_W-1:0] counts = 0;
  wire [COUNTERS*64-1:0]      sums;

  lac_counters #(
    .COUNTERS (COUNTERS),
    .COUNT_W  (COUNT_W)
  ) u_dut (
    .clk_i    (clk),
    .rst_i    (rst),
    .clear_i  (clear),
    .counts_i (counts),
    .sums_o   (sums)
  );

  always #5 clk = !clk;

  integer    seed, cycle, i;
  reg [63:0] want [0:COUNTERS-1];

  initial begin
    seed = SEED;
    for (i = 0; i < COUNTERS; i = i + 1) want[i] = 0;
    repeat (2) @(negedge clk);
    rst = 1'b0;
    for (cycle = 0; cycle < 3000; cycle = cycle + 1) begin
      clear  = $unsigned($random(seed)) % 200 == 0;
      for (i = 0; i < COUNTERS; i = i + 1) begin
        counts[i*COUNT_W +: COUNT_W] = {$random(seed), $random(seed)};
        want[i] = clear ? 64'd0 : want[i] + counts[i*COUNT_W +: COUNT_W];
      end
      @(negedge clk);
      for (i = 0; i < COUNTERS; i = i + 1)
        if (sums[i*64 +: 64] !== want[i]) begin
          $display("FAIL cycle %0d counter %0d: %0d instead of %0d", cycle, i, sums[i*64 +: 64], want[i]);
          $finish;
        end
    end
    $display("PASS %0d cycles", cycle);
    $finish;
  end

endmodule

`default_nettype wire
