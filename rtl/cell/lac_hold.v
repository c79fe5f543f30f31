// Keeps a level high for some cycles after it has fallen.
//
// Why: a stream that the engine waits for still moves now and then. Whether its consumer lacks data can be seen only
// over many cycles.
//
// Parameters:
//   CYCLES  how long the output stays, 1 or more
// Latency: out_o rises with in_i and falls CYCLES cycles after it.
// After reset: out_o follows in_i.

`default_nettype none

module lac_hold #(
  parameter CYCLES = 4
) (
  input  wire clk_i,
  input  wire rst_i,
  input  wire in_i,
  output wire out_o
);

  localparam               LEFT_W = $clog2(CYCLES + 1);
  localparam [31:0]        ALL_32 = CYCLES;

  reg  [LEFT_W-1:0] left_q;

  assign out_o = in_i || left_q != {LEFT_W{1'b0}};

  always @(posedge clk_i) begin
    if (rst_i) begin
      left_q <= {LEFT_W{1'b0}};
    end else if (in_i) begin
      left_q <= ALL_32[LEFT_W-1:0];
    end else if (left_q != {LEFT_W{1'b0}}) begin
      left_q <= left_q - 1'b1;
    end
  end

endmodule

`default_nettype wire
