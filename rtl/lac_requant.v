// From an accumulator to an output: bias, requantisation to int8 as TensorFlow Lite counts, clamps; or the clamped sum itself.
//
// Why: one per epilogue lane, shared by all engines. Rounding is away from zero, so sign and magnitude go separate ways:
//      the multiplier is unsigned, rounding is one addition, and raw output is the same path with a multiplier of one.
// Result: sum = acc_i + bias_i, wrapped to 32 bits.
//      raw_i = 0: round(sum * mult_i * 2^(shift_i - 31)) half away from zero, + zero_i, clamped to [min_i, max_i], saturated to int8
//      raw_i = 1: sum clamped to [min_i, max_i]
//      mult_i: 0 .. 2^31 - 1. shift_i: -31 .. 30, signed; negative shifts right. zero_i signed. min_i <= max_i, signed.
// Handshake: none; one result per cycle. acc_i, bias_i, mult_i, shift_i belong to the result; zero_i, min_i, max_i, raw_i belong to the
//      run and must hold still while results are inside.
// Latency: LATENCY = 9 cycles from the cycle of the inputs to the cycle of out_o. out_o is sign-extended to 32 bits.
// After reset: no reset; out_o is unknown until LATENCY after the first inputs.

`default_nettype none

module lac_requant (
  input  wire        clk_i,
  input  wire [31:0] acc_i,
  input  wire [31:0] bias_i,
  input  wire [31:0] mult_i,
  input  wire [5:0]  shift_i,
  input  wire [7:0]  zero_i,
  input  wire [31:0] min_i,
  input  wire [31:0] max_i,
  input  wire        raw_i,
  output wire [31:0] out_o
);

  wire unused_mult_msb = mult_i[31];

  // ---------------------------------------------------------------- 1: sum; 2: magnitude

  reg  [31:0] sum_q;
  reg  [30:0] mult_q1, mult_q2;
  reg  [5:0]  right_q1, right_q2, right_q3, right_q4, right_q5;
  reg         negative_q2, negative_q3, negative_q4, negative_q5, negative_q6, negative_q7;
  reg  [31:0] magnitude_q;

  // Right shift less one, so that the bit that decides the rounding stays: 31 - shift - 1. Raw: times 2^30, then 30 to the right.
  wire [5:0]  right_d = raw_i ? 6'd29 : 6'd30 - shift_i;

  always @(posedge clk_i) begin
    sum_q       <= acc_i + bias_i;
    mult_q1     <= raw_i ? 31'h4000_0000 : mult_i[30:0];
    right_q1    <= right_d;

    magnitude_q <= sum_q[31] ? -sum_q : sum_q;
    negative_q2 <= sum_q[31];
    mult_q2     <= mult_q1;
    right_q2    <= right_q1;
  end

  // ---------------------------------------------------------------- 3: four partial products; 4, 5: their sum

  wire [33:0] low_d, mid_a_d, mid_b_d, high_d;
  reg  [31:0] low_q3, mid_a_q3, mid_b_q3, high_q3;
  reg  [31:0] low_q4, high_q4;
  reg  [32:0] mid_q4;
  reg  [63:0] product_q;

  lac_mul #(.A_W (17), .B_W (17)) u_mul_low (
    .a_i       ({1'b0, magnitude_q[15:0]}),
    .b_i       ({1'b0, mult_q2[15:0]}),
    .product_o (low_d)
  );

  lac_mul #(.A_W (17), .B_W (17)) u_mul_mid_a (
    .a_i       ({1'b0, magnitude_q[31:16]}),
    .b_i       ({1'b0, mult_q2[15:0]}),
    .product_o (mid_a_d)
  );

  lac_mul #(.A_W (17), .B_W (17)) u_mul_mid_b (
    .a_i       ({1'b0, magnitude_q[15:0]}),
    .b_i       ({2'b00, mult_q2[30:16]}),
    .product_o (mid_b_d)
  );

  lac_mul #(.A_W (17), .B_W (17)) u_mul_high (
    .a_i       ({1'b0, magnitude_q[31:16]}),
    .b_i       ({2'b00, mult_q2[30:16]}),
    .product_o (high_d)
  );

  wire unused_signs = &{1'b0, low_d[33:32], mid_a_d[33:32], mid_b_d[33:32], high_d[33:32]};

  always @(posedge clk_i) begin
    low_q3      <= low_d[31:0];
    mid_a_q3    <= mid_a_d[31:0];
    mid_b_q3    <= mid_b_d[31:0];
    high_q3     <= high_d[31:0];
    negative_q3 <= negative_q2;
    right_q3    <= right_q2;

    low_q4      <= low_q3;
    high_q4     <= high_q3;
    mid_q4      <= {1'b0, mid_a_q3} + {1'b0, mid_b_q3};
    negative_q4 <= negative_q3;
    right_q4    <= right_q3;

    product_q   <= {high_q4, low_q4} + {15'd0, mid_q4, 16'd0};
    negative_q5 <= negative_q4;
    right_q5    <= right_q4;
  end

  // ---------------------------------------------------------------- 6: shift, saturate; 7: round

  wire [63:0] shifted = product_q >> right_q5;
  reg  [32:0] shifted_q;    // twice the magnitude
  reg  [32:0] rounded_q;    // at most 2^32; above 2^31 it no longer matters how far

  always @(posedge clk_i) begin
    shifted_q   <= shifted[32:0] | {33{|shifted[63:33]}};
    negative_q6 <= negative_q5;

    rounded_q   <= {1'b0, shifted_q[32:1]} + {32'd0, shifted_q[0]};
    negative_q7 <= negative_q6;
  end

  // ---------------------------------------------------------------- 8: sign and zero point; 9: clamps

  wire [33:0] zero  = raw_i ? 34'd0 : {{26{zero_i[7]}}, zero_i};
  wire [33:0] exact = {1'b0, rounded_q} ^ {34{negative_q7}};
  reg  [33:0] value_q;
  reg  [31:0] out_q;

  wire        below   = $signed(value_q) < $signed({{2{min_i[31]}}, min_i});
  wire        above   = $signed(value_q) > $signed({{2{max_i[31]}}, max_i});
  wire [31:0] clamped = below ? min_i : above ? max_i : value_q[31:0];
  wire        is_int8 = clamped[31:7] == {25{clamped[31]}};

  assign out_o = out_q;

  always @(posedge clk_i) begin
    value_q <= exact + zero + {33'd0, negative_q7};
    out_q   <= raw_i || is_int8 ? clamped : {{25{clamped[31]}}, {7{!clamped[31]}}};
  end

endmodule

`default_nettype wire
