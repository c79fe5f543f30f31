// A lane's merge with a queue in front of every bank: products of a chunk may collide, up to DEPTH of them in a bank.
//
// Why: to be measured against lac_merge_direct (docs/engines/outer-merge.md); no configuration instantiates it.
//
// Parameters:
//   DEPTH   places of a queue, 2 or more
//   the others as lac_merge_direct
// Handshake:
//   in_* ready/valid
//   in_count_i values
//   in_banks_i, in_columns_i: where each goes, no more than DEPTH to one bank. A chunk is taken whole, when all queues
//     have room for what is theirs.
//   drain_*, zero_*: as lac_outer_bank, all banks together
// Latency: a sum is in memory four cycles after its product came, later by what waits in the queue. A bank takes one a
//   cycle.
// After reset: queues empty, sums undefined until zeroed.

`default_nettype none

module lac_merge_queue #(
  parameter ROWS   = 16,
  parameter Q      = 8,
  parameter BANKS  = 16,
  parameter COLS   = 4,
  parameter DEPTH  = 4,
  parameter PROD_W = 16,
  parameter ACC_W  = 32,
  parameter CNT_W  = $clog2(Q + 1),
  parameter ROW_W  = $clog2(ROWS),
  parameter BANK_W = $clog2(BANKS),
  parameter COL_W  = COLS > 1 ? $clog2(COLS) : 1,
  parameter ADDR_W = $clog2(ROWS * COLS)
) (
  input  wire                   clk_i,
  input  wire                   rst_i,

  input  wire                   in_valid_i,
  output wire                   in_ready_o,
  input  wire                   in_half_i,
  input  wire [ROW_W-1:0]       in_row_i,
  input  wire [CNT_W-1:0]       in_count_i,
  input  wire [Q*BANK_W-1:0]    in_banks_i,
  input  wire [Q*COL_W-1:0]     in_columns_i,
  input  wire [Q*PROD_W-1:0]    in_products_i,

  input  wire [1:0]             drain_re_i,
  input  wire [ADDR_W-1:0]      drain_addr_i,
  input  wire                   drain_high_i,
  output wire [BANKS*ACC_W-1:0] drain_data_o,
  input  wire [1:0]             zero_i,
  input  wire [ADDR_W-1:0]      zero_addr_i
);

  localparam               PLACE_W = ROW_W + 1;                     // half and row
  localparam               W       = PROD_W + COL_W;
  localparam               MOST    = DEPTH < COLS ? DEPTH : COLS;   // products of a chunk for one bank
  localparam               INDEX_W = $clog2(Q);
  localparam               LEVEL_W = $clog2(DEPTH + MOST + 1);
  localparam [31:0]        DEEP_32 = DEPTH;
  localparam [LEVEL_W-1:0] DEEP    = DEEP_32[LEVEL_W-1:0];

  // ---------------------------------------------------------------- the chunk, held until it fits

  reg                      valid_q;
  reg  [PLACE_W-1:0]       place_q;
  reg  [Q*W-1:0]           sent_q;
  wire [Q*W-1:0]           sent;
  wire [BANKS-1:0]         fits;
  wire                     put = valid_q && &fits;

  assign in_ready_o = !valid_q || &fits;

  always @(posedge clk_i) begin
    if (rst_i) begin
      valid_q <= 1'b0;
    end else if (in_ready_o) begin
      valid_q <= in_valid_i;
    end
  end

  always @(posedge clk_i) begin
    if (in_ready_o) begin
      place_q <= {in_half_i, in_row_i};
      sent_q  <= sent;
    end
  end

  // ---------------------------------------------------------------- queues and banks

  genvar slot, bank, order, entry;
  generate
    for (slot = 0; slot < Q; slot = slot + 1) begin : gen_sent
      assign sent[slot*W +: W] = {in_columns_i[slot*COL_W +: COL_W], in_products_i[slot*PROD_W +: PROD_W]};
    end

    for (bank = 0; bank < BANKS; bank = bank + 1) begin : gen_bank
      localparam [31:0]         BANK = bank;

      // Which products are this bank's, the first ones first: known a cycle before they go into the queue.
      reg  [MOST*INDEX_W-1:0]   index,  index_q;
      reg  [LEVEL_W-1:0]        count,  count_q;
      integer                   at, nth;

      always @(*) begin
        index = {MOST * INDEX_W{1'b0}};
        count = {LEVEL_W{1'b0}};
        for (at = 0; at < Q; at = at + 1) begin
          if (at < {{32 - CNT_W{1'b0}}, in_count_i} && in_banks_i[at*BANK_W +: BANK_W] == BANK[BANK_W-1:0]) begin
            for (nth = 0; nth < MOST; nth = nth + 1) begin
              index[nth*INDEX_W +: INDEX_W] = index[nth*INDEX_W +: INDEX_W] |
                                              (at[INDEX_W-1:0] & {INDEX_W{count == nth[LEVEL_W-1:0]}});
            end
            count = count + 1'b1;
          end
        end
      end

      always @(posedge clk_i) begin
        if (in_ready_o) begin
          index_q <= index;
          count_q <= count;
        end
      end

      wire [MOST*W-1:0]         mine;

      for (order = 0; order < MOST; order = order + 1) begin : gen_mine
        wire [INDEX_W-1:0] which = index_q[order*INDEX_W +: INDEX_W];
        reg  [W-1:0]       found;
        integer            from;

        always @(*) begin
          found = {W{1'b0}};
          for (from = 0; from < Q; from = from + 1) begin
            found = found | (sent_q[from*W +: W] & {W{which == from[INDEX_W-1:0]}});
          end
        end

        assign mine[order*W +: W] = found;
      end

      // The oldest leaves whenever there is one.
      reg  [LEVEL_W-1:0]        level_q;
      wire [DEPTH*(W+PLACE_W)-1:0] entries;
      wire                      pop  = level_q != {LEVEL_W{1'b0}};
      wire [LEVEL_W-1:0]        kept = pop ? level_q - 1'b1 : level_q;
      wire [LEVEL_W-1:0]        sum  = kept + count_q;
      wire [W+PLACE_W-1:0]      head = entries[W+PLACE_W-1:0];

      assign fits[bank] = sum <= DEEP;

      always @(posedge clk_i) begin
        if (rst_i) begin
          level_q <= {LEVEL_W{1'b0}};
        end else begin
          level_q <= put ? sum : kept;
        end
      end

      for (entry = 0; entry < DEPTH; entry = entry + 1) begin : gen_entry
        localparam [31:0]     ENTRY = entry;
        reg  [W+PLACE_W-1:0]  entry_q;
        reg  [W-1:0]          fresh;
        wire [W+PLACE_W-1:0]  next;
        wire                  stays = kept > ENTRY[LEVEL_W-1:0];
        integer               from;

        always @(*) begin
          fresh = {W{1'b0}};
          for (from = 0; from < MOST; from = from + 1) begin
            if (from <= entry) begin
              fresh = fresh | (mine[from*W +: W] & {W{kept == ENTRY[LEVEL_W-1:0] - from[LEVEL_W-1:0]}});
            end
          end
        end

        if (entry < DEPTH - 1) begin : gen_shift
          assign next = entries[(entry+1)*(W+PLACE_W) +: W+PLACE_W];
        end else begin : gen_top
          assign next = entry_q;
        end

        assign entries[entry*(W+PLACE_W) +: W+PLACE_W] = entry_q;

        always @(posedge clk_i) begin
          entry_q <= stays ? next : {place_q, fresh};
        end
      end

      // Rows differ from bank to bank, so each looks back at its own one.
      reg  [PLACE_W-1:0]        place_1_q;
      wire [PLACE_W-1:0]        place = head[W +: PLACE_W];

      always @(posedge clk_i) begin
        place_1_q <= place;
      end

      lac_outer_bank #(
        .ROWS          (ROWS),
        .COLS          (COLS),
        .PROD_W        (PROD_W),
        .ACC_W         (ACC_W)
      ) u_bank (
        .clk_i         (clk_i),
        .rst_i         (rst_i),
        .add_i         (pop),
        .add_half_i    (place[PLACE_W-1]),
        .add_row_i     (place[ROW_W-1:0]),
        .add_column_i  (head[PROD_W +: COL_W]),
        .add_product_i (head[PROD_W-1:0]),
        .near_i        (place == place_1_q),
        .half_1_i      (place_1_q[PLACE_W-1]),
        .row_1_i       (place_1_q[ROW_W-1:0]),
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
