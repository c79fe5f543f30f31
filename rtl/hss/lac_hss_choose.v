// Chooses the kept children of every node of one rank from all its children.
//
// Why: words, blocks and parts are skipped in the same way, rank by rank. Every rank of the muxes of a PE uses this
// module.
//
// Parameters:
//   NODES    nodes of the rank
//   G        children kept
//   H        children of a node, above G
//   CHILD_W  bits of a child
//   C        derived; do not set it
// Ports:
//   select_i: bit (n * G + p) * C + d for kept child p of node n being child p + d, at most one bit of each p set, none
//     gives zero
//   nodes_i: child c of node n at (n * H + c) * CHILD_W
//   kept_o: kept child p of node n at (n * G + p) * CHILD_W
// Latency: combinational, an AND-OR of H - G + 1 inputs: fewer cannot serve every choice of G out of H.

`default_nettype none

module lac_hss_choose #(
  parameter NODES   = 1,
  parameter G       = 1,
  parameter H       = 2,
  parameter CHILD_W = 8,
  parameter C       = H - G + 1
) (
  input  wire [NODES*G*C-1:0]       select_i,
  input  wire [NODES*H*CHILD_W-1:0] nodes_i,
  output wire [NODES*G*CHILD_W-1:0] kept_o
);

  // All kept children of a node at once: simulators are quicker with few wide operations.
  genvar node, choice, child;
  generate
    for (node = 0; node < NODES; node = node + 1) begin : gen_node
      wire [H*CHILD_W-1:0] children = nodes_i[node*H*CHILD_W +: H*CHILD_W];

      for (choice = 0; choice < C; choice = choice + 1) begin : gen_choice
        for (child = 0; child < G; child = child + 1) begin : gen_child
          wire [(child+1)*CHILD_W-1:0] mask;   // of this child and those below
          if (child == 0) begin : gen_first
            assign mask = {CHILD_W{select_i[node*G*C+choice]}};
          end else begin : gen_next
            assign mask = {{CHILD_W{select_i[(node*G+child)*C+choice]}}, gen_child[child-1].mask};
          end
        end

        wire [G*CHILD_W-1:0] offer = children[choice*CHILD_W +: G*CHILD_W] & gen_child[G-1].mask;
        wire [G*CHILD_W-1:0] taken;   // so far
        if (choice == 0) begin : gen_first
          assign taken = offer;
        end else begin : gen_next
          assign taken = gen_choice[choice-1].taken | offer;
        end
      end

      assign kept_o[node*G*CHILD_W +: G*CHILD_W] = gen_choice[C-1].taken;
    end
  endgenerate

endmodule

`default_nettype wire
