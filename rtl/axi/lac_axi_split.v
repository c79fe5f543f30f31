// Splits a segment of bytes into AXI4 INCR bursts of whole bus beats.
//
// Why: reads and writes obey the same rules (A3.4.1: no burst crosses a 4 KiB boundary), so both masters share this
// unit.
//
// Parameters:
//   ADDR_W  address bits, 32 to 64
//   DATA_W  bus bits, a power of two from 32 to 512
//   BURST   longest burst in beats, 1 to 256
//   TAG_W   bits that travel with a segment to each of its bursts, 1 or more
// Handshake: ready/valid on both sides. A segment is any byte address and 1 to 2^32-1 bytes.
//   burst_addr_o: aligned to a beat
//   burst_len_o: beats - 1, as AXI wants it
//   burst_last_o: a segment's final burst
//   stop_i: drops the segment and the burst at hand and takes no new one
//   busy_o: bursts are still to come
// Latency: two cycles; one burst per cycle, without a gap between segments.
// After reset: empty.

`default_nettype none

module lac_axi_split #(
  parameter ADDR_W = 32,
  parameter DATA_W = 32,
  parameter BURST  = 1,
  parameter TAG_W  = 1
) (
  input  wire              clk_i,
  input  wire              rst_i,
  input  wire              stop_i,
  output wire              busy_o,
  input  wire              req_valid_i,
  output wire              req_ready_o,
  input  wire [ADDR_W-1:0] req_addr_i,
  input  wire [31:0]       req_bytes_i,
  input  wire [TAG_W-1:0]  req_tag_i,
  output wire              burst_valid_o,
  input  wire              burst_ready_i,
  output wire [ADDR_W-1:0] burst_addr_o,
  output wire [7:0]        burst_len_o,
  output wire              burst_last_o,
  output wire [TAG_W-1:0]  burst_tag_o
);

  localparam        OFFSET_W   = $clog2(DATA_W / 8);
  localparam        BEAT_W     = ADDR_W - OFFSET_W;           // address in beats
  localparam        LEFT_W     = 33 - OFFSET_W;               // beats of the longest segment
  localparam [31:0] LONGEST    = BURST - 1;
  localparam [9:0]  PAGE_BEATS = 10'h3ff >> (OFFSET_W - 2);   // beats of 4 KiB, less one

  reg               seg_valid_q, burst_valid_q, burst_last_q;
  reg  [BEAT_W-1:0] seg_beat_q, burst_beat_q;
  reg  [LEFT_W-1:0] seg_left_q;   // beats still to ask for, less one
  reg  [7:0]        burst_len_q;
  reg  [TAG_W-1:0]  seg_tag_q, burst_tag_q;

  // (bytes + offset - 1) / beat, with one adder: what the low bits do to the high ones is -1, 0 or 1.
  wire [OFFSET_W-1:0] req_span = req_bytes_i[OFFSET_W-1:0] - 1'b1;
  wire                req_borrow = req_bytes_i[OFFSET_W-1:0] == {OFFSET_W{1'b0}};
  wire                req_carry = req_span > ~req_addr_i[OFFSET_W-1:0];
  wire                req_down = req_borrow & ~req_carry;
  wire                req_up = req_carry & ~req_borrow;
  wire [LEFT_W-1:0]   req_left = {1'b0, req_bytes_i[31:OFFSET_W]} + {{(LEFT_W - 1) {req_down}}, req_down | req_up};

  wire [9:0] page_left = PAGE_BEATS & ~seg_beat_q[9:0];
  wire       page_near = page_left <= LONGEST[9:0];
  wire [7:0] room = page_near ? page_left[7:0] : LONGEST[7:0];
  wire       seg_ends = seg_left_q[LEFT_W-1:8] == {(LEFT_W - 8){1'b0}} & seg_left_q[7:0] <= room;
  wire [7:0] len = seg_ends ? seg_left_q[7:0] : room;

  wire cut = seg_valid_q & (~burst_valid_q | burst_ready_i);

  assign busy_o        = seg_valid_q | burst_valid_q;
  assign req_ready_o   = ~stop_i & (~seg_valid_q | (cut & seg_ends));
  assign burst_valid_o = burst_valid_q;
  assign burst_addr_o  = {burst_beat_q, {OFFSET_W{1'b0}}};
  assign burst_len_o   = burst_len_q;
  assign burst_last_o  = burst_last_q;
  assign burst_tag_o   = burst_tag_q;

  always @(posedge clk_i) begin
    if (rst_i | stop_i) begin
      seg_valid_q   <= 1'b0;
      burst_valid_q <= 1'b0;
    end else begin
      seg_valid_q   <= (req_valid_i & req_ready_o) | (seg_valid_q & ~(cut & seg_ends));
      burst_valid_q <= cut | (burst_valid_q & ~burst_ready_i);
    end
  end

  always @(posedge clk_i) begin
    if (req_ready_o) begin
      seg_beat_q <= req_addr_i[ADDR_W-1:OFFSET_W];
      seg_left_q <= req_left;
      seg_tag_q  <= req_tag_i;
    end else if (cut) begin
      seg_beat_q <= seg_beat_q + {{(BEAT_W - 8){1'b0}}, len} + 1'b1;
      seg_left_q <= seg_left_q - {{(LEFT_W - 8){1'b0}}, len} - 1'b1;
    end
  end

  always @(posedge clk_i) begin
    if (cut) begin
      burst_beat_q <= seg_beat_q;
      burst_len_q  <= len;
      burst_last_q <= seg_ends;
      burst_tag_q  <= seg_tag_q;
    end
  end

endmodule

`default_nettype wire
