// One bank of a lane's accumulators: a product a cycle is added to the sum at any address, in one of two halves.
//
// Why: a RAM reads a cycle after it is asked and is written a cycle after that, so a sum that is on its way is forwarded to the next two
//      products. While one half collects a tile, the other gives its sums away and is zero again behind that
//      (docs/outer.md; Wang et al., ISCA 2021, section 4.3: gather, accumulate, scatter).
// Parameters: DEPTH, sums of a half, 2 or more; PROD_W, bits of a product, up to ACC_W; ADDR_W follows, leave it.
// Handshake: none. add_*: a product and where it goes, any cycle. drain_re_i: drain_data_o shows the sum in the next cycle, in which
//      the word becomes zero; sweep_i with it: in both halves. No product may be on its way to a half that is drained.
// Latency: a sum is in memory three cycles after its product came.
// After reset: sums undefined until swept.

`default_nettype none

module lac_outer_bank #(
  parameter DEPTH  = 2,
  parameter PROD_W = 16,
  parameter ACC_W  = 32,
  parameter ADDR_W = $clog2(DEPTH)
) (
  input  wire              clk_i,
  input  wire              rst_i,

  input  wire              add_i,
  input  wire              add_half_i,
  input  wire [ADDR_W-1:0] add_addr_i,
  input  wire [PROD_W-1:0] add_product_i,

  input  wire              drain_re_i,
  input  wire              sweep_i,
  input  wire              drain_half_i,
  input  wire [ADDR_W-1:0] drain_addr_i,
  output wire [ACC_W-1:0]  drain_data_o
);

  // ---------------------------------------------------------------- a product on its way: read, add, write

  reg  [2:0]        valid_q;                     // products 1, 2 and 3 cycles old
  reg  [ADDR_W:0]   addr_1_q, addr_2_q, addr_3_q;   // the half on top
  reg  [PROD_W-1:0] product_q;
  reg  [ACC_W-1:0]  sum_2_q,  sum_3_q;

  wire [2*ACC_W-1:0] stored;
  wire               near    = valid_q[1] && addr_2_q == addr_1_q;
  wire               far     = valid_q[2] && addr_3_q == addr_1_q;
  wire [ACC_W-1:0]   held    = addr_1_q[ADDR_W] ? stored[2*ACC_W-1:ACC_W] : stored[ACC_W-1:0];
  wire [ACC_W-1:0]   base    = near ? sum_2_q : far ? sum_3_q : held;
  wire [ACC_W-1:0]   product = {{ACC_W - PROD_W{product_q[PROD_W-1]}}, product_q};

  always @(posedge clk_i) begin
    if (rst_i) begin
      valid_q <= 3'b000;
    end else begin
      valid_q <= {valid_q[1:0], add_i};
    end
  end

  always @(posedge clk_i) begin
    addr_1_q  <= {add_half_i, add_addr_i};
    product_q <= add_product_i;
    addr_2_q  <= addr_1_q;
    sum_2_q   <= base + product;
    addr_3_q  <= addr_2_q;
    sum_3_q   <= sum_2_q;
  end

  // ---------------------------------------------------------------- sums that leave

  reg               zero_q, sweep_q, half_q;
  reg  [ADDR_W-1:0] zero_addr_q;

  assign drain_data_o = half_q ? stored[2*ACC_W-1:ACC_W] : stored[ACC_W-1:0];

  always @(posedge clk_i) begin
    if (rst_i) begin
      zero_q <= 1'b0;
    end else begin
      zero_q <= drain_re_i;
    end
  end

  always @(posedge clk_i) begin
    sweep_q     <= sweep_i;
    half_q      <= drain_half_i;
    zero_addr_q <= drain_addr_i;
  end

  // ---------------------------------------------------------------- the halves

  genvar half;
  generate
    for (half = 0; half < 2; half = half + 1) begin : gen_half
      localparam [0:0] HALF = half;
      wire zero  = zero_q && (sweep_q || half_q == HALF);
      wire drain = drain_re_i && drain_half_i == HALF;
      lac_ram_2p #(
        .WIDTH (ACC_W),
        .DEPTH (DEPTH)
      ) u_ram (
        .clk_i   (clk_i),
        .we_i    (zero || (valid_q[1] && addr_2_q[ADDR_W] == HALF)),
        .waddr_i (zero ? zero_addr_q : addr_2_q[ADDR_W-1:0]),
        .wdata_i (zero ? {ACC_W{1'b0}} : sum_2_q),
        .re_i    (drain || (add_i && add_half_i == HALF)),
        .raddr_i (drain ? drain_addr_i : add_addr_i),
        .rdata_o (stored[half*ACC_W +: ACC_W])
      );
    end
  endgenerate

endmodule

`default_nettype wire
