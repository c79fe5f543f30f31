// Reduces columns of bits to two rows whose sum is the sum of all bits: a Dadda tree of full and half adders.
//
// Why: an ASIC multiplier, a dot product and a sum of many rows are all one heap of bits. Reducing the whole heap before any
//      carry is propagated is the smallest and shortest form; a synthesis tool does not find it from `*` and `+`.
// Parameters: COLS, columns, at least 2; MAX_H, height of the tallest column, 1 to 255;
//      HEIGHTS, bits in each column, 8 bits per column, column 0 lowest. The levels grow by one for each factor 1.5 of MAX_H.
// Input: bit n of column c at bits_i[c * MAX_H + n]; bits from a column's height on are not used.
// Output: sum_o + carry_o = sum over all bits of 2^column, modulo 2^COLS. Exact where that sum is below 2^COLS.
// Latency: combinational.

`default_nettype none

module lac_compress #(
  parameter                COLS    = 0,
  parameter                MAX_H   = 0,
  parameter [COLS*8-1:0]   HEIGHTS = 0
) (
  input  wire [COLS*MAX_H-1:0] bits_i,
  output wire [COLS-1:0]       sum_o,
  output wire [COLS-1:0]       carry_o
);

  // Dadda's sequence 2, 3, 4, 6, 9, 13, ...: the tallest column that so many levels reduce to two rows.
  function integer limit(input integer level_count);
    integer n;
    begin
      limit = 2;
      for (n = 0; n < level_count; n = n + 1) begin
        limit = (limit * 3) / 2;
      end
    end
  endfunction

  function integer count_levels(input integer tallest);
    integer n;
    begin
      count_levels = 0;
      for (n = 0; n < 16; n = n + 1) begin
        if (limit(n) < tallest) begin
          count_levels = n + 1;
        end
      end
    end
  endfunction

  localparam LEVELS   = count_levels(MAX_H);
  localparam TABLE_W  = (LEVELS + 1) * COLS * 8;

  // Heights before each level (carries = 0), or carries that arrive from the column below in each level (carries = 1).
  function [TABLE_W-1:0] make_table(input integer carries);
    integer level, col, arriving, leaving, total, goal;
    reg [TABLE_W-1:0] heights;
    reg [TABLE_W-1:0] arrivals;
    begin
      heights  = {TABLE_W{1'b0}};
      arrivals = {TABLE_W{1'b0}};
      heights[COLS*8-1:0] = HEIGHTS;
      for (level = 0; level < LEVELS; level = level + 1) begin
        arriving = 0;
        goal     = limit(LEVELS - 1 - level);
        for (col = 0; col < COLS; col = col + 1) begin
          total   = {24'd0, heights[(level*COLS+col)*8 +: 8]} + arriving;
          leaving = total > goal ? (total - goal + 1) / 2 : 0;
          arrivals[(level*COLS+col)*8 +: 8]    = arriving[7:0];
          heights[((level+1)*COLS+col)*8 +: 8] = total > goal ? goal[7:0] : total[7:0];
          arriving = leaving;
        end
      end
      make_table = carries != 0 ? arrivals : heights;
    end
  endfunction

  localparam [TABLE_W-1:0] HEIGHT_TABLE = make_table(0);
  localparam [TABLE_W-1:0] ARRIVE_TABLE = make_table(1);

  genvar level, col, n;
  generate
    for (level = 0; level < LEVELS; level = level + 1) begin : gen_level
      wire [COLS*MAX_H-1:0] heap;      // before this level
      wire [COLS*MAX_H-1:0] after;     // behind it
      wire [COLS*MAX_H-1:0] carries;   // made in one column for the column above

      if (level == 0) begin : gen_first
        assign heap = bits_i;
      end else begin : gen_next
        assign heap = gen_level[level-1].after;
      end

      for (col = 0; col < COLS; col = col + 1) begin : gen_col
        localparam integer HERE   = {24'd0, HEIGHT_TABLE[(level*COLS+col)*8 +: 8]};
        localparam integer AFTER  = {24'd0, HEIGHT_TABLE[((level+1)*COLS+col)*8 +: 8]};
        localparam integer ARRIVE = {24'd0, ARRIVE_TABLE[(level*COLS+col)*8 +: 8]};
        localparam integer FULL   = (HERE + ARRIVE - AFTER) / 2;
        localparam integer HALF   = (HERE + ARRIVE - AFTER) % 2;
        localparam integer PASS   = HERE - 3 * FULL - 2 * HALF;
        localparam integer AT     = col * MAX_H;

        for (n = 0; n < FULL; n = n + 1) begin : gen_full
          wire x = heap[AT+3*n];
          wire y = heap[AT+3*n+1];
          wire z = heap[AT+3*n+2];
          assign after[AT+n]   = x ^ y ^ z;
          assign carries[AT+n] = (x & y) | (z & (x ^ y));
        end
        if (HALF != 0) begin : gen_half
          wire x = heap[AT+3*FULL];
          wire y = heap[AT+3*FULL+1];
          assign after[AT+FULL]   = x ^ y;
          assign carries[AT+FULL] = x & y;
        end
        for (n = 0; n < PASS; n = n + 1) begin : gen_pass
          assign after[AT+FULL+HALF+n] = heap[AT+3*FULL+2*HALF+n];
        end
        for (n = 0; n < ARRIVE; n = n + 1) begin : gen_arrive
          assign after[AT+FULL+HALF+PASS+n] = carries[AT-MAX_H+n];
        end
        for (n = AFTER; n < MAX_H; n = n + 1) begin : gen_none
          assign after[AT+n] = 1'b0;
        end
        for (n = FULL + HALF; n < MAX_H; n = n + 1) begin : gen_no_carry
          assign carries[AT+n] = 1'b0;
        end
      end

      // Bits above a column's height and carries out of the last column end here.
      wire unused_bits = &{1'b0, heap, carries};
    end

    for (col = 0; col < COLS; col = col + 1) begin : gen_out
      localparam integer HEIGHT = {24'd0, HEIGHT_TABLE[(LEVELS*COLS+col)*8 +: 8]};
      if (LEVELS == 0) begin : gen_direct
        assign sum_o[col]   = HEIGHT > 0 ? bits_i[col*MAX_H] : 1'b0;
        assign carry_o[col] = HEIGHT > 1 ? bits_i[col*MAX_H+MAX_H-1] : 1'b0;
      end else begin : gen_reduced
        assign sum_o[col]   = gen_level[LEVELS-1].after[col*MAX_H];
        assign carry_o[col] = gen_level[LEVELS-1].after[col*MAX_H+1];
      end
    end

    if (LEVELS == 0) begin : gen_unused_direct
      wire unused_bits = &{1'b0, bits_i};
    end else begin : gen_unused_reduced
      wire unused_bits = &{1'b0, gen_level[LEVELS-1].after};
    end
  endgenerate

endmodule

`default_nettype wire
