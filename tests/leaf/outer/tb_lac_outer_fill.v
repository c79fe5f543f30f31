// variants: -Ptb.JOBS=30
// variants: -Ptb.BANKS=16 -Ptb.COLS=4 -Ptb.Q=8 -Ptb.KT=8 -Ptb.BLOCKS=4 -Ptb.BUS_W=128 -Ptb.SEED=2 -Ptb.JOBS=13
// variants: -Ptb.BANKS=16 -Ptb.COLS=1 -Ptb.Q=16 -Ptb.KT=4 -Ptb.BLOCKS=1 -Ptb.B_W=16 -Ptb.SEED=3 -Ptb.JOBS=30
// variants: -Ptb.BANKS=2 -Ptb.COLS=8 -Ptb.Q=2 -Ptb.KT=1 -Ptb.BLOCKS=1 -Ptb.B_W=4 -Ptb.BUS_W=256 -Ptb.SEED=4,
// variants: -Ptb.JOBS=50
// variants: -Ptb.BANKS=4 -Ptb.COLS=4 -Ptb.Q=4 -Ptb.KT=16 -Ptb.BLOCKS=16 -Ptb.BUS_W=512 -Ptb.SEED=5 -Ptb.JOBS=15
// lint: -GBANKS=2 -GCOLS=8 -GQ=2 -GKT=1 -GBLOCKS=1 -GB_W=4 | -GBANKS=8 -GCOLS=4 -GQ=8 -GKT=64 -GBLOCKS=1
// lint: -GBANKS=16 -GCOLS=4 -GQ=8 -GKT=32 -GBLOCKS=4 -GBUS_W=128
// lint: -GBANKS=16 -GCOLS=1 -GQ=16 -GKT=16 -GBLOCKS=16 -GB_W=16
// lint: -GBANKS=64 -GCOLS=1 -GQ=2 -GKT=64 -GBLOCKS=16 -GB_W=4 -GBUS_W=512
// Jobs of random panels, packed here by the rules of docs/engines/outer.md; words and k-tiles must come as these rules
// give them, in order, also when panels are fetched again. Some jobs have an offence: an error with its panel, no word
// that is not a legal one's, then silence; some are garbage throughout: an end or an error. In jobs without stalls no
// cycle may be lost.
`default_nettype none

module tb;

  parameter BANKS  = 4;
  parameter COLS   = 4;
  parameter Q      = 4;
  parameter KT     = 8;
  parameter BLOCKS = 2;
  parameter B_W    = 8;
  parameter BUS_W  = 64;
  parameter SEED   = 1;
  parameter JOBS   = 150;

  localparam T      = BANKS * COLS;
  localparam SHOW_W = $clog2(KT / BLOCKS * (T / Q) + 1);
  localparam COL_W  = COLS > 1 ? $clog2(COLS) : 1;
  localparam KS_W   = KT > BLOCKS ? $clog2(KT / BLOCKS) : 1;
  localparam WORD_W = Q * (B_W + COL_W) + BANKS + KS_W + 3;
  localparam COL_AT = Q * B_W;
  localparam PLACES = COL_AT + Q * COL_W;
  localparam KS_AT  = PLACES + BANKS;
  localparam SHORT  = KS_AT + KS_W;
  localparam BYTES  = BUS_W / 8;
  localparam VALUES = BUS_W / B_W;
  localparam PANELS = 4;
  localparam BITS   = 1 << 19;                        // of each region
  localparam LIST   = 1 << 12;                        // words of a block in a job
  localparam WIDE   = KT * T > 250;                   // fewer and shorter jobs

  reg                      clk = 1'b0;
  reg                      rst = 1'b1;
  reg                      start = 1'b0;
  reg                      bitmaps;
  reg  [31:0]              steps, run, panels, n, block_panels, block_cols, b_bytes, m_bytes;
  reg                      b_valid = 1'b0, m_valid = 1'b0, list_ready = 1'b0;
  reg  [BLOCKS-1:0]        word_ready = {BLOCKS{1'b0}};
  wire                     b_ready, m_ready, list_valid, list_last, meta_late, error;
  reg  [BUS_W-1:0]         b_data, m_data;
  wire [BLOCKS-1:0]        word_valid;
  wire [BLOCKS*WORD_W-1:0] word_data;
  wire [31:0]              list_number, error_pos;
  wire [BLOCKS*SHOW_W-1:0] list_words;
  wire [(BLOCKS > 1 ? $clog2(BLOCKS) : 1)-1:0] list_turn;

  lac_outer_fill #(
    .BANKS          (BANKS),
    .COLS           (COLS),
    .Q              (Q),
    .KT             (KT),
    .BLOCKS         (BLOCKS),
    .B_W            (B_W),
    .BUS_W          (BUS_W)
  ) u_dut (
    .clk_i          (clk),
    .rst_i          (rst),
    .start_i        (start),
    .bitmaps_i      (bitmaps),
    .steps_i        (steps),
    .run_i          (run),
    .panels_i       (panels),
    .n_i            (n),
    .block_panels_i (block_panels),
    .block_cols_i   (block_cols),
    .b_bytes_i      (b_bytes),
    .m_bytes_i      (m_bytes),
    .b_valid_i      (b_valid),
    .b_ready_o      (b_ready),
    .b_data_i       (b_data),
    .m_valid_i      (m_valid),
    .m_ready_o      (m_ready),
    .m_data_i       (m_data),
    .word_valid_o   (word_valid),
    .word_ready_i   (word_ready),
    .word_data_o    (word_data),
    .list_valid_o   (list_valid),
    .list_ready_i   (list_ready),
    .list_number_o  (list_number),
    .list_last_o    (list_last),
    .list_words_o   (list_words),
    .list_turn_o    (list_turn),
    .meta_late_o    (meta_late),
    .error_o        (error),
    .error_pos_o    (error_pos)
  );

  always #5 clk = !clk;

  integer seed, job, cycle, fetches, kind, bad_panel, stall, errors, quiet, bound, closed, told, given, lates;
  integer b_sent, m_sent, b_beats, m_beats;           // beats, of all fetches
  integer b_bits, m_bits;                             // of a fetch, while it is packed

  reg  [1:0]       moved;
  reg  [BITS-1:0]  b_region, m_region;
  reg  [WORD_W-1:0] want       [0:BLOCKS*LIST-1];     // words of a fetch, by block
  integer          want_count  [0:BLOCKS-1];
  integer          want_panel  [0:BLOCKS*LIST-1];
  integer          want_tile   [0:LIST-1];            // k-tiles of a fetch
  reg              want_last   [0:LIST-1];
  integer          want_turn   [0:LIST-1];
  integer          want_tiles;
  integer          word_at     [0:BLOCKS-1];          // words taken, of all fetches
  integer          tile_from   [0:BLOCKS-1];          // of these, before the k-tile at hand
  integer          header_at   [0:PANELS-1];          // bits of the M region
  integer          header      [0:PANELS-1];
  integer          tile_at     [0:PANELS-1];          // the last byte of k-tiles
  integer          fiber_at    [0:PANELS-1];          // some fiber, -1: none
  integer          fibers      [0:PANELS-1];
  integer          b_end       [0:PANELS-1];          // bits of the regions, without the rest of the last beat
  integer          m_end       [0:PANELS-1];

  task fail(input [8*40-1:0] why);
    begin
      $display("FAIL job %0d kind %0d cycle %0d: %0s", job, kind, cycle, why);
      $finish;
    end
  endtask

  function integer random(input integer low, input integer high);
    random = low + $unsigned($random(seed)) % (high - low + 1);
  endfunction

  // ---------------------------------------------------------------- packing

  task put_meta(input integer value, input integer bits);
    integer i;
    for (i = 0; i < bits; i = i + 1) begin
      m_region[m_bits] = value >> i;
      m_bits = m_bits + 1;
    end
  endtask

  // A word at the end of a block's list; the one before it is now known not to be the last of its k-tile.
  task put_word(input integer block, input integer panel, input [WORD_W-1:0] word);
    begin
      want[block*LIST+want_count[block]]       = word;
      want_panel[block*LIST+want_count[block]] = panel;
      want_count[block] = want_count[block] + 1;
      if (want_count[block] == LIST) fail("bench: list too short");
    end
  endtask

  reg [BLOCKS-1:0] touched;                           // blocks with a word of the k-tile at hand

  task put_chunks(input integer panel, input integer k, input integer block, input [T-1:0] bits);
    reg     [T-1:0]      left;
    reg     [BANKS-1:0]  taken;
    reg     [WORD_W-1:0] word;
    reg     [B_W-1:0]    value;
    integer              tall [0:BANKS-1];
    integer              i, bank, best, count, column;
    begin
      left = bits;
      if (left == 0) bound = bound + 1;
      while (left != 0) begin
        for (bank = 0; bank < BANKS; bank = bank + 1) tall[bank] = 0;
        for (i = 0; i < T; i = i + 1) if (left[i]) tall[i%BANKS] = tall[i%BANKS] + 1;
        taken = 0;
        word  = 0;
        for (i = 0; i < Q; i = i + 1) begin
          best = -1;
          for (bank = BANKS - 1; bank >= 0; bank = bank - 1)
            if (!taken[bank] && tall[bank] > 0 && (best < 0 || tall[bank] >= tall[best])) best = bank;
          if (best >= 0) taken[best] = 1'b1;
        end
        count = 0;
        for (bank = 0; bank < BANKS; bank = bank + 1)
          if (taken[bank]) begin
            column = 0;
            while (!left[column*BANKS+bank]) column = column + 1;
            left[column*BANKS+bank] = 1'b0;
            value = $random(seed);
            b_region[b_bits +: B_W] = value;
            b_bits = b_bits + B_W;
            word[count*B_W +: B_W] = value;
            word[COL_AT+count*COL_W +: COL_W] = column;
            count = count + 1;
          end
        word[PLACES +: BANKS] = taken;
        word[KS_AT +: KS_W]   = k / BLOCKS;
        word[SHORT]           = count < Q && left != 0;
        put_word(block, panel, word);
        touched[block] = 1'b1;
        bound = bound + 1;
        header[panel] = header[panel] + count;
      end
    end
  endtask

  task end_tile(input integer panel, input integer number, input integer turn, input last);
    integer block;
    begin
      for (block = 0; block < BLOCKS; block = block + 1) begin
        if (!touched[block]) put_word(block, panel, 0);
        want[block*LIST+want_count[block]-1][WORD_W-2] = 1'b1;
        want[block*LIST+want_count[block]-1][WORD_W-1] = last;
      end
      want_tile[want_tiles] = number;
      want_last[want_tiles] = last;
      want_turn[want_tiles] = turn;
      want_tiles            = want_tiles + 1;
      touched               = 0;
    end
  endtask

  function integer align(input integer bits);
    align = (bits + BUS_W - 1) / BUS_W * BUS_W;
  endfunction

  function integer columns_of(input integer panel);
    integer block;
    begin
      block      = panel / block_panels;
      columns_of = block == (panels - 1) / block_panels ? n - block * block_cols : block_cols;
      columns_of = columns_of - panel % block_panels * T;
      if (columns_of > T) columns_of = T;
    end
  endfunction

  // fill: 0 empty, 100 full, else the share of nonzeros; some k-tiles are empty at any share but full.
  task pack_panel(input integer panel, input integer fill);
    integer step, run_left, length, k, col, open, turn, before, tiles_at;   // before: k of the panel before the k-tile
    reg [T-1:0] bits, legal;
    begin
      legal = {T{1'b1}};
      if (bitmaps && columns_of(panel) < T) legal = ~({T{1'b1}} << columns_of(panel));
      header[panel]    = 0;
      header_at[panel] = m_bits;
      fiber_at[panel]  = -1;
      fibers[panel]    = 0;
      put_meta(0, 32);
      bound    = bound + 5;
      open     = -1;
      turn     = 0;
      before   = 0;
      touched  = 0;
      run_left = run;
      for (step = 0; step < steps; step = step + 1) begin
        length   = run_left < KT && run > 0 ? run_left : KT;
        run_left = run_left <= KT ? run : run_left - KT;
        if (step % 8 == 0) begin
          tiles_at = m_bits;
          put_meta(0, 8);
          bound = bound + 1;
        end
        tile_at[panel] = tiles_at;
        if (fill == 100 || (fill > 0 && random(0, 2) > 0)) begin
          if (open >= 0) end_tile(panel, open, turn, 1'b0);
          open = step;
          turn = before % BLOCKS;
          m_region[tiles_at+step%8] = 1'b1;
          for (k = 0; k < length; k = k + 1) begin
            for (col = 0; col < T; col = col + 1) bits[col] = legal[col] && random(0, 99) < fill;
            if (fiber_at[panel] < 0 || random(0, 3) == 0) fiber_at[panel] = m_bits;
            fibers[panel] = fibers[panel] + 1;
            m_region[m_bits +: T] = bits;
            m_bits = m_bits + T;
            put_chunks(panel, k, (before + k) % BLOCKS, bits);
          end
        end else bound = bound + 1;
        before = before + length;
      end
      end_tile(panel, open < 0 ? 0 : open, turn, 1'b1);
      m_region[header_at[panel] +: 32] = header[panel];
      b_end[panel] = b_bits;
      m_end[panel] = m_bits;
      b_bits = align(b_bits);
      m_bits = align(m_bits);
    end
  endtask

  // ---------------------------------------------------------------- offences

  localparam LEGAL    = 0;
  localparam MORE     = 1;    // values than bits
  localparam FEWER    = 2;
  localparam HUGE     = 3;    // 2^32 - 1 values
  localparam M_SHORT  = 4;    // a beat of bitmaps less than there is
  localparam M_LONG   = 5;
  localparam B_SHORT  = 6;
  localparam B_LONG   = 7;
  localparam NO_TILE  = 8;    // a bit at a k-tile that is not
  localparam NO_COL   = 9;
  localparam FLIP     = 10;   // any bit of a fiber
  localparam REST_M   = 11;   // a bit behind the bitmaps
  localparam REST_B   = 12;   // and behind the values
  localparam GARBAGE  = 13;

  task spoil;
    integer at;
    begin
      bad_panel = random(0, panels - 1);
      case (kind)
        MORE:  m_region[header_at[bad_panel] +: 32] = header[bad_panel] + random(1, 3);
        FEWER, B_SHORT: begin    // of the last panel that has any, so that no other's are taken in their place
          bad_panel = panels - 1;
          while (bad_panel > 0 && header[bad_panel] == 0) bad_panel = bad_panel - 1;
          if (header[bad_panel] == 0) kind = LEGAL;
          else if (kind == B_SHORT) b_bits = b_bits - BUS_W;
          else begin
            at     = random(0, header[bad_panel] - 1);
            b_bits = b_bits - align(header[bad_panel] * B_W) + align(at * B_W);
            m_region[header_at[bad_panel] +: 32] = at;
          end
        end
        HUGE:  m_region[header_at[bad_panel] +: 32] = 32'hffffffff;
        M_SHORT, M_LONG: begin
          bad_panel = panels - 1;
          m_bits    = kind == M_LONG ? m_bits + BUS_W : m_bits - BUS_W;
        end
        B_LONG: begin
          bad_panel = panels - 1;
          b_bits    = b_bits + BUS_W;
        end
        NO_TILE: if (steps % 8 != 0) m_region[tile_at[bad_panel]+random(steps%8, 7)] = 1'b1; else kind = LEGAL;
        NO_COL: begin
          for (at = 1; at < panels && (fiber_at[bad_panel] < 0 || columns_of(bad_panel) == T); at = at + 1)
            bad_panel = (bad_panel + 1) % panels;
          if (fiber_at[bad_panel] >= 0 && columns_of(bad_panel) < T)
            m_region[fiber_at[bad_panel]+random(columns_of(bad_panel), T-1)] = 1'b1;
          else kind = LEGAL;
        end
        FLIP: if (fiber_at[bad_panel] >= 0) begin
          at = fiber_at[bad_panel] + random(0, T - 1);
          m_region[at] = !m_region[at];
        end else kind = LEGAL;
        REST_M: if (m_end[bad_panel] % BUS_W != 0)
          m_region[random(m_end[bad_panel], align(m_end[bad_panel])-1)] = 1'b1;
        else kind = LEGAL;
        REST_B: if (b_end[bad_panel] % BUS_W != 0)
          b_region[random(b_end[bad_panel], align(b_end[bad_panel])-1)] = 1'b1;
        else kind = LEGAL;
        GARBAGE: begin
          for (at = 0; at < m_bits; at = at + 32)
            m_region[at +: 32] = job % 2 ? $random(seed) : $random(seed) & $random(seed);
          for (at = 0; at < panels; at = at + 1) m_region[header_at[at] +: 32] = random(0, b_bits / B_W);
        end
        default: ;
      endcase
    end
  endtask

  task pick;
    integer panel, block;
    begin
      bitmaps      = job % 4 != 3;
      panels       = random(1, PANELS);
      block_panels = random(0, 1) ? random(1, panels) : panels;
      block_cols   = random((block_panels - 1) * T + 1, block_panels * T);
      block        = (panels - 1) / block_panels;
      panel        = panels - block * block_panels;   // of the last block
      n            = block * block_cols + random((panel - 1) * T + 1, panel < block_panels ? panel * T : block_cols);
      run          = random(1, 3 * KT);
      steps        = bitmaps ? random(1, 20) : random(1, 3);
      if (job % 7 == 6) run = 0;                      // no plan makes this
      if (WIDE && steps > 9) steps = steps - 10;
      if (steps == 0) steps = 9;
      fetches      = random(1, 2);
      stall        = random(0, 1) ? 0 : random(0, 70);
      m_region     = {BITS{1'b0}};
      b_region     = {BITS{1'b0}};
      {b_bits, m_bits, want_tiles, bound} = 0;
      for (block = 0; block < BLOCKS; block = block + 1) {want_count[block], word_at[block], tile_from[block]} = 0;
      for (panel = 0; panel < panels; panel = panel + 1)
        pack_panel(panel, bitmaps ? (random(0, 4) == 0 ? 0 :
                                     random(0, 4) == 0 && steps < 4 ? 100 : random(1, 60)) : 100);
      kind = bitmaps && job % 3 > 0 ? 1 + job / 3 % GARBAGE : LEGAL;
      if (kind != LEGAL) spoil;
      if (kind == LEGAL) bad_panel = -1;
      b_bytes = b_bits / 8;
      m_bytes = bitmaps ? m_bits / 8 : 0;
      b_beats = b_bits / BUS_W * fetches;
      m_beats = bitmaps ? m_bits / BUS_W * fetches : 0;
      {b_sent, m_sent, errors, quiet, closed, told, given} = 0;
    end
  endtask

  // ---------------------------------------------------------------- both ends

  task drive;
    integer block;
    begin
      if (!b_valid && b_sent < b_beats && random(0, 99) >= stall) b_valid = 1'b1;
      if (!m_valid && m_sent < m_beats && random(0, 99) >= stall) m_valid = 1'b1;
      b_data = b_valid ? b_region[b_sent % (b_beats / fetches) * BUS_W +: BUS_W] : {BUS_W{1'bx}};
      m_data = m_valid ? m_region[m_sent % (m_beats / fetches) * BUS_W +: BUS_W] : {BUS_W{1'bx}};
      list_ready = random(0, 99) >= stall;
      // all at once, now and then
      for (block = 0; block < BLOCKS; block = block + 1) word_ready[block] = random(0, 99) >= stall / BLOCKS;
    end
  endtask

  task check_word(input integer block);
    reg [WORD_W-1:0] got, due;
    integer i, at, used;
    begin
      got = word_data[block*WORD_W +: WORD_W];
      at  = word_at[block] % want_count[block] + block * LIST;
      due = want[at];
      if (word_at[block] == want_count[block] * fetches) fail("word after the last");
      if (got[WORD_W-2] !== (closed == 1) || got[WORD_W-1] !== (closed == 1 && list_last))
        fail("k-tiles do not end together");
      if (kind != GARBAGE && !(kind == FLIP && want_panel[at] >= bad_panel)) begin
        used = 0;
        for (i = 0; i < BANKS; i = i + 1) used = used + due[PLACES+i];
        for (i = 0; i < used; i = i + 1) begin
          if (got[i*B_W +: B_W] !== due[i*B_W +: B_W]) fail("wrong value");
          if (got[COL_AT+i*COL_W +: COL_W] !== due[COL_AT+i*COL_W +: COL_W]) fail("wrong column");
        end
        if (got[PLACES +: BANKS] !== due[PLACES +: BANKS]) fail("wrong places");
        if (used > 0 && got[KS_AT +: KS_W] !== due[KS_AT +: KS_W]) fail("wrong k");
        if (got[WORD_W-1 -: 3] !== due[WORD_W-1 -: 3]) fail("wrong flags");
        if (bad_panel >= 0 && want_panel[at] > bad_panel) fail("word behind an offence");
      end
      word_at[block] = word_at[block] + 1;
      given          = given + 1;
    end
  endtask

  task check;
    integer block;
    begin
      if (^{word_valid, list_valid, error, b_ready, m_ready, meta_late} === 1'bx) fail("X on control");
      if ((word_valid & ~word_ready) != 0 || (list_valid && !list_ready)) fail("valid without ready");
      closed = list_valid;
      if (list_valid && !(&word_valid)) fail("a block does not see the end of a k-tile");
      if (errors > 0 && (word_valid != 0 || list_valid)) fail("an error lets words through");
      if (kind != GARBAGE)
        for (block = 0; block < BLOCKS; block = block + 1) if (word_valid[block]) check_word(block);
      if (list_valid) begin
        if (kind != GARBAGE && list_number !== want_tile[told % want_tiles]) fail("wrong k-tile");
        if (kind != GARBAGE && list_last !== want_last[told % want_tiles]) fail("wrong last of panel");
        if (kind != GARBAGE && list_turn !== want_turn[told % want_tiles]) fail("wrong turn");
        told = told + 1;
        if (kind == GARBAGE && list_last) given = given + 1;
        for (block = 0; block < BLOCKS && kind != GARBAGE; block = block + 1) begin
          if (list_words[block*SHOW_W +: SHOW_W] !== word_at[block] - tile_from[block]) fail("wrong number of words");
          tile_from[block] = word_at[block];
        end
      end
      if (error) begin
        if (errors > 0 || kind == LEGAL) fail("an error without an offence");
        if (kind != GARBAGE && error_pos !== bad_panel) fail("wrong panel");
        errors = 1;
      end
      if (meta_late && (!bitmaps || word_valid != 0)) fail("wrong meta_late");
      lates = lates + meta_late;
      quiet = errors > 0 || (b_sent == b_beats && m_sent == m_beats && word_valid == 0) ? quiet + 1 : 0;
    end
  endtask

  task run_job;
    integer first, block;
    begin
      pick;
      {b_valid, m_valid} = 2'b00;
      start = 1'b1;
      @(negedge clk);
      start = 1'b0;
      first = cycle;
      while (kind == GARBAGE ? (quiet < 3000 && given < panels * fetches) : errors > 0 ? quiet < 30 :
             told < want_tiles * fetches) begin
        drive;
        #1 check;
        if (b_valid && b_ready) b_sent = b_sent + 1;
        if (m_valid && m_ready) m_sent = m_sent + 1;
        moved  = {b_ready, m_ready};
        cycle  = cycle + 1;
        if (kind != GARBAGE && cycle - first > 30000) fail("no end");
        @(negedge clk);
        {b_valid, m_valid} = {b_valid, m_valid} & ~moved;
      end
      if (kind == GARBAGE ? (errors == 0 && given < panels * fetches) : (kind != LEGAL) != (errors > 0))
        fail("no error");
      if (kind == LEGAL) begin
        for (block = 0; block < BLOCKS; block = block + 1)
          if (word_at[block] != want_count[block] * fetches) fail("words missing");
        if (stall == 0 && Q * B_W <= BUS_W && cycle - first > fetches * bound + 4) fail("cycles lost");
      end
    end
  endtask

  initial begin
    seed = SEED;
    {cycle, lates} = 0;
    repeat (2) @(negedge clk);
    rst = 1'b0;
    for (job = 0; job < JOBS; job = job + 1) run_job;
    if (lates == 0) fail("meta_late never seen");
    $display("PASS %0d jobs, %0d cycles", JOBS, cycle);
    $finish;
  end

endmodule

`default_nettype wire
