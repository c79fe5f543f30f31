// The epilogue: LANES results a cycle get bias, requantisation and clamp, or pass as 32-bit integers.
//
// Why: shared by every engine; nothing in it stalls, because the C buffer has granted the room before the tile was finished.
// Parameters: LANES, 1 to 64; LATENCY, cycles of lac_requant.
// Handshake: c_valid_i cannot be stalled. With params_i, p_* delivers one word of column parameters per result word; lac_c_grant has
//      seen to it that it is there. Parameters of lane i: bias at bit 96*i, multiplier at 96*i + 32, shift at 96*i + 64.
// Latency: LATENCY cycles; one word per cycle.
// After reset: out_valid_o low.

`default_nettype none

module lac_epilogue #(
  parameter LANES   = 4,
  parameter LATENCY = 9
) (
  input  wire                clk_i,
  input  wire                rst_i,

  input  wire                params_i,       // column parameters are in use
  input  wire                narrow_i,       // int8 out, else int32
  input  wire [7:0]          zero_i,
  input  wire [31:0]         min_i,
  input  wire [31:0]         max_i,

  input  wire                c_valid_i,
  input  wire [LANES*32-1:0] c_data_i,

  output wire                p_ready_o,
  input  wire [LANES*96-1:0] p_data_i,

  output wire                out_valid_o,
  output wire [LANES*32-1:0] out_data_o      // int8: result of lane i in byte i
);

  // Without parameters the multiplication is by one: 2^30 * 2^1 / 2^31.
  localparam [31:0] ONE_MULTIPLIER = 32'h40000000;
  localparam [5:0]  ONE_SHIFT      = 6'd1;

  reg  [LATENCY-1:0]  valid_q;
  wire [LATENCY:0]    valid_next = {valid_q, c_valid_i};
  wire [LANES*32-1:0] wide;
  wire [LANES*32-1:0] bytes;

  assign p_ready_o   = c_valid_i && params_i;
  assign out_valid_o = valid_q[LATENCY-1];
  assign out_data_o  = narrow_i ? bytes : wide;

  always @(posedge clk_i) begin
    if (rst_i) begin
      valid_q <= {LATENCY{1'b0}};
    end else begin
      valid_q <= valid_next[LATENCY-1:0];
    end
  end

  genvar lane;
  generate
    for (lane = 0; lane < LANES; lane = lane + 1) begin : gen_lane
      lac_requant u_requant (
        .clk_i   (clk_i),
        .acc_i   (c_data_i[lane*32 +: 32]),
        .bias_i  (params_i ? p_data_i[lane*96 +: 32] : 32'd0),
        .mult_i  (params_i ? p_data_i[lane*96+32 +: 32] : ONE_MULTIPLIER),
        .shift_i (params_i ? p_data_i[lane*96+64 +: 6] : ONE_SHIFT),
        .zero_i  (zero_i),
        .min_i   (min_i),
        .max_i   (max_i),
        .raw_i   (!narrow_i),
        .out_o   (wide[lane*32 +: 32])
      );
      assign bytes[lane*8 +: 8] = wide[lane*32 +: 8];
      wire unused_param = &{1'b0, p_data_i[lane*96+70 +: 26]};
    end
  endgenerate

  assign bytes[LANES*32-1:LANES*8] = {(LANES * 24) {1'b0}};

  wire unused_valid = valid_next[LATENCY];

endmodule

`default_nettype wire
