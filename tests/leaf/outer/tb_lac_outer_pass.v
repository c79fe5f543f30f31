// variants: | -Ptb.BLOCKS=1 -Ptb.WORDS=64 -Ptb.SHOW_W=7 -Ptb.SLOTS=4 -Ptb.SEED=2
// variants: -Ptb.BLOCKS=4 -Ptb.KNOWN=16 -Ptb.SLOTS=8 -Ptb.SEED=3
// lint: -GBLOCKS=1 -GWORDS=64 -GSHOW_W=4 | -GBLOCKS=4 -GWORDS=4096 -GSHOW_W=7 -GKNOWN=256 -GSLOTS=2
// lint: -GBLOCKS=16 -GWORDS=4 -GSHOW_W=3 -GKNOWN=2 -GSLOTS=8
// Random showings of random panels against what has been learnt of each m-tile: which k-tiles go on, when, and that
// each store is told every word in order, those of k-tiles that were dropped as words to pass over. Only k-tiles
// without a row may be dropped, never a panel's last.
`default_nettype none

module tb;

  parameter BLOCKS = 2, WORDS = 16, SHOW_W = 3, KNOWN = 8, SLOTS = 2, SEED = 1;

  localparam JUMP_W = $clog2(WORDS) + 1, TURN_W = BLOCKS > 1 ? $clog2(BLOCKS) : 1, JOBS = 60, MOST = 4096,
             SHOWS = SLOTS + 6, STEPS = KNOWN + 4;
  localparam LONGEST = WORDS < 1 << SHOW_W ? WORDS / 2 : (1 << SHOW_W) - 1;

  reg                      clk, rst, start, list_valid, list_last, list_end, out_ready, known, empty;
  reg  [31:0]              panels, block_panels, list_number;
  reg  [BLOCKS*SHOW_W-1:0] list_words;
  reg  [TURN_W-1:0]        list_turn;
  wire [TURN_W-1:0]        turn, turn_next;
  reg  [BLOCKS-1:0]        show_ready;
  wire                     list_ready, out_valid, out_last;
  wire [31:0]              out_number;
  wire [BLOCKS-1:0]        show_valid;
  wire [BLOCKS*JUMP_W-1:0] show_jump;
  wire [BLOCKS*SHOW_W-1:0] show_words;

  lac_outer_pass #(.BLOCKS (BLOCKS), .WORDS (WORDS), .SHOW_W (SHOW_W), .KNOWN (KNOWN), .SLOTS (SLOTS)) u_dut (
    .clk_i (clk), .rst_i (rst), .start_i (start), .panels_i (panels), .block_panels_i (block_panels),
    .list_valid_i (list_valid), .list_ready_o (list_ready), .list_number_i (list_number), .list_last_i (list_last),
    .list_end_i (list_end), .list_words_i (list_words), .out_valid_o (out_valid), .out_ready_i (out_ready),
    .out_number_o (out_number), .out_last_o (out_last), .show_valid_o (show_valid), .show_ready_i (show_ready),
    .show_jump_o (show_jump), .show_words_o (show_words), .list_turn_i (list_turn), .turn_o (turn),
    .turn_next_o (turn_next), .known_i (known), .empty_i (empty)
  );

  always #5 clk = ~clk;

  integer seed, cycle, job;

  task fail(input [8*40-1:0] why);
    begin
      $display("FAIL job %0d, cycle %0d: %0s", job, cycle, why);
      $finish;
    end
  endtask

  function integer below(input integer limit);
    below = $unsigned($random(seed)) % limit;
  endfunction

  // ---------------------------------------------------------------- a job: the list in order

  integer          entries;
  integer          number_of[0:MOST-1], tile_of[0:MOST-1], words_of[0:MOST*BLOCKS-1], turn_of[0:MOST-1];
  reg              last_of[0:MOST-1], end_of[0:MOST-1];
  reg [STEPS-1:0]  empty_of[0:MOST-1];         // by m-tile and k-tile
  integer          tile, panel, step, g, percent, a_percent;

  task add_entry(input last, input ends);
    begin
      number_of[entries] = step;
      tile_of[entries]   = tile;
      last_of[entries]   = last;
      end_of[entries]    = ends;
      turn_of[entries]   = below(BLOCKS);
      for (g = 0; g < BLOCKS; g = g + 1) words_of[entries*BLOCKS+g] = 1 + below(LONGEST);
      entries = entries + 1;
    end
  endtask

  // Numbers from KNOWN on are there, too; steady: not so in a quarter of the jobs.
  reg steady;
  task make_job;
    integer in_group;
    begin
      entries      = 0;
      panels       = 1 + below(20);
      block_panels = job % 4 == 3 && panels > 1 ? 1 + below(panels - 1) : panels;
      steady       = block_panels >= panels;
      percent      = below(101);
      a_percent    = below(101);
      in_group     = 1 + below(5);
      for (tile = 0; tile < 6; tile = tile + 1) begin
        for (step = 0; step < STEPS; step = step + 1) empty_of[tile][step] = below(100) < a_percent;
        for (panel = 0; panel < in_group; panel = panel + 1) begin
          for (step = below(STEPS); step < STEPS; step = step + 1) if (below(100) < percent) add_entry(1'b0, 1'b0);
          if (entries == 0 || tile_of[entries-1] != tile || panel == 0 || last_of[entries-1]) begin
            step = STEPS - 1;
            add_entry(1'b0, 1'b0);
          end
          last_of[entries-1] = 1'b1;
        end
        end_of[entries-1] = 1'b1;
      end
    end
  endtask

  // ---------------------------------------------------------------- what is due

  integer         at, at_out, at_known, loads, shows[0:BLOCKS-1], told[0:BLOCKS-1], sum[0:BLOCKS-1], drops, tells;
  integer         load_of[0:MOST-1];           // entries that went on
  integer         jump_of[0:MOST*BLOCKS-1], count_of[0:MOST*BLOCKS-1];   // of the shows told to a block
  reg [BLOCKS-1:0] took;
  reg [STEPS-1:0] is_known;                    // of the m-tile at hand, as found by loads
  reg             pending, want_drop, room, want_load, ref_valid, want_tell, stalls;

  task drive;
    begin
      if (!list_valid) list_valid = at < entries && !(stalls && below(2));
      list_number = list_valid ? number_of[at] : 32'bx;
      list_last   = list_valid ? last_of[at] : 1'bx;
      list_end    = list_valid ? end_of[at] : 1'bx;
      for (g = 0; g < BLOCKS; g = g + 1)
        list_words[g*SHOW_W +: SHOW_W] = list_valid ? words_of[at*BLOCKS+g] : {SHOW_W{1'bx}};
      list_turn  = list_valid ? turn_of[at] : {TURN_W{1'bx}};
      out_ready  = !(stalls && below(3));
      show_ready = stalls ? $random(seed) : {BLOCKS{1'b1}};
      known      = at_known < at_out && below(4) == 0;
      empty      = known ? empty_of[tile_of[load_of[at_known]]][number_of[load_of[at_known]]] : 1'bx;
    end
  endtask

  task check;
    begin
      room = loads - at_known < 8;
      for (g = 0; g < BLOCKS; g = g + 1) if (told[g] - shows[g] >= SHOWS) room = 1'b0;
      want_drop = list_valid && number_of[at] < KNOWN && is_known[number_of[at]] && !last_of[at];
      want_load = list_valid && !want_drop && room && (!ref_valid || out_ready);
      want_tell = want_load || (!list_valid && pending && room);
      if (list_ready !== (want_drop || want_load)) fail("wrong choice");
      if (want_drop && !empty_of[tile_of[at]][number_of[at]]) fail("bench: dropped with rows");
      if (out_valid !== ref_valid) fail("wrong time of a k-tile");
      if (ref_valid && (out_number !== number_of[load_of[at_out]] || out_last !== last_of[load_of[at_out]]))
        fail("wrong k-tile");
      if (at_known + known < loads && turn !== turn_of[load_of[at_known+known]]) fail("wrong turn");
      if (at_known + known + 1 < loads && turn_next !== turn_of[load_of[at_known+known+1]]) fail("wrong next turn");
      for (g = 0; g < BLOCKS; g = g + 1) begin
        if (show_valid[g] !== (shows[g] < told[g])) fail("wrong time of a show");
        if (show_valid[g] && (show_jump[g*JUMP_W +: JUMP_W] !== jump_of[shows[g]*BLOCKS+g] ||
                              show_words[g*SHOW_W +: SHOW_W] !== count_of[shows[g]*BLOCKS+g])) fail("wrong show");
      end
      took = show_valid & show_ready;
    end
  endtask

  // A store never has more words dropped than it holds; here there may be more, and the sum turns over.
  task advance;
    begin
      for (g = 0; g < BLOCKS; g = g + 1) begin
        shows[g] = shows[g] + took[g];
        if (want_tell) begin
          jump_of[told[g]*BLOCKS+g]  = sum[g];
          count_of[told[g]*BLOCKS+g] = want_load ? words_of[at*BLOCKS+g] : 0;
          told[g] = told[g] + 1;
          sum[g]  = 0;
        end
        if (want_drop) sum[g] = (sum[g] + words_of[at*BLOCKS+g]) % (2 * WORDS);
      end
      pending = want_drop || (pending && !want_tell);
      tells   = tells + (want_tell && !want_load);
      if (ref_valid && out_ready) at_out = at_out + 1;
      ref_valid = want_load || (ref_valid && !out_ready);
      if (known) begin
        if (empty && steady && tile_of[load_of[at_known]] == tile_of[at]) is_known[number_of[load_of[at_known]]] = 1'b1;
        at_known = at_known + 1;
      end
      if (want_load) begin
        load_of[loads] = at;
        loads          = loads + 1;
        if (end_of[at]) is_known = 0;
      end
      drops = drops + want_drop;
      if (want_drop || want_load) begin
        at         = at + 1;
        list_valid = 1'b0;
      end
    end
  endtask

  task run;
    integer first;
    begin
      make_job;
      {at, at_out, at_known, loads, is_known, pending, ref_valid, list_valid} = 0;
      for (g = 0; g < BLOCKS; g = g + 1) {shows[g], told[g], sum[g]} = 0;
      stalls = job % 2;
      start  = 1'b1;
      @(negedge clk);
      start = 1'b0;
      first = cycle;
      while (job % 8 == 7 ? at < entries / 2 : at < entries || at_known < loads || shows[0] < told[0]) begin
        drive;
        #1 check;
        @(negedge clk);
        advance;
        cycle = cycle + 1;
        if (cycle - first > 40000) fail("no end");
      end
    end
  endtask

  initial begin
    seed = SEED;
    {clk, start, list_valid, known, out_ready, show_ready, cycle, job, drops, tells} = 0;
    rst = 1'b1;
    repeat (2) @(negedge clk);
    rst = 1'b0;
    for (job = 0; job < JOBS; job = job + 1) run;
    if (drops == 0 || tells == 0) fail("nothing dropped or told alone");
    $display("PASS %0d jobs, %0d cycles, %0d dropped, %0d told alone", JOBS, cycle, drops, tells);
    $finish;
  end

endmodule

`default_nettype wire
