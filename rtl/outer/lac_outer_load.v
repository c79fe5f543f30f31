// Distributes beats of A to all blocks: where each goes, which elements are zero, and when a k-tile is complete.
//
// Why: every block needs its k of every row, and all blocks fill and free the same slots (docs/engines/outer.md, The
// path of A).
//
// Parameters:
//   BLOCKS  a power of two
//   KS      k of a k-tile per block, a power of two
//   SUBS    beats of a k-tile, a power of two, 2 or more
//   SLOTS   k-tiles held, a power of two, 2 or more
//   A_W     bits of an element
//   the others are derived; do not set them
// Handshake:
//   a_* ready/valid, 8 rows of BLOCKS * KS elements, by row, then k; k j belongs to block j + turn mod BLOCKS
//   turn_i: the turn of the k-tile that is loaded or comes next, turn_next_i, that of the one behind it, both from a
//     cycle before its first beat on
//   a_first_i, a_last_i, a_end_i stand with every beat of a tile's first, a tile's last, the job's last k-tile
//   room_i: by block, from lac_outer_block
//   known_o: a k-tile was complete in the cycle before, with it empty_o: no element of it counts as nonzero
//   skip_i low: no element counts as zero
//   we_o, beat_o, loaded_o to all blocks, data_o by block, row, k
//   nonzero_o by block, k, row
// Reports:
//   tile_o: a tile has been loaded to its end
//   ended_o: the job has
//   stream_error_o: a tile begins where none has ended
// Latency: combinational, but for known_o and empty_o; a beat a cycle.
// After reset: slot 0 is next.

`default_nettype none

module lac_outer_load #(
  parameter BLOCKS = 2,
  parameter KS     = 2,
  parameter SUBS   = 2,
  parameter SLOTS  = 2,
  parameter A_W    = 8,
  parameter BEAT_W = $clog2(SLOTS * SUBS),
  parameter TURN_W = BLOCKS > 1 ? $clog2(BLOCKS) : 1
) (
  input  wire                       clk_i,
  input  wire                       rst_i,
  input  wire                       skip_i,

  input  wire                       a_valid_i,
  output wire                       a_ready_o,
  input  wire [8*BLOCKS*KS*A_W-1:0] a_data_i,
  input  wire                       a_first_i,
  input  wire                       a_last_i,
  input  wire                       a_end_i,
  input  wire [TURN_W-1:0]          turn_i,
  input  wire [TURN_W-1:0]          turn_next_i,
  input  wire [BLOCKS-1:0]          room_i,

  output wire                       we_o,
  output wire [BEAT_W-1:0]          beat_o,       // slot, then beat
  output wire [8*BLOCKS*KS*A_W-1:0] data_o,
  output wire [BLOCKS*KS*8-1:0]     nonzero_o,
  output wire                       loaded_o,     // the last beat of a k-tile
  output wire                       known_o,
  output wire                       empty_o,

  output wire                       tile_o,
  output wire                       ended_o,
  output wire                       stream_error_o
);

  localparam SUB_W = $clog2(SUBS);

  reg  [BEAT_W-1:0] beat_q;
  reg               between_q;    // no tile is open
  reg               ended_q;
  reg               known_q;
  reg  [TURN_W-1:0] turn_q;
  reg               seen_q;       // a beat of the k-tile, the last one included, had a nonzero

  assign a_ready_o      = &room_i;
  assign we_o           = a_valid_i && a_ready_o;
  assign beat_o         = beat_q;
  assign loaded_o       = we_o && &beat_q[SUB_W-1:0];
  assign tile_o         = loaded_o && a_last_i;
  assign ended_o        = ended_q;
  assign known_o        = known_q;
  assign empty_o        = !seen_q;
  assign stream_error_o = loaded_o && a_first_i != between_q;

  always @(posedge clk_i) begin
    if (rst_i) begin
      beat_q    <= {BEAT_W{1'b0}};
      between_q <= 1'b1;
      ended_q   <= 1'b0;
      known_q   <= 1'b0;
    end else begin
      beat_q    <= beat_q + {{BEAT_W - 1{1'b0}}, we_o};
      between_q <= loaded_o ? a_last_i : between_q;
      ended_q   <= ended_q || (loaded_o && a_end_i);
      known_q   <= loaded_o;
    end
  end

  always @(posedge clk_i) begin
    turn_q <= loaded_o ? turn_next_i : turn_i;
    if (we_o) begin
      seen_q <= |nonzero_o || (|beat_q[SUB_W-1:0] && seen_q);
    end
  end

  genvar block, row, k;
  generate
    for (row = 0; row < 8; row = row + 1) begin : gen_row
      for (k = 0; k < KS; k = k + 1) begin : gen_k
        wire [BLOCKS*A_W-1:0]   given = a_data_i[(row*KS+k)*BLOCKS*A_W +: BLOCKS*A_W];
        wire [2*BLOCKS*A_W-1:0] twice = {given, given} << (A_W * turn_q);
        wire [BLOCKS*A_W-1:0]   own   = BLOCKS > 1 ? twice[BLOCKS*A_W +: BLOCKS*A_W] : given;   // by block
        wire                    unused = &{1'b0, twice};

        for (block = 0; block < BLOCKS; block = block + 1) begin : gen_block
          wire [A_W-1:0] element = own[block*A_W +: A_W];
          assign data_o[((block*8+row)*KS+k)*A_W +: A_W] = element;
          assign nonzero_o[(block*KS+k)*8+row]           = |element || !skip_i;
        end
      end
    end
  endgenerate

endmodule

`default_nettype wire
