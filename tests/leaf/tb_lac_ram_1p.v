// variants: | -Ptb.WIDTH=1 -Ptb.DEPTH=2 | -Ptb.WIDTH=70 -Ptb.DEPTH=100 -Ptb.SEED=2
// lint: -GWIDTH=8 -GDEPTH=16 | -GWIDTH=1 -GDEPTH=2 | -GWIDTH=70 -GDEPTH=100
// Random writes and reads against an array; rdata_o must hold while no read is asked for, writes included.
`default_nettype none

module tb;

  parameter WIDTH = 8;
  parameter DEPTH = 16;
  parameter SEED = 1;

  reg clk, en, we, known;
  reg [$clog2(DEPTH)-1:0] addr;
  reg [WIDTH-1:0] wdata, want;
  wire [WIDTH-1:0] rdata;
  reg [WIDTH-1:0] words[0:DEPTH-1];
  integer seed, cycle;

  lac_ram_1p #(
      .WIDTH(WIDTH),
      .DEPTH(DEPTH)
  ) u_dut (
      .clk_i  (clk),
      .en_i   (en),
      .we_i   (we),
      .addr_i (addr),
      .wdata_i(wdata),
      .rdata_o(rdata)
  );

  always #5 clk = ~clk;

  initial begin
    {clk, en, we, known} = 0;
    seed = SEED;
    for (cycle = 0; cycle < 5000; cycle = cycle + 1) begin
      @(negedge clk);
      if (known && rdata !== want) begin
        $display("FAIL cycle %0d: read %h, want %h", cycle, rdata, want);
        $finish;
      end
      en = cycle < DEPTH || $random(seed) & 1;
      we = cycle < DEPTH || $random(seed) & 1;
      addr = cycle < DEPTH ? cycle : {$random(seed)} % DEPTH;
      wdata = {(WIDTH + 31) / 32{$random(seed)}};
      if (en & ~we) want = words[addr];
      if (en & ~we) known = 1;
      if (en & we) words[addr] = wdata;
    end
    $display("PASS %0d cycles", cycle);
    $finish;
  end

endmodule

`default_nettype wire
