// The next chunk of a fiber of B: up to Q of its columns, no two in one bank, the fullest banks first.
//
// Why: a bank takes one product a cycle, so a fiber needs as many chunks as its fullest bank has columns. Taking from the fullest ones
//      first, it needs no more than that or than ceil(columns / Q), whichever is more (docs/outer.md, In memory).
// Parameters: BANKS, power of two; COLS of a bank, power of two, 1 or more; Q, up to BANKS; the others follow, leave them.
// Ports: left_i, columns still to go, bit i * BANKS + b is column i of bank b. places_o, the banks taken; columns_o, which column of its
//      bank, in ascending banks; count_o of them; rest_o, columns left then; short_o: fewer than Q although some are left.
// Latency: combinational.

`default_nettype none

module lac_outer_chunk #(
  parameter BANKS = 4,
  parameter COLS  = 2,
  parameter Q     = 2,
  parameter COL_W = COLS > 1 ? $clog2(COLS) : 1,
  parameter CNT_W = $clog2(Q + 1)
) (
  input  wire [BANKS*COLS-1:0] left_i,
  output reg  [BANKS-1:0]      places_o,
  output reg  [Q*COL_W-1:0]    columns_o,
  output wire [CNT_W-1:0]      count_o,
  output wire [BANKS*COLS-1:0] rest_o,
  output wire                  short_o
);

  localparam             HEIGHT_W = $clog2(COLS + 1);
  localparam             SUM_W    = $clog2(BANKS + 1);
  localparam [31:0]      Q_32     = Q;
  localparam [SUM_W-1:0] MOST     = Q_32[SUM_W-1:0];

  reg  [BANKS*COL_W-1:0] lowest;      // by bank: its lowest column left
  reg  [BANKS*COLS-1:0]  tall;        // by height, tallest first, then bank: banks with as many columns left
  reg  [BANKS*COLS-1:0]  taken;       // these, as far as they are among the first Q
  reg  [HEIGHT_W-1:0]    height;
  reg  [SUM_W-1:0]       sum;
  reg  [BANKS*COLS-1:0]  gone;
  reg  [Q-1:0]           slot;        // one-hot
  integer                bank, col, at;

  always @(*) begin
    for (bank = 0; bank < BANKS; bank = bank + 1) begin
      height                        = {HEIGHT_W{1'b0}};
      lowest[bank*COL_W +: COL_W]   = {COL_W{1'b0}};
      for (col = COLS - 1; col >= 0; col = col - 1) begin
        if (left_i[col*BANKS + bank]) begin
          height                      = height + 1'b1;
          lowest[bank*COL_W +: COL_W] = col[COL_W-1:0];
        end
      end
      for (col = 0; col < COLS; col = col + 1) begin
        tall[col*BANKS + bank] = {{32 - HEIGHT_W{1'b0}}, height} == COLS - col;
      end
    end
    sum = {SUM_W{1'b0}};
    for (at = 0; at < BANKS * COLS; at = at + 1) begin
      taken[at] = tall[at] && sum < MOST;
      sum       = sum + {{SUM_W - 1{1'b0}}, taken[at]};
    end
    slot      = {{Q - 1{1'b0}}, 1'b1};
    columns_o = {Q * COL_W{1'b0}};
    gone      = {BANKS * COLS{1'b0}};
    for (bank = 0; bank < BANKS; bank = bank + 1) begin
      places_o[bank] = 1'b0;
      for (col = 0; col < COLS; col = col + 1) begin
        places_o[bank] = places_o[bank] || taken[col*BANKS + bank];
      end
      for (at = 0; at < Q; at = at + 1) begin
        columns_o[at*COL_W +: COL_W] = columns_o[at*COL_W +: COL_W] |
                                       (lowest[bank*COL_W +: COL_W] & {COL_W{places_o[bank] && slot[at]}});
      end
      for (col = 0; col < COLS; col = col + 1) begin
        gone[col*BANKS + bank] = places_o[bank] && lowest[bank*COL_W +: COL_W] == col[COL_W-1:0];
      end
      slot = places_o[bank] ? slot << 1 : slot;
    end
  end

  assign count_o = sum[CNT_W-1:0];
  assign rest_o  = left_i & ~gone;
  assign short_o = |rest_o && sum != MOST;

endmodule

`default_nettype wire
