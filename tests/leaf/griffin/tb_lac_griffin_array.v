// variants: -Ptb.RUN_ON=1 -Ptb.STEPS=80 | -Ptb.ARRAY=1 -Ptb.RUN_ON=1 -Ptb.ROWS=1 -Ptb.LANES=2 -Ptb.STEPS=80
// variants: -Ptb.ROWS=3 -Ptb.COLUMNS=4 -Ptb.LANES=4 -Ptb.A_D1=3 -Ptb.A_D2=2 -Ptb.A_D3=2 -Ptb.B_D1=3 -Ptb.B_D2=2,
// variants: -Ptb.B_D3=3 -Ptb.AB_A1=1 -Ptb.AB_A2=1 -Ptb.AB_B1=2 -Ptb.AB_B2=1 -Ptb.AB_B3=2 -Ptb.RUN_ON=1 -Ptb.STEPS=30
// variants: -Ptb.LANES=2 -Ptb.HAS_B=0 -Ptb.HAS_AB=0 -Ptb.A_W=9 -Ptb.STEPS=150
// variants: -Ptb.LANES=4 -Ptb.HAS_A=0 -Ptb.HAS_AB=0 -Ptb.B_D1=2 -Ptb.B_D2=3 -Ptb.B_D3=0 -Ptb.A_W=4 -Ptb.B_W=4,
// variants: -Ptb.STEPS=150
// variants: -Ptb.LANES=4 -Ptb.HAS_A=0 -Ptb.HAS_B=0 -Ptb.AB_A1=3 -Ptb.AB_A2=2 -Ptb.AB_B2=3 -Ptb.A_W=17 -Ptb.B_W=16,
// variants: -Ptb.WRAP=0 -Ptb.STEPS=25
// variants: -Ptb.LANES=1 -Ptb.A_D2=0 -Ptb.STEPS=200
// lint lac_griffin_pe: -GLANES=16 -GA_W=8 -GB_W=8 -GHAS_A=1 -GHAS_B=1 -GHAS_AB=1 -GA_D1=2 -GA_D2=1 -GA_D3=1 -GB_D1=8,
// lint lac_griffin_pe: -GB_D3=1 -GAB_A1=2 -GAB_B1=2 -GAB_B3=1 -GCOUNT=1 -GRUN_ON=1 -GARRAY=1
// lint lac_griffin_pe: -GLANES=16 -GA_W=8 -GB_W=8 -GHAS_A=1 -GHAS_B=1 -GHAS_AB=1 -GA_D1=2 -GA_D2=1 -GA_D3=1 -GB_D1=8,
// lint lac_griffin_pe: -GB_D3=1 -GAB_A1=2 -GAB_B1=2 -GAB_B3=1
// lint lac_griffin_pe: -GLANES=8 -GA_W=9 -GB_W=8 -GHAS_A=1 -GA_D1=2 -GA_D2=1 -GA_D3=1
// lint lac_griffin_pe: -GLANES=8 -GA_W=9 -GB_W=8 -GHAS_B=1 -GB_D1=2 -GB_D2=1 -GCOUNT=1
// lint lac_griffin_pe: -GLANES=8 -GA_W=9 -GB_W=8 -GHAS_AB=1 -GAB_A1=1 -GAB_A2=1 -GAB_B1=1 -GAB_B2=1 -GAB_B3=2,
// lint lac_griffin_pe: -GCOUNT=1
// lint lac_griffin_pe: -GLANES=1 -GA_W=2 -GB_W=2 | -GLANES=8 -GA_W=8 -GB_W=8 -GHAS_AB=1 -GAB_A1=7 -GAB_A2=1 -GAB_B1=1,
// lint lac_griffin_pe: -GAB_B3=1
// lint lac_griffin_pe: -GLANES=8 -GA_W=8 -GB_W=8 -GHAS_AB=1 -GAB_A1=2 -GAB_A2=7 -GAB_B1=1 -GAB_B3=1
// lint: -GROWS=2 -GCOLUMNS=3 -GLANES=4 -GHAS_A=1 -GHAS_B=1 -GHAS_AB=1 -GA_D1=2 -GA_D2=1 -GA_D3=1 -GB_D1=3 -GB_D3=2,
// lint: -GAB_A1=2 -GAB_B1=1 -GAB_B3=1 -GCOUNT=1 -GRUN_ON=1 -GWRAP=1
// lint: -GROWS=2 -GLANES=8 -GA_W=9 -GHAS_A=1 -GA_D1=2 -GA_D2=1 -GA_D3=1
// lint: -GCOLUMNS=3 -GLANES=8 -GHAS_B=1 -GB_D1=2 -GB_D2=1 -GB_D3=1 -GCOUNT=1
// lint: -GCOLUMNS=2 -GLANES=2 -GHAS_AB=1 -GAB_A1=1 -GAB_A2=1 -GAB_B1=1 -GAB_B2=1 -GAB_B3=1
// The array with its row arbiter and row spread takes random steps in random modes on random windows, weights and
// codes, tile after tile. Checked against docs/engines/griffin.md written slot by slot: what words have work left, who
// works, every sum of every tile at its cycle, the way of the sums through row 0, and all counts of every step.

module tb;
  parameter ROWS    = 2;
  parameter COLUMNS = 3;
  parameter LANES   = 8;
  parameter A_W     = 8;
  parameter B_W     = 8;
  parameter HAS_A   = 1;
  parameter HAS_B   = 1;
  parameter HAS_AB  = 1;
  parameter A_D1    = HAS_A * 2;
  parameter A_D2    = HAS_A;
  parameter A_D3    = HAS_A;
  parameter B_D1    = HAS_B * 8;
  parameter B_D2    = 0;
  parameter B_D3    = HAS_B;
  parameter AB_A1   = HAS_AB * 2;
  parameter AB_A2   = 0;
  parameter AB_B1   = HAS_AB * 2;
  parameter AB_B2   = 0;
  parameter AB_B3   = HAS_AB;
  parameter RUN_ON  = 0;
  parameter WRAP    = 1;
  parameter ARRAY   = 0;
  parameter STEPS   = 150;

  localparam LATENCY = 5;

  localparam HAS_AIM   = HAS_B > HAS_AB ? HAS_B : HAS_AB;
  localparam FIRST     = 1 + (B_D1 > AB_B1 ? B_D1 : AB_B1);
  localparam SIDES     = 1 + (B_D2 > AB_B2 ? B_D2 : AB_B2);
  localparam D3        = B_D3 > AB_B3 ? B_D3 : AB_B3;
  localparam DIST_W    = $clog2(FIRST);
  localparam SIDE_W    = $clog2(SIDES);
  localparam CODE_W    = DIST_W + SIDE_W + $clog2(1 + D3);
  localparam CODE_W1   = CODE_W > 0 ? CODE_W : 1;
  localparam WORDS     = 1 + (A_D1 > AB_A1 ? A_D1 : AB_A1);
  localparam LATER     = AB_A1 > 1 ? AB_A1 : 1;
  localparam ROW_LATER = A_D1 > 1 ? A_D1 : 1;
  localparam DUALS     = (1 + AB_A1) * (1 + AB_B1);
  localparam BASE_W    = $clog2(1 + DUALS);
  localparam TAKES     = 1 + A_D1 * (1 + A_D2) * (1 + A_D3);
  localparam CHOICES   = 1 + A_D1 * (1 + A_D2);
  localparam DEPTH     = 1 + B_D1 > DUALS ? 1 + B_D1 : DUALS;
  localparam SEEN      = 1 + A_D1 > DEPTH ? 1 + A_D1 : DEPTH;   // steps of A that any mode sees
  localparam SPREAD    = TAKES > SEEN ? TAKES : SEEN;
  localparam DISTANCES = SEEN > 2 ? SEEN - 1 : 1;
  localparam KINDS     = DISTANCES + 3;   // of counts of a PE: nonzero, borrowed by distance, aside, abroad
  localparam COUNT_W   = $clog2(LANES + 1);
  localparam PES       = ROWS * COLUMNS;

  reg clk = 1'b0;
  reg rst = 1'b1;
  always #5 clk = !clk;

  // ---------------------------------------------------------------- the array

  // stage S
  reg  [1:0]                              mode;      // 0 dense, 1 a, 2 b, 3 ab
  reg  [WORDS*COLUMNS*LANES-1:0]          nz;        // in the window and not zero
  reg  [WORDS*COLUMNS*LANES*CODE_W1-1:0]  code;
  reg  [LATER*BASE_W-1:0]                 base;
  reg  [ROWS*SEEN*LANES*A_W-1:0]          steps;
  reg  [ROWS*SEEN*LANES-1:0]              a_nz;
  reg  [WORDS-1:0]                        inside;
  reg  [WORDS-1:0]                        given;
  // stage D
  wire [ROWS*SPREAD*LANES*A_W-1:0]        spread;
  reg  [ROWS*SPREAD*LANES*A_W-1:0]        window_q;
  reg  [WORDS*COLUMNS*LANES*B_W-1:0]      b, b_q;
  reg                                     first, last, straddle, first_q, last_q, straddle_q, single_q, row_q, shift;

  wire [ROW_LATER-1:0]                    row_more;
  wire [ROWS-1:0]                         row_busy;
  wire [ROWS*TAKES*LANES-1:0]             row_take;
  wire [ROWS*CHOICES*LANES-1:0]           row_word;
  wire [ROWS*(A_D3 > 1 ? A_D3 : 1)*LANES-1:0] row_across;
  wire [LATER-1:0]                        pe_more;
  wire [PES-1:0]                          busy;
  wire [COLUMNS*32-1:0]                   drain;
  wire [PES*KINDS*COUNT_W-1:0]            counts;

  wire [ROWS*(1+A_D1)*LANES-1:0] row_pending;

  lac_row_spread #(.ROWS (ROWS), .LANES (LANES), .W (A_W), .STEPS (SEEN), .PLACES (SPREAD), .D1 (A_D1), .D2 (A_D2),
                   .D3 (A_D3)) u_spread (
    .row_i    (mode == 2'd1 || HAS_AIM == 0),
    .steps_i  (steps),
    .places_o (spread)
  );

  lac_row_arbiter #(.ROWS (ROWS), .LANES (LANES), .D1 (A_D1), .D2 (A_D2), .D3 (A_D3)) u_row_arbiter (
    .clk_i     (clk),
    .rst_i     (rst),
    .nonzero_i (row_pending),
    .more_o    (row_more),
    .busy_o    (row_busy),
    .given_i   (given[A_D1:0]),
    .take_o    (row_take),
    .word_o    (row_word),
    .across_o  (row_across)
  );

  always @(posedge clk) begin
    window_q   <= spread;
    b_q        <= b;
    single_q   <= |given && (mode == 2'd0 || mode == 2'd2);
    row_q      <= |given && mode == 2'd1;
    first_q    <= first;
    last_q     <= last;
    straddle_q <= straddle;
  end

  genvar r, j;
  generate
    for (r = 0; r < ROWS; r = r + 1) begin : gen_row
      for (j = 0; j <= A_D1; j = j + 1) begin : gen_word
        assign row_pending[(r*(1+A_D1)+j)*LANES +: LANES] =
            a_nz[(r*SEEN+j)*LANES +: LANES] & {LANES{inside[j] && mode == 2'd1}};
      end
    end
  endgenerate

  lac_griffin_array #(
    .ROWS (ROWS), .COLUMNS (COLUMNS), .WRAP (WRAP), .LANES (LANES), .A_W (A_W), .B_W (B_W),
    .HAS_A (HAS_A), .HAS_B (HAS_B), .HAS_AB (HAS_AB),
    .A_D1 (A_D1), .A_D2 (A_D2), .A_D3 (A_D3), .B_D1 (B_D1), .B_D2 (B_D2), .B_D3 (B_D3),
    .AB_A1 (AB_A1), .AB_A2 (AB_A2), .AB_B1 (AB_B1), .AB_B2 (AB_B2), .AB_B3 (AB_B3),
    .RUN_ON (RUN_ON), .COUNT (1), .ARRAY (ARRAY)
  ) u_array (
    .clk_i        (clk),
    .rst_i        (rst),
    .dual_i       (mode == 2'd3),
    .by_column_i  (mode == 2'd2),
    .weights_i    (nz[(1+AB_A1)*COLUMNS*LANES-1:0]),
    .code_i       (code[(1+AB_A1)*COLUMNS*LANES*CODE_W1-1:0]),
    .base_i       (base),
    .nonzero_i    (a_nz),
    .row_busy_i   (row_busy),
    .more_o       (pe_more),
    .busy_o       (busy),
    .given_i      (given[AB_A1:0]),
    .single_i     (single_q),
    .row_i        (row_q),
    .row_take_i   (row_take),
    .row_word_i   (row_word),
    .row_across_i (row_across),
    .window_i     (window_q),
    .b_i          (b_q),
    .first_i      (first_q),
    .last_i       (last_q),
    .straddle_i   (straddle_q),
    .shift_i      (shift),
    .drain_o      (drain),
    .counts_o     (counts)
  );

  // ---------------------------------------------------------------- the same, slot by slot

  integer errors  = 0;
  integer checked = 0;

  task check(input [63:0] got, input [63:0] expected, input integer what, input integer where);
    begin
      checked = checked + 1;
      if (got !== expected) begin
        errors = errors + 1;
        if (errors < 10) begin
          $display("step %0d mode %0d, check %0d, place %0d: got %0d, expected %0d", step_no, mode, what, where, got,
                   expected);
        end
      end
    end
  endtask

  reg signed [63:0] acc   [0:PES-1];
  reg signed [63:0] ahead [0:PES-1];   // of the next tile
  reg [31:0]        sums  [0:(LATENCY+1)*PES-1];   // finished, by age
  reg               ended [0:LATENCY];

  // what has been done: mode a by row, mode ab by PE
  reg done_row [0:WORDS*ROWS*LANES-1];
  reg done_pe  [0:WORDS*PES*LANES-1];
  reg wait_row [0:WORDS*ROWS*LANES-1];   // still to do
  reg wait_pe  [0:WORDS*PES*LANES-1];

  integer e1   [0:WORDS*COLUMNS*LANES-1];
  integer e2   [0:WORDS*COLUMNS*LANES-1];
  integer e3   [0:WORDS*COLUMNS*LANES-1];
  integer start[0:WORDS-1];

  integer expect_nonzero  [0:3*PES-1];    // by age
  integer expect_borrowed [0:3*PES*DISTANCES-1];
  integer expect_aside    [0:3*PES-1];
  integer expect_abroad   [0:3*PES-1];

  function signed [63:0] a_at(input integer row, input integer step, input integer lane);
    reg signed [A_W-1:0] value;
    begin
      value = steps[((row*SEEN+step)*LANES+lane%LANES)*A_W +: A_W];
      a_at  = value;
    end
  endfunction

  function signed [63:0] b_at(input integer word, input integer column, input integer lane);
    reg signed [B_W-1:0] value;
    begin
      value = b[((word*COLUMNS+column)*LANES+lane%LANES)*B_W +: B_W];
      b_at  = value;
    end
  endfunction

  // A multiplication of the PE (row, column): operands, where the sum goes, how far A was.
  task multiply(input integer row, input integer column, input signed [63:0] x, input signed [63:0] y, input integer to,
                input next_tile, input counts, input integer dist, input integer side);
    integer pe;
    begin
      pe = row * COLUMNS + column;
      if (next_tile) ahead[pe] = ahead[pe] + x * y;
      else           acc[to] = acc[to] + x * y;
      if (x != 0 && y != 0) expect_nonzero[pe] = expect_nonzero[pe] + 1;
      if (counts) begin
        if (dist > 0) expect_borrowed[pe*DISTANCES+dist-1] = expect_borrowed[pe*DISTANCES+dist-1] + 1;
        if (side > 0) expect_aside[pe] = expect_aside[pe] + 1;
        if (to != pe && !next_tile) expect_abroad[pe] = expect_abroad[pe] + 1;
      end
    end
  endtask

  // With one row, or a distance of as many rows as there are, the neighbour is the PE itself.
  integer m, n, l, w, d1, d2, d3, at, from, any, k;
  reg     free;

  task step_dense;
    for (m = 0; m < ROWS; m = m + 1) for (n = 0; n < COLUMNS; n = n + 1) for (l = 0; l < LANES; l = l + 1) begin
      multiply(m, n, nz[n*LANES+l] || HAS_AIM == 0 ? a_at(m, 0, l) : 64'd0, b_at(0, n, l),
               m * COLUMNS + n, 1'b0, 1'b0, 0, 0);
    end
  endtask

  task step_b;
    for (m = 0; m < ROWS; m = m + 1) for (n = 0; n < COLUMNS; n = n + 1) for (l = 0; l < LANES; l = l + 1) begin
      at = n * LANES + l;
      if (nz[at]) begin
        multiply(m, n, a_at(m, e1[at], l + e2[at]), b_at(0, n, l),
                 m * COLUMNS + (n + (straddle ? 0 : e3[at])) % COLUMNS,
                 straddle && e3[at] == 1, 1'b1, e1[at], e2[at]);
      end
    end
  endtask

  task step_a;
    begin
      for (w = 0; w <= A_D1; w = w + 1) for (m = 0; m < ROWS; m = m + 1) for (l = 0; l < LANES; l = l + 1) begin
        wait_row[(w*ROWS+m)*LANES+l] = inside[w] && a_at(m, w, l) != 0 && !done_row[(w*ROWS+m)*LANES+l];
      end
      for (m = 0; m < ROWS; m = m + 1) for (l = 0; l < LANES; l = l + 1) begin
        slot_used[m*LANES+l] = wait_row[m*LANES+l];
        if (wait_row[m*LANES+l]) take_row(m, l, 0, 0, 0);
      end
      for (d1 = 1; d1 <= A_D1; d1 = d1 + 1)
        for (d3 = 0; d3 <= A_D3; d3 = d3 + 1)
          for (d2 = 0; d2 <= A_D2; d2 = d2 + 1) begin
            for (m = 0; m < ROWS; m = m + 1) for (l = 0; l < LANES; l = l + 1) begin
              from = (d1 * ROWS + (m + d3) % ROWS) * LANES + (l + d2) % LANES;
              if (!slot_used[m*LANES+l] && wait_row[from]) take_row(m, l, d1, d2, d3);
            end
          end
    end
  endtask

  reg slot_used [0:PES*LANES-1];

  task take_row(input integer row, input integer lane, input integer dist, input integer side, input integer far);
    integer column, to;
    begin
      slot_used[row*LANES+lane] = 1'b1;
      to = (row + far) % ROWS;
      wait_row[(dist*ROWS+to)*LANES+(lane+side)%LANES] = 1'b0;
      done_row[(dist*ROWS+to)*LANES+(lane+side)%LANES] = 1'b1;
      for (column = 0; column < COLUMNS; column = column + 1) begin
        multiply(row, column, a_at(to, dist, lane + side), b_at(dist, column, lane + side), to * COLUMNS + column, 1'b0,
                 1'b1, dist, side);
        // a row that is its own neighbour counts as another PE too
        if (far > 0 && to == row) expect_abroad[row*COLUMNS+column] = expect_abroad[row*COLUMNS+column] + 1;
      end
    end
  endtask

  task step_ab;
    for (m = 0; m < ROWS; m = m + 1) for (n = 0; n < COLUMNS; n = n + 1) begin
      k = m * COLUMNS + n;
      for (w = 0; w <= AB_A1; w = w + 1) for (l = 0; l < LANES; l = l + 1) begin
        at = (w * COLUMNS + n) * LANES + l;
        wait_pe[(w*PES+k)*LANES+l] = nz[at] && a_at(m, start[w] + e1[at], l + e2[at]) != 0 &&
                                     !done_pe[(w*PES+k)*LANES+l];
      end
      for (l = 0; l < LANES; l = l + 1) slot_used[k*LANES+l] = 1'b0;
      for (d1 = 0; d1 <= AB_A1; d1 = d1 + 1) for (d2 = 0; d2 <= (d1 == 0 ? 0 : AB_A2); d2 = d2 + 1) begin
        for (l = 0; l < LANES; l = l + 1) begin
          at = (d1 * COLUMNS + n) * LANES + (l + d2) % LANES;
          if (!slot_used[k*LANES+l] && wait_pe[(d1*PES+k)*LANES+(l+d2)%LANES]) begin
            slot_used[k*LANES+l] = 1'b1;
            wait_pe[(d1*PES+k)*LANES+(l+d2)%LANES] = 1'b0;
            done_pe[(d1*PES+k)*LANES+(l+d2)%LANES] = 1'b1;
            multiply(m, n, a_at(m, start[d1] + e1[at], l + d2 + e2[at]), b_at(d1, n, l + d2),
                     m * COLUMNS + (n + e3[at]) % COLUMNS,
                     1'b0, 1'b1, start[d1] + e1[at], d2 + e2[at]);
          end
        end
      end
    end
  endtask

  // Words that have work left must say so; then as many are given up as have none, one after the other.
  task check_more;
    begin
      any = 0;   // words given up, less one
      for (w = 1; w < WORDS; w = w + 1) begin
        from = 0;
        if (mode == 2'd1 && w <= A_D1) begin
          for (l = 0; l < ROWS * LANES; l = l + 1) if (wait_row[w*ROWS*LANES+l]) from = 1;
          check(row_more[w-1], from, 1, w);
        end
        if (mode == 2'd3 && w <= AB_A1) begin
          for (l = 0; l < PES * LANES; l = l + 1) if (wait_pe[w*PES*LANES+l]) from = 1;
          check(pe_more[w-1], from, 2, w);
        end
        if (any == w - 1 && inside[w] && !from && w <= (mode == 2'd1 ? A_D1 : mode == 2'd3 ? AB_A1 : 0)) any = w;
      end
      for (m = 0; m < ROWS; m = m + 1) begin
        at = 0;
        for (l = 0; l < LANES; l = l + 1) if (mode == 2'd1 && slot_used[m*LANES+l]) at = 1;
        if (HAS_A != 0) check(row_busy[m], at, 3, m);
      end
      for (m = 0; m < PES; m = m + 1) begin
        at = 0;
        for (l = 0; l < LANES; l = l + 1)
          case (mode)
            2'd0: at = 0;
            2'd1: if (slot_used[m/COLUMNS*LANES+l]) at = 1;
            2'd2: if (nz[m%COLUMNS*LANES+l]) at = 1;
            2'd3: if (slot_used[m*LANES+l]) at = 1;
          endcase
        check(busy[m], at, 4, m);
      end
    end
  endtask

  // What has been done moves down with the words.
  task move_done(input integer number);
    begin
      for (w = 0; w < WORDS; w = w + 1) begin
        for (l = 0; l < ROWS * LANES; l = l + 1)
          done_row[w*ROWS*LANES+l] = w + number < WORDS ? done_row[(w+number)*ROWS*LANES+l] : 1'b0;
        for (l = 0; l < PES * LANES; l = l + 1)
          done_pe[w*PES*LANES+l]   = w + number < WORDS ? done_pe[(w+number)*PES*LANES+l] : 1'b0;
      end
    end
  endtask

  // ---------------------------------------------------------------- random steps

  function integer below(input integer bound);
    below = $unsigned($random) % bound;
  endfunction

  // Drawn element by element here, then put to the array at once: the simulator follows every single change of a port.
  reg [ROWS*SEEN*LANES*A_W-1:0]         steps_d;
  reg [ROWS*SEEN*LANES-1:0]             a_nz_d;
  reg [WORDS*COLUMNS*LANES*B_W-1:0]     b_d;
  reg [WORDS*COLUMNS*LANES-1:0]         nz_d;
  reg [WORDS*COLUMNS*LANES*CODE_W1-1:0] code_d;

  task draw_window(input integer density);
    begin
      for (at = 0; at < ROWS * SEEN * LANES; at = at + 1) begin
        steps_d[at*A_W +: A_W] = below(8) < density ? (below(9) == 0 ? 1 << (A_W - 1) : $random) : 0;
        a_nz_d[at] = steps_d[at*A_W +: A_W] != 0;
      end
      steps  = steps_d;
      a_nz   = a_nz_d;
      inside = 1;
      for (w = 1; w < WORDS; w = w + 1) inside[w] = inside[w-1] && below(6) != 0;
      start[0] = 0;
      base     = {LATER * BASE_W{1'b0}};
      for (w = 1; w < WORDS; w = w + 1) begin
        start[w] = start[w-1] + 1 + below(1 + AB_B1);
        if (w <= AB_A1) base[(w-1)*BASE_W +: BASE_W] = start[w];
      end
    end
  endtask

  // A distance across columns; without WRAP none that leaves the last one.
  function integer reach(input integer slot, input integer distance);
    reach = below(1 + (WRAP || distance < COLUMNS - slot / LANES % COLUMNS ? distance :
                       COLUMNS - 1 - slot / LANES % COLUMNS));
  endfunction

  task draw_words(input integer density);
    begin
      for (w = 0; w < WORDS; w = w + 1)
        for (at = w * COLUMNS * LANES; at < (w + 1) * COLUMNS * LANES; at = at + 1) begin
          b_d[at*B_W +: B_W] = below(8) < density ? (below(9) == 0 ? 1 << (B_W - 1) : $random) : 0;
          nz_d[at] = b_d[at*B_W +: B_W] != 0 && inside[w];
          e1[at] = 0; e2[at] = 0; e3[at] = 0;
          if (nz_d[at] && mode == 2'd2) begin
            e1[at] = below(1 + B_D1); e2[at] = below(1 + B_D2); e3[at] = straddle ? below(2) : reach(at, B_D3);
          end
          if (nz_d[at] && mode == 2'd3) begin
            e1[at] = below(1 + AB_B1); e2[at] = below(1 + AB_B2); e3[at] = reach(at, AB_B3);
          end
          code_d[at*CODE_W1 +: CODE_W1] = e1[at] | e2[at] << DIST_W | e3[at] << (DIST_W + SIDE_W);
        end
      b    = b_d;
      nz   = nz_d;
      code = code_d;
    end
  endtask

  integer step_no, left, tile_mode, age;

  // In turn, so that few steps reach every mode there is.
  task draw_mode;
    begin
      tile_mode = (tile_mode + 3) % 4;
      while (tile_mode == 1 && HAS_A == 0 || tile_mode == 2 && HAS_B == 0 || tile_mode == 3 && HAS_AB == 0)
        tile_mode = (tile_mode + 3) % 4;
    end
  endtask

  // Everything that waits for its cycle grows older.
  task grow_older;
    begin
      for (age = LATENCY; age > 0; age = age - 1) begin
        ended[age] = ended[age-1];
        for (k = 0; k < PES; k = k + 1) sums[age*PES+k] = sums[(age-1)*PES+k];
      end
      ended[0] = 1'b0;
      for (age = 2; age >= 0; age = age - 1) begin
        for (k = 0; k < PES; k = k + 1) begin
          expect_nonzero[age*PES+k] = age > 0 ? expect_nonzero[(age-1)*PES+k] : 0;
          expect_aside[age*PES+k]   = age > 0 ? expect_aside[(age-1)*PES+k] : 0;
          expect_abroad[age*PES+k]  = age > 0 ? expect_abroad[(age-1)*PES+k] : 0;
          for (l = 0; l < DISTANCES; l = l + 1) begin
            expect_borrowed[(age*PES+k)*DISTANCES+l] = age > 0 ? expect_borrowed[((age-1)*PES+k)*DISTANCES+l] : 0;
          end
        end
      end
    end
  endtask

  // Counts of the step that was in stage D in the cycle before (all but nonzero) and two before; sums of the tile that
  // ended LATENCY ago.
  integer nonzero_late [0:PES-1];

  task check_outputs;
    for (k = 0; k < PES; k = k + 1) begin
      if (step_no > 6) begin
        check(counts[k*KINDS*COUNT_W +: COUNT_W], nonzero_late[k], 5, k);
        check(counts[(k*KINDS+KINDS-2)*COUNT_W +: COUNT_W], expect_aside[2*PES+k], 6, k);
        check(counts[(k*KINDS+KINDS-1)*COUNT_W +: COUNT_W], expect_abroad[2*PES+k], 7, k);
        for (l = 0; l < SEEN - 1; l = l + 1) begin
          check(counts[(k*KINDS+1+l)*COUNT_W +: COUNT_W], expect_borrowed[(2*PES+k)*DISTANCES+l], 8, k);
        end
      end
      nonzero_late[k] = expect_nonzero[2*PES+k];
      if (ended[LATENCY]) check(u_array.drain[k*32 +: 32], sums[LATENCY*PES+k], 9, k);
    end
  endtask

  // One cycle: with a step or without.
  task cycle(input is_step);
    begin
      grow_older;
      given = {WORDS{1'b0}};
      if (!is_step) begin
        first = 1'b0; last = 1'b0; straddle = 1'b0;
        if (below(3) == 0) begin
          draw_window(4);
          draw_words(4);
        end
      end else begin
        straddle = RUN_ON != 0 && mode == 2'd2 && left <= 2 && below(2) == 0;
        draw_window(2 + below(7));
        draw_words(2 + below(7));
        if (first) for (k = 0; k < PES; k = k + 1) begin
          acc[k]   = ahead[k];
          ahead[k] = 64'd0;
        end
        case (mode)
          2'd0: step_dense;
          2'd1: step_a;
          2'd2: step_b;
          default: step_ab;
        endcase
        #1 check_more;
        given[any] = 1'b1;
        move_done(any + 1);
        if (last) begin
          ended[0] = 1'b1;
          for (k = 0; k < PES; k = k + 1) sums[k] = acc[k][31:0];
        end
      end
      #1 check_outputs;
      @(negedge clk);
    end
  endtask

  // The sums of the tile that just came out leave through row 0.
  task drain_rows;
    for (m = 0; m < ROWS; m = m + 1) begin
      for (n = 0; n < COLUMNS; n = n + 1) check(drain[n*32 +: 32], sums[LATENCY*PES+m*COLUMNS+n], 10, m);
      shift = 1'b1;
      @(negedge clk);
      shift = 1'b0;
      @(negedge clk);
    end
  endtask

  // A job has one mode; the next begins with a reset.
  task next_job;
    begin
      repeat (LATENCY) cycle(1'b0);
      rst = 1'b1;
      cycle(1'b0);
      rst = 1'b0;
      move_done(WORDS);
      for (at = 0; at < PES; at = at + 1) ahead[at] = 64'd0;
      mode = tile_mode;
    end
  endtask

  initial begin
    for (at = 0; at < PES; at = at + 1) begin
      acc[at] = 64'd0; ahead[at] = 64'd0; nonzero_late[at] = 0;
    end
    for (at = 0; at <= LATENCY; at = at + 1) ended[at] = 1'b0;
    mode = 2'd0; shift = 1'b0; left = 0; first = 1'b0; last = 1'b0; step_no = 0; tile_mode = 0;
    draw_mode;
    next_job;
    for (step_no = 1; step_no <= STEPS; step_no = step_no + 1) begin
      first = left == 0;
      if (first) begin
        if (below(2) == 0) begin
          draw_mode;
          next_job;
          first = 1'b1;
        end
        left = 1 + below(6);
      end
      last = left == 1;
      cycle(1'b1);
      left = left - 1;
      if (below(4) == 0) cycle(1'b0);
      if (left == 0 && below(8) == 0) begin
        repeat (LATENCY) cycle(1'b0);
        drain_rows;
        repeat (4) cycle(1'b0);
      end
    end
    if (errors == 0 && checked > 10 * STEPS) $display("PASS");
    else $display("FAIL: %0d errors in %0d checks", errors, checked);
    $finish;
  end
endmodule
