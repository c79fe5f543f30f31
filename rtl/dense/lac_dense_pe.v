// One output-stationary processing element: a dot product of LANES products per step, an accumulator, a drain register.
//
// Why: the array is this module M0 x N0 times, so every saving counts a thousand times. Nothing in it stalls: it has no
// valid signals and no enables.
//
// Parameters:
//   LANES     1 to 64, a power of two
//   A_W, B_W  operand bits, 2 to 17
//   ACC_W     accumulator bits
//   COUNT     1 gives nonzero_o, 0 ties it to zero and costs nothing
//   ARRAY     see lac_mul
//   COUNT_W   derived; do not set it
// Ports: one step per cycle.
//   a_i, b_i: lane l at bit l * A_W and l * B_W. In a cycle without a step a_i is all zero and first_i and last_i are
//     low; that leaves the running sum as it is.
//   first_i: a new sum starts with this step
//   last_i: the sum that ends with this step is copied into the drain register
//   shift_i: the drain register takes drain_i, the drain_o of the PE in the row below; so a column leaves through row 0
// Latency: in cycles, for all parameters:
//   a_i, b_i, last_i to drain_o: LATENCY = 4 (products 1, tree 1, accumulator 1, drain register 1)
//   shift_i to drain_o: SHIFT_LATENCY = 2 (registered here because one bit drives ACC_W muxes)
//   a_i, b_i to nonzero_o: COUNT_LATENCY = 2
// Draining: after last_i at cycle t the earliest shift_i is at t + 3: the sums of row 0 are out in cycle t + 4, those
//   of row 1 in t + 5. A shift_i at t + 2 would meet the sum at the drain register, and is not allowed.
// Throughput: one step per cycle, the first step of the next tile right behind the last of this one.
// After reset: no reset. drain_o is unknown until LATENCY after the first tile's last step; first_i, last_i and shift_i
//   must be known.

`default_nettype none

module lac_dense_pe #(
  parameter LANES   = 1,
  parameter A_W     = 2,
  parameter B_W     = 2,
  parameter ACC_W   = 32,
  parameter COUNT   = 0,
  parameter ARRAY   = 0,
  parameter COUNT_W = $clog2(LANES + 1)
) (
  input  wire                 clk_i,

  input  wire [LANES*A_W-1:0] a_i,
  input  wire [LANES*B_W-1:0] b_i,
  input  wire                 first_i,
  input  wire                 last_i,

  input  wire                 shift_i,
  input  wire [ACC_W-1:0]     drain_i,
  output wire [ACC_W-1:0]     drain_o,

  output wire [COUNT_W-1:0]   nonzero_o
);

`ifdef SYNTHESIS
  localparam MADE = ARRAY != 0 ? 1 : 0;
`else
  localparam MADE = ARRAY == 1 ? 1 : 0;
`endif

  // Lanes whose products are summed before the first register: as many as the clock allows, since every sum costs
  // registers.
  localparam MIN_W     = A_W < B_W ? A_W : B_W;
  localparam MAX_GROUP = MIN_W > 9 ? 4 : 8;
  localparam GROUP     = LANES < MAX_GROUP ? LANES : MAX_GROUP;
  localparam GROUPS    = LANES / GROUP;
  localparam GROUP_W   = A_W + B_W + $clog2(GROUP);
  localparam ROWS      = MADE != 0 ? 2 : 1;

  localparam DOT_W     = A_W + B_W + $clog2(LANES);
  localparam SUM_W     = DOT_W < ACC_W ? DOT_W : ACC_W;

  // What lac_mul_sum adds in its array form is taken away again in the tree.
  localparam [DOT_W-1:0] ONE    = {{DOT_W - 1{1'b0}}, 1'b1};
  localparam [DOT_W-1:0] EXCESS = (ONE << (A_W + B_W - 1)) - (ONE << (A_W - 1)) - (ONE << (B_W - 1));
  localparam [DOT_W-1:0] OFFSET = MADE != 0 ? -(EXCESS << $clog2(LANES)) : {DOT_W{1'b0}};

  // ---------------------------------------------------------------- products

  wire [GROUPS*ROWS*GROUP_W-1:0] products;

  genvar group;
  generate
    for (group = 0; group < GROUPS; group = group + 1) begin : gen_group
      wire [ROWS*GROUP_W-1:0] products_d;
      reg  [ROWS*GROUP_W-1:0] products_q;

      lac_mul_sum #(
        .LANES (GROUP),
        .A_W   (A_W),
        .B_W   (B_W),
        .ARRAY (MADE)
      ) u_mul_sum (
        .a_i   (a_i[group*GROUP*A_W +: GROUP*A_W]),
        .b_i   (b_i[group*GROUP*B_W +: GROUP*B_W]),
        .sum_o (products_d)
      );

      always @(posedge clk_i) begin
        products_q <= products_d;
      end

      assign products[group*ROWS*GROUP_W +: ROWS*GROUP_W] = products_q;
    end
  endgenerate

  // ---------------------------------------------------------------- tree

  wire [SUM_W-1:0] sum_d;
  reg  [SUM_W-1:0] sum_q;

  lac_adder_tree #(
    .N      (GROUPS * ROWS),
    .W      (GROUP_W),
    .OUT_W  (SUM_W),
    .SIGNED (MADE == 0 ? 1 : 0),
    .OFFSET (OFFSET[SUM_W-1:0]),
    .ARRAY  (MADE)
  ) u_adder_tree (
    .terms_i (products),
    .sum_o   (sum_d)
  );

  always @(posedge clk_i) begin
    sum_q <= sum_d;
  end

  // ---------------------------------------------------------------- accumulator and drain register

  reg  [1:0]       first_q;   // beside products, sum
  reg  [2:0]       last_q;    // beside products, sum, accumulator
  reg              shift_q;
  reg  [ACC_W-1:0] drain_q;
  wire [ACC_W-1:0] acc;

  lac_accumulator #(
    .SUM_W (SUM_W),
    .ACC_W (ACC_W),
    .ARRAY (MADE)
  ) u_accumulator (
    .clk_i   (clk_i),
    .first_i (first_q[1]),
    .sum_i   (sum_q),
    .acc_o   (acc)
  );

  assign drain_o = drain_q;

  always @(posedge clk_i) begin
    first_q <= {first_q[0], first_i};
    last_q  <= {last_q[1:0], last_i};
    shift_q <= shift_i;
  end

  always @(posedge clk_i) begin
    if (last_q[2]) begin
      drain_q <= acc;
    end else if (shift_q) begin
      drain_q <= drain_i;
    end
  end

  // ---------------------------------------------------------------- counter of effectual lanes

  genvar lane;
  generate
    if (COUNT != 0) begin : gen_count
      wire [LANES-1:0]   effectual_d;
      reg  [LANES-1:0]   effectual_q;
      wire [COUNT_W-1:0] nonzero_d;
      reg  [COUNT_W-1:0] nonzero_q;

      for (lane = 0; lane < LANES; lane = lane + 1) begin : gen_lane
        assign effectual_d[lane] = |a_i[lane*A_W +: A_W] && |b_i[lane*B_W +: B_W];
      end

      lac_popcount #(
        .W (LANES)
      ) u_popcount (
        .bits_i  (effectual_q),
        .count_o (nonzero_d)
      );

      always @(posedge clk_i) begin
        effectual_q <= effectual_d;
        nonzero_q   <= nonzero_d;
      end

      assign nonzero_o = nonzero_q;
    end else begin : gen_no_count
      assign nonzero_o = {COUNT_W{1'b0}};
    end
  endgenerate

endmodule

`default_nettype wire
