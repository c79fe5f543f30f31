// The offsets of one rank of a group of kept weights: checked, or counted up if the weights are dense.
//
// Why: lac_hss_join has up to three ranks in each group, all of this form.
//
// Parameters:
//   NODES  1 or more
//   G      children kept of each, 1 or more
//   W      bits of an offset, 1 to 8
// Ports:
//   structured_i, offsets_i mean something
//   h_i: children of a node; child p of node n at (n * G + p) * W
//   offence_o: some offset is not below h_i, or not above the one before it in its node
// Latency: combinational.

`default_nettype none

module lac_hss_rank #(
  parameter NODES = 1,
  parameter G     = 1,
  parameter W     = 1
) (
  input  wire                 structured_i,
  input  wire [7:0]           h_i,
  input  wire [NODES*G*W-1:0] offsets_i,
  output wire [NODES*G*W-1:0] offsets_o,
  output wire                 offence_o
);

  wire [NODES*G-1:0] offences;

  genvar child;
  generate
    for (child = 0; child < NODES * G; child = child + 1) begin : gen_child
      localparam [31:0] PLACE  = child % G;
      wire       [8:0]  offset = {{9 - W{1'b0}}, offsets_i[child*W +: W]};
      wire              descends;

      if (child % G == 0) begin : gen_first
        assign descends = 1'b0;
      end else begin : gen_next
        assign descends = offset <= gen_child[child-1].offset;
      end
      assign offences[child]          = structured_i && (offset >= {1'b0, h_i} || descends);
      assign offsets_o[child*W +: W]  = structured_i ? offsets_i[child*W +: W] : PLACE[W-1:0];
    end
  endgenerate

  assign offence_o = |offences;

endmodule

`default_nettype wire
