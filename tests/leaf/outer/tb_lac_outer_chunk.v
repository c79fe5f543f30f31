// variants: | -Ptb.BANKS=16 -Ptb.COLS=4 -Ptb.Q=8 -Ptb.SEED=2 -Ptb.JOBS=300
// variants: -Ptb.BANKS=2 -Ptb.COLS=32 -Ptb.Q=2 -Ptb.SEED=3 -Ptb.JOBS=100
// variants: -Ptb.BANKS=16 -Ptb.COLS=1 -Ptb.Q=16 -Ptb.SEED=4
// variants: -Ptb.BANKS=64 -Ptb.COLS=1 -Ptb.Q=4 -Ptb.SEED=5 -Ptb.JOBS=150
// variants: -Ptb.BANKS=8 -Ptb.COLS=8 -Ptb.Q=8 -Ptb.SEED=6 -Ptb.JOBS=200
// variants: -Ptb.BANKS=32 -Ptb.COLS=2 -Ptb.Q=16 -Ptb.SEED=7 -Ptb.JOBS=250
// variants: -Ptb.BANKS=16 -Ptb.COLS=2 -Ptb.Q=2 -Ptb.SEED=8
// lint: -GBANKS=2 -GCOLS=8 -GQ=2 | -GBANKS=16 -GCOLS=1 -GQ=16 | -GBANKS=16 -GCOLS=2 -GQ=8 | -GBANKS=2 -GCOLS=32 -GQ=2
// lint: -GBANKS=16 -GCOLS=4 -GQ=8 | -GBANKS=64 -GCOLS=1 -GQ=2 | -GBANKS=64 -GCOLS=1 -GQ=16
// Fibers from empty to full, crowded into few banks or not, taken chunk by chunk: each chunk against banks picked one
// at a time, the number of chunks against max(columns / Q, fullest bank).
`default_nettype none

module tb;

  parameter BANKS  = 4;
  parameter COLS   = 4;
  parameter Q      = 2;
  parameter SEED   = 1;
  parameter JOBS   = 500;

  localparam T     = BANKS * COLS;
  localparam COL_W = COLS > 1 ? $clog2(COLS) : 1;
  localparam CNT_W = $clog2(Q + 1);

  reg  [T-1:0]           left;
  wire [BANKS-1:0]       places;
  wire [BANKS*COL_W-1:0] columns;
  wire [CNT_W-1:0]       count;
  wire [T-1:0]           rest;
  wire                   last, short;

  lac_outer_chunk #(
    .BANKS     (BANKS),
    .COLS      (COLS),
    .Q         (Q)
  ) u_dut (
    .left_i    (left),
    .places_o  (places),
    .columns_o (columns),
    .count_o   (count),
    .rest_o    (rest),
    .last_o    (last),
    .short_o   (short)
  );

  integer           seed, try, total, chunks;
  reg [BANKS-1:0]   want_places;
  reg [T-1:0]       want_rest;
  integer           want_count;
  integer           want_column [0:BANKS-1];
  integer           tall        [0:BANKS-1];   // columns left of each bank

  task fail(input [8*40-1:0] why);
    begin
      $display("FAIL try %0d chunk %0d: %0s", try, chunks, why);
      $finish;
    end
  endtask

  function integer random(input integer low, input integer high);
    random = low + $unsigned($random(seed)) % (high - low + 1);
  endfunction

  function integer ones(input [T-1:0] bits);
    integer i;
    begin
      ones = 0;
      for (i = 0; i < T; i = i + 1) ones = ones + bits[i];
    end
  endfunction

  task measure;
    integer i;
    begin
      for (i = 0; i < BANKS; i = i + 1) tall[i] = 0;
      for (i = 0; i < T; i = i + 1) if (left[i]) tall[i%BANKS] = tall[i%BANKS] + 1;
    end
  endtask

  // ---------------------------------------------------------------- the rule of the format, a bank at a time

  task pick_bank;
    integer bank, best, column;
    begin
      best = -1;
      for (bank = BANKS - 1; bank >= 0; bank = bank - 1)
        if (!want_places[bank] && tall[bank] > 0 && (best < 0 || tall[bank] >= tall[best])) best = bank;
      if (best >= 0) begin
        want_places[best] = 1'b1;
        want_count        = want_count + 1;
        column            = 0;
        while (!left[column*BANKS+best]) column = column + 1;
        want_column[best]            = column;
        want_rest[column*BANKS+best] = 1'b0;
      end
    end
  endtask

  task check_chunk;
    integer bank;
    begin
      want_places = {BANKS{1'b0}};
      want_rest   = left;
      want_count  = 0;
      measure;
      repeat (Q) pick_bank;
      #1;
      if (places !== want_places) fail("wrong banks");
      if (count !== want_count) fail("wrong count");
      if (rest !== want_rest) fail("wrong rest");
      if (last !== (want_rest == {T{1'b0}})) fail("wrong last");
      if (short !== (want_count < Q && want_rest != {T{1'b0}})) fail("wrong short");
      for (bank = 0; bank < BANKS; bank = bank + 1)
        if (places[bank] && columns[bank*COL_W +: COL_W] !== want_column[bank]) fail("wrong column");
    end
  endtask

  // A random number of columns, of all banks or of a few; sometimes all of a bank.
  task pick_fiber;
    integer few;
    begin
      left = {T{1'b0}};
      few  = random(0, 2) == 0 ? random(1, BANKS) : BANKS;
      repeat (random(0, T)) left[random(0, COLS - 1) * BANKS + random(0, few - 1)] = 1'b1;
      if (random(0, 3) == 0) left = left | {COLS{{BANKS{1'b0}} | 1'b1 << random(0, BANKS - 1)}};
      if (try == 0) left = {T{1'b0}};
      if (try % 50 == 1) left = {T{1'b1}};
      if (try % 50 == 2) left = ~left;
    end
  endtask

  task check_fiber;
    integer most, bank;
    begin
      most = (ones(left) + Q - 1) / Q;
      measure;
      for (bank = 0; bank < BANKS; bank = bank + 1) if (tall[bank] > most) most = tall[bank];
      chunks = 0;
      while (left != {T{1'b0}} || most == 0) begin
        check_chunk;
        left   = want_rest;
        chunks = chunks + 1;
        if (most == 0) most = 1;
      end
      if (chunks != most) fail("wrong number of chunks");
      total = total + chunks;
    end
  endtask

  initial begin
    seed  = SEED;
    total = 0;
    for (try = 0; try < JOBS; try = try + 1) begin
      pick_fiber;
      check_fiber;
    end
    $display("PASS %0d fibers, %0d chunks", JOBS, total);
    $finish;
  end

endmodule

`default_nettype wire
