// Chooses the words of A that belong to the kept weights of one column, from all words of a step.
//
// Why: this is what a PE for structured weights adds to a dense PE. It is a module so that synthesis optimises it as a
// whole. Words are chosen first, in every block, and only the kept words of a block go to the upper muxes. For 2:4
// words of 4:8 blocks, 88 bits enter muxes for 8 that leave; the other order takes 104. A word has 1.5 readers instead
// of 2.5.
//
// Parameters:
//   GROUPS  groups of a step
//   G*, H*  kept and all children by rank, 1 and 1 if there is no such rank, some H above its G
//   A_W     bits of an element of A
//   the others are derived; do not set them
// Ports:
//   select_i from lac_hss_decode
//   words_i: word w of block b of part p of group g at ((g * H2 + p) * H1 + b) * H0 + w
//   kept_o: that of slot ((g * G2 + p) * G1 + b) * G0 + w
// Latency: combinational, an AND-OR of H - G + 1 for each rank.

`default_nettype none

module lac_hss_select #(
  parameter GROUPS   = 1,
  parameter G0       = 1,
  parameter H0       = 2,
  parameter G1       = 1,
  parameter H1       = 1,
  parameter G2       = 1,
  parameter H2       = 1,
  parameter A_W      = 8,
  parameter ELEMS    = GROUPS * H2 * H1 * H0,
  parameter LANES    = GROUPS * G2 * G1 * G0,
  parameter SELECT_1 = H2 > G2 ? GROUPS * G2 * (H2 - G2 + 1) : 0,
  parameter SELECT_0 = SELECT_1 + (H1 > G1 ? GROUPS * H2 * G1 * (H1 - G1 + 1) : 0),
  parameter SELECT_W = SELECT_0 + (H0 > G0 ? GROUPS * H2 * H1 * G0 * (H0 - G0 + 1) : 0)
) (
  input  wire [SELECT_W-1:0]  select_i,
  input  wire [ELEMS*A_W-1:0] words_i,
  output wire [LANES*A_W-1:0] kept_o
);

  wire [GROUPS*H2*H1*G0*A_W-1:0] words;    // kept of every block
  wire [GROUPS*H2*G1*G0*A_W-1:0] blocks;   // kept of every part

  generate
    if (H0 > G0) begin : gen_words
      lac_hss_choose #(
        .NODES    (GROUPS * H2 * H1),
        .G        (G0),
        .H        (H0),
        .CHILD_W  (A_W)
      ) u_choose (
        .select_i (select_i[SELECT_W-1:SELECT_0]),
        .nodes_i  (words_i),
        .kept_o   (words)
      );
    end else begin : gen_all_words
      assign words = words_i;
    end

    if (H1 > G1) begin : gen_blocks
      lac_hss_choose #(
        .NODES    (GROUPS * H2),
        .G        (G1),
        .H        (H1),
        .CHILD_W  (G0 * A_W)
      ) u_choose (
        .select_i (select_i[SELECT_0-1:SELECT_1]),
        .nodes_i  (words),
        .kept_o   (blocks)
      );
    end else begin : gen_all_blocks
      assign blocks = words;
    end

    if (H2 > G2) begin : gen_parts
      lac_hss_choose #(
        .NODES    (GROUPS),
        .G        (G2),
        .H        (H2),
        .CHILD_W  (G1 * G0 * A_W)
      ) u_choose (
        .select_i (select_i[SELECT_1-1:0]),
        .nodes_i  (blocks),
        .kept_o   (kept_o)
      );
    end else begin : gen_all_parts
      assign kept_o = blocks;
    end
  endgenerate

endmodule

`default_nettype wire
