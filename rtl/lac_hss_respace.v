// Nodes of h children each, one after the other, spread to nodes of H children each.
//
// Why: lac_hss_align does this for every rank.
// Parameters: NODES; G, H, fewest and most children of a node; CHILD_W, bits of a child.
// Ports: h_i from G to H; nodes_i, child c of node n at (n * h_i + c) * CHILD_W; nodes_o, at (n * H + c) * CHILD_W, anything from child h_i
//      on. h_i below G or above H gives anything.
// Latency: combinational; a mux of as many inputs as there are h that give a node the child.

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

  genvar child, h;
  generate
    for (child = 0; child < NODES * H; child = child + 1) begin : gen_child
      localparam integer NODE = child / H;
      localparam integer NTH  = child % H;
      localparam integer LEAST = NTH < G ? G : NTH + 1;   // children of a node that has this one
      if (NODE == 0 || LEAST == H) begin : gen_fixed
        assign nodes_o[child*CHILD_W +: CHILD_W] = nodes_i[(NODE*H+NTH)*CHILD_W +: CHILD_W];
      end else begin : gen_moved
        for (h = LEAST; h <= H; h = h + 1) begin : gen_h
          localparam [31:0] CHILDREN = h;
          wire [CHILD_W-1:0] offer = nodes_i[(NODE*h+NTH)*CHILD_W +: CHILD_W] & {CHILD_W{h_i == CHILDREN[7:0]}};
          wire [CHILD_W-1:0] taken;   // so far
          if (h == LEAST) begin : gen_first
            assign taken = offer;
          end else begin : gen_next
            assign taken = gen_h[h-1].taken | offer;
          end
        end
        assign nodes_o[child*CHILD_W +: CHILD_W] = gen_h[H].taken;
      end
    end
  endgenerate

  wire unused_nodes = &{1'b0, h_i, nodes_i};

endmodule

`default_nettype wire
