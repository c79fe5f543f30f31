// variants: -Ptb.ROWS=4 -Ptb.LANES=16 | -Ptb.ROWS=1 -Ptb.LANES=8 -Ptb.D3=0
// variants: -Ptb.ROWS=3 -Ptb.LANES=5 -Ptb.D1=3 -Ptb.D2=2 -Ptb.D3=2
// variants: -Ptb.ROWS=2 -Ptb.LANES=4 -Ptb.D1=1 -Ptb.D2=3 -Ptb.D3=1 | -Ptb.ROWS=1 -Ptb.LANES=1 -Ptb.D2=0 -Ptb.D3=0
// variants: -Ptb.ROWS=2 -Ptb.LANES=3 -Ptb.D1=0 -Ptb.D2=0 -Ptb.D3=0
// lint: -GROWS=4 -GLANES=16 -GD1=2 -GD2=1 -GD3=1 | -GROWS=3 -GLANES=5 -GD1=3 -GD2=2 -GD3=2 | -GROWS=1 -GLANES=1
// A stream of random words goes by, as many given up in a cycle as have nothing left, sometimes none. Checked: every
// slot's choice against one slot, one candidate after the other; and at the end of a word's life that each of its
// elements was worked on exactly once.

module tb;
  parameter ROWS   = 4;
  parameter LANES  = 8;
  parameter D1     = 2;
  parameter D2     = 1;
  parameter D3     = 1;
  parameter CYCLES = 600;
  localparam SLOTS = ROWS * LANES;
  localparam TAKES = 1 + D1 * (1 + D2) * (1 + D3);
  localparam LATER = D1 > 1 ? D1 : 1;

  reg                      clk = 1'b0;
  reg                      rst = 1'b1;
  reg  [(1+D1)*SLOTS-1:0]  pending;
  wire [TAKES*SLOTS-1:0]   take;
  wire [LATER-1:0]         more;
  reg  [D1:0]              given;

  always #5 clk = !clk;

  lac_borrow_arbiter #(.ROWS (ROWS), .LANES (LANES), .D1 (D1), .D2 (D2), .D3 (D3)) u_arbiter (
    .clk_i     (clk),
    .rst_i     (rst),
    .pending_i (pending),
    .take_o    (take),
    .more_o    (more),
    .given_i   (given)
  );

  // A word of the stream: what it holds and how often each element has been worked on.
  reg     held [0:(1+D1)*SLOTS-1];
  integer uses [0:(1+D1)*SLOTS-1];

  integer errors = 0;
  integer cycle, word, row, lane, slot, n, number, place, density, choice;
  integer chosen [0:SLOTS-1];     // which take, -1: none
  integer element [0:SLOTS-1];    // which element that is
  reg     gone [0:(1+D1)*SLOTS-1];
  integer rounds, e1, e2, e3;

  task fault(input integer what, input integer where);
    begin
      errors = errors + 1;
      if (errors < 10) $display("cycle %0d: check %0d fails at %0d", cycle, what, where);
    end
  endtask

  task draw(input integer at);
    for (slot = 0; slot < SLOTS; slot = slot + 1) begin
      held[at*SLOTS+slot] = $unsigned($random) % 8 < density;
      uses[at*SLOTS+slot] = 0;
    end
  endtask

  // Candidates of a round: take number `choice` of every slot.
  task decide;
    begin
      for (slot = 0; slot < SLOTS; slot = slot + 1) chosen[slot] = -1;
      for (n = 0; n < (1 + D1) * SLOTS; n = n + 1) gone[n] = !held[n] || uses[n] > 0;
      for (choice = 0; choice < TAKES; choice = choice + 1) begin
        rounds = choice - 1;
        e1 = choice == 0 ? 0 : 1 + rounds / ((1 + D2) * (1 + D3));
        e3 = choice == 0 ? 0 : rounds / (1 + D2) % (1 + D3);
        e2 = choice == 0 ? 0 : rounds % (1 + D2);
        for (row = 0; row < ROWS; row = row + 1) for (lane = 0; lane < LANES; lane = lane + 1) begin
          slot  = row * LANES + lane;
          place = e1 * SLOTS + (row + e3) % ROWS * LANES + (lane + e2) % LANES;
          if (chosen[slot] < 0 && !gone[place]) begin
            chosen[slot]  = choice;
            element[slot] = place;
            gone[place]   = 1'b1;
          end
        end
      end
    end
  endtask

  task compare;
    begin
      for (slot = 0; slot < SLOTS; slot = slot + 1) for (n = 0; n < TAKES; n = n + 1) begin
        if (take[n*SLOTS+slot] !== (chosen[slot] == n)) fault(1, slot);
      end
      number = 0;   // words with nothing left, following each other
      for (word = 1; word <= D1; word = word + 1) begin
        e1 = 0;
        for (slot = 0; slot < SLOTS; slot = slot + 1) if (!gone[word*SLOTS+slot]) e1 = 1;
        if (more[word-1] !== (e1 != 0)) fault(2, word);
        if (number == word - 1 && e1 == 0) number = word;
      end
    end
  endtask

  task give;
    begin
      for (slot = 0; slot < SLOTS; slot = slot + 1)
        if (chosen[slot] >= 0) uses[element[slot]] = uses[element[slot]] + 1;
      for (word = 0; word <= number; word = word + 1) for (slot = 0; slot < SLOTS; slot = slot + 1) begin
        if (uses[word*SLOTS+slot] != (held[word*SLOTS+slot] ? 1 : 0)) fault(3, slot);
      end
      for (n = 0; n < (D1 - number) * SLOTS; n = n + 1) begin
        held[n] = held[n+(1+number)*SLOTS];
        uses[n] = uses[n+(1+number)*SLOTS];
      end
      density = $unsigned($random) % 9;
      for (word = D1 - number; word <= D1; word = word + 1) draw(word);
    end
  endtask

  initial begin
    cycle = 0; density = 4; given = 0; pending = 0;
    for (word = 0; word <= D1; word = word + 1) draw(word);
    repeat (2) @(negedge clk);
    rst = 1'b0;
    for (cycle = 0; cycle < CYCLES; cycle = cycle + 1) begin
      for (n = 0; n < (1 + D1) * SLOTS; n = n + 1) pending[n] = held[n];
      given = 0;
      #1 decide;
      compare;
      if ($unsigned($random) % 4 != 0) begin
        given[number] = 1'b1;
        give;
      end
      @(negedge clk);
    end
    if (errors == 0) $display("PASS"); else $display("FAIL: %0d errors", errors);
    $finish;
  end
endmodule
