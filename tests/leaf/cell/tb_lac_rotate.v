// variants: | -Ptb.WIDTH=3 -Ptb.SLOTS=1 -Ptb.OUT=1 | -Ptb.WIDTH=5 -Ptb.SLOTS=8 -Ptb.OUT=8
// variants: -Ptb.WIDTH=4 -Ptb.SLOTS=16 -Ptb.OUT=9 | -Ptb.WIDTH=1 -Ptb.SLOTS=64 -Ptb.OUT=5
// variants: -Ptb.WIDTH=7 -Ptb.SLOTS=32 -Ptb.OUT=1 | -Ptb.WIDTH=2 -Ptb.SLOTS=32 -Ptb.OUT=31
// lint: -GWIDTH=1 -GSLOTS=1 -GOUT=1 | -GWIDTH=64 -GSLOTS=16 -GOUT=9 | -GWIDTH=3 -GSLOTS=2 -GOUT=1
// lint: -GWIDTH=8 -GSLOTS=8 -GOUT=8 | -GWIDTH=1 -GSLOTS=32 -GOUT=31
// Every amount, on random slots, each kept slot looked up where the header says it comes from.

module tb;
  parameter WIDTH = 3;
  parameter SLOTS = 2;
  parameter OUT   = 2;

  localparam AMOUNT_W = SLOTS > 1 ? $clog2(SLOTS) : 1;

  reg  [AMOUNT_W-1:0]    amount;
  reg  [SLOTS*WIDTH-1:0] slots;
  wire [OUT*WIDTH-1:0]   kept;

  lac_rotate #(.WIDTH (WIDTH), .SLOTS (SLOTS), .OUT (OUT)) u_dut (.amount_i (amount), .slots_i (slots),
                                                                  .slots_o (kept));

  integer errors = 0;
  integer trial, turn, i;

  initial begin
    for (trial = 0; trial < 40; trial = trial + 1) begin
      for (turn = 0; turn < 1 << AMOUNT_W; turn = turn + 1) begin
        amount = turn;
        for (i = 0; i < SLOTS * WIDTH; i = i + 1) slots[i] = $random;
        #1;
        for (i = 0; i < OUT; i = i + 1) begin
          if (kept[i*WIDTH +: WIDTH] !== slots[(i+turn)%SLOTS*WIDTH +: WIDTH]) begin
            errors = errors + 1;
            if (errors < 10) $display("amount %0d, slot %0d: got %0h", turn, i, kept[i*WIDTH +: WIDTH]);
          end
        end
      end
    end
    if (errors == 0) $display("PASS"); else $display("FAIL: %0d errors", errors);
    $finish;
  end
endmodule
