// One processing element of the Griffin engine: a dot product of LANES products whose operands come from windows.
//
// Why: a slot whose own operand is zero takes one of a later step, of another lane or of a neighbour. The choice is
// made offline (mode b), for a row of PEs (mode a) or here (mode ab); docs/engines/griffin.md has the rules.
//
// Parameters:
//   LANES                 1 to 64, a power of two
//   A_W, B_W              operand bits, 2 to 17
//   ACC_W                 accumulator bits
//   HAS_A, HAS_B, HAS_AB  1: there is this mode beside dense
//   A_D*, B_D*, AB_*      distances of the modes (docs/engines/griffin.md), 0 where the mode is missing
//   RUN_ON                1: second accumulator for weights of the next tile, needs TREES >= 2
//   COUNT                 1: counters; 0 ties them to zero and costs nothing
//   ARRAY                 see lac_mul
//   the others are derived; do not set them:
//   TREES                 adder trees
//   WORDS                 words of B to choose from
//   PLACES                places of the window A is chosen from: step d at place d, in mode a as lac_row_spread lays
//                         them out; without modes b and ab one place that holds the row's operands
//   STEPS                 steps of A that the arbiter of mode ab looks at
//   AIMS                  as lac_column_aim has it
//   TAKES, CHOICES        as lac_row_arbiter has them
// Stage S: the step is decided; mode ab only, ties otherwise.
//   dual_i: the mode is ab
//   aim_i: what the weights of the column point at, from lac_column_aim
//   nonzero_i: element l of step d of the row is not zero, at d * LANES + l
//   more_o: bit j - 1: word j of the window has work left after this cycle; never a word without weights there
//   busy_o: some slot works; in other modes more_o and busy_o are zero
//   given_i: bit n - 1: this cycle is a step and consumes n words; all zero: no step
// Stage D: the cycle after. Where a cycle was no step all is zero but window_i, aim_late_i, across_late_i and b_i.
//   single_i: a step in mode dense or b: every slot works on word 0
//   row_i: the mode is a
//   row_take_i, row_word_i, row_across_i: the row's part of what lac_row_arbiter chose, zero in other modes
//   window_i: place p, lane l at (p * LANES + l) * A_W
//   b_i: word j, lane l at (j * LANES + l) * B_W
//   first_i, last_i: first and last step of a tile
//   straddle_i: the step's tree 1 belongs to the next tile, own column
// Trees: tree e at (e - 1) * SUM_W of across_o. The PE e columns (across_columns_i) or rows (across_rows_i, mode a)
//   before this one gives its tree e there, in the same cycle. Ties of zero where nothing crosses.
// Draining: as lac_dense_pe; a shift_i comes 3 cycles behind last_i or later.
// Latency: in cycles, from the input to the first cycle of the output:
//   aim_i, nonzero_i to more_o, busy_o: 0
//   stage S to drain_o: LATENCY = 5; stage D (last_i) to drain_o: 4
//   shift_i to drain_o: SHIFT_LATENCY = 2
//   stage D to the counts: COUNT_LATENCY = 2
// Throughput: one step per cycle.
// After reset: nothing consumed, nothing carried over; drain_o unknown until a tile has ended.

`default_nettype none

module lac_griffin_pe #(
  parameter LANES     = 1,
  parameter A_W       = 2,
  parameter B_W       = 2,
  parameter ACC_W     = 32,
  parameter HAS_A     = 0,
  parameter HAS_B     = 0,
  parameter HAS_AB    = 0,
  parameter A_D1      = 0,
  parameter A_D2      = 0,
  parameter A_D3      = 0,
  parameter B_D1      = 0,
  parameter B_D2      = 0,
  parameter B_D3      = 0,
  parameter AB_A1     = 0,
  parameter AB_A2     = 0,
  parameter AB_B1     = 0,
  parameter AB_B2     = 0,
  parameter AB_B3     = 0,
  parameter RUN_ON    = 0,
  parameter COUNT     = 0,
  parameter ARRAY     = 0,
  parameter HAS_AIM   = HAS_B > HAS_AB ? HAS_B : HAS_AB,
  parameter D3        = B_D3 > AB_B3 ? B_D3 : AB_B3,
  parameter TREES     = 1 + (A_D3 > D3 ? A_D3 : D3),
  parameter OTHERS    = TREES > 2 ? TREES - 1 : 1,
  parameter WORDS     = 1 + (A_D1 > AB_A1 ? A_D1 : AB_A1),
  parameter LATER     = AB_A1 > 1 ? AB_A1 : 1,
  parameter STEPS     = (1 + AB_A1) * (1 + AB_B1),
  parameter FIRST     = 1 + (B_D1 > AB_B1 ? B_D1 : AB_B1),
  parameter SIDES     = 1 + (B_D2 > AB_B2 ? B_D2 : AB_B2),
  parameter AIMS      = SIDES * (FIRST + AB_A1 + AB_B1 * AB_A1 * (AB_A1 + 3) / 2),
  parameter TAKES     = 1 + A_D1 * (1 + A_D2) * (1 + A_D3),
  parameter CHOICES   = 1 + A_D1 * (1 + A_D2),
  parameter DEPTH     = 1 + B_D1 > STEPS ? 1 + B_D1 : STEPS,
  parameter PLACES    = TAKES * HAS_AIM > DEPTH ? TAKES * HAS_AIM : DEPTH,
  parameter REACH     = 1 + A_D1 > DEPTH ? 1 + A_D1 : DEPTH,
  parameter DISTANCES = REACH > 2 ? REACH - 1 : 1,
  parameter SUM_W     = A_W + B_W + $clog2(LANES) < ACC_W ? A_W + B_W + $clog2(LANES) : ACC_W,
  parameter COUNT_W   = $clog2(LANES + 1)
) (
  input  wire                              clk_i,
  input  wire                              rst_i,

  // stage S
  input  wire                              dual_i,
  input  wire [AIMS*LANES-1:0]             aim_i,
  input  wire [STEPS*LANES-1:0]            nonzero_i,
  output wire [LATER-1:0]                  more_o,
  output wire                              busy_o,
  input  wire [AB_A1:0]                    given_i,

  // stage D
  input  wire                              single_i,
  input  wire                              row_i,
  input  wire [AIMS*LANES-1:0]             aim_late_i,
  input  wire [(1+AB_A1)*OTHERS*LANES-1:0] across_late_i,
  input  wire [TAKES*LANES-1:0]            row_take_i,
  input  wire [CHOICES*LANES-1:0]          row_word_i,
  input  wire [OTHERS*LANES-1:0]           row_across_i,
  input  wire [PLACES*LANES*A_W-1:0]       window_i,
  input  wire [WORDS*LANES*B_W-1:0]        b_i,
  input  wire                              first_i,
  input  wire                              last_i,
  input  wire                              straddle_i,

  // trees
  output wire [OTHERS*SUM_W-1:0]           across_o,
  input  wire [OTHERS*SUM_W-1:0]           across_columns_i,
  input  wire [OTHERS*SUM_W-1:0]           across_rows_i,

  input  wire                              shift_i,
  input  wire [ACC_W-1:0]                  drain_i,
  output wire [ACC_W-1:0]                  drain_o,

  // counts: effectual lanes; operands of A from 1, 2, ... steps on, of another lane, for another PE
  output wire [COUNT_W-1:0]                nonzero_o,
  output wire [DISTANCES*COUNT_W-1:0]      borrowed_o,
  output wire [COUNT_W-1:0]                aside_o,
  output wire [COUNT_W-1:0]                abroad_o
);

`ifdef SYNTHESIS
  localparam MADE = ARRAY != 0 ? 1 : 0;
`else
  localparam MADE = ARRAY == 1 ? 1 : 0;
`endif

  localparam A_SIDES   = B_D2 > AB_B2 + AB_A2 ? 1 + B_D2 : 1 + AB_B2 + AB_A2;
  localparam B_SIDES   = 1 + (A_D2 > AB_A2 ? A_D2 : AB_A2);
  localparam B_CHOICES = 1 + (WORDS - 1) * B_SIDES;

  // ---------------------------------------------------------------- choice

  wire [PLACES*A_SIDES*LANES-1:0] a_select;
  wire [B_CHOICES*LANES-1:0]      b_select;
  wire [OTHERS*LANES-1:0]         other;

  lac_pe_choice #(
    .LANES         (LANES),
    .HAS_A         (HAS_A),
    .HAS_B         (HAS_B),
    .HAS_AB        (HAS_AB),
    .A_D1          (A_D1),
    .A_D2          (A_D2),
    .A_D3          (A_D3),
    .B_D1          (B_D1),
    .B_D2          (B_D2),
    .B_D3          (B_D3),
    .AB_A1         (AB_A1),
    .AB_A2         (AB_A2),
    .AB_B1         (AB_B1),
    .AB_B2         (AB_B2),
    .AB_B3         (AB_B3)
  ) u_choice (
    .clk_i         (clk_i),
    .rst_i         (rst_i),
    .dual_i        (dual_i),
    .aim_i         (aim_i),
    .nonzero_i     (nonzero_i),
    .more_o        (more_o),
    .busy_o        (busy_o),
    .given_i       (given_i),
    .single_i      (single_i),
    .aim_late_i    (aim_late_i),
    .across_late_i (across_late_i),
    .row_take_i    (row_take_i),
    .row_word_i    (row_word_i),
    .row_across_i  (row_across_i),
    .a_select_o    (a_select),
    .b_select_o    (b_select),
    .other_o       (other)
  );

  // ---------------------------------------------------------------- operands

  wire [LANES*A_W-1:0] a;
  wire [LANES*B_W-1:0] b;

  generate
    if (HAS_AIM != 0) begin : gen_a
      reg [PLACES*A_SIDES*LANES*A_W-1:0] places;
      reg [LANES*A_W-1:0]                step;
      integer                            place, side;

      always @(*) begin
        places = {PLACES * A_SIDES * LANES * A_W{1'b0}};
        step   = {LANES * A_W{1'b0}};
        for (place = 0; place < PLACES; place = place + 1) begin
          step = window_i[place*LANES*A_W +: LANES*A_W];
          for (side = 0; side < A_SIDES; side = side + 1) begin
            // The lookasides of A and B together may go round all lanes.
            places[(place*A_SIDES+side)*LANES*A_W +: LANES*A_W] =
                (step >> (side % LANES * A_W)) | (step << ((LANES - side % LANES) * A_W));
          end
        end
      end

      lac_lane_mux #(
        .LANES     (LANES),
        .W         (A_W),
        .PLACES    (PLACES * A_SIDES)
      ) u_a_mux (
        .select_i  (a_select),
        .places_i  (places),
        .operand_o (a)
      );
    end else begin : gen_row_a
      assign a = window_i;
      wire unused_select = &{1'b0, a_select};
    end

    if (WORDS > 1) begin : gen_b
      reg [B_CHOICES*LANES*B_W-1:0] places;
      reg [LANES*B_W-1:0]           weights;
      integer                       word, side;

      always @(*) begin
        weights = b_i[LANES*B_W-1:0];
        places  = {{(B_CHOICES - 1) * LANES * B_W{1'b0}}, weights};
        for (word = 1; word < WORDS; word = word + 1) begin
          weights = b_i[word*LANES*B_W +: LANES*B_W];
          for (side = 0; side < B_SIDES; side = side + 1) begin
            places[(1+(word-1)*B_SIDES+side)*LANES*B_W +: LANES*B_W] =
                (weights >> (side * B_W)) | (weights << ((LANES - side) * B_W));
          end
        end
      end

      lac_lane_mux #(
        .LANES     (LANES),
        .W         (B_W),
        .PLACES    (B_CHOICES)
      ) u_b_mux (
        .select_i  (b_select),
        .places_i  (places),
        .operand_o (b)
      );
    end else begin : gen_one_b
      assign b = b_i;
      wire unused_select = &{1'b0, b_select};
    end
  endgenerate

  // ---------------------------------------------------------------- products and trees

  wire [SUM_W-1:0] sum;

  lac_split_sum #(
    .LANES    (LANES),
    .A_W      (A_W),
    .B_W      (B_W),
    .OTHERS   (TREES - 1),
    .SUM_W    (SUM_W),
    .ARRAY    (MADE)
  ) u_split_sum (
    .clk_i    (clk_i),
    .a_i      (a),
    .b_i      (b),
    .other_i  (other),
    .sum_o    (sum),
    .others_o (across_o)
  );

  // ---------------------------------------------------------------- what this PE's accumulator gets

  reg [1:0] first_q;      // beside products, sums
  reg [2:0] last_q;       // beside products, sums, accumulator
  reg [1:0] straddle_q;   // beside products, sums
  reg [1:0] row_q;        // beside products, sums

  always @(posedge clk_i) begin
    first_q    <= {first_q[0], first_i};
    last_q     <= {last_q[1:0], last_i};
    row_q      <= {row_q[0], row_i};
    straddle_q <= rst_i ? 2'b00 : {straddle_q[0], straddle_i};
  end

  localparam USE_ROWS    = A_D3 > 0 ? 1 : 0;
  localparam USE_COLUMNS = D3 > 0 ? 1 : 0;

  wire [OTHERS*SUM_W-1:0] across_in = USE_ROWS != 0 && (USE_COLUMNS == 0 || row_q[1]) ? across_rows_i :
                                      across_columns_i;
  wire [OTHERS*SUM_W-1:0] incoming  = RUN_ON != 0 && straddle_q[1] ? {OTHERS * SUM_W{1'b0}} : across_in;

  // Sum of all lanes, less what went to other trees, and what others send; with RUN_ON, what the tile before left for
  // this one.
  localparam EXTRA   = RUN_ON != 0 ? $clog2(1 + B_D1) : 0;   // a tile runs on for B_D1 steps at most
  localparam TERM_W  = SUM_W + EXTRA < ACC_W ? SUM_W + EXTRA : ACC_W;
  localparam TERMS   = 2 * TREES - 1 + (RUN_ON != 0 ? 1 : 0);

  // What went to another tree is taken away as its complement and one.
  localparam [31:0]       GONE = TREES - 1;
  localparam [ACC_W+31:0] ONES = {{ACC_W{1'b0}}, GONE};

  wire [TERMS*TERM_W-1:0] summands;

  genvar tree;
  generate
    if (TREES == 1) begin : gen_alone
      assign summands = sum;
      wire unused_across = &{1'b0, across_in, incoming, row_q, straddle_q};
    end else begin : gen_merge
      assign summands[TERM_W-1:0] = {{TERM_W - SUM_W + 1{sum[SUM_W-1]}}, sum[SUM_W-2:0]};
      for (tree = 0; tree < TREES - 1; tree = tree + 1) begin : gen_tree
        wire [SUM_W-1:0] gone = ~across_o[tree*SUM_W +: SUM_W];
        wire [SUM_W-1:0] come = incoming[tree*SUM_W +: SUM_W];
        assign summands[(2*tree+1)*TERM_W +: TERM_W] = {{TERM_W - SUM_W + 1{gone[SUM_W-1]}}, gone[SUM_W-2:0]};
        assign summands[(2*tree+2)*TERM_W +: TERM_W] = {{TERM_W - SUM_W + 1{come[SUM_W-1]}}, come[SUM_W-2:0]};
      end

      if (RUN_ON != 0) begin : gen_carry
        wire [SUM_W-1:0]  ahead = across_o[SUM_W-1:0] & {SUM_W{straddle_q[1]}};
        reg  [TERM_W-1:0] carry_q;
        wire [TERM_W-1:0] carry_d = (carry_q & {TERM_W{!first_q[1]}}) +
                                    {{TERM_W - SUM_W + 1{ahead[SUM_W-1]}}, ahead[SUM_W-2:0]};

        assign summands[(TERMS-1)*TERM_W +: TERM_W] = carry_q & {TERM_W{first_q[1]}};

        always @(posedge clk_i) begin
          carry_q <= rst_i ? {TERM_W{1'b0}} : carry_d;
        end
      end

      wire unused_modes = &{1'b0, across_rows_i, across_columns_i, row_q, straddle_q};
    end
  endgenerate

  // ---------------------------------------------------------------- accumulator and drain register

  reg              shift_q;
  reg  [ACC_W-1:0] drain_q;
  wire [ACC_W-1:0] acc;

  lac_accumulator #(
    .TERMS   (TERMS),
    .SUM_W   (TERM_W),
    .ACC_W   (ACC_W),
    .OFFSET  (ONES[ACC_W-1:0]),
    .ARRAY   (MADE)
  ) u_accumulator (
    .clk_i   (clk_i),
    .first_i (first_q[1]),
    .sum_i   (summands),
    .acc_o   (acc)
  );

  assign drain_o = drain_q;

  always @(posedge clk_i) begin
    shift_q <= shift_i;
    if (last_q[2]) begin
      drain_q <= acc;
    end else if (shift_q) begin
      drain_q <= drain_i;
    end
  end

  // ---------------------------------------------------------------- counts

  generate
    if (COUNT != 0) begin : gen_count
      lac_pe_counts #(
        .LANES      (LANES),
        .A_W        (A_W),
        .B_W        (B_W),
        .HAS_AIM    (HAS_AIM),
        .PLACES     (PLACES),
        .A_SIDES    (A_SIDES),
        .DEPTH      (DEPTH),
        .A_D1       (A_D1),
        .A_D2       (A_D2),
        .OTHERS     (OTHERS)
      ) u_counts (
        .clk_i      (clk_i),
        .row_i      (row_i),
        .straddle_i (straddle_i),
        .a_i        (a),
        .b_i        (b),
        .a_select_i (a_select),
        .row_word_i (row_word_i),
        .other_i    (other),
        .nonzero_o  (nonzero_o),
        .borrowed_o (borrowed_o),
        .aside_o    (aside_o),
        .abroad_o   (abroad_o)
      );
    end else begin : gen_no_count
      assign nonzero_o  = {COUNT_W{1'b0}};
      assign borrowed_o = {DISTANCES * COUNT_W{1'b0}};
      assign aside_o    = {COUNT_W{1'b0}};
      assign abroad_o   = {COUNT_W{1'b0}};
    end
  endgenerate

endmodule

`default_nettype wire
