// variants: | -Ptb.BLOCKS=1 -Ptb.LANES=1 -Ptb.SEED=2 | -Ptb.BLOCKS=4 -Ptb.LANES=4 -Ptb.Q=8 -Ptb.SEED=3
// lint: | -GBLOCKS=4 -GLANES=4 -GQ=8 -GWORK_W=44 | -GBLOCKS=1 -GLANES=1 -GQ=2 -GWORK_W=16
// lint: -GBLOCKS=1 -GLANES=8 -GQ=16 -GWORK_W=62 | -GBLOCKS=16 -GLANES=2 -GQ=4
// Issues of chance: cycles lost to merge and imbalance are the whole multiples of the slots lost, and the counts add up
//      to the work.
`default_nettype none

module tb;

  parameter BLOCKS = 2, LANES = 2, Q = 2, SEED = 1;

  localparam WORK_W = 24, USED_W = $clog2(LANES * Q + 1), LANE_W = $clog2(LANES + 1), SLOTS = BLOCKS * LANES * Q;

  reg                      clk, rst, b_late, token_late, tile, done;
  reg  [BLOCKS*USED_W-1:0] used, merge, nonzero;
  reg  [BLOCKS*LANE_W-1:0] issues;
  reg  [BLOCKS-1:0]        wait_out, wait_a, wait_b;
  wire [2:0]               cause;
  wire [WORK_W-1:0]        issued, effectual, skipped;
  integer                  seed, cycle, block, lane, n, most, lost, idle, all_used, all_nonzero, sums[0:2], counts[0:7],
                           working;
  integer                  want_wait[0:3], tiles;
  reg  [2:0]               late, tokens;

  lac_outer_count #(.BLOCKS (BLOCKS), .LANES (LANES), .Q (Q), .WORK_W (WORK_W)) u_count (
    .clk_i (clk), .rst_i (rst), .used_i (used), .merge_i (merge), .issues_i (issues), .nonzero_i (nonzero),
    .wait_out_i (wait_out), .wait_a_i (wait_a), .wait_b_i (wait_b), .b_late_i (b_late), .token_late_i (token_late),
    .tile_i (tile), .work_i (24'd400000), .done_i (done), .cause_o (cause), .issued_o (issued),
    .effectual_o (effectual), .skipped_o (skipped)
  );

  task fail(input [8*40-1:0] why);
    begin
      $display("FAIL cycle %0d: %0s", cycle, why);
      $finish;
    end
  endtask

  function integer below(input integer limit);
    below = $unsigned($random(seed)) % limit;
  endfunction

  always #5 clk = ~clk;

  // What the blocks say of one cycle; sometimes all full, all alone, or nothing.
  task drive;
    begin
      {used, merge, issues, nonzero} = 0;
      most = below(4);
      for (block = 0; block < BLOCKS; block = block + 1)
        for (lane = 0; lane < LANES; lane = lane + 1)
          if (most == 3 || (most == 2 && below(2)) || (most == 1 && block + lane == 0)) begin
            n = 1 + below(Q);
            issues[block*LANE_W +: LANE_W]  = issues[block*LANE_W +: LANE_W] + 1;
            used[block*USED_W +: USED_W]    = used[block*USED_W +: USED_W] + n;
            nonzero[block*USED_W +: USED_W] = nonzero[block*USED_W +: USED_W] + below(n + 1);
            if (below(2)) merge[block*USED_W +: USED_W] = merge[block*USED_W +: USED_W] + Q - n;
            all_used = all_used + n;
          end
      idle = BLOCKS * LANES;
      for (block = 0; block < BLOCKS; block = block + 1) begin
        idle        = idle - issues[block*LANE_W +: LANE_W];
        all_nonzero = all_nonzero + nonzero[block*USED_W +: USED_W];
        sums[0]     = sums[0] + merge[block*USED_W +: USED_W];
      end
      if (idle < BLOCKS * LANES) begin
        sums[1] = sums[1] + idle * Q;
        working = working + 1;
      end
      wait_out = below(3) ? 0 : $random(seed);
      wait_a   = below(2) ? 0 : $random(seed);
      wait_b   = below(2) ? 0 : $random(seed);
      want_wait[1] = want_wait[0];
      want_wait[0] = idle < BLOCKS * LANES ? 0 : wait_out != 0 ? 7 : wait_a != 0 ? 4 :
                     wait_b == 0 ? (tokens[1] ? 7 : 1) : late[1] ? 6 : 5;
      tile = cycle % 3000 == 2999;
      tiles = tiles + tile;
    end
  endtask

  initial begin
    seed = SEED;
    {clk, b_late, token_late, tile, done, all_used, all_nonzero, working, late, tokens, tiles} = 0;
    {used, merge, issues, nonzero, wait_out, wait_a, wait_b} = 0;
    for (n = 0; n < 8; n = n + 1) counts[n] = 0;
    for (n = 0; n < 3; n = n + 1) sums[n] = 0;
    want_wait[0] = 1;
    want_wait[1] = 1;
    rst = 1'b1;
    repeat (2) @(negedge clk);
    rst = 1'b0;
    for (cycle = 0; cycle < 9000; cycle = cycle + 1) begin
      late       = {late[1:0], b_late};              // bit n: n + 1 cycles ago
      tokens     = {tokens[1:0], token_late};
      b_late     = below(2);
      token_late = below(2);
      drive;
      #1;
      counts[cause] = counts[cause] + 1;
      if (want_wait[1] != 0 ? cause !== want_wait[1] : cause > 3 || cause == 1) fail("wrong cause");
      all_used    = all_used - issued;
      all_nonzero = all_nonzero - effectual;
      sums[2]     = sums[2] + issued + skipped;
      @(negedge clk);
    end
    {used, merge, issues, nonzero, wait_out, wait_a, wait_b} = 0;
    tile  = 1'b1;
    tiles = tiles + 1;
    for (cycle = 0; cycle < 6; cycle = cycle + 1) begin
      #1;
      counts[cause] = counts[cause] + 1;
      all_used    = all_used - issued;
      all_nonzero = all_nonzero - effectual;
      sums[2]     = sums[2] + issued + skipped;
      @(negedge clk) tile = 1'b0;
    end
    if (all_used != 0 || all_nonzero != 0) fail("wrong counts of products");
    if (sums[2] != 400000 * tiles) fail("wrong number of skipped products");
    if (counts[3] != sums[0] / SLOTS) fail("wrong number of merge cycles");
    if (counts[2] > sums[1] / SLOTS || counts[2] + 1 < sums[1] / SLOTS) fail("wrong number of imbalance cycles");
    if (counts[0] + counts[2] + counts[3] != working) fail("working cycles missing");
    done = 1'b1;
    #1 if (cause !== 3'd7) fail("wrong cause at the end");
    $display("PASS %0d working cycles", working);
    $finish;
  end

endmodule

`default_nettype wire
