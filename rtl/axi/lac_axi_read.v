// AXI4 read master for several independent read channels: segments of bytes in, realigned beats out.
//
// Why: one read port serves all operands. The channels share it burst by burst. All bursts have ID 0, so data return in
// the order of the requests, and a queue of routes holds the channel of each. Room for a burst is reserved before it is
// requested. So m_axi_rready_o is always high, and a channel whose consumer waits does not slow down the others.
//
// Parameters:
//   CHANNELS     1 or more; ports of all channels are packed, channel 0 lowest
//   ADDR_W       address bits, 32 to 64
//   DATA_W       bus bits, a power of two from 32 to 512
//   BURST        longest burst in beats, 1 to 256
//   FIFO_BEATS   landing FIFO of each channel in beats, at least BURST and 2; latency + BURST keeps the bus busy
//   OUTSTANDING  bursts in flight, 2 or more
// Handshake: req_* and dat_* are ready/valid.
//   req_*: a segment, any byte address, 1 to 2^32-1 bytes; the next may be given while earlier ones stream
//   dat_*: its bytes from bit 0 of the first beat on, ceil(bytes / beat) beats, dat_last_o on the final one; bytes
//     after the end are undefined
//   urgent_i: channels whose consumer stands still. As long as one of them has bursts to come, the others wait, even
//     while it has no room for one: beats that run far ahead of their consumer would stand in the way of beats that
//     are waited for.
//   abort_i: a level: no new segment and no new burst. Segments not yet asked for are dropped; what is outstanding
//     arrives and is taken.
//   clear_i: forgets everything; only while idle_o
//   idle_o: no segment waits to be asked for and nothing is outstanding on AXI; data may still stand in the FIFOs
//   err_valid_o: one cycle for each beat that is not OKAY or has an ID never asked for; err_addr_o is the low word of
//     its segment's address. The beat is delivered like any other.
//   beat_o: for the watchdog: a beat of a burst that was asked for, no more of them in a row without rlast than a burst
//     can have
// Latency: request to m_axi_arvalid_o three cycles, data beat to dat three cycles. One burst and one beat per cycle,
//   also across segments.
// After reset: empty, all AXI outputs zero but the constant ones.

`default_nettype none

module lac_axi_read #(
  parameter CHANNELS    = 1,
  parameter ADDR_W      = 32,
  parameter DATA_W      = 32,
  parameter BURST       = 1,
  parameter FIFO_BEATS  = 2,
  parameter OUTSTANDING = 2
) (
  input  wire                       clk_i,
  input  wire                       rst_i,
  input  wire                       clear_i,
  input  wire                       abort_i,
  input  wire [CHANNELS-1:0]        urgent_i,
  output wire                       idle_o,
  output wire                       beat_o,
  output wire                       err_valid_o,
  output wire [31:0]                err_addr_o,
  input  wire [CHANNELS-1:0]        req_valid_i,
  output wire [CHANNELS-1:0]        req_ready_o,
  input  wire [CHANNELS*ADDR_W-1:0] req_addr_i,
  input  wire [CHANNELS*32-1:0]     req_bytes_i,
  output wire [CHANNELS-1:0]        dat_valid_o,
  input  wire [CHANNELS-1:0]        dat_ready_i,
  output wire [CHANNELS*DATA_W-1:0] dat_data_o,
  output wire [CHANNELS-1:0]        dat_last_o,
  output wire                       m_axi_arvalid_o,
  input  wire                       m_axi_arready_i,
  output wire                       m_axi_arid_o,
  output wire [ADDR_W-1:0]          m_axi_araddr_o,
  output wire [7:0]                 m_axi_arlen_o,
  output wire [2:0]                 m_axi_arsize_o,
  output wire [1:0]                 m_axi_arburst_o,
  output wire [3:0]                 m_axi_arcache_o,
  output wire [2:0]                 m_axi_arprot_o,
  input  wire                       m_axi_rvalid_i,
  output wire                       m_axi_rready_o,
  input  wire                       m_axi_rid_i,
  input  wire [DATA_W-1:0]          m_axi_rdata_i,
  input  wire [1:0]                 m_axi_rresp_i,
  input  wire                       m_axi_rlast_i
);

  localparam        OFFSET_W  = $clog2(DATA_W / 8);
  localparam [31:0] BEAT_SIZE = OFFSET_W;
  localparam        COMMAND_W = ADDR_W + 8;
  localparam        TAG_W     = 34;   // final burst, spill, segment address
  localparam        ROUTE_W   = CHANNELS + TAG_W;

  wire rst = rst_i | clear_i;

  // ---------------------------------------------------------------- bursts

  // One is granted per cycle, to the address channel and to the queue of routes.
  wire [CHANNELS-1:0]           channel_busy;
  wire [CHANNELS-1:0]           burst_valid, grant;
  wire [CHANNELS-1:0]           urgent = channel_busy & urgent_i;
  wire [CHANNELS-1:0]           request = urgent != {CHANNELS{1'b0}} ? burst_valid & urgent : burst_valid;
  wire [CHANNELS*COMMAND_W-1:0] burst_command;
  wire [CHANNELS*TAG_W-1:0]     burst_tag;
  reg  [COMMAND_W-1:0]          command;
  reg  [TAG_W-1:0]              tag;
  wire                          address_ready, route_ready;
  wire                          issue_ready = address_ready & route_ready;
  wire                          issue = issue_ready & (request != {CHANNELS{1'b0}});

  integer c;
  always @(*) begin
    command = {COMMAND_W{1'b0}};
    tag = {TAG_W{1'b0}};
    for (c = 0; c < CHANNELS; c = c + 1) begin
      command = command | ({COMMAND_W{grant[c]}} & burst_command[c*COMMAND_W +: COMMAND_W]);
      tag = tag | ({TAG_W{grant[c]}} & burst_tag[c*TAG_W +: TAG_W]);
    end
  end

  lac_rr_arbiter #(
    .REQUESTS (CHANNELS)
  ) u_arbiter (
    .clk_i     (clk_i),
    .rst_i     (rst),
    .request_i (request),
    .take_i    (issue),
    .grant_o   (grant)
  );

  lac_skid #(
    .WIDTH (COMMAND_W)
  ) u_address (
    .clk_i       (clk_i),
    .rst_i       (rst),
    .in_valid_i  (issue),
    .in_ready_o  (address_ready),
    .in_data_i   (command),
    .out_valid_o (m_axi_arvalid_o),
    .out_ready_i (m_axi_arready_i),
    .out_data_o  ({m_axi_araddr_o, m_axi_arlen_o})
  );

  assign m_axi_arid_o    = 1'b0;
  assign m_axi_arsize_o  = BEAT_SIZE[2:0];
  assign m_axi_arburst_o = 2'b01;
  assign m_axi_arcache_o = 4'b0011;
  assign m_axi_arprot_o  = 3'b000;

  // ---------------------------------------------------------------- beats

  // The route at the head of the queue says whose they are.
  wire                route_valid;
  wire [CHANNELS-1:0] route_channel;
  wire                route_final, route_spill;
  wire [31:0]         route_segment;
  wire                beat = m_axi_rvalid_i & route_valid;

  lac_fifo #(
    .WIDTH (ROUTE_W),
    .DEPTH (OUTSTANDING)
  ) u_route (
    .clk_i       (clk_i),
    .rst_i       (rst),
    .in_valid_i  (issue),
    .in_ready_o  (route_ready),
    .in_data_i   ({grant, tag}),
    .out_valid_o (route_valid),
    .out_ready_i (m_axi_rvalid_i & m_axi_rlast_i),
    .out_data_o  ({route_channel, route_final, route_spill, route_segment})
  );

  assign m_axi_rready_o = 1'b1;
  assign idle_o         = ~route_valid & (channel_busy == {CHANNELS{1'b0}});

  localparam        RUN_W   = $clog2(BURST + 1);
  localparam [31:0] LONGEST = BURST;
  reg  [RUN_W-1:0] run_q;   // beats since the last one that ended a burst

  assign beat_o = beat & run_q != LONGEST[RUN_W-1:0];

  always @(posedge clk_i) begin
    if (rst | (beat & m_axi_rlast_i)) run_q <= {RUN_W{1'b0}};
    else if (beat_o) run_q <= run_q + 1'b1;
  end

  reg         err_valid_q;
  reg  [31:0] err_addr_q;

  assign err_valid_o = err_valid_q;
  assign err_addr_o  = err_addr_q;

  always @(posedge clk_i) begin
    err_valid_q <= beat & (m_axi_rresp_i != 2'b00 | m_axi_rid_i) & ~rst;
    err_addr_q  <= route_segment;
  end

  genvar i;
  generate
    for (i = 0; i < CHANNELS; i = i + 1) begin : gen_channel
      lac_axi_read_channel #(
        .ADDR_W     (ADDR_W),
        .DATA_W     (DATA_W),
        .BURST      (BURST),
        .FIFO_BEATS (FIFO_BEATS)
      ) u_channel (
        .clk_i           (clk_i),
        .rst_i           (rst),
        .abort_i         (abort_i),
        .busy_o          (channel_busy[i]),
        .req_valid_i     (req_valid_i[i]),
        .req_ready_o     (req_ready_o[i]),
        .req_addr_i      (req_addr_i[i*ADDR_W +: ADDR_W]),
        .req_bytes_i     (req_bytes_i[i*32 +: 32]),
        .burst_valid_o   (burst_valid[i]),
        .burst_ready_i   (grant[i] & issue_ready),
        .burst_addr_o    (burst_command[i*COMMAND_W+8 +: ADDR_W]),
        .burst_len_o     (burst_command[i*COMMAND_W +: 8]),
        .burst_final_o   (burst_tag[i*TAG_W+33]),
        .burst_spill_o   (burst_tag[i*TAG_W+32]),
        .burst_segment_o (burst_tag[i*TAG_W +: 32]),
        .land_valid_i    (beat & route_channel[i]),
        .land_data_i     (m_axi_rdata_i),
        .land_last_i     (m_axi_rlast_i),
        .land_final_i    (route_final),
        .land_spill_i    (route_spill),
        .land_offset_i   (route_segment[OFFSET_W-1:0]),
        .dat_valid_o     (dat_valid_o[i]),
        .dat_ready_i     (dat_ready_i[i]),
        .dat_data_o      (dat_data_o[i*DATA_W +: DATA_W]),
        .dat_last_o      (dat_last_o[i])
      );
    end
  endgenerate

endmodule

`default_nettype wire
