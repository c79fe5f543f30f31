// variants: | -Ptb.ROWS=1 -Ptb.COLUMNS=1 -Ptb.LANES=1 -Ptb.DEPTH=1
// variants: -Ptb.ROWS=3 -Ptb.COLUMNS=5 -Ptb.LANES=8 -Ptb.DEPTH=9
// variants: -Ptb.ROWS=4 -Ptb.COLUMNS=16 -Ptb.LANES=16 -Ptb.DEPTH=16 -Ptb.JOBS=700
// lint: -GROWS=1 -GCOLUMNS=1 -GLANES=1 -GGIVEN_W=1 -GOUT_W=1 | -GROWS=3 -GCOLUMNS=5 -GLANES=8 -GGIVEN_W=4 -GOUT_W=11
// lint: -GROWS=4 -GCOLUMNS=16 -GLANES=16 -GGIVEN_W=5 -GOUT_W=15
// Random cycles, each of a mode of its own: slots that took something are counted one by one over the whole array, and
// both counts are due three cycles later, where in mode ab the count by PE of that step stands at its input.

module tb;
  parameter ROWS    = 2;
  parameter COLUMNS = 3;
  parameter LANES   = 4;
  parameter DEPTH   = 3;
  parameter JOBS    = 2000;

  localparam GIVEN_W = $clog2(DEPTH + 1);
  localparam SLOTS   = ROWS * COLUMNS * LANES;
  localparam OUT_W   = $clog2(SLOTS * DEPTH + 1);
  localparam LATENCY = 3;

  reg                      clk = 1'b0;
  reg                      rst;
  reg  [1:0]               mode;      // 0 dense, 1 a, 2 b, 3 ab
  reg  [GIVEN_W-1:0]       given;
  reg  [ROWS*LANES-1:0]    by_row;
  reg  [COLUMNS*LANES-1:0] by_column;
  reg  [OUT_W-1:0]         by_pe;
  wire [OUT_W-1:0]         issued, skipped;

  lac_griffin_count #(.ROWS (ROWS), .COLUMNS (COLUMNS), .LANES (LANES), .GIVEN_W (GIVEN_W), .OUT_W (OUT_W)) u_dut (
    .clk_i       (clk),
    .rst_i       (rst),
    .given_i     (given),
    .all_i       (mode == 2'd0),
    .by_row_i    (by_row),
    .by_column_i (by_column),
    .dual_i      (mode == 2'd3),
    .by_pe_i     (by_pe),
    .issued_o    (issued),
    .skipped_o   (skipped)
  );

  always #5 clk = !clk;

  integer errors = 0;
  integer trial, m, n, l, age;
  integer used  [0:LATENCY];   // of the step that many cycles before
  integer total [0:LATENCY];
  reg     dual  [0:LATENCY];

  task draw;
    begin
      mode      = $random;
      given     = $unsigned($random) % 3 == 0 ? 0 : 1 + $unsigned($random) % (mode == 2'd0 ? 1 : DEPTH);
      by_row    = {ROWS * LANES{1'b0}};
      by_column = {COLUMNS * LANES{1'b0}};
      for (l = 0; l < ROWS * LANES; l = l + 1) by_row[l] = mode == 2'd1 && given != 0 && ($random & 3) < trial % 5;
      for (l = 0; l < COLUMNS * LANES; l = l + 1)
        by_column[l] = mode == 2'd2 && given != 0 && ($random & 3) < trial % 5;
      dual[0]  = mode == 2'd3;
      used[0]  = 0;
      total[0] = given * SLOTS;
      for (m = 0; m < ROWS; m = m + 1) for (n = 0; n < COLUMNS; n = n + 1) for (l = 0; l < LANES; l = l + 1) begin
        case (mode)
          2'd0:    used[0] = used[0] + (given != 0);
          2'd1:    used[0] = used[0] + by_row[m*LANES+l];
          2'd2:    used[0] = used[0] + by_column[n*LANES+l];
          default: used[0] = used[0] + (given != 0 && ($random & 1));
        endcase
      end
    end
  endtask

  task check;
    if (issued !== used[LATENCY] || skipped !== total[LATENCY] - used[LATENCY]) begin
      errors = errors + 1;
      if (errors < 10) begin
        $display("trial %0d: issued %0d, skipped %0d, expected %0d of %0d", trial, issued, skipped, used[LATENCY],
                 total[LATENCY]);
      end
    end
  endtask

  initial begin
    for (age = 0; age <= LATENCY; age = age + 1) {used[age], total[age], dual[age]} = 0;
    for (trial = 0; trial < JOBS; trial = trial + 1) begin
      rst = trial % 100 < LATENCY + 1;
      draw;
      if (rst) {used[0], total[0]} = 0;
      if (rst) {given, by_row, by_column} = 0;
      by_pe = dual[LATENCY] ? used[LATENCY] : $random;
      #1 if (trial % 100 > LATENCY) check;
      @(negedge clk);
      for (age = LATENCY; age > 0; age = age - 1) begin
        used[age]  = used[age-1];
        total[age] = total[age-1];
        dual[age]  = dual[age-1];
      end
    end
    if (errors == 0) $display("PASS"); else $display("FAIL: %0d errors", errors);
    $finish;
  end
endmodule
