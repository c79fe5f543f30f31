// The epilogue: LANES results per cycle get bias, requantisation and clamp, or pass as 32-bit integers.
//
// Why: all engines share it. Nothing in it stalls, because the C buffer has reserved the room before the tile was
// finished.
//
// Parameters:
//   LANES    1 to 64
//   LATENCY  cycles of lac_requant
//   PERMUTE  1: column parameters say where results belong
//   PANEL_W  bits of a panel, 1 to 16
//   ARRAY    see lac_mul
// Handshake: c_valid_i cannot be stalled. With params_i or permute_i, p_* delivers one word of column parameters per
//   result word; lac_c_grant has seen to it that it is there. Parameters of lane i: bias at bit 96*i, multiplier at
//   96*i + 32, shift at 96*i + 64, panel at 96*i + 80. Panels that PANEL_W bits can't hold come out as the largest
//   number.
// Latency: LATENCY cycles; one word per cycle.
// After reset: out_valid_o low.

`default_nettype none

module lac_epilogue #(
  parameter LANES   = 4,
  parameter LATENCY = 9,
  parameter PERMUTE = 0,
  parameter PANEL_W = 1,
  parameter ARRAY   = 0
) (
  input  wire                     clk_i,
  input  wire                     rst_i,

  input  wire                     params_i,       // bias and scale of the column parameters are in use
  input  wire                     permute_i,      // their panels are; only with PERMUTE
  input  wire                     narrow_i,       // int8 out, else int32
  input  wire [1:0]               rounding_i,     // of scaled results, see lac_requant
  input  wire [7:0]               zero_i,
  input  wire [31:0]              min_i,
  input  wire [31:0]              max_i,

  input  wire                     c_valid_i,
  input  wire [LANES*32-1:0]      c_data_i,

  output wire                     p_ready_o,
  input  wire [LANES*96-1:0]      p_data_i,

  output wire                     out_valid_o,
  // int8 without PERMUTE: result of lane i in byte i; else lane i in word i
  output wire [LANES*32-1:0]      out_data_o,
  output wire [LANES*PANEL_W-1:0] out_panel_o     // panel in its group where each result belongs; without PERMUTE zero
);

  // Without parameters the multiplication is by one: 2^30 * 2^1 / 2^31.
  localparam [31:0] ONE_MULTIPLIER = 32'h40000000;
  localparam [5:0]  ONE_SHIFT      = 6'd1;

  reg  [LATENCY-1:0]  valid_q;
  wire [LATENCY:0]    valid_next = {valid_q, c_valid_i};
  wire [LANES*32-1:0] wide;
  wire [LANES*32-1:0] bytes;

  assign p_ready_o   = c_valid_i && (params_i || (PERMUTE != 0 && permute_i));
  assign out_valid_o = valid_q[LATENCY-1];
  assign out_data_o  = narrow_i && PERMUTE == 0 ? bytes : wide;

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
      lac_requant #(
        .ARRAY      (ARRAY)
      ) u_requant (
        .clk_i      (clk_i),
        .acc_i      (c_data_i[lane*32 +: 32]),
        .bias_i     (params_i ? p_data_i[lane*96 +: 32] : 32'd0),
        .mult_i     (params_i ? p_data_i[lane*96+32 +: 32] : ONE_MULTIPLIER),
        .shift_i    (params_i ? p_data_i[lane*96+64 +: 6] : ONE_SHIFT),
        .zero_i     (zero_i),
        .min_i      (min_i),
        .max_i      (max_i),
        .raw_i      (!narrow_i),
        .rounding_i (params_i ? rounding_i : 2'd0),
        .out_o      (wide[lane*32 +: 32])
      );
      assign bytes[lane*8 +: 8] = wide[lane*32 +: 8];
      wire unused_param = &{1'b0, p_data_i[lane*96+70 +: 26]};
    end
  endgenerate

  generate
    if (PERMUTE != 0) begin : gen_panel
      wire [LANES*PANEL_W-1:0]             panel_d;
      reg  [LATENCY*LANES*PANEL_W-1:0]     panel_q;
      wire [(LATENCY+1)*LANES*PANEL_W-1:0] panel_next = {panel_q, panel_d};

      for (lane = 0; lane < LANES; lane = lane + 1) begin : gen_lane
        wire [15:0] panel    = p_data_i[lane*96+80 +: 16];
        wire        too_high = (panel >> PANEL_W) != 16'd0;
        assign panel_d[lane*PANEL_W +: PANEL_W] = panel[PANEL_W-1:0] | {PANEL_W{too_high}};
      end

      assign out_panel_o = panel_q[(LATENCY-1)*LANES*PANEL_W +: LANES*PANEL_W];

      always @(posedge clk_i) begin
        panel_q <= panel_next[LATENCY*LANES*PANEL_W-1:0];
      end

      wire unused_panel = &{1'b0, panel_next[LATENCY*LANES*PANEL_W +: LANES*PANEL_W]};
    end else begin : gen_no_panel
      assign out_panel_o = {(LANES * PANEL_W) {1'b0}};
      wire unused_permute = &{1'b0, permute_i};
    end
  endgenerate

  assign bytes[LANES*32-1:LANES*8] = {(LANES * 24) {1'b0}};

  wire unused_valid = valid_next[LATENCY];

endmodule

`default_nettype wire
