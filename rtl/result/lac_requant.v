// From an accumulator to a result: bias, requantisation to int8 as in TensorFlow Lite, clamp; or the clamped sum
// itself.
//
// Why: there is one per epilogue lane, shared by all engines. Most rounding is symmetric about zero, so sign and
// magnitude are separate: the multiplier is unsigned, rounding is one addition, and raw results take the same path with
// a multiplier of one.
//
// Parameters:
//   ARRAY  see lac_mul
// Result: sum = acc_i + bias_i, wrapped to 32 bits; then
//   raw_i = 0: round(sum * mult_i * 2^(shift_i - 31)) + zero_i, clamped to [min_i, max_i], saturated to int8
//   raw_i = 1: sum clamped to [min_i, max_i]
// Rounding: rounding_i says how.
//   0: half away from zero
//   1: half to even
//   2: as TensorFlow Lite's reference does it in two steps: the sum is shifted left and wrapped to 32 bits; its
//     product's upper half, doubled, is rounded half up; then it is shifted right, half away from zero
//   3: not legal
// Ports: one result per cycle, no handshake.
//   acc_i, bias_i, mult_i, shift_i belong to the result: mult_i 0 .. 2^31 - 1; shift_i -31 .. 30, negative shifts right
//   zero_i, min_i, max_i, raw_i, rounding_i belong to the run and hold still while results are inside; min_i <= max_i
//   out_o is sign-extended to 32 bits
// Latency: LATENCY = 9 cycles from the cycle of the inputs to the cycle of out_o.
// After reset: no reset; out_o is unknown until LATENCY after the first inputs.

`default_nettype none

module lac_requant #(
  parameter ARRAY = 0
) (
  input  wire        clk_i,
  input  wire [31:0] acc_i,
  input  wire [31:0] bias_i,
  input  wire [31:0] mult_i,
  input  wire [5:0]  shift_i,
  input  wire [7:0]  zero_i,
  input  wire [31:0] min_i,
  input  wire [31:0] max_i,
  input  wire        raw_i,
  input  wire [1:0]  rounding_i,
  output wire [31:0] out_o
);

`ifdef SYNTHESIS
  localparam MADE = ARRAY != 0 ? 1 : 0;
`else
  localparam MADE = ARRAY == 1 ? 1 : 0;
`endif

  wire unused_mult_msb = mult_i[31];

  // ---------------------------------------------------------------- 1: sum; 2: magnitude

  reg  [31:0] sum_q;
  reg  [30:0] mult_q1, mult_q2;
  reg  [5:0]  right_q1, right_q2, right_q3, right_q4, right_q5;
  reg         negative_q2, negative_q3, negative_q4, negative_q5, negative_q6, negative_q7;
  reg  [31:0] magnitude_q;

  // Right shift less one, so that the bit that decides the rounding stays: 31 - shift - 1. Raw: times 2^30, then 30 to
  // the right.
  wire [5:0]  right_d = raw_i ? 6'd29 : 6'd30 - shift_i;

  wire        even    = rounding_i[0];
  wire        twice   = rounding_i[1];

  // A sum that is shifted left in 32 bits loses its upper bits, and what then is its sign: the bits that stay are those
  // up to bit 31 - shift. The shift itself is part of the one behind the multiplier.
  reg  [31:0] stays_q;
  wire        negative = |(sum_q & stays_q & ~(stays_q >> 1));

  always @(posedge clk_i) begin
    sum_q       <= acc_i + bias_i;
    mult_q1     <= raw_i ? 31'h4000_0000 : mult_i[30:0];
    right_q1    <= right_d;

    stays_q     <= twice && !raw_i && !shift_i[5] ? 32'hffff_ffff >> shift_i[4:0] : 32'hffff_ffff;

    magnitude_q <= (negative ? -sum_q : sum_q) & stays_q;
    negative_q2 <= negative;
    mult_q2     <= mult_q1;
    right_q2    <= right_q1;
  end

  // ---------------------------------------------------------------- 3: four partial products; 4, 5: their sum

  wire [33:0] low_d, mid_a_d, mid_b_d, high_d;
  reg  [31:0] low_q3, mid_a_q3, mid_b_q3, high_q3;
  reg  [31:0] low_q4, high_q4;
  reg  [32:0] mid_q4;
  reg  [63:0] product_q;

  lac_mul #(
    .A_W       (17),
    .B_W       (17),
    .ARRAY     (MADE)
  ) u_mul_low (
    .a_i       ({1'b0, magnitude_q[15:0]}),
    .b_i       ({1'b0, mult_q2[15:0]}),
    .product_o (low_d)
  );

  lac_mul #(
    .A_W       (17),
    .B_W       (17),
    .ARRAY     (MADE)
  ) u_mul_mid_a (
    .a_i       ({1'b0, magnitude_q[31:16]}),
    .b_i       ({1'b0, mult_q2[15:0]}),
    .product_o (mid_a_d)
  );

  lac_mul #(
    .A_W       (17),
    .B_W       (17),
    .ARRAY     (MADE)
  ) u_mul_mid_b (
    .a_i       ({1'b0, magnitude_q[15:0]}),
    .b_i       ({2'b00, mult_q2[30:16]}),
    .product_o (mid_b_d)
  );

  lac_mul #(
    .A_W       (17),
    .B_W       (17),
    .ARRAY     (MADE)
  ) u_mul_high (
    .a_i       ({1'b0, magnitude_q[31:16]}),
    .b_i       ({2'b00, mult_q2[30:16]}),
    .product_o (high_d)
  );

  // Where a shift to the right follows, TensorFlow Lite rounds at bit 31 of the product first: half of that bit is
  // added to the middle.
  wire half_below = twice && (right_q3[5] || &right_q3[4:0]);

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
    mid_q4      <= {1'b0, mid_a_q3} + {1'b0, mid_b_q3} + {18'd0, half_below, 14'd0};
    negative_q4 <= negative_q3;
    right_q4    <= right_q3;

    product_q   <= {high_q4, low_q4} + {15'd0, mid_q4, 16'd0};
    negative_q5 <= negative_q4;
    right_q5    <= right_q4;
  end

  // ---------------------------------------------------------------- 6: shift, saturate; 7: round

  // Twice the magnitude, step by step, so that bits which fall off are seen on their way.
  wire [63:0] by_32   = right_q5[5] ? {32'd0, product_q[63:32]} : product_q;
  wire [63:0] by_16   = right_q5[4] ? {16'd0, by_32[63:16]}     : by_32;
  wire [63:0] by_8    = right_q5[3] ? {8'd0,  by_16[63:8]}      : by_16;
  wire [63:0] by_4    = right_q5[2] ? {4'd0,  by_8[63:4]}       : by_8;
  wire [63:0] by_2    = right_q5[1] ? {2'd0,  by_4[63:2]}       : by_4;
  wire [63:0] shifted = right_q5[0] ? {1'd0,  by_2[63:1]}       : by_2;
  wire        rest    = |({|product_q[31:0], |by_32[15:0], |by_16[7:0], |by_8[3:0], |by_4[1:0], by_2[0]} & right_q5);
  reg  [31:0] shifted_q;
  reg         up_q;         // whether half a unit goes up
  reg  [32:0] rounded_q;    // at most 2^32; above 2^31 it no longer matters how far

  // Whether exactly one half goes up in magnitude. In two steps: what is a tie here was one of the first step, whose
  // half was added above or is the one at hand; that rounds up, a negative one to the smaller magnitude. A tie of the
  // second step alone has a rest.
  wire        tie_up  = even ? shifted[1] : !(twice && negative_q5);

  always @(posedge clk_i) begin
    shifted_q   <= shifted[32:1] | {32{|shifted[63:33]}};
    up_q        <= shifted[0] && (rest || tie_up);
    negative_q6 <= negative_q5;

    rounded_q   <= {1'b0, shifted_q} + {32'd0, up_q};
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
