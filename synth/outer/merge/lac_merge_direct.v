// A lane's merge as the engine has it, on its own: products of a chunk that do not collide go to their banks at once.
//
// Why: to be measured against lac_merge_queue (docs/engines/outer-merge.md); no configuration instantiates it.
//
// Parameters:
//   ROWS    rows of the lane
//   Q       products a cycle
//   BANKS   Q or more
//   COLS    columns of a bank
//   FIXED   1: product n is bank n's (BANKS = Q), no crossbar
//   PROD_W  bits of a product
//   ACC_W   bits of a sum
//   the others follow from these, leave them
// Handshake:
//   in_* is never stalled: in_places_i, a bit per bank; values, and their columns in the bank, stand in ascending banks
//   drain_*, zero_*: as lac_outer_bank, all banks together
// Latency: a sum is in memory three cycles after its product came.
// After reset: sums undefined until zeroed.

`default_nettype none

module lac_merge_direct #(
  parameter ROWS   = 16,
  parameter Q      = 8,
  parameter BANKS  = 16,
  parameter COLS   = 4,
  parameter FIXED  = 0,
  parameter PROD_W = 16,
  parameter ACC_W  = 32,
  parameter ROW_W  = $clog2(ROWS),
  parameter COL_W  = COLS > 1 ? $clog2(COLS) : 1,
  parameter ADDR_W = $clog2(ROWS * COLS)
) (
  input  wire                   clk_i,
  input  wire                   rst_i,

  input  wire                   in_valid_i,
  output wire                   in_ready_o,
  input  wire                   in_half_i,
  input  wire [ROW_W-1:0]       in_row_i,
  input  wire [BANKS-1:0]       in_places_i,
  input  wire [Q*COL_W-1:0]     in_columns_i,
  input  wire [Q*PROD_W-1:0]    in_products_i,

  input  wire [1:0]             drain_re_i,
  input  wire [ADDR_W-1:0]      drain_addr_i,
  input  wire                   drain_high_i,
  output wire [BANKS*ACC_W-1:0] drain_data_o,
  input  wire [1:0]             zero_i,
  input  wire [ADDR_W-1:0]      zero_addr_i
);

  localparam               INDEX_W = $clog2(Q);
  localparam               W       = PROD_W + COL_W;

  reg  [BANKS-1:0]         places_q;
  reg                      half_1_q, half_2_q;
  reg  [ROW_W-1:0]         row_1_q, row_2_q;
  reg  [Q*W-1:0]           sent_q;
  wire [Q*W-1:0]           sent;
  wire [BANKS*W-1:0]       taken;
  wire                     near = {half_1_q, row_1_q} == {half_2_q, row_2_q};

  assign in_ready_o = 1'b1;

  always @(posedge clk_i) begin
    if (rst_i) begin
      places_q <= {BANKS{1'b0}};
    end else begin
      places_q <= in_places_i & {BANKS{in_valid_i}};
    end
  end

  always @(posedge clk_i) begin
    {half_1_q, row_1_q} <= {in_half_i, in_row_i};
    {half_2_q, row_2_q} <= {half_1_q, row_1_q};
    sent_q              <= sent;
  end

  genvar slot, bank;
  generate
    for (slot = 0; slot < Q; slot = slot + 1) begin : gen_sent
      assign sent[slot*W +: W] = {in_columns_i[slot*COL_W +: COL_W], in_products_i[slot*PROD_W +: PROD_W]};
    end

    if (FIXED != 0) begin : gen_fixed
      assign taken = sent_q;
    end else begin : gen_crossbar
      wire [BANKS*INDEX_W-1:0] index;
      reg  [BANKS*INDEX_W-1:0] index_q;

      always @(posedge clk_i) begin
        index_q <= index;
      end

      lac_outer_scatter #(
        .Q          (Q),
        .BANKS      (BANKS),
        .W          (W),
        .ARRAY      (1)
      ) u_scatter (
        .places_i   (in_places_i),
        .index_o    (index),
        .index_i    (index_q),
        .products_i (sent_q),
        .taken_o    (taken)
      );
    end

    for (bank = 0; bank < BANKS; bank = bank + 1) begin : gen_bank
      lac_outer_bank #(
        .ROWS          (ROWS),
        .COLS          (COLS),
        .PROD_W        (PROD_W),
        .ACC_W         (ACC_W)
      ) u_bank (
        .clk_i         (clk_i),
        .rst_i         (rst_i),
        .add_i         (places_q[bank]),
        .add_half_i    (half_1_q),
        .add_row_i     (row_1_q),
        .add_column_i  (taken[bank*W+PROD_W +: COL_W]),
        .add_product_i (taken[bank*W +: PROD_W]),
        .near_i        (near),
        .half_1_i      (half_2_q),
        .row_1_i       (row_2_q),
        .drain_re_i    (drain_re_i),
        .drain_addr_i  (drain_addr_i),
        .drain_high_i  (drain_high_i),
        .drain_data_o  (drain_data_o[bank*ACC_W +: ACC_W]),
        .zero_i        (zero_i),
        .zero_addr_i   (zero_addr_i)
      );
    end
  endgenerate

endmodule

`default_nettype wire
