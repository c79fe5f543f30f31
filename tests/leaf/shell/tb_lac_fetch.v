// variants: | -Ptb.ADDR_W=40 -Ptb.SEED=2 | -Ptb.ADDR_W=64 -Ptb.SEED=3
// lint: -GADDR_W=32 | -GADDR_W=40 | -GADDR_W=64
// Random lists under stalls, empty ones, lists cut short by clear_i and by the next start; each request, when it is
// offered, and bytes_o.
`default_nettype none

module tb;

  parameter ADDR_W = 32;
  parameter SEED   = 1;

  reg               clk = 1'b0;
  reg               rst = 1'b1;
  reg               clear, start, ready;
  reg  [ADDR_W-1:0] addr;
  reg  [31:0]       pitch, bytes, count;
  wire              valid;
  wire [ADDR_W-1:0] req_addr;
  wire [31:0]       req_bytes;
  wire [63:0]       sum;
  reg  [63:0]       want_addr;
  integer           seed, job, cycle, taken, left, stall;

  lac_fetch #(
    .ADDR_W (ADDR_W)
  ) u_dut (
    .clk_i       (clk),
    .rst_i       (rst),
    .clear_i     (clear),
    .start_i     (start),
    .addr_i      (addr),
    .pitch_i     (pitch),
    .bytes_i     (bytes),
    .count_i     (count),
    .req_valid_o (valid),
    .req_ready_i (ready),
    .req_addr_o  (req_addr),
    .req_bytes_o (req_bytes),
    .bytes_o     (sum)
  );

  always #5 clk = !clk;

  task fail(input [8*40-1:0] why);
    begin
      $display("FAIL job %0d request %0d: %0s", job, taken, why);
      $finish;
    end
  endtask

  initial begin
    seed = SEED;
    {cycle, clear, start, ready, addr, pitch, bytes, count} = 0;
    @(negedge clk) rst = 1'b0;
    #1 if (valid !== 1'b0) fail("request after reset");
    for (job = 0; job < 100; job = job + 1) begin
      addr  = {$random(seed), $random(seed)};
      pitch = job % 4 == 0 ? 0 : {$random(seed)} >> 1 >> {$random(seed)} % 31;
      bytes = job % 7 == 6 ? 0 : {$random(seed)} >> {$random(seed)} % 31;
      count = job % 11 == 10 ? 0 : {$random(seed)} % 30;
      stall = {$random(seed)} % 80;
      left  = bytes == 0 ? 0 : count;
      taken = 0;
      start = 1'b1;
      @(negedge clk) start = 1'b0;
      repeat (job % 3 == 0 ? 15 : 100) begin
        ready     = {$random(seed)} % 100 >= stall;
        clear     = {$random(seed)} % 100 == 0;
        want_addr = addr + taken * {32'd0, pitch};
        #1;
        if (valid !== (left > 0)) fail("wrong number of requests");
        if (valid && (req_addr !== want_addr[ADDR_W-1:0] || req_bytes !== bytes)) fail("wrong request");
        if (sum !== taken * {32'd0, bytes}) fail("wrong count of bytes");
        @(negedge clk);
        cycle = cycle + 1;
        if (left > 0 && ready) begin
          left  = left - 1;
          taken = taken + 1;
        end
        if (clear) left = 0;
      end
      clear = 1'b0;
    end
    $display("PASS %0d cycles", cycle);
    $finish;
  end

endmodule

`default_nettype wire
