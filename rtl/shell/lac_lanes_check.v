// Checks at the start of a job that the bytes of a reading match its lanes and its dropped lanes.
//
// Why: if a reading does not end with its last beat, the next one begins in the middle of a lane. All results would be
// wrong without any error.
//
// Parameters:
//   LANE_W             bits of a lane
//   BUS_W              bits of a beat, a power of two
//   AT_BYTES, AT_DROP  byte offsets of the registers that are reported
// Handshake:
//   start_i is a pulse; the job registers are stable from its cycle on
//   used_i: the stream is read
//   bad_o is a pulse with the register that does not fit keep_i, bytes first
//   drop_i is at most what a beat holds
// Latency: bad_o three cycles after start_i.
// After reset: idle.

`default_nettype none

module lac_lanes_check #(
  parameter LANE_W   = 24,
  parameter BUS_W    = 64,
  parameter AT_BYTES = 4,
  parameter AT_DROP  = 8
) (
  input  wire        clk_i,
  input  wire        rst_i,

  input  wire        start_i,
  input  wire        used_i,
  input  wire [31:0] bytes_i,
  input  wire [31:0] keep_i,
  input  wire [15:0] drop_i,

  output wire        bad_o,
  output wire [31:0] bad_pos_o
);

  localparam                FACTOR_W = $clog2(LANE_W + 1);
  localparam                BITS_W   = 32 + FACTOR_W;
  localparam                REST_W   = $clog2(BUS_W);
  localparam                DROP_W   = REST_W + 1 > 16 ? 16 : REST_W + 1;
  localparam                SPAN_W   = DROP_W + FACTOR_W + 1;
  localparam [31:0]         LANE_32  = LANE_W;
  localparam [31:0]         BYTES_AT = AT_BYTES;
  localparam [31:0]         DROP_AT  = AT_DROP;
  localparam [BITS_W-1:0]   LANE     = {{BITS_W - FACTOR_W{1'b0}}, LANE_32[FACTOR_W-1:0]};
  localparam [SPAN_W-1:0]   LANE_S   = {{SPAN_W - FACTOR_W{1'b0}}, LANE_32[FACTOR_W-1:0]};

  reg  [2:0]                age_q;        // one-hot: cycles since start_i
  reg  [BITS_W-1:0]         bits_q;       // of the lanes that count
  reg  [SPAN_W-1:0]         dropped_q;    // bits of the others
  reg                       bytes_bad_q;
  reg                       bad_q;

  wire [BITS_W-1:0]         whole = (bits_q + {{BITS_W - 3{1'b0}}, 3'd7}) >> 3;
  wire [REST_W-1:0]         rest  = {REST_W{1'b0}} - bits_q[REST_W-1:0];   // bits up to the end of the beat
  wire [SPAN_W-1:0]         after = {{SPAN_W - REST_W{1'b0}}, rest};
  wire                      drop_bad = dropped_q > after || after - dropped_q >= LANE_S;

  assign bad_o     = age_q[2] && bad_q;
  assign bad_pos_o = bytes_bad_q ? BYTES_AT : DROP_AT;

  always @(posedge clk_i) begin
    if (rst_i) begin
      age_q <= 3'b000;
    end else begin
      age_q <= {age_q[1:0], start_i && used_i};
    end
  end

  always @(posedge clk_i) begin
    bits_q      <= {{FACTOR_W{1'b0}}, keep_i} * LANE;
    dropped_q   <= {{SPAN_W - DROP_W{1'b0}}, drop_i[DROP_W-1:0]} * LANE_S;
    bytes_bad_q <= whole != {{FACTOR_W{1'b0}}, bytes_i};
    bad_q       <= whole != {{FACTOR_W{1'b0}}, bytes_i} || drop_bad;
  end

  wire unused_drop = &{1'b0, drop_i};

endmodule

`default_nettype wire
