// Counts, for every bit, the set bits before it: its place when the set bits are packed together.
//
// Why: chunks are chosen, and their columns packed, by such counts. Sums are shared as in a Sklansky adder: clog2(BITS)
// additions deep.
//
// Parameters:
//   BITS   1 or more
//   CNT_W  derived; do not set it
// Latency: combinational.

`default_nettype none

module lac_outer_rank #(
  parameter BITS  = 4,
  parameter CNT_W = $clog2(BITS + 1)
) (
  input  wire [BITS-1:0]       bits_i,
  output reg  [BITS*CNT_W-1:0] before_o,   // bit 0 first
  output wire [CNT_W-1:0]      total_o
);

  reg [BITS*CNT_W-1:0] sums;               // with the bit itself
  integer              bit_index, reach;

  always @(*) begin
    for (bit_index = 0; bit_index < BITS; bit_index = bit_index + 1) begin
      sums[bit_index*CNT_W +: CNT_W] = {{CNT_W{1'b0}}} | {{CNT_W - 1{1'b0}}, bits_i[bit_index]};
    end
    for (reach = 1; reach < BITS; reach = reach * 2) begin
      for (bit_index = 0; bit_index < BITS; bit_index = bit_index + 1) begin
        if (bit_index / reach % 2 == 1) begin
          sums[bit_index*CNT_W +: CNT_W] = sums[bit_index*CNT_W +: CNT_W] +
                                           sums[(bit_index/reach*reach-1)*CNT_W +: CNT_W];
        end
      end
    end
    before_o = sums << CNT_W;
  end

  assign total_o = sums[(BITS-1)*CNT_W +: CNT_W];

endmodule

`default_nettype wire
