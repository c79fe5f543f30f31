// Holds beats until they make a burst, and requests that it be written.
//
// Why: the number of bytes of a stream is known only at its end, but an AXI burst needs its length first.
//
// Parameters:
//   ADDR_W  address bits
//   BYTES   bytes of a beat
//   BURST   beats asked for at once, 1 to 256
//   the others are derived; do not set them
// Handshake: ready/valid.
//   in_count_i bytes of a beat count, BYTES but for the last one, with in_last_i; 0 there: there is no beat
//   req_valid_o: req_beats_o beats, req_bytes_o bytes of them, are here and can be asked for at req_addr_o; behind each
//     other, without a gap
//   beat_*: beats in order; only those that have been asked for may be taken
//   done_o: the last one has come and all have been asked for
//   in_ready_o depends on the fill level alone
//   cap_i: stable: bytes that there is room for in memory. A burst past them is not asked for
//   over_o is high then until the next start
// Room: two bursts and a beat.
// Latency: two cycles. A beat per cycle in and out.
// After reset: empty
//   start_i takes the address, too
//   bytes_o are those asked for since start_i, kept through clear_i

`default_nettype none

module lac_c_stream #(
  parameter ADDR_W  = 32,
  parameter BYTES   = 16,
  parameter BURST   = 32,
  parameter CNT_W   = $clog2(BYTES + 1),
  parameter BEATS_W = $clog2(BURST + 1)
) (
  input  wire               clk_i,
  input  wire               rst_i,
  input  wire               clear_i,

  input  wire               start_i,
  input  wire [ADDR_W-1:0]  addr_i,
  input  wire [31:0]        cap_i,

  input  wire               in_valid_i,
  output wire               in_ready_o,
  input  wire [BYTES*8-1:0] in_data_i,
  input  wire [CNT_W-1:0]   in_count_i,
  input  wire               in_last_i,

  output wire               req_valid_o,
  input  wire               req_ready_i,
  output wire [ADDR_W-1:0]  req_addr_o,
  output wire [31:0]        req_bytes_o,
  output wire [BEATS_W-1:0] req_beats_o,
  output wire               req_last_o,     // of the stream
  output wire [CNT_W-1:0]   tail_o,         // bytes of the stream's last beat

  output wire               beat_valid_o,
  input  wire               beat_ready_i,
  output wire [BYTES*8-1:0] beat_data_o,

  output wire               done_o,
  output wire               over_o,
  output wire [63:0]        bytes_o
);

  localparam                DEPTH      = 2 * BURST;
  localparam                LEVEL_W    = $clog2(DEPTH + 2);
  localparam                BYTE_LOG   = $clog2(BYTES);
  localparam [31:0]         BURST_32   = BURST;
  localparam [31:0]         BYTES_32   = BYTES;
  localparam [LEVEL_W-1:0]  BURST_HERE = BURST_32[LEVEL_W-1:0];

  wire                      rst = rst_i || clear_i || start_i;
  wire                      room;
  wire                      put = in_valid_i && in_ready_o && in_count_i != {CNT_W{1'b0}};

  lac_fifo_ram #(
    .WIDTH       (BYTES * 8),
    .DEPTH       (DEPTH)
  ) u_beats (
    .clk_i       (clk_i),
    .rst_i       (rst),
    .in_valid_i  (put),
    .in_ready_o  (room),
    .in_data_i   (in_data_i),
    .out_valid_o (beat_valid_o),
    .out_ready_i (beat_ready_i),
    .out_data_o  (beat_data_o)
  );

  reg  [LEVEL_W-1:0] here_q;        // beats not asked for
  reg                ended_q;       // the last one is here
  reg  [CNT_W-1:0]   tail_q;
  reg  [ADDR_W-1:0]  addr_q;
  reg  [31:0]        asked_q;
  reg  [31:0]        room_q;        // bytes that memory still has room for
  reg  [63:0]        bytes_q;

  wire               whole = here_q >= BURST_HERE;
  wire [LEVEL_W-1:0] beats = whole ? BURST_HERE : here_q;
  wire               take  = req_valid_o && req_ready_i;
  wire [CNT_W-1:0]   lacks = req_last_o ? BYTES_32[CNT_W-1:0] - tail_q : {CNT_W{1'b0}};
  wire [31:0]        bytes = {{32 - LEVEL_W - BYTE_LOG{1'b0}}, beats, {BYTE_LOG{1'b0}}} - {{32 - CNT_W{1'b0}}, lacks};

  wire               burst = whole || (ended_q && here_q != {LEVEL_W{1'b0}});
  wire               fits  = bytes <= room_q;

  assign in_ready_o  = room;
  assign req_valid_o = burst && fits;
  assign over_o      = burst && !fits;
  assign req_addr_o  = addr_q;
  assign req_bytes_o = bytes;
  assign req_beats_o = beats[BEATS_W-1:0];
  assign req_last_o  = ended_q && here_q <= BURST_HERE;
  assign tail_o      = tail_q;
  assign done_o      = ended_q && here_q == {LEVEL_W{1'b0}};
  assign bytes_o     = bytes_q;

  always @(posedge clk_i) begin
    if (rst) begin
      here_q  <= {LEVEL_W{1'b0}};
      ended_q <= 1'b0;
    end else begin
      here_q  <= here_q - (take ? beats : {LEVEL_W{1'b0}}) + {{LEVEL_W - 1{1'b0}}, put};
      ended_q <= ended_q || (in_valid_i && in_ready_o && in_last_i);
    end
  end

  always @(posedge clk_i) begin
    if (put) begin
      tail_q <= in_count_i;
    end
    if (start_i) begin
      addr_q <= addr_i;
      room_q <= cap_i;
    end else if (take) begin
      room_q <= room_q - bytes;
      // behind the last one comes none
      addr_q <= addr_q + {{ADDR_W - LEVEL_W - BYTE_LOG{1'b0}}, beats, {BYTE_LOG{1'b0}}};
    end
  end

  // Counted a cycle late, apart from the choice of the burst.
  always @(posedge clk_i) begin
    if (rst_i || start_i) begin
      bytes_q <= 64'd0;
      asked_q <= 32'd0;
    end else begin
      bytes_q <= bytes_q + {32'd0, asked_q};
      asked_q <= take ? bytes : 32'd0;
    end
  end

endmodule

`default_nettype wire
