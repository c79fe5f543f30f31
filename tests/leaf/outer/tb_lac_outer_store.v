// variants: | -Ptb.WORDS=2 -Ptb.SHOW_W=2 -Ptb.SEED=2 | -Ptb.WORDS=32 -Ptb.SHOW_W=3 -Ptb.WIDTH=70 -Ptb.SEED=3
// variants: -Ptb.WORDS=4 -Ptb.SHOW_W=1 -Ptb.WIDTH=1 -Ptb.SEED=4
// lint: -GWIDTH=1 -GWORDS=2 | -GWIDTH=102 -GWORDS=1024 -GSHOW_W=7 | -GWIDTH=33 -GWORDS=4096
// lint: -GWIDTH=5 -GWORDS=2 -GSHOW_W=2
// lint lac_outer_stores: -GBLOCKS=1 -GWIDTH=1 -GWORDS=2 | -GBLOCKS=3 -GWIDTH=33 -GWORDS=1024 -GSHOW_W=7
// Random loop nests of panels of random length, played as plain loops into shows: words passed over, then words
// shown, of which the bench now and then skips all but the last. Every cycle all outputs must be what these shows ask
// for. Every third job has groups larger than the store (one m-tile per block), every second one no stalls. Some jobs
// are cut short by the next start.
`default_nettype none

module tb;

  parameter WIDTH  = 12;
  parameter WORDS  = 8;
  parameter SHOW_W = 4;
  parameter SEED   = 1;

  localparam JOBS   = 120;
  localparam SHOWS  = 8192;
  localparam GROUPS = 4;                // that the store knows the length of
  localparam MOST   = (1 << SHOW_W) - 1;
  localparam PTR_W  = $clog2(WORDS);

  reg              clk = 1'b0;
  reg              rst = 1'b1;
  reg              start = 1'b0;
  reg  [31:0]      tiles, block_tiles, panels, group_panels;
  reg              in_valid = 1'b0, out_ready = 1'b0, show_valid = 1'b0, skip = 1'b0;
  wire             in_ready, out_valid, show_ready, out_last;
  reg              in_last;
  reg  [WIDTH-1:0] in_data;
  reg  [PTR_W:0]   show_jump;
  reg  [SHOW_W-1:0] show_words;
  wire [WIDTH-1:0] out_data;

  lac_outer_store #(
    .WIDTH          (WIDTH),
    .WORDS          (WORDS),
    .SHOW_W         (SHOW_W)
  ) u_dut (
    .clk_i          (clk),
    .rst_i          (rst),
    .start_i        (start),
    .tiles_i        (tiles),
    .block_tiles_i  (block_tiles),
    .panels_i       (panels),
    .group_panels_i (group_panels),
    .in_valid_i     (in_valid),
    .in_ready_o     (in_ready),
    .in_last_i      (in_last),
    .in_data_i      (in_data),
    .show_valid_i   (show_valid),
    .show_ready_o   (show_ready),
    .show_jump_i    (show_jump),
    .show_words_i   (show_words),
    .out_valid_o    (out_valid),
    .out_ready_i    (out_ready),
    .skip_i         (skip),
    .out_data_o     (out_data),
    .out_last_o     (out_last)
  );

  always #5 clk = !clk;

  integer seed, job, cycle, words, shows, in_stall, out_stall, full, skips, jumps;
  reg     last_of  [0:SHOWS-1];         // of a panel, by number of the word
  reg     ends     [0:SHOWS-1];         // its group
  integer first_of [0:SHOWS-1];         // by show: first word that is shown, or the one behind what is passed over
  integer jump_of  [0:SHOWS-1];
  integer count_of [0:SHOWS-1];
  reg     leaves   [0:SHOWS-1];         // the words are given up
  reg     plain    [0:SHOWS-1];         // the show may come before its words

  task fail(input [8*40-1:0] why);
    begin
      $display("FAIL job %0d cycle %0d show %0d: %0s", job, cycle, at_show, why);
      $finish;
    end
  endtask

  function integer random(input integer low, input integer high);
    random = low + $unsigned($random(seed)) % (high - low + 1);
  endfunction

  function integer least(input integer a, input integer b);
    least = a < b ? a : b;
  endfunction

  function [WIDTH-1:0] data(input integer number);
    reg [31:0] mixed;
    begin
      mixed = (number + 1 + job * 7777) * 32'h9e3779b1;
      data  = {(WIDTH + 31) / 32{mixed ^ (mixed >> 15)}};
    end
  endfunction

  // ---------------------------------------------------------------- a job

  // Words `word` to `stop` - 1 in shows; the last one is shown.
  task play_showing(input integer from, input integer stop, input last_tile);
    integer word, jump, count;
    begin
      word = from;
      while (word < stop) begin
        plain[shows] = random(0, 2) == 0;
        jump  = plain[shows] || random(0, 1) ? 0 : random(0, least(stop - word - 1, WORDS - 1));
        count = random(1, least(least(stop - word - jump, MOST), plain[shows] ? MOST : WORDS - jump));
        if (jump > 0 && random(0, 3) == 0) count = 0;
        first_of[shows] = word + jump;
        jump_of[shows]  = jump;
        count_of[shows] = count;
        leaves[shows]   = last_tile;
        word  = word + jump + count;
        shows = shows + 1;
      end
    end
  endtask

  // A group of panels: its lengths, then its showings.
  task play_group(input integer in_block, input integer in_group, input integer most);
    integer panel, word, tile, base;
    begin
      base = words;
      for (panel = 0; panel < in_group; panel = panel + 1) begin
        for (word = random(1, most - (words - base) - (in_group - panel - 1)); word > 0; word = word - 1) begin
          last_of[words] = word == 1;
          ends[words]    = word == 1 && panel == in_group - 1;
          words = words + 1;
        end
      end
      for (tile = 0; tile < in_block; tile = tile + 1) play_showing(base, words, tile == in_block - 1);
    end
  endtask

  task play;
    integer block, group, in_group, in_block;
    begin
      {words, shows} = 0;
      tiles        = random(1, 7);
      panels       = random(1, 6);
      block_tiles  = job % 3 == 2 ? 1 : random(1, tiles);
      group_panels = random(1, panels < WORDS ? panels : WORDS);
      for (block = 0; block < tiles; block = block + block_tiles) begin
        in_block = tiles - block < block_tiles ? tiles - block : block_tiles;
        for (group = 0; group < panels; group = group + group_panels) begin
          in_group = panels - group < group_panels ? panels - group : group_panels;
          play_group(in_block, in_group, job % 3 == 2 ? 3 * WORDS : WORDS);
        end
      end
    end
  endtask

  // ---------------------------------------------------------------- the reference

  // words, words given up, groups that came, that have been shown for the last time
  integer ins, freed, written, left_groups;
  integer at_show, at_word;                    // the show, the next word of it
  reg     begun, ref_valid, ref_last, want_jump, want_read, took;
  integer ref_word, next;

  function integer last_word(input integer show);
    last_word = first_of[show] + count_of[show] - 1;
  endfunction

  task drive;
    begin
      // words of no group stay outside
      if (!in_valid && random(0, 99) >= in_stall) in_valid = ins < words || random(0, 3) == 0;
      in_last   = in_valid && ins < words ? last_of[ins] : 1'bx;
      in_data   = in_valid ? data(ins) : {WIDTH{1'bx}};
      out_ready = random(0, 99) >= out_stall;
      if (!show_valid && random(0, 99) >= out_stall)
        show_valid = at_show < shows && (plain[at_show] || ins >= first_of[at_show] + count_of[at_show]);
      show_jump  = show_valid ? jump_of[at_show] : {PTR_W + 1{1'bx}};
      show_words = show_valid ? count_of[at_show] : {SHOW_W{1'bx}};
      skip       = ref_valid && random(0, 3) == 0 && !(begun && ins <= last_word(at_show));
    end
  endtask

  task check;
    begin
      if (in_ready !== (ins < words && ins - freed < WORDS && written - left_groups < GROUPS)) fail("wrong room");
      if (out_valid !== ref_valid) fail("wrong time of a word");
      if (ref_valid && out_data !== data(ref_word)) fail("wrong word");
      if (ref_valid && out_last !== ref_last) fail("wrong end of a showing");
      next      = !show_valid ? 0 : !begun ? first_of[at_show] : skip && last_word(at_show) > at_word ?
                  last_word(at_show) : at_word;
      want_jump = show_valid && count_of[at_show] == 0;
      want_read = show_valid && !want_jump && next < ins && (!ref_valid || out_ready);
      if (show_ready !== (want_jump || (want_read && next == last_word(at_show)))) fail("wrong end of a show");
      full  = full + (ins < words && !in_ready);
      skips = skips + (want_read && begun && next > at_word);
      jumps = jumps + (want_jump || (want_read && !begun && jump_of[at_show] > 0));
      took  = in_valid && in_ready;
    end
  endtask

  task advance;
    begin
      if (leaves[at_show] && (want_jump || (want_read && !begun))) freed = freed + jump_of[at_show];
      if (leaves[at_show] && want_read) freed = freed + 1 + (begun ? next - at_word : 0);
      ref_valid = want_read || (ref_valid && !out_ready);
      if (want_read) begin
        ref_word    = next;
        ref_last    = ends[next];
        left_groups = left_groups + (ends[next] && leaves[at_show]);
        at_word     = next + 1;
        begun       = next < last_word(at_show);
      end
      if (want_jump || (want_read && !begun)) begin
        at_show    = at_show + 1;
        show_valid = 1'b0;
      end
      if (took) begin
        written  = written + ends[ins];
        ins      = ins + 1;
        in_valid = 1'b0;
      end
    end
  endtask

  task run;
    integer first, limit;
    begin
      play;
      in_stall  = job % 2 == 0 ? 0 : random(0, 80);
      out_stall = job % 2 == 0 ? 0 : random(0, 80);
      limit     = job % 8 == 7 ? shows / 2 : shows;
      {ins, freed, written, left_groups, at_show, at_word} = 0;
      {in_valid, show_valid, begun, ref_valid} = 0;
      start = 1'b1;
      @(negedge clk);
      start = 1'b0;
      first = cycle;
      while (at_show < limit || (ref_valid && limit == shows)) begin
        drive;
        #1 check;
        cycle = cycle + 1;
        if (cycle - first > 40 * words * tiles + 100) fail("no end");
        @(negedge clk);
        advance;
      end
      repeat (limit == shows ? 6 : 0) begin
        drive;
        #1 check;
        @(negedge clk);
        advance;
      end
    end
  endtask

  initial begin
    seed = SEED;
    {cycle, full, skips, jumps} = 0;
    repeat (2) @(negedge clk);
    rst = 1'b0;
    for (job = 0; job < JOBS; job = job + 1) run;
    if (full == 0 || jumps == 0 || (skips == 0 && MOST > 2 && WORDS > 2)) fail("never full, no jump or no skip");
    $display("PASS %0d jobs, %0d cycles, %0d jumps, %0d skips", JOBS, cycle, jumps, skips);
    $finish;
  end

endmodule

`default_nettype wire
