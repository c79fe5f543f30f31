// Lays out the windows of A so that whatever a slot may take in mode a stands at a fixed place, own lane.
//
// Why: rows and lanes that a slot borrows from are wires; the mux that picks steps in the modes b and ab then picks them too.
//      It stands before the register of the window.
// Parameters: ROWS, LANES, 1 to 64; W, bits of an element; STEPS, steps in, at least 1 + D1; PLACES, places out, at least STEPS and at
//      least 1 + D1 * (1 + D2) * (1 + D3) (where there is only mode a: this many); D1, D2, D3, distances of mode a.
// Ports: steps_i, row m, step d, lane l at ((m * STEPS + d) * LANES + l) * W; places_o alike with places for steps.
//      row_i low: place d is step d. High (mode a): place 0 is step 0; place 1 + ((e1 - 1) * (1 + D3) + e3) * (1 + D2) + e2, lane l, is
//      row m + e3, step e1, lane l + e2, all of them wrapping round. Places that are neither are zero.
// Latency: combinational.

`default_nettype none

module lac_row_spread #(
  parameter ROWS   = 1,
  parameter LANES  = 1,
  parameter W      = 2,
  parameter STEPS  = 1,
  parameter PLACES = 1,
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

  genvar row, place;
  generate
    for (row = 0; row < ROWS; row = row + 1) begin : gen_row
      for (place = 0; place < PLACES; place = place + 1) begin : gen_place
        localparam integer STEP  = place == 0 ? 0 : 1 + (place - 1) / ROUNDS;
        localparam integer ROUND = place == 0 ? 0 : (place - 1) % ROUNDS;
        localparam integer FROM  = (row + ROUND / SIDES) % ROWS;
        localparam integer SIDE  = ROUND % SIDES;

        wire [WORD_W-1:0] plain;
        wire [WORD_W-1:0] spread;

        if (place < STEPS) begin : gen_plain
          assign plain = steps_i[(row*STEPS+place)*WORD_W +: WORD_W];
        end else begin : gen_no_plain
          assign plain = {WORD_W{1'b0}};
        end
        if (STEP <= D1) begin : gen_spread
          wire [WORD_W-1:0] step = steps_i[(FROM*STEPS+STEP)*WORD_W +: WORD_W];
          assign spread = (step >> (SIDE * W)) | (step << ((LANES - SIDE) * W));
        end else begin : gen_no_spread
          assign spread = {WORD_W{1'b0}};
        end

        assign places_o[(row*PLACES+place)*WORD_W +: WORD_W] = row_i ? spread : plain;
      end
    end
  endgenerate

  wire unused_steps = &{1'b0, steps_i};

endmodule

`default_nettype wire
