// Sums of products: one over all lanes, and one for each other tree over the lanes that belong to it.
//
// Why: a product may belong to the accumulator of a neighbour, so a PE has several adder trees over the same products.
// Here a product is one number: what goes into two trees is registered and gated once, without a row of carries.
//
// Parameters:
//   LANES     1 to 64
//   A_W, B_W  operand bits, 2 to 17
//   OTHERS    trees beside the one over all lanes, 0 to 63
//   SUM_W     bits of a sum, at most A_W + B_W + log2(LANES)
//   ARRAY     see lac_mul
// Ports: lane l at l * A_W of a_i, l * B_W of b_i
//   other_i: its product also counts in tree e, at (e - 1) * LANES + l
//   sum_o: of all lanes
//   others_o: tree e at (e - 1) * SUM_W
// Latency: 2 (products 1, sums 1).
// Throughput: one per cycle.
// After reset: no reset.

`default_nettype none

module lac_split_sum #(
  parameter LANES  = 1,
  parameter A_W    = 2,
  parameter B_W    = 2,
  parameter OTHERS = 0,
  parameter SUM_W  = 4,
  parameter ARRAY  = 0,
  parameter GROUPS = OTHERS > 1 ? OTHERS : 1
) (
  input  wire                    clk_i,
  input  wire [LANES*A_W-1:0]    a_i,
  input  wire [LANES*B_W-1:0]    b_i,
  input  wire [GROUPS*LANES-1:0] other_i,
  output wire [SUM_W-1:0]        sum_o,
  output wire [GROUPS*SUM_W-1:0] others_o
);

  localparam PRODUCT_W = A_W + B_W;

  wire [LANES*PRODUCT_W-1:0] products_d;
  reg  [LANES*PRODUCT_W-1:0] products_q;

  genvar lane, tree;
  generate
    for (lane = 0; lane < LANES; lane = lane + 1) begin : gen_lane
      lac_mul #(
        .A_W       (A_W),
        .B_W       (B_W),
        .ARRAY     (ARRAY)
      ) u_mul (
        .a_i       (a_i[lane*A_W +: A_W]),
        .b_i       (b_i[lane*B_W +: B_W]),
        .product_o (products_d[lane*PRODUCT_W +: PRODUCT_W])
      );
    end
  endgenerate

  always @(posedge clk_i) begin
    products_q <= products_d;
  end

  wire [SUM_W-1:0] sum_d;
  reg  [SUM_W-1:0] sum_q;

  lac_adder_tree #(
    .N      (LANES),
    .W      (PRODUCT_W),
    .OUT_W  (SUM_W),
    .SIGNED (1),
    .ARRAY  (ARRAY)
  ) u_all (
    .terms_i (products_q),
    .sum_o   (sum_d)
  );

  always @(posedge clk_i) begin
    sum_q <= sum_d;
  end

  assign sum_o = sum_q;

  generate
    if (OTHERS == 0) begin : gen_one
      assign others_o = {SUM_W{1'b0}};
      wire unused_other = &{1'b0, other_i};
    end
    for (tree = 0; tree < OTHERS; tree = tree + 1) begin : gen_tree
      reg  [LANES-1:0]           member_q;   // beside the products
      wire [LANES*PRODUCT_W-1:0] members;
      wire [SUM_W-1:0]           other_d;
      reg  [SUM_W-1:0]           other_q;

      for (lane = 0; lane < LANES; lane = lane + 1) begin : gen_lane
        assign members[lane*PRODUCT_W +: PRODUCT_W] = products_q[lane*PRODUCT_W +: PRODUCT_W] &
                                                      {PRODUCT_W{member_q[lane]}};
      end

      lac_adder_tree #(
        .N      (LANES),
        .W      (PRODUCT_W),
        .OUT_W  (SUM_W),
        .SIGNED (1),
        .ARRAY  (ARRAY)
      ) u_other (
        .terms_i (members),
        .sum_o   (other_d)
      );

      always @(posedge clk_i) begin
        member_q <= other_i[tree*LANES +: LANES];
        other_q  <= other_d;
      end

      assign others_o[tree*SUM_W +: SUM_W] = other_q;
    end
  endgenerate

endmodule

`default_nettype wire
