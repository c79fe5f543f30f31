// variants: | -Ptb.IN_W=8 -Ptb.OUT_W=8 | -Ptb.IN_W=1 -Ptb.OUT_W=8 | -Ptb.IN_W=8 -Ptb.OUT_W=1
// variants: -Ptb.IN_W=128 -Ptb.OUT_W=1536 | -Ptb.IN_W=128 -Ptb.OUT_W=24 | -Ptb.IN_W=96 -Ptb.OUT_W=128
// variants: -Ptb.IN_W=7 -Ptb.OUT_W=5 | -Ptb.IN_W=5 -Ptb.OUT_W=7
// lint: -GIN_W=32 -GOUT_W=8 | -GIN_W=8 -GOUT_W=8 | -GIN_W=1 -GOUT_W=8 | -GIN_W=8 -GOUT_W=1 | -GIN_W=128 -GOUT_W=1536
// lint: -GIN_W=128 -GOUT_W=24 | -GIN_W=7 -GOUT_W=5 | -GIN_W=5 -GOUT_W=7
// Random segments through random stalls; bits must come out in order, left-over bits vanish; then the rate without
// stalls.
`default_nettype none

module tb;

  parameter IN_W = 32;
  parameter OUT_W = 8;
  parameter SEED = 1;

  reg              clk, rst, in_valid, in_last, out_ready, held, stop;
  reg  [IN_W-1:0]  in_data;
  wire             in_ready, out_valid;
  wire [OUT_W-1:0] out_data;
  reg  [OUT_W-1:0] held_data;
  reg              bits[0:65535];   // the bits that must come out, a ring
  integer cycle, seed, stall, tail, head, filled, words_left, segments, k, ins, outs;

  lac_gearbox #(
    .IN_W  (IN_W),
    .OUT_W (OUT_W)
  ) u_dut (
    .clk_i       (clk),
    .rst_i       (rst),
    .in_valid_i  (in_valid),
    .in_ready_o  (in_ready),
    .in_data_i   (in_data),
    .in_last_i   (in_last),
    .out_valid_o (out_valid),
    .out_ready_i (out_ready),
    .out_data_o  (out_data)
  );

  task fail(input [8*40-1:0] why);
    begin
      $display("FAIL cycle %0d: %0s", cycle, why);
      $finish;
    end
  endtask

  task draw_word;
    begin
      if (words_left == 0) words_left = 1 + {$random(seed)} % 20;
      for (k = 0; k < IN_W; k = k + 1) in_data[k] = $random(seed);
      in_last = words_left == 1;
      words_left = words_left - 1;
      in_valid = 1;
    end
  endtask

  // What the leaf took: its bits are due, but those of an unfilled word at a segment's end.
  task note_word;
    begin
      for (k = 0; k < IN_W; k = k + 1) bits[(tail+k)%65536] = in_data[k];
      tail = tail + IN_W;
      filled = (filled + IN_W) % OUT_W;
      if (in_last) begin
        tail = tail - filled;
        filled = 0;
        segments = segments + 1;
      end
      ins = ins + 1;
    end
  endtask

  task check_word;
    begin
      if (head + OUT_W > tail) fail("word that is not due");
      for (k = 0; k < OUT_W; k = k + 1) if (out_data[k] !== bits[(head+k)%65536]) fail("wrong bit");
      head = head + OUT_W;
      outs = outs + 1;
    end
  endtask

  always #5 clk = ~clk;

  always @(negedge clk) begin
    cycle = cycle + 1;
    if (cycle > 100000) fail("time-out");
    if (~rst) begin
      // What happened at the last rising edge was sampled just before it; now draw the next cycle's inputs.
      if (~in_valid && ~(stop & words_left == 0) && {$random(seed)} % 100 >= stall) draw_word;
      out_ready = {$random(seed)} % 100 >= stall;
    end
  end

  always @(posedge clk) begin
    if (~rst) begin
      if (^{in_ready, out_valid} === 1'bx) fail("X on a handshake");
      if (held & (~out_valid | out_data !== held_data)) fail("output not held");
      held = out_valid & ~out_ready;
      held_data = out_data;
      if (in_valid & in_ready) note_word;
      if (out_valid & out_ready) check_word;
      if (in_valid & in_ready) in_valid <= 0;
    end
  end

  initial begin
    {clk, in_valid, in_last, out_ready, held, stop} = 0;
    {cycle, tail, head, filled, words_left, segments, ins, outs} = 0;
    seed = SEED;
    stall = 40;
    rst = 1;
    repeat (3) @(negedge clk);
    rst = 0;
    while (segments < 200) @(negedge clk);
    stall = 80;
    while (segments < 250) @(negedge clk);
    stall = 0;
    repeat (300) @(negedge clk);
    {ins, outs} = 0;
    repeat (1000) @(negedge clk);
    if (OUT_W >= IN_W && ins < 1000) fail("input cycles lost");
    if (OUT_W <= IN_W && outs < 1000) fail("output cycles lost");
    // Nothing more comes in: all that is due must come out.
    stop = 1;
    while (words_left != 0 | in_valid) @(negedge clk);
    @(negedge clk);
    repeat (3 * (IN_W / OUT_W + 2)) @(negedge clk);
    if (head != tail) fail("words lost");
    $display("PASS %0d segments in %0d cycles", segments, cycle);
    $finish;
  end

endmodule

`default_nettype wire
