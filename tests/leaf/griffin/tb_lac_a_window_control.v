// variants: | -Ptb.RING=1 -Ptb.DEPTH=1 -Ptb.STEPS=1 -Ptb.WORDS=1 -Ptb.SEED=2
// variants: -Ptb.RING=16 -Ptb.DEPTH=9 -Ptb.STEPS=8 -Ptb.WORDS=3 -Ptb.SEED=3
// variants: -Ptb.RING=8 -Ptb.DEPTH=3 -Ptb.STEPS=6 -Ptb.WORDS=3 -Ptb.SEED=4
// variants: -Ptb.RING=32 -Ptb.DEPTH=16 -Ptb.STEPS=13 -Ptb.WORDS=16 -Ptb.SEED=5
// variants: -Ptb.RING=16 -Ptb.DEPTH=16 -Ptb.STEPS=1 -Ptb.WORDS=4 -Ptb.SEED=6
// lint: -GRING=4 -GDEPTH=2 -GSTEPS=2 -GWORDS=2 | -GRING=1 -GDEPTH=1 -GSTEPS=1 -GWORDS=1
// lint: -GRING=16 -GDEPTH=9 -GSTEPS=8 -GWORDS=3 | -GRING=8 -GDEPTH=3 -GSTEPS=6 -GWORDS=3
// lint: -GRING=32 -GDEPTH=16 -GSTEPS=13 -GWORDS=16 | -GRING=16 -GDEPTH=16 -GSTEPS=1 -GWORDS=4
// Jobs of random tiles in beats of random length, looked at from random depths and given up by random words. Every
// output is told in every cycle from a list of all steps that came: for each its tile, whether it is the tile's last.
`default_nettype none

module tb;
  parameter RING  = 4;
  parameter DEPTH = 2;
  parameter STEPS = 2;
  parameter WORDS = 2;
  parameter SEED  = 1;

  localparam NUMBER_W = $clog2(STEPS + 1);
  localparam SUM_W    = $clog2(DEPTH + 1);
  localparam TAIL_W   = STEPS > 1 ? $clog2(STEPS) : 1;
  localparam HEAD_W   = RING > 1 ? $clog2(RING) : 1;
  localparam KEPT     = 2 * RING;
  localparam JOBS     = 30;

  reg                    clk = 1'b0;
  reg                    rst = 1'b1;
  reg                    a_valid, a_first, a_last, a_end, end_only;
  wire                   a_ready, there, ended;
  reg  [NUMBER_W-1:0]    a_count;
  reg  [SUM_W-1:0]       depth;
  wire [DEPTH-1:0]       here, lasts;
  reg  [WORDS*SUM_W-1:0] sums;
  reg  [WORDS-1:0]       take;
  wire [RING-1:0]        write;
  wire [TAIL_W-1:0]      tail;
  wire [1:0]             turn;
  wire [HEAD_W-1:0]      head_next;

  lac_a_window_control #(.RING (RING), .DEPTH (DEPTH), .STEPS (STEPS), .WORDS (WORDS)) u_dut (
    .clk_i       (clk),
    .rst_i       (rst),
    .a_valid_i   (a_valid),
    .a_ready_o   (a_ready),
    .a_count_i   (a_count),
    .a_first_i   (a_first),
    .a_last_i    (a_last),
    .a_end_i     (a_end),
    .depth_i     (depth),
    .end_only_i  (end_only),
    .there_o     (there),
    .here_o      (here),
    .lasts_o     (lasts),
    .sums_i      (sums),
    .take_i      (take),
    .ended_o     (ended),
    .write_o     (write),
    .tail_o      (tail),
    .turn_o      (turn),
    .head_next_o (head_next)
  );

  always #5 clk = !clk;

  reg     is_last [0:KEPT-1];
  integer seed, job, cycle, head, came, gives, tiles, left, in_tile, s, k, errors, checked;
  reg     good, end_came, excused, accepted;

  function integer below(input integer bound);
    below = $unsigned($random(seed)) % bound;
  endfunction

  task check(input right, input [8*12-1:0] what);
    begin
      checked = checked + 1;
      if (right !== 1'b1) begin
        errors = errors + 1;
        if (errors < 10) $display("job %0d cycle %0d: wrong %0s, %0d steps in the ring", job, cycle, what, came - head);
      end
    end
  endtask

  // The next beat of the job; it stays until it is taken.
  task drive_a;
    if (!a_valid && left > 0 && below(5) != 0) begin
      a_valid = 1'b1;
      a_count = 1 + below(left < STEPS ? left : STEPS);
      a_first = in_tile == 0;
      a_last  = a_count == left;
      a_end   = a_last && tiles == 1;
    end
  endtask

  // Words give up no more than there is; those behind the chosen one may say anything.
  task drive_take;
    begin
      take  = {WORDS{1'b0}};
      gives = 0;
      for (k = 0; k < WORDS; k = k + 1) sums[k*SUM_W +: SUM_W] = below(DEPTH + 1);
      k = below(WORDS);
      if (below(3) != 0 && sums[k*SUM_W +: SUM_W] <= came - head) begin
        take[k] = 1'b1;
        gives   = sums[k*SUM_W +: SUM_W];
      end
    end
  endtask

  task check_view;
    begin
      excused = end_only && end_came && came > head;
      for (s = 0; s < DEPTH; s = s + 1) begin
        check(here[s] === (head + s < came), "here");
        check(lasts[s] === (head + s < came && is_last[(head+s)%KEPT]), "lasts");
        if (!end_only && s < depth && head + s < came && is_last[(head+s)%KEPT]) excused = 1'b1;
      end
      check(there === (came - head >= depth || excused), "there");
      check(ended === (end_came && came == head), "ended");
    end
  endtask

  task check_writing;
    begin
      accepted = a_valid && came - head - gives + STEPS <= RING;
      check(a_ready === (came - head - gives + STEPS <= RING), "ready");
      check(head_next === (head + gives) % RING, "head");
      for (s = 0; s < RING; s = s + 1) begin
        good = (s + RING - came % RING) % RING < STEPS;
        if ((s + RING - came % RING) % RING < a_count || !good) check(write[s] === (accepted && good), "write");
      end
      if (STEPS > 1) check(tail === came % (1 << TAIL_W), "tail");
      if (a_valid) check(turn === in_tile % 4, "turn");
    end
  endtask

  task advance;
    begin
      if (accepted) begin
        for (s = 0; s < a_count; s = s + 1) is_last[(came+s)%KEPT] = a_last && s == a_count - 1;
        came     = came + a_count;
        in_tile  = a_last ? 0 : in_tile + a_count;
        left     = left - a_count;
        end_came = end_came || a_end;
        if (a_last) begin
          tiles = tiles - 1;
          left  = tiles > 0 ? 1 + below(3 * DEPTH) : 0;
        end
        a_valid = 1'b0;
      end
      head = head + gives;
    end
  endtask

  task run;
    begin
      rst = 1'b1;
      {a_valid, a_first, a_last, a_end, end_came} = 0;
      a_count = 1;
      take    = {WORDS{1'b0}};
      sums    = {WORDS * SUM_W{1'b0}};
      @(negedge clk);
      rst = 1'b0;
      {head, came, in_tile} = 0;
      tiles    = 1 + below(6);
      left     = 1 + below(3 * DEPTH);
      depth    = 1 + below(DEPTH);
      end_only = below(2);
      for (cycle = 0; cycle < 1000 && !(end_came && came == head && cycle % 4 == 3); cycle = cycle + 1) begin
        drive_a;
        #1 check_view;
        drive_take;
        #1 check_writing;
        @(posedge clk) #1 advance;
        @(negedge clk);
      end
      check(end_came && came == head, "end");
    end
  endtask

  initial begin
    seed = SEED;
    {errors, checked} = 0;
    for (job = 0; job < JOBS; job = job + 1) run;
    if (errors == 0) $display("PASS"); else $display("FAIL: %0d errors in %0d checks", errors, checked);
    $finish;
  end
endmodule

`default_nettype wire
