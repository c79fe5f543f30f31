// Makes beats of A from values and bitmaps if A is compressed in memory; otherwise passes its beats on.
//
// Why: zeros of A need not be read from memory. They are inserted before the A buffer, so that nothing behind it
// changes.
//
// A set is what a beat holds, eight sets of a segment are a tile (its last one may have fewer). Metadata, without a
// gap: a byte per tile, bit i: its set i has a nonzero; then for each that has, a bitmap, a bit per element, filled up
// to a byte (docs/formats.md).
// Parameters:
//   ELEM_W  4, 8 or 16
//   SET     elements of a beat, a power of two, at least 4
// Handshake: ready/valid on all three sides.
//   compressed_i and what describes the job stay from start_i on. A set whose metadata are not legal, that takes more
//     values or metadata than there are, or a last set that leaves some over raises error_o for one cycle, with the
//     number of the set since start_i; nothing passes until the next start. A tile's bit behind the segment's last set
//     counts as an offence of that set.
// Latency: compressed, three cycles from the beat that completes a set; else none. A beat every cycle, so long as its
//   bytes are there; a set without a nonzero needs none but its tile's byte.
// After reset: nothing passes in the compressed format.

`default_nettype none

module lac_a_unpack #(
  parameter ELEM_W = 8,
  parameter SET    = 16
) (
  input  wire                  clk_i,
  input  wire                  rst_i,

  input  wire                  start_i,
  input  wire                  compressed_i,
  input  wire [ELEM_W-1:0]     zero_i,          // what stands where no value is
  input  wire [31:0]           elems_i,         // of a segment that may be nonzero
  input  wire [31:0]           stride_i,        // elems_i filled up to whole sets
  input  wire [31:0]           segments_i,
  input  wire [31:0]           values_i,        // of all segments
  input  wire [31:0]           meta_bytes_i,    // of all segments

  input  wire                  a_valid_i,
  output wire                  a_ready_o,
  input  wire [SET*ELEM_W-1:0] a_data_i,
  input  wire                  a_last_i,        // last beat of a segment; compressed: not looked at
  input  wire                  m_valid_i,
  output wire                  m_ready_o,
  input  wire [SET*ELEM_W-1:0] m_data_i,

  output wire                  out_valid_o,
  input  wire                  out_ready_i,
  output wire [SET*ELEM_W-1:0] out_data_o,
  output wire                  out_last_o,

  output wire                  error_o,
  output wire [31:0]           error_pos_o
);

  localparam               BYTES     = SET * ELEM_W / 8;
  localparam               CNT_W     = $clog2(SET + 1);
  localparam               BYTE_W    = $clog2(2 * BYTES + 1);
  localparam               MAP_BYTES = (SET + 7) / 8;
  localparam               MAP_W     = 8 * MAP_BYTES;
  localparam               SET_LOG   = $clog2(SET);
  localparam [31:0]        MAP_32    = MAP_BYTES;

  wire                     go;              // a set's bitmap is taken
  wire                     fire;            // and its values
  wire [SET*ELEM_W-1:0]    values;
  wire [BYTE_W-1:0]        meta_level;
  wire [SET*ELEM_W-1:0]    meta;
  wire [BYTE_W-1:0]        meta_take;

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

  // ---------------------------------------------------------------- the bitmap at the head

  wire             set_here;
  wire             ends;
  wire             final_set;

  lac_set_loop #(
    .SET        (SET)
  ) u_sets (
    .clk_i      (clk_i),
    .rst_i      (rst_i),
    .start_i    (start_i),
    .stride_i   (stride_i),
    .segments_i (segments_i),
    .next_i     (go),
    .valid_o    (set_here),
    .ends_o     (ends),
    .final_o    (final_set)
  );

  reg  [2:0]       place_q;         // of the set in its tile
  reg  [6:0]       later_q;         // the tile's bits from this set on
  reg  [31:0]      bytes_q;         // left in the stream

  wire             opens    = place_q == 3'd0;
  wire [7:0]       flags    = opens ? meta[7:0] : {1'b0, later_q};
  wire             present  = flags[0];
  wire [MAP_W-1:0] map      = (opens ? meta[8 +: MAP_W] : meta[MAP_W-1:0]) & {MAP_W{present}};
  wire [31:0]      length   = (present ? MAP_32 : 32'd0) + {31'd0, opens};
  wire [31:0]      level    = {{32 - BYTE_W{1'b0}}, meta_level};

  wire             known     = !opens || level != 32'd0;
  wire             whole     = known && level >= length;
  wire             too_short = (opens && bytes_q == 32'd0) || (known && length > bytes_q);
  wire             room;            // behind the bitmap
  wire             stopped;         // after an offence

  assign go        = compressed_i && set_here && !stopped && (whole || too_short) && room;
  assign meta_take = go && whole ? length[BYTE_W-1:0] : {BYTE_W{1'b0}};

  // Elements of a segment's last set that are past the segment.
  wire [SET_LOG-1:0] filled = elems_i[SET_LOG-1:0];
  wire [MAP_W-1:0]   past   = ends && filled != {SET_LOG{1'b0}} ? {MAP_W{1'b1}} << filled : {MAP_W{1'b0}};
  wire [MAP_W-1:0]   beyond;        // bits that fill up a byte

  generate
    if (MAP_W > SET) begin : gen_filled
      assign beyond = {MAP_W{1'b1}} << SET;
    end else begin : gen_whole
      assign beyond = {MAP_W{1'b0}};
    end
  endgenerate

  wire empty     = present && map == {MAP_W{1'b0}};
  wire outside   = |(map & (past | beyond)) || (ends && |flags[7:1]);
  wire left_over = final_set && length != bytes_q;

  always @(posedge clk_i) begin
    if (start_i) begin
      place_q <= 3'd0;
      bytes_q <= meta_bytes_i;
    end else if (go) begin
      place_q <= ends ? 3'd0 : place_q + 3'd1;
      bytes_q <= bytes_q - length;
    end
    if (go) begin
      later_q <= flags[7:1];
    end
  end

  // ---------------------------------------------------------------- bitmap and count, one set

  wire [CNT_W-1:0] ones;

  lac_popcount #(
    .W       (SET)
  ) u_ones (
    .bits_i  (map[SET-1:0]),
    .count_o (ones)
  );

  reg              set_q;           // there is one
  reg              ends_q;
  reg              final_q;
  reg              offence_q;       // of its metadata
  reg  [SET-1:0]   bitmap_q;
  reg  [CNT_W-1:0] count_q;

  always @(posedge clk_i) begin
    if (rst_i || start_i) begin
      set_q <= 1'b0;
    end else if (room) begin
      set_q <= go;
    end
  end

  always @(posedge clk_i) begin
    if (go) begin
      ends_q    <= ends;
      final_q   <= final_set;
      offence_q <= too_short || empty || outside || left_over;
      bitmap_q  <= map[SET-1:0];
      count_q   <= ones;
    end
  end

  // ---------------------------------------------------------------- its values

  wire [SET*ELEM_W-1:0] elems;

  lac_bitmap_set #(
    .ELEM_W   (ELEM_W),
    .SET      (SET)
  ) u_set (
    .zero_i   (zero_i),
    .bitmap_i (bitmap_q),
    .values_i (values),
    .elems_o  (elems)
  );

  assign room = !set_q || fire;

  lac_set_beats #(
    .ELEM_W        (ELEM_W),
    .SET           (SET)
  ) u_beats (
    .clk_i         (clk_i),
    .rst_i         (rst_i),
    .start_i       (start_i),
    .compressed_i  (compressed_i),
    .count_i       (values_i),
    .a_valid_i     (a_valid_i),
    .a_ready_o     (a_ready_o),
    .a_data_i      (a_data_i),
    .a_last_i      (a_last_i),
    .values_o      (values),
    .set_valid_i   (set_q),
    .set_count_i   (count_q),
    .set_elems_i   (elems),
    .set_ends_i    (ends_q),
    .set_final_i   (final_q),
    .set_offence_i (offence_q),
    .set_take_o    (fire),
    .stopped_o     (stopped),
    .out_valid_o   (out_valid_o),
    .out_ready_i   (out_ready_i),
    .out_data_o    (out_data_o),
    .out_last_o    (out_last_o),
    .error_o       (error_o),
    .error_pos_o   (error_pos_o)
  );

  wire unused_bits = &{1'b0, meta, map, elems_i[31:SET_LOG]};   // metadata past the longest set

endmodule

`default_nettype wire
