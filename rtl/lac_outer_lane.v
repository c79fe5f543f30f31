// One lane of a block: its rows of A, Q multipliers, and the banks of accumulators of these rows.
//
// Why: rows belong to lanes, so products of different rows never meet in a bank; within a chunk no two columns are in one bank. What is
//      left of the scatter is a crossbar in which values keep their order: bank b takes one of the first b + 1 products
//      (docs/outer.md, A block).
// Parameters: Q, products a cycle; BANKS, Q or more, a power of two; COLS, columns of a bank, 1 or a power of two; PORTS, rows of a
//      beat of A that belong to the lane, SUBS, beats of a k-tile, KS, its k that belong to the block, SLOTS, k-tiles held: powers of
//      two, SUBS * SLOTS 2 or more; A_W, B_W, ACC_W bits; the others follow, leave them.
// Rows of the lane: row s * PORTS + p came at port p of beat s. Sums of a half: COLS of row 0 first.
// Ports: a_*, a beat of A, row by row; issue_*, a row meets a chunk: values_i in ascending banks, places_i which banks, columns_i which
//      column of its bank each value belongs to; drain_* as lac_outer_bank, all banks at one address.
// Latency: 6 cycles from issue_i to the sums in memory; an issue every cycle.
// After reset: nothing on its way; sums and rows undefined.

`default_nettype none

module lac_outer_lane #(
  parameter Q      = 2,
  parameter BANKS  = 4,
  parameter COLS   = 2,
  parameter PORTS  = 2,
  parameter SUBS   = 2,
  parameter KS     = 2,
  parameter SLOTS  = 2,
  parameter A_W    = 8,
  parameter B_W    = 8,
  parameter ACC_W  = 32,
  parameter ROWS   = PORTS * SUBS,
  parameter ROW_W  = ROWS > 1 ? $clog2(ROWS) : 1,
  parameter KS_W   = KS > 1 ? $clog2(KS) : 1,
  parameter COL_W  = COLS > 1 ? $clog2(COLS) : 1,
  parameter BEAT_W = $clog2(SLOTS * SUBS),
  parameter ADDR_W = $clog2(ROWS * COLS)
) (
  input  wire                     clk_i,
  input  wire                     rst_i,

  input  wire                     a_we_i,
  input  wire [BEAT_W-1:0]        a_beat_i,      // slot, then beat
  input  wire [PORTS*KS*A_W-1:0]  a_data_i,      // by row, then k

  input  wire                     issue_i,
  input  wire                     half_i,
  input  wire [BEAT_W-1:0]        issue_beat_i,
  input  wire [ROW_W-1:0]         row_i,
  input  wire [KS_W-1:0]          k_i,
  input  wire [BANKS-1:0]         places_i,
  input  wire [Q*COL_W-1:0]       columns_i,
  input  wire [Q*B_W-1:0]         values_i,

  input  wire                     drain_re_i,
  input  wire                     sweep_i,
  input  wire                     drain_half_i,
  input  wire [ADDR_W-1:0]        drain_addr_i,
  output wire [BANKS*ACC_W-1:0]   drain_data_o
);

  localparam PROD_W = A_W + B_W;

  // ---------------------------------------------------------------- 1: the row's element comes out of the store

  wire [PORTS*KS*A_W-1:0] word;

  lac_ram_2p #(
    .WIDTH (PORTS * KS * A_W),
    .DEPTH (SLOTS * SUBS)
  ) u_rows (
    .clk_i   (clk_i),
    .we_i    (a_we_i),
    .waddr_i (a_beat_i),
    .wdata_i (a_data_i),
    .re_i    (issue_i),
    .raddr_i (issue_beat_i),
    .rdata_o (word)
  );

  reg  [2:0]           valid_q;                  // issues 1, 2 and 3 cycles old
  reg                  half_1_q,    half_2_q,    half_3_q;
  reg  [ROW_W-1:0]     row_1_q,     row_2_q,     row_3_q;
  reg  [KS_W-1:0]      k_1_q;
  reg  [BANKS-1:0]     places_1_q,  places_2_q,  places_3_q;
  reg  [Q*COL_W-1:0]   columns_1_q, columns_2_q, columns_3_q;
  reg  [Q*B_W-1:0]     values_1_q,  values_2_q;
  reg  [A_W-1:0]       a_2_q;
  reg  [Q*PROD_W-1:0]  products_3_q;
  reg  [BANKS*Q-1:0]   source_3_q;               // one-hot by bank: which product

  wire [31:0]          row_1_32 = {{32 - ROW_W{1'b0}}, row_1_q};
  wire [31:0]          k_1_32   = {{32 - KS_W{1'b0}}, k_1_q};
  wire [31:0]          element  = (row_1_32 % PORTS) * KS + k_1_32;

  // ---------------------------------------------------------------- 2: products; which bank takes which

  wire [Q*PROD_W-1:0]  products;
  reg  [BANKS*Q-1:0]   source;
  reg  [Q:0]           next;                     // one-hot: products that lower banks have taken
  integer              bank_index;

  genvar slot, bank;
  generate
    for (slot = 0; slot < Q; slot = slot + 1) begin : gen_product
      lac_mul #(
        .A_W       (A_W),
        .B_W       (B_W)
      ) u_mul (
        .a_i       (a_2_q),
        .b_i       (values_2_q[slot*B_W +: B_W]),
        .product_o (products[slot*PROD_W +: PROD_W])
      );
    end
  endgenerate

  always @(*) begin
    next = {{Q{1'b0}}, 1'b1};
    for (bank_index = 0; bank_index < BANKS; bank_index = bank_index + 1) begin
      source[bank_index*Q +: Q] = next[Q-1:0] & {Q{places_2_q[bank_index]}};
      next                      = places_2_q[bank_index] ? next << 1 : next;
    end
  end

  always @(posedge clk_i) begin
    if (rst_i) begin
      valid_q <= 3'b000;
    end else begin
      valid_q <= {valid_q[1:0], issue_i};
    end
  end

  always @(posedge clk_i) begin
    half_1_q     <= half_i;
    row_1_q      <= row_i;
    k_1_q        <= k_i;
    places_1_q   <= places_i;
    columns_1_q  <= columns_i;
    values_1_q   <= values_i;

    half_2_q     <= half_1_q;
    row_2_q      <= row_1_q;
    places_2_q   <= places_1_q;
    columns_2_q  <= columns_1_q;
    values_2_q   <= values_1_q;
    a_2_q        <= word[element*A_W +: A_W];

    half_3_q     <= half_2_q;
    row_3_q      <= row_2_q;
    places_3_q   <= places_2_q;
    columns_3_q  <= columns_2_q;
    products_3_q <= products;
    source_3_q   <= source;
  end

  // ---------------------------------------------------------------- 3: products to their banks

  generate
    for (bank = 0; bank < BANKS; bank = bank + 1) begin : gen_bank
      localparam FROM = bank < Q ? bank + 1 : Q;   // products that may be this bank's
      wire [FROM-1:0]   mine = source_3_q[bank*Q +: FROM];
      reg  [PROD_W-1:0] product;
      reg  [COL_W-1:0]  column;
      integer           from;

      always @(*) begin
        product = {PROD_W{1'b0}};
        column  = {COL_W{1'b0}};
        for (from = 0; from < FROM; from = from + 1) begin
          product = product | (products_3_q[from*PROD_W +: PROD_W] & {PROD_W{mine[from]}});
          column  = column | (columns_3_q[from*COL_W +: COL_W] & {COL_W{mine[from]}});
        end
      end

      wire [ADDR_W-1:0] addr;
      if (COLS > 1 && ROWS > 1) begin : gen_both
        assign addr = {row_3_q, column};
      end else if (COLS > 1) begin : gen_column
        assign addr = column;
        wire unused_row = &{1'b0, row_3_q};
      end else begin : gen_row
        assign addr = row_3_q;
        wire unused_column = &{1'b0, column};
      end

      lac_outer_bank #(
        .DEPTH         (ROWS * COLS),
        .PROD_W        (PROD_W),
        .ACC_W         (ACC_W)
      ) u_bank (
        .clk_i         (clk_i),
        .rst_i         (rst_i),
        .add_i         (valid_q[2] && places_3_q[bank]),
        .add_half_i    (half_3_q),
        .add_addr_i    (addr),
        .add_product_i (product),
        .drain_re_i    (drain_re_i),
        .sweep_i       (sweep_i),
        .drain_half_i  (drain_half_i),
        .drain_addr_i  (drain_addr_i),
        .drain_data_o  (drain_data_o[bank*ACC_W +: ACC_W])
      );
    end
  endgenerate

endmodule

`default_nettype wire
