// One accumulator bank of a lane: adds a product per cycle to the sum at any address, in one of two halves.
//
// Why: the RAM is read in one cycle and the sum is written in the next. So a sum is forwarded to the next product if
// that has the same address. While one half collects a tile, the other is read out and cleared (docs/engines/outer.md;
// Wang et al., ISCA 2021, section 4.3: gather, accumulate, scatter).
//
// Parameters:
//   ROWS    rows of the lane, a power of two, at least 2
//   COLS    columns of the bank, 1 or a power of two
//   PROD_W  bits of a product, up to ACC_W
//   the others are derived; do not set them. Address: row * COLS + column
// Ports:
//   add_i: with half, row, column and product: an addition begins
//   near_i: half and row are those of the issue one cycle before. What all banks of a lane have in common comes from
//     the lane, a cycle later: half_1_i, row_1_i.
//   drain_re_i: drain_data_o shows the sum of drain_half_i in the next cycle, when drain_high_i is that half
//   zero_i: a bit per half: the word becomes zero. No product may be on its way to a half that is drained.
// Latency: a sum is in memory two cycles after its product came.
// After reset: sums undefined until zeroed.

`default_nettype none

module lac_outer_bank #(
  parameter ROWS   = 2,
  parameter COLS   = 2,
  parameter PROD_W = 16,
  parameter ACC_W  = 32,
  parameter ROW_W  = $clog2(ROWS),
  parameter COL_W  = COLS > 1 ? $clog2(COLS) : 1,
  parameter ADDR_W = $clog2(ROWS * COLS)
) (
  input  wire              clk_i,
  input  wire              rst_i,

  input  wire              add_i,
  input  wire              add_half_i,
  input  wire [ROW_W-1:0]  add_row_i,
  input  wire [COL_W-1:0]  add_column_i,
  input  wire [PROD_W-1:0] add_product_i,
  input  wire              near_i,
  input  wire              half_1_i,
  input  wire [ROW_W-1:0]  row_1_i,

  input  wire [1:0]        drain_re_i,       // by half
  input  wire [ADDR_W-1:0] drain_addr_i,
  input  wire              drain_high_i,
  output wire [ACC_W-1:0]  drain_data_o,
  input  wire [1:0]        zero_i,
  input  wire [ADDR_W-1:0] zero_addr_i
);

  // ---------------------------------------------------------------- a product on its way: read, then add and write

  reg                      valid_q;          // a product came a cycle ago
  reg                      near_q;           // it goes where the one before went
  reg  [COL_W-1:0]         column_q;
  reg  [PROD_W-1:0]        product_q;
  reg  [ACC_W-1:0]         sum_q;

  wire [ACC_W-1:0]         low;              // the halves' words
  wire [ACC_W-1:0]         high;
  wire [ACC_W-1:0]         base    = near_q ? sum_q : half_1_i ? high : low;
  wire [ACC_W-1:0]         product = {{ACC_W - PROD_W{product_q[PROD_W-1]}}, product_q};
  wire [ACC_W-1:0]         sum     = base + product;

  always @(posedge clk_i) begin
    if (rst_i) begin
      valid_q <= 1'b0;
    end else begin
      valid_q <= add_i;
    end
  end

  always @(posedge clk_i) begin
    near_q    <= near_i && valid_q && add_column_i == column_q;
    column_q  <= add_column_i;
    product_q <= add_product_i;
    sum_q     <= sum;
  end

  // ---------------------------------------------------------------- the halves

  wire [ROW_W+COL_W-1:0] from = {add_row_i, add_column_i};
  wire [ROW_W+COL_W-1:0] to   = {row_1_i, column_q};

  // A single column has no bit in the address.
  wire [ADDR_W-1:0]      read_addr  = from[ROW_W+COL_W-1 -: ADDR_W];
  wire [ADDR_W-1:0]      write_addr = to[ROW_W+COL_W-1 -: ADDR_W];
  wire                   unused     = &{1'b0, from, to};

  assign drain_data_o = drain_high_i ? high : low;

  lac_ram_2p #(
    .WIDTH   (ACC_W),
    .DEPTH   (ROWS * COLS)
  ) u_low (
    .clk_i   (clk_i),
    .we_i    (zero_i[0] || (valid_q && !half_1_i)),
    .waddr_i (zero_i[0] ? zero_addr_i : write_addr),
    .wdata_i (zero_i[0] ? {ACC_W{1'b0}} : sum),
    .re_i    (drain_re_i[0] || (add_i && !add_half_i)),
    .raddr_i (drain_re_i[0] ? drain_addr_i : read_addr),
    .rdata_o (low)
  );

  lac_ram_2p #(
    .WIDTH   (ACC_W),
    .DEPTH   (ROWS * COLS)
  ) u_high (
    .clk_i   (clk_i),
    .we_i    (zero_i[1] || (valid_q && half_1_i)),
    .waddr_i (zero_i[1] ? zero_addr_i : write_addr),
    .wdata_i (zero_i[1] ? {ACC_W{1'b0}} : sum),
    .re_i    (drain_re_i[1] || (add_i && add_half_i)),
    .raddr_i (drain_re_i[1] ? drain_addr_i : read_addr),
    .rdata_o (high)
  );

endmodule

`default_nettype wire
