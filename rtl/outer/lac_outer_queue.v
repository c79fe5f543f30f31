// A queue of records that begin at bus beats: takes beats, gives up any number of units from its head, or all up to the
// next beat.
//
// Why: chunks differ in size, and a chunk may be larger than a beat (lac_unit_fifo gives up at most a beat).
//
// Parameters:
//   UNIT_W  bits of a unit
//   UNITS   units of a beat, a power of two, at least 2
//   HEAD    units shown
//   the others are derived; do not set them
// Handshake: ready/valid at the input
//   in_ready_o depends on the level alone
//   head_o shows HEAD units, the oldest lowest, of which level_o are there
//   take_i of them go at the edge, at most level_o and HEAD
//   skip_i: with take_i 0: what is left of the oldest beat goes, nothing if none of it is gone
//   stray_o: that is not all zero
// Room: a beat and two heads, so that a head is there while no beat is let in.
// Latency: one cycle; a beat or a head a cycle, whichever is less.
// After reset: empty.

`default_nettype none

module lac_outer_queue #(
  parameter UNIT_W  = 8,
  parameter UNITS   = 4,
  parameter HEAD    = 4,
  parameter ROOM    = UNITS + 2 * HEAD,
  parameter LEVEL_W = $clog2(ROOM + 1)
) (
  input  wire                    clk_i,
  input  wire                    rst_i,

  input  wire                    in_valid_i,
  output wire                    in_ready_o,
  input  wire [UNITS*UNIT_W-1:0] in_data_i,

  output wire [LEVEL_W-1:0]      level_o,
  output wire [HEAD*UNIT_W-1:0]  head_o,
  input  wire [LEVEL_W-1:0]      take_i,
  input  wire                    skip_i,
  output wire                    stray_o
);

  localparam                 ODD_W    = $clog2(UNITS);
  localparam [31:0]          UNITS_32 = UNITS;
  localparam [31:0]          MOST_32  = ROOM - UNITS;
  localparam [LEVEL_W-1:0]   BEAT     = UNITS_32[LEVEL_W-1:0];
  localparam [LEVEL_W-1:0]   MOST     = MOST_32[LEVEL_W-1:0];

  reg  [LEVEL_W-1:0]         level_q;
  reg  [ROOM*UNIT_W-1:0]     units_q;

  wire [LEVEL_W-1:0]         odd  = {{LEVEL_W - ODD_W{1'b0}}, level_q[ODD_W-1:0]};
  wire [LEVEL_W-1:0]         take = skip_i ? odd : take_i;
  wire [LEVEL_W-1:0]         left = level_q - take;
  wire                       put  = in_valid_i && in_ready_o;

  assign in_ready_o = level_q <= MOST;
  assign level_o    = level_q;
  assign head_o     = units_q[HEAD*UNIT_W-1:0];

  always @(posedge clk_i) begin
    if (rst_i) begin
      level_q <= {LEVEL_W{1'b0}};
    end else begin
      level_q <= put ? left + BEAT : left;
    end
  end

  // A beat goes on top of what is there, then all of it moves down: how far is known late.
  wire [ROOM*UNIT_W-1:0]     placed = {{(ROOM - UNITS) * UNIT_W{1'b0}}, in_data_i} << level_q * UNIT_W;
  wire [ROOM*UNIT_W-1:0]     filled;

  wire [UNITS-1:0]           strays;
  assign stray_o = |strays;

  genvar unit;
  generate
    for (unit = 0; unit < UNITS; unit = unit + 1) begin : gen_stray
      localparam [31:0] UNIT = unit;
      assign strays[unit] = odd > UNIT[LEVEL_W-1:0] && |units_q[unit*UNIT_W +: UNIT_W];
    end
    for (unit = 0; unit < ROOM; unit = unit + 1) begin : gen_unit
      localparam [31:0] UNIT = unit;
      assign filled[unit*UNIT_W +: UNIT_W] = level_q > UNIT[LEVEL_W-1:0] ? units_q[unit*UNIT_W +: UNIT_W] :
                                             placed[unit*UNIT_W +: UNIT_W];
    end
  endgenerate

  always @(posedge clk_i) begin
    units_q <= filled >> take * UNIT_W;
  end

endmodule

`default_nettype wire
