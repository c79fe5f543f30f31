// One bank of the A buffer: written a bus beat at a time, read LANES elements at any element position.
//
// Why: a run of K starts wherever its pixel starts. COLUMNS memories of GRANULE elements stand side by side; a read takes one line
//      from each (the next line where the window has run over the right edge) and rotates the result into place.
// Parameters: ELEM_W, bits per element; BEAT_ELEMS, elements per beat; LANES, elements per read, 1 to GRANULE * (COLUMNS - 1) + 1
//      and fewer than a line, which is GRANULE * COLUMNS; GRANULE, BEAT_ELEMS or half of it; COLUMNS, 2 or more, 2 where the
//      granule is half a beat; LINES, depth. All but LANES powers of two; capacity GRANULE * COLUMNS * LINES elements, positions wrap.
// Handshake: none; a write lands at the end of its cycle. advance_i moves the second read stage.
// Latency: re_i at cycle t, then rdata_o in the cycle after the next advance_i; one read per cycle.
// After reset: contents and rdata_o undefined.

`default_nettype none

module lac_window_ram #(
  parameter ELEM_W     = 8,
  parameter BEAT_ELEMS = 16,
  parameter LANES      = 8,
  parameter GRANULE    = 8,
  parameter COLUMNS    = 2,
  parameter LINES      = 256,
  parameter ADDR_W     = $clog2(GRANULE * COLUMNS * LINES)
) (
  input  wire                         clk_i,

  input  wire                         we_i,
  input  wire [ADDR_W-1:0]            wpos_i,   // element position, a multiple of BEAT_ELEMS
  input  wire [BEAT_ELEMS*ELEM_W-1:0] wdata_i,

  input  wire                         re_i,
  input  wire [ADDR_W-1:0]            rpos_i,   // element position, any
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

  genvar column;
  generate
    for (column = 0; column < COLUMNS; column = column + 1) begin : gen_column
      localparam [COLUMN_W-1:0] COLUMN = column;
      lac_ram_2p #(
        .WIDTH (GRANULE * ELEM_W),
        .DEPTH (LINES)
      ) u_ram (
        .clk_i   (clk_i),
        .we_i    (we_i && (WRITES > 1 || wcolumn == COLUMN)),
        .waddr_i (wline),
        .wdata_i (wdata_i[(column % WRITES)*GRANULE*ELEM_W +: GRANULE*ELEM_W]),
        .re_i    (re_i),
        .raddr_i ({1'b0, COLUMN} < {1'b0, rcolumn} ? rline + 1'b1 : rline),
        .rdata_o (line[column*GRANULE*ELEM_W +: GRANULE*ELEM_W])
      );
    end
    if (GRANULE_W > 0) begin : gen_unused
      wire unused_wpos = &{1'b0, wpos_i[GRANULE_W-1:0]};
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
