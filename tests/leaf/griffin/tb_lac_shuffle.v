// variants: | -Ptb.LANES=2 -Ptb.W=1 | -Ptb.LANES=4 -Ptb.W=17 | -Ptb.LANES=16 -Ptb.W=8 | -Ptb.LANES=64 -Ptb.W=2
// lint: -GLANES=2 -GW=9 | -GLANES=4 -GW=8 | -GLANES=64 -GW=17
// Every turn on random lanes, each lane looked up where docs/engines/griffin.md puts it.

module tb;
  parameter LANES = 8;
  parameter W     = 5;

  reg  [1:0]         turn;
  reg  [LANES*W-1:0] lanes;
  wire [LANES*W-1:0] turned;

  lac_shuffle #(.LANES (LANES), .W (W)) u_dut (.turn_i (turn), .lanes_i (lanes), .lanes_o (turned));

  integer errors = 0;
  integer trial, l, to;

  initial begin
    for (trial = 0; trial < 200; trial = trial + 1) begin
      turn = trial;
      for (l = 0; l < LANES * W; l = l + 1) lanes[l] = $random;
      #1;
      for (l = 0; l < LANES; l = l + 1) begin
        to = LANES == 2 ? (l + turn) & 1 : (l & ~3) | ((l + turn) & 3);
        if (turned[to*W +: W] !== lanes[l*W +: W]) begin
          errors = errors + 1;
          if (errors < 10)
            $display("turn %0d, lane %0d: got %0h, expected %0h", turn, to, turned[to*W +: W], lanes[l*W +: W]);
        end
      end
    end
    if (errors == 0) $display("PASS"); else $display("FAIL: %0d errors", errors);
    $finish;
  end
endmodule
