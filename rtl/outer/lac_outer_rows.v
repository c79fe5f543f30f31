// Holds the masks of A: for every k of a block in every slot, the rows that are not zero.
//
// Why: A comes by rows, eight per beat with all k at once. The window needs all rows of one k (docs/engines/outer.md,
// The path of A).
//
// Parameters:
//   KS     k of a k-tile that belong to the block, a power of two
//   SUBS   beats of a k-tile, a power of two, 2 or more
//   SLOTS  k-tiles held, a power of two, 2 or more
//   the others are derived; do not set them
// Ports:
//   we_i: a beat with its nonzeros: by k, then row
//   rows_o: of slot_i and k_i, all rows of the tile, beat 0 first
// Latency: combinational from slot_i and k_i; a beat can be seen in the next cycle.
// After reset: undefined.

`default_nettype none

module lac_outer_rows #(
  parameter KS     = 2,
  parameter SUBS   = 2,
  parameter SLOTS  = 2,
  parameter KS_W   = KS > 1 ? $clog2(KS) : 1,
  parameter SLOT_W = $clog2(SLOTS),
  parameter BEAT_W = $clog2(SLOTS * SUBS)
) (
  input  wire              clk_i,

  input  wire              we_i,
  input  wire [BEAT_W-1:0] beat_i,       // slot, then beat
  input  wire [KS*8-1:0]   nonzero_i,

  input  wire [SLOT_W-1:0] slot_i,
  input  wire [KS_W-1:0]   k_i,
  output wire [SUBS*8-1:0] rows_o
);

  localparam SUB_W = $clog2(SUBS);

  genvar sub;
  generate
    for (sub = 0; sub < SUBS; sub = sub + 1) begin : gen_sub
      localparam [31:0] SUB = sub;
      reg  [KS*8-1:0]   slots_q[0:SLOTS-1];
      wire [KS*8-1:0]   fibers = slots_q[slot_i];

      assign rows_o[sub*8 +: 8] = fibers[k_i*8 +: 8];

      always @(posedge clk_i) begin
        if (we_i && beat_i[SUB_W-1:0] == SUB[SUB_W-1:0]) begin
          slots_q[beat_i[BEAT_W-1:SUB_W]] <= nonzero_i;
        end
      end
    end
  endgenerate

endmodule

`default_nettype wire
