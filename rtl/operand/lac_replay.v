// A buffer that plays its words several times: words in once, out as often as the loop nest needs them.
//
// Why: a panel of B serves every m-tile of a block, and the parameters of a column every row of a tile. With both
// repeats at 1 it is a FIFO; this is how operands larger than the buffer pass through it.
//
// Order, for every (block, group) of lac_tile_loop: for tile in block: for panel in group: repeat SEGMENT_REPEAT times:
//   for word in segment. A word is consumed at its last playing, so the next group arrives while this one is played.
// Parameters:
//   LANES           words arrive in this many parts, first part lowest
//   LANE_W          bits of a part
//   WORDS           capacity, at least 2
//   SEGMENT_REPEAT  at least 1
// Handshake:
//   in_* and out_* are ready/valid
//   out_last_o marks the last word of a segment
// A group that is repeated must fit: panels * segment_i <= WORDS, else it never comes to its second playing (watchdog).
// Latency: a part that completes a word at cycle t can be seen on out_* at cycle t + 2; one word per cycle, also across
//   groups.
// After reset: empty.
//   loaded_o counts completed words since start_i, modulo 2^32

`default_nettype none

module lac_replay #(
  parameter LANES          = 1,
  parameter LANE_W         = 8,
  parameter WORDS          = 4,
  parameter SEGMENT_REPEAT = 1
) (
  input  wire                    clk_i,
  input  wire                    rst_i,

  input  wire                    start_i,
  input  wire [31:0]             tiles_i,
  input  wire [31:0]             block_tiles_i,
  input  wire [31:0]             panels_i,
  input  wire [31:0]             group_panels_i,
  input  wire [31:0]             segment_i,       // words per segment, one segment per panel

  input  wire                    in_valid_i,
  output wire                    in_ready_o,
  input  wire [LANE_W-1:0]       in_data_i,

  output wire                    out_valid_o,
  input  wire                    out_ready_i,
  output wire [LANES*LANE_W-1:0] out_data_o,
  output wire                    out_last_o,

  output wire [31:0]             loaded_o
);

  localparam                  PTR_W        = $clog2(WORDS);
  localparam                  LANE_CNT_W   = LANES > 1 ? $clog2(LANES) : 1;
  localparam [31:0]           WORDS_32     = WORDS;
  localparam [31:0]           WORD_LAST_32 = WORDS - 1;
  localparam [31:0]           LANE_LAST_32 = LANES - 1;
  localparam [31:0]           REPEAT_LAST  = SEGMENT_REPEAT - 1;
  localparam [PTR_W:0]        FULL         = WORDS_32[PTR_W:0];
  localparam [PTR_W-1:0]      PTR_LAST     = WORD_LAST_32[PTR_W-1:0];
  localparam [LANE_CNT_W-1:0] LANE_LAST    = LANE_LAST_32[LANE_CNT_W-1:0];

  // ---------------------------------------------------------------- writing

  reg  [LANE_CNT_W-1:0] lane_q;
  reg  [PTR_W-1:0]      write_q;
  reg  [31:0]           loaded_q;

  wire in_fire   = in_valid_i && in_ready_o;
  wire word_done = in_fire && lane_q == LANE_LAST;

  assign loaded_o = loaded_q;

  always @(posedge clk_i) begin
    if (rst_i || start_i) begin
      lane_q   <= {LANE_CNT_W{1'b0}};
      write_q  <= {PTR_W{1'b0}};
      loaded_q <= 32'd0;
    end else if (in_fire) begin
      lane_q <= word_done ? {LANE_CNT_W{1'b0}} : lane_q + 1'b1;
      if (word_done) begin
        write_q  <= write_q == PTR_LAST ? {PTR_W{1'b0}} : write_q + 1'b1;
        loaded_q <= loaded_q + 32'd1;
      end
    end
  end

  // ---------------------------------------------------------------- the loop nest

  wire        nest_valid;
  wire        nest_next;
  wire [31:0] nest_tiles;
  wire [31:0] nest_panels;
  wire        unused_last_group;
  wire        unused_last_block;

  reg  [31:0] tile_q;      // m-tiles played of this group
  reg  [31:0] panel_q;     // panels played of this tile
  reg  [31:0] repeat_q;    // playings of this segment
  reg  [31:0] word_q;      // words of this segment

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
    .last_group_o   (unused_last_group),
    .last_block_o   (unused_last_block)
  );

  wire last_word   = word_q == segment_i - 32'd1;
  wire last_repeat = repeat_q == REPEAT_LAST;
  wire last_panel  = panel_q == nest_panels - 32'd1;
  wire last_tile   = tile_q == nest_tiles - 32'd1;
  wire give_up     = last_repeat && last_tile;

  // ---------------------------------------------------------------- reading

  // Offsets count from the oldest word held, so they stay below WORDS; giving a word up moves the origin instead.
  reg  [PTR_W:0]   held_q;          // words held
  reg  [PTR_W-1:0] base_q;          // oldest word held
  reg  [PTR_W-1:0] read_q;          // next word
  reg  [PTR_W:0]   offset_q;        // its offset from base_q
  reg  [PTR_W-1:0] segment_q;       // first word of the segment
  reg  [PTR_W:0]   segment_offset_q;
  reg              out_valid_q;
  reg              out_last_q;

  wire             read = nest_valid && offset_q < held_q && (!out_valid_q || out_ready_i);
  wire             drop = read && give_up;
  wire [PTR_W-1:0] read_next   = read_q == PTR_LAST ? {PTR_W{1'b0}} : read_q + 1'b1;
  wire [PTR_W:0]   offset_next = give_up ? {(PTR_W + 1) {1'b0}} : offset_q + 1'b1;
  wire             segment_again = last_word && !last_repeat;
  wire             segment_new   = last_word && last_repeat && !(last_panel && !last_tile);
  wire             group_again   = last_word && last_repeat && last_panel && !last_tile;

  assign nest_next   = read && last_word && last_repeat && last_panel && last_tile;
  assign in_ready_o  = held_q != FULL;
  assign out_valid_o = out_valid_q;
  assign out_last_o  = out_last_q;

  always @(posedge clk_i) begin
    if (rst_i || start_i) begin
      word_q   <= 32'd0;
      repeat_q <= 32'd0;
      panel_q  <= 32'd0;
      tile_q   <= 32'd0;
    end else if (read) begin
      word_q <= last_word ? 32'd0 : word_q + 32'd1;
      if (last_word) begin
        repeat_q <= last_repeat ? 32'd0 : repeat_q + 32'd1;
      end
      if (last_word && last_repeat) begin
        panel_q <= last_panel ? 32'd0 : panel_q + 32'd1;
      end
      if (last_word && last_repeat && last_panel) begin
        tile_q <= last_tile ? 32'd0 : tile_q + 32'd1;
      end
    end
  end

  always @(posedge clk_i) begin
    if (rst_i || start_i) begin
      held_q           <= {(PTR_W + 1) {1'b0}};
      base_q           <= {PTR_W{1'b0}};
      read_q           <= {PTR_W{1'b0}};
      offset_q         <= {(PTR_W + 1) {1'b0}};
      segment_q        <= {PTR_W{1'b0}};
      segment_offset_q <= {(PTR_W + 1) {1'b0}};
    end else begin
      if (word_done && !drop) begin
        held_q <= held_q + 1'b1;
      end else if (drop && !word_done) begin
        held_q <= held_q - 1'b1;
      end
      if (drop) begin
        base_q <= read_next;
      end
      if (read) begin
        if (segment_again) begin
          read_q   <= segment_q;
          offset_q <= segment_offset_q;
        end else if (group_again) begin
          read_q           <= base_q;
          offset_q         <= {(PTR_W + 1) {1'b0}};
          segment_q        <= base_q;
          segment_offset_q <= {(PTR_W + 1) {1'b0}};
        end else begin
          read_q   <= read_next;
          offset_q <= offset_next;
          if (segment_new) begin
            segment_q        <= read_next;
            segment_offset_q <= offset_next;
          end
        end
      end
    end
  end

  always @(posedge clk_i) begin
    if (rst_i || start_i) begin
      out_valid_q <= 1'b0;
    end else if (!out_valid_q || out_ready_i) begin
      out_valid_q <= read;
    end
  end

  always @(posedge clk_i) begin
    if (read) begin
      out_last_q <= last_word;
    end
  end

  // ---------------------------------------------------------------- memory, one RAM per lane

  genvar lane;
  generate
    for (lane = 0; lane < LANES; lane = lane + 1) begin : gen_lane
      localparam [LANE_CNT_W-1:0] LANE = lane;
      lac_ram_2p #(
        .WIDTH (LANE_W),
        .DEPTH (WORDS)
      ) u_ram (
        .clk_i   (clk_i),
        .we_i    (in_fire && lane_q == LANE),
        .waddr_i (write_q),
        .wdata_i (in_data_i),
        .re_i    (read),
        .raddr_i (read_q),
        .rdata_o (out_data_o[lane*LANE_W +: LANE_W])
      );
    end
  endgenerate

endmodule

`default_nettype wire
