// variants: | -Ptb.LANES=1 -Ptb.SEED=2 | -Ptb.LANES=3 -Ptb.SEED=3 | -Ptb.PERMUTE=1 -Ptb.PANEL_W=5 -Ptb.SEED=4
// variants: -Ptb.LANES=3 -Ptb.PERMUTE=1 -Ptb.SEED=5 | -Ptb.LANES=1 -Ptb.PERMUTE=1 -Ptb.PANEL_W=16 -Ptb.SEED=6
// lint: -GLANES=4 -GLATENCY=9 | -GLANES=1 -GLATENCY=9 | -GLANES=64 -GLATENCY=9
// lint: -GLANES=4 -GLATENCY=9 -GPERMUTE=1 -GPANEL_W=5 | -GLANES=1 -GLATENCY=1 -GPERMUTE=1 -GPANEL_W=16
// Words at random times, with and without column parameters, as int8 and int32, in all three roundings, each lane
// against 64-bit arithmetic on quotient and remainder, in two steps where these are asked for; parameters must be asked
// for with each word, and results come LATENCY cycles later, with PERMUTE beside their panels.
`default_nettype none

module tb;

  parameter LANES   = 4;
  parameter PERMUTE = 0;
  parameter PANEL_W = 1;
  parameter SEED    = 1;

  localparam LATENCY = 9;
  localparam WORDS   = 200;

  reg                 clk = 1'b0;
  reg                 rst = 1'b1;
  reg                 params, permute, narrow, c_valid;
  reg  [1:0]          rounding;
  reg  [7:0]          zero;
  reg  [31:0]         min, max;
  reg  [LANES*32-1:0] c_data;
  wire                p_ready, out_valid;
  reg  [LANES*96-1:0] p_data;
  wire [LANES*32-1:0] out_data;
  wire [LANES*PANEL_W-1:0] out_panel;

  lac_epilogue #(
    .LANES   (LANES),
    .LATENCY (LATENCY),
    .PERMUTE (PERMUTE),
    .PANEL_W (PANEL_W)
  ) u_dut (
    .clk_i       (clk),
    .rst_i       (rst),
    .params_i    (params),
    .permute_i   (permute),
    .narrow_i    (narrow),
    .rounding_i  (rounding),
    .zero_i      (zero),
    .min_i       (min),
    .max_i       (max),
    .c_valid_i   (c_valid),
    .c_data_i    (c_data),
    .p_ready_o   (p_ready),
    .p_data_i    (p_data),
    .out_valid_o (out_valid),
    .out_data_o  (out_data),
    .out_panel_o (out_panel)
  );

  always #5 clk = !clk;

  integer seed, run, word, lane, shift, results, nonzero;
  reg                 due [0:WORDS+LATENCY];
  reg  [LANES*32-1:0] expected [0:WORDS+LATENCY];
  reg  [LANES*PANEL_W-1:0] panels [0:WORDS+LATENCY];
  reg  [31:0]         acc, bias, mult, value;
  reg  [15:0]         panel;

  // v / unit to the nearest; a tie: 0 away from zero, 1 to even, 2 up.
  function signed [63:0] divide(input signed [63:0] v, input signed [63:0] unit, input [1:0] tie);
    reg signed [63:0] below, twice;
    begin
      below  = v / unit - (v % unit < 0 ? 1 : 0);
      twice  = 2 * (v - below * unit);
      divide = twice > unit || (twice == unit && (tie == 2 || (tie == 1 ? below[0] : v > 0))) ? below + 1 : below;
    end
  endfunction

  function [31:0] reference(input [31:0] sum, input [31:0] factor, input integer left);
    reg signed [63:0] v, low, high;
    reg signed [31:0] shifted;
    begin
      v    = $signed(sum);
      low  = $signed(min);
      high = $signed(max);
      if (narrow) begin
        shifted = left > 0 ? sum << left : sum;
        if (params && rounding == 2)
          v = divide(divide(shifted * $signed({33'd0, factor[30:0]}), 64'sd1 <<< 31, 2),
                     left < 0 ? 64'sd1 <<< -left : 1, 0);
        else if (params) v = divide(v * $signed({1'b0, factor}), 64'sd1 <<< (31 - left), rounding);
        v = v + $signed(zero);
      end
      if (v < low) v = low;
      else if (v > high) v = high;
      if (narrow && v > 127) v = 127;
      if (narrow && v < -128) v = -128;
      reference = v[31:0];
    end
  endfunction

  task pick;
    begin
      c_valid       = {$random(seed)} % 4 != 0;
      due[word]     = c_valid;
      c_data        = {LANES*32{1'bx}};
      p_data        = {LANES*96{1'bx}};
      expected[word] = 0;
      panels[word]   = 0;
      for (lane = 0; lane < LANES && c_valid; lane = lane + 1) begin
        acc   = $signed($random(seed)) >>> {$random(seed)} % 30;
        bias  = $signed($random(seed)) >>> {$random(seed)} % 30;
        mult  = {$random(seed)} >> 1;
        shift = {$random(seed)} % 40 - 31;
        if (lane % 2 == 0) begin   // ties, and results near them
          acc   = {$random(seed)} % 512 - 256;
          bias  = 0;
          mult  = 32'h4000_0000;
          shift = -({$random(seed)} % 4);
        end
        c_data[lane*32 +: 32] = acc;
        if (params || permute) p_data[lane*96 +: 96] = {$random(seed), mult, bias};
        panel = {$random(seed)} >> {$random(seed)} % 16;
        if (permute) p_data[lane*96+80 +: 16] = panel;
        if (PERMUTE) panels[word][lane*PANEL_W +: PANEL_W] = panel > (1 << PANEL_W) - 1 ? (1 << PANEL_W) - 1 : panel;
        if (params) p_data[lane*96+64 +: 6] = shift;
        value = reference(params ? acc + bias : acc, mult, shift);
        if (value != 0) nonzero = nonzero + 1;
        results = results + 1;
        if (narrow && !PERMUTE) expected[word][lane*8 +: 8] = value; else expected[word][lane*32 +: 32] = value;
      end
    end
  endtask

  initial begin
    seed = SEED;
    {results, nonzero, c_valid, params, permute, narrow, rounding, zero, min, max} = 0;
    repeat (2) @(negedge clk);
    rst = 1'b0;
    for (run = 0; run < 32; run = run + 1) begin
      {params, narrow} = run;
      permute          = PERMUTE && run >= 16;
      rounding         = run / 4 % 3;
      zero = $random(seed);
      min  = run % 8 < 4 ? 32'h8000_0000 : -100;
      max  = run % 8 < 4 ? 32'h7fff_ffff : 90;
      for (word = 0; word < WORDS + LATENCY; word = word + 1) begin
        if (word < WORDS) pick; else c_valid = 1'b0;
        #1;
        if (p_ready !== (c_valid && (params || permute))) begin
          $display("FAIL run %0d word %0d: p_ready %b", run, word, p_ready);
          $finish;
        end
        if (out_valid !== (word >= LATENCY && due[word-LATENCY]) ||
            (out_valid && out_data !== expected[word-LATENCY])) begin
          $display("FAIL run %0d word %0d: got %b %h, expected %h", run, word - LATENCY, out_valid, out_data,
                   expected[word-LATENCY]);
          $finish;
        end
        if (out_valid && (permute || !PERMUTE) && out_panel !== panels[word-LATENCY]) begin
          $display("FAIL run %0d word %0d: got panels %h, expected %h", run, word - LATENCY, out_panel,
                   panels[word-LATENCY]);
          $finish;
        end
        @(negedge clk);
      end
    end
    if (nonzero > results / 4) $display("PASS %0d results", results); else $display("FAIL only %0d nonzero", nonzero);
    $finish;
  end

endmodule

`default_nettype wire
