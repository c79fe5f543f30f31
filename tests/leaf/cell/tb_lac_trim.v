// variants: | -Ptb.WIDTH=1 -Ptb.SEED=2 | -Ptb.WIDTH=40 -Ptb.SEED=3
// lint: -GWIDTH=8 | -GWIDTH=1 | -GWIDTH=40
// Numbered words under random stalls; those whose place in their reading is past keep_i must be taken unseen, whatever
// the output does.
`default_nettype none

module tb;

  parameter WIDTH = 8;
  parameter SEED  = 1;

  reg              clk = 1'b0;
  reg              rst = 1'b1;
  reg              start = 1'b0;
  reg  [31:0]      keep;
  reg  [15:0]      drop;
  reg              in_valid = 1'b0;
  wire             in_ready, out_valid;
  reg              out_ready = 1'b0;
  wire [WIDTH-1:0] out_data;
  integer          seed, job, cycle, stall;
  reg  [31:0]      number;
  wire [31:0]      mixed = number * 32'h9e3779b1;
  wire [WIDTH-1:0] in_data = {(WIDTH + 31) / 32{mixed ^ mixed >> 15}};
  wire             wanted = number % (keep + drop) < keep;

  lac_trim #(
    .WIDTH (WIDTH)
  ) u_dut (
    .clk_i       (clk),
    .rst_i       (rst),
    .start_i     (start),
    .keep_i      (keep),
    .drop_i      (drop),
    .in_valid_i  (in_valid),
    .in_ready_o  (in_ready),
    .in_data_i   (in_data),
    .out_valid_o (out_valid),
    .out_ready_i (out_ready),
    .out_data_o  (out_data)
  );

  always #5 clk = !clk;

  initial begin
    seed  = SEED;
    cycle = 0;
    for (job = 0; job < 60; job = job + 1) begin
      {rst, start} = job == 0 ? 2'b10 : 2'b01;
      keep     = 1 + {$random(seed)} % 9;
      drop     = job % 3 == 0 ? 0 : {$random(seed)} % 7;
      stall    = {$random(seed)} % 80;
      number   = 0;
      in_valid = 1'b0;
      @(negedge clk) {rst, start} = 0;
      repeat (100) begin
        in_valid  = in_valid || {$random(seed)} % 100 >= stall;
        out_ready = {$random(seed)} % 100 >= stall;
        #1;
        if (out_valid !== (in_valid && wanted) || in_ready !== (!wanted || out_ready) ||
            (out_valid && out_data !== in_data)) begin
          $display("FAIL job %0d word %0d of keep %0d drop %0d", job, number, keep, drop);
          $finish;
        end
        @(negedge clk);
        cycle = cycle + 1;
        if (in_valid && (!wanted || out_ready)) begin
          number   = number + 1;
          in_valid = 1'b0;
        end
      end
    end
    $display("PASS %0d cycles", cycle);
    $finish;
  end

endmodule

`default_nettype wire
