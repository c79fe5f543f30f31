// variants: | -Ptb.LANES=2 -Ptb.CHUNKS=1 -Ptb.Q=4 -Ptb.BANKS=4 -Ptb.KS=1 -Ptb.SLOTS=4 -Ptb.SEED=2
// variants: -Ptb.LANES=8 -Ptb.CHUNKS=5 -Ptb.Q=2 -Ptb.BANKS=16 -Ptb.A_W=9 -Ptb.SEED=3
// variants: -Ptb.LANES=1 -Ptb.CHUNKS=2 -Ptb.BANKS=8 -Ptb.A_W=17 -Ptb.B_W=16 -Ptb.SEED=4
// lint: | -GLANES=4 -GCHUNKS=4 -GQ=8 -GBANKS=16 -GCOLS=4 -GSUBS=8 -GKS=8 -GSLOTS=2 -GA_W=9 -GCOUNT=1
// lint: -GLANES=8 -GCHUNKS=1 -GQ=16 -GBANKS=16 -GCOLS=1 -GSUBS=2 -GKS=64 -GSLOTS=8 -GA_W=17 -GB_W=16
// lint: -GLANES=1 -GCHUNKS=16 -GQ=2 -GBANKS=2 -GCOLS=32 -GSUBS=8 -GKS=1 -GSLOTS=4 -GA_W=4 -GB_W=4
// lint: -GLANES=2 -GCHUNKS=3 -GQ=4 -GBANKS=64 -GCOLS=1 -GSUBS=8 -GKS=4
// One block: words of chance against sums made from the same words, and the rules of docs/engines/outer.md for issue,
// retire
//      and enter.
`default_nettype none

module tb;

  parameter LANES = 4, CHUNKS = 4, Q = 2, BANKS = 4, KS = 2, SLOTS = 2, A_W = 8, B_W = 8, SEED = 1;

  localparam SUBS = 2, T = 16, COLS = T / BANKS, ROWS = T / LANES, PARTS = 120, WORDS = PARTS * 6;
  localparam COL_W = COLS > 1 ? $clog2(COLS) : 1, KS_W = KS > 1 ? $clog2(KS) : 1,
             WORD_W = Q * (B_W + COL_W) + BANKS + KS_W + 3;
  localparam BEAT_W = $clog2(SLOTS * SUBS), POS_W = $clog2(T * COLS), USED_W = $clog2(LANES * Q + 1),
             LANE_W = $clog2(LANES + 1);

  reg                    clk, rst, clean, a_we, a_loaded, a_last, a_end, word_valid, freed, drain_re, sweep, half;
  reg  [BEAT_W-1:0]      a_beat;
  reg  [8*KS*A_W-1:0]    a_data;
  reg  [KS*8-1:0]        a_nonzero;
  reg  [WORD_W-1:0]      word_data;
  reg  [POS_W-1:0]       position;
  wire                   room, word_ready, word_skip, wait_out, wait_a, wait_b, stream_error;
  wire [1:0]             through;
  wire [BANKS*32-1:0]    drained;
  wire [USED_W-1:0]      used, merge, nonzero;
  wire [LANE_W-1:0]      issues;

  lac_outer_block #(
    .LANES (LANES), .CHUNKS (CHUNKS), .Q (Q), .BANKS (BANKS), .COLS (COLS), .SUBS (SUBS), .KS (KS), .SLOTS (SLOTS),
    .A_W (A_W), .B_W (B_W), .COUNT (1)
  ) u_block (
    .clk_i (clk), .rst_i (rst), .clean_i (clean), .a_we_i (a_we), .a_beat_i (a_beat), .a_data_i (a_data),
    .a_nonzero_i (a_nonzero), .a_loaded_i (a_loaded), .a_last_i (a_last), .a_end_i (a_end), .room_o (room),
    .word_valid_i (word_valid), .word_ready_o (word_ready), .word_skip_o (word_skip), .word_data_i (word_data),
    .through_o (through), .freed_i (freed), .drain_re_i (drain_re), .drain_sweep_i (sweep), .drain_half_i (half),
    .drain_position_i (position), .drain_data_o (drained), .used_o (used), .merge_o (merge), .issues_o (issues),
    .nonzero_o (nonzero), .wait_out_o (wait_out), .wait_a_o (wait_a), .wait_b_o (wait_b), .stream_error_o (stream_error)
  );

  integer seed, cycle;

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

  // ---------------------------------------------------------------- words of chance, the sums they make

  reg signed [31:0] a_of[0:PARTS*T*KS-1];            // by part, row, k
  reg signed [31:0] sum_of[0:PARTS*T*T-1];           // by tile, row, column
  reg [WORD_W-1:0]  word_of[0:WORDS-1];
  integer           word_n[0:WORDS-1];
  reg [T-1:0]       rows_of[0:WORDS-1];
  reg [PARTS-1:0]   last_of, dense, empty;
  integer           words, tiles, part, row, k, at, bank, n, more, effectual, all_effectual;
  reg signed [31:0] value;
  integer           column;

  task make_word(input k_last);
    begin
      word_of[words] = {k_last && last_of[part], k_last, {WORD_W - 2{1'b0}}};
      rows_of[words] = {T{1'b0}};
      k              = below(KS);
      n              = 0;
      if (below(5) != 0) begin
        for (row = 0; row < T; row = row + 1) rows_of[words][row] = dense[part] || a_of[(part*T+row)*KS+k] != 0;
        for (bank = 0; bank < BANKS; bank = bank + 1) begin
          if (n < Q && (below(2) || (n == 0 && bank == BANKS - 1))) begin
            value  = ($random(seed) <<< (32 - B_W)) >>> (32 - B_W);
            column = below(COLS);
            word_of[words][n*B_W +: B_W]           = value;
            word_of[words][Q*B_W+n*COL_W +: COL_W] = column;
            word_of[words][Q*(B_W+COL_W)+bank]     = 1'b1;
            for (row = 0; row < T; row = row + 1) begin
              at            = (tiles * T + row) * T + column * BANKS + bank;
              sum_of[at]    = sum_of[at] + a_of[(part*T+row)*KS+k] * value;
              all_effectual = all_effectual + (a_of[(part*T+row)*KS+k] != 0 && value != 0);
            end
            n = n + 1;
          end
        end
        word_of[words][Q*(B_W+COL_W)+BANKS +: KS_W] = k;
        word_of[words][WORD_W-3]                    = n < Q && below(2);
      end
      word_n[words] = n;
      words         = words + 1;
    end
  endtask

  task make_all;
    begin
      {words, tiles, all_effectual, dense, last_of} = 0;
      for (at = 0; at < PARTS * T * T; at = at + 1) sum_of[at] = 0;
      for (part = 0; part < PARTS; part = part + 1) begin
        dense[part]   = below(4) == 0;
        empty[part]   = !dense[part] && below(4) == 0;
        last_of[part] = below(2) || part == PARTS - 1;
        for (at = 0; at < T * KS; at = at + 1) begin
          value = ($random(seed) <<< (32 - A_W)) >>> (32 - A_W);
          a_of[part*T*KS+at] = below(3) == 0 && !empty[part] ? value : 0;
        end
        if (!dense[part] && !empty[part]) begin      // none is empty by chance
          a_of[part*T*KS+below(T*KS)] = 1;
        end
        for (more = below(6); more >= 0; more = more - 1) make_word(more == 0);
        tiles = tiles + last_of[part];
      end
    end
  endtask

  // ---------------------------------------------------------------- the rules

  reg [T-1:0] rows_left[0:WORDS-1], mine, rows_of_lane[0:LANES-1];
  integer     next_word, oldest, a_part, a_sub, entered, gone, tiles_entered, tiles_freed, tiles_seen, lane, index,
              stall;
  integer     went[0:4], used_was[0:2], merge_was[0:2], issues_was[0:2];   // of this cycle and those before
  reg [2:0]   wait_was[0:2];
  reg         want_word, found, reading;
  integer     read_at, shown[0:2];                  // position read in this cycle and before, -1: none

  task rules;
    begin
      for (at = 4; at > 0; at = at - 1) went[at] = went[at-1];
      for (at = 2; at > 0; at = at - 1) begin
        used_was[at]   = used_was[at-1];
        merge_was[at]  = merge_was[at-1];
        issues_was[at] = issues_was[at-1];
        wait_was[at]   = wait_was[at-1];
      end
      want_word   = tiles_entered - tiles_freed < 2 && a_part > entered;
      wait_was[0] = {word_valid && tiles_entered - tiles_freed >= 2, word_valid && a_part <= entered,
                     !word_valid && next_word < words};
      {went[0], used_was[0], merge_was[0], issues_was[0]} = 0;
      for (lane = 0; lane < LANES; lane = lane + 1) begin
        found = 1'b0;
        for (index = oldest; index < next_word && !found; index = index + 1) begin
          mine = rows_left[index] & rows_of_lane[lane];
          if (mine != 0) begin
            found            = 1'b1;
            issues_was[0]    = issues_was[0] + 1;
            used_was[0]      = used_was[0] + word_n[index];
            merge_was[0]     = merge_was[0] + (word_of[index][WORD_W-3] ? Q - word_n[index] : 0);
            rows_left[index] = rows_left[index] & ~(mine & -mine);
          end
        end
      end
      while (oldest < next_word && rows_left[oldest] == 0) begin
        gone    = gone + word_of[oldest][WORD_W-2];
        went[0] = went[0] + word_of[oldest][WORD_W-1];
        oldest  = oldest + 1;
      end
      want_word = want_word && next_word - oldest < CHUNKS;
      if (word_ready !== want_word) fail("wrong word taken");
      if (word_skip !== (a_part > entered && empty[entered])) fail("wrong skip");
    end
  endtask

  task advance;
    begin
      if (word_valid && want_word) begin
        rows_left[next_word] = rows_of[next_word];
        entered              = entered + word_of[next_word][WORD_W-2];
        tiles_entered        = tiles_entered + word_of[next_word][WORD_W-1];
        next_word            = next_word + 1;
      end
      if (a_we) a_sub = a_sub + 1;
      if (a_sub == SUBS) begin
        a_sub  = 0;
        a_part = a_part + 1;
      end
      tiles_freed = tiles_freed + freed;
      tiles_seen  = tiles_seen + through;
      effectual   = effectual + nonzero;
    end
  endtask

  task drive;
    begin
      a_we = a_part < PARTS && a_part - gone < SLOTS && below(100) >= stall;
      if (room !== (a_part - gone < SLOTS)) fail("wrong room");
      {a_beat, a_data, a_nonzero, a_loaded, a_last, a_end} = {8 * KS * A_W + KS * 8 + BEAT_W + 3{1'bx}};
      a_loaded = 1'b0;
      if (a_we) begin
        a_beat   = a_part % SLOTS * SUBS + a_sub;
        a_loaded = a_sub == SUBS - 1;
        a_last   = last_of[a_part];
        a_end    = a_part == PARTS - 1;
        for (row = 0; row < 8; row = row + 1)
          for (k = 0; k < KS; k = k + 1) begin
            value                       = a_of[(a_part*T+a_sub*8+row)*KS+k];
            a_data[(row*KS+k)*A_W +: A_W] = value;
            a_nonzero[k*8+row]          = dense[a_part] || value != 0;
          end
      end
      word_valid = next_word < words && (word_valid && !want_word || below(100) >= stall);
      word_data  = word_valid ? word_of[next_word] : {WORD_W{1'bx}};
      // A tile is read in one go, no sooner than two cycles after it was said to be through.
      for (at = 2; at > 0; at = at - 1) shown[at] = shown[at-1];
      if (!reading && tiles_seen > tiles_freed && below(3) == 0) begin
        reading = 1'b1;
        read_at = -1;
      end else if (reading) read_at = read_at + 1;
      drain_re = reading && read_at >= 0;
      shown[0] = drain_re ? tiles_freed * T * COLS + read_at : -1;
      half     = drain_re ? tiles_freed % 2 : 1'bx;
      position = drain_re ? read_at : {POS_W{1'bx}};
      freed    = drain_re && read_at == T * COLS - 1;
      if (freed) reading = 1'b0;
    end
  endtask

  task check;
    begin
      if (through !== went[4]) fail("wrong time of a tile that is through");
      if (used !== used_was[2] || merge !== merge_was[2] || issues !== issues_was[2]) fail("wrong counts");
      if ({wait_out, wait_a, wait_b} !== wait_was[2]) fail("wrong reason");
      if (stream_error !== 1'b0) fail("stream error");
      if (shown[2] >= 0)
        for (bank = 0; bank < BANKS; bank = bank + 1)
          if (drained[bank*32 +: 32] !== sum_of[shown[2]*BANKS+bank]) fail("wrong sum");
    end
  endtask

  initial begin
    seed = SEED;
    {clk, cycle, clean, a_we, a_loaded, word_valid, freed, drain_re, sweep, half, reading, want_word} = 0;
    {next_word, oldest, a_part, a_sub, entered, gone, tiles_entered, tiles_freed, tiles_seen, effectual} = 0;
    for (at = 0; at < 5; at = at + 1) went[at] = 0;
    for (at = 0; at < 3; at = at + 1) begin
      {used_was[at], merge_was[at], issues_was[at], wait_was[at]} = 0;
      shown[at] = -1;
    end
    for (row = 0; row < T; row = row + 1)
      for (lane = 0; lane < LANES; lane = lane + 1) rows_of_lane[lane][row] = row % 8 * LANES / 8 == lane;
    make_all;
    rst = 1'b1;
    repeat (2) @(negedge clk);
    rst   = 1'b0;
    sweep = 1'b1;
    for (position = 0; position < T * COLS - 1; position = position + 1) @(negedge clk);
    @(negedge clk) sweep = 1'b0;
    @(negedge clk) clean = 1'b1;
    wait_was[1] = 3'b001;                            // no word has come yet
    wait_was[0] = 3'b001;
    while (tiles_freed < tiles || shown[0] >= 0 || shown[1] >= 0) begin
      if (cycle % 500 == 0) stall = below(2) ? 0 : below(95);
      drive;
      #1 rules;
      check;
      advance;
      @(negedge clk);
      cycle = cycle + 1;
      if (cycle > 200000) fail("no end");
    end
    if (effectual != all_effectual) fail("wrong number of effectual products");
    $display("PASS %0d words, %0d tiles, %0d cycles", words, tiles, cycle);
    $finish;
  end

endmodule

`default_nettype wire
