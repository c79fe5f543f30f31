// The dense array: ROWS x COLUMNS of lac_dense_pe, a row of A shared by its columns, a column of B by its rows.
//
// Why: one module joins the PEs; the units around it see only rows and columns.
//
// Parameters:
//   ROWS, COLUMNS  of PEs
//   the others     as lac_dense_pe has them
// Ports: a step, where there is none a_i, first_i and last_i are zero.
//   a_i: row r at r * LANES * A_W
//   b_i: column c at c * LANES * B_W
//   shift_i: all sums move a row down, zeros into the last row
//   drain_o: the sums of row 0, column c at c * ACC_W
//   nonzero_o: effectual lanes of each PE, row 0 lowest
// Latency, throughput, state after reset: as lac_dense_pe.

`default_nettype none

module lac_dense_array #(
  parameter ROWS    = 1,
  parameter COLUMNS = 1,
  parameter LANES   = 1,
  parameter A_W     = 2,
  parameter B_W     = 2,
  parameter ACC_W   = 32,
  parameter COUNT   = 0,
  parameter ARRAY   = 0,
  parameter COUNT_W = $clog2(LANES + 1)
) (
  input  wire                            clk_i,

  input  wire [ROWS*LANES*A_W-1:0]       a_i,
  input  wire [COLUMNS*LANES*B_W-1:0]    b_i,
  input  wire                            first_i,
  input  wire                            last_i,

  input  wire                            shift_i,
  output wire [COLUMNS*ACC_W-1:0]        drain_o,

  output wire [ROWS*COLUMNS*COUNT_W-1:0] nonzero_o
);

  // Behind the last row there is one of zeros.
  wire [(ROWS+1)*COLUMNS*ACC_W-1:0] drain;

  assign drain[ROWS*COLUMNS*ACC_W +: COLUMNS*ACC_W] = {COLUMNS * ACC_W{1'b0}};
  assign drain_o = drain[COLUMNS*ACC_W-1:0];

  genvar row, column;
  generate
    for (row = 0; row < ROWS; row = row + 1) begin : gen_row
      for (column = 0; column < COLUMNS; column = column + 1) begin : gen_column
        localparam INDEX = row * COLUMNS + column;

        lac_dense_pe #(
          .LANES     (LANES),
          .A_W       (A_W),
          .B_W       (B_W),
          .ACC_W     (ACC_W),
          .COUNT     (COUNT),
          .ARRAY     (ARRAY)
        ) u_pe (
          .clk_i     (clk_i),
          .a_i       (a_i[row*LANES*A_W +: LANES*A_W]),
          .b_i       (b_i[column*LANES*B_W +: LANES*B_W]),
          .first_i   (first_i),
          .last_i    (last_i),
          .shift_i   (shift_i),
          .drain_i   (drain[(INDEX+COLUMNS)*ACC_W +: ACC_W]),
          .drain_o   (drain[INDEX*ACC_W +: ACC_W]),
          .nonzero_o (nonzero_o[INDEX*COUNT_W +: COUNT_W])
        );
      end
    end
  endgenerate

endmodule

`default_nettype wire
