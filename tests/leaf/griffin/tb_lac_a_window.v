// variants: | -Ptb.RING=1 -Ptb.DEPTH=1 -Ptb.STEPS=1 -Ptb.LANES=1 -Ptb.SHUFFLE=0 -Ptb.SEED=2
// variants: -Ptb.RING=16 -Ptb.DEPTH=9 -Ptb.STEPS=8 -Ptb.LANES=8 -Ptb.SEED=3
// variants: -Ptb.RING=8 -Ptb.DEPTH=3 -Ptb.STEPS=6 -Ptb.LANES=8 -Ptb.SHUFFLE=0 -Ptb.SEED=4
// variants: -Ptb.RING=32 -Ptb.DEPTH=16 -Ptb.STEPS=13 -Ptb.LANES=2 -Ptb.A_W=17 -Ptb.SEED=5
// variants: -Ptb.RING=16 -Ptb.DEPTH=16 -Ptb.STEPS=1 -Ptb.LANES=4 -Ptb.A_W=2 -Ptb.SEED=6
// lint: -GRING=4 -GDEPTH=2 -GSTEPS=2 -GLANES=4 -GA_W=8 -GSHUFFLE=1
// lint: -GRING=1 -GDEPTH=1 -GSTEPS=1 -GLANES=1 -GA_W=9 -GSHUFFLE=0
// lint: -GRING=16 -GDEPTH=9 -GSTEPS=8 -GLANES=16 -GA_W=8 -GSHUFFLE=1
// lint: -GRING=32 -GDEPTH=16 -GSTEPS=13 -GLANES=2 -GA_W=17 -GSHUFFLE=1
// lint: -GRING=16 -GDEPTH=16 -GSTEPS=1 -GLANES=4 -GA_W=2 -GSHUFFLE=0
// lint lac_a_windows: -GROWS=1 -GRING=1 -GDEPTH=1 -GSTEPS=1 -GLANES=1 -GSHUFFLE=0
// lint lac_a_windows: -GROWS=3 -GRING=16 -GDEPTH=9 -GSTEPS=8 -GLANES=8
// Beats of random length into a ring that gives up random steps: a list of all steps that came, lanes where
// docs/engines/griffin.md puts them, says what the window shows. Slots past a short beat's end are sometimes written
// and sometimes not.
`default_nettype none

module tb;
  parameter RING    = 4;
  parameter DEPTH   = 2;
  parameter STEPS   = 2;
  parameter LANES   = 4;
  parameter A_W     = 8;
  parameter SHUFFLE = 1;
  parameter SEED    = 1;

  localparam TAIL_W = STEPS > 1 ? $clog2(STEPS) : 1;
  localparam HEAD_W = RING > 1 ? $clog2(RING) : 1;
  localparam KEPT   = 2 * RING;   // steps remembered
  localparam STEP_W = LANES * A_W;

  reg                          clk = 1'b0;
  reg                          rst = 1'b1;
  reg  [RING-1:0]              write;
  reg  [TAIL_W-1:0]            tail;
  reg  [1:0]                   turn;
  reg  [STEPS*LANES*A_W-1:0]   beat;
  reg  [HEAD_W-1:0]            head_next;
  wire [DEPTH*LANES-1:0]       nonzero;
  wire [DEPTH*LANES*A_W-1:0]   steps;

  lac_a_window #(
    .RING (RING), .DEPTH (DEPTH), .STEPS (STEPS), .LANES (LANES), .A_W (A_W), .SHUFFLE (SHUFFLE)
  ) u_dut (
    .clk_i       (clk),
    .rst_i       (rst),
    .write_i     (write),
    .tail_i      (tail),
    .turn_i      (turn),
    .beat_i      (beat),
    .head_next_i (head_next),
    .nonzero_o   (nonzero),
    .steps_o     (steps)
  );

  always #5 clk = !clk;

  reg [STEP_W-1:0] kept [0:KEPT-1];   // step s at s % KEPT, lanes as they were
  integer          turns [0:KEPT-1];  // its number in its tile
  integer seed, cycle, head, came, length, gives, in_tile, s, d, l, to, errors;
  reg [A_W-1:0] element;

  task check(input good);
    if (good !== 1'b1) begin
      errors = errors + 1;
      if (errors < 10) $display("cycle %0d: step %0d of the window, lane %0d", cycle, d, to);
    end
  endtask

  function integer below(input integer bound);
    below = $unsigned($random(seed)) % bound;
  endfunction

  function integer lane_of(input integer lane, input integer step);
    lane_of = SHUFFLE == 0 ? lane : LANES == 2 ? (lane + step) & 1 : (lane & ~3) | ((lane + step) & 3);
  endfunction

  task check_window;
    for (d = 0; d < DEPTH && head + d < came; d = d + 1) for (l = 0; l < LANES; l = l + 1) begin
      element = kept[(head+d)%KEPT][l*A_W +: A_W];
      to      = lane_of(l, turns[(head+d)%KEPT]);
      check(steps[(d*LANES+to)*A_W +: A_W] === element);
      check(nonzero[d*LANES+to] === (element != 0));
    end
  endtask

  // A beat of `length` steps, its first one step `in_tile` of a tile; in all of them lanes are often zero.
  task offer;
    begin
      if (below(3) == 0) in_tile = 0;
      tail = came % RING;
      turn = in_tile;
      for (s = 0; s < STEPS; s = s + 1) for (l = 0; l < LANES; l = l + 1) begin
        element = below(2) ? $random(seed) : 0;
        beat[(s*LANES+l)*A_W +: A_W] = element;
        if (s < length) kept[(came+s)%KEPT][l*A_W +: A_W] = element;
      end
      for (s = 0; s < STEPS; s = s + 1) begin
        if (s < length || below(2)) write[(came+s)%RING] = 1'b1;
        if (s < length) turns[(came+s)%KEPT] = in_tile + s;
      end
      in_tile = in_tile + length;
    end
  endtask

  initial begin
    seed = SEED;
    {head, came, errors, in_tile} = 0;
    write     = {RING{1'b0}};
    head_next = 0;
    @(negedge clk);
    rst = 1'b0;
    for (cycle = 0; cycle < 600; cycle = cycle + 1) begin
      #1 check_window;
      gives     = below(1 + (came - head < DEPTH ? came - head : DEPTH));
      head_next = (head + gives) % RING;
      length    = 0;
      write     = {RING{1'b0}};
      turn      = $random(seed);
      tail      = $random(seed);
      if (came - head - gives + STEPS <= RING && below(4) != 0) begin
        length = 1 + below(STEPS);
        offer;
      end
      @(negedge clk);
      head = head + gives;
      came = came + length;
    end
    if (errors == 0 && came > 100) $display("PASS"); else $display("FAIL: %0d errors, %0d steps", errors, came);
    $finish;
  end
endmodule

`default_nettype wire
