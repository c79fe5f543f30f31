// The next chunk of a fiber of B in ascending order: columns up to the first whose bank is taken, at most Q.
//
// Why: to be measured against lac_outer_chunk (docs/engines/outer-merge.md), which has the same ports; no configuration
// instantiates it.
//
// Parameters:
//   BANKS, COLS, Q  as lac_outer_chunk
//   the others follow from these, leave them
// Latency: combinational.

`default_nettype none

module lac_merge_order #(
  parameter BANKS = 16,
  parameter COLS  = 4,
  parameter Q     = 8,
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

  localparam               SUM_W = $clog2(BANKS * COLS + 1);
  localparam [31:0]        Q_32  = Q;
  localparam [SUM_W-1:0]   MOST  = Q_32[SUM_W-1:0];

  reg  [BANKS*COLS-1:0]    again;      // its bank has a column left below
  reg  [BANKS-1:0]         seen;
  wire [BANKS*COLS-1:0]    first = again & ~(again - 1'b1);
  wire [BANKS*COLS-1:0]    below = first - 1'b1;            // all, where none comes again
  wire [BANKS*COLS-1:0]    taken;
  wire [BANKS*COLS*SUM_W-1:0] before;
  wire [SUM_W-1:0]         unused_total;
  integer                  row, bank, col;

  always @(*) begin
    seen = {BANKS{1'b0}};
    for (row = 0; row < COLS; row = row + 1) begin
      again[row*BANKS +: BANKS] = left_i[row*BANKS +: BANKS] & seen;
      seen                      = seen | left_i[row*BANKS +: BANKS];
    end
  end

  lac_outer_rank #(
    .BITS     (BANKS * COLS)
  ) u_before (
    .bits_i   (left_i),
    .before_o (before),
    .total_o  (unused_total)
  );

  genvar at;
  generate
    for (at = 0; at < BANKS * COLS; at = at + 1) begin : gen_taken
      assign taken[at] = left_i[at] && below[at] && before[at*SUM_W +: SUM_W] < MOST;
    end
  endgenerate

  always @(*) begin
    places_o  = {BANKS{1'b0}};
    columns_o = {BANKS * COL_W{1'b0}};
    for (col = 0; col < COLS; col = col + 1) begin
      places_o = places_o | taken[col*BANKS +: BANKS];
      for (bank = 0; bank < BANKS; bank = bank + 1) begin
        columns_o[bank*COL_W +: COL_W] = columns_o[bank*COL_W +: COL_W] |
                                         (col[COL_W-1:0] & {COL_W{taken[col*BANKS + bank]}});
      end
    end
  end

  wire [$clog2(BANKS+1)-1:0] count;

  lac_popcount #(
    .W       (BANKS)
  ) u_count (
    .bits_i  (places_o),
    .count_o (count)
  );

  assign count_o = count[CNT_W-1:0];
  wire unused = &{1'b0, count, unused_total};

  assign rest_o  = left_i & ~taken;
  assign last_o  = rest_o == {BANKS * COLS{1'b0}};
  assign short_o = count_o != Q_32[CNT_W-1:0] && !last_o;

endmodule

`default_nettype wire
