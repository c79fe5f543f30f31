// Moves bits of the kept children of every node of one rank to the places of all children: the inverse of
// lac_hss_choose.
//
// Why: muxes of words stand in front of those of blocks, one in every block. So the offsets of the words of a kept
// block go to the place of that block.
//
// Parameters:
//   NODES    nodes of the rank
//   G        children kept
//   H        children of a node, at least G
//   CHILD_W  bits of a child
//   C        derived; do not set it
// Ports:
//   select_i as lac_hss_choose, not looked at where all children are kept
//   kept_i: kept child p of node n at (n * G + p) * CHILD_W
//   nodes_o: child c of node n at (n * H + c) * CHILD_W, zero if it is not kept
// Latency: combinational.

`default_nettype none

module lac_hss_spread #(
  parameter NODES   = 1,
  parameter G       = 1,
  parameter H       = 2,
  parameter CHILD_W = 8,
  parameter C       = H - G + 1
) (
  input  wire [NODES*G*C-1:0]       select_i,
  input  wire [NODES*G*CHILD_W-1:0] kept_i,
  output wire [NODES*H*CHILD_W-1:0] nodes_o
);

  genvar child, kept;
  generate
    if (C == 1) begin : gen_all
      assign nodes_o = kept_i;
      wire unused_select = &{1'b0, select_i};
    end else begin : gen_some
      for (child = 0; child < NODES * H; child = child + 1) begin : gen_child
        for (kept = 0; kept < G; kept = kept + 1) begin : gen_kept
          localparam integer FROM   = child / H * G + kept;
          localparam integer CHOICE = child % H - kept;   // of the kept child, from 0 to C - 1 if it can be this one
          wire [CHILD_W-1:0] taken;   // so far
          wire [CHILD_W-1:0] offer;
          if (CHOICE >= 0 && CHOICE < C) begin : gen_offer
            assign offer = kept_i[FROM*CHILD_W +: CHILD_W] & {CHILD_W{select_i[FROM*C+CHOICE]}};
          end else begin : gen_none
            assign offer = {CHILD_W{1'b0}};
          end
          if (kept == 0) begin : gen_first
            assign taken = offer;
          end else begin : gen_next
            assign taken = gen_kept[kept-1].taken | offer;
          end
        end
        assign nodes_o[child*CHILD_W +: CHILD_W] = gen_kept[G-1].taken;
      end
    end
  endgenerate

endmodule

`default_nettype wire
