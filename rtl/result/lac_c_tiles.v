// Turns the bitmaps of sets into metadata: a byte per tile of eight sets, followed by the bitmap of each set with a
// value.
//
// Why: the byte of a tile says which bitmaps follow, and is known only when its last set has come. So a tile is
// collected first, and leaves by beats while the next one comes.
//
// Parameters:
//   SET    elements, bits of a bitmap, a power of two, at least 8
//   CNT_W  derived; do not set it
// Handshake: ready/valid on both sides.
//   in_ends_i: the set is the last of its segment, so of its tile
//   in_final_i: of all. A bitmap of zero is not kept.
//   out_count_o bytes of out_data_o count, from the low end
//   out_last_o with the last tile's last bytes
//   in_ready_o depends on out_ready_i
// Latency: one cycle from a tile's last set. A set per cycle, but for a tile of one set right behind one whose bytes
//   fill a beat and more.
// After reset: no tile begun.

`default_nettype none

module lac_c_tiles #(
  parameter SET   = 16,
  parameter CNT_W = $clog2(SET + 1)
) (
  input  wire             clk_i,
  input  wire             rst_i,

  input  wire             in_valid_i,
  output wire             in_ready_o,
  input  wire [SET-1:0]   in_bitmap_i,
  input  wire             in_ends_i,
  input  wire             in_final_i,

  output wire             out_valid_o,
  input  wire             out_ready_i,
  output wire [SET*8-1:0] out_data_o,
  output wire [CNT_W-1:0] out_count_o,
  output wire             out_last_o
);

  localparam              TILE_W = 8 + 8 * SET;                // the longest: SET + 1 bytes
  localparam              MAP    = SET / 8;                    // bytes of a bitmap
  localparam [31:0]       SET_32 = SET;
  localparam [31:0]       MAP_32 = MAP;
  localparam [CNT_W:0]    BEAT   = SET_32[CNT_W:0];
  localparam [CNT_W:0]    MAP_1  = MAP_32[CNT_W:0];

  // ---------------------------------------------------------------- the tile that is collected

  reg  [2:0]        place_q;        // of the next set
  reg  [7:0]        flags_q;        // sets that have a value
  reg  [8*SET-1:0]  maps_q;         // their bitmaps, the first lowest
  reg  [CNT_W:0]    length_q;       // bytes of the bitmaps

  wire              present = |in_bitmap_i;
  wire              closes  = in_ends_i || place_q == 3'd7;
  wire              room;
  wire              take    = in_valid_i && in_ready_o;
  wire [7:0]        flags   = flags_q | {7'd0, present} << place_q;
  wire [8*SET-1:0]  map     = {{7 * SET{1'b0}}, in_bitmap_i};
  wire [8*SET-1:0]  maps    = maps_q | map << {length_q, 3'd0};
  wire [CNT_W:0]    length  = length_q + (present ? MAP_1 : {CNT_W + 1{1'b0}});

  assign in_ready_o = !closes || room;

  always @(posedge clk_i) begin
    if (rst_i || (take && closes)) begin
      place_q  <= 3'd0;
      flags_q  <= 8'd0;
      maps_q   <= {8 * SET{1'b0}};
      length_q <= {CNT_W + 1{1'b0}};
    end else if (take) begin
      place_q  <= place_q + 3'd1;
      flags_q  <= flags;
      maps_q   <= maps;
      length_q <= length;
    end
  end

  // ---------------------------------------------------------------- the tile that leaves

  reg               tile_q;         // there is one
  reg               final_q;
  reg  [TILE_W-1:0] bytes_q;
  reg  [CNT_W:0]    left_q;

  wire              last = left_q <= BEAT;
  wire              goes = tile_q && out_ready_i;

  assign room        = !tile_q || (goes && last);
  assign out_valid_o = tile_q;
  assign out_data_o  = bytes_q[SET*8-1:0];
  assign out_count_o = last ? left_q[CNT_W-1:0] : BEAT[CNT_W-1:0];
  assign out_last_o  = final_q && last;

  always @(posedge clk_i) begin
    if (rst_i) begin
      tile_q <= 1'b0;
    end else if (room) begin
      tile_q <= take && closes;
    end
  end

  always @(posedge clk_i) begin
    if (room) begin
      bytes_q <= {maps, flags};
      left_q  <= length + 1'b1;
      final_q <= in_final_i;
    end else if (goes) begin
      bytes_q <= bytes_q >> 8 * SET;
      left_q  <= left_q - BEAT;
    end
  end

endmodule

`default_nettype wire
