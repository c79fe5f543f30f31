// Results without their zeros on the way from lac_c_buffer to lac_axi_write: bitmaps and packed values, as the next job
// reads A.
//
// Why: what the next layer skips need not go to memory and back. The format is that of lac_a_unpack: sets of SET bytes,
// tiles of eight sets of a segment.
//
// Parameters:
//   ADDR_W       address bits
//   SET          bytes of a bus beat, a power of two from 8 on
//   IN_BYTES     bytes of a dat word, 1 to SET
//   BURST        beats asked for at once, 1 to 256
//   IN_W, CNT_W  follow, leave them
// Handshake: req and dat as lac_axi_write takes them, on both sides. Without sparse_i they pass. With it rows must come
//   in order; requests of rows are taken and dropped. A byte that differs from zero_i is a value.
//   seg_rows_i rows are a segment, the last one may have fewer
//   rows_i rows count, what comes behind them is dropped. Values lie from addr_i on, metadata from meta_addr_i on.
//   busy_o is high from start_i until the last byte of both has been taken; for ever, if fewer than rows_i rows come
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

  localparam            BEATS_W = $clog2(BURST + 1);
  localparam [31:0]     SET_32  = SET;

  wire                  rst = rst_i || clear_i || start_i;

  // ---------------------------------------------------------------- rows, cut into segments

  reg  [31:0]           rows_q;         // that are still to come
  reg  [31:0]           seg_rows_q;     // likewise of the segment
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

  wire [1:0]            ask;
  wire [1:0]            asked;
  wire [2*ADDR_W-1:0]   ask_addr;
  wire [2*32-1:0]       ask_bytes;
  wire [2*BEATS_W-1:0]  ask_beats;
  wire [1:0]            ask_last;
  wire [2*CNT_W-1:0]    tail;
  wire [1:0]            head_valid;
  wire [1:0]            head_ready;
  wire [2*SET*8-1:0]    head_data;
  wire [1:0]            done;
  wire [2*64-1:0]       bytes;
  wire [1:0]            over;
  wire [2*ADDR_W-1:0]   begins = {meta_addr_i, addr_i};
  wire [2*32-1:0]       caps   = {meta_cap_i, values_cap_i};

  genvar way;
  generate
    for (way = 0; way < 2; way = way + 1) begin : gen_stream
      lac_c_stream #(
        .ADDR_W       (ADDR_W),
        .BYTES        (SET),
        .BURST        (BURST)
      ) u_stream (
        .clk_i        (clk_i),
        .rst_i        (rst_i),
        .clear_i      (clear_i),
        .start_i      (start_i),
        .addr_i       (begins[way*ADDR_W +: ADDR_W]),
        .cap_i        (caps[way*32 +: 32]),
        .in_valid_i   (beat_valid[way]),
        .in_ready_o   (beat_ready[way]),
        .in_data_i    (beat_data[way*SET*8 +: SET*8]),
        .in_count_i   (beat_count[way*CNT_W +: CNT_W]),
        .in_last_i    (beat_last[way]),
        .req_valid_o  (ask[way]),
        .req_ready_i  (asked[way]),
        .req_addr_o   (ask_addr[way*ADDR_W +: ADDR_W]),
        .req_bytes_o  (ask_bytes[way*32 +: 32]),
        .req_beats_o  (ask_beats[way*BEATS_W +: BEATS_W]),
        .req_last_o   (ask_last[way]),
        .tail_o       (tail[way*CNT_W +: CNT_W]),
        .beat_valid_o (head_valid[way]),
        .beat_ready_i (head_ready[way]),
        .beat_data_o  (head_data[way*SET*8 +: SET*8]),
        .done_o       (done[way]),
        .over_o       (over[way]),
        .bytes_o      (bytes[way*64 +: 64])
      );
    end
  endgenerate

  wire                  turn_room;
  wire                  turn_valid;     // a burst's data may go
  wire                  turn_meta;
  wire                  turn_last;
  wire [BEATS_W-1:0]    turn_beats;
  wire                  meta_turn = !ask[0];
  wire                  ask_any   = |ask && turn_room;
  wire                  ask_taken = ask_any && req_ready_i;
  reg  [BEATS_W-1:0]    sent_q;         // beats of the burst
  wire                  beat_here  = turn_valid && (turn_meta ? head_valid[1] : head_valid[0]);
  wire [BEATS_W-1:0]    sent       = sent_q + 1'b1;
  wire                  burst_last = sent == turn_beats;
  wire                  beat_goes  = beat_here && dat_ready_i;
  wire [CNT_W-1:0]      turn_tail  = turn_meta ? tail[CNT_W +: CNT_W] : tail[0 +: CNT_W];

  assign asked      = {ask_taken && meta_turn, ask_taken && !meta_turn};
  assign head_ready = {beat_goes && turn_meta, beat_goes && !turn_meta};

  lac_fifo #(
    .WIDTH       (BEATS_W + 2),
    .DEPTH       (4)
  ) u_turns (
    .clk_i       (clk_i),
    .rst_i       (rst),
    .in_valid_i  (ask_taken),
    .in_ready_o  (turn_room),
    .in_data_i   ({meta_turn, meta_turn ? ask_last[1] : ask_last[0], meta_turn ? ask_beats[BEATS_W +: BEATS_W] :
                   ask_beats[0 +: BEATS_W]}),
    .out_valid_o (turn_valid),
    .out_ready_i (beat_goes && burst_last),
    .out_data_o  ({turn_meta, turn_last, turn_beats})
  );

  reg                   busy_q;
  reg                   full_q;
  reg  [31:0]           full_row_q;

  always @(posedge clk_i) begin
    if (rst) begin
      full_q <= 1'b0;
    end else if (!full_q) begin
      full_q     <= sparse_i && |over;
      full_row_q <= rows_i - rows_q;
    end
  end

  always @(posedge clk_i) begin
    if (rst) begin
      sent_q <= {BEATS_W{1'b0}};
    end else if (beat_goes) begin
      sent_q <= burst_last ? {BEATS_W{1'b0}} : sent;
    end
  end

  always @(posedge clk_i) begin
    if (rst_i || clear_i) begin
      busy_q <= 1'b0;
    end else begin
      busy_q <= start_i ? sparse_i : busy_q && !(&done && !turn_valid);
    end
  end

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
  assign req_valid_o    = sparse_i ? ask_any : in_req_valid_i;
  assign req_addr_o     = !sparse_i ? in_req_addr_i  : meta_turn ? ask_addr[ADDR_W +: ADDR_W] : ask_addr[0 +: ADDR_W];
  assign req_bytes_o    = !sparse_i ? in_req_bytes_i : meta_turn ? ask_bytes[32 +: 32]        : ask_bytes[0 +: 32];
  assign dat_valid_o    = sparse_i ? beat_here : in_dat_valid_i;
  assign dat_data_o     = !sparse_i ? in_data : turn_meta ? head_data[SET*8 +: SET*8] : head_data[0 +: SET*8];
  assign dat_count_o    = !sparse_i ? in_count : burst_last && turn_last ? turn_tail : SET_32[CNT_W-1:0];
  assign dat_last_o     = sparse_i ? burst_last : in_dat_last_i;
  assign busy_o         = busy_q;
  assign full_o         = full_q;
  assign full_row_o     = full_row_q;
  assign values_o       = bytes[0 +: 64];
  assign meta_bytes_o   = bytes[64 +: 64];

endmodule

`default_nettype wire
