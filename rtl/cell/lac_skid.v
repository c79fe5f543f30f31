// Register slice: cuts the valid, payload and ready paths of a stream at full throughput.
//
// Why: used where a stream leaves a block (all AXI address and write-data outputs) or where a ready path is too long.
// It costs two payload registers; if only the forward path is long, one register and a gate are enough.
//
// Parameters:
//   WIDTH  payload bits, 1 or more
// Handshake: ready/valid on both sides; in_ready_o and all outputs come straight from flops.
// Latency: one cycle; one word per cycle.
// After reset: empty, and out_data_o is zero, so that it may drive a top-level port.

`default_nettype none

module lac_skid #(
  parameter WIDTH = 1
) (
  input  wire             clk_i,
  input  wire             rst_i,
  input  wire             in_valid_i,
  output wire             in_ready_o,
  input  wire [WIDTH-1:0] in_data_i,
  output wire             out_valid_o,
  input  wire             out_ready_i,
  output wire [WIDTH-1:0] out_data_o
);

  reg              out_valid_q, spare_valid_q;
  reg  [WIDTH-1:0] out_data_q, spare_data_q;

  wire out_free = ~out_valid_q | out_ready_i;

  assign in_ready_o  = ~spare_valid_q;
  assign out_valid_o = out_valid_q;
  assign out_data_o  = out_data_q;

  always @(posedge clk_i) if (in_ready_o) spare_data_q <= in_data_i;

  always @(posedge clk_i) begin
    if (rst_i) begin
      out_valid_q   <= 1'b0;
      spare_valid_q <= 1'b0;
      out_data_q    <= {WIDTH{1'b0}};
    end else if (out_free) begin
      out_valid_q   <= spare_valid_q | in_valid_i;
      spare_valid_q <= 1'b0;
      if (spare_valid_q | in_valid_i) out_data_q <= spare_valid_q ? spare_data_q : in_data_i;
    end else if (in_valid_i) begin
      spare_valid_q <= 1'b1;
    end
  end

endmodule

`default_nettype wire
