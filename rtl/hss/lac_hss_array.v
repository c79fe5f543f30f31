// The array for structured weights: ROWS x COLUMNS PEs, what they choose from and what they choose by.
//
// Why: one place that says how PEs are joined: words of a row are put at fixed places once for its columns, offsets of
// a column are decoded once for its rows.
//
// Parameters:
//   ROWS, COLUMNS  of PEs
//   GROUPS, G*, H* as lac_hss_align has them; G0 and H0 are 1 where A is structured
//   KEPT           values kept of a block of A, as lac_dsso_pe has it, or 0: A is not structured
//   BLOCK          words of a block of A, if it is
//   A_W to ARRAY   as lac_dense_pe
//   the others follow from these, leave them
// Ports:
//   pattern_i: h0_i, h1_i, h2_i of lac_hss_align, the first lowest; stable
//   step_i: there is a step; without one all others may be anything, but last_i is low
//   a_i: row r at r * ELEMS * WORD_W, as words_i of lac_hss_align
//   b_i, offsets_i: column c at c * its width, as lac_hss_pe or lac_dsso_pe, and lac_hss_decode, have them
//   shift_i: all sums move a row down, zeros into the last row
//   drain_o: the sums of row 0, column c at c * ACC_W
//   nonzero_o: effectual lanes of each PE, row 0 lowest
// Latency: from a step one cycle more than lac_dense_pe, for operands and select bits are registered; shift_i as there.
// Throughput: one step per cycle.
// After reset: no step is under way; the rest as lac_dense_pe.

`default_nettype none

module lac_hss_array #(
  parameter ROWS      = 1,
  parameter COLUMNS   = 1,
  parameter GROUPS    = 1,
  parameter G0        = 1,
  parameter H0        = 2,
  parameter G1        = 1,
  parameter H1        = 1,
  parameter G2        = 1,
  parameter H2        = 1,
  parameter KEPT      = 0,
  parameter BLOCK     = 2,
  parameter A_W       = 8,
  parameter B_W       = 8,
  parameter ACC_W     = 32,
  parameter COUNT     = 0,
  parameter ARRAY     = 0,
  parameter WORD_W    = KEPT > 0 ? (KEPT + 1) * A_W : A_W,
  parameter ELEMS     = GROUPS * H2 * H1 * H0,
  parameter SLOTS     = GROUPS * G2 * G1 * G0,
  parameter WEIGHTS   = KEPT > 0 ? SLOTS * BLOCK : SLOTS,
  parameter LANES     = KEPT > 0 ? SLOTS * KEPT : SLOTS,
  parameter OFFSETS_W = GROUPS * G2 * ($clog2(H2) + G1 * ($clog2(H1) + G0 * $clog2(H0))),
  parameter COUNT_W   = $clog2(LANES + 1)
) (
  input  wire                            clk_i,
  input  wire                            rst_i,
  input  wire [23:0]                     pattern_i,

  input  wire                            step_i,
  input  wire                            first_i,
  input  wire                            last_i,
  input  wire [ROWS*ELEMS*WORD_W-1:0]    a_i,
  input  wire [COLUMNS*WEIGHTS*B_W-1:0]  b_i,
  input  wire [COLUMNS*OFFSETS_W-1:0]    offsets_i,

  input  wire                            shift_i,
  output wire [COLUMNS*ACC_W-1:0]        drain_o,

  output wire [ROWS*COLUMNS*COUNT_W-1:0] nonzero_o
);

  localparam SELECT_1 = H2 > G2 ? GROUPS * G2 * (H2 - G2 + 1) : 0;
  localparam SELECT_0 = SELECT_1 + (H1 > G1 ? GROUPS * H2 * G1 * (H1 - G1 + 1) : 0);
  localparam SELECT_W = SELECT_0 + (H0 > G0 ? GROUPS * H2 * H1 * G0 * (H0 - G0 + 1) : 0);
  localparam ROW_W    = ELEMS * WORD_W;
  localparam COLUMN_W = WEIGHTS * B_W;

  reg                               first_q, last_q;
  wire [(ROWS+1)*COLUMNS*ACC_W-1:0] drain;   // behind the last row there is one of zeros

  assign drain[ROWS*COLUMNS*ACC_W +: COLUMNS*ACC_W] = {COLUMNS * ACC_W{1'b0}};
  assign drain_o = drain[COLUMNS*ACC_W-1:0];

  always @(posedge clk_i) begin
    if (rst_i) begin
      first_q <= 1'b0;
      last_q  <= 1'b0;
    end else begin
      first_q <= step_i && first_i;
      last_q  <= last_i;
    end
  end

  genvar row, column;
  generate

    // -------------------------------------------------------------- columns
    // Without a step nothing is chosen: A is zero behind the muxes, so that nothing inside needs an enable.

    for (column = 0; column < COLUMNS; column = column + 1) begin : gen_column
      wire [SELECT_W-1:0] select_d;
      reg  [SELECT_W-1:0] select_q;
      reg  [COLUMN_W-1:0] b_q;

      lac_hss_decode #(
        .GROUPS    (GROUPS),
        .G0        (G0),
        .H0        (H0),
        .G1        (G1),
        .H1        (H1),
        .G2        (G2),
        .H2        (H2)
      ) u_decode (
        .step_i    (step_i),
        .offsets_i (offsets_i[column*OFFSETS_W +: OFFSETS_W]),
        .select_o  (select_d)
      );

      always @(posedge clk_i) begin
        select_q <= select_d;
        b_q      <= b_i[column*COLUMN_W +: COLUMN_W];
      end
    end

    // -------------------------------------------------------------- rows

    for (row = 0; row < ROWS; row = row + 1) begin : gen_row
      wire [ROW_W-1:0] words_d;
      reg  [ROW_W-1:0] words_q;

      lac_hss_align #(
        .GROUPS  (GROUPS),
        .G0      (G0),
        .H0      (H0),
        .G1      (G1),
        .H1      (H1),
        .G2      (G2),
        .H2      (H2),
        .A_W     (WORD_W)
      ) u_align (
        .h0_i    (pattern_i[7:0]),
        .h1_i    (pattern_i[15:8]),
        .h2_i    (pattern_i[23:16]),
        .words_i (a_i[row*ROW_W +: ROW_W]),
        .words_o (words_d)
      );

      always @(posedge clk_i) begin
        words_q <= words_d;
      end

      // ------------------------------------------------------------ its PEs

      for (column = 0; column < COLUMNS; column = column + 1) begin : gen_pe
        localparam INDEX = row * COLUMNS + column;

        if (KEPT == 0) begin : gen_hss
          lac_hss_pe #(
            .GROUPS    (GROUPS),
            .G0        (G0),
            .H0        (H0),
            .G1        (G1),
            .H1        (H1),
            .G2        (G2),
            .H2        (H2),
            .A_W       (A_W),
            .B_W       (B_W),
            .ACC_W     (ACC_W),
            .COUNT     (COUNT),
            .ARRAY     (ARRAY)
          ) u_pe (
            .clk_i     (clk_i),
            .select_i  (gen_column[column].select_q),
            .words_i   (words_q),
            .b_i       (gen_column[column].b_q),
            .first_i   (first_q),
            .last_i    (last_q),
            .shift_i   (shift_i),
            .drain_i   (drain[(INDEX+COLUMNS)*ACC_W +: ACC_W]),
            .drain_o   (drain[INDEX*ACC_W +: ACC_W]),
            .nonzero_o (nonzero_o[INDEX*COUNT_W +: COUNT_W])
          );
        end else begin : gen_dsso
          lac_dsso_pe #(
            .GROUPS    (GROUPS),
            .G1        (G1),
            .H1        (H1),
            .KEPT      (KEPT),
            .BLOCK     (BLOCK),
            .A_W       (A_W),
            .B_W       (B_W),
            .ACC_W     (ACC_W),
            .COUNT     (COUNT),
            .ARRAY     (ARRAY)
          ) u_pe (
            .clk_i     (clk_i),
            .select_i  (gen_column[column].select_q),
            .blocks_i  (words_q),
            .b_i       (gen_column[column].b_q),
            .first_i   (first_q),
            .last_i    (last_q),
            .shift_i   (shift_i),
            .drain_i   (drain[(INDEX+COLUMNS)*ACC_W +: ACC_W]),
            .drain_o   (drain[INDEX*ACC_W +: ACC_W]),
            .nonzero_o (nonzero_o[INDEX*COUNT_W +: COUNT_W])
          );
        end
      end
    end
  endgenerate

endmodule

`default_nettype wire
