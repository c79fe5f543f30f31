// AXI4 write master: segments and their bytes in, bursts with exact strobes out.
//
// Why: a row of results may start and end at any byte. Only this master deals with bus alignment, bursts, 4 KiB pages
// and responses. Address and data are independent: each burst enters a queue of addresses and a queue of plans for the
// packer. So m_axi_awvalid_o does not wait for m_axi_wready_i, nor m_axi_wvalid_o for m_axi_awready_i (A3.3.1).
//
// Parameters:
//   ADDR_W       address bits, 32 to 64
//   DATA_W       bus bits, a power of two from 32 to 512
//   BURST        longest burst in beats, 1 to 256
//   IN_BYTES     bytes of a dat word, 1 to DATA_W/8
//   OUTSTANDING  bursts without response, 2 or more
// Handshake: req_* and dat_* are ready/valid.
//   req_*: a segment, any byte address, 1 to 2^32-1 bytes; segments may be given ahead of their data
//   dat_*: dat_count_i bytes (1 to IN_BYTES) from bit 0 up, contiguous from word to word; dat_last_i on the word that
//     ends the segment. A segment must have exactly the bytes that its request said.
//   abort_i: a level: no new segment and no new burst. Outstanding bursts are completed with all strobes off; dat is
//     not taken.
//   clear_i: forgets everything; only while idle_o
//   idle_o: no segment in progress and no response missing
//   err_valid_o: one cycle for each response that is not OKAY or has an ID never asked for; err_count_o is the number
//     of responses before it since clear_i
//   response_o: for the watchdog: a response to a burst
// Latency: request to m_axi_awvalid_o three cycles, word to m_axi_wvalid_o one cycle. One full beat per cycle, one
//   single-beat segment per cycle.
// After reset: empty, all AXI outputs zero but the constant ones.

`default_nettype none

module lac_axi_write #(
  parameter ADDR_W      = 32,
  parameter DATA_W      = 32,
  parameter BURST       = 1,
  parameter IN_BYTES    = 1,
  parameter OUTSTANDING = 2
) (
  input  wire                          clk_i,
  input  wire                          rst_i,
  input  wire                          clear_i,
  input  wire                          abort_i,
  output wire                          idle_o,
  output wire                          response_o,
  output wire                          err_valid_o,
  output wire [31:0]                   err_count_o,
  input  wire                          req_valid_i,
  output wire                          req_ready_o,
  input  wire [ADDR_W-1:0]             req_addr_i,
  input  wire [31:0]                   req_bytes_i,
  input  wire                          dat_valid_i,
  output wire                          dat_ready_o,
  input  wire [IN_BYTES*8-1:0]         dat_data_i,
  input  wire [$clog2(IN_BYTES+1)-1:0] dat_count_i,
  input  wire                          dat_last_i,
  output wire                          m_axi_awvalid_o,
  input  wire                          m_axi_awready_i,
  output wire                          m_axi_awid_o,
  output wire [ADDR_W-1:0]             m_axi_awaddr_o,
  output wire [7:0]                    m_axi_awlen_o,
  output wire [2:0]                    m_axi_awsize_o,
  output wire [1:0]                    m_axi_awburst_o,
  output wire [3:0]                    m_axi_awcache_o,
  output wire [2:0]                    m_axi_awprot_o,
  output wire                          m_axi_wvalid_o,
  input  wire                          m_axi_wready_i,
  output wire [DATA_W-1:0]             m_axi_wdata_o,
  output wire [DATA_W/8-1:0]           m_axi_wstrb_o,
  output wire                          m_axi_wlast_o,
  input  wire                          m_axi_bvalid_i,
  output wire                          m_axi_bready_o,
  input  wire                          m_axi_bid_i,
  input  wire [1:0]                    m_axi_bresp_i
);

  localparam        OFFSET_W  = $clog2(DATA_W / 8);
  localparam        OPEN_W    = $clog2(OUTSTANDING + 1);
  localparam [31:0] BEAT_SIZE = OFFSET_W;
  localparam [31:0] ALL_OPEN  = OUTSTANDING;

  wire rst = rst_i | clear_i;

  // ---------------------------------------------------------------- bursts

  // One is announced to the address channel and to the packer in the same cycle.
  wire                split_busy, burst_valid, burst_final;
  wire [ADDR_W-1:0]   burst_addr;
  wire [7:0]          burst_len;
  wire [OFFSET_W-1:0] burst_offset;
  wire                address_ready, queue_ready;
  reg  [OPEN_W-1:0]   open_q;   // bursts without response

  wire issue_ready = address_ready & queue_ready & open_q != ALL_OPEN[OPEN_W-1:0];
  wire issue = burst_valid & issue_ready;

  lac_axi_split #(
    .ADDR_W (ADDR_W),
    .DATA_W (DATA_W),
    .BURST  (BURST),
    .TAG_W  (OFFSET_W)
  ) u_split (
    .clk_i         (clk_i),
    .rst_i         (rst),
    .stop_i        (abort_i),
    .busy_o        (split_busy),
    .req_valid_i   (req_valid_i),
    .req_ready_o   (req_ready_o),
    .req_addr_i    (req_addr_i),
    .req_bytes_i   (req_bytes_i),
    .req_tag_i     (req_addr_i[OFFSET_W-1:0]),
    .burst_valid_o (burst_valid),
    .burst_ready_i (issue_ready),
    .burst_addr_o  (burst_addr),
    .burst_len_o   (burst_len),
    .burst_last_o  (burst_final),
    .burst_tag_o   (burst_offset)
  );

  lac_skid #(
    .WIDTH (ADDR_W + 8)
  ) u_address (
    .clk_i       (clk_i),
    .rst_i       (rst),
    .in_valid_i  (issue),
    .in_ready_o  (address_ready),
    .in_data_i   ({burst_addr, burst_len}),
    .out_valid_o (m_axi_awvalid_o),
    .out_ready_i (m_axi_awready_i),
    .out_data_o  ({m_axi_awaddr_o, m_axi_awlen_o})
  );

  assign m_axi_awid_o    = 1'b0;
  assign m_axi_awsize_o  = BEAT_SIZE[2:0];
  assign m_axi_awburst_o = 2'b01;
  assign m_axi_awcache_o = 4'b0011;
  assign m_axi_awprot_o  = 3'b000;

  // ---------------------------------------------------------------- data: packed as the queue of plans says

  wire                plan_valid, plan_ready, plan_final;
  wire [7:0]          plan_len;
  wire [OFFSET_W-1:0] plan_offset;

  lac_fifo #(
    .WIDTH (OFFSET_W + 9),
    .DEPTH (OUTSTANDING)
  ) u_plan (
    .clk_i       (clk_i),
    .rst_i       (rst),
    .in_valid_i  (issue),
    .in_ready_o  (queue_ready),
    .in_data_i   ({burst_final, burst_len, burst_offset}),
    .out_valid_o (plan_valid),
    .out_ready_i (plan_ready),
    .out_data_o  ({plan_final, plan_len, plan_offset})
  );

  wire                beat_valid, beat_ready, beat_last;
  wire [DATA_W-1:0]   beat_data;
  wire [DATA_W/8-1:0] beat_strb;

  lac_axi_pack #(
    .DATA_W   (DATA_W),
    .IN_BYTES (IN_BYTES)
  ) u_pack (
    .clk_i         (clk_i),
    .rst_i         (rst),
    .abort_i       (abort_i),
    .plan_valid_i  (plan_valid),
    .plan_ready_o  (plan_ready),
    .plan_len_i    (plan_len),
    .plan_offset_i (plan_offset),
    .plan_final_i  (plan_final),
    .dat_valid_i   (dat_valid_i),
    .dat_ready_o   (dat_ready_o),
    .dat_data_i    (dat_data_i),
    .dat_count_i   (dat_count_i),
    .dat_last_i    (dat_last_i),
    .beat_valid_o  (beat_valid),
    .beat_ready_i  (beat_ready),
    .beat_data_o   (beat_data),
    .beat_strb_o   (beat_strb),
    .beat_last_o   (beat_last)
  );

  lac_skid #(
    .WIDTH (DATA_W + DATA_W / 8 + 1)
  ) u_data (
    .clk_i       (clk_i),
    .rst_i       (rst),
    .in_valid_i  (beat_valid),
    .in_ready_o  (beat_ready),
    .in_data_i   ({beat_data, beat_strb, beat_last}),
    .out_valid_o (m_axi_wvalid_o),
    .out_ready_i (m_axi_wready_i),
    .out_data_o  ({m_axi_wdata_o, m_axi_wstrb_o, m_axi_wlast_o})
  );

  // ---------------------------------------------------------------- responses

  wire        response = m_axi_bvalid_i & open_q != {OPEN_W{1'b0}};
  reg         err_valid_q;
  reg  [31:0] err_count_q, responses_q;

  assign m_axi_bready_o = 1'b1;
  assign response_o     = response;
  assign idle_o         = ~split_busy & open_q == {OPEN_W{1'b0}};
  assign err_valid_o    = err_valid_q;
  assign err_count_o    = err_count_q;

  always @(posedge clk_i) begin
    if (rst) begin
      open_q      <= {OPEN_W{1'b0}};
      responses_q <= 32'd0;
      err_valid_q <= 1'b0;
    end else begin
      if (issue & ~response) open_q <= open_q + 1'b1;
      if (response & ~issue) open_q <= open_q - 1'b1;
      if (response) responses_q <= responses_q + 32'd1;
      err_valid_q <= response & (m_axi_bresp_i != 2'b00 | m_axi_bid_i);
    end
  end

  always @(posedge clk_i) if (response) err_count_q <= responses_q;

endmodule

`default_nettype wire
