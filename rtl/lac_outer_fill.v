// Takes records of B apart: bitmaps and values become chunks, each for the block whose k it is, and the list of nonempty k-tiles.
//
// Why: memory has B without its zeros and in no fixed places; the blocks want words (docs/outer.md, The path of B).
// Parameters: BANKS, COLS, Q as lac_outer_chunk; KT, k of a k-tile, BLOCKS, both powers of two, BLOCKS up to KT; B_W, bits of a value;
//      BUS_W, bits of a beat, BANKS * COLS and 32 or more; the others follow, leave them.
// Handshake: b_* (values), m_* (bitmaps), word_* (a bit per block, all in one cycle or none) and list_* are ready/valid. A word is, from
//      the lowest bit: Q values, columns, BANKS places, k / BLOCKS, short (the chunk ended at a full bank), last of k-tile, last of panel. k-tiles closed in a cycle
//      go to all blocks and to the list at once.
// bitmaps_i low: no metadata, every fiber is full. What describes the job stays from start_i on.
// Errors: error_o for one cycle, error_pos_o the panel's number since start: a count of values that the bitmaps do not add up to or that
//      is more than the fetch has left, bitmaps past its end. Nothing passes any more until the next start.
// Latency: a chunk a cycle so long as its values are there, a cycle more per k-tile and two per panel. After reset: idle.

`default_nettype none

module lac_outer_fill #(
  parameter BANKS   = 4,
  parameter COLS    = 2,
  parameter Q       = 2,
  parameter KT      = 4,
  parameter BLOCKS  = 2,
  parameter B_W     = 8,
  parameter BUS_W   = 32,
  parameter COL_W   = COLS > 1 ? $clog2(COLS) : 1,
  parameter KS_W    = KT > BLOCKS ? $clog2(KT / BLOCKS) : 1,
  parameter WORD_W  = Q * (B_W + COL_W) + BANKS + KS_W + 3
) (
  input  wire                     clk_i,
  input  wire                     rst_i,

  input  wire                     start_i,
  input  wire                     bitmaps_i,
  input  wire [31:0]              steps_i,       // k-tiles of a panel
  input  wire [31:0]              run_i,         // k of a run
  input  wire [31:0]              b_bytes_i,     // of a fetch
  input  wire [31:0]              m_bytes_i,

  input  wire                     b_valid_i,
  output wire                     b_ready_o,
  input  wire [BUS_W-1:0]         b_data_i,
  input  wire                     m_valid_i,
  output wire                     m_ready_o,
  input  wire [BUS_W-1:0]         m_data_i,

  output wire [BLOCKS-1:0]        word_valid_o,
  input  wire [BLOCKS-1:0]        word_ready_i,
  output wire [BLOCKS*WORD_W-1:0] word_data_o,
  output wire                     list_valid_o,
  input  wire                     list_ready_i,
  output wire [31:0]              list_number_o, // k-tile in its panel
  output wire                     list_last_o,   // and of it

  output wire                     error_o,
  output wire [31:0]              error_pos_o
);

  localparam               T       = BANKS * COLS;
  localparam               VALUES  = BUS_W / B_W;
  localparam               BYTES   = BUS_W / 8;
  localparam               LEVEL_W = $clog2(2 * VALUES + 1);
  localparam               BYTE_W  = $clog2(2 * BYTES + 1);
  localparam               CNT_W   = $clog2(Q + 1);
  localparam               K_W     = $clog2(KT);
  localparam               BLOCK_W = BLOCKS > 1 ? $clog2(BLOCKS) : 1;
  localparam [31:0]        KT_32   = KT;

  // What comes next in the record.
  localparam [1:0]         HEAD    = 2'd0;       // the number of values
  localparam [1:0]         TILES   = 2'd1;       // a byte: which of eight k-tiles have a nonzero
  localparam [1:0]         FIBERS  = 2'd2;       // a bitmap, or a bit of the byte that is zero
  localparam [1:0]         END     = 2'd3;       // the panel is closed

  // ---------------------------------------------------------------- the two streams

  wire [LEVEL_W-1:0]       values_level;
  wire [BUS_W-1:0]         values;
  wire [BYTE_W-1:0]        meta_level;
  wire [BUS_W-1:0]         meta;
  wire [LEVEL_W-1:0]       values_take;
  wire [BYTE_W-1:0]        meta_take;

  lac_unit_fifo #(
    .UNIT_W     (B_W),
    .UNITS      (VALUES)
  ) u_values (
    .clk_i      (clk_i),
    .rst_i      (rst_i || start_i),
    .in_valid_i (b_valid_i),
    .in_ready_o (b_ready_o),
    .in_data_i  (b_data_i),
    .level_o    (values_level),
    .head_o     (values),
    .take_i     (values_take)
  );

  lac_unit_fifo #(
    .UNIT_W     (8),
    .UNITS      (BYTES)
  ) u_meta (
    .clk_i      (clk_i),
    .rst_i      (rst_i || start_i),
    .in_valid_i (m_valid_i),
    .in_ready_o (m_ready_o),
    .in_data_i  (m_data_i),
    .level_o    (meta_level),
    .head_o     (meta),
    .take_i     (meta_take)
  );

  // ---------------------------------------------------------------- where in the record

  reg  [1:0]               next_q;
  reg  [31:0]              step_q;         // k-tile of the panel
  reg  [7:0]               tiles_q;        // which of eight k-tiles have a nonzero
  reg  [31:0]              run_left_q;     // k left of the run, this k-tile's included
  reg                      begun_q;        // this k-tile has been opened
  reg                      open_q;         // a k-tile is open: this one or one before
  reg  [31:0]              number_q;       // which
  reg  [K_W-1:0]           k_q;
  reg  [T-1:0]             left_q;         // columns left of the fiber
  reg                      fresh_q;        // none of its chunks has been made
  reg                      stopped_q;

  wire                     nonempty   = !bitmaps_i || tiles_q[step_q[2:0]];
  wire [31:0]              run_rest   = run_left_q - KT_32;
  wire                     run_ends   = run_left_q <= KT_32;
  wire [31:0]              k_32       = {{32 - K_W{1'b0}}, k_q};
  wire                     last_k     = k_q == KT_32[K_W-1:0] - 1'b1 || k_32 == run_left_q - 32'd1;
  wire                     last_step  = step_q == steps_i - 32'd1;

  // ---------------------------------------------------------------- the chunk at hand

  wire [T-1:0]             fiber      = !fresh_q ? left_q : bitmaps_i ? meta[T-1:0] : {T{1'b1}};
  wire [T-1:0]             rest;
  wire [BANKS-1:0]         places;
  wire [Q*COL_W-1:0]       columns;
  wire [CNT_W-1:0]         count;
  wire                     short;

  lac_outer_chunk #(
    .BANKS     (BANKS),
    .COLS      (COLS),
    .Q         (Q)
  ) u_chunk (
    .left_i    (fiber),
    .places_o  (places),
    .columns_o (columns),
    .count_o   (count),
    .rest_o    (rest),
    .short_o   (short)
  );

  wire [31:0]              count_32   = {{32 - CNT_W{1'b0}}, count};
  wire [31:0]              level_32   = {{32 - LEVEL_W{1'b0}}, values_level};
  wire [31:0]              meta_32    = {{32 - BYTE_W{1'b0}}, meta_level};
  wire [BLOCK_W-1:0]       block      = BLOCKS > 1 ? k_q[BLOCK_W-1:0] : {BLOCK_W{1'b0}};
  wire [31:0]              ks         = k_32 / BLOCKS;

  // ---------------------------------------------------------------- what happens in this cycle

  reg  [BLOCKS-1:0]        kept_q;         // blocks with a word kept back
  wire                     running    = !stopped_q;
  wire                     all_ready  = &word_ready_i && list_ready_i;
  wire                     fiber_here = !fresh_q || !bitmaps_i || meta_32 >= T / 8;
  wire                     head       = running && next_q == HEAD && (!bitmaps_i || meta_32 >= 32'd4);
  wire                     tiles      = running && next_q == TILES && meta_level != {BYTE_W{1'b0}};
  wire                     at_fibers  = running && next_q == FIBERS;
  wire                     pass       = at_fibers && !nonempty;
  wire                     begins     = at_fibers && nonempty && !begun_q && (!open_q || all_ready);
  wire                     at_fiber   = at_fibers && nonempty && begun_q && fiber_here;
  wire                     chunk      = at_fiber && level_32 >= count_32 && !error_o &&
                                        (!kept_q[block] || count == {CNT_W{1'b0}} || word_ready_i[block]);
  wire                     fiber_ends = chunk && rest == {T{1'b0}};
  wire                     tile_ends  = pass || (fiber_ends && last_k);
  wire                     finish     = running && next_q == END && all_ready && !error_o;
  wire                     close      = finish || (begins && open_q);

  // ---------------------------------------------------------------- bytes and values left

  reg  [31:0]              values_left_q;  // of the panel, by its header
  reg  [31:0]              b_left_q;       // bytes of the fetch
  reg  [31:0]              m_left_q;
  reg  [31:0]              panel_q;

  wire [31:0]              header     = meta[31:0];
  wire [31:0]              beats      = header / VALUES + (header % VALUES != 32'd0 ? 32'd1 : 32'd0);
  wire [31:0]              asked      = beats * BYTES;
  wire [31:0]              odd_values = level_32 % VALUES;   // of the panel's last beat
  wire [31:0]              odd_bytes  = meta_32 % BYTES;
  wire [31:0]              meta_asked = head ? 32'd4 : tiles ? 32'd1 : at_fiber && fresh_q ? T / 8 : next_q == END ? odd_bytes : 32'd0;
  wire [31:0]              meta_used  = bitmaps_i && (head || tiles || chunk || finish) ? meta_asked : 32'd0;
  wire                     too_many   = head && (asked > b_left_q || header > b_left_q * 32'd2);
  wire                     no_sum     = at_fiber && count_32 > values_left_q;
  wire                     last_bytes = m_left_q == odd_bytes;
  wire                     left_over  = next_q == END && (values_left_q != 32'd0 || (last_bytes && b_left_q != 32'd0));
  wire                     too_short  = meta_asked > m_left_q || (m_left_q == 32'd0 && next_q != END && next_q != FIBERS);
  wire                     fetch_ends = finish && last_bytes;

  assign error_o     = running && bitmaps_i && (too_many || no_sum || left_over || too_short);
  assign error_pos_o = panel_q;

  assign values_take = chunk ? count_32[LEVEL_W-1:0] : finish ? odd_values[LEVEL_W-1:0] : {LEVEL_W{1'b0}};
  assign meta_take   = meta_used[BYTE_W-1:0];

  always @(posedge clk_i) begin
    if (start_i || fetch_ends) begin
      b_left_q <= b_bytes_i;
      m_left_q <= m_bytes_i;
    end else begin
      b_left_q <= head ? b_left_q - asked : b_left_q;   // no meaning without bitmaps
      m_left_q <= m_left_q - meta_used;
    end
    if (start_i) begin
      panel_q <= 32'd0;
    end else if (finish) begin
      panel_q <= panel_q + 32'd1;
    end
    if (start_i || (head && !bitmaps_i)) begin
      values_left_q <= 32'd0;
    end else if (head) begin
      values_left_q <= header;
    end else if (chunk && bitmaps_i) begin
      values_left_q <= values_left_q - count_32;
    end
  end

  // ---------------------------------------------------------------- on to the next

  always @(posedge clk_i) begin
    if (rst_i) begin
      stopped_q <= 1'b1;
      next_q    <= HEAD;
      open_q    <= 1'b0;
      begun_q   <= 1'b0;
    end else if (start_i) begin
      stopped_q <= 1'b0;
      next_q    <= HEAD;
      open_q    <= 1'b0;
      begun_q   <= 1'b0;
    end else begin
      stopped_q <= stopped_q || error_o;
      open_q    <= begins || (open_q && !finish);
      begun_q   <= begins || (begun_q && !tile_ends);
      if (head) begin
        next_q <= bitmaps_i ? TILES : FIBERS;
      end else if (tiles) begin
        next_q <= FIBERS;
      end else if (tile_ends) begin
        next_q <= last_step ? END : bitmaps_i && step_q[2:0] == 3'd7 ? TILES : FIBERS;
      end else if (finish) begin
        next_q <= HEAD;
      end
    end
  end

  always @(posedge clk_i) begin
    if (tiles) begin
      tiles_q <= meta[7:0];
    end
    if (head) begin
      step_q     <= 32'd0;
      run_left_q <= run_i;
      number_q   <= 32'd0;
    end else if (tile_ends) begin
      step_q     <= step_q + 32'd1;
      run_left_q <= run_ends ? run_i : run_rest;
    end
    if (begins) begin
      number_q <= step_q;
    end
    if (begins || fiber_ends) begin
      k_q <= begins ? {K_W{1'b0}} : k_q + 1'b1;
    end
    if (begins || chunk) begin
      fresh_q <= begins || fiber_ends;
      left_q  <= rest;
    end
  end

  // ---------------------------------------------------------------- words, each block's newest kept back

  localparam KEPT_W = WORD_W - 2;

  wire [KEPT_W-1:0] word = {short, ks[KS_W-1:0], places, columns, values[Q*B_W-1:0]};

  assign list_valid_o  = close;
  assign list_number_o = number_q;
  assign list_last_o   = finish;

  genvar g;
  generate
    for (g = 0; g < BLOCKS; g = g + 1) begin : gen_block
      localparam [31:0]  BLOCK = g;
      reg  [KEPT_W-1:0]  word_q;
      wire               mine = chunk && count != {CNT_W{1'b0}} && block == BLOCK[BLOCK_W-1:0];

      assign word_valid_o[g]                  = close || (mine && kept_q[g]);
      assign word_data_o[g*WORD_W +: WORD_W]  = {finish, close, kept_q[g] ? word_q : {KEPT_W{1'b0}}};

      always @(posedge clk_i) begin
        if (rst_i || start_i) begin
          kept_q[g] <= 1'b0;
        end else begin
          kept_q[g] <= mine || (kept_q[g] && !close);
        end
      end

      always @(posedge clk_i) begin
        if (mine) begin
          word_q <= word;
        end
      end
    end
  endgenerate

  wire unused = &{1'b0, ks, odd_values, odd_bytes, header};

endmodule

`default_nettype wire
