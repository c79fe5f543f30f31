// What the benches of lac_hss_pe and lac_dsso_pe have in common: the registers in front of the PE, tiles of random
// steps, sums and counts that must come out. The bench includes this in its module and has, before it, READ_W,
// OFFSETS_W, WEIGHTS_W, SELECT_W, COUNT_W, SEED, and COUNT of the PE; and tasks: draw_children(any) draws the H of each
// rank, or takes the least; make_step draws read, offsets and b_d, and adds what they come to to sum and effectual.

  localparam TILES    = 150;
  localparam LATENCY  = 4;   // of lac_dense_pe

  reg                  clk = 1'b0;
  reg  [READ_W-1:0]    read;      // words or blocks as they follow in memory
  wire [READ_W-1:0]    words_d;
  reg  [READ_W-1:0]    words;
  reg  [OFFSETS_W-1:0] offsets;
  wire [SELECT_W-1:0]  select_d;
  reg  [SELECT_W-1:0]  select;
  reg  [WEIGHTS_W-1:0] b_d, b;
  reg                  first_d = 1'b0, last_d = 1'b0, first = 1'b0, last = 1'b0, step_d = 1'b0;
  wire [31:0]          drain;
  wire [COUNT_W-1:0]   nonzero;

  always #5 clk = !clk;

  always @(posedge clk) begin
    words  <= words_d;
    select <= select_d;
    b      <= b_d;
    first  <= first_d && step_d;
    last   <= last_d && step_d;
  end

  integer seed, tile, steps, step, sum, cycle, effectual, counted;
  integer want [0:TILES-1];
  integer due  [0:TILES-1];

  function integer random(input integer low, input integer high);
    random = low + $unsigned($random(seed)) % (high - low + 1);
  endfunction

  integer read_at;

  always @(negedge clk) begin
    counted = counted + nonzero;
    if (read_at < TILES && due[read_at] == cycle) begin
      if (drain !== want[read_at]) begin
        $display("FAIL tile %0d: %0d, expected %0d", read_at, $signed(drain), want[read_at]);
        $finish;
      end
      read_at = read_at + 1;
    end
    cycle = cycle + 1;
  end

  initial begin
    seed = SEED;
    {cycle, effectual, counted, read_at} = 0;
    for (tile = 0; tile < TILES; tile = tile + 1) due[tile] = -1;
    draw_children(1'b0);
    step_d = 1'b0;
    {read, offsets, b_d} = 0;
    repeat (4) @(posedge clk);
    #1 counted = 0;
    for (tile = 0; tile < TILES; tile = tile + 1) begin
      draw_children(1'b1);
      steps = random(1, 6);
      sum   = 0;
      for (step = 0; step < steps; step = step + 1) begin
        make_step;
        step_d  = 1'b1;
        first_d = step == 0;
        last_d  = step == steps - 1;
        @(posedge clk);
        #1 step_d = 1'b0;
        repeat (random(0, 1)) @(posedge clk);
        #1 ;
      end
      want[tile] = sum;
      due[tile]  = cycle + LATENCY;
      repeat (3) @(posedge clk);
      #1 ;
    end
    repeat (LATENCY + 4) @(posedge clk);
    if (read_at != TILES) $display("FAIL only %0d tiles came out", read_at);
    else if (COUNT != 0 && counted != effectual) $display("FAIL %0d counted, expected %0d", counted, effectual);
    else $display("PASS %0d tiles, %0d products", TILES, effectual);
    $finish;
  end
