// One operand per lane out of several places, one select bit per lane and place.
//
// Why: all muxes of operands in the Griffin engine are this one: A and B of a PE, and A of a whole row where there is only mode a.
// Parameters: LANES, 1 to 64; W, bits of an operand; PLACES, 1 to 256; ARRAY, see lac_mul.
// Ports: place p, lane l at p * LANES + l of select_i and (p * LANES + l) * W of places_i. A lane without a select bit gives zero; a lane
//      with several gives the OR of their operands.
// Latency: combinational.

`default_nettype none

module lac_row_select #(
  parameter LANES  = 0,
  parameter W      = 0,
  parameter PLACES = 0
) (
  input  wire [PLACES*LANES-1:0]   select_i,
  input  wire [PLACES*LANES*W-1:0] places_i,
  output wire [LANES*W-1:0]        operand_o
);
endmodule

`default_nettype wire
