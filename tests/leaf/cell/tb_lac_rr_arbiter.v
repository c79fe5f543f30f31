// variants: | -Ptb.REQUESTS=1 | -Ptb.REQUESTS=2 -Ptb.SEED=2 | -Ptb.REQUESTS=7 -Ptb.SEED=3
// lint: -GREQUESTS=3 | -GREQUESTS=1 | -GREQUESTS=7
// Random requests: the grant must be one-hot, among the requests, the first after the last taken, and move only when
//      taken.
`default_nettype none

module tb;

  parameter REQUESTS = 3;
  parameter SEED = 1;

  reg                 clk, rst, take;
  reg  [REQUESTS-1:0] request, want;
  wire [REQUESTS-1:0] grant;
  integer seed, cycle, next, k, turn;

  lac_rr_arbiter #(
    .REQUESTS (REQUESTS)
  ) u_dut (
    .clk_i     (clk),
    .rst_i     (rst),
    .request_i (request),
    .take_i    (take),
    .grant_o   (grant)
  );

  always #5 clk = ~clk;

  initial begin
    {clk, request, take} = 0;
    rst = 1;
    next = 0;
    seed = SEED;
    repeat (2) @(negedge clk);
    rst = 0;
    for (cycle = 0; cycle < 5000; cycle = cycle + 1) begin
      request = {$random(seed)};
      want = 0;
      turn = next;
      for (k = REQUESTS - 1; k >= 0; k = k - 1)
        if (request[(next+k)%REQUESTS]) begin
          turn = (next + k) % REQUESTS;
          want = 0;
          want[turn] = 1;
        end
      take = request != 0 && $random(seed) & 1;
      #1;
      if (grant !== want) begin
        $display("FAIL cycle %0d: request %b grant %b want %b", cycle, request, grant, want);
        $finish;
      end
      if (take) next = (turn + 1) % REQUESTS;
      @(negedge clk);
    end
    $display("PASS %0d cycles", cycle);
    $finish;
  end

endmodule

`default_nettype wire
