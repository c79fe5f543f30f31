// Which operands the slots of one PE of the Griffin engine work on, as select bits of its muxes.
//
// Why: all control of a PE in one place, apart from its arithmetic: arbitration of mode ab, and what codes of weights (mode b), the row
//      (mode a) or that arbitration choose, brought to one form.
// Parameters and ports: as lac_griffin_pe. a_select_o, place p, s lanes on: (p * A_SIDES + s) * LANES + l; b_select_o, choice 0 word 0,
//      choice 1 + (j - 1) * B_SIDES + s word j, s lanes on; other_o, the product goes to tree e, at (e - 1) * LANES + l.
// Latency: select bits stand in stage D, one cycle after aim_i, nonzero_i, given_i; from the inputs of stage D, and to more_o and
//      busy_o, combinational.
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

  // Which choice of B is a word's weight some lanes on.
  function integer b_choice(input integer word, input integer lane);
    begin
      b_choice = word == 0 ? 0 : 1 + (word - 1) * B_SIDES + lane;
    end
  endfunction

  // ---------------------------------------------------------------- stage S: arbitration of mode ab

  wire [DUAL_TAKES*LANES-1:0] taken;   // in stage D

  genvar word, seen;
  generate
    if (HAS_AB != 0) begin : gen_dual
      wire [(1+AB_A1)*LANES-1:0]  pending;
      wire [DUAL_TAKES*LANES-1:0] take_d;
      reg  [DUAL_TAKES*LANES-1:0] take_q;
      wire [LATER-1:0]            more;

      // In other modes the arbiter runs idle: nothing it says leaves, nothing it takes is done.
      wire [AB_A1:0] given = given_i & {1 + AB_A1{dual_i}};

      for (word = 0; word <= AB_A1; word = word + 1) begin : gen_word
        localparam integer SEEN = (1 + (word + 1) * AB_B1) * (1 + AB_B2);   // steps and sides that the word can point at

        for (seen = 0; seen < SEEN; seen = seen + 1) begin : gen_seen
          localparam integer STEP = word + seen / (1 + AB_B2);
          localparam integer SIDE = seen % (1 + AB_B2);
          wire [LANES-1:0] step = nonzero_i[STEP*LANES +: LANES];
          wire [LANES-1:0] hit  = aim_i[aim_at(word, STEP, SIDE)*LANES +: LANES] & ((step >> SIDE) | (step << (LANES - SIDE)));
          wire [LANES-1:0] met;   // weights whose A is not zero, so far
          if (seen == 0) begin : gen_first
            assign met = hit;
          end else begin : gen_next
            assign met = gen_seen[seen-1].met | hit;
          end
        end
        assign pending[word*LANES +: LANES] = gen_seen[SEEN-1].met;
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

  // Slots that work on a weight of the word and lane that the take stands for. What it points at chooses A and the tree.
  wire [DUAL_TAKES*LANES-1:0] works = taken | {{(DUAL_TAKES - 1) * LANES{1'b0}}, {LANES{single_i}}};

  genvar take, place, side;
  generate
    for (take = 0; take < DUAL_TAKES; take = take + 1) begin : gen_take
      localparam integer WORD    = (take + DUAL_ROUNDS - 1) / DUAL_ROUNDS;
      localparam integer NEAR    = take == 0 ? 0 : (take - 1) % DUAL_ROUNDS;
      localparam integer NEAREST = WORD;
      localparam integer SEEN    = take == 0 ? FIRST : 1 + (WORD + 1) * AB_B1;
      localparam integer BESIDE  = SIDES < A_SIDES - NEAR ? SIDES : A_SIDES - NEAR;
      localparam integer AIM     = aim_at(WORD, NEAREST, 0);
      localparam integer CHOICE  = b_choice(WORD, NEAR);

      wire [LANES-1:0]                slots = works[take*LANES +: LANES];
      wire [PLACES*A_SIDES*LANES-1:0] a_all;
      wire [B_CHOICES*LANES-1:0]      b_all;
      wire [OTHERS*LANES-1:0]         other_all;
      reg  [PLACES*A_SIDES*LANES-1:0] a_part;
      reg  [B_CHOICES*LANES-1:0]      b_part;
      reg  [OTHERS*LANES-1:0]         other_part;
      reg  [LANES-1:0]                aim, across;
      integer                         p, s;

      // Loops in a block, not generated scopes: Icarus takes minutes for the thousands of them that wide windows would make.
      always @* begin
        a_part     = {PLACES * A_SIDES * LANES{1'b0}};
        other_part = {OTHERS * LANES{1'b0}};
        b_part     = {B_CHOICES * LANES{1'b0}};
        aim        = {LANES{1'b0}};
        across     = {LANES{1'b0}};
        for (p = 0; p < SEEN; p = p + 1) begin
          for (s = 0; s < BESIDE; s = s + 1) begin
            aim = aim_late_i[(AIM+p*SIDES+s)*LANES +: LANES];
            a_part[((NEAREST+p)*A_SIDES+NEAR+s)*LANES +: LANES] = slots & ((aim >> NEAR) | (aim << (LANES - NEAR)));
          end
        end
        for (s = 0; s < OTHERS; s = s + 1) begin
          across = across_late_i[(WORD*OTHERS+s)*LANES +: LANES];
          other_part[s*LANES +: LANES] = slots & ((across >> NEAR) | (across << (LANES - NEAR)));
        end
        b_part[CHOICE*LANES +: LANES] = slots;
      end

      if (take == 0) begin : gen_first
        assign a_all     = a_part;
        assign b_all     = b_part;
        assign other_all = other_part;
      end else begin : gen_next
        assign a_all     = gen_take[take-1].a_all | a_part;
        assign b_all     = gen_take[take-1].b_all | b_part;
        assign other_all = gen_take[take-1].other_all | other_part;
      end
    end

    if (HAS_A != 0) begin : gen_row
      wire [PLACES*A_SIDES*LANES-1:0] a_row;
      wire [B_CHOICES*LANES-1:0]      b_row;

      for (place = 0; place < PLACES; place = place + 1) begin : gen_place
        for (side = 0; side < A_SIDES; side = side + 1) begin : gen_side
          assign a_row[(place*A_SIDES+side)*LANES +: LANES] =
              place < TAKES && side == 0 ? row_take_i[(place%TAKES)*LANES +: LANES] : {LANES{1'b0}};
        end
      end
      for (place = 0; place < B_CHOICES; place = place + 1) begin : gen_choice
        localparam integer WORD = (place + B_SIDES - 1) / B_SIDES;
        localparam integer SIDE = place == 0 ? 0 : (place - 1) % B_SIDES;
        if (WORD <= A_D1 && SIDE <= A_D2) begin : gen_word
          localparam integer CHOICE = place == 0 ? 0 : 1 + (WORD - 1) * (1 + A_D2) + SIDE;
          assign b_row[place*LANES +: LANES] = row_word_i[CHOICE*LANES +: LANES];
        end else begin : gen_none
          assign b_row[place*LANES +: LANES] = {LANES{1'b0}};
        end
      end

      assign a_select_o = gen_take[DUAL_TAKES-1].a_all | a_row;
      assign b_select_o = gen_take[DUAL_TAKES-1].b_all | b_row;
      assign other_o    = gen_take[DUAL_TAKES-1].other_all | row_across_i;
      wire unused_take = &{1'b0, row_take_i};   // of places that other modes don't have
    end else begin : gen_no_row
      assign a_select_o = gen_take[DUAL_TAKES-1].a_all;
      assign b_select_o = gen_take[DUAL_TAKES-1].b_all;
      assign other_o    = gen_take[DUAL_TAKES-1].other_all;
      wire unused_row = &{1'b0, row_take_i, row_word_i, row_across_i};
    end
  endgenerate

endmodule

`default_nettype wire
