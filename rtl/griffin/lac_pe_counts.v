// Counts the lanes of a PE of the Griffin engine by the source of their operands.
//
// Why: the report shows what each lookahead distance contributes. Only with full counters, since one number per
// distance is expensive.
//
// Parameters:
//   as lac_griffin_pe
// Ports:
//   row_i: mode a, where distances are those that the row took; in other modes those of the place and side that A comes
//     from
//   nonzero_o: both operands not zero
//   borrowed_o: A from d steps on at (d - 1) * COUNT_W
//   aside_o: from another lane
//   abroad_o: the product goes to another PE (with straddle_i high it does not)
// Latency: nonzero_o 2, the others 1.
// After reset: no reset.

`default_nettype none

module lac_pe_counts #(
  parameter LANES     = 1,
  parameter A_W       = 2,
  parameter B_W       = 2,
  parameter HAS_AIM   = 0,
  parameter PLACES    = 1,
  parameter A_SIDES   = 1,
  parameter DEPTH     = 1,
  parameter A_D1      = 0,
  parameter A_D2      = 0,
  parameter OTHERS    = 1,
  parameter CHOICES   = 1 + A_D1 * (1 + A_D2),
  parameter REACH     = 1 + A_D1 > DEPTH ? 1 + A_D1 : DEPTH,
  parameter DISTANCES = REACH > 2 ? REACH - 1 : 1,
  parameter COUNT_W   = $clog2(LANES + 1)
) (
  input  wire                            clk_i,
  input  wire                            row_i,
  input  wire                            straddle_i,
  input  wire [LANES*A_W-1:0]            a_i,
  input  wire [LANES*B_W-1:0]            b_i,
  input  wire [PLACES*A_SIDES*LANES-1:0] a_select_i,
  input  wire [CHOICES*LANES-1:0]        row_word_i,
  input  wire [OTHERS*LANES-1:0]         other_i,
  output wire [COUNT_W-1:0]              nonzero_o,
  output wire [DISTANCES*COUNT_W-1:0]    borrowed_o,
  output wire [COUNT_W-1:0]              aside_o,
  output wire [COUNT_W-1:0]              abroad_o
);

  // Lanes that are counted: those with A from step d at group d - 1, from another lane, for another PE.
  localparam GROUPS = DISTANCES + 2;

  reg  [GROUPS*LANES-1:0]   counted;
  wire [GROUPS*COUNT_W-1:0] counts_d;
  reg  [GROUPS*COUNT_W-1:0] counts_q;

  integer place, side, word, tree;

  always @(*) begin
    counted = {GROUPS * LANES{1'b0}};
    for (place = 0; place < PLACES && place < DEPTH; place = place + 1) begin
      for (side = 0; side < A_SIDES; side = side + 1) begin
        if (HAS_AIM != 0 && !row_i) begin
          if (place > 0) begin
            counted[(place-1)*LANES +: LANES] = counted[(place-1)*LANES +: LANES] |
                                                a_select_i[(place*A_SIDES+side)*LANES +: LANES];
          end
          if (side > 0) begin
            counted[DISTANCES*LANES +: LANES] = counted[DISTANCES*LANES +: LANES] |
                                                a_select_i[(place*A_SIDES+side)*LANES +: LANES];
          end
        end
      end
    end
    for (word = 1; word <= A_D1; word = word + 1) begin
      for (side = 0; side <= A_D2; side = side + 1) begin
        counted[(word-1)*LANES +: LANES] = counted[(word-1)*LANES +: LANES] |
                                           row_word_i[(1+(word-1)*(1+A_D2)+side)*LANES +: LANES];
        if (side > 0) begin
          counted[DISTANCES*LANES +: LANES] = counted[DISTANCES*LANES +: LANES]
                                            | row_word_i[(1+(word-1)*(1+A_D2)+side)*LANES +: LANES];
        end
      end
    end
    for (tree = 0; tree < OTHERS; tree = tree + 1) begin
      counted[(DISTANCES+1)*LANES +: LANES] = counted[(DISTANCES+1)*LANES +: LANES]
                                            | (other_i[tree*LANES +: LANES] & {LANES{!straddle_i}});
    end
  end

  genvar group, lane;
  generate
    for (group = 0; group < GROUPS; group = group + 1) begin : gen_group
      lac_popcount #(
        .W       (LANES)
      ) u_popcount (
        .bits_i  (counted[group*LANES +: LANES]),
        .count_o (counts_d[group*COUNT_W +: COUNT_W])
      );
    end
  endgenerate

  wire [LANES-1:0]   effectual_d;
  reg  [LANES-1:0]   effectual_q;
  wire [COUNT_W-1:0] nonzero_d;
  reg  [COUNT_W-1:0] nonzero_q;

  generate
    for (lane = 0; lane < LANES; lane = lane + 1) begin : gen_lane
      assign effectual_d[lane] = |a_i[lane*A_W +: A_W] && |b_i[lane*B_W +: B_W];
    end
  endgenerate

  lac_popcount #(
    .W       (LANES)
  ) u_nonzero (
    .bits_i  (effectual_q),
    .count_o (nonzero_d)
  );

  always @(posedge clk_i) begin
    effectual_q <= effectual_d;
    nonzero_q   <= nonzero_d;
    counts_q    <= counts_d;
  end

  assign nonzero_o  = nonzero_q;
  assign borrowed_o = counts_q[DISTANCES*COUNT_W-1:0];
  assign aside_o    = counts_q[DISTANCES*COUNT_W +: COUNT_W];
  assign abroad_o   = counts_q[(DISTANCES+1)*COUNT_W +: COUNT_W];

  wire unused_select = &{1'b0, a_select_i, row_word_i};

endmodule

`default_nettype wire
