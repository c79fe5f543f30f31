// Moves nodes of h children each to the places of nodes of H children each.
//
// Why: lac_hss_align does this for every rank.
//
// Parameters:
//   NODES    nodes of the rank
//   G, H     fewest and most children of a node
//   CHILD_W  bits of a child
// Ports:
//   h_i from G to H
//   nodes_i: child c of node n at (n * h_i + c) * CHILD_W
//   nodes_o: at (n * H + c) * CHILD_W, undefined from child h_i on
//   undefined if h_i is below G or above H
// Latency: combinational, an AND-OR of as many inputs for a child as there are h that give a node this child.

`default_nettype none

module lac_hss_respace #(
  parameter NODES   = 1,
  parameter G       = 1,
  parameter H       = 1,
  parameter CHILD_W = 8
) (
  input  wire [7:0]                 h_i,
  input  wire [NODES*H*CHILD_W-1:0] nodes_i,
  output wire [NODES*H*CHILD_W-1:0] nodes_o
);

  genvar node, h;
  generate
    for (node = 0; node < NODES; node = node + 1) begin : gen_node
      if (node == 0 || G == H) begin : gen_fixed
        assign nodes_o[node*H*CHILD_W +: H*CHILD_W] = nodes_i[node*H*CHILD_W +: H*CHILD_W];
      end else begin : gen_moved
        for (h = G; h <= H; h = h + 1) begin : gen_h
          localparam [31:0] CHILDREN = h;
          localparam integer MOVED = h < H ? h : H - 1;
          wire [MOVED*CHILD_W-1:0] offer = nodes_i[node*h*CHILD_W +: MOVED*CHILD_W] &
                                           {MOVED * CHILD_W{h_i == CHILDREN[7:0]}};
          wire [MOVED*CHILD_W-1:0] taken;   // so far
          if (h == G) begin : gen_first
            assign taken = offer;
          end else if (h == H) begin : gen_last
            assign taken = gen_h[h-1].taken | offer;
          end else begin : gen_next
            assign taken = {{CHILD_W{1'b0}}, gen_h[h-1].taken} | offer;
          end
        end
        // The last child has one place only, which nodes of H children have.
        assign nodes_o[node*H*CHILD_W +: H*CHILD_W] = {nodes_i[(node*H+H-1)*CHILD_W +: CHILD_W], gen_h[H].taken};
      end
    end
  endgenerate

  wire unused_nodes = &{1'b0, h_i, nodes_i};

endmodule

`default_nettype wire
