// variants: -Ptb.SEED=1 | -Ptb.SEED=2 | -DLAC_MUL_ARRAY -Ptb.RUNS=4 -Ptb.RESULTS=20
// A stream of results without a gap, random, extreme and exact ties, against 64-bit arithmetic on quotient and remainder.

module tb;
  parameter SEED    = 1;
  localparam LATENCY = 9;
  parameter RUNS    = 40;
  parameter RESULTS = 300;

  reg         clk = 1'b0;
  reg  [31:0] acc, bias, mult, min, max;
  reg  [5:0]  shift;
  reg  [7:0]  zero;
  reg         raw;
  wire [31:0] out;

  lac_requant u_dut (
    .clk_i   (clk),
    .acc_i   (acc),
    .bias_i  (bias),
    .mult_i  (mult),
    .shift_i (shift),
    .zero_i  (zero),
    .min_i   (min),
    .max_i   (max),
    .raw_i   (raw),
    .out_o   (out)
  );

  always #5 clk = !clk;

  reg [31:0] expected [0:RESULTS-1];
  integer    errors = 0, seed, run, i, nonzero_results = 0;

  // Quotient and remainder of the magnitude, tie upwards, sign put back, then the clamps in their order.
  function [31:0] reference(input [31:0] sum, input integer left);
    reg signed [63:0] value, unit, remainder, low, high;
    begin
      value = $signed(sum);
      low   = $signed(min);
      high  = $signed(max);
      if (!raw) begin
        value = value * $signed({1'b0, mult});
        if (31 - left >= 1) begin
          unit      = 64'sd1 <<< (31 - left);
          remainder = value % unit;
          value     = value / unit;
          if (remainder >= unit - remainder) value = value + 1;
          if (-remainder >= unit + remainder) value = value - 1;
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
          if (errors < 10) $display("run %0d result %0d: got %0d, expected %0d", run, i - LATENCY, $signed(out), $signed(expected[i-LATENCY]));
        end
        if (i < RESULTS) pick(i);
      end
    end
    if (errors == 0 && nonzero_results > RUNS * RESULTS / 4) $display("PASS"); else $display("FAIL: %0d errors", errors);
    $finish;
  end
endmodule
