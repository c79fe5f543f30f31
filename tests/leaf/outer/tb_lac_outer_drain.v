// variants: | -Ptb.BLOCKS=1 -Ptb.LANES=8 -Ptb.COLS=1 -Ptb.SEED=2 | -Ptb.BLOCKS=4 -Ptb.BANKS=4 -Ptb.LANES=1 -Ptb.SEED=3
// lint: | -GBLOCKS=4 -GBANKS=16 -GCOLS=4 -GLANES=4 -GWORDS=256 -GTILES=5
// lint: -GBLOCKS=1 -GBANKS=2 -GCOLS=32 -GLANES=1 -GWORDS=2048 -GTILES=5
// lint: -GBLOCKS=16 -GBANKS=16 -GCOLS=1 -GLANES=8 -GWORDS=16 -GTILES=11
// Blocks that are through at times of chance: the sweep, when a tile is taken, the order of reads, sums over the
// blocks, the end.
`default_nettype none

module tb;

  parameter BLOCKS = 2, BANKS = 2, COLS = 2, LANES = 2, SEED = 1;

  localparam WORDS = 16 * COLS, POS_W = $clog2(WORDS), TILES = 40;

  reg                        clk, rst, loaded, ended, grant_valid;
  reg  [BLOCKS*2-1:0]        through;
  reg  [BLOCKS*BANKS*32-1:0] sums;
  wire                       grant_ready, tile, clean, freed, read, sweep, half, c_valid, done;
  wire [POS_W-1:0]           position;
  wire [BANKS*32-1:0]        c_data;
  integer                    seed, cycle, block, bank, n, swept, open, taken, taken_at, said[0:BLOCKS-1];
  reg  [WORDS-1:0]           seen;
  reg  [BANKS*32-1:0]        total, want_data;
  reg                        want_ready;

  lac_outer_drain #(.BLOCKS (BLOCKS), .BANKS (BANKS), .COLS (COLS), .LANES (LANES), .WORDS (WORDS),
                    .TILES (6)) u_drain (
    .clk_i (clk), .rst_i (rst), .loaded_i (loaded), .ended_i (ended), .through_i (through),
    .grant_valid_i (grant_valid), .grant_ready_o (grant_ready), .tile_o (tile), .clean_o (clean), .freed_o (freed),
    .read_o (read), .sweep_o (sweep), .half_o (half), .position_o (position), .sums_i (sums), .c_valid_o (c_valid),
    .c_data_o (c_data), .done_o (done)
  );

  task fail(input [8*40-1:0] why);
    begin
      $display("FAIL cycle %0d: %0s", cycle, why);
      $finish;
    end
  endtask

  function integer below(input integer limit);
    below = $unsigned($random(seed)) % limit;
  endfunction

  always #5 clk = ~clk;

  // In the sweep a position stands for all lanes.
  task sweep_all;
    begin
      swept = 0;
      seen  = 0;
      while (!clean) begin
        if (!sweep || read || grant_ready) fail("no sweep");
        for (n = 0; n < LANES; n = n + 1) begin
          block = position / (8 / LANES * COLS * LANES) * (8 * COLS) + n * (8 / LANES * COLS) +
                  position % (8 / LANES * COLS);
          if (seen[block]) fail("swept twice");
          seen[block] = 1'b1;
        end
        swept = swept + 1;
        @(negedge clk);
      end
      if (swept != WORDS / LANES || seen != {WORDS{1'b1}}) fail("wrong length of the sweep");
    end
  endtask

  task drive;
    begin
      loaded = open - taken < 3 && open < TILES && below(8) == 0;
      through = 0;
      for (block = 0; block < BLOCKS; block = block + 1)
        if (said[block] < open && said[block] - taken < 2 && below(10) == 0) through[block*2 +: 2] = 1;
      grant_valid = grant_valid || below(3) == 0;
      for (n = 0; n < BLOCKS * BANKS; n = n + 1) sums[n*32 +: 32] = $random(seed);
      total = 0;
      for (block = 0; block < BLOCKS; block = block + 1)
        for (bank = 0; bank < BANKS; bank = bank + 1)
          total[bank*32 +: 32] = total[bank*32 +: 32] + sums[(block*BANKS+bank)*32 +: 32];
    end
  endtask

  task check;
    begin
      want_ready = cycle - taken_at >= WORDS;
      for (block = 0; block < BLOCKS; block = block + 1) if (said[block] <= taken) want_ready = 1'b0;
      if (grant_ready !== want_ready || tile !== (want_ready && grant_valid)) fail("wrong time of a token");
      if (read !== (cycle - taken_at >= 1 && cycle - taken_at <= WORDS) || sweep !== 1'b0) fail("wrong read");
      if (read && (position !== cycle - taken_at - 1 || half !== (taken + 1) % 2)) fail("wrong place");
      if (freed !== (cycle - taken_at == WORDS)) fail("wrong end of a read");
      if (c_valid && c_data !== want_data) fail("wrong sum");
      if (done !== (ended && open == taken && cycle - taken_at >= WORDS + 4)) fail("wrong done");
    end
  endtask

  integer words;
  initial begin
    seed = SEED;
    {clk, loaded, ended, grant_valid, through, cycle, open, taken, words} = 0;
    for (block = 0; block < BLOCKS; block = block + 1) said[block] = 0;
    rst = 1'b1;
    repeat (2) @(negedge clk);
    rst = 1'b0;
    #1 sweep_all;
    taken_at = -1000;
    while (!done) begin
      drive;
      #1 check;
      words     = words + c_valid;
      want_data = total;
      for (block = 0; block < BLOCKS; block = block + 1) said[block] = said[block] + through[block*2 +: 2];
      if (tile) begin
        taken    = taken + 1;
        taken_at = cycle;
      end
      @(negedge clk);
      open  = open + loaded;
      ended = open == TILES;
      if (taken_at == cycle) grant_valid = 1'b0;
      cycle = cycle + 1;
      if (cycle > 100000) fail("no end");
    end
    if (taken != TILES || words != TILES * WORDS) fail("results missing");
    $display("PASS %0d words, %0d cycles", words, cycle);
    $finish;
  end

endmodule

`default_nettype wire
