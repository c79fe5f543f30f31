// variants: | -Ptb.WORDS=2 -Ptb.SEED=2 | -Ptb.WORDS=32 -Ptb.WIDTH=70 -Ptb.SEED=3 | -Ptb.WORDS=4 -Ptb.WIDTH=1 -Ptb.SEED=4
// lint: -GWIDTH=1 -GWORDS=2 | -GWIDTH=102 -GWORDS=1024 | -GWIDTH=33 -GWORDS=4096
// Random loop nests of panels of random length, played as plain loops into a list of word numbers; what comes out must be that list.
// Every third job has groups larger than the store (one m-tile per block), every second one no stalls: then no cycle may be lost. Some
// jobs are cut short by the next start.
`default_nettype none

module tb;

  parameter WIDTH  = 12;
  parameter WORDS  = 8;
  parameter SEED   = 1;

  localparam JOBS   = 120;
  localparam EXPECT = 8192;

  reg              clk = 1'b0;
  reg              rst = 1'b1;
  reg              start = 1'b0;
  reg  [31:0]      tiles, block_tiles, panels, group_panels;
  reg              in_valid = 1'b0, out_ready = 1'b0;
  wire             in_ready, out_valid;
  reg              in_last;
  reg  [WIDTH-1:0] in_data;
  wire [WIDTH-1:0] out_data;

  lac_outer_store #(
    .WIDTH          (WIDTH),
    .WORDS          (WORDS)
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
    .out_valid_o    (out_valid),
    .out_ready_i    (out_ready),
    .out_data_o     (out_data)
  );

  always #5 clk = !clk;

  integer seed, job, cycle, words, expected, ins, outs, freed, in_stall, out_stall, limit, sent_at, full;
  integer word_of [0:EXPECT-1];         // number of each word shown
  reg     again   [0:EXPECT-1];         // it was shown before
  reg     leaves  [0:EXPECT-1];         // it is not shown again
  reg     last_of [0:EXPECT-1];         // of a panel, by number of the word
  reg     took, gave, held;
  reg [WIDTH-1:0] held_data;

  task fail(input [8*40-1:0] why);
    begin
      $display("FAIL job %0d cycle %0d word %0d: %0s", job, cycle, outs, why);
      $finish;
    end
  endtask

  function integer random(input integer low, input integer high);
    random = low + $unsigned($random(seed)) % (high - low + 1);
  endfunction

  function [WIDTH-1:0] data(input integer number);
    reg [31:0] mixed;
    begin
      mixed = (number + 1 + job * 7777) * 32'h9e3779b1;
      data  = {(WIDTH + 31) / 32{mixed ^ (mixed >> 15)}};
    end
  endfunction

  // A group of so many panels: its lengths, then its showings.
  task play_group(input integer in_block, input integer in_group, input integer most);
    integer panel, word, tile, base;
    begin
      base = words;
      for (panel = 0; panel < in_group; panel = panel + 1) begin
        for (word = random(1, most - (words - base) - (in_group - panel - 1)); word > 0; word = word - 1) begin
          last_of[words] = word == 1;
          words = words + 1;
        end
      end
      for (tile = 0; tile < in_block; tile = tile + 1)
        for (word = base; word < words; word = word + 1) begin
          word_of[expected] = word;
          again[expected]   = tile > 0;
          leaves[expected]  = tile == in_block - 1;
          expected          = expected + 1;
        end
    end
  endtask

  task play;
    integer block, group, in_group, in_block;
    begin
      {words, expected} = 0;
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

  // ---------------------------------------------------------------- both ends

  task drive;
    begin
      if (!in_valid && random(0, 99) >= in_stall) in_valid = ins < words || random(0, 3) == 0;   // words of no group stay outside
      in_last   = in_valid && ins < words ? last_of[ins] : 1'bx;
      in_data   = in_valid ? data(ins) : {WIDTH{1'bx}};
      out_ready = random(0, 99) >= out_stall;
    end
  endtask

  task check;
    begin
      if (^{in_ready, out_valid} === 1'bx) fail("X on a handshake");
      if (held && (!out_valid || out_data !== held_data)) fail("output not held");
      if (in_ready && ins - freed >= WORDS + out_valid) fail("more words than there is room for");
      if (in_ready && ins == words) fail("a word after the last group is taken");
      if (out_valid) begin
        if (outs == expected) fail("word after the last");
        if (out_data !== data(word_of[outs])) fail("wrong word");
        if (ins <= word_of[outs]) fail("word from nowhere");
        if (outs == 0 && cycle < sent_at + 2) fail("wrong latency");
      end else if (out_stall == 0 && in_stall == 0 && outs < expected && cycle > sent_at + 2) fail("cycle lost");
      full      = full + !in_ready;
      took      = in_valid && in_ready;
      gave      = out_valid && out_ready;
      held      = out_valid && !out_ready;
      held_data = out_data;
    end
  endtask

  task run;
    integer first;
    begin
      play;
      in_stall  = job % 2 == 0 ? 0 : random(0, 80);
      out_stall = job % 2 == 0 ? 0 : random(0, 80);
      limit     = job % 8 == 7 ? expected / 2 : expected;
      {ins, outs, freed} = 0;
      in_valid = 1'b0;
      held     = 1'b0;
      start    = 1'b1;
      @(negedge clk);
      start   = 1'b0;
      first   = cycle;
      sent_at = 1 << 30;
      while (outs < limit) begin
        drive;
        #1 check;
        cycle = cycle + 1;
        if (cycle - first > 40 * expected + 100) fail("no end");
        @(negedge clk);
        if (took) begin
          if (ins == 0) sent_at = cycle - 1;
          ins      = ins + 1;
          in_valid = 1'b0;
        end
        if (gave) begin
          freed = freed + leaves[outs];
          outs  = outs + 1;
        end
      end
      repeat (limit == expected ? 6 : 0) begin
        drive;
        #1 check;
        @(negedge clk);
      end
    end
  endtask

  initial begin
    seed = SEED;
    {cycle, full} = 0;
    repeat (2) @(negedge clk);
    rst = 1'b0;
    for (job = 0; job < JOBS; job = job + 1) run;
    if (full == 0) fail("never full");
    $display("PASS %0d jobs, %0d cycles", JOBS, cycle);
    $finish;
  end

endmodule

`default_nettype wire
