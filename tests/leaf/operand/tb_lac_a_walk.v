// variants: -Ptb.JOBS=40
// variants: -Ptb.ROWS=3 -Ptb.ELEM_W=4 -Ptb.OUT_W=5 -Ptb.LANES=4 -Ptb.BEAT_ELEMS=8 -Ptb.CAPACITY=128 -Ptb.SEED=2,
// variants: -Ptb.JOBS=40
// variants: -Ptb.ROWS=1 -Ptb.LANES=16 -Ptb.BEAT_ELEMS=4 -Ptb.CAPACITY=128 -Ptb.SEED=3 -Ptb.JOBS=30
// variants: -Ptb.ROWS=5 -Ptb.OUT_W=9 -Ptb.SIGNED=0 -Ptb.LANES=8 -Ptb.BEAT_ELEMS=8 -Ptb.CAPACITY=256 -Ptb.SEED=4,
// variants: -Ptb.JOBS=25
// variants: -Ptb.ROWS=4 -Ptb.LANES=1 -Ptb.BEAT_ELEMS=4 -Ptb.CAPACITY=64 -Ptb.SEED=5 -Ptb.JOBS=60
// variants: -Ptb.ROWS=2 -Ptb.LANES=4 -Ptb.STEPS=3 -Ptb.BEAT_ELEMS=8 -Ptb.CAPACITY=128 -Ptb.SEED=6 -Ptb.JOBS=30
// variants: -Ptb.ROWS=3 -Ptb.LANES=8 -Ptb.STEPS=7 -Ptb.BEAT_ELEMS=16 -Ptb.OUT_W=9 -Ptb.CAPACITY=256 -Ptb.SEED=7,
// variants: -Ptb.JOBS=13
// variants: -Ptb.ROWS=2 -Ptb.ELEM_W=4 -Ptb.OUT_W=4 -Ptb.LANES=1 -Ptb.STEPS=5 -Ptb.BEAT_ELEMS=4 -Ptb.CAPACITY=64,
// variants: -Ptb.SEED=8 -Ptb.JOBS=60
// variants: -Ptb.ROWS=1 -Ptb.LANES=2 -Ptb.STEPS=16 -Ptb.BEAT_ELEMS=8 -Ptb.CAPACITY=128 -Ptb.SEED=9 -Ptb.JOBS=30
// variants: -Ptb.ROWS=2 -Ptb.LANES=24 -Ptb.ANY_BEAT=1 -Ptb.BEAT_ELEMS=8 -Ptb.CAPACITY=256 -Ptb.SEED=10 -Ptb.JOBS=25
// variants: -Ptb.ROWS=3 -Ptb.LANES=15 -Ptb.ANY_BEAT=1 -Ptb.BEAT_ELEMS=16 -Ptb.CAPACITY=256 -Ptb.SEED=11 -Ptb.JOBS=25
// variants: -Ptb.ROWS=2 -Ptb.LANES=24 -Ptb.ANY_BEAT=1 -Ptb.HOLD=1 -Ptb.BEAT_ELEMS=8 -Ptb.CAPACITY=256 -Ptb.SEED=12,
// variants: -Ptb.JOBS=20
// variants: -Ptb.ROWS=5 -Ptb.LANES=9 -Ptb.ANY_BEAT=1 -Ptb.HOLD=1 -Ptb.BEAT_ELEMS=8 -Ptb.CAPACITY=64 -Ptb.SEED=23,
// variants: -Ptb.JOBS=60
// variants: -Ptb.ROWS=4 -Ptb.LANES=16 -Ptb.ANY_BEAT=1 -Ptb.HOLD=1 -Ptb.BEAT_ELEMS=4 -Ptb.CAPACITY=64 -Ptb.SEED=22,
// variants: -Ptb.JOBS=20
// variants: -Ptb.ROWS=2 -Ptb.SUBTILES=2 -Ptb.LANES=8 -Ptb.BEAT_ELEMS=8 -Ptb.CAPACITY=256 -Ptb.SEED=31 -Ptb.JOBS=60
// variants: -Ptb.ROWS=3 -Ptb.SUBTILES=4 -Ptb.LANES=4 -Ptb.BEAT_ELEMS=8 -Ptb.CAPACITY=256 -Ptb.LISTED=1 -Ptb.SEED=32,
// variants: -Ptb.JOBS=30
// variants: -Ptb.ROWS=1 -Ptb.SUBTILES=8 -Ptb.LANES=8 -Ptb.BEAT_ELEMS=4 -Ptb.CAPACITY=512 -Ptb.LISTED=1 -Ptb.SEED=33,
// variants: -Ptb.JOBS=25
// variants: -Ptb.ROWS=8 -Ptb.SUBTILES=2 -Ptb.OUT_W=9 -Ptb.LANES=16 -Ptb.BEAT_ELEMS=16 -Ptb.CAPACITY=256 -Ptb.LISTED=1,
// variants: -Ptb.SEED=34 -Ptb.JOBS=20
// variants: -Ptb.ROWS=2 -Ptb.SUBTILES=8 -Ptb.LANES=4 -Ptb.BEAT_ELEMS=8 -Ptb.CAPACITY=512 -Ptb.SEED=35 -Ptb.JOBS=20
// variants: -Ptb.ROWS=2 -Ptb.LANES=4 -Ptb.BEAT_ELEMS=8 -Ptb.CAPACITY=128 -Ptb.LISTED=1 -Ptb.SEED=36 -Ptb.JOBS=60
// variants: -Ptb.ROWS=2 -Ptb.SUBTILES=3 -Ptb.LANES=4 -Ptb.STEPS=3 -Ptb.BEAT_ELEMS=8 -Ptb.CAPACITY=256 -Ptb.LISTED=1,
// variants: -Ptb.SEED=37 -Ptb.JOBS=60
// variants: -Ptb.ROWS=8 -Ptb.SUBTILES=8 -Ptb.LANES=32 -Ptb.BEAT_ELEMS=16 -Ptb.CAPACITY=1024 -Ptb.LISTED=1,
// variants: -Ptb.SEED=51 -Ptb.JOBS=6
// lint: -GROWS=2 -GLANES=8 -GPOS_W=14 | -GROWS=1 -GLANES=1 -GPOS_W=8 | -GROWS=64 -GLANES=64 -GPOS_W=21
// lint: -GROWS=4 -GLANES=16 -GSTEPS=7 -GPOS_W=19 | -GROWS=2 -GLANES=1 -GSTEPS=16 -GPOS_W=12
// lint: -GROWS=2 -GLANES=8 -GSTEPS=8 -GPOS_W=18 | -GROWS=8 -GLANES=32 -GPOS_W=14 -GSUBTILES=8 -GLISTED=1
// lint: -GROWS=8 -GLANES=64 -GPOS_W=14 -GSUBTILES=2 | -GROWS=2 -GLANES=8 -GPOS_W=14 -GLISTED=1
// lint lac_a_rows: -GROWS=1 -GLANES=1 -GGRANULE=4 -GBEAT_ELEMS=4 -GCOLUMNS=2 -GLINES=16 -GPOS_W=9
// lint lac_a_rows: -GROWS=3 -GELEM_W=4 -GOUT_W=5 -GLANES=20 -GGRANULE=8 -GBEAT_ELEMS=8 -GCOLUMNS=4 -GLINES=16,
// lint lac_a_rows: -GPOS_W=11 -GHOLD=1
// lint lac_a_rows: -GROWS=8 -GSIGNED=0 -GOUT_W=9 -GLANES=16 -GCOLUMNS=4 -GLINES=128 -GSUBTILES=4
// The A reader: lac_a_fill, lac_a_walk and lac_a_rows around a small bank, so that the fill waits for what the
//      walk gives up.
// Random matrices and convolutions (padding, stride, dilation, groups of channels), blocks and groups; every lane of
// every beat of STEPS steps in SUBTILES, or with ANY_BEAT of any number of elements up to LANES, is compared with the
// matrix or the im2col of the feature map. Where all of A fits, no cycle may be lost once it is there.
// LISTED: random steps of each panel, from one to all, numbers that come late or at once; then a cycle is lost for each
//      step that is passed,
// but none while the beat before it waits.
// With HOLD the same holds for columns that are not read again.
`default_nettype none

module tb;

  parameter ROWS       = 2;
  parameter ELEM_W     = 8;
  parameter OUT_W      = 8;
  parameter SIGNED     = 1;
  parameter LANES      = 8;
  parameter STEPS      = 1;
  parameter ANY_BEAT   = 0;
  parameter HOLD       = 0;
  parameter SUBTILES   = 1;
  parameter LISTED     = 0;
  parameter BEAT_ELEMS = 16;
  parameter CAPACITY   = 256;
  parameter SEED       = 1;

  localparam TILE      = ROWS * SUBTILES;
  localparam WIDE      = LANES >= BEAT_ELEMS;
  localparam READ      = STEPS * LANES;
  localparam LINE      = 1 << $clog2(READ + BEAT_ELEMS - 1);
  localparam GRANULE   = STEPS > 1 || ANY_BEAT || WIDE ? BEAT_ELEMS : BEAT_ELEMS / 2;
  localparam COLUMNS   = STEPS > 1 || ANY_BEAT ? (LINE > BEAT_ELEMS ? LINE / BEAT_ELEMS : 2) :
                         WIDE ? 2 * LANES / BEAT_ELEMS : 2;
  localparam LINES     = CAPACITY / (GRANULE * COLUMNS);
  localparam POS_W     = $clog2(CAPACITY) + 2;
  localparam CUT_W     = $clog2(READ) + 1;
  localparam CNT_W     = $clog2(STEPS + 1);
  parameter  JOBS      = 120;
  localparam LIST      = 4096;

  reg                         clk = 1'b0;
  reg                         rst = 1'b1;
  reg                         start = 1'b0;
  reg                         banked;
  reg  [31:0]                 m, tiles, block_tiles, panels, group_panels, block_panels, run_elems, segments, stride,
                              row_elems;
  reg  [31:0]                 out_cols, x_init, y_init, col_x, row_y, wrap_x, tile_cols, tile_x, tile_y, kh_y, kw_x,
                              ch_step;
  reg  [15:0]                 k_cols, k_rows, rows, ih_init, row_ih, tile_ih, kh_ih;
  reg  [OUT_W-1:0]            zero;
  reg  [CUT_W-1:0]            beat_elems;
  reg                         in_valid = 1'b0;
  wire                        in_ready;
  reg                         in_last;
  reg  [BEAT_ELEMS*ELEM_W-1:0] in_data;
  wire                        out_valid, out_first, out_last, out_end;
  reg                         out_ready = 1'b0;
  wire [CNT_W-1:0]            out_count;
  wire [ROWS*READ*OUT_W-1:0]  a;
  wire                        setup;

  wire [ROWS-1:0]             we, init, step_row, arrived;
  wire                        origin_valid;
  wire [POS_W-3:0]            wpos;
  wire [POS_W-1:0]            fill, released, init_y, step_y;
  wire [31:0]                 init_col, init_x, step_x;
  wire [15:0]                 init_ih, step_ih;
  wire                        next_tile, stay, again, rewind, save, step_go, read, advance;
  reg                         list_valid = 1'b0;
  reg                         list_last;
  reg  [31:0]                 list_number;
  wire                        list_ready;
  wire [CUT_W-1:0]            step_lanes;
  wire [POS_W-1:0]            origin;

  lac_a_fill #(
    .BANKS      (ROWS),
    .BEAT_ELEMS (BEAT_ELEMS),
    .CAPACITY   (CAPACITY),
    .POS_W      (POS_W)
  ) u_fill (
    .clk_i      (clk),
    .rst_i      (rst),
    .start_i    (start),
    .banked_i   (banked),
    .stride_i   (stride),
    .segments_i (segments),
    .in_valid_i (in_valid),
    .in_ready_o (in_ready),
    .in_last_i  (in_last),
    .we_o       (we),
    .wpos_o     (wpos),
    .fill_o     (fill),
    .release_i  (released)
  );

  lac_a_walk #(
    .ROWS     (ROWS),
    .LANES    (LANES),
    .STEPS    (STEPS),
    .POS_W    (POS_W),
    .SUBTILES (SUBTILES),
    .LISTED   (LISTED)
  ) u_walk (
    .clk_i          (clk),
    .rst_i          (rst),
    .start_i        (start),
    .banked_i       (banked),
    .m_i            (m),
    .tiles_i        (tiles),
    .block_tiles_i  (block_tiles),
    .panels_i       (panels),
    .group_panels_i (group_panels),
    .run_i          (run_elems),
    .beat_i         (beat_elems),
    .k_cols_i       (k_cols),
    .k_rows_i       (k_rows),
    .out_cols_i     (out_cols),
    .x_init_i       (x_init),
    .y_init_i       (y_init),
    .ih_init_i      (ih_init),
    .col_x_i        (col_x),
    .row_y_i        (row_y),
    .row_ih_i       (row_ih),
    .kh_y_i         (kh_y),
    .kh_ih_i        (kh_ih),
    .kw_x_i         (kw_x),
    .ch_step_i      (ch_step),
    .block_panels_i (block_panels),
    .list_valid_i   (list_valid),
    .list_ready_o   (list_ready),
    .list_number_i  (list_number),
    .list_last_i    (list_last),
    .init_o         (init),
    .init_col_o     (init_col),
    .init_x_o       (init_x),
    .init_y_o       (init_y),
    .init_ih_o      (init_ih),
    .next_tile_o    (next_tile),
    .stay_o         (stay),
    .again_o        (again),
    .rewind_o       (rewind),
    .save_o         (save),
    .step_go_o      (step_go),
    .step_row_o     (step_row),
    .step_x_o       (step_x),
    .step_y_o       (step_y),
    .step_ih_o      (step_ih),
    .step_lanes_o   (step_lanes),
    .arrived_i      (arrived),
    .read_o         (read),
    .advance_o      (advance),
    .origin_i       (origin),
    .origin_valid_i (origin_valid),
    .release_o      (released),
    .out_valid_o    (out_valid),
    .out_ready_i    (out_ready),
    .out_count_o    (out_count),
    .out_first_o    (out_first),
    .out_last_o     (out_last),
    .out_end_o      (out_end),
    .busy_setup_o   (setup)
  );

  lac_a_rows #(
    .ROWS       (ROWS),
    .ELEM_W     (ELEM_W),
    .OUT_W      (OUT_W),
    .SIGNED     (SIGNED),
    .BEAT_ELEMS (BEAT_ELEMS),
    .LANES      (READ),
    .GRANULE    (GRANULE),
    .COLUMNS    (COLUMNS),
    .LINES      (LINES),
    .POS_W      (POS_W),
    .HOLD       (HOLD),
    .SUBTILES   (SUBTILES)
  ) u_rows (
    .clk_i          (clk),
    .rst_i          (rst),
    .banked_i       (banked),
    .row_elems_i    (row_elems),
    .rows_i         (rows),
    .out_cols_i     (out_cols),
    .tile_cols_i    (tile_cols),
    .tile_x_i       (tile_x),
    .tile_y_i       (tile_y[POS_W-1:0]),
    .tile_ih_i      (tile_ih),
    .wrap_x_i       (wrap_x),
    .row_y_i        (row_y[POS_W-1:0]),
    .row_ih_i       (row_ih),
    .zero_i         (zero),
    .init_i         (init),
    .init_col_i     (init_col),
    .init_x_i       (init_x),
    .init_y_i       (init_y),
    .init_ih_i      (init_ih),
    .next_tile_i    (next_tile),
    .stay_i         (stay),
    .again_i        (again),
    .rewind_i       (rewind),
    .save_i         (save),
    .step_go_i      (step_go),
    .step_row_i     (step_row),
    .step_x_i       (step_x),
    .step_y_i       (step_y),
    .step_ih_i      (step_ih),
    .step_lanes_i   (step_lanes),
    .fill_i         (fill),
    .arrived_o      (arrived),
    .read_i         (read),
    .advance_i      (advance),
    .reads_o        (),
    .origin_o       (origin),
    .origin_valid_o (origin_valid),
    .we_i           (we),
    .wpos_i         (wpos),
    .wdata_i        (in_data),
    .a_o            (a)
  );

  always #5 clk = !clk;

  // ---------------------------------------------------------------- the shape, its registers

  integer seed, list_seed, job, cycle;
  integer channels, height, width, kernel_h, kernel_w, pad_top, pad_left, stride_h, stride_w, dilation_h, dilation_w;
  integer out_h, out_w, channel_blocks, block_channels;
  reg     whole_row, fits;

  task fail(input [8*40-1:0] why);
    begin
      $display("FAIL job %0d cycle %0d step %0d: %0s", job, cycle, taken, why);
      $finish;
    end
  endtask

  function integer random(input integer low, input integer high);
    random = low + $unsigned($random(seed)) % (high - low + 1);
  endfunction

  function integer choose(input integer low, input integer high);   // of the list, apart from what every job has
    choose = low + $unsigned($random(list_seed)) % (high - low + 1);
  endfunction

  function integer least(input integer a, input integer b);
    least = a < b ? a : b;
  endfunction

  function integer most(input integer a, input integer b);
    most = a > b ? a : b;
  endfunction

  function integer up(input integer a, input integer unit);
    up = (a + unit - 1) / unit * unit;
  endfunction

  function [ELEM_W-1:0] element(input integer segment, input integer x);
    reg [31:0] mixed;
    begin
      mixed   = (segment * 1031 + x + job * 65537 + 1) * 32'h9e3779b1;
      element = mixed >> 17;
    end
  endfunction

  `include "a_walk_shape.vh"

  // ---------------------------------------------------------------- the beats

  integer step_count, taken, entry_count, density;
  integer step_tile [0:LIST-1], step_block [0:LIST-1], step_kh [0:LIST-1], step_kw [0:LIST-1], step_kin [0:LIST-1];
  integer step_sub [0:LIST-1], step_passed [0:LIST-1];
  reg     step_first [0:LIST-1], step_last [0:LIST-1];
  integer entry_number [0:LIST-1];
  reg     entry_last [0:LIST-1];

  task list_step(input integer tile, input integer panel, input integer kh, input integer kw, input integer kin);
    integer sub;
    for (sub = 0; sub < SUBTILES; sub = sub + 1) begin
      step_tile[step_count]   = tile;
      step_block[step_count]  = panel / block_panels;
      step_kh[step_count]     = kh;
      step_kw[step_count]     = kw;
      step_kin[step_count]    = kin;
      step_sub[step_count]    = sub;
      step_passed[step_count] = sub == 0 ? passed : 0;
      step_first[step_count]  = fresh;
      step_last[step_count]   = 1'b0;
      step_count              = step_count + 1;
    end
  endtask

  integer passed;
  reg     fresh;

  // One step of the panel is read always, of the others as many as the job's density says.
  task list_panel(input integer tile, input integer panel);
    integer kh, kw, kin, number, chosen;
    begin
      chosen = choose(0, k_rows * k_cols * ((run_elems + beat_elems - 1) / beat_elems) - 1);
      number = 0;
      passed = 0;
      fresh  = 1'b1;
      for (kh = 0; kh < k_rows; kh = kh + 1)
        for (kw = 0; kw < k_cols; kw = kw + 1)
          for (kin = 0; kin < run_elems; kin = kin + beat_elems) begin
            if (!LISTED || number == chosen || choose(0, 99) < density) begin
              list_step(tile, panel, kh, kw, kin);
              entry_number[entry_count] = number;
              entry_last[entry_count]   = 1'b0;
              entry_count               = entry_count + 1;
              passed                    = 0;
              fresh                     = 1'b0;
            end else begin
              passed = passed + 1;
            end
            number = number + 1;
          end
      entry_last[entry_count-1] = 1'b1;
      for (kin = 1; kin <= SUBTILES; kin = kin + 1) step_last[step_count-kin] = 1'b1;
    end
  endtask

  task list;
    integer block, group, tile, panel;
    begin
      {step_count, entry_count} = 0;
      density = choose(0, 2) * choose(0, 100);
      for (block = 0; block < tiles; block = block + block_tiles)
        for (group = 0; group < panels; group = group + group_panels)
          for (tile = block; tile < least(tiles, block + block_tiles); tile = tile + 1)
            for (panel = group; panel < least(panels, group + group_panels); panel = panel + 1) list_panel(tile, panel);
    end
  endtask

  // Steps of the beat at that element of the run which hold one of its elements.
  function integer wanted_count(input integer kin);
    integer i;
    begin
      wanted_count = 0;
      for (i = 0; i < STEPS; i = i + 1)
        if (kin + i * LANES < run_elems) wanted_count = wanted_count + 1;
    end
  endfunction

  // Lane k of pixel p in beat s.
  function [OUT_W-1:0] wanted(input integer s, input integer p, input integer k);
    integer e, ih, iw, channel;
    reg [ELEM_W-1:0] stored;
    reg inside;
    begin
      e      = step_kin[s] + k;
      inside = p < m && e < run_elems && k < beat_elems;
      if (banked) begin
        stored = element(p, e);
      end else begin
        channel = whole_row ? e % channels : step_block[s] * block_channels + e;
        iw      = p % out_w * stride_w - pad_left + (whole_row ? e / channels : step_kw[s] * dilation_w);
        ih      = p / out_w * stride_h - pad_top + step_kh[s] * dilation_h;
        inside  = inside && ih >= 0 && ih < height && iw >= 0 && iw < width;
        stored  = element(ih, iw * channels + channel);
      end
      wanted = SIGNED ? {{OUT_W{stored[ELEM_W-1]}}, stored} : stored;
      if (OUT_W > ELEM_W) wanted = wanted - zero;
      if (!inside) wanted = {OUT_W{1'b0}};
    end
  endfunction

  // What is given up ends where a tile begins, never where one of its subtiles does.
  integer           released_tile, released_first, unused_past;
  reg [POS_W-1:0]   released_was;
  reg               found;

  task check_release;
    begin
      found = released === released_was;
      while (!found && released_tile < tiles) begin
        released_tile = released_tile + 1;
        reach(released_tile * TILE, released_first, unused_past);
        found = released_first >= 0 && released === released_first[POS_W-1:0];
      end
      if (!found) fail("given up to where no tile begins");
      released_was = released;
    end
  endtask

  // ---------------------------------------------------------------- both ends

  integer segment, beat, in_stall, out_stall, list_stall, entry, lost, row, lane, started, filled;
  reg     preload, held;
  reg  [ROWS*READ*OUT_W+CNT_W+2:0] held_step;

  task drive_beat;
    begin
      for (lane = 0; lane < BEAT_ELEMS; lane = lane + 1)
        in_data[lane*ELEM_W +: ELEM_W] = beat * BEAT_ELEMS + lane < (banked ? run_elems : row_elems) ?
                                         element(segment, beat * BEAT_ELEMS + lane) : $random(seed);
      in_last = beat == stride / BEAT_ELEMS - 1;
    end
  endtask

  always @(negedge clk) begin
    if (!in_valid && segment < segments && random(0, 99) >= in_stall) begin
      in_valid = 1'b1;
      drive_beat;
    end
    if (LISTED && !list_valid && entry < entry_count && (preload || choose(0, 99) >= list_stall)) begin
      list_valid  = 1'b1;
      list_number = entry_number[entry];
      list_last   = entry_last[entry];
    end
    if (!LISTED) {list_valid, list_number, list_last} = {$random(list_seed), $random(list_seed)};
    out_ready = preload ? segment == segments && cycle > filled + ROWS + (LISTED ? 200 : 4) :
                random(0, 99) >= out_stall;
  end

  always @(posedge clk) begin
    cycle = cycle + 1;
    if (!rst && !start) begin
      if (^{in_ready, out_valid, list_ready, setup} === 1'bx) fail("X on control");
      if (setup !== (cycle - started <= ROWS)) fail("wrong time of set-up");
      if (held && (!out_valid || {out_end, out_first, out_last, out_count, a} !== held_step)) fail("step not held");
      held      = out_valid && !out_ready;
      held_step = {out_end, out_first, out_last, out_count, a};
      if (out_valid && out_ready) begin
        if (taken == step_count) fail("step after the last");
        if (out_first !== step_first[taken] || out_last !== step_last[taken]) fail("wrong first or last");
        if (out_count !== wanted_count(step_kin[taken])) fail("wrong count");
        if (out_end !== (taken >= step_count - SUBTILES)) fail("wrong end");
        for (row = 0; row < ROWS; row = row + 1)
          for (lane = 0; lane < READ; lane = lane + 1)
            if (a[(row*READ+lane)*OUT_W +: OUT_W] !==
                wanted(taken, step_tile[taken] * TILE + step_sub[taken] * ROWS + row, lane))
              fail("wrong element");
        if (preload && taken > 3 && lost < step_passed[taken]) fail("steps passed too fast");
        taken = taken + 1;
        lost  = 0;
      // step 0 may have left a gap behind it while it waited
      end else if (preload && out_ready && taken > 0 && taken < step_count) begin
        lost = lost + 1;
        if (lost > (taken == 1 || (LISTED && taken == 2) ? 1 : step_passed[taken])) fail("cycle lost");
      end
      if (LISTED && list_ready && !list_valid) fail("taken where nothing waits");
      if (LISTED && list_valid && list_ready) begin
        list_valid <= 1'b0;
        entry = entry + 1;
      end
      check_release;
      if (in_valid && in_ready) begin
        in_valid <= 1'b0;
        beat = in_last ? 0 : beat + 1;
        if (in_last) segment = segment + 1;
        filled = cycle;
      end
    end
  end

  task run;
    begin
      #1;   // after the drivers of this cycle
      {taken, segment, beat, step_count, entry, entry_count, lost, released_tile, released_was} = 0;
      {in_valid, list_valid, held} = 0;
      pick;
      preload   = job % 3 == 0 && (banked ? (m + ROWS - 1) / ROWS : segments) * stride <= CAPACITY;
      in_stall  = random(0, 1) * random(0, 80);
      out_stall = random(0, 1) * random(0, 80);
      list_stall = choose(0, 1) * choose(0, 80);
      rst       = 1'b1;
      @(negedge clk);
      #1 rst    = 1'b0;
      in_valid  = 1'b0;
      start     = 1'b1;
      @(posedge clk) #1 started = cycle;
      list;
      @(negedge clk) start = 1'b0;
      while (taken < step_count) begin
        @(negedge clk);
        if (cycle > 200000) fail("no end");
      end
      repeat (4) @(negedge clk);
      if (LISTED && entry != entry_count) fail("numbers left over");
    end
  endtask

  initial begin
    seed = SEED;
    list_seed = SEED + 1000;
    {cycle, job, taken, segment, beat, started, filled, step_count, in_stall, out_stall, list_stall, entry, entry_count,
     lost} = 0;
    segments = 0;
    {preload, held} = 0;
    repeat (2) @(negedge clk);
    for (job = 0; job < JOBS; job = job + 1) run;
    $display("PASS %0d jobs, %0d cycles", JOBS, cycle);
    $finish;
  end

endmodule

`default_nettype wire
