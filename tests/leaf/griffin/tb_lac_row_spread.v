// variants: | -Ptb.ROWS=1 -Ptb.LANES=1 -Ptb.D2=0 -Ptb.D3=0 -Ptb.STEPS=3 -Ptb.PLACES=3
// variants: -Ptb.D1=0 -Ptb.STEPS=4 -Ptb.PLACES=4 | -Ptb.W=1 -Ptb.ROWS=4 -Ptb.D3=3 -Ptb.PLACES=25
// lint: -GROWS=4 -GLANES=16 -GW=8 -GSTEPS=9 -GPLACES=9 -GD1=2 -GD2=1 -GD3=1
// lint: -GROWS=1 -GLANES=1 -GW=2 -GSTEPS=2 -GPLACES=3 -GD1=1
// lint: -GROWS=2 -GLANES=4 -GW=3 -GSTEPS=3 -GPLACES=20 -GD1=2 -GD2=1 -GD3=1
// Random windows, both layouts, every element of every place; lac_lane_mux behind it brings any single place and the OR
// of two.

module tb;
  parameter ROWS   = 3;
  parameter LANES  = 4;
  parameter W      = 5;
  parameter STEPS  = 5;
  parameter PLACES = 20;
  parameter D1     = 2;
  parameter D2     = 2;
  parameter D3     = 2;

  reg                            row_mode;
  reg  [ROWS*STEPS*LANES*W-1:0]  steps;
  wire [ROWS*PLACES*LANES*W-1:0] places;
  reg  [PLACES*LANES-1:0]        select;
  wire [LANES*W-1:0]             operand;

  lac_row_spread #(.ROWS (ROWS), .LANES (LANES), .W (W), .STEPS (STEPS), .PLACES (PLACES), .D1 (D1), .D2 (D2),
                   .D3 (D3)) u_spread (
    .row_i    (row_mode),
    .steps_i  (steps),
    .places_o (places)
  );

  lac_lane_mux #(.LANES (LANES), .W (W), .PLACES (PLACES)) u_mux (
    .select_i  (select),
    .places_i  (places[PLACES*LANES*W-1:0]),
    .operand_o (operand)
  );

  integer errors = 0;
  integer try, row, place, lane, e1, e2, e3, n;
  reg [W-1:0] expected;

  function [W-1:0] element(input integer m, input integer d, input integer l);
    element = steps[((m%ROWS*STEPS+d)*LANES+l%LANES)*W +: W];
  endfunction

  task check(input [W-1:0] got, input [W-1:0] want);
    if (got !== want) begin
      errors = errors + 1;
      if (errors < 10)
        $display("mode %0d row %0d place %0d lane %0d: got %0h, expected %0h", row_mode, row, place, lane, got, want);
    end
  endtask

  initial begin
    for (try = 0; try < 60; try = try + 1) begin
      row_mode = try % 2;
      for (n = 0; n < ROWS * STEPS * LANES * W; n = n + 1) steps[n] = $random;
      select = {PLACES * LANES{1'b0}};
      for (lane = 0; lane < LANES; lane = lane + 1) begin
        select[($unsigned($random)%PLACES)*LANES+lane] = 1'b1;
        if (try % 3 == 0) select[($unsigned($random)%PLACES)*LANES+lane] = 1'b1;
        if (try % 7 == 6) select = {PLACES * LANES{1'b0}};
      end
      #1;
      place = 0;
      // in the order of the rounds
      for (e1 = 0; e1 <= D1; e1 = e1 + 1) for (e3 = 0; e3 <= (e1 == 0 ? 0 : D3); e3 = e3 + 1) begin
        for (e2 = 0; e2 <= (e1 == 0 ? 0 : D2); e2 = e2 + 1) begin
          for (row = 0; row < ROWS; row = row + 1) for (lane = 0; lane < LANES; lane = lane + 1) begin
            if (row_mode) check(places[((row*PLACES+place)*LANES+lane)*W +: W], element(row + e3, e1, lane + e2));
          end
          place = place + 1;
        end
      end
      for (place = 0; place < PLACES; place = place + 1) begin
        for (row = 0; row < ROWS; row = row + 1) for (lane = 0; lane < LANES; lane = lane + 1) begin
          if (!row_mode)
            check(places[((row*PLACES+place)*LANES+lane)*W +: W],
                  place < STEPS ? element(row, place, lane) : {W{1'b0}});
        end
      end
      row = 0;
      for (lane = 0; lane < LANES; lane = lane + 1) begin
        expected = {W{1'b0}};
        for (place = 0; place < PLACES; place = place + 1) begin
          if (select[place*LANES+lane]) expected = expected | places[(place*LANES+lane)*W +: W];
        end
        check(operand[lane*W +: W], expected);
      end
    end
    if (errors == 0) $display("PASS"); else $display("FAIL: %0d errors", errors);
    $finish;
  end
endmodule
