// Several streams of results of unknown length, each to a region of memory of its own: beats in, bursts out.
//
// Why: values, places and other streams of compressed results grow side by side, and share one write master. The length
// of each is known only when it ends.
//
// Parameters:
//   WAYS    streams, 2 or more; ports of all are packed, stream 0 lowest
//   ADDR_W  address bits
//   BYTES   bytes of a beat
//   BURST   beats asked for at once, 1 to 256
//   CNT_W   derived; do not set it
// Handshake: in_* as lac_c_stream takes them; req and dat as lac_axi_write does.
//   on_i: with start_i: the job has these streams
//   busy_o is high from start_i until the last byte of all of them has been taken; forever, if one does not end
//   caps_i bytes of a stream have room in memory: a burst that does not fit is not asked for, and full_o rises,
//     full_place_o the place_i of then; both until the next start
//   Of bursts that could be asked for at once that of the lowest stream goes first.
// Latency: three cycles from the beat that makes a burst whole. A beat per cycle.
// After reset: idle.
//   bytes_o: bytes asked for since start_i, kept through clear_i

`default_nettype none

module lac_c_bursts #(
  parameter WAYS   = 2,
  parameter ADDR_W = 32,
  parameter BYTES  = 16,
  parameter BURST  = 32,
  parameter CNT_W  = $clog2(BYTES + 1)
) (
  input  wire                    clk_i,
  input  wire                    rst_i,
  input  wire                    clear_i,

  input  wire                    start_i,
  input  wire                    on_i,
  input  wire [WAYS*ADDR_W-1:0]  addrs_i,
  input  wire [WAYS*32-1:0]      caps_i,
  input  wire [31:0]             place_i,

  input  wire [WAYS-1:0]         in_valid_i,
  output wire [WAYS-1:0]         in_ready_o,
  input  wire [WAYS*BYTES*8-1:0] in_data_i,
  input  wire [WAYS*CNT_W-1:0]   in_count_i,
  input  wire [WAYS-1:0]         in_last_i,

  output wire                    req_valid_o,
  input  wire                    req_ready_i,
  output reg  [ADDR_W-1:0]       req_addr_o,
  output reg  [31:0]             req_bytes_o,
  output wire                    dat_valid_o,
  input  wire                    dat_ready_i,
  output reg  [BYTES*8-1:0]      dat_data_o,
  output wire [CNT_W-1:0]        dat_count_o,
  output wire                    dat_last_o,

  output wire                    busy_o,
  output wire                    full_o,
  output wire [31:0]             full_place_o,
  output wire [WAYS*64-1:0]      bytes_o
);

  localparam              BEATS_W  = $clog2(BURST + 1);
  localparam              WAY_W    = $clog2(WAYS);
  localparam [31:0]       BYTES_32 = BYTES;

  wire                    rst = rst_i || clear_i || start_i;

  // ---------------------------------------------------------------- streams

  wire [WAYS-1:0]         ask;
  wire [WAYS-1:0]         asked;
  wire [WAYS*ADDR_W-1:0]  ask_addr;
  wire [WAYS*32-1:0]      ask_bytes;
  wire [WAYS*BEATS_W-1:0] ask_beats;
  wire [WAYS-1:0]         ask_last;
  wire [WAYS*CNT_W-1:0]   tail;
  wire [WAYS-1:0]         head_valid;
  wire [WAYS-1:0]         head_ready;
  wire [WAYS*BYTES*8-1:0] head_data;
  wire [WAYS-1:0]         done;
  wire [WAYS-1:0]         over;

  genvar way;
  generate
    for (way = 0; way < WAYS; way = way + 1) begin : gen_stream
      lac_c_stream #(
        .ADDR_W       (ADDR_W),
        .BYTES        (BYTES),
        .BURST        (BURST)
      ) u_stream (
        .clk_i        (clk_i),
        .rst_i        (rst_i),
        .clear_i      (clear_i),
        .start_i      (start_i),
        .addr_i       (addrs_i[way*ADDR_W +: ADDR_W]),
        .cap_i        (caps_i[way*32 +: 32]),
        .in_valid_i   (in_valid_i[way]),
        .in_ready_o   (in_ready_o[way]),
        .in_data_i    (in_data_i[way*BYTES*8 +: BYTES*8]),
        .in_count_i   (in_count_i[way*CNT_W +: CNT_W]),
        .in_last_i    (in_last_i[way]),
        .req_valid_o  (ask[way]),
        .req_ready_i  (asked[way]),
        .req_addr_o   (ask_addr[way*ADDR_W +: ADDR_W]),
        .req_bytes_o  (ask_bytes[way*32 +: 32]),
        .req_beats_o  (ask_beats[way*BEATS_W +: BEATS_W]),
        .req_last_o   (ask_last[way]),
        .tail_o       (tail[way*CNT_W +: CNT_W]),
        .beat_valid_o (head_valid[way]),
        .beat_ready_i (head_ready[way]),
        .beat_data_o  (head_data[way*BYTES*8 +: BYTES*8]),
        .done_o       (done[way]),
        .over_o       (over[way]),
        .bytes_o      (bytes_o[way*64 +: 64])
      );
    end
  endgenerate

  // ---------------------------------------------------------------- whose burst is asked for: the lowest

  reg  [WAY_W-1:0]        ask_way;
  reg  [BEATS_W-1:0]      ask_way_beats;
  reg                     ask_way_last;
  integer                 a;

  always @(*) begin
    ask_way       = {WAY_W{1'b0}};
    ask_way_beats = {BEATS_W{1'b0}};
    ask_way_last  = 1'b0;
    req_addr_o    = {ADDR_W{1'b0}};
    req_bytes_o   = 32'd0;
    for (a = WAYS - 1; a >= 0; a = a - 1) begin
      if (ask[a]) begin
        ask_way       = a[WAY_W-1:0];
        ask_way_beats = ask_beats[a*BEATS_W +: BEATS_W];
        ask_way_last  = ask_last[a];
        req_addr_o    = ask_addr[a*ADDR_W +: ADDR_W];
        req_bytes_o   = ask_bytes[a*32 +: 32];
      end
    end
  end

  // ---------------------------------------------------------------- whose data go: as they have been asked for

  wire                    turn_room;
  wire                    turn_valid;     // a burst's data may go
  wire [WAY_W-1:0]        turn_way;
  wire                    turn_last;
  wire [BEATS_W-1:0]      turn_beats;
  wire                    ask_taken = req_valid_o && req_ready_i;
  reg  [BEATS_W-1:0]      sent_q;         // beats of the burst
  wire [BEATS_W-1:0]      sent       = sent_q + 1'b1;
  wire                    burst_last = sent == turn_beats;
  wire                    beat_goes  = dat_valid_o && dat_ready_i;
  reg                     turn_head;
  reg  [CNT_W-1:0]        turn_tail;
  integer                 t;

  lac_fifo #(
    .WIDTH       (WAY_W + 1 + BEATS_W),
    .DEPTH       (4)
  ) u_turns (
    .clk_i       (clk_i),
    .rst_i       (rst),
    .in_valid_i  (ask_taken),
    .in_ready_o  (turn_room),
    .in_data_i   ({ask_way, ask_way_last, ask_way_beats}),
    .out_valid_o (turn_valid),
    .out_ready_i (beat_goes && burst_last),
    .out_data_o  ({turn_way, turn_last, turn_beats})
  );

  always @(*) begin
    turn_head  = 1'b0;
    turn_tail  = {CNT_W{1'b0}};
    dat_data_o = {BYTES * 8{1'b0}};
    for (t = 0; t < WAYS; t = t + 1) begin
      if (turn_way == t[WAY_W-1:0]) begin
        turn_head  = head_valid[t];
        turn_tail  = tail[t*CNT_W +: CNT_W];
        dat_data_o = head_data[t*BYTES*8 +: BYTES*8];
      end
    end
  end

  generate
    for (way = 0; way < WAYS; way = way + 1) begin : gen_way
      localparam [31:0] WAY = way;
      assign asked[way]      = ask_taken && ask_way == WAY[WAY_W-1:0];
      assign head_ready[way] = beat_goes && turn_way == WAY[WAY_W-1:0];
    end
  endgenerate

  always @(posedge clk_i) begin
    if (rst) begin
      sent_q <= {BEATS_W{1'b0}};
    end else if (beat_goes) begin
      sent_q <= burst_last ? {BEATS_W{1'b0}} : sent;
    end
  end

  assign req_valid_o = |ask && turn_room;
  assign dat_valid_o = turn_valid && turn_head;
  assign dat_count_o = burst_last && turn_last ? turn_tail : BYTES_32[CNT_W-1:0];
  assign dat_last_o  = burst_last;

  // ---------------------------------------------------------------- the end, or no room

  reg                     busy_q;
  reg                     full_q;
  reg  [31:0]             full_place_q;

  assign busy_o       = busy_q;
  assign full_o       = full_q;
  assign full_place_o = full_place_q;

  always @(posedge clk_i) begin
    if (rst_i || clear_i) begin
      busy_q <= 1'b0;
    end else begin
      busy_q <= start_i ? on_i : busy_q && !(&done && !turn_valid);
    end
  end

  always @(posedge clk_i) begin
    if (rst) begin
      full_q <= 1'b0;
    end else if (!full_q) begin
      full_q       <= |over;
      full_place_q <= place_i;
    end
  end

endmodule

`default_nettype wire
