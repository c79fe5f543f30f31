// Round-robin arbiter: grants one of several requests, beginning after the one granted last.
//
// Why: when channels share one AXI port, a busy channel must not starve another. Round robin bounds every wait.
//
// Parameters:
//   REQUESTS  number of requesters, 1 or more
// Ports:
//   grant_o: one-hot, or zero without requests, in the same cycle
//   take_i: the grant is used in this cycle; only then does the turn move on
// Latency: grant_o is combinational.
// After reset: requester 0 comes first.

`default_nettype none

module lac_rr_arbiter #(
  parameter REQUESTS = 1
) (
  input  wire                clk_i,
  input  wire                rst_i,
  input  wire [REQUESTS-1:0] request_i,
  input  wire                take_i,
  output wire [REQUESTS-1:0] grant_o
);

  localparam [REQUESTS-1:0] ONE = 1;

  reg  [REQUESTS-1:0] later_q;   // requesters that come before the wrap

  wire [REQUESTS-1:0] later = request_i & later_q;
  wire [REQUESTS-1:0] pool = later != {REQUESTS{1'b0}} ? later : request_i;

  assign grant_o = pool & (~pool + ONE);

  always @(posedge clk_i) begin
    if (rst_i) later_q <= {REQUESTS{1'b1}};
    else if (take_i) later_q <= ~(grant_o | (grant_o - ONE));
  end

endmodule

`default_nettype wire
