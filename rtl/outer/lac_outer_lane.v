// One lane of a block: its rows of A, Q multipliers, and the accumulator banks of these rows.
//
// Why: rows belong to lanes, so products of different rows never meet in a bank. Within a chunk, no two columns are in
// the same bank (docs/engines/outer.md, A block).
//
// Parameters:
//   Q                products a cycle, 2 or more
//   BANKS            Q or more, a power of two
//   COLS             columns of a bank, 1 or a power of two
//   PORTS            rows of a beat of A that belong to the lane, a power of two
//   SUBS             beats of a k-tile, a power of two, 2 or more
//   KS               k of a k-tile that belong to the block, a power of two
//   SLOTS            k-tiles held, a power of two
//   A_W, B_W, ACC_W  bits of operands and of a sum
//   COUNT            1: nonzero_o counts
//   ARRAY            see lac_mul
//   the others are derived; do not set them
// Rows of the lane: row s * PORTS + p came at port p of beat s. Sums of a half: COLS of row 0 first.
// Ports:
//   a_*: a beat of A, row by row
//   issue_*: a row meets a chunk: values_i in ascending banks, count_i of them, places_i which banks, columns_i which
//     column of its bank each value belongs to
//   drain_* and zero_* as lac_outer_bank, all banks at one address
//   nonzero_o: products of which neither operand is zero
// Latency: 5 cycles from issue_i to the sums in memory, 3 to nonzero_o; an issue every cycle.
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
  parameter COUNT  = 0,
  parameter ARRAY  = 0,
  parameter ROW_W  = $clog2(PORTS * SUBS),
  parameter KS_W   = KS > 1 ? $clog2(KS) : 1,
  parameter COL_W  = COLS > 1 ? $clog2(COLS) : 1,
  parameter CNT_W  = $clog2(Q + 1),
  parameter BEAT_W = $clog2(SLOTS * SUBS),
  parameter ADDR_W = $clog2(PORTS * SUBS * COLS)
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
  input  wire [CNT_W-1:0]         count_i,
  input  wire [BANKS-1:0]         places_i,
  input  wire [Q*COL_W-1:0]       columns_i,
  input  wire [Q*B_W-1:0]         values_i,
  output wire [CNT_W-1:0]         nonzero_o,

  input  wire [1:0]               drain_re_i,
  input  wire [ADDR_W-1:0]        drain_addr_i,
  input  wire                     drain_high_i,
  output wire [BANKS*ACC_W-1:0]   drain_data_o,
  input  wire [1:0]               zero_i,
  input  wire [ADDR_W-1:0]        zero_addr_i
);

`ifdef SYNTHESIS
  localparam MADE = ARRAY != 0 ? 1 : 0;
`else
  localparam MADE = ARRAY == 1 ? 1 : 0;
`endif

  localparam                   FULL_W    = A_W + B_W;
  localparam                   PROD_W    = FULL_W < ACC_W ? FULL_W : ACC_W;   // sums are modulo 2^ACC_W
  localparam                   INDEX_W   = $clog2(Q);

  // ---------------------------------------------------------------- 1: the row's element comes out of the store

  wire [PORTS*KS*A_W-1:0]      word;

  lac_ram_2p #(
    .WIDTH   (PORTS * KS * A_W),
    .DEPTH   (SLOTS * SUBS)
  ) u_rows (
    .clk_i   (clk_i),
    .we_i    (a_we_i),
    .waddr_i (a_beat_i),
    .wdata_i (a_data_i),
    .re_i    (issue_i),
    .raddr_i (issue_beat_i),
    .rdata_o (word)
  );

  reg  [1:0]                   valid_q;                // issues 1 and 2 cycles old
  reg                          half_1_q,    half_2_q,    half_3_q;
  reg  [ROW_W-1:0]             row_1_q,     row_2_q,     row_3_q;
  reg  [KS_W-1:0]              k_1_q;
  reg  [BANKS-1:0]             places_1_q,  places_2_q,  places_3_q;
  reg  [Q*COL_W-1:0]           columns_1_q, columns_2_q, columns_3_q;
  reg  [Q*B_W-1:0]             values_1_q,  values_2_q;
  reg  [A_W-1:0]               a_2_q;
  reg  [Q*PROD_W-1:0]          products_3_q;
  reg  [BANKS*INDEX_W-1:0]     index_3_q;

  wire [31:0]                  row_1_32  = {{32 - ROW_W{1'b0}}, row_1_q};
  wire [31:0]                  k_1_32    = {{32 - KS_W{1'b0}}, k_1_q};
  wire [31:0]                  element   = (row_1_32 % PORTS) * KS + k_1_32;

  // ---------------------------------------------------------------- 2: products; which bank takes which

  wire [Q*PROD_W-1:0]          products;
  wire [BANKS*INDEX_W-1:0]     index;
  wire [Q*(PROD_W+COL_W)-1:0]  sent;
  wire [BANKS*(PROD_W+COL_W)-1:0] taken;

  genvar slot, bank;
  generate
    for (slot = 0; slot < Q; slot = slot + 1) begin : gen_product
      wire [FULL_W-1:0] product;
      wire              unused_top = &{1'b0, product};

      assign products[slot*PROD_W +: PROD_W] = product[PROD_W-1:0];

      lac_mul #(
        .A_W       (A_W),
        .B_W       (B_W),
        .ARRAY     (MADE)
      ) u_mul (
        .a_i       (a_2_q),
        .b_i       (values_2_q[slot*B_W +: B_W]),
        .product_o (product)
      );
      assign sent[slot*(PROD_W+COL_W) +: PROD_W+COL_W] = {columns_3_q[slot*COL_W +: COL_W],
                                                          products_3_q[slot*PROD_W +: PROD_W]};
    end
  endgenerate

  lac_outer_scatter #(
    .Q          (Q),
    .BANKS      (BANKS),
    .W          (PROD_W + COL_W),
    .ARRAY      (MADE)
  ) u_scatter (
    .places_i   (places_2_q),
    .index_o    (index),
    .index_i    (index_3_q),
    .products_i (sent),
    .taken_o    (taken)
  );

  always @(posedge clk_i) begin
    if (rst_i) begin
      valid_q <= 2'b00;
    end else begin
      valid_q <= {valid_q[0], issue_i};
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
    places_3_q   <= places_2_q & {BANKS{valid_q[1]}};
    columns_3_q  <= columns_2_q;
    products_3_q <= products;
    index_3_q    <= index;
  end

  // ---------------------------------------------------------------- 3 and 4: what the banks have in common

  reg                          half_4_q;
  reg  [ROW_W-1:0]             row_4_q;
  wire                         near = {half_3_q, row_3_q} == {half_4_q, row_4_q};

  always @(posedge clk_i) begin
    {half_4_q, row_4_q} <= {half_3_q, row_3_q};
  end

  generate
    for (bank = 0; bank < BANKS; bank = bank + 1) begin : gen_bank
      lac_outer_bank #(
        .ROWS          (PORTS * SUBS),
        .COLS          (COLS),
        .PROD_W        (PROD_W),
        .ACC_W         (ACC_W)
      ) u_bank (
        .clk_i         (clk_i),
        .rst_i         (rst_i),
        .add_i         (places_3_q[bank]),
        .add_half_i    (half_3_q),
        .add_row_i     (row_3_q),
        .add_column_i  (taken[bank*(PROD_W+COL_W)+PROD_W +: COL_W]),
        .add_product_i (taken[bank*(PROD_W+COL_W) +: PROD_W]),
        .near_i        (near),
        .half_1_i      (half_4_q),
        .row_1_i       (row_4_q),
        .drain_re_i    (drain_re_i),
        .drain_addr_i  (drain_addr_i),
        .drain_high_i  (drain_high_i),
        .drain_data_o  (drain_data_o[bank*ACC_W +: ACC_W]),
        .zero_i        (zero_i),
        .zero_addr_i   (zero_addr_i)
      );
    end
  endgenerate

  // ---------------------------------------------------------------- counts

  generate
    if (COUNT != 0) begin : gen_nonzero
      reg  [CNT_W-1:0] count_1_q, count_2_q, nonzero_q;
      reg  [CNT_W-1:0] nonzero;
      integer          at;

      always @(*) begin
        nonzero = {CNT_W{1'b0}};
        for (at = 0; at < Q; at = at + 1) begin
          if (at < {{32 - CNT_W{1'b0}}, count_2_q} && values_2_q[at*B_W +: B_W] != {B_W{1'b0}}) begin
            nonzero = nonzero + 1'b1;
          end
        end
      end

      always @(posedge clk_i) begin
        count_1_q <= count_i;
        count_2_q <= count_1_q;
        nonzero_q <= valid_q[1] && a_2_q != {A_W{1'b0}} ? nonzero : {CNT_W{1'b0}};
      end

      assign nonzero_o = nonzero_q;
    end else begin : gen_none
      wire unused_count = &{1'b0, count_i};
      assign nonzero_o = {CNT_W{1'b0}};
    end
  endgenerate

endmodule

`default_nettype wire
