// Chooses the operands of the slots of one PE of the Griffin engine, as select bits of its muxes.
//
// Why: all control of a PE is here, apart from its arithmetic: the arbitration of mode ab, and the choices made by
// codes of weights (mode b), by the row (mode a) or by that arbitration, in one form.
//
// Parameters and ports: as lac_griffin_pe.
//   a_select_o: place p, s lanes on: (p * A_SIDES + s) * LANES + l
//   b_select_o: choice 0 word 0, choice 1 + (j - 1) * B_SIDES + s word j, s lanes on
//   other_o: the product goes to tree e, at (e - 1) * LANES + l
// Latency: select bits stand in stage D, one cycle after aim_i, nonzero_i, given_i; from the inputs of stage D, and to
//   more_o and busy_o, combinational.
// After reset: nothing has been taken.

`default_nettype none

module lac_pe_choice #(
  parameter LANES     = 1,
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
  parameter A_SIDES   = B_D2 > AB_B2 + AB_A2 ? 1 + B_D2 : 1 + AB_B2 + AB_A2,
  parameter B_SIDES   = 1 + (A_D2 > AB_A2 ? A_D2 : AB_A2),
  parameter B_CHOICES = 1 + (WORDS - 1) * B_SIDES
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
  input  wire [AIMS*LANES-1:0]             aim_late_i,
  input  wire [(1+AB_A1)*OTHERS*LANES-1:0] across_late_i,
  input  wire [TAKES*LANES-1:0]            row_take_i,
  input  wire [CHOICES*LANES-1:0]          row_word_i,
  input  wire [OTHERS*LANES-1:0]           row_across_i,
  output wire [PLACES*A_SIDES*LANES-1:0]   a_select_o,
  output wire [B_CHOICES*LANES-1:0]        b_select_o,
  output wire [OTHERS*LANES-1:0]           other_o
);

  localparam DUAL_ROUNDS = 1 + AB_A2;                    // for each word
  localparam DUAL_TAKES  = 1 + AB_A1 * DUAL_ROUNDS;

  // Where lac_column_aim has the group of a word's step and side.
  function integer aim_at(input integer word, input integer step, input integer lane);
    begin
      aim_at = (word == 0 ? step : FIRST + step - 1 + AB_B1 * (word - 1) * (word + 2) / 2) * SIDES + lane;
    end
  endfunction

  // Where what a slot may have of a word, some of `sides` lanes on, stands in a list that begins with its own of word
  // 0.
  function integer choice_at(input integer word, input integer lane, input integer sides);
    begin
      choice_at = word == 0 ? 0 : 1 + (word - 1) * sides + lane;
    end
  endfunction

  // ---------------------------------------------------------------- stage S: arbitration of mode ab

  wire [DUAL_TAKES*LANES-1:0] taken;   // in stage D

  generate
    if (HAS_AB != 0) begin : gen_dual
      reg  [(1+AB_A1)*LANES-1:0]  pending;
      wire [DUAL_TAKES*LANES-1:0] take_d;
      reg  [DUAL_TAKES*LANES-1:0] take_q;
      wire [LATER-1:0]            more;

      // In other modes the arbiter runs idle: nothing it says leaves, nothing it takes is done.
      wire [AB_A1:0] given = given_i & {1 + AB_A1{dual_i}};

      reg  [LANES-1:0] step;
      integer          word, ahead, side;   // steps and sides that the word can point at

      // Weights whose A is not zero.
      always @(*) begin
        pending = {(1 + AB_A1) * LANES{1'b0}};
        step    = {LANES{1'b0}};
        for (word = 0; word <= AB_A1; word = word + 1) begin
          for (ahead = 0; ahead <= (word + 1) * AB_B1; ahead = ahead + 1) begin
            step = nonzero_i[(word+ahead)*LANES +: LANES];
            for (side = 0; side <= AB_B2; side = side + 1) begin
              pending[word*LANES +: LANES] = pending[word*LANES +: LANES]
                  | (aim_i[aim_at(word, word + ahead, side)*LANES +: LANES] &
                     ((step >> side) | (step << (LANES - side))));
            end
          end
        end
      end

      lac_borrow_arbiter #(
        .ROWS      (1),
        .LANES     (LANES),
        .D1        (AB_A1),
        .D2        (AB_A2),
        .D3        (0)
      ) u_arbiter (
        .clk_i     (clk_i),
        .rst_i     (rst_i),
        .pending_i (pending),
        .take_o    (take_d),
        .more_o    (more),
        .given_i   (given)
      );

      always @(posedge clk_i) begin
        take_q <= take_d & {DUAL_TAKES * LANES{|given}};
      end

      assign taken  = take_q;
      assign more_o = more & {LATER{dual_i}};
      assign busy_o = |take_d && dual_i;
    end else begin : gen_single
      assign taken  = {DUAL_TAKES * LANES{1'b0}};
      assign more_o = {LATER{1'b0}};
      assign busy_o = 1'b0;
      wire unused_dual = &{1'b0, clk_i, rst_i, dual_i, aim_i, nonzero_i, given_i};
    end
  endgenerate

  // ---------------------------------------------------------------- stage D: select bits

  // Slots that work on a weight of the word and lane that the take stands for. What it points at chooses A and the
  // tree.
  wire [DUAL_TAKES*LANES-1:0] works = taken | {{(DUAL_TAKES - 1) * LANES{1'b0}}, {LANES{single_i}}};

  reg  [PLACES*A_SIDES*LANES-1:0] a_select;
  reg  [B_CHOICES*LANES-1:0]      b_select;
  reg  [OTHERS*LANES-1:0]         other;
  reg  [LANES-1:0]                slots, aim, across, met;
  integer                         p, s, w, near, v, n, e;

  // Loops in a block, not generated scopes: Icarus takes minutes for the thousands of them that wide windows would
  // make.
  always @(*) begin
    a_select = {PLACES * A_SIDES * LANES{1'b0}};
    aim      = {LANES{1'b0}};
    met      = {LANES{1'b0}};
    slots    = {LANES{1'b0}};
    for (p = 0; p < PLACES; p = p + 1) begin
      for (s = 0; s < A_SIDES; s = s + 1) begin
        met = {LANES{1'b0}};
        for (w = 0; w <= AB_A1 && p < DEPTH; w = w + 1) begin
          for (near = 0; near <= AB_A2; near = near + 1) begin
            if ((w > 0 || near == 0) && p >= w && p - w < (w == 0 ? FIRST : 1 + (w + 1) * AB_B1) && s >= near &&
                s - near < SIDES) begin
              slots = works[choice_at(w, near, DUAL_ROUNDS)*LANES +: LANES];
              aim   = aim_late_i[aim_at(w, p, s - near)*LANES +: LANES];
              met   = met | (slots & ((aim >> near) | (aim << (LANES - near))));
            end
          end
        end
        if (HAS_A != 0 && s == 0 && p < TAKES) begin
          met = met | row_take_i[p%TAKES*LANES +: LANES];
        end
        a_select[(p*A_SIDES+s)*LANES +: LANES] = met;
      end
    end
  end

  always @(*) begin
    b_select = {B_CHOICES * LANES{1'b0}};
    other    = {OTHERS * LANES{1'b0}};
    across   = {LANES{1'b0}};
    for (v = 0; v <= AB_A1; v = v + 1) begin
      for (n = 0; n <= AB_A2; n = n + 1) begin
        if (v > 0 || n == 0) begin
          b_select[choice_at(v, n, B_SIDES)*LANES +: LANES] = works[choice_at(v, n, DUAL_ROUNDS)*LANES +: LANES];
          for (e = 0; e < OTHERS; e = e + 1) begin
            across = across_late_i[(v*OTHERS+e)*LANES +: LANES];
            other[e*LANES +: LANES] = other[e*LANES +: LANES]
                                    | (works[choice_at(v, n, DUAL_ROUNDS)*LANES +: LANES] &
                                       ((across >> n) | (across << (LANES - n))));
          end
        end
      end
    end
    if (HAS_A != 0) begin
      for (v = 0; v <= A_D1; v = v + 1) begin
        for (n = 0; n <= A_D2; n = n + 1) begin
          if (v > 0 || n == 0) begin
            b_select[choice_at(v, n, B_SIDES)*LANES +: LANES] = b_select[choice_at(v, n, B_SIDES)*LANES +: LANES]
                                                              | row_word_i[choice_at(v, n, 1 + A_D2)*LANES +: LANES];
          end
        end
      end
      other = other | row_across_i;
    end
  end

  assign a_select_o = a_select;
  assign b_select_o = b_select;
  assign other_o    = other;

  wire unused_row = &{1'b0, row_take_i, row_word_i, row_across_i};   // of places and modes that are not there

endmodule

`default_nettype wire
