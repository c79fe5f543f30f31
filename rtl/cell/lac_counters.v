// Adds up numbers that come every cycle, each in its own 64-bit counter.
//
// Why: these are counts that only some engines report. Only those engines pay for them.
//
// Parameters:
//   COUNTERS  how many
//   COUNT_W   bits of a number, 1 to 63
// Latency: a number is in its sum one cycle later. After reset, and after clear_i: zero.

`default_nettype none

module lac_counters #(
  parameter COUNTERS = 1,
  parameter COUNT_W  = 8
) (
  input  wire                        clk_i,
  input  wire                        rst_i,
  input  wire                        clear_i,
  input  wire [COUNTERS*COUNT_W-1:0] counts_i,
  output wire [COUNTERS*64-1:0]      sums_o
);

  genvar index;
  generate
    for (index = 0; index < COUNTERS; index = index + 1) begin : gen_counter
      reg  [63:0]        sum_q;
      wire [COUNT_W-1:0] count = counts_i[index*COUNT_W +: COUNT_W];

      assign sums_o[index*64 +: 64] = sum_q;

      always @(posedge clk_i) begin
        if (rst_i || clear_i) begin
          sum_q <= 64'd0;
        end else begin
          sum_q <= sum_q + {{(64 - COUNT_W) {1'b0}}, count};
        end
      end
    end
  endgenerate

endmodule

`default_nettype wire
