// variants: | -Ptb.WORDS=1 -Ptb.LATENCY=3 -Ptb.SEED=2 | -Ptb.WORDS=16 -Ptb.CHUNKS=4 -Ptb.SEED=3
// variants: -Ptb.WORDS=6 -Ptb.CHUNKS=3 -Ptb.LATENCY=2 -Ptb.SHIFT_LATENCY=1 -Ptb.SEED=4
// variants: -Ptb.WORDS=3 -Ptb.LATENCY=9 -Ptb.SHIFT_LATENCY=3 -Ptb.SEED=5
// lint: -GWORDS=4 -GCHUNKS=1 -GLATENCY=5 -GSHIFT_LATENCY=2 | -GWORDS=1 -GCHUNKS=1 -GLATENCY=3 -GSHIFT_LATENCY=2
// lint: -GWORDS=256 -GCHUNKS=4 -GLATENCY=5 -GSHIFT_LATENCY=2 | -GWORDS=6 -GCHUNKS=3 -GLATENCY=2 -GSHIFT_LATENCY=1
// Random steps, tokens and gaps. Every output is told in every cycle from the cycles in which tiles have ended: when a
// step is taken, when each result word and each shift is due, when the job is done, and what the cycle was spent on.
`default_nettype none

module tb;

  parameter WORDS         = 4;
  parameter CHUNKS        = 1;
  parameter LATENCY       = 5;
  parameter SHIFT_LATENCY = 2;
  parameter SEED          = 1;

  localparam CHUNK_W      = CHUNKS > 1 ? $clog2(CHUNKS) : 1;
  localparam JOBS         = 60;
  localparam AHEAD        = 1024;   // a ring of coming cycles

  reg                clk = 1'b0;
  reg                rst = 1'b1;
  reg                a_valid, a_first, a_last, a_end, b_valid, b_last, b_late, grant_valid;
  wire               a_ready, b_ready, grant_ready, step, first, last, c_valid, shift, stream_error, done;
  wire [CHUNK_W-1:0] c_chunk;
  wire [2:0]         cause;

  lac_dense_issue #(
    .WORDS         (WORDS),
    .CHUNKS        (CHUNKS),
    .LATENCY       (LATENCY),
    .SHIFT_LATENCY (SHIFT_LATENCY)
  ) u_dut (
    .clk_i          (clk),
    .rst_i          (rst),
    .a_valid_i      (a_valid),
    .a_ready_o      (a_ready),
    .a_first_i      (a_first),
    .a_last_i       (a_last),
    .a_end_i        (a_end),
    .b_valid_i      (b_valid),
    .b_ready_o      (b_ready),
    .b_last_i       (b_last),
    .b_late_i       (b_late),
    .grant_valid_i  (grant_valid),
    .grant_ready_o  (grant_ready),
    .step_o         (step),
    .first_o        (first),
    .last_o         (last),
    .c_valid_o      (c_valid),
    .c_chunk_o      (c_chunk),
    .shift_o        (shift),
    .stream_error_o (stream_error),
    .done_o         (done),
    .cause_o        (cause)
  );

  always #5 clk = !clk;

  integer seed, job, cycle, tile, tiles, at, steps, stall, last_cycle, done_cycle, word;
  reg     want_step, word_due [0:AHEAD-1], shift_due [0:AHEAD-1], shift_free [0:AHEAD-1];
  integer chunk_due [0:AHEAD-1];
  reg [2:0] want_cause;

  task fail(input [8*40-1:0] why);
    begin
      $display("FAIL job %0d tile %0d cycle %0d: %0s", job, tile, cycle, why);
      $finish;
    end
  endtask

  function random(input integer percent);
    random = $unsigned($random(seed)) % 100 < percent;
  endfunction

  // What stands at the inputs this cycle; offers stay until they are taken.
  task drive;
    begin
      a_valid     = tile < tiles && (a_valid || random(100 - stall));
      b_valid     = tile < tiles ? b_valid || random(100 - stall) : random(50);
      grant_valid = grant_valid || random(100 - stall);
      a_first     = a_valid ? at == 0 : 1'bx;
      a_last      = a_valid ? at == steps - 1 : 1'bx;
      a_end       = a_valid ? at == steps - 1 && tile == tiles - 1 : 1'bx;
      b_late      = random(30);
      if (!b_valid) b_last = 1'bx;
      else if (b_last === 1'bx) b_last = at == steps - 1 ^ random(2);
    end
  endtask

  task check;
    begin
      want_step  = a_valid && b_valid && (at < steps - 1 || (grant_valid && cycle - last_cycle >= WORDS));
      want_cause = want_step ? 0 : tile == tiles ? (cycle < done_cycle ? 1 : 7) : !a_valid ? 4 :
                   !b_valid ? (b_late ? 6 : 5) : 7;
      if (step !== want_step || a_ready !== step || b_ready !== step) fail("wrong step");
      if (grant_ready !== (step && at == steps - 1) || last !== grant_ready) fail("wrong end of tile");
      if (step && first !== (at == 0)) fail("wrong first");
      if (stream_error !== (step && b_last != (at == steps - 1))) fail("wrong stream error");
      if (c_valid !== word_due[cycle%AHEAD]) fail("wrong time of a word");
      if (c_valid && c_chunk !== chunk_due[cycle%AHEAD]) fail("wrong chunk");
      if (!shift_free[cycle%AHEAD] && shift !== shift_due[cycle%AHEAD]) fail("wrong time of a shift");
      if (done !== (tile == tiles && cycle >= done_cycle)) fail("wrong done");
      if (cause !== want_cause) fail("wrong cause");
      {word_due[cycle%AHEAD], shift_due[cycle%AHEAD], shift_free[cycle%AHEAD]} = 0;
    end
  endtask

  // Words are due from LATENCY cycles on, one a cycle; a row stands in front when its first word is due. Behind the
  // last row there is none to bring.
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
      if (want_step) begin
        {a_valid, b_valid} = 0;
        b_last = 1'bx;
        if (at == steps - 1) begin
          schedule;
          grant_valid = 1'b0;
          at          = 0;
          tile        = tile + 1;
          steps       = random(50) ? 1 : 1 + $unsigned($random(seed)) % (WORDS + 4);
        end else begin
          at = at + 1;
        end
      end
    end
  endtask

  task run;
    begin
      rst = 1'b1;
      {a_valid, b_valid, grant_valid, a_first, a_last, a_end} = 0;
      b_last = 1'bx;
      repeat (2) @(negedge clk);
      rst        = 1'b0;
      tiles      = 1 + $unsigned($random(seed)) % 12;
      steps      = 1;
      stall      = job % 3 == 0 ? 0 : $unsigned($random(seed)) % 80;
      last_cycle = cycle - WORDS;
      {tile, at} = 0;
      done_cycle = cycle + 100000;
      while (tile < tiles || cycle < done_cycle + 5) begin
        drive;
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
    {cycle, tile} = 0;
    for (word = 0; word < AHEAD; word = word + 1) {word_due[word], shift_due[word], shift_free[word]} = 0;
    for (job = 0; job < JOBS; job = job + 1) run;
    $display("PASS %0d jobs, %0d cycles", JOBS, cycle);
    $finish;
  end

endmodule

`default_nettype wire
