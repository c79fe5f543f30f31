// variants:
// variants: -Ptb.ROWS=3 -Ptb.COLS=6 -Ptb.CHUNKS=2 -Ptb.WORDS=70 -Ptb.SLOTS=4 -Ptb.OUT_BYTES=8 -Ptb.SEED=2 -Ptb.JOBS=40
// variants: -Ptb.ROWS=1 -Ptb.COLS=1 -Ptb.LANES=1 -Ptb.WORDS=8 -Ptb.SLOTS=5 -Ptb.OUT_BYTES=4 -Ptb.SEED=3
// variants: -Ptb.ADDR_W=40 -Ptb.COLS=15 -Ptb.CHUNKS=4 -Ptb.WORDS=128 -Ptb.SEED=4 -Ptb.JOBS=25
// variants: -Ptb.ROWS=4 -Ptb.COLS=6 -Ptb.LANES=6 -Ptb.WORDS=48 -Ptb.SLOTS=3 -Ptb.SEED=5 -Ptb.JOBS=40
// variants: -Ptb.PERMUTE=1 -Ptb.SEED=6
// variants: -Ptb.PERMUTE=1 -Ptb.ROWS=3 -Ptb.COLS=6 -Ptb.CHUNKS=2 -Ptb.WORDS=70 -Ptb.SLOTS=4 -Ptb.OUT_BYTES=8,
// variants: -Ptb.SEED=7 -Ptb.JOBS=30
// variants: -Ptb.PERMUTE=1 -Ptb.ROWS=1 -Ptb.COLS=5 -Ptb.LANES=2 -Ptb.CHUNKS=3 -Ptb.WORDS=100 -Ptb.SLOTS=5,
// variants: -Ptb.OUT_BYTES=8 -Ptb.SEED=8 -Ptb.JOBS=40
// lint: -GADDR_W=32 -GROWS=2 -GCOLS=4 -GLANES=4 -GCHUNKS=1 -GWORDS=32 -GSLOTS=32 -GOUT_BYTES=16
// lint: -GADDR_W=40 -GROWS=3 -GCOLS=15 -GLANES=4 -GCHUNKS=4 -GWORDS=128 -GSLOTS=4 -GOUT_BYTES=16
// lint: -GADDR_W=64 -GROWS=1 -GCOLS=1 -GLANES=1 -GCHUNKS=1 -GWORDS=8 -GSLOTS=2 -GOUT_BYTES=4
// lint: -GADDR_W=32 -GROWS=4 -GCOLS=6 -GLANES=6 -GCHUNKS=1 -GWORDS=48 -GSLOTS=3 -GOUT_BYTES=16
// lint: -GADDR_W=40 -GROWS=3 -GCOLS=15 -GLANES=4 -GCHUNKS=4 -GWORDS=128 -GSLOTS=4 -GOUT_BYTES=16 -GPERMUTE=1,
// lint: -GPANEL_W=4
// lint: -GADDR_W=32 -GROWS=1 -GCOLS=1 -GLANES=1 -GCHUNKS=1 -GWORDS=8 -GSLOTS=2 -GOUT_BYTES=4 -GPERMUTE=1 -GPANEL_W=4
// Random jobs with ragged rows and columns, blocks of groups and slots; result words are sent for each token, some
// cycles later. Plain loops make the list of segments; addresses, lengths, every byte, the tokens' bounds, busy_o and
// bytes_o are checked, and without stalls that no cycle is lost inside an m-tile. With PERMUTE the panels of a group
// stand in another order in each lane; in some jobs results that nobody wants name panels outside the group, which must
// be reported and must touch nothing. In others one register is spoilt, so that m-tiles or panels are too many or too
// few for M and N: that must be reported before the output is idle, and whatever comes, no segment lies past row M - 1
// or column N - 1.
`default_nettype none

module tb;

  parameter ADDR_W    = 32;
  parameter ROWS      = 2;
  parameter COLS      = 4;
  parameter LANES     = 4;
  parameter CHUNKS    = 1;
  parameter WORDS     = 32;
  parameter SLOTS     = 32;
  parameter OUT_BYTES = 16;
  parameter PERMUTE   = 0;
  parameter SEED      = 1;

  localparam SLOT_W   = $clog2(SLOTS + 1);
  localparam BYTES_W  = $clog2(OUT_BYTES + 1);
  localparam PANEL_W  = PERMUTE ? $clog2(WORDS / (ROWS * CHUNKS) + 1) : 1;
  parameter  JOBS     = 64;
  localparam LIST     = 4096;

  reg                    clk = 1'b0;
  reg                    rst = 1'b1;
  reg                    clear = 1'b0;
  reg                    start = 1'b0;
  reg  [31:0]            m, n, tiles, block_tiles, panels, group_panels, block_cols, block_panels, pitch, slot_words,
                         params_loaded;
  reg  [ADDR_W-1:0]      addr;
  reg                    narrow, params, permute;
  reg  [SLOT_W-1:0]      slots;
  wire                   grant_valid;
  reg                    grant_ready = 1'b0;
  reg                    in_valid = 1'b0;
  reg  [LANES*32-1:0]    in_data;
  reg  [LANES*PANEL_W-1:0] in_panel;
  wire                   stray;
  wire [31:0]            stray_column;
  wire                   req_valid;
  reg                    req_ready = 1'b0;
  wire [ADDR_W-1:0]      req_addr;
  wire [31:0]            req_bytes;
  wire                   dat_valid;
  reg                    dat_ready = 1'b0;
  wire [OUT_BYTES*8-1:0] dat_data;
  wire [BYTES_W-1:0]     dat_count;
  wire                   dat_last;
  wire                   busy;
  wire                   misfit;
  wire [63:0]            bytes;

  lac_c_buffer #(
    .ADDR_W    (ADDR_W),
    .ROWS      (ROWS),
    .COLS      (COLS),
    .LANES     (LANES),
    .CHUNKS    (CHUNKS),
    .WORDS     (WORDS),
    .SLOTS     (SLOTS),
    .OUT_BYTES (OUT_BYTES),
    .PERMUTE   (PERMUTE),
    .PANEL_W   (PANEL_W)
  ) u_dut (
    .clk_i           (clk),
    .rst_i           (rst),
    .clear_i         (clear),
    .start_i         (start),
    .m_i             (m),
    .n_i             (n),
    .tiles_i         (tiles),
    .block_tiles_i   (block_tiles),
    .panels_i        (panels),
    .group_panels_i  (group_panels),
    .block_cols_i    (block_cols),
    .block_panels_i  (block_panels),
    .addr_i          (addr),
    .pitch_i         (pitch),
    .narrow_i        (narrow),
    .permute_i       (permute),
    .slots_i         (slots),
    .slot_words_i    (slot_words),
    .params_i        (params),
    .params_loaded_i (params_loaded),
    .grant_valid_o   (grant_valid),
    .grant_ready_i   (grant_ready),
    .in_valid_i      (in_valid),
    .in_data_i       (in_data),
    .in_panel_i      (in_panel),
    .stray_o         (stray),
    .stray_column_o  (stray_column),
    .req_valid_o     (req_valid),
    .req_ready_i     (req_ready),
    .req_addr_o      (req_addr),
    .req_bytes_o     (req_bytes),
    .dat_valid_o     (dat_valid),
    .dat_ready_i     (dat_ready),
    .dat_data_o      (dat_data),
    .dat_count_o     (dat_count),
    .dat_last_o      (dat_last),
    .misfit_o        (misfit),
    .busy_o          (busy),
    .bytes_o         (bytes)
  );

  always #5 clk = !clk;

  // ---------------------------------------------------------------- the job as lists, made by plain loops

  integer seed, job, cycle, stall;
  integer token_count, token_tile [0:LIST-1], token_row0 [0:LIST-1], token_col0 [0:LIST-1], token_cols [0:LIST-1],
          token_need [0:LIST-1];
  integer token_panel [0:LIST-1], token_group [0:LIST-1], token_panels [0:LIST-1];
  integer segment_count, segment_row [0:LIST-1], segment_col [0:LIST-1], segment_cols [0:LIST-1],
          segment_tile [0:LIST-1];
  integer segment_pieces [0:LIST-1];
  integer tile_count;         // m-tiles of all groups: each takes a slot
  integer all_bytes;

  task fail(input [8*40-1:0] why);
    begin
      $display("FAIL job %0d cycle %0d: %0s", job, cycle, why);
      $finish;
    end
  endtask

  function integer random(input integer low, input integer high);
    random = low + $unsigned($random(seed)) % (high - low + 1);
  endfunction

  function integer least(input integer a, input integer b);
    least = a < b ? a : b;
  endfunction

  function [31:0] result(input integer row, input integer column);
    begin
      result = (row * 4099 + column + 1) * 32'h9e3779b1;
      result = result ^ (result >> 13);
    end
  endfunction

  // Real columns of a panel and the first of them, counted from the left.
  task locate(input integer panel, output integer first, output integer count);
    integer block, part;
    begin
      block = panel / block_panels;
      part  = panel % block_panels;
      first = block * block_cols + part * COLS;
      count = least(least(COLS, block_cols - part * COLS), n - first);
      if (count < 0) count = 0;
    end
  endtask

  task pick;
    integer blocks, rest;
    begin
      m            = random(1, 5 * ROWS);
      tiles        = (m + ROWS - 1) / ROWS;
      block_tiles  = random(1, tiles);
      blocks       = random(0, 1) ? 1 : random(2, 4);
      block_cols   = random(1, 3 * COLS);
      block_panels = (block_cols + COLS - 1) / COLS;
      rest         = blocks == 1 ? block_cols : random(1, block_cols);
      n            = (blocks - 1) * block_cols + rest;
      panels       = (blocks - 1) * block_panels + (rest + COLS - 1) / COLS;
      group_panels = random(1, least(panels, WORDS / (ROWS * CHUNKS)));
      slot_words   = group_panels * ROWS * CHUNKS;
      slots        = random(1, least(SLOTS, WORDS / slot_words));
      narrow       = random(0, 1);
      params       = random(0, 1);
      permute      = PERMUTE && job % 4 != 0;
      hostile      = permute && job % 4 == 1;
      pitch        = (narrow ? n : 4 * n) + random(0, 1) * random(0, 100);
      addr         = {$random(seed), $random(seed)};
    end
  endtask

  task list;
    integer block, group, in_block, in_group, tile, panel, row, first, count, column, cols, pieces, chunk, part, base;
    begin
      {token_count, segment_count, tile_count, all_bytes, base} = 0;
      for (block = 0; block < tiles; block = block + block_tiles) begin
        in_block = least(block_tiles, tiles - block);
        for (group = 0; group < panels; group = group + group_panels) begin
          in_group = least(group_panels, panels - group);
          for (tile = block; tile < block + in_block; tile = tile + 1) begin
            {cols, pieces} = 0;
            for (panel = group; panel < group + in_group; panel = panel + 1) begin
              locate(panel, first, count);
              if (panel == group) column = first;
              cols = cols + count;
              for (chunk = 0; chunk < CHUNKS; chunk = chunk + 1) begin
                part   = least(LANES, count - chunk * LANES);
                pieces = pieces + (part <= 0 ? 0 : (part * (narrow ? 1 : 4) + OUT_BYTES - 1) / OUT_BYTES);
              end
              token_tile[token_count] = tile_count;
              token_row0[token_count] = tile * ROWS;
              token_col0[token_count] = first;
              token_cols[token_count] = count;
              token_panel[token_count]  = panel;
              token_group[token_count]  = group;
              token_panels[token_count] = in_group;
              token_need[token_count] = CHUNKS * (base + panel - group + 1);
              token_count             = token_count + 1;
            end
            for (row = tile * ROWS; row < least(m, (tile + 1) * ROWS) && cols > 0; row = row + 1) begin
              segment_row[segment_count]    = row;
              segment_col[segment_count]    = column;
              segment_cols[segment_count]   = cols;
              segment_tile[segment_count]   = tile_count;
              segment_pieces[segment_count] = pieces;
              segment_count                 = segment_count + 1;
              all_bytes                     = all_bytes + cols * (narrow ? 1 : 4);
            end
            tile_count = tile_count + 1;
          end
          base = base + in_group;
        end
      end
      segment_tile[segment_count] = tile_count;
    end
  endtask

  // ---------------------------------------------------------------- tokens, and the results they stand for

  integer tokens, sent, sent_row, sent_chunk, requests, segments, position, pieces, emptied, deadline;
  reg     shut;               // no segment is taken
  reg     held_req, held_dat;
  reg  [ADDR_W+31:0]           held_segment;
  reg  [OUT_BYTES*8+BYTES_W:0] held_piece;
  integer lane, column, at, size, target, first, count;
  reg     hostile, strayed, spoilt;
  reg  [31:0] value;

  // The panel of its group where a lane's result belongs: a rotation, for some lanes backwards.
  function integer target_of(input integer in_group, input integer group, input integer panel, input integer column);
    integer mixed;
    begin
      mixed     = result(group, column + job) >> 3;
      target_of = (panel + mixed % 64) % in_group;
      if (mixed / 64 % 2) target_of = in_group - 1 - target_of;
    end
  endfunction

  always @(negedge clk) begin
    grant_ready = random(0, 99) >= stall;
    req_ready   = !shut && random(0, 99) >= stall;
    dat_ready   = random(0, 99) >= stall;
    if (params && params_loaded < token_need[token_count-1] && random(0, 99) >= stall)
      params_loaded = params_loaded + 1;
    in_valid = sent < tokens && random(0, 99) >= stall && cycle >= deadline;
    strayed = 1'b0;
    for (lane = 0; lane < LANES; lane = lane + 1) begin
      column = sent_chunk * LANES + lane;
      target = token_panel[sent] - token_group[sent];
      if (permute) target = target_of(token_panels[sent], token_group[sent], target, column);
      locate(token_group[sent] + target, first, count);
      value = result(token_row0[sent] + sent_row, first + column);
      if (column >= count || token_row0[sent] + sent_row >= m) begin
        value = $random(seed);
        if (hostile && random(0, 3) == 0) begin
          target  = random(token_panels[sent], (1 << PANEL_W) - 1);
          strayed = 1'b1;
        end
      end
      if (!narrow) in_data[lane*32 +: 32] = value;
      else if (PERMUTE) in_data[lane*32 +: 32] = {$random(seed), value[7:0]};
      else in_data[lane*8 +: 8] = value[7:0];
      in_panel[lane*PANEL_W +: PANEL_W] = permute ? target : {PANEL_W{1'bx}};
    end
    if (!in_valid) {strayed, in_data, in_panel} = {1'b0, {LANES*(32+PANEL_W){1'bx}}};
  end

  always @(posedge clk) begin
    cycle = cycle + 1;
    if (!rst && !start && !clear) begin
      if (^{grant_valid, req_valid, dat_valid, busy, bytes} === 1'bx) fail("X on control");
      if (!spoilt && misfit) fail("a good job does not fit");
      if (spoilt && req_valid && req_ready) begin
        size = narrow ? 1 : 4;
        if ((req_addr - addr) / pitch >= m || (req_addr - addr) % pitch + req_bytes > n * size)
          fail("a segment outside of C");
        requests = requests + 1;
      end
      if (stray !== strayed) fail("wrong report of a stray panel");
      locate(token_group[sent], first, count);
      if (stray && stray_column !== first) fail("wrong column of a stray panel");
      if (!spoilt && !busy && (tokens > sent || req_valid)) fail("not busy");

      // tokens; a slot is free at the earliest when the last row before it has been asked for
      if (spoilt && grant_valid && grant_ready) begin
        if (tokens == sent) deadline = cycle + random(0, 12);
        tokens = tokens + 1;
      end
      if (!spoilt && grant_valid && grant_ready) begin
        if (tokens == token_count) fail("token after the last");
        emptied = requests == segment_count ? tile_count : segment_tile[requests];
        if (token_tile[tokens] >= emptied + slots) fail("token without a slot");
        if (params && params_loaded < token_need[tokens]) fail("token without parameters");
        if (tokens == sent) deadline = cycle + random(0, 12);
        tokens = tokens + 1;
      end
      if (in_valid) begin
        sent_chunk = sent_chunk + 1;
        if (sent_chunk == CHUNKS) begin
          sent_chunk = 0;
          sent_row   = sent_row + 1;
        end
        if (sent_row == ROWS) begin
          sent_row = 0;
          sent     = sent + 1;
        end
      end

      // segments
      size = narrow ? 1 : 4;
      if (held_req && (!req_valid || {req_addr, req_bytes} !== held_segment)) fail("segment not held");
      held_req     = req_valid && !req_ready;
      held_segment = {req_addr, req_bytes};
      if (!spoilt && req_valid && req_ready) begin
        if (requests == segment_count) fail("segment after the last");
        if (req_addr !== addr + segment_row[requests] * pitch + segment_col[requests] * size) fail("wrong address");
        if (req_bytes !== segment_cols[requests] * size) fail("wrong length");
        requests = requests + 1;
      end

      // their bytes
      if (held_dat && (!dat_valid || {dat_last, dat_count, dat_data} !== held_piece)) fail("bytes not held");
      held_dat   = dat_valid && !dat_ready;
      held_piece = {dat_last, dat_count, dat_data};
      if (!spoilt && dat_valid && dat_ready) begin
        if (segments >= requests) fail("bytes before their segment");
        if (dat_count < 1 || dat_count > OUT_BYTES) fail("wrong count of bytes");
        for (at = 0; at < dat_count; at = at + 1) begin
          value = result(segment_row[segments], segment_col[segments] + (position + at) / size);
          value = value >> ((position + at) % size * 8);
          if (dat_data[at*8 +: 8] !== value[7:0]) fail("wrong byte");
        end
        position = position + dat_count;
        pieces   = pieces + 1;
        if (dat_last !== (position == segment_cols[segments] * size)) fail("wrong last");
        if (dat_last) begin
          if (pieces != segment_pieces[segments]) fail("wrong number of pieces");
          segments = segments + 1;
          {position, pieces} = 0;
        end
      end else if (!spoilt && stall == 0 && segments < segment_count) begin
        if (position > 0) fail("cycle lost in a row");
        if (segments > 0 && segment_tile[segments] == segment_tile[segments-1]) fail("cycle lost between rows");
      end
    end
  end

  // With no segment taken, as many m-tiles get tokens as there are slots, and no more.
  task fill_slots;
    begin
      shut = 1'b1;
      repeat (30 * WORDS) @(negedge clk);
      if (tokens == 0 || token_tile[tokens-1] != least(slots, tile_count) - 1) fail("wrong number of slots");
      if (tokens < token_count && token_tile[tokens] == token_tile[tokens-1]) fail("slot not filled");
      shut = 1'b0;
    end
  endtask

  // Panels too many or too few, m-tiles too many or too few, and blocks of groups that are not those of N.
  task spoil;
    begin
      case (job / 8 % 8)
        0:       tiles = tiles + 1;
        1:       if (tiles > 1) tiles = tiles - 1; else m = m + ROWS;
        2:       panels = panels + 1;
        3:       if (panels > 1) panels = panels - 1; else n = n + COLS;
        4:       block_cols = block_cols + COLS;
        5:       block_panels = block_panels + 1;
        6:       m = m + ROWS;
        default: n = n > COLS ? n - COLS : n + COLS;
      endcase
      pitch   = (narrow ? n : 4 * n) + 3;
      permute = 1'b0;
      hostile = 1'b0;
    end
  endtask

  // The engine has nothing left when the last token's results have been sent.
  task run_spoilt;
    begin
      while (!misfit) begin
        @(negedge clk);
        if (cycle > 400000) fail("a job that does not fit has no end");
        if (tokens == token_count && sent == tokens && !busy && !misfit) fail("done, though the job does not fit");
      end
      repeat (60) @(negedge clk);
      if (!misfit) fail("forgotten that the job does not fit");
    end
  endtask

  task run;
    begin
      #1;   // after the driver of this cycle
      {tokens, sent, sent_row, sent_chunk, requests, segments, position, pieces, params_loaded} = 0;
      {held_req, held_dat, in_valid, shut} = 0;
      pick;
      spoilt = job % 8 == 6;
      if (spoilt) spoil;
      list;
      stall = job % 2 ? random(0, 80) : 0;
      clear = 1'b1;
      @(negedge clk) clear = 1'b0;
      start = 1'b1;
      @(negedge clk) start = 1'b0;
      if (job % 5 == 1 && !spoilt) fill_slots;
      if (spoilt) run_spoilt;
      while (!spoilt && (segments < segment_count || sent < token_count)) begin
        @(negedge clk);
        if (cycle > 400000) fail("no end");
        if (job % 10 == 9 && segments > segment_count / 2) segment_count = segments;   // leave in the middle
        if (job % 10 == 9 && segments == segment_count) sent = token_count;
      end
      if (job % 10 != 9 && !spoilt) begin
        repeat (8) @(negedge clk);
        if (busy) fail("busy without end");
        if (bytes !== all_bytes) fail("wrong count of bytes written");
      end
    end
  endtask

  initial begin
    seed = SEED;
    {cycle, job, stall, tokens, sent, sent_row, sent_chunk, deadline} = 0;
    {params, narrow, permute, hostile, strayed, shut, spoilt} = 0;
    m           = 0;
    token_count = 1;
    repeat (2) @(negedge clk);
    rst = 1'b0;
    for (job = 0; job < JOBS; job = job + 1) run;
    $display("PASS %0d jobs, %0d cycles", JOBS, cycle);
    $finish;
  end

endmodule

`default_nettype wire
