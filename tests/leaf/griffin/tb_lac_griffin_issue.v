// variants: | -Ptb.WINDOW=1 -Ptb.DEPTH=1 -Ptb.PES=1 -Ptb.WORDS=1 -Ptb.LATENCY=3 -Ptb.SEED=2
// variants: -Ptb.WINDOW=1 -Ptb.DEPTH=9 -Ptb.PES=8 -Ptb.WORDS=6 -Ptb.CHUNKS=3 -Ptb.SEED=3
// variants: -Ptb.WINDOW=3 -Ptb.DEPTH=9 -Ptb.PES=64 -Ptb.WORDS=4 -Ptb.SEED=4
// variants: -Ptb.WINDOW=16 -Ptb.DEPTH=16 -Ptb.PES=5 -Ptb.WORDS=5 -Ptb.SHIFT_LATENCY=1 -Ptb.SEED=5
// lint: -GWINDOW=1 -GDEPTH=1 -GPES=1 -GADVANCE_W=1 -GWORDS=1 -GCHUNKS=1
// lint: -GWINDOW=3 -GDEPTH=9 -GPES=64 -GADVANCE_W=4 -GWORDS=4 -GCHUNKS=1
// lint: -GWINDOW=1 -GDEPTH=9 -GPES=8 -GADVANCE_W=4 -GWORDS=6 -GCHUNKS=3
// lint: -GWINDOW=16 -GDEPTH=16 -GPES=15 -GADVANCE_W=1 -GWORDS=5 -GCHUNKS=1
// Every cycle has windows of its own: steps of A, words of B, the array's answer, token. What docs/engines/griffin.md
// makes of them is checked in every cycle, the step at once, errors one cycle later, the cause two cycles later,
// results at the cycles that follow from the tiles' ends.
`default_nettype none

module tb;
  parameter WINDOW        = 2;
  parameter DEPTH         = 4;
  parameter PES           = 6;
  parameter WORDS         = 3;
  parameter CHUNKS        = 1;
  parameter LATENCY       = 5;
  parameter SHIFT_LATENCY = 2;
  parameter SEED          = 1;

  localparam MOST      = DEPTH / WINDOW;       // greatest advance of a word, if the mode sees all words
  localparam ADVANCE_W = $clog2(DEPTH + 1);
  localparam LATER     = WINDOW > 2 ? WINDOW - 1 : 1;
  localparam VISIBLE_W = $clog2(WINDOW + 1);
  localparam SUM_W     = $clog2(DEPTH + 1);
  localparam CHUNK_W   = CHUNKS > 1 ? $clog2(CHUNKS) : 1;
  localparam JOBS      = 40;
  localparam AHEAD     = 256;   // a ring of coming cycles

  localparam MULTIPLY = 0, FILL_DRAIN = 1, IMBALANCE = 2, WAIT_A = 4, WAIT_B = 5, WAIT_META = 6, WAIT_OUT = 7;

  reg                         clk = 1'b0;
  reg                         rst = 1'b1;
  reg  [WINDOW-1:0]           words, b_last;
  reg                         run_on, balanced, a_there, a_ended, b_late, grant_valid;
  reg  [DEPTH-1:0]            a_here, a_lasts;
  reg  [VISIBLE_W-1:0]        b_count;
  reg  [WINDOW*ADVANCE_W-1:0] b_advance;
  reg  [LATER-1:0]            more;
  reg  [PES-1:0]              busy;
  wire [WINDOW*SUM_W-1:0]     sums;
  wire [WINDOW-1:0]           take, in_window;
  wire [VISIBLE_W-1:0]        b_take;
  wire [SUM_W-1:0]            given;
  wire [CHUNK_W-1:0]          c_chunk;
  wire [2:0]                  cause;
  wire                        grant_ready, step, first, last, c_valid, shift, tile, stream_error, done;

  lac_griffin_issue #(
    .WINDOW (WINDOW), .DEPTH (DEPTH), .PES (PES), .ADVANCE_W (ADVANCE_W), .WORDS (WORDS), .CHUNKS (CHUNKS),
    .LATENCY (LATENCY), .SHIFT_LATENCY (SHIFT_LATENCY)
  ) u_dut (
    .clk_i          (clk),
    .rst_i          (rst),
    .words_i        (words),
    .run_on_i       (run_on),
    .balanced_i     (balanced),
    .a_there_i      (a_there),
    .a_here_i       (a_here),
    .a_lasts_i      (a_lasts),
    .a_ended_i      (a_ended),
    .sums_o         (sums),
    .take_o         (take),
    .b_count_i      (b_count),
    .b_last_i       (b_last),
    .b_advance_i    (b_advance),
    .b_late_i       (b_late),
    .b_take_o       (b_take),
    .grant_valid_i  (grant_valid),
    .grant_ready_o  (grant_ready),
    .in_window_o    (in_window),
    .more_i         (more),
    .busy_i         (busy),
    .step_o         (step),
    .first_o        (first),
    .last_o         (last),
    .given_o        (given),
    .c_valid_o      (c_valid),
    .c_chunk_o      (c_chunk),
    .shift_o        (shift),
    .tile_o         (tile),
    .stream_error_o (stream_error),
    .done_o         (done),
    .cause_o        (cause)
  );

  always #5 clk = !clk;

  integer seed, job, cycle, tiles, last_cycle, done_cycle, seen, wide, number, steps, sum, debt, idle, i, word, ends,
          all_errors;
  reg     word_due [0:AHEAD-1], shift_due [0:AHEAD-1], shift_free [0:AHEAD-1];
  integer chunk_due [0:AHEAD-1];
  reg     b_there, ending, want_step, want_last, want_first, want_error;
  integer want_cause, given_before, cause_before, cause_before_that;
  reg     last_before, error_before;

  task fail(input [8*40-1:0] why);
    begin
      $display("FAIL job %0d cycle %0d: %0s", job, cycle, why);
      $finish;
    end
  endtask

  function integer below(input integer bound);
    below = $unsigned($random(seed)) % bound;
  endfunction

  // Words in the window, what is given up with them, and whether there is a step.
  task expect_step;
    begin
      seen    = 0;
      ending  = 1'b0;
      for (i = 0; i < wide && i < b_count && !ending; i = i + 1) begin
        seen   = seen + 1;
        ending = b_last[i];
      end
      b_there   = seen == wide || ending;
      want_step = a_there && b_there && (!ending || (grant_valid && cycle - last_cycle >= WORDS));
      number    = 1;
      while (number < seen && !more[number-1]) number = number + 1;
      want_last = want_step && b_last[number-1];
      steps     = 0;
      for (i = 0; i < number && want_step; i = i + 1) steps = steps + b_advance[i*ADVANCE_W +: ADVANCE_W];
    end
  endtask

  task draw;
    begin
      b_count     = below(WINDOW + 1);
      b_late      = $random(seed);
      grant_valid = below(4) != 0;
      a_there     = !a_ended && below(6) != 0;
      more        = {$random(seed)} & {$random(seed)};
      busy        = below(3) ? {$random(seed), $random(seed)} : {PES{1'b1}};
      for (i = 0; i < WINDOW; i = i + 1) begin
        b_last[i] = below(5) == 0;
        b_advance[i*ADVANCE_W +: ADVANCE_W] = 1 + below(wide == 1 ? DEPTH : MOST);
      end
      expect_step;
      draw_steps;
    end
  endtask

  // Steps of A that fit what is given up, but now and then ones that do not. In run_on the end may lie before the last
  // step.
  task draw_steps;
    begin
      ends    = want_last ? (run_on ? below(steps) : steps - 1) : DEPTH;
      a_here  = a_ended ? {DEPTH{1'b0}} : {DEPTH{1'b1}} >> below(DEPTH + 1 - steps);
      a_lasts = {$random(seed)} & a_here;
      for (i = 0; i < steps; i = i + 1) a_lasts[i] = i == ends;
      if (below(8) == 0) a_lasts = a_lasts ^ (1 << below(DEPTH));
      if (below(8) == 0 && !a_ended) a_here = {DEPTH{1'b1}} >> below(DEPTH);
      a_lasts = a_lasts & a_here;
      ends = 0;
      for (i = 0; i < steps; i = i + 1) ends = ends + a_lasts[i];
      want_error = want_step && (!a_here[steps-1] || ends != want_last || (!run_on && want_last && !a_lasts[steps-1]));
      all_errors = all_errors + want_error;
    end
  endtask

  task expect_cause;
    begin
      idle = 0;
      for (i = 0; i < PES; i = i + 1) idle = idle + !busy[i];
      if (want_step && !balanced) debt = debt + idle;
      want_cause = want_step ? (debt >= PES ? IMBALANCE : MULTIPLY) :
                   a_ended ? (cycle < done_cycle ? FILL_DRAIN : WAIT_OUT) :
                   !a_there ? WAIT_A : !b_there ? (b_late ? WAIT_META : WAIT_B) : WAIT_OUT;
      if (debt >= PES) debt = debt - PES;
    end
  endtask

  task check;
    begin
      if (in_window !== (1 << seen) - 1) fail("wrong window");
      sum = 0;
      for (i = 0; i < number; i = i + 1) begin
        sum = sum + b_advance[i*ADVANCE_W +: ADVANCE_W];
        if (sums[i*SUM_W +: SUM_W] !== sum) fail("wrong sum of advances");
      end
      if (step !== want_step) fail("wrong step");
      if (take !== (want_step ? 1 << (number - 1) : 0) || b_take !== (want_step ? number : 0))
        fail("wrong number of words");
      if (grant_ready !== want_last || last !== want_last) fail("wrong end of tile");
      if (step && first !== want_first) fail("wrong first");
      if (given !== given_before || tile !== last_before) fail("wrong word of the cycle before");
      if (stream_error !== error_before) fail("wrong stream error");
      if (cause !== cause_before_that) fail("wrong cause");
      if (done !== (a_ended && cycle >= done_cycle)) fail("wrong done");
      if (c_valid !== word_due[cycle%AHEAD]) fail("wrong time of a word");
      if (c_valid && c_chunk !== chunk_due[cycle%AHEAD]) fail("wrong chunk");
      if (!shift_free[cycle%AHEAD] && shift !== shift_due[cycle%AHEAD]) fail("wrong time of a shift");
      {word_due[cycle%AHEAD], shift_due[cycle%AHEAD], shift_free[cycle%AHEAD]} = 0;
    end
  endtask

  // As in the dense engine: words from LATENCY cycles on, one a cycle, a row in front when its first word is due.
  task schedule;
    begin
      for (word = 0; word < WORDS; word = word + 1) begin
        word_due[(cycle+LATENCY+word)%AHEAD]  = 1'b1;
        chunk_due[(cycle+LATENCY+word)%AHEAD] = word % CHUNKS;
        if (word > 0 && word % CHUNKS == 0) shift_due[(cycle+LATENCY+word-SHIFT_LATENCY)%AHEAD] = 1'b1;
      end
      shift_free[(cycle+LATENCY+WORDS-SHIFT_LATENCY)%AHEAD] = 1'b1;
      last_cycle = cycle;
      done_cycle = cycle + LATENCY + WORDS;
    end
  endtask

  task advance;
    begin
      cause_before_that = cause_before;
      cause_before      = want_cause;
      given_before      = steps;
      last_before       = want_last;
      error_before      = want_error;
      if (want_step) want_first = want_last;
      if (want_last) begin
        schedule;
        tiles = tiles - 1;
      end
      if (tiles == 0) a_ended = 1'b1;
    end
  endtask

  task run;
    begin
      rst    = 1'b1;
      wide   = below(2) ? 1 : 1 + below(WINDOW);
      words  = (1 << wide) - 1;
      run_on = wide == 1 && below(2);
      {balanced, a_ended, a_there, grant_valid, b_count, a_here, a_lasts, more, busy, b_late} = 0;
      balanced = below(4) == 0;
      repeat (2) @(negedge clk);
      rst   = 1'b0;
      tiles = 1 + below(20);
      {debt, given_before, last_before, error_before} = 0;
      cause_before      = WAIT_A;
      cause_before_that = WAIT_A;
      want_first        = 1'b1;
      last_cycle        = cycle - WORDS;
      done_cycle        = cycle + 100000;
      while (!a_ended || cycle < done_cycle + 5) begin
        draw;
        expect_cause;
        #1 check;
        @(posedge clk) #1 advance;
        @(negedge clk);
        cycle = cycle + 1;
        if (cycle > 100000) fail("no end");
      end
    end
  endtask

  initial begin
    seed = SEED;
    {cycle, all_errors} = 0;
    for (word = 0; word < AHEAD; word = word + 1) {word_due[word], shift_due[word], shift_free[word]} = 0;
    for (job = 0; job < JOBS; job = job + 1) run;
    $display("PASS %0d jobs, %0d cycles, %0d stream errors", JOBS, cycle, all_errors);
    $finish;
  end
endmodule

`default_nettype wire
