// Moves the words of a step of one row to places that do not depend on the job's H.
//
// Why: a step is `beat` consecutive words of A, so the start of a block depends on H0, and the start of a group on H1
// as well. The muxes of the PEs need fixed places. This is done once per row, for all its PEs.
//
// Parameters:
//   GROUPS  groups of a step
//   G*, H*  fewest and most children by rank, 1 and 1 if there is no such rank
//   A_W     bits of an element of A
//   ELEMS   derived; do not set it
// Ports: h*_i, children of a node in this job, from G to H of its rank
//   words_i as read, the first lowest
//   words_o: word w of block b of part p of group g at ((g * H2 + p) * H1 + b) * H0 + w, undefined if the job has no
//     such word
// Latency: combinational, one mux per rank, as wide as there are H to choose from.

`default_nettype none

module lac_hss_align #(
  parameter GROUPS = 1,
  parameter G0     = 1,
  parameter H0     = 2,
  parameter G1     = 1,
  parameter H1     = 1,
  parameter G2     = 1,
  parameter H2     = 1,
  parameter A_W    = 8,
  parameter ELEMS  = GROUPS * H2 * H1 * H0
) (
  input  wire [7:0]           h0_i,
  input  wire [7:0]           h1_i,
  input  wire [7:0]           h2_i,
  input  wire [ELEMS*A_W-1:0] words_i,
  output wire [ELEMS*A_W-1:0] words_o
);

  wire [ELEMS*A_W-1:0] by_block;
  wire [ELEMS*A_W-1:0] by_part;

  lac_hss_respace #(
    .NODES   (GROUPS * H2 * H1),
    .G       (G0),
    .H       (H0),
    .CHILD_W (A_W)
  ) u_words (
    .h_i     (h0_i),
    .nodes_i (words_i),
    .nodes_o (by_block)
  );

  lac_hss_respace #(
    .NODES   (GROUPS * H2),
    .G       (G1),
    .H       (H1),
    .CHILD_W (H0 * A_W)
  ) u_blocks (
    .h_i     (h1_i),
    .nodes_i (by_block),
    .nodes_o (by_part)
  );

  lac_hss_respace #(
    .NODES   (GROUPS),
    .G       (G2),
    .H       (H2),
    .CHILD_W (H1 * H0 * A_W)
  ) u_parts (
    .h_i     (h2_i),
    .nodes_i (by_part),
    .nodes_o (words_o)
  );

endmodule

`default_nettype wire
