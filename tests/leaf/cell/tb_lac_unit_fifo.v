// variants: | -Ptb.UNIT_W=4 -Ptb.UNITS=32 -Ptb.SEED=2 | -Ptb.UNIT_W=16 -Ptb.UNITS=2 -Ptb.SEED=3
// variants: -Ptb.UNITS=1 -Ptb.SEED=4
// lint: -GUNIT_W=8 -GUNITS=4 | -GUNIT_W=4 -GUNITS=32 | -GUNIT_W=16 -GUNITS=1
// Words of counted units go in at random, random numbers of units leave: order, level and room in every cycle; and a
// word's units leave in each cycle while words come.
`default_nettype none

module tb;

  parameter UNIT_W = 8;
  parameter UNITS  = 4;
  parameter SEED   = 1;

  localparam CNT_W = $clog2(2 * UNITS + 1);

  reg                     clk = 1'b0;
  reg                     rst = 1'b1;
  reg                     in_valid = 1'b0;
  wire                    in_ready;
  reg  [UNITS*UNIT_W-1:0] in_data;
  wire [CNT_W-1:0]        level;
  wire [UNITS*UNIT_W-1:0] head;
  reg  [CNT_W-1:0]        take = 0;

  lac_unit_fifo #(
    .UNIT_W     (UNIT_W),
    .UNITS      (UNITS)
  ) u_dut (
    .clk_i      (clk),
    .rst_i      (rst),
    .in_valid_i (in_valid),
    .in_ready_o (in_ready),
    .in_data_i  (in_data),
    .level_o    (level),
    .head_o     (head),
    .take_i     (take)
  );

  always #5 clk = !clk;

  integer seed, cycle, sent, taken, stall, i;
  reg [UNIT_W-1:0] units [0:262143];

  task fail(input [8*40-1:0] why);
    begin
      $display("FAIL cycle %0d: %0s", cycle, why);
      $finish;
    end
  endtask

  function integer random(input integer low, input integer high);
    random = low + $unsigned($random(seed)) % (high - low + 1);
  endfunction

  task step(input integer most);
    begin
      if (!in_valid) begin
        in_valid = random(0, 99) >= stall;
        for (i = 0; i < UNITS; i = i + 1) begin
          units[sent+i] = $random(seed);
          in_data[i*UNIT_W +: UNIT_W] = in_valid ? units[sent+i] : {UNIT_W{1'bx}};
        end
      end
      take = 0;
      #1;
      if (level !== sent - taken) fail("wrong level");
      take = most < level ? most : level;
      #1;
      if (in_ready !== (level - take <= UNITS)) fail("wrong ready");
      for (i = 0; i < UNITS && i < level; i = i + 1)
        if (head[i*UNIT_W +: UNIT_W] !== units[taken+i]) fail("wrong unit");
      taken = taken + take;
      if (in_valid && in_ready) sent = sent + UNITS;
      if (in_ready) i = 1; else i = 0;
      @(negedge clk);
      if (i == 1) in_valid = 1'b0;
      cycle = cycle + 1;
    end
  endtask

  initial begin
    seed = SEED;
    {cycle, sent, taken, stall} = 0;
    repeat (2) @(negedge clk);
    rst = 1'b0;
    step(0);
    repeat (1000) begin
      if (level < UNITS) fail("a word does not follow");
      step(UNITS);
    end
    repeat (3000) begin
      if (cycle % 100 == 0) stall = random(0, 90);
      step(random(0, UNITS));
    end
    $display("PASS %0d units", taken);
    $finish;
  end

endmodule

`default_nettype wire
