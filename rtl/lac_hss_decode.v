// The offsets of the kept weights of one column as select bits, once for all its PEs.
//
// Why: M0 PEs would decode the same offsets. Kept children ascend, so the p-th of G has an offset from p to p + H - G: a select bit for each of
//      these is all that a mux needs.
// Parameters: GROUPS of a column; G*, H* by rank, 1 and 1 where there is none; the others follow, leave them.
// Ports: offsets_i as out_offsets_o of lac_hss_join. Select bits of rank r at SELECT_r on: child p of node n, offset p + d, at
//      (n * G + p) * C + d, with C = H - G + 1; nodes counted over all groups. A rank with G = H has one bit per child, which is one.
// Latency: combinational.

`default_nettype none

module lac_hss_decode #(
  parameter GROUPS   = 1,
  parameter G0       = 1,
  parameter H0       = 2,
  parameter G1       = 1,
  parameter H1       = 1,
  parameter G2       = 1,
  parameter H2       = 1,
  parameter W0       = $clog2(H0),
  parameter W1       = $clog2(H1),
  parameter W2       = $clog2(H2),
  parameter BASE_1   = G2 * W2,
  parameter BASE_0   = BASE_1 + G2 * G1 * W1,
  parameter GROUP_W  = BASE_0 + G2 * G1 * G0 * W0,
  parameter CHILDREN = GROUPS * G2 * G1 * G0,
  parameter SELECT_1 = GROUPS * G2 * (H2 - G2 + 1),
  parameter SELECT_0 = SELECT_1 + GROUPS * G2 * G1 * (H1 - G1 + 1),
  parameter SELECT_W = SELECT_0 + CHILDREN * (H0 - G0 + 1)
) (
  input  wire [GROUPS*GROUP_W-1:0] offsets_i,
  output wire [SELECT_W-1:0]       select_o
);

  localparam C0 = H0 - G0 + 1;
  localparam C1 = H1 - G1 + 1;
  localparam C2 = H2 - G2 + 1;

  genvar group, child, choice;
  generate
    for (group = 0; group < GROUPS; group = group + 1) begin : gen_group
      wire [GROUP_W-1:0] offsets = offsets_i[group*GROUP_W +: GROUP_W];

      for (child = 0; child < G2; child = child + 1) begin : gen_part
        for (choice = 0; choice < C2; choice = choice + 1) begin : gen_choice
          localparam [31:0] OFFSET = child + choice;
          if (C2 > 1) begin : gen_bit
            assign select_o[(group*G2+child)*C2+choice] = offsets[child*W2 +: W2] == OFFSET[W2-1:0];
          end else begin : gen_one
            assign select_o[(group*G2+child)*C2+choice] = 1'b1;
          end
        end
      end

      for (child = 0; child < G2 * G1; child = child + 1) begin : gen_block
        for (choice = 0; choice < C1; choice = choice + 1) begin : gen_choice
          localparam [31:0] OFFSET = child % G1 + choice;
          if (C1 > 1) begin : gen_bit
            assign select_o[SELECT_1+(group*G2*G1+child)*C1+choice] = offsets[BASE_1+child*W1 +: W1] == OFFSET[W1-1:0];
          end else begin : gen_one
            assign select_o[SELECT_1+(group*G2*G1+child)*C1+choice] = 1'b1;
          end
        end
      end

      for (child = 0; child < G2 * G1 * G0; child = child + 1) begin : gen_word
        for (choice = 0; choice < C0; choice = choice + 1) begin : gen_choice
          localparam [31:0] OFFSET = child % G0 + choice;
          if (C0 > 1) begin : gen_bit
            assign select_o[SELECT_0+(group*G2*G1*G0+child)*C0+choice] = offsets[BASE_0+child*W0 +: W0] == OFFSET[W0-1:0];
          end else begin : gen_one
            assign select_o[SELECT_0+(group*G2*G1*G0+child)*C0+choice] = 1'b1;
          end
        end
      end

      wire unused_offsets = &{1'b0, offsets};   // of ranks whose children are all kept
    end
  endgenerate

endmodule

`default_nettype wire
