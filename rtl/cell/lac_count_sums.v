// Sums of several kinds of counts over all PEs.
//
// Why: every PE counts what its slots did in a cycle; the counters of the shell need one number of each kind.
//
// Parameters:
//   PES, KINDS  1 or more
//   W           bits of a count
//   OUT_W       bits of a sum
// Ports:
//   counts_i: PE p, kind k at (p * KINDS + k) * W
//   sums_o: kind k at k * OUT_W
// Latency: 1.
// After reset: zero.

`default_nettype none

module lac_count_sums #(
  parameter PES   = 4,
  parameter KINDS = 2,
  parameter W     = 3,
  parameter OUT_W = 6
) (
  input  wire                   clk_i,
  input  wire                   rst_i,
  input  wire [PES*KINDS*W-1:0] counts_i,
  output wire [KINDS*OUT_W-1:0] sums_o
);

  genvar kind, pe;
  generate
    for (kind = 0; kind < KINDS; kind = kind + 1) begin : gen_kind
      wire [PES*W-1:0] counts;

      for (pe = 0; pe < PES; pe = pe + 1) begin : gen_pe
        assign counts[pe*W +: W] = counts_i[(pe*KINDS+kind)*W +: W];
      end

      lac_count_sum #(
        .PES      (PES),
        .W        (W),
        .OUT_W    (OUT_W)
      ) u_sum (
        .clk_i    (clk_i),
        .rst_i    (rst_i),
        .counts_i (counts),
        .sum_o    (sums_o[kind*OUT_W +: OUT_W])
      );
    end
  endgenerate

endmodule

`default_nettype wire
