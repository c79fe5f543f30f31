// Nodes of h children each, one after the other, spread to nodes of H children each.
//
// Why: lac_hss_align does this for every rank.
// Parameters: NODES; G, H, fewest and most children of a node; CHILD_W, bits of a child.
// Ports: h_i from G to H; nodes_i, child c of node n at (n * h_i + c) * CHILD_W; nodes_o, at (n * H + c) * CHILD_W, anything from child h_i
//      on. h_i below G or above H gives anything.
// Latency: combinational.

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
      for (h = G; h <= H; h = h + 1) begin : gen_h
        localparam [31:0] CHILDREN = h;
        wire [H*CHILD_W-1:0] here = nodes_i[node*h*CHILD_W +: H*CHILD_W];
        wire [H*CHILD_W-1:0] chosen;
        if (h == G) begin : gen_first
          assign chosen = here;
        end else begin : gen_next
          assign chosen = h_i >= CHILDREN[7:0] ? here : gen_h[h-1].chosen;
        end
      end
      assign nodes_o[node*H*CHILD_W +: H*CHILD_W] = gen_h[H].chosen;
    end
  endgenerate

  wire unused_nodes = &{1'b0, h_i, nodes_i};

endmodule

`default_nettype wire
