// variants: | -Ptb.CYCLES=1 -Ptb.SEED=2 | -Ptb.CYCLES=7 -Ptb.SEED=3 | -Ptb.CYCLES=64 -Ptb.SEED=4
// lint: -GCYCLES=4 | -GCYCLES=1 | -GCYCLES=7 | -GCYCLES=64
// Random pulses; the output must be high for just CYCLES cycles after the last of them.
`default_nettype none

module tb;

  parameter CYCLES = 4;
  parameter SEED   = 1;

  reg     clk = 1'b0;
  reg     rst = 1'b1;
  reg     in = 1'b0;
  wire    out;
  integer seed, cycle, last;

  lac_hold #(
    .CYCLES (CYCLES)
  ) u_dut (
    .clk_i (clk),
    .rst_i (rst),
    .in_i  (in),
    .out_o (out)
  );

  always #5 clk = !clk;

  initial begin
    seed = SEED;
    last = -CYCLES - 1;
    @(negedge clk) rst = 1'b0;
    for (cycle = 0; cycle < 5000; cycle = cycle + 1) begin
      in = {$random(seed)} % (2 * CYCLES) == 0;
      if (in) last = cycle;
      #1;
      if (out !== (cycle - last <= CYCLES)) begin
        $display("FAIL cycle %0d, last pulse at %0d: out %b", cycle, last, out);
        $finish;
      end
      @(negedge clk);
    end
    $display("PASS %0d cycles", cycle);
    $finish;
  end

endmodule

`default_nettype wire
