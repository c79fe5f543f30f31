// Turns a job into a list of memory segments: count_i segments of the same length, a pitch apart.
//
// Why: rows of A, input rows of a feature map, and the repeated readings of packed B (pitch 0) all have this form.
//
// Parameters:
//   ADDR_W  address bits, 32 to 64
// Handshake:
//   start_i loads the registers; then req_* offers one segment after another
//   bytes_i = 0 or count_i = 0: no request
// Latency: the first request one cycle after start_i; one request per cycle.
// After reset:
//   req_valid_o low
//   bytes_o counts what has been asked for since start_i

`default_nettype none

module lac_fetch #(
  parameter ADDR_W = 32
) (
  input  wire              clk_i,
  input  wire              rst_i,
  input  wire              clear_i,          // forget the list, keep the count

  input  wire              start_i,
  input  wire [ADDR_W-1:0] addr_i,
  input  wire [31:0]       pitch_i,
  input  wire [31:0]       bytes_i,
  input  wire [31:0]       count_i,

  output wire              req_valid_o,
  input  wire              req_ready_i,
  output wire [ADDR_W-1:0] req_addr_o,
  output wire [31:0]       req_bytes_o,

  output wire [63:0]       bytes_o
);

  reg  [31:0]       left_q;
  reg  [ADDR_W-1:0] addr_q;
  reg  [63:0]       bytes_q;

  wire [ADDR_W-1:0] pitch = {{(ADDR_W - 31) {1'b0}}, pitch_i[30:0]};
  wire              fire  = req_valid_o && req_ready_i;

  assign req_valid_o = left_q != 32'd0;
  assign req_addr_o  = addr_q;
  assign req_bytes_o = bytes_i;
  assign bytes_o     = bytes_q;

  wire unused_pitch_msb = pitch_i[31];

  always @(posedge clk_i) begin
    if (rst_i || clear_i) begin
      left_q <= 32'd0;
    end else if (start_i) begin
      left_q <= bytes_i == 32'd0 ? 32'd0 : count_i;
    end else if (fire) begin
      left_q <= left_q - 32'd1;
    end
  end

  always @(posedge clk_i) begin
    if (start_i) begin
      addr_q <= addr_i;
    end else if (fire) begin
      addr_q <= addr_q + pitch;
    end
  end

  always @(posedge clk_i) begin
    if (rst_i || start_i) begin
      bytes_q <= 64'd0;
    end else if (fire) begin
      bytes_q <= bytes_q + {32'd0, bytes_i};
    end
  end

endmodule

`default_nettype wire
