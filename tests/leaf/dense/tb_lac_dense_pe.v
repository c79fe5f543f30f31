// variants: -Ptb.LANES=16 -Ptb.ARRAY=1 -Ptb.TILES=3 | -Ptb.LANES=16 -Ptb.ARRAY=0
// variants: -Ptb.LANES=1 -Ptb.ARRAY=1 -Ptb.TILES=6 | -Ptb.LANES=8 -Ptb.A_W=9 -Ptb.ARRAY=1 -Ptb.TILES=3
// variants: -Ptb.LANES=2 -Ptb.A_W=4 -Ptb.B_W=4 -Ptb.ARRAY=1 -Ptb.TILES=6
// variants: -Ptb.LANES=2 -Ptb.A_W=17 -Ptb.B_W=16 -Ptb.ARRAY=1 -Ptb.TILES=3
// variants: -Ptb.LANES=64 -Ptb.A_W=17 -Ptb.B_W=16 -Ptb.ARRAY=0 -Ptb.TILES=25
// lint lac_dense_array: -GROWS=1 -GCOLUMNS=1 | -GROWS=2 -GCOLUMNS=3 -GLANES=4 -GA_W=9 -GB_W=8 -GCOUNT=1 -GARRAY=1
// lint lac_dense_array: -GROWS=3 -GCOLUMNS=1 -GLANES=2
// A column of three PEs works on random tiles with bubbles between steps and between tiles, and is drained through row
// 0 while the next tile runs. Checked: every drained value, the exact cycle it appears, the drain register holding, and
// nonzero_o in every cycle.

module tb;
  parameter LANES = 16;
  parameter A_W   = 8;
  parameter B_W   = 8;
  parameter ARRAY = 1;
  localparam ROWS = 3;
  parameter TILES = 60;
  localparam LATENCY = 4;
  localparam COUNT_W = $clog2(LANES + 1);

  reg                       clk = 1'b0;
  reg  [ROWS*LANES*A_W-1:0] a;
  reg  [LANES*B_W-1:0]      b;
  reg                       first, last, shift;
  wire [(ROWS+1)*32-1:0]    drain;
  wire [ROWS*COUNT_W-1:0]   nonzero;

  assign drain[ROWS*32 +: 32] = 32'hdead_beef;

  genvar r;
  generate
    for (r = 0; r < ROWS; r = r + 1) begin : gen_row
      lac_dense_pe #(.LANES (LANES), .A_W (A_W), .B_W (B_W), .ACC_W (32), .COUNT (1), .ARRAY (ARRAY)) u_pe (
        .clk_i     (clk),
        .a_i       (a[r*LANES*A_W +: LANES*A_W]),
        .b_i       (b),
        .first_i   (first),
        .last_i    (last),
        .shift_i   (shift),
        .drain_i   (drain[(r+1)*32 +: 32]),
        .drain_o   (drain[r*32 +: 32]),
        .nonzero_o (nonzero[r*COUNT_W +: COUNT_W])
      );
    end
  endgenerate

  always #5 clk = !clk;

  integer errors = 0;
  integer cycle  = 0;
  integer checked = 0;

  // expected sums of finished tiles, and when they must be seen: a queue indexed by tile and row
  reg [63:0] sum     [0:ROWS-1];
  reg [31:0] result  [0:TILES*ROWS-1];
  integer    seen_at [0:TILES-1];
  integer    finished = 0;
  reg [7:0]  count_q [0:2*ROWS-1];

  function [63:0] multiply(input [A_W-1:0] x, input [B_W-1:0] y);   // by shift and add
    integer k;
    reg [63:0] wide;
    begin
      wide     = {{64 - B_W{y[B_W-1]}}, y};
      multiply = 64'd0;
      for (k = 0; k < A_W; k = k + 1) begin
        if (x[k]) multiply = k == A_W - 1 ? multiply - (wide << k) : multiply + (wide << k);
      end
    end
  endfunction

  task check(input [31:0] got, input [31:0] expected, input integer where);
    begin
      checked = checked + 1;
      if (got !== expected) begin
        errors = errors + 1;
        if (errors < 10)
          $display("cycle %0d, place %0d: got %0d, expected %0d", cycle, where, $signed(got), $signed(expected));
      end
    end
  endtask

  // Two cycles after a step its count of effectual lanes is out.
  integer c, cl, effectual;
  always @(posedge clk) begin
    for (c = 0; c < ROWS; c = c + 1) begin
      if (cycle > 3) check(nonzero[c*COUNT_W +: COUNT_W], count_q[ROWS+c], 100 + c);
      count_q[ROWS+c] = count_q[c];
      effectual = 0;
      for (cl = 0; cl < LANES; cl = cl + 1) begin
        effectual = effectual + (a[(c*LANES+cl)*A_W +: A_W] != 0 && b[cl*B_W +: B_W] != 0);
      end
      count_q[c] = effectual;
    end
    cycle = cycle + 1;
  end

  // The drain side: row 0 at once, then a shift and two cycles for each row below.
  integer d, dr;
  initial begin
    shift = 1'b0;
    for (d = 0; d < TILES; d = d + 1) begin
      wait (finished > d);
      while (cycle < seen_at[d]) @(negedge clk);
      for (dr = 0; dr < ROWS; dr = dr + 1) begin
        check(drain[31:0], result[d*ROWS+dr], dr);
        if (dr < ROWS - 1) begin
          shift = 1'b1;
          @(negedge clk);
          shift = 1'b0;
          check(drain[31:0], result[d*ROWS+dr], 10 + dr);   // holds while the shift is on its way
          @(negedge clk);
        end
      end
    end
    if (errors == 0 && checked > TILES) $display("PASS");
    else $display("FAIL: %0d errors in %0d checks", errors, checked);
    $finish;
  end

  integer t, s, steps, row, lane, kind;
  initial begin
    a     = {ROWS * LANES * A_W{1'b0}};
    b     = {LANES * B_W{1'b0}};
    first = 1'b0;
    last  = 1'b0;
    repeat (3) @(negedge clk);
    for (t = 0; t < TILES; t = t + 1) begin
      steps = t % 4 == 0 ? 5 : 5 + $unsigned($random) % 8;
      kind  = t % 5;
      for (s = 0; s < steps; s = s + 1) begin
        for (row = 0; row < ROWS; row = row + 1) begin
          if (s == 0) sum[row] = 64'd0;
          for (lane = 0; lane < LANES; lane = lane + 1) begin
            a[(row*LANES+lane)*A_W +: A_W] = $random & {A_W{$random % 3 != 0}};
            if (row == 0) b[lane*B_W +: B_W] = $random & {B_W{$random % 3 != 0}};
            if (kind == 1) a[(row*LANES+lane)*A_W +: A_W] = 1 << (A_W - 1);
            if (kind == 1) b[lane*B_W +: B_W] = 1 << (B_W - 1);
            sum[row] = sum[row] + multiply(a[(row*LANES+lane)*A_W +: A_W], b[lane*B_W +: B_W]);
          end
        end
        first = s == 0;
        last  = s == steps - 1;
        if (last) begin
          for (row = 0; row < ROWS; row = row + 1) result[t*ROWS+row] = sum[row][31:0];
          seen_at[t] = cycle + LATENCY;
          finished   = t + 1;
        end
        @(negedge clk);
        first = 1'b0;
        last  = 1'b0;
        a     = {ROWS * LANES * A_W{1'b0}};
        if (kind == 2 || kind == 1) repeat ($unsigned($random) % 3) @(negedge clk);
      end
    end
  end

  initial begin
    #200000 $display("FAIL: timeout");
    $finish;
  end
endmodule
