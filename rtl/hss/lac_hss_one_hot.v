// The offsets of the kept children of one rank, one-hot.
//
// Why: kept children ascend, so the p-th of G has an offset from p to p + H - G. A mux needs one bit for each of these
// values.
//
// Parameters:
//   NODES  nodes of the rank
//   G      children kept
//   H      children of a node, at least G
//   W, C   derived; do not set them
// Ports:
//   offsets_i: kept child p of node n at (n * G + p) * W
//   select_o: bit (n * G + p) * C + d for an offset of p + d. Where all children are kept, offsets are ignored and
//     every bit is one.
// Latency: combinational.

`default_nettype none

module lac_hss_one_hot #(
  parameter NODES = 1,
  parameter G     = 1,
  parameter H     = 2,
  parameter W     = H > 1 ? $clog2(H) : 1,
  parameter C     = H - G + 1
) (
  input  wire [NODES*G*W-1:0] offsets_i,
  output wire [NODES*G*C-1:0] select_o
);

  genvar child, choice;
  generate
    if (C == 1) begin : gen_all
      assign select_o = {NODES * G{1'b1}};
      wire unused_offsets = &{1'b0, offsets_i};
    end else begin : gen_some
      for (child = 0; child < NODES * G; child = child + 1) begin : gen_child
        for (choice = 0; choice < C; choice = choice + 1) begin : gen_choice
          localparam [31:0] OFFSET = child % G + choice;
          assign select_o[child*C+choice] = offsets_i[child*W +: W] == OFFSET[W-1:0];
        end
      end
    end
  endgenerate

endmodule

`default_nettype wire
