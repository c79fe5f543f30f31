// variants: -Ptb.JOBS=6 | -Ptb.BLOCKS=4 -Ptb.LANES=2 -Ptb.CHUNKS=2 -Ptb.SLOTS=4 -Ptb.A_W=9 -Ptb.SEED=2 -Ptb.JOBS=4
// variants: -Ptb.BLOCKS=1 -Ptb.LANES=2 -Ptb.CHUNKS=3 -Ptb.BANKS=16 -Ptb.B_W=16 -Ptb.A_W=17 -Ptb.SEED=3 -Ptb.JOBS=3
// variants: -Ptb.LANES=1 -Ptb.CHUNKS=1 -Ptb.BANKS=2 -Ptb.KT=2 -Ptb.A_W=4 -Ptb.B_W=4 -Ptb.SLOTS=8 -Ptb.SEED=4,
// variants: -Ptb.JOBS=6
// variants: -Ptb.T=32 -Ptb.CHUNKS=16 -Ptb.Q=4 -Ptb.BANKS=8 -Ptb.KT=2 -Ptb.SEED=5 -Ptb.JOBS=3
// lint: | -GBLOCKS=4 -GLANES=4 -GCHUNKS=4 -GQ=8 -GBANKS=16 -GCOLS=2 -GSUBS=4 -GKS=8 -GSLOTS=2 -GA_W=9 -GCOUNT=1
// lint: -GBLOCKS=1 -GLANES=8 -GCHUNKS=1 -GQ=2 -GBANKS=8 -GCOLS=1 -GSUBS=2 -GKS=1 -GSLOTS=4 -GA_W=4 -GB_W=4 -GWORK_W=16
// The array against a behavioural reference of docs/engines/outer.md that takes the same rules cycle by cycle: every
// handshake, every result, every cause and count. Chunks are random choices of columns, as long as no two are in a
// bank.
`default_nettype none

module tb;

  parameter BLOCKS = 2, LANES = 4, CHUNKS = 4, Q = 2, BANKS = 4, T = 16, KT = 4, SLOTS = 2, A_W = 8, B_W = 8,
            SEED = 1, JOBS = 10;

  localparam COLS = T / BANKS, SUBS = T / 8, KS = KT / BLOCKS, ROWS = T / LANES, WORDS = T * COLS, WORK_W = 40;
  localparam COL_W = COLS > 1 ? $clog2(COLS) : 1, KS_W = KS > 1 ? $clog2(KS) : 1,
             WORD_W = Q * (B_W + COL_W) + BANKS + KS_W + 3, TURN_W = BLOCKS > 1 ? $clog2(BLOCKS) : 1;
  localparam TILES = 6, PARTS = 4;                  // most tiles of a job, most k-tiles of a tile
  localparam MOST = TILES * PARTS * KS * T;         // words of a block

  reg                       clk, rst, skip, a_valid, a_first, a_last, a_end, b_late, grant_valid;
  reg  [8*KT*A_W-1:0]       a_data;
  reg  [TURN_W-1:0]         a_turn, a_turn_next;
  reg  [BLOCKS-1:0]         b_valid;
  reg  [BLOCKS*WORD_W-1:0]  b_data;
  reg  [WORK_W-1:0]         work;
  wire                      a_ready, grant_ready, c_valid, tile_taken, done, stream_error;
  wire [BLOCKS-1:0]         b_ready, b_skip;
  wire                      a_known, a_empty;
  wire [BANKS*32-1:0]       c_data;
  wire [2:0]                cause;
  wire [WORK_W-1:0]         issued, effectual, skipped;

  lac_outer_array #(
    .BLOCKS (BLOCKS), .LANES (LANES), .CHUNKS (CHUNKS), .Q (Q), .BANKS (BANKS), .COLS (COLS), .SUBS (SUBS), .KS (KS),
    .SLOTS (SLOTS), .A_W (A_W), .B_W (B_W), .COUNT (1), .WORK_W (WORK_W)
  ) u_array (
    .clk_i (clk), .rst_i (rst), .skip_i (skip), .work_i (work), .a_valid_i (a_valid), .a_ready_o (a_ready),
    .a_data_i (a_data), .a_first_i (a_first), .a_last_i (a_last), .a_end_i (a_end), .a_turn_i (a_turn),
    .a_turn_next_i (a_turn_next), .b_valid_i (b_valid), .b_ready_o (b_ready),
    .b_skip_o (b_skip), .b_data_i (b_data), .a_known_o (a_known), .a_empty_o (a_empty),
    .b_meta_late_i (b_late), .c_grant_valid_i (grant_valid), .c_grant_ready_o (grant_ready), .c_valid_o (c_valid),
    .c_data_o (c_data), .tile_o (tile_taken), .done_o (done), .stream_error_o (stream_error), .cause_o (cause),
    .issued_o (issued), .effectual_o (effectual), .skipped_o (skipped)
  );

  integer seed, cycle, job;

  task fail(input [8*40-1:0] why);
    begin
      $display("FAIL job %0d, cycle %0d: %0s", job, cycle, why);
      $finish;
    end
  endtask

  function random(input integer percent);
    random = $unsigned($random(seed)) % 100 < percent;
  endfunction

  function integer below(input integer limit);
    below = $unsigned($random(seed)) % limit;
  endfunction

  always #5 clk = ~clk;

  // ---------------------------------------------------------------- a job: operands, words, results

  integer tiles, parts_of[0:TILES-1];
  integer turn_of[0:TILES*PARTS-1];                 // k j of a part belongs to block j + turn mod BLOCKS
  reg signed [31:0] a_of[0:TILES*PARTS*T*KT-1];     // by tile, part, row, k
  reg signed [31:0] b_of[0:TILES*PARTS*KT*T-1];     // by tile, part, k, column
  reg signed [31:0] c_of[0:TILES*T*T-1];
  reg [WORD_W-1:0]  word_of[0:BLOCKS*MOST-1];
  // part: tile * PARTS + part
  integer           word_n[0:BLOCKS*MOST-1], word_part[0:BLOCKS*MOST-1], word_k[0:BLOCKS*MOST-1];
  integer           word_count[0:BLOCKS-1];
  integer           a_percent, b_percent, row_choice, column_choice, all_products, all_effectual;
  reg signed [31:0] value;
  reg               b_full, a_empty_part;
  integer           tile, part, row, column, k, g, n, bank, at;
  reg [T-1:0]       columns_left;
  reg [BANKS-1:0]   places;
  reg [WORD_W-1:0]  word;
  integer           chosen[0:BANKS-1];              // column per bank, -1: none

  function reg signed [31:0] number(input integer bits);
    number = ($random(seed) <<< (32 - bits)) >>> (32 - bits);
  endfunction

  // Operands: row_choice and column_choice are the numbers of rows and columns with nonzeros; 0: all.
  task make_operands;
    begin
      for (tile = 0; tile < tiles; tile = tile + 1) begin
        parts_of[tile] = b_full ? PARTS : 1 + below(PARTS);
        for (part = tile * PARTS; part < tile * PARTS + parts_of[tile]; part = part + 1) begin
          a_empty_part  = job > 0 && random(25);
          turn_of[part] = below(BLOCKS);
          for (k = 0; k < KT; k = k + 1) begin
            for (row = 0; row < T; row = row + 1) begin
              value = number(A_W);
              if (value == 0) value = 1;
              a_of[(part*T+row)*KT+k] = !a_empty_part && random(a_percent) &&
                                        (row_choice == 0 || row % (T / 2) < row_choice) ? value : 0;
            end
            for (column = 0; column < T; column = column + 1) begin
              value = number(B_W);
              if (value == 0) value = -1;
              b_of[(part*KT+k)*T+column] = random(b_percent) &&
                                           (column_choice == 0 || column < column_choice) ? value : 0;
            end
          end
        end
      end
    end
  endtask

  task add_word(input k_last, input tile_last);
    begin
      word_of[g*MOST+word_count[g]]   = {tile_last, k_last, word[WORD_W-3:0]};
      word_n[g*MOST+word_count[g]]    = n;
      word_part[g*MOST+word_count[g]] = part;
      word_k[g*MOST+word_count[g]]    = k;
      word_count[g]                   = word_count[g] + 1;
    end
  endtask

  // The next chunk: of the columns left, in an order of chance, whatever bank is free.
  task make_chunk;
    begin
      places = 0;
      n      = 0;
      for (bank = 0; bank < BANKS; bank = bank + 1) chosen[bank] = -1;
      at = below(T);
      for (column = 0; column < T; column = column + 1) begin
        if (n < Q && columns_left[(at+column)%T] && chosen[(at+column)%BANKS] < 0) begin
          chosen[(at+column)%BANKS] = (at + column) % T;
          columns_left[(at+column)%T] = 0;
          n = n + 1;
        end
      end
      word = {WORD_W{1'b0}};
      // what stands behind the values has no meaning
      for (at = n; at < Q; at = at + 1) word[at*B_W +: B_W] = below(1 << 16);
      at = 0;
      for (bank = 0; bank < BANKS; bank = bank + 1) begin
        if (chosen[bank] >= 0) begin
          word[at*B_W +: B_W]                      = b_of[(part*KT+k)*T+chosen[bank]];
          word[Q*B_W+at*COL_W +: COL_W]            = chosen[bank] / BANKS;
          word[Q*(B_W+COL_W)+bank]                 = 1'b1;
          at                                       = at + 1;
        end
      end
      word[Q*(B_W+COL_W)+BANKS +: KS_W]    = k / BLOCKS;
      word[Q*(B_W+COL_W)+BANKS+KS_W]       = n < Q && columns_left != 0;
    end
  endtask

  // The words of a block for a k-tile; the last one is kept back until it is known to be that.
  reg [WORD_W-1:0] kept;
  integer          kept_n, kept_k;
  task make_words;
    begin
      kept   = 0;
      kept_n = -1;
      kept_k = 0;
      for (k = (g + BLOCKS - turn_of[part]) % BLOCKS; k < KT; k = k + BLOCKS) begin
        for (column = 0; column < T; column = column + 1)
          columns_left[column] = b_full || b_of[(part*KT+k)*T+column] != 0;
        while (columns_left != 0) begin
          make_chunk;
          if (kept_n >= 0) swap_kept;
          else begin
            kept   = word;
            kept_n = n;
            kept_k = k;
          end
        end
      end
      word = kept;
      n    = kept_n < 0 ? 0 : kept_n;
      k    = kept_k;
      add_word(1'b1, part == tile * PARTS + parts_of[tile] - 1);
    end
  endtask

  reg [WORD_W-1:0] new_word;
  integer          new_n, new_k;
  task swap_kept;
    begin
      new_word = word;
      new_n    = n;
      new_k    = k;
      word     = kept;
      n        = kept_n;
      k        = kept_k;
      add_word(1'b0, 1'b0);
      kept     = new_word;
      kept_n   = new_n;
      kept_k   = new_k;
      k        = new_k;
    end
  endtask

  task make_results;
    begin
      all_products  = 0;
      all_effectual = 0;
      for (tile = 0; tile < tiles; tile = tile + 1) begin
        for (at = 0; at < T * T; at = at + 1) c_of[tile*T*T+at] = 0;
        for (part = tile * PARTS; part < tile * PARTS + parts_of[tile]; part = part + 1) begin
          for (k = 0; k < KT; k = k + 1) begin
            for (row = 0; row < T; row = row + 1) begin
              for (column = 0; column < T; column = column + 1) begin
                value = a_of[(part*T+row)*KT+k] * b_of[(part*KT+k)*T+column];
                c_of[(tile*T+row)*T+column] = c_of[(tile*T+row)*T+column] + value;
                if ((!skip || a_of[(part*T+row)*KT+k] != 0) && (b_full || b_of[(part*KT+k)*T+column] != 0))
                  all_products = all_products + 1;
                if (a_of[(part*T+row)*KT+k] != 0 && b_of[(part*KT+k)*T+column] != 0) all_effectual = all_effectual + 1;
              end
            end
          end
        end
      end
    end
  endtask

  // Job 0 is full of full operands without a stall; 1 has no zeros skipped; 2 is empty; 3 hits the same sums again and
  // again.
  integer a_stall, b_stall, grant_stall;
  task make_job;
    begin
      tiles         = 3 + below(TILES - 2);
      skip          = job % 4 != 1;
      b_full        = job % 4 < 2;
      a_percent     = job == 0 ? 100 : job % 8 == 2 ? 0 : 1 + below(100);
      b_percent     = job == 0 ? 100 : job % 8 == 6 ? 0 : 1 + below(100);
      row_choice    = job % 8 == 3 ? 1 : job % 8 == 7 ? 2 : 0;
      column_choice = job % 4 == 3 ? 1 + below(3) : 0;
      a_stall       = job < 4 || random(40) ? 0 : below(90);
      b_stall       = job < 4 || random(40) ? 0 : below(90);
      grant_stall   = job < 4 || random(40) ? 0 : 80 + below(20);
      make_operands;
      for (g = 0; g < BLOCKS; g = g + 1) begin
        word_count[g] = 0;
        for (tile = 0; tile < tiles; tile = tile + 1)
          for (part = tile * PARTS; part < tile * PARTS + parts_of[tile]; part = part + 1) make_words;
      end
      make_results;
      work = T * T * KT * PARTS;
    end
  endtask

  // ---------------------------------------------------------------- the reference

  integer       a_tile, a_part, a_sub, a_loaded_parts, a_loaded_tiles, a_ended;
  integer       next_word[0:BLOCKS-1];
  reg [T-1:0]   rows_left[0:BLOCKS*MOST-1];          // by word that has entered
  integer       oldest[0:BLOCKS-1];                  // words oldest to next_word - 1 are in the window
  integer       parts_entered[0:BLOCKS-1], parts_gone[0:BLOCKS-1], tiles_entered[0:BLOCKS-1], tiles_gone[0:BLOCKS-1];
  integer       gone_at[0:BLOCKS*TILES-1];           // cycle in which a tile went from the window
  integer       freed, taken, taken_at, results, started, lane, index, idle_slots, full_cycles, first_issue, last_issue;
  integer       owed_merge, owed_idle, issues, merge, used, sum_issued, sum_effectual, sum_skipped, words_out;
  reg [T-1:0]   mine;
  reg [T-1:0]   rows_of_lane[0:LANES-1];             // (row mod 8) * LANES / 8 is the lane's number
  reg           want_a, want_grant, found, may, some_out, some_a, some_b;
  reg [BLOCKS-1:0] want_b;
  integer       causes[0:3], late_cause;             // of this cycle and the three before
  integer       read_from;                           // cycle of the first read of the tile that leaves

  task reset_reference;
    begin
      {a_tile, a_part, a_sub, a_loaded_parts, a_loaded_tiles, a_ended} = 0;
      {freed, taken, results, words_out, owed_merge, owed_idle, sum_issued, sum_effectual, sum_skipped} = 0;
      {idle_slots, full_cycles, first_issue, last_issue} = 0;
      for (g = 0; g < BLOCKS; g = g + 1) begin
        next_word[g]     = 0;
        oldest[g]        = 0;
        parts_entered[g] = 0;
        parts_gone[g]    = 0;
        tiles_entered[g] = 0;
        tiles_gone[g]    = 0;
      end
      for (at = 0; at < 4; at = at + 1) causes[at] = 1;
      started  = cycle;
      taken_at = cycle - 10 * WORDS;
    end
  endtask

  task want_handshakes;
    begin
      want_a = 1'b1;
      for (g = 0; g < BLOCKS; g = g + 1) if (a_loaded_parts - parts_gone[g] >= SLOTS) want_a = 1'b0;
      want_grant = taken < tiles && cycle - taken_at >= WORDS && cycle - started >= ROWS * COLS;
      for (g = 0; g < BLOCKS; g = g + 1)
        if (tiles_gone[g] <= taken || cycle < gone_at[g*TILES+taken] + 5) want_grant = 1'b0;
    end
  endtask

  // Issue and retire of block g; what enters is decided with the window as it is then.
  task issue_and_retire;
    begin
      for (lane = 0; lane < LANES; lane = lane + 1) begin
        found = 1'b0;
        for (index = oldest[g]; index < next_word[g] && !found; index = index + 1) begin
          mine = rows_left[g*MOST+index] & rows_of_lane[lane];
          if (mine != 0) begin
            found  = 1'b1;
            issues = issues + 1;
            used   = used + word_n[g*MOST+index];
            merge  = merge + (word_of[g*MOST+index][WORD_W-3] ? Q - word_n[g*MOST+index] : 0);
            rows_left[g*MOST+index] = rows_left[g*MOST+index] & ~(mine & -mine);
          end
        end
      end
      while (oldest[g] < next_word[g] && rows_left[g*MOST+oldest[g]] == 0) begin
        if (word_of[g*MOST+oldest[g]][WORD_W-2]) parts_gone[g] = parts_gone[g] + 1;
        if (word_of[g*MOST+oldest[g]][WORD_W-1]) begin
          gone_at[g*TILES+tiles_gone[g]] = cycle;
          tiles_gone[g]                  = tiles_gone[g] + 1;
        end
        oldest[g] = oldest[g] + 1;
      end
    end
  endtask

  task enter;
    begin
      index  = g * MOST + next_word[g];
      may    = cycle - started >= ROWS * COLS && tiles_entered[g] - freed < 2;
      want_b[g] = may && a_loaded_parts > parts_entered[g] && next_word[g] - oldest[g] < CHUNKS;
      if (b_valid[g] && !may) some_out = 1'b1;
      if (b_valid[g] && a_loaded_parts <= parts_entered[g]) some_a = 1'b1;
      if (!b_valid[g] && next_word[g] < word_count[g]) some_b = 1'b1;
      if (b_valid[g] && want_b[g]) begin
        for (row = 0; row < T; row = row + 1)
          rows_left[index][row] = word_n[index] > 0 && (!skip || a_of[(word_part[index]*T+row)*KT+word_k[index]] != 0);
        next_word[g] = next_word[g] + 1;
        if (word_of[index][WORD_W-2]) parts_entered[g] = parts_entered[g] + 1;
        else if (b_skip[g]) skip_words;
        if (word_of[index][WORD_W-1]) tiles_entered[g] = tiles_entered[g] + 1;
      end
    end
  endtask

  // What a store does with a skip: the words up to the k-tile's last one do not come. Now and then all of them come,
  //      which is legal, too.
  integer dropped;
  task skip_words;
    begin
      for (n = 0; !word_of[g*MOST+next_word[g]+n][WORD_W-2]; n = n + 1) begin
        at = g * MOST + next_word[g] + n;
        for (row = 0; row < T; row = row + 1)
          if (word_n[at] > 0 && (!skip || a_of[(word_part[at]*T+row)*KT+word_k[at]] != 0))
            fail("a skip loses products");
      end
      if (random(70)) begin
        word_count[g] = word_count[g] - n;
        dropped       = dropped + n;
        for (at = g * MOST + next_word[g]; n > 0 && at < g * MOST + word_count[g]; at = at + 1) begin
          word_of[at]   = word_of[at+n];
          word_n[at]    = word_n[at+n];
          word_part[at] = word_part[at+n];
          word_k[at]    = word_k[at+n];
        end
      end
    end
  endtask

  task account;
    begin
      if (issues > 0) begin
        owed_merge = owed_merge + merge;
        owed_idle  = owed_idle + (BLOCKS * LANES - issues) * Q;
        causes[0]  = 0;
        if (owed_merge >= BLOCKS * LANES * Q) begin
          causes[0]  = 3;
          owed_merge = owed_merge - BLOCKS * LANES * Q;
        end else if (owed_idle >= BLOCKS * LANES * Q) begin
          causes[0] = 2;
          owed_idle = owed_idle - BLOCKS * LANES * Q;
        end
        if (first_issue == 0) first_issue = cycle;
        last_issue = cycle;
        if (used == BLOCKS * LANES * Q) full_cycles = full_cycles + 1;
      end else begin
        causes[0] = some_out ? 7 : some_a ? 4 : some_b ? (b_late ? 6 : 5) :
                    want_grant && !grant_valid && b_valid == 0 ? 7 : 1;
      end
    end
  endtask

  // All that happens at the end of this cycle, after the outputs have been compared.
  task advance;
    begin
      {issues, used, merge, some_out, some_a, some_b} = 0;
      late_cause = causes[3];
      for (at = 3; at > 0; at = at - 1) causes[at] = causes[at-1];
      for (g = 0; g < BLOCKS; g = g + 1) begin
        issue_and_retire;
        enter;
      end
      account;
      if (b_ready !== want_b) fail("wrong word taken");
      if (a_valid && want_a) begin
        a_sub = a_sub + 1;
        if (a_sub == SUBS) begin
          a_sub          = 0;
          a_loaded_parts = a_loaded_parts + 1;
          a_part         = a_part + 1;
          if (a_part == parts_of[a_tile]) begin
            a_part = 0;
            a_tile = a_tile + 1;
          end
        end
      end
      if (cycle - taken_at == WORDS && taken > 0) freed = freed + 1;
      if (grant_valid && want_grant) begin
        taken    = taken + 1;
        taken_at = cycle;
      end
      sum_issued    = sum_issued + issued;
      sum_effectual = sum_effectual + effectual;
      sum_skipped   = sum_skipped + skipped;
    end
  endtask

  // ---------------------------------------------------------------- driving and comparing

  task drive;
    begin
      if (!(a_valid && !want_a)) a_valid = a_tile < tiles && !random(a_stall);
      a_data  = {8 * KT * A_W{1'bx}};
      a_first = 1'bx;
      a_last  = 1'bx;
      a_end   = 1'bx;
      a_turn  = turn_of[a_tile*PARTS+a_part];
      a_turn_next = a_part == parts_of[a_tile] - 1 ? turn_of[(a_tile+1)*PARTS] : turn_of[a_tile*PARTS+a_part+1];
      if (a_valid) begin
        for (row = 0; row < 8; row = row + 1)
          for (k = 0; k < KT; k = k + 1)
            a_data[(row*KT+k)*A_W +: A_W] = a_of[((a_tile*PARTS+a_part)*T+a_sub*8+row)*KT+k];
        a_first = a_part == 0;
        a_last  = a_part == parts_of[a_tile] - 1;
        a_end   = a_last && a_tile == tiles - 1;
      end
      for (g = 0; g < BLOCKS; g = g + 1) begin
        if (!(b_valid[g] && !want_b[g])) b_valid[g] = next_word[g] < word_count[g] && !random(b_stall);
        b_data[g*WORD_W +: WORD_W] = b_valid[g] ? word_of[g*MOST+next_word[g]] : {WORD_W{1'bx}};
      end
      if (!(grant_valid && !want_grant)) grant_valid = !random(grant_stall);
      b_late = random(30);
    end
  endtask

  integer word_in_tile;
  task check;
    begin
      want_handshakes;
      if (a_ready !== want_a) fail("wrong room for A");
      if (grant_ready !== want_grant) fail("wrong time of a token");
      if (tile_taken !== (want_grant && grant_valid)) fail("wrong end of a tile");
      if (stream_error !== 1'b0) fail("stream error");
      if (c_valid) begin
        for (bank = 0; bank < BANKS; bank = bank + 1)
          if (c_data[bank*32 +: 32] !== c_of[words_out*BANKS+bank]) fail("wrong sum");
        words_out = words_out + 1;
      end
      if (c_valid !== (cycle - taken_at >= 4 && cycle - taken_at < 4 + WORDS && words_out > 0) &&
          !(taken > 1 && cycle - taken_at < 4))
        fail("wrong time of a result");
      if (done !== (taken == tiles && cycle - taken_at >= 4 + WORDS)) fail("wrong done");
    end
  endtask

  task run;
    begin
      make_job;
      rst    = 1'b1;
      a_turn = turn_of[0];
      {a_valid, b_valid, grant_valid} = 0;
      {want_a, want_b, want_grant} = -1;
      repeat (2) @(negedge clk);
      rst = 1'b0;
      reset_reference;
      while (!done || taken < tiles) begin
        drive;
        #1 check;
        advance;
        if (!done && cause !== causes[3]) fail("wrong cause");
        @(negedge clk);
        cycle = cycle + 1;
        if (cycle - started > 400000) fail("no end");
      end
      if (words_out != tiles * WORDS) fail("results missing");
      if (cause !== 3'd7) fail("wrong cause at the end");
      if (sum_issued != all_products) fail("wrong number of products");
      if (sum_effectual != all_effectual) fail("wrong number of effectual products");
      if (sum_skipped + sum_issued != work * tiles) fail("wrong number of skipped products");
      if (job == 0 && full_cycles != last_issue - first_issue + 1) fail("cycles lost at full operands");
    end
  endtask

  initial begin
    seed = SEED;
    clk  = 0;
    {cycle, job, dropped} = 0;
    for (row = 0; row < T; row = row + 1)
      for (lane = 0; lane < LANES; lane = lane + 1) rows_of_lane[lane][row] = row % 8 * LANES / 8 == lane;
    for (job = 0; job < JOBS; job = job + 1) run;
    if (dropped == 0) fail("no word was skipped");
    $display("PASS %0d jobs, %0d cycles, %0d words skipped", JOBS, cycle, dropped);
    $finish;
  end

endmodule

`default_nettype wire
