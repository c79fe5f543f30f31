// One bank of the A buffer: written by bus beats, read LANES elements at any element position.
//
// Why: a run of K starts at any position. COLUMNS memories with words of GRANULE elements lie side by side. A read
// takes one line from each (the next line where the window runs over the right edge) and rotates the result into place.
// With HOLD, a column is read only if it has wanted elements that its output does not hold: another line was read, or
// this line was written since. Lanes that are not wanted are then undefined.
//
// Parameters:
//   ELEM_W      bits per element
//   BEAT_ELEMS  elements per beat, a power of two
//   LANES       elements per read, 1 to GRANULE * (COLUMNS - 1) + 1 and fewer than a line, which is GRANULE * COLUMNS
//   GRANULE     BEAT_ELEMS or half of it
//   COLUMNS     2 or more, a power of two; 2 where the granule is half a beat
//   LINES       depth, a power of two; capacity is GRANULE * COLUMNS * LINES elements, positions wrap
//   HOLD        1: a line number and a comparison per column (docs/engines/hss.md); 0: rst_i, rlow_i and rhigh_i are
//               ignored
//   the others are derived; do not set them
// Handshake: none; a write lands at the end of its cycle.
//   advance_i moves the second read stage
// Latency: re_i at cycle t, then rdata_o in the cycle after the next advance_i, and reads_o at t + 1; one read per
//   cycle.
// After reset: contents and rdata_o undefined, nothing held, reads_o zero.

`default_nettype none

module lac_window_ram #(
  parameter ELEM_W     = 8,
  parameter BEAT_ELEMS = 16,
  parameter LANES      = 8,
  parameter GRANULE    = 8,
  parameter COLUMNS    = 2,
  parameter LINES      = 256,
  parameter HOLD       = 0,
  parameter ADDR_W     = $clog2(GRANULE * COLUMNS * LINES),
  parameter CUT_W      = $clog2(LANES) + 1,
  parameter READS_W    = $clog2(COLUMNS + 1)
) (
  input  wire                         clk_i,
  input  wire                         rst_i,

  input  wire                         we_i,
  input  wire [ADDR_W-1:0]            wpos_i,   // element position, a multiple of BEAT_ELEMS
  input  wire [BEAT_ELEMS*ELEM_W-1:0] wdata_i,

  input  wire                         re_i,
  input  wire [ADDR_W-1:0]            rpos_i,   // element position, any
  input  wire [CUT_W-1:0]             rlow_i,   // lanes wanted: from this one on
  input  wire [CUT_W-1:0]             rhigh_i,  // and up to this one; 0: none, else above rlow_i
  output wire [READS_W-1:0]           reads_o,  // with HOLD: columns that were read; else 0
  input  wire                         advance_i,
  output wire [LANES*ELEM_W-1:0]      rdata_o
);

  localparam LINE_ELEMS = GRANULE * COLUMNS;
  localparam LINE_W     = $clog2(LINES);
  localparam OFFSET_W   = $clog2(LINE_ELEMS);
  localparam COLUMN_W   = $clog2(COLUMNS);
  localparam GRANULE_W  = GRANULE > 1 ? $clog2(GRANULE) : 0;
  localparam WRITES     = BEAT_ELEMS / GRANULE;   // columns a beat covers: 1, or 2 when it is a whole line

  // ---------------------------------------------------------------- memories

  wire [LINE_W-1:0]            wline   = wpos_i[OFFSET_W +: LINE_W];
  wire [LINE_W-1:0]            rline   = rpos_i[OFFSET_W +: LINE_W];
  wire [COLUMN_W-1:0]          wcolumn = wpos_i[GRANULE_W +: COLUMN_W];
  wire [COLUMN_W-1:0]          rcolumn = rpos_i[GRANULE_W +: COLUMN_W];
  wire [LINE_ELEMS*ELEM_W-1:0] line;
  wire [COLUMNS-1:0]           want;   // of its line: columns that hold wanted lanes
  wire [COLUMNS-1:0]           miss;   // of these, columns whose output holds something else

  genvar column;
  generate
    for (column = 0; column < COLUMNS; column = column + 1) begin : gen_column
      localparam [COLUMN_W-1:0] COLUMN = column;

      wire              we    = we_i && (WRITES > 1 || wcolumn == COLUMN);
      wire              re    = re_i && miss[column];
      wire [LINE_W-1:0] raddr = {1'b0, COLUMN} < {1'b0, rcolumn} ? rline + 1'b1 : rline;

      lac_ram_2p #(
        .WIDTH (GRANULE * ELEM_W),
        .DEPTH (LINES)
      ) u_ram (
        .clk_i   (clk_i),
        .we_i    (we),
        .waddr_i (wline),
        .wdata_i (wdata_i[(column % WRITES)*GRANULE*ELEM_W +: GRANULE*ELEM_W]),
        .re_i    (re),
        .raddr_i (raddr),
        .rdata_o (line[column*GRANULE*ELEM_W +: GRANULE*ELEM_W])
      );

      if (HOLD != 0) begin : gen_hold
        reg              held_q;   // the output is what the memory has at held_line_q
        reg [LINE_W-1:0] held_line_q;

        // A read sees the memory as it was before a write of the same cycle.
        wire stale = we && wline == (re ? raddr : held_line_q);

        assign miss[column] = want[column] && !(held_q && held_line_q == raddr);

        always @(posedge clk_i) begin
          if (rst_i) begin
            held_q <= 1'b0;
          end else begin
            held_q <= (held_q || re) && !stale;
          end
        end

        always @(posedge clk_i) begin
          if (re) begin
            held_line_q <= raddr;
          end
        end
      end else begin : gen_always
        assign miss[column] = want[column];
      end
    end
    if (GRANULE_W > 0) begin : gen_unused
      wire unused_wpos = &{1'b0, wpos_i[GRANULE_W-1:0]};
    end
  endgenerate

  // ---------------------------------------------------------------- columns wanted, a range round the line

  generate
    if (HOLD != 0) begin : gen_want
      localparam POS_W = OFFSET_W + 2;   // of a lane: fits any of either side

      wire [POS_W-1:0]    start = {2'b00, rpos_i[OFFSET_W-1:0]};
      wire [POS_W-1:0]    low   = start + {{(POS_W - CUT_W) {1'b0}}, rlow_i};
      wire [POS_W-1:0]    high  = start + {{(POS_W - CUT_W) {1'b0}}, rhigh_i} - 1'b1;
      wire [COLUMN_W-1:0] first = low[GRANULE_W +: COLUMN_W];
      wire [COLUMN_W-1:0] span  = high[GRANULE_W +: COLUMN_W] - first;

      for (column = 0; column < COLUMNS; column = column + 1) begin : gen_column
        localparam [COLUMN_W-1:0] COLUMN = column;
        wire [COLUMN_W-1:0] place = COLUMN - first;
        assign want[column] = |rhigh_i && place <= span;
      end

      wire [READS_W-1:0] reads;
      reg  [READS_W-1:0] reads_q;

      lac_popcount #(
        .W       (COLUMNS)
      ) u_reads (
        .bits_i  (miss),
        .count_o (reads)
      );

      always @(posedge clk_i) begin
        reads_q <= rst_i || !re_i ? {READS_W{1'b0}} : reads;
      end

      assign reads_o = reads_q;

      wire unused_lanes = &{1'b0, low, high};
    end else begin : gen_all
      assign want    = {COLUMNS{1'b1}};
      assign reads_o = {READS_W{1'b0}};

      wire unused_hold = &{1'b0, rst_i, rlow_i, rhigh_i};
    end
  endgenerate

  // ---------------------------------------------------------------- rotation, largest shift first

  reg  [OFFSET_W-1:0]          offset_q;
  reg  [LINE_ELEMS*ELEM_W-1:0] window;
  reg  [LANES*ELEM_W-1:0]      rdata_q;

  integer level;

  always @(*) begin
    window = line;
    for (level = OFFSET_W - 1; level >= 0; level = level - 1) begin
      if (offset_q[level]) begin
        window = (window >> (ELEM_W << level)) | (window << (LINE_ELEMS * ELEM_W - (ELEM_W << level)));
      end
    end
  end

  always @(posedge clk_i) begin
    if (re_i) begin
      offset_q <= rpos_i[OFFSET_W-1:0];
    end
    if (advance_i) begin
      rdata_q <= window[LANES*ELEM_W-1:0];
    end
  end

  assign rdata_o = rdata_q;

  wire unused_window = &{1'b0, window[LINE_ELEMS*ELEM_W-1:LANES*ELEM_W]};

endmodule

`default_nettype wire
