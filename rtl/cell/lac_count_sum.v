// Sum of one kind of counts over all PEs.
//
// Why: lac_count_sums has one for each kind of count, so that simulators compile the sum once.
//
// Parameters:
//   PES    1 or more
//   W      bits of a count
//   OUT_W  bits of the sum
// Ports: counts_i, PE p at p * W.
// Latency: 1.
// After reset: zero.

`default_nettype none

module lac_count_sum #(
  parameter PES   = 4,
  parameter W     = 3,
  parameter OUT_W = 6
) (
  input  wire             clk_i,
  input  wire             rst_i,
  input  wire [PES*W-1:0] counts_i,
  output wire [OUT_W-1:0] sum_o
);

  wire [OUT_W-1:0] sum_d;
  reg  [OUT_W-1:0] sum_q;

  lac_adder_tree #(
    .N       (PES),
    .W       (W),
    .OUT_W   (OUT_W),
    .SIGNED  (0)
  ) u_tree (
    .terms_i (counts_i),
    .sum_o   (sum_d)
  );

  always @(posedge clk_i) begin
    if (rst_i) begin
      sum_q <= {OUT_W{1'b0}};
    end else begin
      sum_q <= sum_d;
    end
  end

  assign sum_o = sum_q;

endmodule

`default_nettype wire
