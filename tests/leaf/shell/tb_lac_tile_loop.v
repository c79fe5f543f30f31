// variants: -Ptb.SEED=1 | -Ptb.SEED=2
// lint:
// Random loop nests against plain loops, with and without gaps between the steps; starts in the middle of a nest.
`default_nettype none

module tb;

  parameter SEED = 1;

  reg         clk = 1'b0;
  reg         rst = 1'b1;
  reg         start, next;
  reg  [31:0] tiles, block_tiles, panels, group_panels;
  wire        valid, last_group, last_block;
  wire [31:0] tiles_now, panels_now;
  integer     seed, job, block, group, steps, stop;

  lac_tile_loop u_dut (
    .clk_i          (clk),
    .rst_i          (rst),
    .start_i        (start),
    .tiles_i        (tiles),
    .block_tiles_i  (block_tiles),
    .panels_i       (panels),
    .group_panels_i (group_panels),
    .next_i         (next),
    .valid_o        (valid),
    .tiles_o        (tiles_now),
    .panels_o       (panels_now),
    .last_group_o   (last_group),
    .last_block_o   (last_block)
  );

  always #5 clk = !clk;

  task fail(input [8*40-1:0] why);
    begin
      $display("FAIL job %0d block %0d group %0d: %0s", job, block, group, why);
      $finish;
    end
  endtask

  task check;
    begin
      if (valid !== 1'b1) fail("nest too short");
      if (tiles_now !== (tiles - block < block_tiles ? tiles - block : block_tiles)) fail("wrong m-tiles of the block");
      if (panels_now !== (panels - group < group_panels ? panels - group : group_panels))
        fail("wrong panels of the group");
      if (last_block !== (block + block_tiles >= tiles) || last_group !== (group + group_panels >= panels))
        fail("wrong last");
    end
  endtask

  initial begin
    seed  = SEED;
    steps = 0;
    {start, next, block, group} = 0;
    @(negedge clk) rst = 1'b0;
    #1 if (valid !== 1'b0) fail("valid after reset");
    for (job = 0; job < 200; job = job + 1) begin
      tiles        = 1 + {$random(seed)} % 20;
      panels       = 1 + {$random(seed)} % 20;
      block_tiles  = 1 + {$random(seed)} % 22;
      group_panels = 1 + {$random(seed)} % 22;
      stop         = job % 5 == 4 ? {$random(seed)} % 6 : 1000;
      start = 1'b1;
      @(negedge clk) start = 1'b0;
      for (block = 0; block < tiles && stop > 0; block = block + block_tiles)
        for (group = 0; group < panels && stop > 0; group = group + group_panels) begin
          repeat (job % 2 * ({$random(seed)} % 3)) @(negedge clk) check;
          #1 check;
          next = 1'b1;
          @(negedge clk) next = 1'b0;
          steps = steps + 1;
          stop  = stop - 1;
        end
      #1 if (stop > 0 && valid !== 1'b0) fail("nest too long");
    end
    $display("PASS %0d steps", steps);
    $finish;
  end

endmodule

`default_nettype wire
