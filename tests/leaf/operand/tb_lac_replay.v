// variants: | -Ptb.LANES=3 -Ptb.LANE_W=5 -Ptb.WORDS=7 -Ptb.SEED=2 | -Ptb.WORDS=2 -Ptb.SEED=3
// variants: -Ptb.WORDS=12 -Ptb.SEGMENT_REPEAT=4 -Ptb.SEED=4
// variants: -Ptb.LANES=2 -Ptb.WORDS=33 -Ptb.SEGMENT_REPEAT=2 -Ptb.SEED=5
// lint: -GLANES=1 -GLANE_W=8 -GWORDS=4 -GSEGMENT_REPEAT=1 | -GLANES=3 -GLANE_W=128 -GWORDS=100 -GSEGMENT_REPEAT=16
// lint: -GLANES=1 -GLANE_W=1 -GWORDS=2 -GSEGMENT_REPEAT=1
// Random loop nests, played as plain loops into a list of word numbers; what comes out must be that list. Every third
// job has groups larger than the buffer (one m-tile per block), every second one no stalls: then no cycle may be lost.
`default_nettype none

module tb;

  parameter LANES          = 1;
  parameter LANE_W         = 8;
  parameter WORDS          = 8;
  parameter SEGMENT_REPEAT = 1;
  parameter SEED           = 1;

  localparam JOBS   = 60;
  localparam EXPECT = 16384;

  reg                     clk = 1'b0;
  reg                     rst = 1'b1;
  reg                     start = 1'b0;
  reg  [31:0]             tiles, block_tiles, panels, group_panels, segment;
  reg                     in_valid = 1'b0;
  wire                    in_ready;
  reg  [LANE_W-1:0]       in_data;
  wire                    out_valid;
  reg                     out_ready = 1'b0;
  wire [LANES*LANE_W-1:0] out_data;
  wire                    out_last;
  wire [31:0]             loaded;

  lac_replay #(
    .LANES          (LANES),
    .LANE_W         (LANE_W),
    .WORDS          (WORDS),
    .SEGMENT_REPEAT (SEGMENT_REPEAT)
  ) u_dut (
    .clk_i          (clk),
    .rst_i          (rst),
    .start_i        (start),
    .tiles_i        (tiles),
    .block_tiles_i  (block_tiles),
    .panels_i       (panels),
    .group_panels_i (group_panels),
    .segment_i      (segment),
    .in_valid_i     (in_valid),
    .in_ready_o     (in_ready),
    .in_data_i      (in_data),
    .out_valid_o    (out_valid),
    .out_ready_i    (out_ready),
    .out_data_o     (out_data),
    .out_last_o     (out_last),
    .loaded_o       (loaded)
  );

  always #5 clk = !clk;

  integer seed, job, cycle, parts, supply, outs, expected, words, lane, in_stall, out_stall;
  integer word_of [0:EXPECT-1];         // word number of each word played
  reg     last_of [0:EXPECT-1];
  reg     again   [0:EXPECT-1];         // it has been played before
  integer done_at [0:EXPECT-1];         // cycle in which a word was complete
  reg     held;
  reg  [LANES*LANE_W:0] held_data;

  task fail(input [8*40-1:0] why);
    begin
      $display("FAIL job %0d cycle %0d word %0d: %0s", job, cycle, outs, why);
      $finish;
    end
  endtask

  function integer random(input integer low, input integer high);
    random = low + $unsigned($random(seed)) % (high - low + 1);
  endfunction

  function [LANE_W-1:0] part(input integer number);
    reg [31:0] mixed;
    begin
      mixed = (number + 1 + job * 7777) * 32'h9e3779b1;
      part  = {(LANE_W + 31) / 32{mixed ^ (mixed >> 15)}};
    end
  endfunction

  // A repeated group fits the buffer, a repeated segment too; a group of one m-tile may be of any size.
  task pick;
    begin
      tiles       = random(1, 7);
      block_tiles = random(1, tiles);
      panels      = random(1, 6);
      if (job % 3 == 2) begin
        block_tiles  = 1;
        segment      = SEGMENT_REPEAT > 1 ? random(1, WORDS) : random(1, 3 * WORDS);
        group_panels = random(1, panels);
      end else begin
        segment      = random(1, WORDS);
        group_panels = random(1, WORDS / segment);
        if (job % 3 == 1) begin   // a group of just the whole buffer
          group_panels = random(1, WORDS < 5 ? WORDS : 5);
          segment      = WORDS / group_panels;
        end
      end
    end
  endtask

  task play;
    integer tile, block, panel, group, repeats, word, base, in_block, in_group;
    begin
      expected = 0;
      base     = 0;
      for (block = 0; block < tiles; block = block + block_tiles) begin
        in_block = tiles - block < block_tiles ? tiles - block : block_tiles;
        for (group = 0; group < panels; group = group + group_panels) begin
          in_group = panels - group < group_panels ? panels - group : group_panels;
          for (tile = 0; tile < in_block; tile = tile + 1)
            for (panel = 0; panel < in_group; panel = panel + 1)
              for (repeats = 0; repeats < SEGMENT_REPEAT; repeats = repeats + 1)
                for (word = 0; word < segment; word = word + 1) begin
                  word_of[expected] = base + panel * segment + word;
                  last_of[expected] = word == segment - 1;
                  again[expected]   = tile > 0 || repeats > 0;
                  expected          = expected + 1;
                end
          base = base + in_group * segment;
        end
      end
      words = base;
    end
  endtask

  // ---------------------------------------------------------------- both ends

  always @(negedge clk) begin
    if (!in_valid && parts < supply * LANES && random(0, 99) >= in_stall) in_valid = 1'b1;
    in_data   = in_valid ? part(parts) : {LANE_W{1'bx}};
    out_ready = random(0, 99) >= out_stall;
  end

  always @(posedge clk) begin
    cycle = cycle + 1;
    if (!rst && !start) begin
      if (^{in_ready, out_valid, loaded} === 1'bx) fail("X on control");
      if (loaded !== parts / LANES) fail("wrong count of words loaded");
      if (held && (!out_valid || {out_last, out_data} !== held_data)) fail("output not held");
      held      = out_valid && !out_ready;
      held_data = {out_last, out_data};
      if (out_valid && out_ready) begin
        if (outs == expected) fail("word after the last");
        for (lane = 0; lane < LANES; lane = lane + 1)
          if (out_data[lane*LANE_W +: LANE_W] !== part(word_of[outs] * LANES + lane)) fail("wrong word");
        if (out_last !== last_of[outs]) fail("wrong last");
        if (outs == 0 && out_stall == 0 && cycle != done_at[0] + 2) fail("wrong latency");
        outs = outs + 1;
      end else if (out_ready && out_stall == 0 && in_stall == 0 && outs > 0 && outs < expected) begin
        if (LANES == 1 || again[outs]) fail("cycle lost");
      end
      if (in_valid && in_ready) begin
        if (parts % LANES == LANES - 1) done_at[parts/LANES] = cycle;
        parts     = parts + 1;
        in_valid <= 1'b0;
        if (in_stall == 0 && parts < supply * LANES) begin
          in_valid <= 1'b1;
          in_data  <= part(parts);
        end
      end
    end
  end

  task run;
    integer limit;
    begin
      #1;   // after the driver of this cycle
      {parts, outs, supply, expected} = 0;
      in_valid = 1'b0;
      pick;
      start    = 1'b1;
      @(negedge clk);
      start     = 1'b0;
      held      = 1'b0;
      play;
      in_stall  = job % 2 == 0 ? 0 : random(0, 80);
      out_stall = job % 2 == 0 ? 0 : random(0, 80);
      supply    = words + random(0, 2);   // words of no group may be taken, never played
      limit     = job % 8 == 7 ? expected / 2 : expected;   // some jobs are cut short by the next start
      while (outs < limit) begin
        @(negedge clk);
        if (cycle > 400000) fail("no end");
      end
      if (limit == expected) repeat (6) @(negedge clk);
    end
  endtask

  initial begin
    seed = SEED;
    {cycle, job, parts, outs, supply, expected, in_stall, out_stall} = 0;
    held = 1'b0;
    repeat (2) @(negedge clk);
    rst = 1'b0;
    for (job = 0; job < JOBS; job = job + 1) run;
    $display("PASS %0d jobs, %0d cycles", JOBS, cycle);
    $finish;
  end

endmodule

`default_nettype wire
