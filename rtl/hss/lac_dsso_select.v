// Chooses values of structured A from the blocks that B keeps, and a weight of B for each of them.
//
// Why: this is what lac_dsso_pe adds to a dense PE. It is a module so that synthesis optimises it as a whole.
//
// Parameters:
//   GROUPS    groups of a step
//   G1, H1    kept and most blocks of a part, H1 above G1
//   KEPT      values kept of a block of A, with KEPT * log2(BLOCK) at most A_W
//   BLOCK     words of a block of A, a power of two, 2 to 16, above KEPT
//   A_W, B_W  bits of an element of A and of B
//   the others are derived; do not set them
// Ports:
//   select_i, blocks_i, b_i as lac_dsso_pe
//   values_o: value k of kept block b at (b * KEPT + k) * A_W
//   weights_o: its weight at (b * KEPT + k) * B_W
// Latency: combinational, an AND-OR of H1 - G1 + 1 inputs for blocks, behind it one of BLOCK for weights.

`default_nettype none

module lac_dsso_select #(
  parameter GROUPS   = 1,
  parameter G1       = 1,
  parameter H1       = 2,
  parameter KEPT     = 2,
  parameter BLOCK    = 4,
  parameter A_W      = 8,
  parameter B_W      = 8,
  parameter LANES    = GROUPS * G1 * KEPT,
  parameter STORED_W = (KEPT + 1) * A_W,
  parameter SELECT_W = GROUPS * G1 * (H1 - G1 + 1)
) (
  input  wire [SELECT_W-1:0]            select_i,
  input  wire [GROUPS*H1*STORED_W-1:0]  blocks_i,
  input  wire [GROUPS*G1*BLOCK*B_W-1:0] b_i,
  output wire [LANES*A_W-1:0]           values_o,
  output wire [LANES*B_W-1:0]           weights_o
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
    .select_i (select_i),
    .nodes_i  (blocks_i),
    .kept_o   (blocks)
  );

  // ---------------------------------------------------------------- rank 0: the weights of B that A keeps

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

        assign weights_o[(block*KEPT+kept)*B_W +: B_W] = gen_word[BLOCK-1].taken;
        assign values_o[(block*KEPT+kept)*A_W +: A_W] = stored[kept*A_W +: A_W];
      end

      wire unused_offsets = &{1'b0, offsets};
    end
  endgenerate

endmodule

`default_nettype wire
