// Chunks of random fibers, one after the other: lac_merge_order takes what a walk through the columns takes.
`default_nettype none

module tb;

  parameter Q = 8, BANKS = 16, COLS = 4, SEED = 1;

  localparam T = BANKS * COLS, COL_W = COLS > 1 ? $clog2(COLS) : 1, CNT_W = $clog2(Q + 1);

  reg  [T-1:0]           left, taken;
  reg  [BANKS-1:0]       used;
  wire [BANKS-1:0]       places;
  wire [BANKS*COL_W-1:0] columns;
  wire [CNT_W-1:0]       count;
  wire [T-1:0]           rest;
  wire                   last, is_short;
  integer                seed, round, at, number, errors;
  reg                    ended;

  lac_merge_order #(.BANKS (BANKS), .COLS (COLS), .Q (Q)) u_order (
    .left_i (left), .places_o (places), .columns_o (columns), .count_o (count), .rest_o (rest), .last_o (last),
    .short_o (is_short)
  );

  initial begin
    seed = SEED; errors = 0; left = 0;
    for (round = 0; round < 5000; round = round + 1) begin
      if (left == 0) left = {$random(seed), $random(seed)} & (round[0] ? {$random(seed), $random(seed)} : ~0);
      {taken, used, number, ended} = 0;
      for (at = 0; at < T; at = at + 1)
        if (left[at] && !ended) begin
          ended = used[at%BANKS] || number == Q;
          if (!ended) begin
            taken[at] = 1'b1;
            used[at%BANKS] = 1'b1;
            number = number + 1;
          end
        end
      #1;
      if (rest !== (left & ~taken) || places !== used || count !== number || last !== (left == taken) ||
          is_short !== (left != taken && number != Q)) errors = errors + 1;
      for (at = 0; at < T; at = at + 1)
        if (taken[at] && columns[at%BANKS*COL_W +: COL_W] !== at / BANKS) errors = errors + 1;
      left = rest;
    end
    if (errors == 0) $display("PASS"); else $display("FAIL: %0d", errors);
    $finish;
  end

endmodule

`default_nettype wire
