// Random chunks for random rows through lac_merge_direct (DEPTH 0) or lac_merge_queue: all sums are what a plain
// addition makes them, in both halves. A chunk comes several times in a row, as for the rows of A, so that queues fill.
`default_nettype none

module tb;

  parameter ROWS = 4, Q = 8, BANKS = 16, COLS = 4, DEPTH = 0, FIXED = 0, SEED = 1, ROUNDS = 5000;

  localparam PROD_W = 16, ACC_W = 32, T = BANKS * COLS;
  localparam ROW_W = $clog2(ROWS), BANK_W = $clog2(BANKS), COL_W = COLS > 1 ? $clog2(COLS) : 1, CNT_W = $clog2(Q + 1);
  localparam ADDR_W = $clog2(ROWS * COLS), MOST = DEPTH == 0 ? 1 : DEPTH;

  reg                    clk, rst, valid, half, high;
  reg  [ROW_W-1:0]       row;
  reg  [BANKS-1:0]       places;
  reg  [CNT_W-1:0]       count;
  reg  [Q*BANK_W-1:0]    banks;
  reg  [Q*COL_W-1:0]     columns;
  reg  [Q*PROD_W-1:0]    products;
  reg  [1:0]             re, zero;
  reg  [ADDR_W-1:0]      addr;
  wire                   ready;
  wire [BANKS*ACC_W-1:0] data;

  reg  [ACC_W-1:0]       sums[0:2*ROWS*T-1];   // half, row, column
  reg  [T-1:0]           chosen;
  reg  [PROD_W-1:0]      product;
  integer                taken[0:BANKS-1];
  integer                seed, round, at, number, waits, errors;

  generate
    if (DEPTH == 0) begin : gen_direct
      lac_merge_direct #(.ROWS (ROWS), .Q (Q), .BANKS (BANKS), .COLS (COLS), .FIXED (FIXED)) u_merge (
        .clk_i (clk), .rst_i (rst), .in_valid_i (valid), .in_ready_o (ready), .in_half_i (half), .in_row_i (row),
        .in_places_i (places), .in_columns_i (columns), .in_products_i (products), .drain_re_i (re),
        .drain_addr_i (addr), .drain_high_i (high), .drain_data_o (data), .zero_i (zero), .zero_addr_i (addr)
      );
    end else begin : gen_queue
      lac_merge_queue #(.ROWS (ROWS), .Q (Q), .BANKS (BANKS), .COLS (COLS), .DEPTH (DEPTH)) u_merge (
        .clk_i (clk), .rst_i (rst), .in_valid_i (valid), .in_ready_o (ready), .in_half_i (half), .in_row_i (row),
        .in_count_i (count), .in_banks_i (banks), .in_columns_i (columns), .in_products_i (products), .drain_re_i (re),
        .drain_addr_i (addr), .drain_high_i (high), .drain_data_o (data), .zero_i (zero), .zero_addr_i (addr)
      );
    end
  endgenerate

  task tick; begin #1 clk = 1; #1 clk = 0; end endtask

  // So many columns, at most MOST in a bank; by bank where nothing may collide, else ascending.
  task choose; begin
    chosen = 0;
    number = 0;
    for (at = 0; at < BANKS; at = at + 1) taken[at] = 0;
    for (round = 0; round < 3 * Q && number < Q; round = round + 1) begin
      at = $unsigned($random(seed)) % T;
      if (!chosen[at] && taken[at%BANKS] < MOST) begin
        chosen[at]      = 1'b1;
        taken[at%BANKS] = taken[at%BANKS] + 1;
        number          = number + 1;
      end
    end
  end endtask

  task place(input integer column, input integer slot); begin
    product = $random(seed);
    places[column%BANKS]              = 1'b1;
    banks[slot*BANK_W +: BANK_W]      = column % BANKS;
    columns[slot*COL_W +: COL_W]      = column / BANKS;
    products[slot*PROD_W +: PROD_W]   = product;
    sums[(half*ROWS+row)*T+column]    = sums[(half*ROWS+row)*T+column] + {{ACC_W - PROD_W{product[PROD_W-1]}}, product};
  end endtask

  task make; integer slot, index; begin
    places = 0;
    slot   = 0;
    half   = $random(seed);
    row    = $unsigned($random(seed)) % 3 == 0 ? $random(seed) : row;
    if (count === {CNT_W{1'bx}} || $unsigned($random(seed)) % 8 == 0) choose;
    for (index = 0; index < T; index = index + 1) begin
      at = DEPTH == 0 ? index / COLS + index % COLS * BANKS : index;
      if (chosen[at]) begin
        place(at, FIXED != 0 ? at % BANKS : slot);
        slot = slot + 1;
      end
    end
    count = slot;
  end endtask

  task check; integer index, bank; begin
    for (index = 0; index < 2 * ROWS * COLS; index = index + 1) begin
      high = index / (ROWS * COLS);
      addr = index % (ROWS * COLS);
      re   = 2'b01 << high;
      tick;
      re   = 2'b00;
      #1;
      for (bank = 0; bank < BANKS; bank = bank + 1)
        if (data[bank*ACC_W +: ACC_W] !== sums[(high*ROWS+addr/COLS)*T+addr%COLS*BANKS+bank]) errors = errors + 1;
    end
  end endtask

  integer index;
  initial begin
    {clk, rst, valid, re, high, addr, row, half} = 0;
    seed = SEED; errors = 0; waits = 0;
    rst = 1; tick; tick; rst = 0;
    zero = 2'b11;
    for (index = 0; index < ROWS * COLS; index = index + 1) begin addr = index; tick; end
    zero = 0;
    for (index = 0; index < 2 * ROWS * T; index = index + 1) sums[index] = 0;
    for (index = 0; index < ROUNDS; index = index + 1) begin
      make;
      valid = 1;
      #1;
      while (!ready) begin waits = waits + 1; tick; #1; end
      tick;
      valid = 0;
      if ($unsigned($random(seed)) % 8 == 0) tick;
    end
    for (index = 0; index < 8 + 2 * DEPTH; index = index + 1) tick;
    check;
    if (errors == 0 && (DEPTH == 0 ? waits == 0 : waits > 0)) $display("PASS, %0d cycles of %0d waited", waits, ROUNDS);
    else $display("FAIL: %0d sums wrong, %0d waits", errors, waits);
    $finish;
  end

endmodule

`default_nettype wire
