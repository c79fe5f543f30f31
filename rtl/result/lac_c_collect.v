// Puts result words into a slot of the C buffer: they come tile by tile, and are stored row by row.
//
// Why: a row of a whole group of panels is one long segment in memory; a row of one tile would be a short one.
//
// Parameters:
//   ROWS     = M0
//   COLS     = N0
//   CHUNKS   words per row of a tile
//   WORDS    words of the C buffer
//   SLOT_W   bits of a count of slots
//   PERMUTE  1: waddr_o leaves the panel out, which lac_c_place adds
// Handshake:
//   in_valid_i only; lac_c_grant has reserved the room
//   full_o is a pulse with the m-tile's last word, unless the job is known not to fit
//   misfit_o: panels and columns of the job do not fit each other; from the cycle after the panel that shows it until
//     the next start
// Latency: a word is in memory one cycle after it came.
// After reset: idle.

`default_nettype none

module lac_c_collect #(
  parameter ROWS       = 2,
  parameter COLS       = 4,
  parameter CHUNKS     = 1,
  parameter WORDS      = 32,
  parameter SLOT_W     = 6,
  parameter PERMUTE    = 0,
  parameter ADDR_W     = $clog2(WORDS)
) (
  input  wire              clk_i,
  input  wire              rst_i,

  input  wire              start_i,
  input  wire [31:0]       tiles_i,
  input  wire [31:0]       block_tiles_i,
  input  wire [31:0]       panels_i,
  input  wire [31:0]       group_panels_i,
  input  wire [31:0]       n_i,
  input  wire [31:0]       block_cols_i,
  input  wire [31:0]       block_panels_i,
  input  wire [SLOT_W-1:0] slots_i,
  input  wire [31:0]       slot_words_i,

  input  wire              in_valid_i,

  output wire              we_o,
  output wire [ADDR_W-1:0] waddr_o,
  output wire [31:0]       panel_o,          // panel of the word in its group
  output wire [31:0]       panels_o,         // panels of that group

  output wire              full_o,
  output wire [31:0]       full_cols_o,      // real columns of the group, with full_o
  output wire [31:0]       full_column_o,    // first column of the group, with full_o
  output wire              misfit_o
);

  localparam              CNT_W       = $clog2(COLS + 1);
  localparam [31:0]       CHUNKS_32   = CHUNKS;
  localparam [31:0]       CHUNK_LAST  = CHUNKS - 1;
  localparam [31:0]       ROW_LAST    = ROWS - 1;
  localparam [ADDR_W-1:0] PANEL_WORDS = CHUNKS_32[ADDR_W-1:0];

  wire             nest_valid;
  wire             nest_next;
  wire [31:0]      nest_tiles;
  wire [31:0]      nest_panels;
  wire             last_group;
  wire             last_block;
  wire [CNT_W-1:0] count;
  wire [31:0]      column;
  wire             fits;
  wire             ends;

  reg  [31:0]       tile_q;
  reg  [31:0]       panel_q;
  reg  [31:0]       row_q;
  reg  [31:0]       chunk_q;
  reg  [SLOT_W-1:0] slot_q;
  reg  [ADDR_W-1:0] slot_addr_q;      // first word of the slot
  reg  [ADDR_W-1:0] panel_addr_q;     // row 0, chunk 0 of the panel; with PERMUTE of the first one
  reg  [ADDR_W-1:0] addr_q;           // the next word
  reg  [31:0]       cols_q;           // real columns of the panels before this one
  reg  [31:0]       column_q;         // first column of the group

  wire last_chunk = chunk_q == CHUNK_LAST;
  wire last_row   = row_q == ROW_LAST;
  wire last_panel = panel_q == nest_panels - 32'd1;
  wire last_tile  = tile_q == nest_tiles - 32'd1;
  wire panel_done = in_valid_i && nest_valid && last_chunk && last_row;
  wire tile_done  = panel_done && last_panel;

  // The last panel of a block of m-tiles, and no other, ends with column N - 1.
  reg  misfit_q;
  wire misfit = !fits || ends != (last_panel && last_group);

  // Words from one row to the next, less the chunks already passed in this row.
  wire [31:0]       row_words   = nest_panels * CHUNKS_32;
  wire [ADDR_W-1:0] next_row    = addr_q + row_words[ADDR_W-1:0] - PANEL_WORDS + 1'b1;
  wire [ADDR_W-1:0] next_panel  = PERMUTE != 0 ? panel_addr_q : panel_addr_q + PANEL_WORDS;
  wire              last_slot   = slot_q == slots_i - 1'b1;
  wire [ADDR_W-1:0] next_slot   = last_slot ? {ADDR_W{1'b0}} : slot_addr_q + slot_words_i[ADDR_W-1:0];

  assign nest_next     = tile_done && last_tile;
  assign we_o          = in_valid_i && nest_valid;
  assign waddr_o       = addr_q;
  assign panel_o       = panel_q;
  assign panels_o      = nest_panels;
  assign full_o        = tile_done && !misfit && !misfit_q;
  assign full_cols_o   = cols_q + {{(32 - CNT_W) {1'b0}}, count};
  assign full_column_o = panel_q == 32'd0 ? column : column_q;

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
    .step_i         (panel_done),
    .rewind_i       (last_panel && !last_tile),
    .save_i         (last_panel && last_tile),
    .restart_i      (nest_next && last_group),
    .count_o        (count),
    .column_o       (column),
    .fits_o         (fits),
    .ends_o         (ends)
  );

  always @(posedge clk_i) begin
    if (start_i) begin
      chunk_q <= 32'd0;
      row_q   <= 32'd0;
      panel_q <= 32'd0;
      tile_q  <= 32'd0;
    end else if (we_o) begin
      chunk_q <= last_chunk ? 32'd0 : chunk_q + 32'd1;
      if (last_chunk) begin
        row_q <= last_row ? 32'd0 : row_q + 32'd1;
      end
      if (panel_done) begin
        panel_q <= last_panel ? 32'd0 : panel_q + 32'd1;
      end
      if (tile_done) begin
        tile_q <= last_tile ? 32'd0 : tile_q + 32'd1;
      end
    end
  end

  always @(posedge clk_i) begin
    if (start_i) begin
      slot_q       <= {SLOT_W{1'b0}};
      slot_addr_q  <= {ADDR_W{1'b0}};
      panel_addr_q <= {ADDR_W{1'b0}};
      addr_q       <= {ADDR_W{1'b0}};
    end else if (tile_done) begin
      slot_q       <= last_slot ? {SLOT_W{1'b0}} : slot_q + 1'b1;
      slot_addr_q  <= next_slot;
      panel_addr_q <= next_slot;
      addr_q       <= next_slot;
    end else if (panel_done) begin
      panel_addr_q <= next_panel;
      addr_q       <= next_panel;
    end else if (we_o) begin
      addr_q <= last_chunk ? next_row : addr_q + 1'b1;
    end
  end

  always @(posedge clk_i) begin
    if (start_i || tile_done) begin
      cols_q <= 32'd0;
    end else if (panel_done) begin
      cols_q   <= full_cols_o;
      column_q <= full_column_o;
    end
  end

  assign misfit_o = misfit_q;

  always @(posedge clk_i) begin
    if (rst_i || start_i) begin
      misfit_q <= 1'b0;
    end else if (panel_done) begin
      misfit_q <= misfit_q || misfit;
    end
  end

  wire unused_bits = &{1'b0, last_block, row_words[31:ADDR_W], slot_words_i[31:ADDR_W]};

endmodule

`default_nettype wire
