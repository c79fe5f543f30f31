// Running sum of one output element.
//
// Why: it is a separate module so that synthesis does not merge its adder with the tree before it. Several terms are
// reduced together with the running sum, so one carry chain serves all.
//
// Parameters:
//   TERMS   what is added in a cycle, 1 to 250
//   SUM_W   bits of a term, at least 2, at most ACC_W
//   ACC_W   bits of the running sum, which wraps, at least 2
//   OFFSET  added as well in every cycle
//   ARRAY   see lac_mul: 1 adds the upper half for both carries and selects, since abc turns a long adder into one long
//           ripple
// Ports: term n, signed, at sum_i[n * SUM_W +: SUM_W]
//   first_i makes the sum start again from them. With first_i low, and terms and OFFSET that sum to zero, nothing
//     changes.
// Latency: one cycle; one addition per cycle.
// After reset: unknown until the first first_i; no reset.

`default_nettype none

module lac_accumulator #(
  parameter             TERMS  = 1,
  parameter             SUM_W  = 2,
  parameter             ACC_W  = 2,
  parameter [ACC_W-1:0] OFFSET = 0,
  parameter             ARRAY  = 0
) (
  input  wire                   clk_i,
  input  wire                   first_i,
  input  wire [TERMS*SUM_W-1:0] sum_i,
  output wire [ACC_W-1:0]       acc_o
);

  localparam LOW_W  = ACC_W / 2;
  localparam HIGH_W = ACC_W - LOW_W;

  reg  [ACC_W-1:0] acc_q;

  wire [ACC_W-1:0] kept = acc_q & {ACC_W{!first_i}};
  wire [ACC_W-1:0] base;    // base + added is the new sum
  wire [ACC_W-1:0] added;
  wire [ACC_W-1:0] acc_d;

  // ---------------------------------------------------------------- to two numbers

  genvar term, col;
  generate
    if (TERMS == 1 && OFFSET == 0) begin : gen_one
      wire [ACC_W:0] wide = {{ACC_W + 1 - SUM_W{sum_i[SUM_W-1]}}, sum_i};
      assign base  = kept;
      assign added = wide[ACC_W-1:0];
      wire unused_msb = wide[ACC_W];
    end else if (ARRAY != 0) begin : gen_rows
      // A sign bit weighs as its complement and a constant (lac_adder_tree), so terms need not be extended.
      localparam             MAX_H    = TERMS + 2;
      localparam [31:0]      COUNT    = TERMS;
      localparam [ACC_W-1:0] SIGN     = {{ACC_W - 1{1'b0}}, 1'b1} << (SUM_W - 1);
      localparam [ACC_W+31:0] SIGNS   = {{32{1'b0}}, SIGN} * COUNT;
      localparam [ACC_W-1:0] CONSTANT = OFFSET - SIGNS[ACC_W-1:0];

      wire [ACC_W*MAX_H-1:0] heap;

      for (col = 0; col < ACC_W; col = col + 1) begin : gen_col
        wire [TERMS-1:0] column;
        for (term = 0; term < TERMS; term = term + 1) begin : gen_term
          if (col < SUM_W) begin : gen_bit
            assign column[term] = sum_i[term*SUM_W+col] ^ (col == SUM_W - 1);
          end else begin : gen_none
            assign column[term] = 1'b0;
          end
        end
        assign heap[col*MAX_H +: MAX_H] = col < SUM_W ? {CONSTANT[col], kept[col], column} :
                                          {column, CONSTANT[col], kept[col]};
      end

      lac_compress #(
        .COLS    (ACC_W),
        .MAX_H   (MAX_H),
        .HEIGHTS (make_heights(COUNT[7:0], CONSTANT))
      ) u_compress (
        .bits_i  (heap),
        .sum_o   (base),
        .carry_o (added)
      );
    end else begin : gen_sum
      reg signed [ACC_W:0] sum;
      integer              i;

      always @(*) begin
        sum = {1'b0, OFFSET};
        for (i = 0; i < TERMS; i = i + 1) begin
          sum = sum + $signed({{ACC_W + 1 - SUM_W{sum_i[i*SUM_W+SUM_W-1]}}, sum_i[i*SUM_W +: SUM_W]});
        end
      end

      assign base  = kept;
      assign added = sum[ACC_W-1:0];
      wire unused_msb = sum[ACC_W];
    end
  endgenerate

  // Bits per column: the terms that are so wide, the running sum, and one where the constant has a one.
  function [ACC_W*8-1:0] make_heights(input [7:0] count, input [ACC_W-1:0] constant);
    integer c;
    begin
      for (c = 0; c < ACC_W; c = c + 1) begin
        make_heights[c*8 +: 8] = (c < SUM_W ? count : 8'd0) + 8'd1 + {7'd0, constant[c]};
      end
    end
  endfunction

  // ---------------------------------------------------------------- and to one

  generate
    if (ARRAY != 0) begin : gen_select
      wire [LOW_W:0]    low      = {1'b0, base[LOW_W-1:0]} + {1'b0, added[LOW_W-1:0]};
      wire [HIGH_W-1:0] high     = base[ACC_W-1:LOW_W] + added[ACC_W-1:LOW_W];
      wire [HIGH_W-1:0] high_one = base[ACC_W-1:LOW_W] + added[ACC_W-1:LOW_W] + {{HIGH_W - 1{1'b0}}, 1'b1};
      assign acc_d = {low[LOW_W] ? high_one : high, low[LOW_W-1:0]};
    end else begin : gen_plain
      assign acc_d = base + added;
    end
  endgenerate

  assign acc_o = acc_q;

  always @(posedge clk_i) begin
    acc_q <= acc_d;
  end

endmodule

`default_nettype wire
