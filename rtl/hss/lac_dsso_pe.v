// One processing element for two structured operands: chooses blocks of A by offsets of B, and weights of a block by
// offsets of A, then takes a dot product.
//
// Why: the dense ranks alternate: A is C1(dense) -> C0(KEPT:BLOCK), B is C1(G1:H1) -> C0(dense). Every rank has one
// operand with zeros, so every kept value of a kept block has a weight, and nothing is intersected (HighLight, MICRO
// 2023; docs/engines/hss.md, DSSO).
//
// Parameters:
//   GROUPS    groups of a step
//   G1, H1    kept and most blocks of a part, H1 above G1
//   KEPT      values kept of a block of A, with KEPT * log2(BLOCK) at most A_W
//   BLOCK     words of a block of A, a power of two, 2 to 16, above KEPT
//   LANES     = GROUPS * G1 * KEPT, a power of two up to 64
//   A_W to ARRAY  as lac_dense_pe
//   the others are derived; do not set them
// Ports:
//   select_i: from lac_hss_decode with G0 = H0 = 1
//   blocks_i: from lac_hss_align, block b of group g at (g * H1 + b) * (KEPT + 1) * A_W: KEPT values, then an element
//     with the offset of each in its block, first lowest
//   b_i: weight w of kept block b at (b * BLOCK + w) * B_W. All registered; all others, and all timing, as
//     lac_dense_pe. Any offsets of A are legal.
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
  parameter ARRAY    = 0,
  parameter STORED_W = (KEPT + 1) * A_W,
  parameter SELECT_W = GROUPS * G1 * (H1 - G1 + 1),
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

  wire [LANES*A_W-1:0] values;
  wire [LANES*B_W-1:0] weights;

  lac_dsso_select #(
    .GROUPS    (GROUPS),
    .G1        (G1),
    .H1        (H1),
    .KEPT      (KEPT),
    .BLOCK     (BLOCK),
    .A_W       (A_W),
    .B_W       (B_W)
  ) u_select (
    .select_i  (select_i),
    .blocks_i  (blocks_i),
    .b_i       (b_i),
    .values_o  (values),
    .weights_o (weights)
  );

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

endmodule

`default_nettype wire
