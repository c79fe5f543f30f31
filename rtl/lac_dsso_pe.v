// One processing element for two structured operands: blocks of A chosen by B's offsets, weights of a block by A's, then a dot product.
//
// Why: with dense ranks that alternate, A C1(dense) -> C0(KEPT:BLOCK) and B C1(G1:H1) -> C0(dense), every rank has one operand with zeros, so
//      every kept value of a kept block has a weight, and nothing is intersected (HighLight, MICRO 2023; docs/hss.md, DSSO).
// Parameters: GROUPS; G1, H1, kept and most blocks of a part; KEPT of BLOCK words of A, BLOCK a power of two, 2 to 16, above KEPT, with
//      KEPT * log2(BLOCK) at most A_W; LANES = GROUPS * G1 * KEPT, a power of two up to 64; A_W, B_W, ACC_W, COUNT, ARRAY as lac_dense_pe;
//      the others follow, leave them.
// Ports: select_i, from lac_hss_decode with G0 = H0 = 1; blocks_i, from lac_hss_align, block b of group g at (g * H1 + b) * (KEPT + 1) * A_W:
//      KEPT values, then an element with the offset of each in its block, first lowest; b_i, weight w of kept block b at
//      (b * BLOCK + w) * B_W. All registered; all others, and all timing, as lac_dense_pe. Any offsets of A are legal.
// After reset: as lac_dense_pe.

`default_nettype none

module lac_dsso_pe #(
  parameter GROUPS   = 1,
  parameter G1       = 1,
  parameter H1       = 2,
  parameter KEPT     = 2,
  parameter BLOCK    = 4,
  parameter LANES    = GROUPS * G1 * KEPT,
  parameter A_W      = 8,
  parameter B_W      = 8,
  parameter ACC_W    = 32,
  parameter COUNT    = 0,
`ifdef LAC_MUL_ARRAY
  parameter ARRAY    = 1,
`else
  parameter ARRAY    = 0,
`endif
  parameter STORED_W = (KEPT + 1) * A_W,
  parameter SELECT_1 = GROUPS,
  parameter SELECT_0 = SELECT_1 + GROUPS * G1 * (H1 - G1 + 1),
  parameter SELECT_W = SELECT_0 + GROUPS * G1,
  parameter COUNT_W  = $clog2(LANES + 1)
) (
  input  wire                           clk_i,
  input  wire [SELECT_W-1:0]            select_i,
  input  wire [GROUPS*H1*STORED_W-1:0]  blocks_i,
  input  wire [GROUPS*G1*BLOCK*B_W-1:0] b_i,
  input  wire                           first_i,
  input  wire                           last_i,
  input  wire                           shift_i,
  input  wire [ACC_W-1:0]               drain_i,
  output wire [ACC_W-1:0]               drain_o,
  output wire [COUNT_W-1:0]             nonzero_o
);

  localparam OFFSET_W = $clog2(BLOCK);

  // ---------------------------------------------------------------- rank 1: the blocks of A that B keeps

  wire [GROUPS*G1*STORED_W-1:0] blocks;

  lac_hss_choose #(
    .NODES    (GROUPS),
    .G        (G1),
    .H        (H1),
    .CHILD_W  (STORED_W)
  ) u_blocks (
    .select_i (select_i[SELECT_0-1:SELECT_1]),
    .nodes_i  (blocks_i),
    .kept_o   (blocks)
  );

  // ---------------------------------------------------------------- rank 0: the weights of B that A keeps

  wire [LANES*A_W-1:0] values;
  wire [LANES*B_W-1:0] weights;

  genvar block, kept, word;
  generate
    for (block = 0; block < GROUPS * G1; block = block + 1) begin : gen_block
      wire [STORED_W-1:0]  stored  = blocks[block*STORED_W +: STORED_W];
      wire [A_W-1:0]       offsets = stored[KEPT*A_W +: A_W];
      wire [BLOCK*B_W-1:0] offered = b_i[block*BLOCK*B_W +: BLOCK*B_W];

      for (kept = 0; kept < KEPT; kept = kept + 1) begin : gen_kept
        wire [OFFSET_W-1:0] offset = offsets[kept*OFFSET_W +: OFFSET_W];

        for (word = 0; word < BLOCK; word = word + 1) begin : gen_word
          localparam [31:0] WORD = word;
          wire [B_W-1:0] offer = offered[word*B_W +: B_W] & {B_W{offset == WORD[OFFSET_W-1:0]}};
          wire [B_W-1:0] taken;   // so far
          if (word == 0) begin : gen_first
            assign taken = offer;
          end else begin : gen_next
            assign taken = gen_word[word-1].taken | offer;
          end
        end

        assign weights[(block*KEPT+kept)*B_W +: B_W] = gen_word[BLOCK-1].taken;
        assign values[(block*KEPT+kept)*A_W +: A_W] = stored[kept*A_W +: A_W];
      end

      wire unused_offsets = &{1'b0, offsets};
    end
  endgenerate

  lac_dense_pe #(
    .LANES     (LANES),
    .A_W       (A_W),
    .B_W       (B_W),
    .ACC_W     (ACC_W),
    .COUNT     (COUNT),
    .ARRAY     (ARRAY)
  ) u_dot (
    .clk_i     (clk_i),
    .a_i       (values),
    .b_i       (weights),
    .first_i   (first_i),
    .last_i    (last_i),
    .shift_i   (shift_i),
    .drain_i   (drain_i),
    .drain_o   (drain_o),
    .nonzero_o (nonzero_o)
  );

  wire unused_select = &{1'b0, select_i};

endmodule

`default_nettype wire
