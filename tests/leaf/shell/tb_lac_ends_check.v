// variants: | -Ptb.PARTS=3 -Ptb.SEED=2 | -Ptb.PARTS=8 -Ptb.SEED=3
// lint: -GPARTS=1 | -GPARTS=3
// Readings of panels of random lengths, lanes with pauses; in some a reading is longer or shorter than its panels.
`default_nettype none

module tb;

  parameter PARTS = 1;
  parameter SEED  = 1;

  reg         clk = 1'b0;
  reg         rst = 1'b1;
  reg         start = 1'b0;
  reg  [31:0] keep = 32'd1, panels = 32'd1;
  reg         take = 1'b0, last = 1'b0;
  wire        bad;

  lac_ends_check #(
    .PARTS (PARTS)
  ) u_dut (
    .clk_i    (clk),
    .rst_i    (rst),
    .start_i  (start),
    .keep_i   (keep),
    .panels_i (panels),
    .take_i   (take),
    .last_i   (last),
    .bad_o    (bad)
  );

  always #5 clk = !clk;

  integer seed, job, reading, panel, word, part, lanes, lane, wrong, bads, goods;
  integer words[0:7];
  reg     want;

  function integer random(input integer low, input integer high);
    random = low + $unsigned($random(seed)) % (high - low + 1);
  endfunction

  task expect_bad(input integer value);
    if (bad !== value[0]) begin
      $display("FAIL job %0d reading %0d lane %0d: bad %0d", job, reading, lane, bad);
      $finish;
    end
  endtask

  task read_once;    // up to the first lane that is wrong
    begin
      lane = 0;
      for (panel = 0; panel < panels && !wrong; panel = panel + 1)
        for (word = 0; word < words[panel] && !wrong; word = word + 1)
          for (part = 0; part < PARTS && !wrong; part = part + 1) begin
            while (random(0, 2) == 0) begin
              take = 1'b0;
              @(negedge clk);
              expect_bad(0);
            end
            take  = 1'b1;
            last  = word == words[panel] - 1;
            lane  = lane + 1;
            want  = (lane == keep) != (lane == lanes);
            wrong = want;
            @(negedge clk);
            expect_bad(want);
          end
      take = 1'b0;
    end
  endtask

  initial begin
    seed = SEED;
    {bads, goods} = 0;
    repeat (2) @(negedge clk);
    rst = 1'b0;
    for (job = 0; job < 500; job = job + 1) begin
      panels = random(1, 8);
      lanes  = 0;
      for (panel = 0; panel < panels; panel = panel + 1) begin
        words[panel] = random(1, 5);
        lanes        = lanes + PARTS * words[panel];
      end
      keep = random(0, 2) ? lanes : lanes + random(0, 2) - 1;
      if (keep == 0) keep = 1;
      wrong = 0;
      start = 1'b1;
      @(negedge clk);
      start = 1'b0;
      for (reading = 0; reading < 3 && !wrong; reading = reading + 1) read_once;
      if (wrong) bads = bads + 1; else goods = goods + 1;
    end
    if (bads < 50 || goods < 50) $display("FAIL %0d bad jobs, %0d good ones", bads, goods);
    $display("PASS 500 jobs");
    $finish;
  end

endmodule

`default_nettype wire
