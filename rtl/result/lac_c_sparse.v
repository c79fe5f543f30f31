// Compresses results between lac_c_buffer and lac_axi_write: bitmaps and packed values, in the format in which the next
// job reads A.
//
// Why: zeros that the next layer skips need not go to memory and back. The format is that of lac_a_unpack: sets of SET
// bytes, tiles of eight sets of a segment.
//
// Parameters:
//   ADDR_W       address bits
//   SET          bytes of a bus beat, a power of two, at least 8
//   IN_BYTES     bytes of a dat word, 1 to SET
//   BURST        beats asked for at once, 1 to 256
//   IN_W, CNT_W  derived; do not set them
// Handshake: req and dat as lac_axi_write takes them, on both sides. Without sparse_i they pass. With it rows must come
//   in order; requests of rows are taken and dropped. A byte that differs from zero_i is a value.
//   seg_rows_i rows are a segment, the last one may have fewer
//   rows_i rows count, what comes behind them is dropped. Values lie from addr_i on, metadata from meta_addr_i on.
//   busy_o is high from start_i until the last byte of both has been taken; forever, if fewer than rows_i rows come
//   values_cap_i and meta_cap_i bytes of them have room in memory: a burst that does not fit is not asked for, and
//     full_o rises, full_row_o the row that was coming then; both until the next start
// Latency: none without sparse_i. With it a dat word in every cycle, but for one more cycle at the end of a segment
//   that does not fill its last set.
// After reset: idle.
//   values_o, meta_bytes_o: bytes asked for since start_i, kept through clear_i

`default_nettype none

module lac_c_sparse #(
  parameter ADDR_W   = 32,
  parameter SET      = 16,
  parameter IN_BYTES = 16,
  parameter BURST    = 32,
  parameter IN_W     = $clog2(IN_BYTES + 1),
  parameter CNT_W    = $clog2(SET + 1)
) (
  input  wire                  clk_i,
  input  wire                  rst_i,
  input  wire                  clear_i,

  input  wire                  start_i,
  input  wire                  sparse_i,
  input  wire [7:0]            zero_i,
  input  wire [ADDR_W-1:0]     addr_i,
  input  wire [ADDR_W-1:0]     meta_addr_i,
  input  wire [31:0]           values_cap_i,
  input  wire [31:0]           meta_cap_i,
  input  wire [31:0]           rows_i,
  input  wire [31:0]           seg_rows_i,

  input  wire                  in_req_valid_i,
  output wire                  in_req_ready_o,
  input  wire [ADDR_W-1:0]     in_req_addr_i,
  input  wire [31:0]           in_req_bytes_i,
  input  wire                  in_dat_valid_i,
  output wire                  in_dat_ready_o,
  input  wire [IN_BYTES*8-1:0] in_dat_data_i,
  input  wire [IN_W-1:0]       in_dat_count_i,
  input  wire                  in_dat_last_i,

  output wire                  req_valid_o,
  input  wire                  req_ready_i,
  output wire [ADDR_W-1:0]     req_addr_o,
  output wire [31:0]           req_bytes_o,
  output wire                  dat_valid_o,
  input  wire                  dat_ready_i,
  output wire [SET*8-1:0]      dat_data_o,
  output wire [CNT_W-1:0]      dat_count_o,
  output wire                  dat_last_o,

  output wire                  busy_o,
  output wire                  full_o,
  output wire [31:0]           full_row_o,
  output wire [63:0]           values_o,
  output wire [63:0]           meta_bytes_o
);

  wire                  rst = rst_i || clear_i || start_i;

  // ---------------------------------------------------------------- rows, cut into segments

  reg  [31:0]           rows_q;         // rows still to come
  reg  [31:0]           seg_rows_q;     // rows of the segment still to come
  wire                  bytes_ready;
  wire                  wanted   = rows_q != 32'd0;
  wire                  last_row = rows_q == 32'd1;
  wire                  seg_end  = in_dat_last_i && (last_row || seg_rows_q == 32'd1);
  wire                  sets_in  = in_dat_valid_i && sparse_i && wanted;
  wire                  row_end  = sets_in && bytes_ready && in_dat_last_i;

  always @(posedge clk_i) begin
    if (start_i) begin
      rows_q     <= rows_i;
      seg_rows_q <= seg_rows_i;
    end else if (row_end) begin
      rows_q     <= rows_q - 32'd1;
      seg_rows_q <= seg_end ? seg_rows_i : seg_rows_q - 32'd1;
    end
  end

  // ---------------------------------------------------------------- sets

  wire                  set_valid;
  wire [SET*8-1:0]      set_data;
  wire [CNT_W-1:0]      set_count;
  wire                  set_ends;
  wire                  set_final = set_ends && (!wanted || (last_row && in_dat_last_i && bytes_ready));
  wire                  first_room;
  wire                  second_room;
  wire [SET-1:0]        set_bitmap;

  lac_byte_pack #(
    .BYTES       (SET),
    .IN_BYTES    (IN_BYTES)
  ) u_sets (
    .clk_i       (clk_i),
    .rst_i       (rst),
    .in_valid_i  (sets_in),
    .in_ready_o  (bytes_ready),
    .in_data_i   (in_dat_data_i),
    .in_count_i  (in_dat_count_i),
    .in_last_i   (seg_end),
    .out_valid_o (set_valid),
    .out_ready_i (first_room),
    .out_data_o  (set_data),
    .out_count_o (set_count),
    .out_last_o  (set_ends)
  );

  genvar place;
  generate
    for (place = 0; place < SET; place = place + 1) begin : gen_bit
      localparam [31:0] PLACE = place;
      assign set_bitmap[place] = set_data[place*8 +: 8] != zero_i && set_count > PLACE[CNT_W-1:0];
    end
  endgenerate

  reg                   first_q;        // a set and its bitmap
  reg                   first_ends_q;
  reg                   first_final_q;
  reg  [SET-1:0]        first_bitmap_q;
  reg  [SET*8-1:0]      first_data_q;
  reg                   second_q;       // a set's values, side by side
  reg                   second_ends_q;
  reg                   second_final_q;
  reg  [SET-1:0]        second_bitmap_q;
  reg  [SET*8-1:0]      second_data_q;
  reg  [CNT_W-1:0]      second_count_q;
  wire [SET*8-1:0]      packed_values;
  wire [CNT_W-1:0]      packed_count;

  lac_bitmap_pack #(
    .SET      (SET)
  ) u_values (
    .bitmap_i (first_bitmap_q),
    .bytes_i  (first_data_q),
    .values_o (packed_values),
    .count_o  (packed_count)
  );

  assign first_room = !first_q || second_room;

  always @(posedge clk_i) begin
    if (rst) begin
      first_q  <= 1'b0;
      second_q <= 1'b0;
    end else begin
      first_q  <= first_room  ? set_valid : first_q;
      second_q <= second_room ? first_q   : second_q;
    end
  end

  always @(posedge clk_i) begin
    if (first_room) begin
      first_ends_q   <= set_ends;
      first_final_q  <= set_final;
      first_bitmap_q <= set_bitmap;
      first_data_q   <= set_data;
    end
    if (second_room) begin
      second_ends_q   <= first_ends_q;
      second_final_q  <= first_final_q;
      second_bitmap_q <= first_bitmap_q;
      second_data_q   <= packed_values;
      second_count_q  <= packed_count;
    end
  end

  // ---------------------------------------------------------------- their values and their metadata, by beats

  wire                  values_ready;
  wire                  tiles_ready;
  wire                  tile_valid;
  wire                  tile_ready;
  wire [SET*8-1:0]      tile_data;
  wire [CNT_W-1:0]      tile_count;
  wire                  tile_last;
  wire [1:0]            beat_valid;     // 0 values, 1 metadata
  wire [1:0]            beat_ready;
  wire [2*SET*8-1:0]    beat_data;
  wire [2*CNT_W-1:0]    beat_count;
  wire [1:0]            beat_last;

  assign second_room = !second_q || (values_ready && tiles_ready);

  lac_byte_pack #(
    .BYTES       (SET),
    .IN_BYTES    (SET)
  ) u_pack_values (
    .clk_i       (clk_i),
    .rst_i       (rst),
    .in_valid_i  (second_q && tiles_ready),
    .in_ready_o  (values_ready),
    .in_data_i   (second_data_q),
    .in_count_i  (second_count_q),
    .in_last_i   (second_final_q),
    .out_valid_o (beat_valid[0]),
    .out_ready_i (beat_ready[0]),
    .out_data_o  (beat_data[0 +: SET*8]),
    .out_count_o (beat_count[0 +: CNT_W]),
    .out_last_o  (beat_last[0])
  );

  lac_c_tiles #(
    .SET         (SET)
  ) u_tiles (
    .clk_i       (clk_i),
    .rst_i       (rst),
    .in_valid_i  (second_q && values_ready),
    .in_ready_o  (tiles_ready),
    .in_bitmap_i (second_bitmap_q),
    .in_ends_i   (second_ends_q),
    .in_final_i  (second_final_q),
    .out_valid_o (tile_valid),
    .out_ready_i (tile_ready),
    .out_data_o  (tile_data),
    .out_count_o (tile_count),
    .out_last_o  (tile_last)
  );

  lac_byte_pack #(
    .BYTES       (SET),
    .IN_BYTES    (SET)
  ) u_pack_meta (
    .clk_i       (clk_i),
    .rst_i       (rst),
    .in_valid_i  (tile_valid),
    .in_ready_o  (tile_ready),
    .in_data_i   (tile_data),
    .in_count_i  (tile_count),
    .in_last_i   (tile_last),
    .out_valid_o (beat_valid[1]),
    .out_ready_i (beat_ready[1]),
    .out_data_o  (beat_data[SET*8 +: SET*8]),
    .out_count_o (beat_count[CNT_W +: CNT_W]),
    .out_last_o  (beat_last[1])
  );

  // ---------------------------------------------------------------- bursts of both, values first

  wire                  ask_valid;
  wire [ADDR_W-1:0]     ask_addr;
  wire [31:0]           ask_bytes;
  wire                  head_valid;
  wire [SET*8-1:0]      head_data;
  wire [CNT_W-1:0]      head_count;
  wire                  head_last;

  lac_c_bursts #(
    .WAYS         (2),
    .ADDR_W       (ADDR_W),
    .BYTES        (SET),
    .BURST        (BURST)
  ) u_bursts (
    .clk_i        (clk_i),
    .rst_i        (rst_i),
    .clear_i      (clear_i),
    .start_i      (start_i),
    .on_i         (sparse_i),
    .addrs_i      ({meta_addr_i, addr_i}),
    .caps_i       ({meta_cap_i, values_cap_i}),
    .place_i      (rows_i - rows_q),
    .in_valid_i   (beat_valid),
    .in_ready_o   (beat_ready),
    .in_data_i    (beat_data),
    .in_count_i   (beat_count),
    .in_last_i    (beat_last),
    .req_valid_o  (ask_valid),
    .req_ready_i  (req_ready_i),
    .req_addr_o   (ask_addr),
    .req_bytes_o  (ask_bytes),
    .dat_valid_o  (head_valid),
    .dat_ready_i  (dat_ready_i),
    .dat_data_o   (head_data),
    .dat_count_o  (head_count),
    .dat_last_o   (head_last),
    .busy_o       (busy_o),
    .full_o       (full_o),
    .full_place_o (full_row_o),
    .bytes_o      ({meta_bytes_o, values_o})
  );

  // ---------------------------------------------------------------- the way to the write master

  wire [CNT_W-1:0]      in_count = {{CNT_W - IN_W{1'b0}}, in_dat_count_i};
  wire [SET*8-1:0]      in_data;

  generate
    if (IN_BYTES < SET) begin : gen_narrow
      assign in_data = {{(SET - IN_BYTES) * 8{1'b0}}, in_dat_data_i};
    end else begin : gen_whole
      assign in_data = in_dat_data_i;
    end
  endgenerate

  assign in_req_ready_o = sparse_i || req_ready_i;
  assign in_dat_ready_o = sparse_i ? bytes_ready || !wanted : dat_ready_i;
  assign req_valid_o    = sparse_i ? ask_valid  : in_req_valid_i;
  assign req_addr_o     = sparse_i ? ask_addr   : in_req_addr_i;
  assign req_bytes_o    = sparse_i ? ask_bytes  : in_req_bytes_i;
  assign dat_valid_o    = sparse_i ? head_valid : in_dat_valid_i;
  assign dat_data_o     = sparse_i ? head_data  : in_data;
  assign dat_count_o    = sparse_i ? head_count : in_count;
  assign dat_last_o     = sparse_i ? head_last  : in_dat_last_i;

endmodule

`default_nettype wire
