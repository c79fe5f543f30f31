// Reduces columns of bits to two rows with the same sum: a Dadda tree of full and half adders.
//
// Why: an ASIC multiplier, a dot product and a sum of many rows are each one heap of bits. To reduce the whole heap
// before any carry is propagated gives the smallest and fastest circuit. Synthesis tools do not find it from `*` and
// `+`.
//
// Parameters:
//   COLS     columns, at least 2
//   MAX_H    height of the tallest column, 1 to 255
//   HEIGHTS  bits in each column, 8 bits per column, column 0 lowest. The levels grow by one for each factor 1.5 of
//            MAX_H
// Input: bit n of column c at bits_i[c * MAX_H + n]; bits from a column's height on are not used.
// Output: sum_o + carry_o = sum over all bits of 2^column, modulo 2^COLS. Exact where that sum is below 2^COLS.
// Latency: combinational.

`default_nettype none

module lac_compress #(
  parameter                COLS    = 2,
  parameter                MAX_H   = 1,
  parameter [COLS*8-1:0]   HEIGHTS = 16'h0101
) (
  input  wire [COLS*MAX_H-1:0] bits_i,
  output wire [COLS-1:0]       sum_o,
  output wire [COLS-1:0]       carry_o
);

  // Dadda's sequence 2, 3, 4, 6, 9, 13, ...: the tallest column that level_count levels reduce to two rows.
  function [8:0] limit(input integer level_count);
    integer i;
    begin
      limit = 9'd2;
      for (i = 0; i < level_count; i = i + 1) begin
        limit = limit + (limit >> 1);
      end
    end
  endfunction

  function integer count_levels(input [8:0] tallest);
    integer i;
    begin
      count_levels = 0;
      for (i = 0; i < 12; i = i + 1) begin
        if (limit(i) < tallest) begin
          count_levels = i + 1;
        end
      end
    end
  endfunction

  localparam [31:0] TALLEST = MAX_H;
  localparam LEVELS  = count_levels(TALLEST[8:0]);
  localparam TABLE_W = (LEVELS + 1) * COLS * 8;

  // Heights before each level (arrivals = 0), or carries that arrive from the column below in each level (arrivals =
  // 1).
  function [TABLE_W-1:0] make_table(input arrivals);
    integer   i, c;
    reg [8:0] total, leaving, height, goal;
    reg [TABLE_W-1:0] heights;
    begin
      make_table = {TABLE_W{1'b0}};
      heights    = {{LEVELS * COLS * 8{1'b0}}, HEIGHTS};
      for (i = 0; i < LEVELS; i = i + 1) begin
        leaving = 9'd0;
        goal    = limit(LEVELS - 1 - i);
        for (c = 0; c < COLS; c = c + 1) begin
          make_table[(i*COLS+c)*8 +: 8] = leaving[7:0];
          total   = {1'b0, heights[(i*COLS+c)*8 +: 8]} + leaving;
          height  = total > goal ? goal : total;
          leaving = (total - height + 9'd1) >> 1;
          heights[((i+1)*COLS+c)*8 +: 8] = height[7:0];
        end
      end
      if (!arrivals) begin
        make_table = heights;
      end
    end
  endfunction

  localparam [TABLE_W-1:0] HEIGHT_TABLE = make_table(1'b0);
  localparam [TABLE_W-1:0] ARRIVE_TABLE = make_table(1'b1);

  genvar level, col, n;
  generate
    for (level = 0; level < LEVELS; level = level + 1) begin : gen_level
      for (col = 0; col < COLS; col = col + 1) begin : gen_col
        localparam integer HERE   = {24'd0, HEIGHT_TABLE[(level*COLS+col)*8 +: 8]};
        localparam integer AFTER  = {24'd0, HEIGHT_TABLE[((level+1)*COLS+col)*8 +: 8]};
        localparam integer ARRIVE = {24'd0, ARRIVE_TABLE[(level*COLS+col)*8 +: 8]};
        localparam integer FULL   = (HERE + ARRIVE - AFTER) / 2;
        localparam integer HALF   = (HERE + ARRIVE - AFTER) % 2;
        localparam integer PASS   = HERE - 3 * FULL - 2 * HALF;

        wire [MAX_H-1:0] bits;      // of this column before this level
        wire [MAX_H-1:0] carries;   // made here for the column above
        wire [MAX_H-1:0] after;     // of this column behind this level

        if (level == 0) begin : gen_first
          assign bits = bits_i[col*MAX_H +: MAX_H];
        end else begin : gen_next
          assign bits = gen_level[level-1].gen_col[col].after;
        end

        for (n = 0; n < FULL; n = n + 1) begin : gen_full
          wire x = bits[3*n];
          wire y = bits[3*n+1];
          wire z = bits[3*n+2];
          assign after[n]   = x ^ y ^ z;
          assign carries[n] = (x & y) | (z & (x ^ y));
        end
        if (HALF != 0) begin : gen_half
          wire x = bits[3*FULL];
          wire y = bits[3*FULL+1];
          assign after[FULL]   = x ^ y;
          assign carries[FULL] = x & y;
        end
        if (PASS != 0) begin : gen_pass
          assign after[FULL+HALF +: PASS] = bits[3*FULL+2*HALF +: PASS];
        end
        if (ARRIVE != 0) begin : gen_arrive
          assign after[FULL+HALF+PASS +: ARRIVE] = gen_level[level].gen_col[col-1].carries[ARRIVE-1:0];
        end
        if (AFTER < MAX_H) begin : gen_none
          assign after[MAX_H-1:AFTER] = {(MAX_H - AFTER) {1'b0}};
        end
        if (FULL + HALF < MAX_H) begin : gen_no_carry
          assign carries[MAX_H-1:FULL+HALF] = {(MAX_H - FULL - HALF) {1'b0}};
        end

        // Places above a column's height and carries out of the last column end here.
        wire unused_bits = &{1'b0, bits, carries};
      end
    end

    for (col = 0; col < COLS; col = col + 1) begin : gen_out
      wire [MAX_H+1:0] bits;
      if (LEVELS == 0) begin : gen_direct
        localparam integer HEIGHT = {24'd0, HEIGHTS[col*8 +: 8]};
        assign bits = {2'b00, HEIGHT == 0 ? {MAX_H{1'b0}} : bits_i[col*MAX_H +: MAX_H]};
      end else begin : gen_reduced
        assign bits = {2'b00, gen_level[LEVELS-1].gen_col[col].after};
      end
      assign sum_o[col]   = bits[0];
      assign carry_o[col] = bits[1];
      wire unused_bits = &{1'b0, bits};
    end
  endgenerate

endmodule

`default_nettype wire
