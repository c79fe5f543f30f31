// Lays out the windows of A so that everything a slot may take in mode a is at a fixed place, in its own lane.
//
// Why: rows and lanes that a slot borrows from become wires. The mux that chooses steps in modes b and ab then chooses
// them as well. It stands before the register of the window.
//
// Parameters:
//   ROWS, LANES  1 to 64
//   W            bits of an element
//   STEPS        steps in, at least 1 + D1
//   PLACES       places out, at least STEPS and at least 1 + D1 * (1 + D2) * (1 + D3) (where there is only mode a: this
//                many)
//   D1, D2, D3   distances of mode a
// Ports:
//   steps_i: row m, step d, lane l at ((m * STEPS + d) * LANES + l) * W
//   places_o in the same order, with places in place of steps
//   row_i low: place d is step d. High (mode a): place 0 is step 0; place 1 + ((e1 - 1) * (1 + D3) + e3) * (1 + D2) +
//     e2, lane l, is row m + e3, step e1, lane l + e2, all of them wrapping round. Places that are neither are zero.
// Latency: combinational.

`default_nettype none

module lac_row_spread #(
  parameter ROWS   = 1,
  parameter LANES  = 1,
  parameter W      = 2,
  parameter STEPS  = 2,
  parameter PLACES = 2,
  parameter D1     = 1,
  parameter D2     = 0,
  parameter D3     = 0
) (
  input  wire                           row_i,
  input  wire [ROWS*STEPS*LANES*W-1:0]  steps_i,
  output wire [ROWS*PLACES*LANES*W-1:0] places_o
);

  localparam WORD_W = LANES * W;
  localparam SIDES  = 1 + D2;
  localparam ROUNDS = SIDES * (1 + D3);   // for each step

  reg [ROWS*PLACES*WORD_W-1:0] places;
  reg [WORD_W-1:0]             step;
  integer                      row, place, e1, e2, e3;

  // Loops in a block: Icarus copies a vector that is driven place by place to each of its readers with each place.
  always @(*) begin
    places = {ROWS * PLACES * WORD_W{1'b0}};
    step   = {WORD_W{1'b0}};
    for (row = 0; row < ROWS; row = row + 1) begin
      if (row_i) begin
        places[row*PLACES*WORD_W +: WORD_W] = steps_i[row*STEPS*WORD_W +: WORD_W];
        for (e1 = 1; e1 <= D1; e1 = e1 + 1) begin
          for (e3 = 0; e3 <= D3; e3 = e3 + 1) begin
            for (e2 = 0; e2 <= D2; e2 = e2 + 1) begin
              step = steps_i[((row+e3)%ROWS*STEPS+e1)*WORD_W +: WORD_W];
              places[(row*PLACES+1+(e1-1)*ROUNDS+e3*SIDES+e2)*WORD_W +: WORD_W] = (step >> (e2 * W)) |
                (step << ((LANES - e2) * W));
            end
          end
        end
      end else begin
        for (place = 0; place < STEPS; place = place + 1) begin
          places[(row*PLACES+place)*WORD_W +: WORD_W] = steps_i[(row*STEPS+place)*WORD_W +: WORD_W];
        end
      end
    end
  end

  assign places_o = places;

endmodule

`default_nettype wire
