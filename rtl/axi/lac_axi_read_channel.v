// One channel of the AXI read master: segments in, bursts out; beats in, aligned bytes out.
//
// Why: a burst is offered only if the landing FIFO has room for all its beats, which is then reserved. So a channel
// whose consumer waits never holds up the bus or another channel.
//
// Parameters:
//   ADDR_W      address bits, 32 to 64
//   DATA_W      bus bits, a power of two from 32 to 512
//   BURST       longest burst in beats, 1 to 256
//   FIFO_BEATS  beats of the landing FIFO, at least BURST and 2; memory latency in cycles + BURST keeps the bus busy
// Handshake: ready/valid on req, burst and dat; land has no ready, its room is reserved. What burst_* says comes back
//   with each beat of that burst:
//   land_final_i: the segment's final burst
//   land_spill_i: see lac_axi_align
//   land_offset_i: the low bits of the segment's address
//   land_last_i: the burst's last beat
//   abort_i: drops what has not been granted
//   busy_o: bursts are still to come
// Latency: request to burst two cycles, beat to data three. One burst and one beat per cycle.
// After reset: empty.

`default_nettype none

module lac_axi_read_channel #(
  parameter ADDR_W     = 32,
  parameter DATA_W     = 32,
  parameter BURST      = 1,
  parameter FIFO_BEATS = 2
) (
  input  wire                        clk_i,
  input  wire                        rst_i,
  input  wire                        abort_i,
  output wire                        busy_o,
  input  wire                        req_valid_i,
  output wire                        req_ready_o,
  input  wire [ADDR_W-1:0]           req_addr_i,
  input  wire [31:0]                 req_bytes_i,
  output wire                        burst_valid_o,
  input  wire                        burst_ready_i,
  output wire [ADDR_W-1:0]           burst_addr_o,
  output wire [7:0]                  burst_len_o,
  output wire                        burst_final_o,
  output wire                        burst_spill_o,
  output wire [31:0]                 burst_segment_o,
  input  wire                        land_valid_i,
  input  wire [DATA_W-1:0]           land_data_i,
  input  wire                        land_last_i,
  input  wire                        land_final_i,
  input  wire                        land_spill_i,
  input  wire [$clog2(DATA_W/8)-1:0] land_offset_i,
  output wire                        dat_valid_o,
  input  wire                        dat_ready_i,
  output wire [DATA_W-1:0]           dat_data_o,
  output wire                        dat_last_o
);

  localparam        OFFSET_W   = $clog2(DATA_W / 8);
  localparam        LAND_W     = DATA_W + OFFSET_W + 2;
  localparam        CREDIT_W   = FIFO_BEATS < 256 ? 9 : $clog2(FIFO_BEATS + 1);
  localparam [31:0] ALL_CREDIT = FIFO_BEATS;

  // The final beat only spills over if the offset carries the last byte into a beat that no output beat begins in.
  wire [OFFSET_W-1:0] req_span = req_bytes_i[OFFSET_W-1:0] - 1'b1;
  wire                req_spill = req_span > ~req_addr_i[OFFSET_W-1:0];

  wire split_valid;

  lac_axi_split #(
    .ADDR_W (ADDR_W),
    .DATA_W (DATA_W),
    .BURST  (BURST),
    .TAG_W  (33)
  ) u_split (
    .clk_i         (clk_i),
    .rst_i         (rst_i),
    .stop_i        (abort_i),
    .busy_o        (busy_o),
    .req_valid_i   (req_valid_i),
    .req_ready_o   (req_ready_o),
    .req_addr_i    (req_addr_i),
    .req_bytes_i   (req_bytes_i),
    .req_tag_i     ({req_spill, req_addr_i[31:0]}),
    .burst_valid_o (split_valid),
    .burst_ready_i (burst_valid_o & burst_ready_i),
    .burst_addr_o  (burst_addr_o),
    .burst_len_o   (burst_len_o),
    .burst_last_o  (burst_final_o),
    .burst_tag_o   ({burst_spill_o, burst_segment_o})
  );

  reg  [CREDIT_W-1:0] credit_q;   // free beats of the landing FIFO that no burst has reserved

  wire [CREDIT_W-1:0] burst_len = {{(CREDIT_W - 8){1'b0}}, burst_len_o};
  wire                fifo_valid, fifo_ready;
  wire                reserve = burst_valid_o & burst_ready_i;
  wire                release_one = fifo_valid & fifo_ready;

  assign burst_valid_o = split_valid & credit_q > burst_len;

  always @(posedge clk_i) begin
    if (rst_i) credit_q <= ALL_CREDIT[CREDIT_W-1:0];
    else if (reserve) credit_q <= credit_q - burst_len - {{(CREDIT_W - 1){1'b0}}, ~release_one};
    else if (release_one) credit_q <= credit_q + 1'b1;
  end

  wire              unused_fifo_room;
  wire [LAND_W-1:0] fifo_beat;

  lac_fifo_ram #(
    .WIDTH (LAND_W),
    .DEPTH (FIFO_BEATS)
  ) u_landing (
    .clk_i       (clk_i),
    .rst_i       (rst_i),
    .in_valid_i  (land_valid_i),
    .in_ready_o  (unused_fifo_room),
    .in_data_i   ({land_last_i & land_final_i, land_spill_i, land_offset_i, land_data_i}),
    .out_valid_o (fifo_valid),
    .out_ready_i (fifo_ready),
    .out_data_o  (fifo_beat)
  );

  lac_axi_align #(
    .DATA_W (DATA_W)
  ) u_align (
    .clk_i       (clk_i),
    .rst_i       (rst_i),
    .in_valid_i  (fifo_valid),
    .in_ready_o  (fifo_ready),
    .in_data_i   (fifo_beat[DATA_W-1:0]),
    .in_offset_i (fifo_beat[DATA_W +: OFFSET_W]),
    .in_last_i   (fifo_beat[LAND_W-1]),
    .in_spill_i  (fifo_beat[LAND_W-2]),
    .out_valid_o (dat_valid_o),
    .out_ready_i (dat_ready_i),
    .out_data_o  (dat_data_o),
    .out_last_o  (dat_last_o)
  );

endmodule

`default_nettype wire
