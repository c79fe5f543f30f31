// variants: | -Ptb.GROUPS=4 -Ptb.G1=1 -Ptb.H1=1 -Ptb.A_W=9 -Ptb.SEED=2
// variants: -Ptb.GROUPS=1 -Ptb.G0=2 -Ptb.H0=3 -Ptb.G1=2 -Ptb.H1=3 -Ptb.G2=2 -Ptb.H2=5 -Ptb.ROWS=1 -Ptb.SEED=3
// variants: -Ptb.G0=4 -Ptb.H0=4 -Ptb.G1=1 -Ptb.H1=4 -Ptb.A_W=4 -Ptb.B_W=4 -Ptb.COUNT=0 -Ptb.SEED=4
// variants: -Ptb.GROUPS=1 -Ptb.G0=1 -Ptb.H0=16 -Ptb.G1=1 -Ptb.H1=1 -Ptb.ROWS=3 -Ptb.COLUMNS=1 -Ptb.SEED=5
// variants: -Ptb.KEPT=2 -Ptb.BLOCK=4 -Ptb.G1=2
// variants: -Ptb.KEPT=1 -Ptb.BLOCK=2 -Ptb.GROUPS=1 -Ptb.G1=1 -Ptb.H1=16 -Ptb.A_W=4 -Ptb.B_W=4 -Ptb.ROWS=3 -Ptb.SEED=2
// variants: -Ptb.KEPT=4 -Ptb.BLOCK=8 -Ptb.GROUPS=1 -Ptb.G1=2 -Ptb.H1=5 -Ptb.A_W=16 -Ptb.B_W=12 -Ptb.SEED=3
// variants: -Ptb.KEPT=1 -Ptb.BLOCK=16 -Ptb.GROUPS=4 -Ptb.G1=1 -Ptb.H1=3 -Ptb.A_W=9 -Ptb.COUNT=0 -Ptb.ROWS=1 -Ptb.SEED=4
// variants: -Ptb.KEPT=2 -Ptb.BLOCK=4 -Ptb.H1=5 -Ptb.COLUMNS=1 -Ptb.SEED=5
// lint: -GROWS=2 -GCOLUMNS=3 -GGROUPS=2 -GG0=2 -GH0=4 -GG1=4 -GH1=8 -GA_W=9 -GCOUNT=1
// lint: -GROWS=1 -GCOLUMNS=2 -GG0=2 -GH0=3 -GG1=2 -GH1=3 -GG2=2 -GH2=5 -GARRAY=1
// lint: -GROWS=3 -GCOLUMNS=1 -GGROUPS=2 -GG0=1 -GH0=1 -GG1=2 -GH1=8 -GKEPT=2 -GBLOCK=4 -GCOUNT=1
// lint lac_hss_pe: -GG0=2 -GH0=4 | -GGROUPS=2 -GG0=2 -GH0=4 -GG1=4 -GH1=8 -GA_W=9 -GCOUNT=1
// lint lac_hss_pe: -GGROUPS=1 -GG0=2 -GH0=3 -GG1=2 -GH1=3 -GG2=2 -GH2=5 -GCOUNT=1 | -GG0=1 -GH0=16 -GA_W=17 -GB_W=16
// lint lac_hss_pe: -GGROUPS=4 -GG0=1 -GH0=1 -GG1=2 -GH1=16 -GA_W=4 -GB_W=4 | -GG0=4 -GH0=4 -GG1=4 -GH1=16 -GARRAY=1
// lint lac_dsso_pe: -GGROUPS=2 -GG1=2 -GH1=8 | -GGROUPS=1 -GG1=1 -GH1=16 -GKEPT=1 -GBLOCK=2 -GA_W=4 -GB_W=4 -GCOUNT=1
// lint lac_dsso_pe: -GGROUPS=1 -GG1=2 -GH1=5 -GKEPT=4 -GBLOCK=8 -GA_W=16 -GB_W=16 -GCOUNT=1 -GARRAY=1
// lint lac_dsso_pe: -GGROUPS=4 -GG1=4 -GH1=5 -GKEPT=1 -GBLOCK=16 -GA_W=9 | -GGROUPS=4 -GG1=1 -GH1=7 -GKEPT=2 -GBLOCK=8
// lint lac_dsso_pe: -GGROUPS=1 -GG1=8 -GH1=9 -GKEPT=4 -GBLOCK=16 -GA_W=17 -GB_W=16
// lint lac_hss_align: -GG0=2 -GH0=4 | -GGROUPS=3 -GG0=1 -GH0=16 -GA_W=17
// lint lac_hss_align: -GGROUPS=2 -GG0=1 -GH0=1 -GG1=4 -GH1=8 -GA_W=24 | -GG0=2 -GH0=3 -GG1=3 -GH1=3 -GG2=2 -GH2=5
// lint lac_hss_respace: -GNODES=1 -GG=1 -GH=1 -GCHILD_W=1 | -GNODES=4 -GG=2 -GH=4 | -GNODES=3 -GG=1 -GH=16 -GCHILD_W=9
// lint lac_hss_respace: -GNODES=2 -GG=16 -GH=16
// lint lac_hss_decode: -GG0=2 -GH0=4 | -GGROUPS=3 -GG0=1 -GH0=16 | -GGROUPS=2 -GG0=1 -GH0=1 -GG1=4 -GH1=8
// lint lac_hss_decode: -GG0=2 -GH0=3 -GG1=3 -GH1=3 -GG2=2 -GH2=5
// lint lac_hss_one_hot: -GNODES=1 -GG=1 -GH=2 | -GNODES=4 -GG=2 -GH=4 | -GNODES=3 -GG=1 -GH=16 | -GNODES=2 -GG=7 -GH=8
// lint lac_hss_choose: -GNODES=1 -GG=1 -GH=2 -GCHILD_W=1 | -GNODES=4 -GG=2 -GH=4 | -GNODES=1 -GG=1 -GH=16 -GCHILD_W=40
// lint lac_hss_choose: -GNODES=3 -GG=7 -GH=8
// Random H, random kept children, random words of A; where A is structured, random values at random offsets, in any
// order. Every sum of every PE is compared, at its cycle, on its way through row 0, with products picked by the place
// of each weight, every count with the products of two nonzero operands. Between steps only last_i is low.
`default_nettype none

module tb;

  parameter ROWS    = 2;
  parameter COLUMNS = 2;
  parameter GROUPS  = 2;
  parameter KEPT    = 0;                    // of BLOCK words of A, 0: A is not structured
  parameter BLOCK   = 1;
  parameter G0      = KEPT > 0 ? 1 : 2;
  parameter H0      = KEPT > 0 ? 1 : 4;
  parameter G1      = 4;
  parameter H1      = 8;
  parameter G2      = 1;
  parameter H2      = 1;
  parameter A_W     = 8;
  parameter B_W     = 8;
  parameter COUNT   = 1;
  parameter SEED    = 1;

  localparam W0        = $clog2(H0);
  localparam W1        = $clog2(H1);
  localparam W2        = $clog2(H2);
  localparam GROUP_W   = G2 * (W2 + G1 * (W1 + G0 * W0));
  localparam SLOTS     = GROUPS * G2 * G1 * G0;
  localparam WORD_W    = (KEPT > 0 ? KEPT + 1 : 1) * A_W;
  localparam ELEMS     = GROUPS * H2 * H1 * H0;
  localparam PLACE_W   = KEPT > 0 ? $clog2(BLOCK) : 1;
  localparam PES       = ROWS * COLUMNS;
  localparam COUNT_W   = $clog2(SLOTS * (KEPT > 0 ? KEPT : 1) + 1);
  localparam TILES     = 60;
  localparam LATENCY   = 5;                 // from a step to row 0
  localparam SHIFT     = LATENCY - 1;       // from a tile's last step to the first shift_i

  reg                              clk = 1'b0, rst = 1'b1, step = 1'b0, first = 1'b0, last = 1'b0;
  reg  [7:0]                       h0, h1, h2;
  reg  [ROWS*ELEMS*WORD_W-1:0]     a;       // words as they follow in memory
  reg  [COLUMNS*SLOTS*BLOCK*B_W-1:0] b;
  reg  [COLUMNS*GROUPS*GROUP_W-1:0] offsets;
  reg  [SHIFT+ROWS-1:0]            ended = 0;   // a tile's last step, 1, 2, ... cycles ago
  wire [COLUMNS*32-1:0]            drain;
  wire [PES*COUNT_W-1:0]           nonzero;

  lac_hss_array #(
    .ROWS      (ROWS),
    .COLUMNS   (COLUMNS),
    .GROUPS    (GROUPS),
    .G0        (G0),
    .H0        (H0),
    .G1        (G1),
    .H1        (H1),
    .G2        (G2),
    .H2        (H2),
    .KEPT      (KEPT),
    .BLOCK     (KEPT > 0 ? BLOCK : 2),
    .A_W       (A_W),
    .B_W       (B_W),
    .COUNT     (COUNT)
  ) u_dut (
    .clk_i     (clk),
    .rst_i     (rst),
    .pattern_i ({h2, h1, h0}),
    .step_i    (step),
    .first_i   (first),
    .last_i    (last),
    .a_i       (a),
    .b_i       (b),
    .offsets_i (offsets),
    .shift_i   (|(ended[SHIFT-1 +: ROWS] << 1)),
    .drain_o   (drain),
    .nonzero_o (nonzero)
  );

  always #5 clk = !clk;

  always @(posedge clk) ended <= {ended[SHIFT+ROWS-2:0], last};

  integer seed, tile, steps, at, cycle, effectual, counted, drained, row, column, pe;
  integer sum  [0:PES-1];
  integer want [0:TILES*PES-1];
  integer due  [0:TILES-1];                 // cycle in which the sums of row 0 are out

  function integer random(input integer low, input integer high);
    random = low + $unsigned($random(seed)) % (high - low + 1);
  endfunction

  // The next kept child of a node behind the last one, so that enough are left for those to come.
  function integer next_child(input integer last_one, input integer left, input integer h);
    next_child = random(last_one + 1, h - left);
  endfunction

  // ---------------------------------------------------------------- one step: operands, and what they come to

  integer bit_2, bit_1, bit_0, slot;

  task put(inout integer where, input integer value, input integer width);
    integer i;
    for (i = 0; i < width; i = i + 1) begin
      offsets[where] = value >> i;
      where = where + 1;
    end
  endtask

  // The weights of a slot meet the word of each row that stands at a place; where A is structured the word is a block.
  task take(input integer place);
    integer value, which;
    reg        [WORD_W-1:0] stored;
    reg signed [A_W-1:0]    word;
    reg signed [B_W-1:0]    weight;
    begin
      for (row = 0; row < ROWS; row = row + 1) begin
        stored = a[(row*ELEMS+place)*WORD_W +: WORD_W];
        for (value = 0; value < (KEPT > 0 ? KEPT : 1); value = value + 1) begin
          which  = KEPT > 0 ? (stored >> (KEPT * A_W + value * PLACE_W)) & (BLOCK - 1) : 0;
          word   = stored[value*A_W +: A_W];
          weight = b[((column*SLOTS+slot)*BLOCK+which)*B_W +: B_W];
          sum[row*COLUMNS+column] = sum[row*COLUMNS+column] + word * weight;
          effectual = effectual + (word != 0 && weight != 0);
        end
      end
      slot = slot + 1;
    end
  endtask

  task make_column;
    integer group, p2, p1, p0, c2, c1, c0;
    for (group = 0; group < GROUPS; group = group + 1) begin
      bit_2 = (column * GROUPS + group) * GROUP_W;
      bit_1 = bit_2 + G2 * W2;
      bit_0 = bit_1 + G2 * G1 * W1;
      c2 = -1;
      for (p2 = 0; p2 < G2; p2 = p2 + 1) begin
        c2 = next_child(c2, G2 - p2, h2);
        put(bit_2, c2, W2);
        c1 = -1;
        for (p1 = 0; p1 < G1; p1 = p1 + 1) begin
          c1 = next_child(c1, G1 - p1, h1);
          put(bit_1, c1, W1);
          c0 = -1;
          for (p0 = 0; p0 < G0; p0 = p0 + 1) begin
            c0 = next_child(c0, G0 - p0, h0);
            put(bit_0, c0, W0);
            take(((group * h2 + c2) * h1 + c1) * h0 + c0);
          end
        end
      end
    end
  endtask

  task make_step;
    integer i;
    begin
      for (i = 0; i < ROWS * ELEMS * WORD_W / A_W; i = i + 1)
        a[i*A_W +: A_W] = random(0, 2) == 0 ? 0 : $random(seed);
      for (i = 0; i < COLUMNS * SLOTS * BLOCK; i = i + 1)
        b[i*B_W +: B_W] = random(0, 3) == 0 ? 0 : $random(seed);
      for (column = 0; column < COLUMNS; column = column + 1) begin
        slot = 0;
        make_column;
      end
    end
  endtask

  // ---------------------------------------------------------------- sums, as they leave

  integer out_row, out_column, out_pe;

  always @(negedge clk) begin
    for (out_pe = 0; out_pe < PES; out_pe = out_pe + 1) counted = counted + nonzero[out_pe*COUNT_W +: COUNT_W];
    if (drained < TILES && due[drained] >= 0 && cycle >= due[drained]) begin
      out_row = cycle - due[drained];
      for (out_column = 0; out_column < COLUMNS; out_column = out_column + 1) begin
        out_pe = out_row * COLUMNS + out_column;
        if (drain[out_column*32 +: 32] !== want[drained*PES+out_pe]) begin
          $display("FAIL tile %0d, row %0d, column %0d: %0d, expected %0d", drained, out_row, out_column,
                   $signed(drain[out_column*32 +: 32]), want[drained*PES+out_pe]);
          $finish;
        end
      end
      if (out_row == ROWS - 1) drained = drained + 1;
    end
    cycle = cycle + 1;
  end

  initial begin
    seed = SEED;
    {cycle, effectual, counted, drained} = 0;
    for (tile = 0; tile < TILES; tile = tile + 1) due[tile] = -1;
    h0 = G0; h1 = G1; h2 = G2;
    {a, offsets, b} = 0;
    repeat (LATENCY) @(posedge clk);
    #1 rst  = 1'b0;
    counted = 0;
    for (tile = 0; tile < TILES; tile = tile + 1) begin
      h0    = random(G0, H0);
      h1    = random(G1, H1);
      h2    = random(G2, H2);
      steps = random(1, 6);
      for (pe = 0; pe < PES; pe = pe + 1) sum[pe] = 0;
      for (at = 0; at < steps; at = at + 1) begin
        make_step;
        step  = 1'b1;
        first = at == 0;
        last  = at == steps - 1;
        if (last) due[tile] = cycle + LATENCY;
        for (pe = 0; last && pe < PES; pe = pe + 1) want[tile*PES+pe] = sum[pe];
        @(posedge clk);
        #1 step = 1'b0;
        last    = 1'b0;
        first   = random(0, 1);
        repeat (random(0, 1)) @(posedge clk);
        #1 ;
      end
      repeat (ROWS + random(0, 2)) @(posedge clk);
      #1 ;
    end
    repeat (LATENCY + ROWS) @(posedge clk);
    if (drained != TILES) $display("FAIL only %0d tiles came out", drained);
    else if (COUNT != 0 && counted !== effectual) $display("FAIL %0d counted, expected %0d", counted, effectual);
    else $display("PASS %0d tiles, %0d products", TILES, effectual);
    $finish;
  end

endmodule

`default_nettype wire
