// Writes a collected m-tile to memory: one segment per real row, as wide as the group of panels, without the columns
// past N.
//
// Why: results are collected panel by panel, memory gets each row of the group as one long segment.
//
// Parameters:
//   ADDR_W     address bits
//   ROWS       = M0
//   COLS       = N0
//   LANES      results per word
//   CHUNKS     words per row of a tile
//   WORDS      words of the C buffer
//   SLOTS      m-tiles that may wait in it
//   OUT_BYTES  bytes of out_data_o: min(4 * LANES, bus bytes)
// Handshake:
//   full_i is a pulse per collected m-tile, freed_o a pulse when its slot may be filled again
//   req_* (segments) and dat_* (their bytes, dat_count_o valid ones, low end first) are ready/valid, as lac_axi_write
//     wants them
//   req_valid_o of a row comes with the reading of its first word. A collected m-tile has a real column at least, or
//     lac_c_collect says misfit_o.
//   misfit_o: the last m-tile is not the one with row M - 1; from the m-tile's second cycle here until the next start.
//     Nothing is asked for any more then, so that no row past M is written.
// Latency: first bytes two cycles after full_i; then OUT_BYTES per cycle, no gap between rows.
// After reset: idle.
//   busy_o is high while a collected m-tile has not been handed over

`default_nettype none

module lac_c_emit #(
  parameter ADDR_W     = 32,
  parameter ROWS       = 2,
  parameter COLS       = 4,
  parameter LANES      = 4,
  parameter CHUNKS     = 1,
  parameter WORDS      = 32,
  parameter SLOTS      = 32,
  parameter OUT_BYTES  = 16,
  parameter SLOT_W     = $clog2(SLOTS + 1),
  parameter PTR_W      = $clog2(WORDS),
  parameter BYTES_W    = $clog2(OUT_BYTES + 1)
) (
  input  wire                   clk_i,
  input  wire                   rst_i,

  input  wire                   start_i,
  input  wire [31:0]            m_i,
  input  wire [31:0]            tiles_i,
  input  wire [31:0]            block_tiles_i,
  input  wire [31:0]            panels_i,
  input  wire [31:0]            group_panels_i,
  input  wire [31:0]            n_i,
  input  wire [31:0]            block_cols_i,
  input  wire [31:0]            block_panels_i,
  input  wire [ADDR_W-1:0]      addr_i,
  input  wire [31:0]            pitch_i,
  input  wire                   narrow_i,       // results are bytes, else 32-bit words
  input  wire [SLOT_W-1:0]      slots_i,
  input  wire [31:0]            slot_words_i,

  input  wire                   full_i,
  input  wire [31:0]            full_cols_i,
  input  wire [31:0]            full_column_i,
  output wire                   freed_o,
  output wire                   busy_o,
  output wire                   misfit_o,

  output wire                   re_o,
  output wire [PTR_W-1:0]       raddr_o,
  input  wire [LANES*32-1:0]    rdata_i,

  output wire                   req_valid_o,
  input  wire                   req_ready_i,
  output wire [ADDR_W-1:0]      req_addr_o,
  output wire [31:0]            req_bytes_o,

  output wire                   dat_valid_o,
  input  wire                   dat_ready_i,
  output wire [OUT_BYTES*8-1:0] dat_data_o,
  output wire [BYTES_W-1:0]     dat_count_o,
  output wire                   dat_last_o
);

  localparam             PIECES     = (4 * LANES + OUT_BYTES - 1) / OUT_BYTES;   // of a word of 32-bit results
  localparam             WIDE       = PIECES * OUT_BYTES * 8;
  localparam [31:0]      ROWS_32    = ROWS;
  localparam [31:0]      LANES_32   = LANES;
  localparam [31:0]      CHUNK_LAST = CHUNKS - 1;
  localparam [31:0]      OUT_32     = OUT_BYTES;
  localparam [31:0]      CHUNKS_32  = CHUNKS;
  localparam             CNT_W      = $clog2(COLS + 1);

  // ---------------------------------------------------------------- collected m-tiles, in the order of their slots

  wire        have;
  wire [31:0] cols;
  wire [31:0] column;
  wire        unused_room;

  lac_fifo #(
    .WIDTH (64),
    .DEPTH (SLOTS)
  ) u_full (
    .clk_i       (clk_i),
    .rst_i       (rst_i || start_i),
    .in_valid_i  (full_i),
    .in_ready_o  (unused_room),
    .in_data_i   ({full_cols_i, full_column_i}),
    .out_valid_o (have),
    .out_ready_i (freed_o),
    .out_data_o  ({cols, column})
  );

  // ---------------------------------------------------------------- the loop nest, rows and words

  wire              nest_valid;
  wire              nest_next;
  wire [31:0]       nest_tiles;
  wire [31:0]       nest_panels;
  wire              last_group;
  wire              last_block;
  wire [CNT_W-1:0]  panel_cols;
  wire [31:0]       unused_column;
  wire              unused_fits;
  wire              unused_ends;

  reg  [31:0]       tile_q;
  reg  [31:0]       row_q;
  reg  [31:0]       rows_left_q,  rows_left_save_q;    // M minus first row of the m-tile
  reg  [ADDR_W-1:0] row_addr_q,   row_addr_save_q;     // C[row, 0]; its value at the block's first row
  reg               in_row_q;                          // the row's segment has been requested
  reg  [31:0]       row_left_q;                        // columns of the row not yet read
  reg  [31:0]       chunk_cols_q;                      // columns of the panel before this chunk
  reg  [31:0]       chunk_q;
  reg  [SLOT_W-1:0] slot_q;
  reg  [PTR_W-1:0]  slot_ptr_q;
  reg  [PTR_W-1:0]  row_ptr_q;
  reg  [PTR_W-1:0]  ptr_q;
  reg               misfit_q;

  wire        slot_free;
  wire        read;

  wire [31:0] left        = in_row_q ? row_left_q : cols;
  wire [31:0] panel_left  = {{(32 - CNT_W) {1'b0}}, panel_cols} - chunk_cols_q;
  wire [31:0] word_cols   = panel_left < LANES_32 ? panel_left : LANES_32;
  wire        row_end     = read && word_cols >= left;
  wire        last_chunk  = chunk_q == CHUNK_LAST || panel_left <= LANES_32;
  wire        last_row    = row_q == ROWS_32 - 32'd1 || row_q == rows_left_q - 32'd1;
  wire        last_tile   = tile_q == nest_tiles - 32'd1;
  wire        tile_end    = row_end && last_row;
  wire        group_end   = tile_end && last_tile;
  wire        tile_here   = have && nest_valid && !misfit_q;
  wire        rows_end    = rows_left_q <= ROWS_32;

  wire [31:0]       row_words = nest_panels * CHUNKS_32;
  wire [PTR_W-1:0]  next_row  = row_ptr_q + row_words[PTR_W-1:0];
  wire              last_slot = slot_q == slots_i - 1'b1;
  wire [PTR_W-1:0]  next_slot = last_slot ? {PTR_W{1'b0}} : slot_ptr_q + slot_words_i[PTR_W-1:0];
  wire [31:0]       skipped   = CHUNK_LAST - chunk_q + 32'd1;    // words from here to the next panel
  wire [ADDR_W:0]   pitch     = {{(ADDR_W - 31) {1'b0}}, pitch_i};
  wire [ADDR_W-1:0] next_addr = row_addr_q + pitch[ADDR_W-1:0];
  wire [ADDR_W:0]   offset    = {{(ADDR_W - 31) {1'b0}}, narrow_i ? column : {column[29:0], 2'b00}};

  assign nest_next   = group_end;
  assign freed_o     = tile_end;
  assign busy_o      = have || !slot_free;
  assign misfit_o    = misfit_q;
  assign req_valid_o = tile_here && slot_free && !in_row_q;
  assign req_addr_o  = row_addr_q + offset[ADDR_W-1:0];
  assign req_bytes_o = narrow_i ? cols : {cols[29:0], 2'b00};
  assign read        = tile_here && slot_free && (in_row_q || req_ready_i);
  assign re_o        = read;
  assign raddr_o     = ptr_q;

  lac_tile_loop u_tile_loop (
    .clk_i          (clk_i),
    .rst_i          (rst_i),
    .start_i        (start_i),
    .tiles_i        (tiles_i),
    .block_tiles_i  (block_tiles_i),
    .panels_i       (panels_i),
    .group_panels_i (group_panels_i),
    .next_i         (nest_next),
    .valid_o        (nest_valid),
    .tiles_o        (nest_tiles),
    .panels_o       (nest_panels),
    .last_group_o   (last_group),
    .last_block_o   (last_block)
  );

  lac_columns #(
    .COLS (COLS)
  ) u_columns (
    .clk_i          (clk_i),
    .start_i        (start_i),
    .n_i            (n_i),
    .block_cols_i   (block_cols_i),
    .block_panels_i (block_panels_i),
    .step_i         (read && (row_end || last_chunk)),
    .rewind_i       (row_end && !group_end),
    .save_i         (group_end),
    .restart_i      (group_end && last_group),
    .count_o        (panel_cols),
    .column_o       (unused_column),
    .fits_o         (unused_fits),
    .ends_o         (unused_ends)
  );

  always @(posedge clk_i) begin
    if (rst_i || start_i) begin
      misfit_q <= 1'b0;
    end else begin
      misfit_q <= misfit_q || (have && nest_valid && rows_end != (last_tile && last_block));
    end
  end

  always @(posedge clk_i) begin
    if (start_i) begin
      tile_q <= 32'd0;
      row_q  <= 32'd0;
    end else if (tile_end) begin
      tile_q <= last_tile ? 32'd0 : tile_q + 32'd1;
      row_q  <= 32'd0;
    end else if (row_end) begin
      row_q <= row_q + 32'd1;
    end
  end

  always @(posedge clk_i) begin
    if (rst_i || start_i) begin
      in_row_q <= 1'b0;
    end else if (read) begin
      in_row_q <= !row_end;
    end
  end

  always @(posedge clk_i) begin
    if (read) begin
      row_left_q <= left - word_cols;
    end
  end

  always @(posedge clk_i) begin
    if (start_i || tile_end || row_end) begin
      chunk_q      <= 32'd0;
      chunk_cols_q <= 32'd0;
    end else if (read) begin
      chunk_q      <= last_chunk ? 32'd0 : chunk_q + 32'd1;
      chunk_cols_q <= last_chunk ? 32'd0 : chunk_cols_q + LANES_32;
    end
  end

  always @(posedge clk_i) begin
    if (start_i) begin
      slot_q     <= {SLOT_W{1'b0}};
      slot_ptr_q <= {PTR_W{1'b0}};
      row_ptr_q  <= {PTR_W{1'b0}};
      ptr_q      <= {PTR_W{1'b0}};
    end else if (tile_end) begin
      slot_q     <= last_slot ? {SLOT_W{1'b0}} : slot_q + 1'b1;
      slot_ptr_q <= next_slot;
      row_ptr_q  <= next_slot;
      ptr_q      <= next_slot;
    end else if (row_end) begin
      row_ptr_q <= next_row;
      ptr_q     <= next_row;
    end else if (read) begin
      ptr_q <= ptr_q + (last_chunk ? skipped[PTR_W-1:0] : {{(PTR_W - 1) {1'b0}}, 1'b1});
    end
  end

  // Rows of C in order; the next group of the same block starts again at the block's first row.
  always @(posedge clk_i) begin
    if (start_i) begin
      rows_left_q      <= m_i;
      rows_left_save_q <= m_i;
      row_addr_q       <= addr_i;
      row_addr_save_q  <= addr_i;
    end else if (group_end && !last_group) begin
      rows_left_q <= rows_left_save_q;
      row_addr_q  <= row_addr_save_q;
    end else if (tile_end) begin
      rows_left_q <= rows_left_q - ROWS_32;
      row_addr_q  <= next_addr;
      if (group_end) begin
        rows_left_save_q <= rows_left_q - ROWS_32;
        row_addr_save_q  <= next_addr;
      end
    end else if (row_end) begin
      row_addr_q <= next_addr;
    end
  end

  // ---------------------------------------------------------------- the word being sent, in pieces of OUT_BYTES

  reg        word_valid_q;
  reg        word_last_q;
  reg [31:0] word_left_q;       // bytes of it not yet sent

  wire                    last_piece = word_left_q <= OUT_32;
  wire                    sent       = dat_valid_o && dat_ready_i;
  wire [31:0]             send_bytes = last_piece ? word_left_q : OUT_32;
  wire [WIDE-1:0]         word;
  wire [OUT_BYTES*8-1:0]  piece;

  assign slot_free   = !word_valid_q || (sent && last_piece);
  assign dat_valid_o = word_valid_q;
  assign dat_data_o  = piece;
  assign dat_count_o = send_bytes[BYTES_W-1:0];
  assign dat_last_o  = word_last_q && last_piece;

  always @(posedge clk_i) begin
    if (rst_i || start_i) begin
      word_valid_q <= 1'b0;
    end else if (slot_free) begin
      word_valid_q <= read;
    end
  end

  always @(posedge clk_i) begin
    if (read) begin
      word_last_q <= row_end;
      word_left_q <= narrow_i ? word_cols : {word_cols[29:0], 2'b00};
    end else if (sent) begin
      word_left_q <= word_left_q - OUT_32;
    end
  end

  generate
    if (WIDE == LANES * 32) begin : gen_fits
      assign word = rdata_i;
    end else begin : gen_pads
      assign word = {{(WIDE - LANES * 32) {1'b0}}, rdata_i};
    end
    if (PIECES == 1) begin : gen_whole
      assign piece = word;
    end else begin : gen_pieces
      localparam PIECE_W = $clog2(PIECES);
      reg [PIECE_W-1:0] piece_q;
      assign piece = word[piece_q*OUT_BYTES*8 +: OUT_BYTES*8];
      always @(posedge clk_i) begin
        if (read) begin
          piece_q <= {PIECE_W{1'b0}};
        end else if (sent) begin
          piece_q <= piece_q + 1'b1;
        end
      end
    end
  endgenerate

  wire unused_bits = &{1'b0, pitch[ADDR_W], offset[ADDR_W], row_words[31:PTR_W], skipped[31:PTR_W],
                       send_bytes[31:BYTES_W],
                       slot_words_i[31:PTR_W]};

endmodule

`default_nettype wire
