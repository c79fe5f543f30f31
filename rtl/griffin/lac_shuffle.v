// Rotates the lanes of each group of four by the number of the step.
//
// Why: zeros that always fall in one lane (a channel that is always zero) are spread over four lanes, so that lookahead
// finds work for each. The sum over K does not change (docs/engines/griffin.md, Shuffle).
//
// Parameters:
//   LANES  a power of two, at least 2 (with 2 the group is two lanes)
//   W      bits of an element
// Ports: lane l at l * W; element l of lanes_i leaves in lane (l & ~3) | ((l + turn_i) & 3).
// Latency: combinational.

`default_nettype none

module lac_shuffle #(
  parameter LANES = 4,
  parameter W     = 8
) (
  input  wire [1:0]         turn_i,
  input  wire [LANES*W-1:0] lanes_i,
  output wire [LANES*W-1:0] lanes_o
);

  localparam GROUP = LANES < 4 ? LANES : 4;

  // Bits that come from the lane `turn` below; all others wrap round from the top of their group.
  function [LANES*W-1:0] make_straight(input integer turn);
    integer i;
    begin
      for (i = 0; i < LANES * W; i = i + 1) begin
        make_straight[i] = (i / W) % GROUP >= turn;
      end
    end
  endfunction

  localparam [LANES*W-1:0] BY_ONE = make_straight(1);
  localparam [LANES*W-1:0] BY_TWO = make_straight(2);

  wire [LANES*W-1:0] one = turn_i[0] ? ((lanes_i << W) & BY_ONE) | ((lanes_i >> ((GROUP - 1) * W)) & ~BY_ONE) : lanes_i;

  generate
    if (GROUP == 4) begin : gen_four
      assign lanes_o = turn_i[1] ? ((one << (2 * W)) & BY_TWO) | ((one >> (2 * W)) & ~BY_TWO) : one;
    end else begin : gen_two
      assign lanes_o = one;
      wire unused_turn = &{1'b0, turn_i[1], BY_TWO};
    end
  endgenerate

endmodule

`default_nettype wire
