// variants: -Ptb.SEED=1 | -Ptb.SEED=2 | -Ptb.ARRAY=1 -Ptb.RUNS=5 -Ptb.RESULTS=20
// A stream of results without a gap, random, extreme and exact ties, in all three roundings: to the nearest against
// 64-bit arithmetic on quotient and remainder, TensorFlow Lite's against its two steps, each on a 64-bit number with a
// sign.

module tb;
  parameter SEED    = 1;
  parameter ARRAY   = 0;
  localparam LATENCY = 9;
  parameter RUNS    = 60;
  parameter RESULTS = 300;

  reg         clk = 1'b0;
  reg  [31:0] acc, bias, mult, min, max;
  reg  [5:0]  shift;
  reg  [7:0]  zero;
  reg         raw;
  reg  [1:0]  rounding;
  wire [31:0] out;

  lac_requant #(.ARRAY (ARRAY)) u_dut (
    .clk_i      (clk),
    .acc_i      (acc),
    .bias_i     (bias),
    .mult_i     (mult),
    .shift_i    (shift),
    .zero_i     (zero),
    .min_i      (min),
    .max_i      (max),
    .raw_i      (raw),
    .rounding_i (rounding),
    .out_o      (out)
  );

  always #5 clk = !clk;

  reg [31:0] expected [0:RESULTS-1];
  integer    errors = 0, seed, run, i, nonzero_results = 0;

  // The upper half of twice the product, of which 2^30 - 1 or 2^30 was added before it was cut; then a division by
  // 2^right: what is cut off counts if it is more than half, of negative numbers, whose cut went down, if it is more
  // than half and a bit.
  function signed [63:0] in_two_steps(input [31:0] sum, input integer left);
    reg signed [31:0] shifted;
    reg signed [63:0] product, high, mask, threshold;
    integer           right;
    begin
      shifted   = left > 0 ? sum << left : sum;
      right     = left > 0 ? 0 : -left;
      product   = shifted * $signed({33'd0, mult[30:0]});
      high      = (product + (product >= 0 ? 64'sd1 <<< 30 : 64'sd1 - (64'sd1 <<< 30))) / (64'sd1 <<< 31);
      mask      = (64'sd1 <<< right) - 64'sd1;
      threshold = (mask >>> 1) + (high < 0 ? 64'sd1 : 64'sd0);
      in_two_steps = (high >>> right) + ((high & mask) > threshold ? 64'sd1 : 64'sd0);
    end
  endfunction

  // Quotient and remainder of the magnitude, tie upwards or to the even one, sign put back, then the clamps in their
  // order.
  function [31:0] reference(input [31:0] sum, input integer left);
    reg signed [63:0] value, unit, remainder, low, high;
    reg               odd;
    begin
      value = $signed(sum);
      low   = $signed(min);
      high  = $signed(max);
      if (!raw && rounding == 2) begin
        value = in_two_steps(sum, left) + $signed(zero);
      end else if (!raw) begin
        value = value * $signed({1'b0, mult});
        if (31 - left >= 1) begin
          unit      = 64'sd1 <<< (31 - left);
          remainder = value % unit;
          value     = value / unit;
          odd       = value[0] || rounding == 0;
          if (remainder > unit - remainder || (remainder == unit - remainder && odd)) value = value + 1;
          if (-remainder > unit + remainder || (-remainder == unit + remainder && odd)) value = value - 1;
        end
        value = value + $signed(zero);
      end
      if (value < low) value = low;
      else if (value > high) value = high;
      if (!raw && value > 127) value = 127;
      if (!raw && value < -128) value = -128;
      reference = value[31:0];
    end
  endfunction

  task pick(input integer n);
    integer left;
    begin
      left = $unsigned($random(seed)) % 62 - 31;
      acc  = $random(seed);
      bias = $random(seed);
      mult = $unsigned($random(seed)) >> 1;
      if (n % 4 == 0) begin   // typical layer
        acc  = acc >>> 14;
        bias = $signed(bias) >>> 18;
        mult = mult | 32'h4000_0000;
        left = -($unsigned($random(seed)) % 12);
      end else if (n % 4 == 1) begin   // exact ties: an odd number of halves
        acc  = $signed(acc) >>> 20 | 1;
        bias = 0;
        mult = 32'h4000_0000;
        left = n % 8 == 1 ? 0 : -1;
      end else if (n % 16 == 2) begin
        acc  = n % 32 == 2 ? 32'h8000_0000 : 32'h7fff_ffff;
        bias = 0;
        mult = 32'h7fff_ffff;
      end else if (n % 16 == 6) begin   // far beyond 32 bits, all low bits zero
        acc  = 32'd1 << (n / 16 % 31);
        bias = 0;
        mult = 32'h4000_0000;
        left = 30;
      end else if (n % 16 == 3) begin
        mult = 0;
      end else if (n % 16 == 7) begin   // ties of the first or of the second of two steps, or next to one
        acc  = (n % 32 == 7 ? 1 : -1) * ((1 << n / 32 % 8) + n / 16 % 3 - 1);
        bias = 0;
        mult = n % 3 == 0 ? 32'h4000_0000 : 32'h7fff_ffff - n % 2 * 32'h0100_0000;
        left = -(n / 32 % 9);
      end else if (n % 16 == 10) begin   // about the ends of 32 bits once shifted
        left = $unsigned($random(seed)) % 31;
        acc  = (n % 32 == 10 ? 32'h8000_0000 : 32'h4000_0000) >> left;
        acc  = (n % 3 == 0 ? -acc : acc) + n / 16 % 3 - 1;
        bias = 0;
      end else if (n % 16 == 15) begin   // half a unit and one bit somewhere below it
        left = -1 - {$random(seed)} % 30;
        acc  = (32'd1 << -left) + (n % 3 == 0 ? 32'd1 << {$random(seed)} % -left : 32'd0);
        acc  = n % 32 == 15 ? acc : -acc;
        bias = 0;
        mult = 32'h4000_0000 + (n % 3 == 1 ? 32'd1 << {$random(seed)} % 30 : 32'd0);
      end else if (n % 16 == 14) begin   // a shift of 0, -31, 30, the smallest and the largest sum
        left = n % 3 == 0 ? 0 : n % 3 == 1 ? -31 : 30;
        acc  = n % 32 == 14 ? 32'h8000_0000 : 32'h7fff_ffff;
        bias = 0;
        mult = n % 5 == 0 ? 32'h4000_0000 : 32'h7fff_ffff;
      end
      shift = left;
      expected[n] = reference(acc + bias, left);
      if (expected[n] != 0) nonzero_results = nonzero_results + 1;
    end
  endtask

  initial begin
    seed = SEED;
    for (run = 0; run < RUNS; run = run + 1) begin
      raw  = run % 4 == 3;
      rounding = run % 5 == 4 ? 1 : run % 5 > 1 ? 2 : 0;
      zero = $random(seed);
      min  = run % 3 == 0 ? 32'h8000_0000 : run % 3 == 1 ? -100 : $signed($random(seed)) >>> 25;
      max  = run % 3 == 0 ? 32'h7fff_ffff : run % 3 == 1 ? 90 : min + 60;
      if (raw && run % 8 == 3) begin
        min = 32'hc000_0000;
        max = 32'h3fff_ffff;
      end
      for (i = 0; i < RESULTS + LATENCY; i = i + 1) begin
        @(negedge clk);
        if (i >= LATENCY && out !== expected[i-LATENCY]) begin
          errors = errors + 1;
          if (errors < 10)
            $display("run %0d result %0d: got %0d, expected %0d", run, i - LATENCY, $signed(out),
                     $signed(expected[i-LATENCY]));
        end
        if (i < RESULTS) pick(i);
      end
    end
    if (errors == 0 && nonzero_results > RUNS * RESULTS / 4) $display("PASS");
    else $display("FAIL: %0d errors", errors);
    $finish;
  end
endmodule
