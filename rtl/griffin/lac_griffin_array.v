// The Griffin array: ROWS x COLUMNS of lac_griffin_pe, and the logic that the PEs of a row or a column share.
//
// Why: one module joins the PEs: which of them share operands and decisions, and where their trees go.
//
// Parameters:
//   ROWS, COLUMNS  of PEs
//   WRAP           1: a tree that leaves the last column enters the first one
//   the others     as lac_griffin_pe has them
// Shared by a column: what its weights point at (lac_column_aim; modes b and ab).
// Shared by a row: its operands, where there is only mode a, since then all its PEs take the same.
// Stage S: rows and columns in order, the first lowest.
//   dual_i, by_column_i: the mode is ab; the mode is b
//   weights_i, code_i: word j of column c at j * COLUMNS + c, as lac_column_aim has them; base_i goes to all columns
//   nonzero_i: element l of step d of row r is not zero, at (r * REACH + d) * LANES + l
//   row_busy_i: slots of the row work (mode a)
//   more_o: bit j - 1: some PE has work left for word j (mode ab, otherwise zero)
//   busy_o: PE c of row r at r * COLUMNS + c: it works, in modes a, b, ab
// Stage D: as lac_griffin_pe.
//   row_take_i, row_word_i, row_across_i, window_i: row r's part at r * its width. Without modes b and ab a row's
//     window has TAKES places, of which row_take_i chooses.
//   b_i: word j of column c at j * COLUMNS + c
//   drain_o: sums of row 0, column c at c * ACC_W
//   counts_o: PE 0 lowest: nonzero_o, borrowed_o, aside_o, abroad_o of the PE, the first lowest, zero without COUNT
// Latency, throughput, state after reset: as lac_griffin_pe.

`default_nettype none

module lac_griffin_array #(
  parameter ROWS     = 1,
  parameter COLUMNS  = 1,
  parameter WRAP     = 0,
  parameter LANES    = 1,
  parameter A_W      = 2,
  parameter B_W      = 2,
  parameter ACC_W    = 32,
  parameter HAS_A    = 0,
  parameter HAS_B    = 0,
  parameter HAS_AB   = 0,
  parameter A_D1     = 0,
  parameter A_D2     = 0,
  parameter A_D3     = 0,
  parameter B_D1     = 0,
  parameter B_D2     = 0,
  parameter B_D3     = 0,
  parameter AB_A1    = 0,
  parameter AB_A2    = 0,
  parameter AB_B1    = 0,
  parameter AB_B2    = 0,
  parameter AB_B3    = 0,
  parameter RUN_ON   = 0,
  parameter COUNT    = 0,
  parameter ARRAY    = 0,
  parameter HAS_AIM  = HAS_B > HAS_AB ? HAS_B : HAS_AB,
  parameter D3       = B_D3 > AB_B3 ? B_D3 : AB_B3,
  parameter WORDS    = 1 + (A_D1 > AB_A1 ? A_D1 : AB_A1),
  parameter LATER    = AB_A1 > 1 ? AB_A1 : 1,
  parameter STEPS    = (1 + AB_A1) * (1 + AB_B1),
  parameter FIRST    = 1 + (B_D1 > AB_B1 ? B_D1 : AB_B1),
  parameter SIDES    = 1 + (B_D2 > AB_B2 ? B_D2 : AB_B2),
  parameter CODE_W   = FIRST * SIDES * (1 + D3) > 1 ? $clog2(FIRST) + $clog2(SIDES) + $clog2(1 + D3) : 1,
  parameter BASE_W   = $clog2(1 + STEPS),
  parameter TAKES    = 1 + A_D1 * (1 + A_D2) * (1 + A_D3),
  parameter CHOICES  = 1 + A_D1 * (1 + A_D2),
  parameter ACROSS   = A_D3 > 1 ? A_D3 : 1,
  parameter DEPTH    = 1 + B_D1 > STEPS ? 1 + B_D1 : STEPS,
  parameter PLACES   = TAKES > DEPTH * HAS_AIM ? TAKES : DEPTH,
  parameter REACH    = 1 + A_D1 > DEPTH ? 1 + A_D1 : DEPTH,
  parameter KINDS    = REACH > 2 ? REACH + 2 : 4,
  parameter COUNT_W  = $clog2(LANES + 1)
) (
  input  wire                                      clk_i,
  input  wire                                      rst_i,

  // stage S
  input  wire                                      dual_i,
  input  wire                                      by_column_i,
  input  wire [(1+AB_A1)*COLUMNS*LANES-1:0]        weights_i,
  input  wire [(1+AB_A1)*COLUMNS*LANES*CODE_W-1:0] code_i,
  input  wire [LATER*BASE_W-1:0]                   base_i,
  input  wire [ROWS*REACH*LANES-1:0]               nonzero_i,
  input  wire [ROWS-1:0]                           row_busy_i,
  output wire [LATER-1:0]                          more_o,
  output wire [ROWS*COLUMNS-1:0]                   busy_o,
  input  wire [AB_A1:0]                            given_i,

  // stage D
  input  wire                                      single_i,
  input  wire                                      row_i,
  input  wire [ROWS*TAKES*LANES-1:0]               row_take_i,
  input  wire [ROWS*CHOICES*LANES-1:0]             row_word_i,
  input  wire [ROWS*ACROSS*LANES-1:0]              row_across_i,
  input  wire [ROWS*PLACES*LANES*A_W-1:0]          window_i,
  input  wire [WORDS*COLUMNS*LANES*B_W-1:0]        b_i,
  input  wire                                      first_i,
  input  wire                                      last_i,
  input  wire                                      straddle_i,

  input  wire                                      shift_i,
  output wire [COLUMNS*ACC_W-1:0]                  drain_o,

  output wire [ROWS*COLUMNS*KINDS*COUNT_W-1:0]     counts_o
);

  localparam TREES   = 1 + (A_D3 > D3 ? A_D3 : D3);
  localparam OTHERS  = TREES > 2 ? TREES - 1 : 1;
  localparam AIMS    = SIDES * (FIRST + AB_A1 + AB_B1 * AB_A1 * (AB_A1 + 3) / 2);
  localparam DOT_W   = A_W + B_W + $clog2(LANES);
  localparam SUM_W   = DOT_W < ACC_W ? DOT_W : ACC_W;
  localparam ROW_W   = HAS_AIM != 0 ? PLACES * LANES * A_W : LANES * A_W;   // of A that the PEs of a row are shown
  localparam BEHIND  = (KINDS - 3) * COUNT_W;                               // bits of borrowed_o

  wire [ROWS*COLUMNS*OTHERS*SUM_W-1:0] across;    // sums for PEs further on
  wire [ROWS*COLUMNS*LATER-1:0]        pe_more;
  wire [ROWS*COLUMNS-1:0]              pe_busy;
  wire [(ROWS+1)*COLUMNS*ACC_W-1:0]    drain;     // behind the last row there is one of zeros

  assign drain[ROWS*COLUMNS*ACC_W +: COLUMNS*ACC_W] = {COLUMNS * ACC_W{1'b0}};
  assign drain_o = drain[COLUMNS*ACC_W-1:0];

  genvar row, column, word, e;
  generate

    // -------------------------------------------------------------- columns

    for (column = 0; column < COLUMNS; column = column + 1) begin : gen_column
      wire [WORDS*LANES*B_W-1:0]       b;
      wire [AIMS*LANES-1:0]            aim, aim_late;
      wire [(1+AB_A1)*OTHERS*LANES-1:0] across_late;
      wire                             works;

      for (word = 0; word < WORDS; word = word + 1) begin : gen_b
        assign b[word*LANES*B_W +: LANES*B_W] = b_i[(word*COLUMNS+column)*LANES*B_W +: LANES*B_W];
      end

      if (HAS_AIM != 0) begin : gen_aim
        wire [(1+AB_A1)*LANES-1:0]        nonzero;
        wire [(1+AB_A1)*LANES*CODE_W-1:0] code;

        for (word = 0; word <= AB_A1; word = word + 1) begin : gen_word
          assign nonzero[word*LANES +: LANES] = weights_i[(word*COLUMNS+column)*LANES +: LANES];
          assign code[word*LANES*CODE_W +: LANES*CODE_W] = code_i[(word*COLUMNS+column)*LANES*CODE_W +: LANES*CODE_W];
        end

        lac_column_aim #(
          .LANES         (LANES),
          .A_D3          (A_D3),
          .B_D1          (B_D1),
          .B_D2          (B_D2),
          .B_D3          (B_D3),
          .AB_A1         (AB_A1),
          .AB_B1         (AB_B1),
          .AB_B2         (AB_B2),
          .AB_B3         (AB_B3)
        ) u_aim (
          .clk_i         (clk_i),
          .nonzero_i     (nonzero),
          .code_i        (code),
          .base_i        (base_i),
          .aim_o         (aim),
          .aim_late_o    (aim_late),
          .across_late_o (across_late)
        );
      end else begin : gen_no_aim
        assign aim         = {AIMS * LANES{1'b0}};
        assign aim_late    = {AIMS * LANES{1'b0}};
        assign across_late = {(1 + AB_A1) * OTHERS * LANES{1'b0}};
      end

      assign works = HAS_B != 0 && by_column_i && |weights_i[column*LANES +: LANES];
    end

    if (HAS_AIM == 0) begin : gen_unused_weights
      wire unused_weights = &{1'b0, weights_i, code_i, base_i};
    end

    // -------------------------------------------------------------- rows

    for (row = 0; row < ROWS; row = row + 1) begin : gen_row
      wire [ROW_W-1:0]        window;
      wire [TAKES*LANES-1:0]  take    = row_take_i[row*TAKES*LANES +: TAKES*LANES];
      wire [REACH*LANES-1:0]  nonzero = nonzero_i[row*REACH*LANES +: REACH*LANES];
      wire [OTHERS*LANES-1:0] other;

      if (HAS_AIM != 0) begin : gen_window
        assign window = window_i[row*ROW_W +: ROW_W];
      end else begin : gen_operands
        reg [TAKES*LANES-1:0] select;

        always @(*) begin
          select            = take;
          select[LANES-1:0] = take[LANES-1:0] | {LANES{single_i}};
        end

        lac_lane_mux #(
          .LANES     (LANES),
          .W         (A_W),
          .PLACES    (TAKES)
        ) u_mux (
          .select_i  (select),
          .places_i  (window_i[row*TAKES*LANES*A_W +: TAKES*LANES*A_W]),
          .operand_o (window)
        );
      end

      for (e = 0; e < OTHERS; e = e + 1) begin : gen_other
        if (e < ACROSS) begin : gen_across
          assign other[e*LANES +: LANES] = row_across_i[(row*ACROSS+e)*LANES +: LANES];
        end else begin : gen_none
          assign other[e*LANES +: LANES] = {LANES{1'b0}};
        end
      end

      wire unused_nonzero = &{1'b0, nonzero};

      // ------------------------------------------------------------ its PEs

      for (column = 0; column < COLUMNS; column = column + 1) begin : gen_pe
        localparam INDEX  = row * COLUMNS + column;
        localparam COUNTS = INDEX * KINDS * COUNT_W;

        // Tree e of the PE e columns or rows before this one.
        wire [OTHERS*SUM_W-1:0] from_columns, from_rows;

        for (e = 1; e <= OTHERS; e = e + 1) begin : gen_tree
          localparam LEFT  = row * COLUMNS + (column + OTHERS * COLUMNS - e) % COLUMNS;
          localparam ABOVE = (row + OTHERS * ROWS - e) % ROWS * COLUMNS + column;

          if (e <= D3 && (WRAP != 0 || column >= e)) begin : gen_left
            assign from_columns[(e-1)*SUM_W +: SUM_W] = across[(LEFT*OTHERS+e-1)*SUM_W +: SUM_W];
          end else begin : gen_edge
            assign from_columns[(e-1)*SUM_W +: SUM_W] = {SUM_W{1'b0}};
          end
          if (e <= A_D3) begin : gen_above
            assign from_rows[(e-1)*SUM_W +: SUM_W] = across[(ABOVE*OTHERS+e-1)*SUM_W +: SUM_W];
          end else begin : gen_none
            assign from_rows[(e-1)*SUM_W +: SUM_W] = {SUM_W{1'b0}};
          end
        end

        // Nobody takes it at a closed edge, or where no distance is that large.
        wire unused_across = &{1'b0, across[INDEX*OTHERS*SUM_W +: OTHERS*SUM_W]};

        lac_griffin_pe #(
          .LANES            (LANES),
          .A_W              (A_W),
          .B_W              (B_W),
          .ACC_W            (ACC_W),
          .HAS_A            (HAS_A),
          .HAS_B            (HAS_B),
          .HAS_AB           (HAS_AB),
          .A_D1             (A_D1),
          .A_D2             (A_D2),
          .A_D3             (A_D3),
          .B_D1             (B_D1),
          .B_D2             (B_D2),
          .B_D3             (B_D3),
          .AB_A1            (AB_A1),
          .AB_A2            (AB_A2),
          .AB_B1            (AB_B1),
          .AB_B2            (AB_B2),
          .AB_B3            (AB_B3),
          .RUN_ON           (RUN_ON),
          .COUNT            (COUNT),
          .ARRAY            (ARRAY)
        ) u_pe (
          .clk_i            (clk_i),
          .rst_i            (rst_i),
          .dual_i           (dual_i),
          .aim_i            (gen_column[column].aim),
          .nonzero_i        (nonzero[STEPS*LANES-1:0]),
          .more_o           (pe_more[INDEX*LATER +: LATER]),
          .busy_o           (pe_busy[INDEX]),
          .given_i          (given_i),
          .single_i         (single_i),
          .row_i            (row_i),
          .aim_late_i       (gen_column[column].aim_late),
          .across_late_i    (gen_column[column].across_late),
          .row_take_i       (take),
          .row_word_i       (row_word_i[row*CHOICES*LANES +: CHOICES*LANES]),
          .row_across_i     (other),
          .window_i         (window),
          .b_i              (gen_column[column].b),
          .first_i          (first_i),
          .last_i           (last_i),
          .straddle_i       (straddle_i),
          .across_o         (across[INDEX*OTHERS*SUM_W +: OTHERS*SUM_W]),
          .across_columns_i (from_columns),
          .across_rows_i    (from_rows),
          .shift_i          (shift_i),
          .drain_i          (drain[(INDEX+COLUMNS)*ACC_W +: ACC_W]),
          .drain_o          (drain[INDEX*ACC_W +: ACC_W]),
          .nonzero_o        (counts_o[COUNTS +: COUNT_W]),
          .borrowed_o       (counts_o[COUNTS+COUNT_W +: BEHIND]),
          .aside_o          (counts_o[COUNTS+COUNT_W+BEHIND +: COUNT_W]),
          .abroad_o         (counts_o[COUNTS+2*COUNT_W+BEHIND +: COUNT_W])
        );

        assign busy_o[INDEX] = gen_column[column].works || row_busy_i[row] || pe_busy[INDEX];
      end
    end

    // -------------------------------------------------------------- what all PEs say together

    if (HAS_AB != 0) begin : gen_any
      lac_any #(
        .N       (ROWS * COLUMNS),
        .W       (LATER)
      ) u_any_more (
        .words_i (pe_more),
        .any_o   (more_o)
      );
    end else begin : gen_none
      assign more_o = {LATER{1'b0}};
      wire unused_more = &{1'b0, pe_more};
    end
  endgenerate

endmodule

`default_nettype wire
