// The rows of the A buffer: a lac_a_row for each.
//
// Why: all rows are filled and read together, so they share everything except where they stand, what they hold and
// whether they exist.
//
// Parameters: ROWS; the others as lac_a_row has them.
// Ports:
//   init_i, step_row_i, arrived_o, reads_o, we_i, a_o    as in lac_a_row, row 0 lowest
//   origin_o, origin_valid_o                             of row 0, which the fill waits for
//   the others go to all rows
// Latency, state after reset: as lac_a_row.

`default_nettype none

module lac_a_rows #(
  parameter ROWS       = 2,
  parameter ELEM_W     = 8,
  parameter OUT_W      = 8,
  parameter SIGNED     = 1,
  parameter BEAT_ELEMS = 16,
  parameter LANES      = 8,
  parameter GRANULE    = 8,
  parameter COLUMNS    = 2,
  parameter LINES      = 256,
  parameter POS_W      = 14,
  parameter HOLD       = 0,
  parameter SUBTILES   = 1,
  parameter CUT_W      = $clog2(LANES) + 1,
  parameter READS_W    = $clog2(COLUMNS + 1)
) (
  input  wire                                clk_i,
  input  wire                                rst_i,

  // job registers
  input  wire                                banked_i,
  input  wire [31:0]                         row_elems_i,
  input  wire [15:0]                         rows_i,
  input  wire [31:0]                         out_cols_i,
  input  wire [31:0]                         tile_cols_i,
  input  wire [31:0]                         tile_x_i,
  input  wire [POS_W-1:0]                    tile_y_i,
  input  wire [15:0]                         tile_ih_i,
  input  wire [31:0]                         wrap_x_i,
  input  wire [POS_W-1:0]                    row_y_i,
  input  wire [15:0]                         row_ih_i,
  input  wire [OUT_W-1:0]                    zero_i,

  // origins of the rows, moved from tile to tile; stay_i and again_i tied low where SUBTILES is 1
  input  wire [ROWS-1:0]                     init_i,
  input  wire [31:0]                         init_col_i,
  input  wire [31:0]                         init_x_i,
  input  wire [POS_W-1:0]                    init_y_i,
  input  wire [15:0]                         init_ih_i,
  input  wire                                next_tile_i,
  input  wire                                stay_i,
  input  wire                                again_i,
  input  wire                                rewind_i,
  input  wire                                save_i,

  // the beat, relative to the origin
  input  wire                                step_go_i,
  input  wire [ROWS-1:0]                     step_row_i, // the rows that exist (m < M)
  input  wire [31:0]                         step_x_i,
  input  wire [POS_W-1:0]                    step_y_i,
  input  wire [15:0]                         step_ih_i,
  input  wire [CUT_W-1:0]                    step_lanes_i,

  // stage 1
  input  wire [POS_W-1:0]                    fill_i,
  output wire [ROWS-1:0]                     arrived_o,
  input  wire                                read_i,
  input  wire                                advance_i,
  output wire [ROWS*READS_W-1:0]             reads_o,
  output wire [POS_W-1:0]                    origin_o,
  output wire                                origin_valid_o,

  input  wire [ROWS-1:0]                     we_i,
  input  wire [POS_W-3:0]                    wpos_i,
  input  wire [BEAT_ELEMS*ELEM_W-1:0]        wdata_i,

  output wire [ROWS*LANES*OUT_W-1:0]         a_o
);

  wire [ROWS*POS_W-1:0] origin;
  wire [ROWS-1:0]       origin_valid;

  genvar row;
  generate
    for (row = 0; row < ROWS; row = row + 1) begin : gen_row
      lac_a_row #(
        .ELEM_W         (ELEM_W),
        .OUT_W          (OUT_W),
        .SIGNED         (SIGNED),
        .BEAT_ELEMS     (BEAT_ELEMS),
        .LANES          (LANES),
        .GRANULE        (GRANULE),
        .COLUMNS        (COLUMNS),
        .LINES          (LINES),
        .POS_W          (POS_W),
        .HOLD           (HOLD),
        .SUBTILES       (SUBTILES)
      ) u_row (
        .clk_i          (clk_i),
        .rst_i          (rst_i),
        .banked_i       (banked_i),
        .row_elems_i    (row_elems_i),
        .rows_i         (rows_i),
        .out_cols_i     (out_cols_i),
        .tile_cols_i    (tile_cols_i),
        .tile_x_i       (tile_x_i),
        .tile_y_i       (tile_y_i),
        .tile_ih_i      (tile_ih_i),
        .wrap_x_i       (wrap_x_i),
        .row_y_i        (row_y_i),
        .row_ih_i       (row_ih_i),
        .zero_i         (zero_i),
        .init_i         (init_i[row]),
        .init_col_i     (init_col_i),
        .init_x_i       (init_x_i),
        .init_y_i       (init_y_i),
        .init_ih_i      (init_ih_i),
        .next_tile_i    (next_tile_i),
        .stay_i         (stay_i),
        .again_i        (again_i),
        .rewind_i       (rewind_i),
        .save_i         (save_i),
        .step_go_i      (step_go_i),
        .step_row_i     (step_row_i[row]),
        .step_x_i       (step_x_i),
        .step_y_i       (step_y_i),
        .step_ih_i      (step_ih_i),
        .step_lanes_i   (step_lanes_i),
        .fill_i         (fill_i),
        .arrived_o      (arrived_o[row]),
        .read_i         (read_i),
        .advance_i      (advance_i),
        .reads_o        (reads_o[row*READS_W +: READS_W]),
        .origin_o       (origin[row*POS_W +: POS_W]),
        .origin_valid_o (origin_valid[row]),
        .we_i           (we_i[row]),
        .wpos_i         (wpos_i),
        .wdata_i        (wdata_i),
        .a_o            (a_o[row*LANES*OUT_W +: LANES*OUT_W])
      );
    end
  endgenerate

  assign origin_o       = origin[POS_W-1:0];
  assign origin_valid_o = origin_valid[0];

  wire unused = &{1'b0, origin, origin_valid};

endmodule

`default_nettype wire
