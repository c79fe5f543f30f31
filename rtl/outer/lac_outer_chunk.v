// The next chunk of a fiber of B: up to Q of its columns, no two in one bank, the fullest banks first.
//
// Why: a bank takes one product a cycle, so a fiber needs as many chunks as its fullest bank has columns. Taking from
// the fullest ones first, it needs no more than that or than ceil(columns / Q), whichever is more
// (docs/engines/outer.md, In memory).
//
// How: banks stand in classes by the columns they have left. Of a class those are taken that have fewer than Q banks
// before them, in taller classes or in their own; all classes are counted at once.
// Parameters:
//   BANKS  power of two from 2 on
//   COLS   columns of a bank, power of two, 1 or more
//   Q      up to BANKS
//   the others are derived; do not set them
// Ports:
//   left_i: columns still to go, bit i * BANKS + b is column i of bank b
//   places_o: the banks taken, count_o of them
//   columns_o: by bank: the lowest of its columns left, which is the one taken
//   rest_o: columns left then
//   last_o: none
//   short_o: fewer than Q although some are left
// Latency: combinational.

`default_nettype none

module lac_outer_chunk #(
  parameter BANKS = 4,
  parameter COLS  = 2,
  parameter Q     = 2,
  parameter COL_W = COLS > 1 ? $clog2(COLS) : 1,
  parameter CNT_W = $clog2(Q + 1)
) (
  input  wire [BANKS*COLS-1:0]  left_i,
  output reg  [BANKS-1:0]       places_o,
  output reg  [BANKS*COL_W-1:0] columns_o,
  output wire [CNT_W-1:0]       count_o,
  output wire [BANKS*COLS-1:0]  rest_o,
  output wire                   last_o,
  output wire                   short_o
);

  localparam             HEIGHT_W = $clog2(COLS + 1);
  localparam             SUM_W    = $clog2(BANKS + 1);
  localparam [31:0]      Q_32     = Q;
  localparam [SUM_W-1:0] MOST     = Q_32[SUM_W-1:0];

  // ---------------------------------------------------------------- banks: columns left, and the lowest of them

  wire [BANKS*COLS-1:0]  reaches;     // by height - 1, then bank: banks with that height or more
  wire [BANKS*COLS-1:0]  lowest;      // by column, then bank: its lowest left, one-hot

  genvar b, h;
  generate
    for (b = 0; b < BANKS; b = b + 1) begin : gen_bank
      wire [COLS-1:0]     here;
      wire [HEIGHT_W-1:0] height;
      wire [COLS-1:0]     first = here & ~(here - 1'b1);

      for (h = 0; h < COLS; h = h + 1) begin : gen_column
        localparam [31:0] BELOW = h;
        assign here[h]              = left_i[h*BANKS+b];
        assign lowest[h*BANKS+b]    = first[h];
        assign reaches[h*BANKS+b]   = height > BELOW[HEIGHT_W-1:0];
      end

      lac_popcount #(
        .W       (COLS)
      ) u_height (
        .bits_i  (here),
        .count_o (height)
      );
    end
  endgenerate

  // ---------------------------------------------------------------- classes

  wire [COLS*SUM_W-1:0] reach_counts; // banks of a class and of all taller ones
  wire [BANKS*COLS-1:0] taken;        // by class, then bank

  generate
    for (h = 0; h < COLS; h = h + 1) begin : gen_class
      wire [BANKS-1:0]       taller;
      wire [BANKS-1:0]       members = reaches[h*BANKS +: BANKS] & ~taller;
      wire [SUM_W-1:0]       room;    // for this class
      wire [BANKS*SUM_W-1:0] below;
      wire [SUM_W-1:0]       unused_total;

      if (h == COLS - 1) begin : gen_tallest
        assign taller = {BANKS{1'b0}};
        assign room   = MOST;
      end else begin : gen_lower
        wire [SUM_W-1:0] above = reach_counts[(h+1)*SUM_W +: SUM_W];
        assign taller = reaches[(h+1)*BANKS +: BANKS];
        assign room   = above >= MOST ? {SUM_W{1'b0}} : MOST - above;
      end

      lac_popcount #(
        .W       (BANKS)
      ) u_reach (
        .bits_i  (reaches[h*BANKS +: BANKS]),
        .count_o (reach_counts[h*SUM_W +: SUM_W])
      );

      lac_outer_rank #(
        .BITS     (BANKS)
      ) u_before (
        .bits_i   (members),
        .before_o (below),
        .total_o  (unused_total)
      );

      for (b = 0; b < BANKS; b = b + 1) begin : gen_taken
        assign taken[h*BANKS+b] = members[b] && below[b*SUM_W +: SUM_W] < room;
      end
    end
  endgenerate

  // ---------------------------------------------------------------- the chunk

  wire [SUM_W-1:0]       banks_left = reach_counts[SUM_W-1:0];
  wire                   fits       = banks_left <= MOST;
  wire [SUM_W-1:0]       count      = fits ? banks_left : MOST;
  integer                bank, col;

  always @(*) begin
    places_o  = {BANKS{1'b0}};
    columns_o = {BANKS * COL_W{1'b0}};
    for (col = 0; col < COLS; col = col + 1) begin
      places_o = places_o | taken[col*BANKS +: BANKS];
      for (bank = 0; bank < BANKS; bank = bank + 1) begin
        columns_o[bank*COL_W +: COL_W] = columns_o[bank*COL_W +: COL_W] |
                                         (col[COL_W-1:0] & {COL_W{lowest[col*BANKS + bank]}});
      end
    end
  end

  assign count_o = count[CNT_W-1:0];
  assign rest_o  = left_i & ~(lowest & {COLS{places_o}});
  assign short_o = count != MOST && !last_o;

  generate
    if (COLS > 1) begin : gen_last
      assign last_o = fits && reach_counts[SUM_W +: SUM_W] == {SUM_W{1'b0}};
    end else begin : gen_last_flat
      assign last_o = fits;
    end
  endgenerate

endmodule

`default_nettype wire
