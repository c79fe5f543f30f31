// One operand per lane from several places, one select bit per lane and place.
//
// Why: all operand muxes of the Griffin engine use it: A and B of a PE, and A of a whole row if mode a is the only one.
//
// Parameters:
//   LANES   1 to 64
//   W       bits of an operand, 1 to 32
//   PLACES  1 to 256
// Ports: place p, lane l at p * LANES + l of select_i and (p * LANES + l) * W of places_i. A lane without a select bit
//   gives zero; a lane with several gives the OR of their operands.
// Latency: combinational.

`default_nettype none

module lac_lane_mux #(
  parameter LANES  = 1,
  parameter W      = 2,
  parameter PLACES = 0
) (
  input  wire [PLACES*LANES-1:0]   select_i,
  input  wire [PLACES*LANES*W-1:0] places_i,
  output reg  [LANES*W-1:0]        operand_o
);

  reg [LANES-1:0]   select;
  reg [LANES*W-1:0] mask;
  integer           place, lane;

  // Cut out once per place: Icarus copies all of a vector to take a part of it.
  always @(*) begin
    operand_o = {LANES * W{1'b0}};
    select    = {LANES{1'b0}};
    mask      = {LANES * W{1'b0}};
    for (place = 0; place < PLACES; place = place + 1) begin
      select = select_i[place*LANES +: LANES];
      for (lane = 0; lane < LANES; lane = lane + 1) begin
        mask[lane*W +: W] = {W{select[lane]}};
      end
      operand_o = operand_o | (places_i[place*LANES*W +: LANES*W] & mask);
    end
  end

endmodule

`default_nettype wire
