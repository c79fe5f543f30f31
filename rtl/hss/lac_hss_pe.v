// One processing element of the HSS engine: chooses the words of A for the kept weights, then takes a dot product.
//
// Why: with G of H children kept in every node, every slot has a weight in every step. Sparsity only adds two or three
// muxes before each multiplier (HighLight, MICRO 2023, section 5; docs/engines/hss.md).
//
// Parameters:
//   GROUPS  groups of a step
//   G*, H*  kept and all children by rank, 1 and 1 if there is no such rank, some H above its G
//   LANES   = GROUPS * G2 * G1 * G0, a power of two up to 64
//   A_W to ARRAY  as lac_dense_pe
//   the others are derived; do not set them
// Ports:
//   select_i: from lac_hss_decode, which makes A zero in a cycle without a step
//   words_i: from lac_hss_align, both registered; all others, and all timing, as lac_dense_pe
// After reset: as lac_dense_pe.

`default_nettype none

module lac_hss_pe #(
  parameter GROUPS   = 1,
  parameter G0       = 1,
  parameter H0       = 2,
  parameter G1       = 1,
  parameter H1       = 1,
  parameter G2       = 1,
  parameter H2       = 1,
  parameter LANES    = GROUPS * G2 * G1 * G0,
  parameter A_W      = 8,
  parameter B_W      = 8,
  parameter ACC_W    = 32,
  parameter COUNT    = 0,
  parameter ARRAY    = 0,
  parameter ELEMS    = GROUPS * H2 * H1 * H0,
  parameter SELECT_1 = H2 > G2 ? GROUPS * G2 * (H2 - G2 + 1) : 0,
  parameter SELECT_0 = SELECT_1 + (H1 > G1 ? GROUPS * H2 * G1 * (H1 - G1 + 1) : 0),
  parameter SELECT_W = SELECT_0 + (H0 > G0 ? GROUPS * H2 * H1 * G0 * (H0 - G0 + 1) : 0),
  parameter COUNT_W  = $clog2(LANES + 1)
) (
  input  wire                 clk_i,
  input  wire [SELECT_W-1:0]  select_i,
  input  wire [ELEMS*A_W-1:0] words_i,
  input  wire [LANES*B_W-1:0] b_i,
  input  wire                 first_i,
  input  wire                 last_i,
  input  wire                 shift_i,
  input  wire [ACC_W-1:0]     drain_i,
  output wire [ACC_W-1:0]     drain_o,
  output wire [COUNT_W-1:0]   nonzero_o
);

  wire [LANES*A_W-1:0] a;

  lac_hss_select #(
    .GROUPS   (GROUPS),
    .G0       (G0),
    .H0       (H0),
    .G1       (G1),
    .H1       (H1),
    .G2       (G2),
    .H2       (H2),
    .A_W      (A_W)
  ) u_select (
    .select_i (select_i),
    .words_i  (words_i),
    .kept_o   (a)
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
    .a_i       (a),
    .b_i       (b_i),
    .first_i   (first_i),
    .last_i    (last_i),
    .shift_i   (shift_i),
    .drain_i   (drain_i),
    .drain_o   (drain_o),
    .nonzero_o (nonzero_o)
  );

endmodule

`default_nettype wire
