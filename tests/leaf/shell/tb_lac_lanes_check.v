// variants: | -Ptb.LANE_W=64 -Ptb.SEED=2 | -Ptb.LANE_W=8 -Ptb.BUS_W=512 -Ptb.SEED=3
// variants: -Ptb.LANE_W=20 -Ptb.BUS_W=32 -Ptb.SEED=4 | -Ptb.LANE_W=96 -Ptb.BUS_W=64 -Ptb.SEED=5
// lint: -GLANE_W=8 -GBUS_W=512 | -GLANE_W=20 -GBUS_W=32 | -GLANE_W=96 -GBUS_W=64 | -GLANE_W=1 -GBUS_W=32
// Random readings near and far from what fits; the register that is blamed told by plain arithmetic, and when.
`default_nettype none

module tb;

  parameter LANE_W = 24;
  parameter BUS_W  = 64;
  parameter SEED   = 1;

  reg         clk = 1'b0;
  reg         rst = 1'b1;
  reg         start = 1'b0;
  reg         used;
  reg  [31:0] bytes, keep;
  reg  [15:0] drop;
  wire        bad;
  wire [31:0] bad_pos;

  lac_lanes_check #(
    .LANE_W   (LANE_W),
    .BUS_W    (BUS_W),
    .AT_BYTES (1),
    .AT_DROP  (2)
  ) u_dut (
    .clk_i     (clk),
    .rst_i     (rst),
    .start_i   (start),
    .used_i    (used),
    .bytes_i   (bytes),
    .keep_i    (keep),
    .drop_i    (drop),
    .bad_o     (bad),
    .bad_pos_o (bad_pos)
  );

  always #5 clk = !clk;

  integer    seed, job, cycle, want, hits[0:2];
  reg [63:0] bits, beats;

  function integer random(input integer low, input integer high);
    random = low + $unsigned($random(seed)) % (high - low + 1);
  endfunction

  task pick;
    begin
      used  = random(0, 4) != 0;
      keep  = random(0, 3) ? random(1, 100) : $random(seed);
      if (keep == 0) keep = 1;
      bits  = keep * {32'd0, LANE_W};
      bytes = (bits + 7) / 8;
      beats = (bits + BUS_W - 1) / BUS_W;
      drop  = (beats * BUS_W - bits) / LANE_W;
      case (random(0, 5))
        0: bytes = bytes + random(0, 2) - 1;
        1: bytes = $random(seed);
        2: drop  = drop + 1;
        3: if (drop != 0) drop = drop - 1;
        default: ;
      endcase
      if (drop > (BUS_W - 1) / LANE_W) drop = (BUS_W - 1) / LANE_W;
      want = !used                                              ? 0 :
             {32'd0, bytes} != (bits + 7) / 8                   ? 1 :
             drop != (beats * BUS_W - bits) / LANE_W            ? 2 : 0;
      hits[want] = hits[want] + 1;
    end
  endtask

  initial begin
    seed = SEED;
    for (want = 0; want < 3; want = want + 1) hits[want] = 0;
    repeat (2) @(negedge clk);
    rst = 1'b0;
    for (job = 0; job < 2000; job = job + 1) begin
      pick;
      start = 1'b1;
      for (cycle = 0; cycle < 6; cycle = cycle + 1) begin
        @(negedge clk);
        start = 1'b0;
        if (bad !== (cycle == 2 && want != 0) || (bad && bad_pos !== want)) begin
          $display("FAIL job %0d cycle %0d: bad %0d, register %0d, expected %0d", job, cycle, bad, bad_pos, want);
          $finish;
        end
      end
    end
    for (want = 0; want < 3; want = want + 1)
      if (hits[want] < 10 && (want != 2 || LANE_W < BUS_W))
        $display("FAIL register %0d blamed %0d times only", want, hits[want]);
    $display("PASS 2000 jobs");
    $finish;
  end

endmodule

`default_nettype wire
