// Reads the bitmaps of B, record after record, and gives out fibers: the columns of one k that have a value.
//
// Why: the length of a record depends on its bits. They are read, counted and checked here, and the units behind never
// see empty k-tiles (docs/engines/outer.md, In memory).
//
// Parameters:
//   COLUMNS  columns of a panel, 16, 32 or 64
//   KT       k of a k-tile, a power of two
//   B_W      bits of a value
//   BUS_W    bits of a beat, 64 or more
//   K_W      derived; do not set it
// Handshake:
//   m_* (bitmaps) and fiber_* are ready/valid. A fiber: bits_o, a bit per column
//   opens_o: first of its k-tile
//   k_o in it
//   step_o: number of the k-tile in its panel
//   before_o: k of the panel before this k-tile, modulo KT; or no fiber but the end of the panel (end_o)
//   finish_i: the end has been dealt with
//   head_o: for one cycle: a panel begins and has values_o values; not before the last one was finished
//   late_o: it waits for bitmaps
//   bitmaps_i low: nothing is read, every fiber is full. What describes the job stays from start_i on. Bytes are
//     counted in whole beats.
//   offence_o: the record at hand asks for more than is left of the fetch, has a bit at a column or k-tile that is not
//     or behind its end in its last beat, or is the last of the fetch and leaves something
//   going_i low: it stands still
//   panel_o: panels finished since start_i
// Latency: none; a fiber a cycle, a cycle more per panel, per eight k-tiles, per empty k-tile.
// After reset: at the start of a panel.

`default_nettype none

module lac_outer_record #(
  parameter COLUMNS = 16,
  parameter KT      = 4,
  parameter B_W     = 8,
  parameter BUS_W   = 64,
  parameter K_W     = KT > 1 ? $clog2(KT) : 1
) (
  input  wire               clk_i,
  input  wire               rst_i,

  input  wire               start_i,
  input  wire               bitmaps_i,
  input  wire [31:0]        steps_i,         // k-tiles of a panel
  input  wire [31:0]        run_i,           // k of a run
  input  wire [31:0]        panels_i,        // of a fetch
  input  wire [31:0]        n_i,             // columns of all panels
  input  wire [31:0]        block_panels_i,  // of a block of groups; the last block may have fewer
  input  wire [31:0]        block_cols_i,    // its columns: its last panel may be narrow
  input  wire [31:0]        b_bytes_i,       // of a fetch
  input  wire [31:0]        m_bytes_i,

  input  wire               m_valid_i,
  output wire               m_ready_o,
  input  wire [BUS_W-1:0]   m_data_i,

  output wire               head_o,
  output wire [31:0]        values_o,
  output wire               fiber_valid_o,
  input  wire               fiber_ready_i,
  output wire [COLUMNS-1:0] fiber_bits_o,
  output wire               fiber_opens_o,
  output wire               fiber_end_o,
  output wire [K_W-1:0]     fiber_k_o,
  output wire [31:0]        fiber_step_o,
  output wire [K_W-1:0]     fiber_before_o,
  input  wire               finish_i,

  input  wire               going_i,
  output wire               late_o,
  output wire               moves_o,
  output wire               offence_o,
  output wire [31:0]        panel_o
);

  localparam               BYTES   = BUS_W / 8;
  localparam               VALUES  = BUS_W / B_W;
  localparam               BYTES_L = $clog2(BYTES);
  localparam               VALUE_L = $clog2(VALUES);
  localparam               COLS_L  = $clog2(COLUMNS);
  localparam               HEAD_B  = COLUMNS > 32 ? COLUMNS / 8 : 4;  // bytes seen at once
  localparam               LEVEL_W = $clog2(BYTES + 2 * HEAD_B + 1);
  localparam [31:0]        FIBER   = COLUMNS / 8;
  localparam [31:0]        KT_32   = KT;
  localparam [31:0]        KT_LAST = KT - 1;

  // What comes next in the record.
  localparam [2:0]         HEAD    = 3'd0;   // the number of values
  localparam [2:0]         TILES   = 3'd1;   // a byte: which of eight k-tiles have a nonzero
  localparam [2:0]         FIBERS  = 3'd2;   // a bitmap, or none where the bit of the k-tile is zero
  localparam [2:0]         END     = 3'd3;   // nothing: to be told
  localparam [2:0]         WAIT    = 3'd4;   // it was told

  reg  [2:0]               next_q;
  reg  [7:0]               tiles_q;          // which of eight k-tiles have a nonzero
  reg  [31:0]              step_q;
  reg  [31:0]              steps_left_q;     // this one included
  reg  [31:0]              run_left_q;       // k left of the run, this k-tile's included
  reg  [K_W-1:0]           k_q;
  reg  [K_W-1:0]           before_q;         // k of the panel's k-tiles before this one, modulo KT
  reg  [31:0]              m_left_q;         // bytes of the fetch
  reg  [31:0]              b_left_q;         // beats of the fetch
  reg  [31:0]              panel_q;
  reg  [31:0]              panels_left_q;    // of the fetch
  reg  [31:0]              block_left_q;     // panels of the block of groups
  reg  [COLS_L-1:0]        cols_left_q;      // columns of this block and those behind it, modulo COLUMNS

  // ---------------------------------------------------------------- the bytes at the head

  wire                     nonempty = !bitmaps_i || tiles_q[step_q[2:0]];
  wire                     at_head  = going_i && next_q == HEAD;
  wire                     at_tiles = going_i && next_q == TILES;
  wire                     at_fiber = going_i && next_q == FIBERS && nonempty;
  wire                     at_end   = going_i && next_q == END;
  wire                     pass     = going_i && next_q == FIBERS && !nonempty;

  wire [31:0]              asked    = !bitmaps_i ? 32'd0 : at_head ? 32'd4 : at_tiles ? 32'd1 : at_fiber ? FIBER :
                                      32'd0;
  wire [LEVEL_W-1:0]       level;
  wire [8*HEAD_B-1:0]      meta;
  wire                     stray;
  wire [31:0]              level_32 = {{32 - LEVEL_W{1'b0}}, level};
  wire                     head     = at_head && (!bitmaps_i || level_32 >= 32'd4);
  wire                     tiles    = at_tiles && level_32 != 32'd0;
  wire                     is_fiber = at_fiber && (!bitmaps_i || level_32 >= FIBER);
  wire                     fiber    = is_fiber && fiber_ready_i;
  wire                     used     = head || tiles || fiber;

  lac_outer_queue #(
    .UNIT_W     (8),
    .UNITS      (BYTES),
    .HEAD       (HEAD_B)
  ) u_meta (
    .clk_i      (clk_i),
    .rst_i      (rst_i || start_i),
    .in_valid_i (m_valid_i),
    .in_ready_o (m_ready_o),
    .in_data_i  (m_data_i),
    .level_o    (level),
    .head_o     (meta),
    .take_i     (used ? asked[LEVEL_W-1:0] : {LEVEL_W{1'b0}}),
    .skip_i     (finish_i),
    .stray_o    (stray)
  );

  assign moves_o        = used || pass;
  assign late_o         = (at_head && !head) || (at_tiles && !tiles) || (at_fiber && !is_fiber);
  assign head_o         = head;
  assign values_o       = meta[31:0];
  assign fiber_valid_o  = is_fiber || at_end;
  assign fiber_end_o    = at_end;
  assign fiber_bits_o   = at_end ? {COLUMNS{1'b0}} : bitmaps_i ? meta[COLUMNS-1:0] : {COLUMNS{1'b1}};
  assign fiber_opens_o  = at_fiber && k_q == {K_W{1'b0}};
  assign fiber_k_o      = k_q;
  assign fiber_step_o   = step_q;
  assign fiber_before_o = before_q;

  // ---------------------------------------------------------------- on to the next

  wire                     run_ends  = run_left_q <= KT_32;
  wire                     last_k    = k_q == KT_LAST[K_W-1:0] ||
                                       (run_ends && {{32 - K_W{1'b0}}, k_q} + 32'd1 == run_left_q);
  wire                     tile_ends = pass || (fiber && last_k);
  wire                     last_step = steps_left_q == 32'd1;

  always @(posedge clk_i) begin
    if (rst_i || start_i) begin
      next_q <= HEAD;
    end else if (head) begin
      next_q <= bitmaps_i ? TILES : FIBERS;
    end else if (tiles) begin
      next_q <= FIBERS;
    end else if (tile_ends) begin
      next_q <= last_step ? END : bitmaps_i && step_q[2:0] == 3'd7 ? TILES : FIBERS;
    end else if (at_end && fiber_ready_i) begin
      next_q <= WAIT;
    end else if (finish_i) begin
      next_q <= HEAD;
    end
  end

  always @(posedge clk_i) begin
    if (tiles) begin
      tiles_q <= meta[7:0];
    end
    if (head) begin
      step_q       <= 32'd0;
      steps_left_q <= steps_i;
      run_left_q   <= run_i;
      k_q          <= {K_W{1'b0}};
      before_q     <= {K_W{1'b0}};
    end else if (tile_ends) begin
      step_q       <= step_q + 32'd1;
      steps_left_q <= steps_left_q - 32'd1;
      run_left_q   <= run_ends ? run_i : run_left_q - KT_32;
      before_q     <= run_ends ? before_q + run_left_q[K_W-1:0] : before_q;
      k_q          <= {K_W{1'b0}};
    end else if (fiber) begin
      k_q          <= k_q + 1'b1;
    end
  end

  // ---------------------------------------------------------------- what is left of the fetch

  wire                     last_panel  = panels_left_q == 32'd1;
  wire                     again       = finish_i && last_panel;
  wire                     block_ends  = block_left_q == 32'd1;
  wire [COLS_L-1:0]        block_cols  = block_cols_i[COLS_L-1:0];
  wire [31:0]              m_bytes     = {m_bytes_i[31:BYTES_L], {BYTES_L{1'b0}}};
  wire [31:0]              b_beats     = {{BYTES_L{1'b0}}, b_bytes_i[31:BYTES_L]};
  wire [31:0]              whole_beats = {{VALUE_L{1'b0}}, values_o[31:VALUE_L]};
  wire                     odd_beat    = |values_o[VALUE_L-1:0];

  always @(posedge clk_i) begin
    if (start_i || again) begin
      m_left_q      <= m_bytes;
      b_left_q      <= b_beats;
      panels_left_q <= panels_i;
    end else if (finish_i) begin
      m_left_q      <= {m_left_q[31:BYTES_L], {BYTES_L{1'b0}}};
      panels_left_q <= panels_left_q - 32'd1;
    end else if (used) begin
      m_left_q      <= m_left_q - asked;
      b_left_q      <= head ? b_left_q - whole_beats - {31'd0, odd_beat} : b_left_q;
    end
    if (start_i || again) begin
      block_left_q <= block_panels_i;
      cols_left_q  <= n_i[COLS_L-1:0];
    end else if (finish_i) begin
      block_left_q <= block_ends ? block_panels_i : block_left_q - 32'd1;
      cols_left_q  <= block_ends ? cols_left_q - block_cols : cols_left_q;
    end
    if (start_i) begin
      panel_q <= 32'd0;
    end else if (finish_i) begin
      panel_q <= panel_q + 32'd1;
    end
  end

  // ---------------------------------------------------------------- offences

  // Columns of the panel, 0 if it is full.
  wire [COLS_L-1:0]        cols        = last_panel ? cols_left_q : block_ends ? block_cols : {COLS_L{1'b0}};
  wire [COLUMNS-1:0]       no_columns  = cols != {COLS_L{1'b0}} ? {COLUMNS{1'b1}} << cols : {COLUMNS{1'b0}};
  wire [7:0]               no_tiles    = steps_left_q < 32'd8 ? 8'hff << steps_left_q[2:0] : 8'h00;

  wire                     past_end    = asked > m_left_q;
  wire                     too_many    = head && {{VALUE_L{1'b0}}, values_o} > {b_left_q, {VALUE_L{1'b0}}};
  wire                     bad_tile    = tiles && (meta[7:0] & no_tiles) != 8'h00;
  wire                     bad_column  = fiber && (meta[COLUMNS-1:0] & no_columns) != {COLUMNS{1'b0}};
  wire                     left_over   = at_end && last_panel &&
                                         (m_left_q[31:BYTES_L] != {32 - BYTES_L{1'b0}} || b_left_q != 32'd0);

  assign offence_o = bitmaps_i && (past_end || too_many || bad_tile || bad_column || left_over || (at_end && stray));
  assign panel_o   = panel_q;

  wire unused_odd  = &{1'b0, meta, m_bytes_i, b_bytes_i, block_cols_i, n_i};

endmodule

`default_nettype wire
