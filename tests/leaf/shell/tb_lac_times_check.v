// variants: | -Ptb.FACTOR=3 -Ptb.SEED=2 | -Ptb.ROUND=1 -Ptb.SEED=3 | -Ptb.FACTOR=8 -Ptb.ROUND=1 -Ptb.SEED=4
// lint: -GFACTOR=1 | -GFACTOR=6 | -GFACTOR=1 -GROUND=1
// Random products near and far from right, some begun while another is checked; what comes, and when, told by division.
`default_nettype none

module tb;

  parameter FACTOR = 1;
  parameter ROUND  = 0;
  parameter SEED   = 1;

  reg         clk = 1'b0;
  reg         rst = 1'b1;
  reg         start = 1'b0;
  reg         used;
  reg  [31:0] total, unit, count;
  wire        bad;
  wire [31:0] bad_pos;

  lac_times_check #(
    .FACTOR (FACTOR),
    .ROUND  (ROUND),
    .AT     (7)
  ) u_dut (
    .clk_i     (clk),
    .rst_i     (rst),
    .start_i   (start),
    .used_i    (used),
    .total_i   (total),
    .unit_i    (unit),
    .count_i   (count),
    .bad_o     (bad),
    .bad_pos_o (bad_pos)
  );

  always #5 clk = !clk;

  integer    seed, job, cycle, cut, bads, goods;
  reg [63:0] step, whole, when;
  reg        want;

  function integer random(input integer low, input integer high);
    random = low + $unsigned($random(seed)) % (high - low + 1);
  endfunction

  task pick;
    begin
      used  = random(0, 6) != 0;
      unit  = random(0, 5) ? random(1, 20) : $random(seed) | 1;
      count = random(1, 12);
      step  = {32'd0, unit} * FACTOR;
      whole = step * count - (ROUND ? $unsigned($random(seed)) % step : 0);
      total = whole[63:32] != 0 ? $random(seed) | 1 : whole[31:0];
      if (random(0, 2) == 0) total = total + random(0, 2) - 1;
      if (random(0, 3) == 0) count = random(0, 1) ? count + 1 : $random(seed) | 1;
      if (total == 0) total = 1;
      whole = ({32'd0, total} + step - 1) / step;    // units, the last one perhaps not whole
      want  = used && (whole != count || (!ROUND && whole * step != total));
      when  = whole < count ? whole : count;         // the cycle it shows in, the first one is 1
      if (want) bads = bads + 1; else goods = goods + 1;
    end
  endtask

  initial begin
    seed = SEED;
    {bads, goods} = 0;
    repeat (2) @(negedge clk);
    rst = 1'b0;
    for (job = 0; job < 3000; job = job + 1) begin
      pick;
      start = 1'b1;
      cut   = random(0, 9) == 0 ? random(1, 5) : 40;
      for (cycle = 1; cycle <= cut; cycle = cycle + 1) begin
        @(negedge clk);
        start = 1'b0;
        if (bad !== (want && cycle == when) || (bad && bad_pos !== 7)) begin
          $display("FAIL job %0d cycle %0d: bad %0d, expected %0d in cycle %0d", job, cycle, bad, want, when);
          $finish;
        end
      end
    end
    if (bads < 500 || goods < 500) $display("FAIL %0d bad jobs, %0d good ones", bads, goods);
    $display("PASS 3000 jobs");
    $finish;
  end

endmodule

`default_nettype wire
