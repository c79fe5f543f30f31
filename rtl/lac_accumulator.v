// Running sum of one output element.
//
// Why: an own module, so that synthesis does not merge its adder with the tree before it.
// Parameters: SUM_W, bits of what is added, at most ACC_W; ACC_W, bits of the running sum, which wraps.
// Ports: first_i makes the sum start again from sum_i. With first_i low and sum_i zero nothing changes.
// Latency: one cycle; one addition per cycle.
// After reset: unknown until the first first_i; no reset.

`default_nettype none

module lac_accumulator #(
  parameter SUM_W = 0,
  parameter ACC_W = 0
) (
  input  wire             clk_i,
  input  wire             first_i,
  input  wire [SUM_W-1:0] sum_i,
  output wire [ACC_W-1:0] acc_o
);

  reg  [ACC_W-1:0] acc_q;

  wire [ACC_W-1:0] kept = acc_q & {ACC_W{!first_i}};

  wire [ACC_W:0]   added_wide = {{ACC_W + 1 - SUM_W{sum_i[SUM_W-1]}}, sum_i};

  assign acc_o = acc_q;

  wire unused_msb = added_wide[ACC_W];

  always @(posedge clk_i) begin
    acc_q <= kept + added_wide[ACC_W-1:0];
  end

endmodule

`default_nettype wire
