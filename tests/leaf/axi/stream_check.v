// Bench of every queue-like leaf: numbers the words it sends, checks order, hold, room, latency and rate of what comes
// back.
`default_nettype none

module stream_check #(
  parameter WIDTH   = 8,
  parameter ROOM    = 2,  // words that go in while nothing comes out
  parameter LATENCY = 1,  // cycles from an empty leaf's input to its output
  parameter SEED    = 1
) (
  output reg              clk_o,
  output reg              rst_o,
  output reg              in_valid_o,
  input  wire             in_ready_i,
  output reg  [WIDTH-1:0] in_data_o,
  input  wire             out_valid_i,
  output reg              out_ready_o,
  input  wire [WIDTH-1:0] out_data_i
);

  reg  [WIDTH-1:0] sent[0:65535];
  integer cycle, seed, in_stall, out_stall, ins, outs, first_in, first_out, before;
  reg              held;
  reg  [WIDTH-1:0] held_data;

  task fail(input [8*40-1:0] why);
    begin
      $display("FAIL cycle %0d: %0s", cycle, why);
      $finish;
    end
  endtask

  always #5 clk_o = ~clk_o;

  always @(negedge clk_o)
    if (~rst_o) begin
      if (~in_valid_o) in_data_o = {WIDTH{1'bx}};
      if (~in_valid_o && {$random(seed)} % 100 >= in_stall) begin
        in_valid_o = 1;
        in_data_o = {(WIDTH + 31) / 32{$random(seed)}};
      end
      out_ready_o = {$random(seed)} % 100 >= out_stall;
    end

  always @(posedge clk_o) begin
    cycle = cycle + 1;
    if (~rst_o) begin
      if (^{in_ready_i, out_valid_i} === 1'bx) fail("X on a handshake");
      if (held & (~out_valid_i | out_data_i !== held_data)) fail("output not held");
      held = out_valid_i & ~out_ready_o;
      held_data = out_data_i;
      if (out_valid_i & out_ready_o) begin
        if (outs == ins) fail("word from nowhere");
        if (out_data_i !== sent[outs%65536]) fail("wrong word");
        if (outs == 0) first_out = cycle;
        outs = outs + 1;
      end
      if (in_valid_o & in_ready_i) begin
        sent[ins%65536] = in_data_o;
        if (ins == 0) first_in = cycle;
        ins = ins + 1;
        in_valid_o <= 0;
      end
    end
  end

  task drain;
    begin
      in_stall = 100;
      out_stall = 0;
      repeat (ROOM + LATENCY + 4) @(negedge clk_o);
      if (ins != outs) fail("words lost");
      if (out_valid_i) fail("word from nowhere");
    end
  endtask

  initial begin
    {clk_o, in_valid_o, out_ready_o, held} = 0;
    {cycle, ins, outs} = 0;
    in_data_o = 0;
    seed = SEED;
    in_stall = 100;
    out_stall = 0;
    rst_o = 1;
    repeat (3) @(negedge clk_o);
    rst_o = 0;
    // One word through the empty leaf.
    repeat (3) @(negedge clk_o);
    in_stall = 0;
    @(posedge clk_o) in_stall = 100;
    repeat (LATENCY + 3) @(negedge clk_o);
    if (outs != 1 || first_out - first_in != LATENCY) fail("wrong latency");
    drain;
    // The output is shut: as many words go in as there is room for.
    before = ins;
    in_stall = 0;
    out_stall = 100;
    repeat (2 * ROOM + 10) @(negedge clk_o);
    if (ins - before != ROOM) fail("wrong room");
    // From full to the sustained rate.
    out_stall = 0;
    repeat (ROOM + 4) @(negedge clk_o);
    before = outs;
    repeat (1000) @(negedge clk_o);
    if (outs - before != 1000) fail("cycles lost");
    in_stall = 50;
    out_stall = 50;
    repeat (5000) @(negedge clk_o);
    in_stall = 20;
    repeat (3000) @(negedge clk_o);
    in_stall = 80;
    repeat (3000) @(negedge clk_o);
    drain;
    $display("PASS %0d words", outs);
    $finish;
  end

endmodule

`default_nettype wire
