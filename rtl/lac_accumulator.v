// Running sum of one output element.
//
// Why: an own module, so that synthesis does not merge its adder with the tree before it.
// Parameters: SUM_W, bits of what is added, at most ACC_W; ACC_W, bits of the running sum, which wraps, at least 2;
//      ARRAY, see lac_mul: 1 adds the upper half for both carries and selects, since abc turns a long adder into one long ripple.
// Ports: first_i makes the sum start again from sum_i. With first_i low and sum_i zero nothing changes.
// Latency: one cycle; one addition per cycle.
// After reset: unknown until the first first_i; no reset.

`default_nettype none

module lac_accumulator #(
  parameter SUM_W = 2,
  parameter ACC_W = 2,
  parameter ARRAY = 0
) (
  input  wire             clk_i,
  input  wire             first_i,
  input  wire [SUM_W-1:0] sum_i,
  output wire [ACC_W-1:0] acc_o
);

  localparam LOW_W  = ACC_W / 2;
  localparam HIGH_W = ACC_W - LOW_W;

  reg  [ACC_W-1:0] acc_q;

  wire [ACC_W-1:0] kept  = acc_q & {ACC_W{!first_i}};
  wire [ACC_W:0]   added = {{ACC_W + 1 - SUM_W{sum_i[SUM_W-1]}}, sum_i};
  wire [ACC_W-1:0] acc_d;

  wire unused_msb = added[ACC_W];

  generate
    if (ARRAY != 0) begin : gen_select
      wire [LOW_W:0]    low      = {1'b0, kept[LOW_W-1:0]} + {1'b0, added[LOW_W-1:0]};
      wire [HIGH_W-1:0] high     = kept[ACC_W-1:LOW_W] + added[ACC_W-1:LOW_W];
      wire [HIGH_W-1:0] high_one = kept[ACC_W-1:LOW_W] + added[ACC_W-1:LOW_W] + {{HIGH_W - 1{1'b0}}, 1'b1};
      assign acc_d = {low[LOW_W] ? high_one : high, low[LOW_W-1:0]};
    end else begin : gen_plain
      assign acc_d = kept + added[ACC_W-1:0];
    end
  endgenerate

  assign acc_o = acc_q;

  always @(posedge clk_i) begin
    acc_q <= acc_d;
  end

endmodule

`default_nettype wire
