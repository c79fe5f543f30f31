// variants: | -Ptb.WIDTH=1 -Ptb.DEPTH=2 | -Ptb.WIDTH=70 -Ptb.DEPTH=100 -Ptb.SEED=2
// lint: -GWIDTH=8 -GDEPTH=16 | -GWIDTH=1 -GDEPTH=2 | -GWIDTH=70 -GDEPTH=100
// Random writes and reads against an array; rdata_o must hold while no read is asked for.
`default_nettype none

module tb;

  parameter WIDTH = 8;
  parameter DEPTH = 16;
  parameter SEED = 1;

  reg                      clk, we, re, known;
  reg  [$clog2(DEPTH)-1:0] waddr, raddr;
  reg  [WIDTH-1:0]         wdata, want;
  wire [WIDTH-1:0]         rdata;
  reg  [WIDTH-1:0]         words[0:DEPTH-1];
  integer seed, cycle;

  lac_ram_2p #(
    .WIDTH (WIDTH),
    .DEPTH (DEPTH)
  ) u_dut (
    .clk_i   (clk),
    .we_i    (we),
    .waddr_i (waddr),
    .wdata_i (wdata),
    .re_i    (re),
    .raddr_i (raddr),
    .rdata_o (rdata)
  );

  always #5 clk = ~clk;

  initial begin
    {clk, we, re, known} = 0;
    seed = SEED;
    for (cycle = 0; cycle < 5000; cycle = cycle + 1) begin
      @(negedge clk);
      if (known && rdata !== want) begin
        $display("FAIL cycle %0d: read %h, want %h", cycle, rdata, want);
        $finish;
      end
      // First every word is written once, then both ports work at random, never on one word.
      we = cycle < DEPTH || $random(seed) & 1;
      waddr = cycle < DEPTH ? cycle : {$random(seed)} % DEPTH;
      wdata = {(WIDTH + 31) / 32{$random(seed)}};
      raddr = {$random(seed)} % DEPTH;
      re = cycle >= DEPTH && !(we && waddr == raddr) && $random(seed) & 1;
      if (re) want = words[raddr];
      if (re) known = 1;
      if (we) words[waddr] = wdata;
    end
    $display("PASS %0d cycles", cycle);
    $finish;
  end

endmodule

`default_nettype wire
