// Decodes the offsets of the kept weights of one column to select bits, once for all its PEs.
//
// Why: otherwise M0 PEs would decode the same offsets, and each would need to know which words of which block are kept.
//
// Parameters:
//   GROUPS  groups of a column
//   G*, H*  kept and all children by rank, 1 and 1 if there is no such rank, some H above its G
//   the others are derived; do not set them
// Ports:
//   step_i low: nothing is chosen
//   offsets_i as out_offsets_o of lac_hss_join
//   select_o for lac_hss_select. Bits of rank r begin at SELECT_r, those of rank 2 at 0; a rank with G = H has none.
//     Child p of node n, offset p + d, at (n * G + p) * C + d, with C = H - G + 1; nodes are all there are in GROUPS,
//     not only kept ones. Bits of a node that is not kept are zero.
// Latency: combinational
//   step_i is late, and gates the bits of the highest rank alone

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
  parameter SELECT_1 = H2 > G2 ? GROUPS * G2 * (H2 - G2 + 1) : 0,
  parameter SELECT_0 = SELECT_1 + (H1 > G1 ? GROUPS * H2 * G1 * (H1 - G1 + 1) : 0),
  parameter SELECT_W = SELECT_0 + (H0 > G0 ? GROUPS * H2 * H1 * G0 * (H0 - G0 + 1) : 0)
) (
  input  wire                      step_i,
  input  wire [GROUPS*GROUP_W-1:0] offsets_i,
  output wire [SELECT_W-1:0]       select_o
);

  // Select bits of one group by rank: of kept nodes, and of all.
  localparam PARTS_W     = G2 * (H2 - G2 + 1);
  localparam BLOCKS_W    = G1 * (H1 - G1 + 1);   // of one part
  localparam WORDS_W     = G0 * (H0 - G0 + 1);   // of one block

  genvar group;
  generate
    for (group = 0; group < GROUPS; group = group + 1) begin : gen_group
      wire [GROUP_W-1:0]        offsets = offsets_i[group*GROUP_W +: GROUP_W];
      wire [PARTS_W-1:0]        parts;
      wire [G2*BLOCKS_W-1:0]    kept_blocks;
      wire [H2*BLOCKS_W-1:0]    blocks;
      wire [G2*G1*WORDS_W-1:0]  kept_words;
      wire [G2*H1*WORDS_W-1:0]  part_words;   // of all blocks of kept parts
      wire [H2*H1*WORDS_W-1:0]  words;

      // ------------------------------------------------------------ one-hot

      if (H2 > 1) begin : gen_one_hot_2
        lac_hss_one_hot #(
          .NODES     (1),
          .G         (G2),
          .H         (H2)
        ) u_one_hot (
          .offsets_i (offsets[BASE_1-1:0]),
          .select_o  (parts)
        );
      end else begin : gen_one_2
        assign parts = 1'b1;
      end

      if (H1 > 1) begin : gen_one_hot_1
        lac_hss_one_hot #(
          .NODES     (G2),
          .G         (G1),
          .H         (H1)
        ) u_one_hot (
          .offsets_i (offsets[BASE_0-1:BASE_1]),
          .select_o  (kept_blocks)
        );
      end else begin : gen_one_1
        assign kept_blocks = {G2{1'b1}};
      end

      if (H0 > 1) begin : gen_one_hot_0
        lac_hss_one_hot #(
          .NODES     (G2 * G1),
          .G         (G0),
          .H         (H0)
        ) u_one_hot (
          .offsets_i (offsets[GROUP_W-1:BASE_0]),
          .select_o  (kept_words)
        );
      end else begin : gen_one_0
        assign kept_words = {G2 * G1{1'b1}};
      end

      // ------------------------------------------------------------ from kept nodes to all

      lac_hss_spread #(
        .NODES    (1),
        .G        (G2),
        .H        (H2),
        .CHILD_W  (BLOCKS_W)
      ) u_blocks (
        .select_i (parts),
        .kept_i   (kept_blocks),
        .nodes_o  (blocks)
      );

      lac_hss_spread #(
        .NODES    (G2),
        .G        (G1),
        .H        (H1),
        .CHILD_W  (WORDS_W)
      ) u_part_words (
        .select_i (kept_blocks),
        .kept_i   (kept_words),
        .nodes_o  (part_words)
      );

      lac_hss_spread #(
        .NODES    (1),
        .G        (G2),
        .H        (H2),
        .CHILD_W  (H1 * WORDS_W)
      ) u_words (
        .select_i (parts),
        .kept_i   (part_words),
        .nodes_o  (words)
      );

      // ------------------------------------------------------------ ranks that choose

      // The highest of them waits for a step.
      if (H2 > G2) begin : gen_parts
        assign select_o[group*PARTS_W +: PARTS_W] = parts & {PARTS_W{step_i}};
      end
      if (H1 > G1) begin : gen_blocks
        assign select_o[SELECT_1+group*H2*BLOCKS_W +: H2*BLOCKS_W] = blocks & {H2 * BLOCKS_W{step_i || H2 > G2}};
      end
      if (H0 > G0) begin : gen_words
        assign select_o[SELECT_0+group*H2*H1*WORDS_W +: H2*H1*WORDS_W] =
            words & {H2 * H1 * WORDS_W{step_i || H2 > G2 || H1 > G1}};
      end

      wire unused_selects = &{1'b0, parts, blocks, words};   // of ranks whose children are all kept
    end
  endgenerate

  wire unused_offsets = &{1'b0, offsets_i};

endmodule

`default_nettype wire
