// Rotates a row of slots and keeps the first ones.
//
// Why: a ring is read from its head and written at its tail. There is one level of muxes per bit of the amount, and
// each level has only the slots that later levels need.
//
// Parameters:
//   WIDTH     bits of a slot
//   SLOTS     a power of two
//   OUT       slots kept, 1 to SLOTS
//   AMOUNT_W  derived; do not set it
// Ports: slot i at i * WIDTH
//   slots_o[i] = slots_i[(i + amount_i) mod SLOTS]; with one slot amount_i has no effect
// Latency: combinational.

`default_nettype none

module lac_rotate #(
  parameter WIDTH    = 1,
  parameter SLOTS    = 2,
  parameter OUT      = SLOTS,
  parameter AMOUNT_W = SLOTS > 1 ? $clog2(SLOTS) : 1
) (
  input  wire [AMOUNT_W-1:0]    amount_i,
  input  wire [SLOTS*WIDTH-1:0] slots_i,
  output wire [OUT*WIDTH-1:0]   slots_o
);

  localparam LEVELS = $clog2(SLOTS);

  genvar level;
  generate
    for (level = 0; level <= LEVELS; level = level + 1) begin : gen_level
      // the largest shift comes first: level k shifts by SLOTS >> k, then OUT slots and the sum of all smaller shifts
      // are needed
      localparam SHIFT = SLOTS >> level;
      localparam NEED  = OUT + SHIFT - 1;
      localparam KEEP  = NEED < SLOTS ? NEED : SLOTS;
      wire [KEEP*WIDTH-1:0] slots;

      if (level == 0) begin : gen_in
        assign slots = slots_i;
      end else begin : gen_shift
        localparam FROM_NEED = OUT + 2 * SHIFT - 1;
        localparam FROM      = FROM_NEED < SLOTS ? FROM_NEED : SLOTS;
        wire [FROM*WIDTH-1:0] from = gen_level[level-1].slots;
        wire [KEEP*WIDTH-1:0] moved;

        if (KEEP + SHIFT > FROM) begin : gen_wrap
          assign moved = {from[(KEEP+SHIFT-FROM)*WIDTH-1:0], from[FROM*WIDTH-1:SHIFT*WIDTH]};
        end else begin : gen_straight
          assign moved = from[SHIFT*WIDTH +: KEEP*WIDTH];
        end
        assign slots = amount_i[LEVELS-level] ? moved : from[KEEP*WIDTH-1:0];
      end
    end
  endgenerate

  assign slots_o = gen_level[LEVELS].slots;

  generate
    if (LEVELS == 0) begin : gen_unused
      wire unused_amount = &{1'b0, amount_i};
    end
  endgenerate

endmodule

`default_nettype wire
