// Passes keep_i words, drops the next drop_i words, and begins again.
//
// Why: packed operands are a whole number of words, but not of bus beats. What lac_gearbox makes of the rest of the
// last beat must not become the start of the next reading.
//
// Parameters:
//   WIDTH  bits of a word
// Handshake: ready/valid through; a dropped word is taken without being offered.
//   keep_i at least 1
// Latency: none.
// After reset: at the start of a reading.

`default_nettype none

module lac_trim #(
  parameter WIDTH = 8
) (
  input  wire             clk_i,
  input  wire             rst_i,

  input  wire             start_i,
  input  wire [31:0]      keep_i,
  input  wire [15:0]      drop_i,

  input  wire             in_valid_i,
  output wire             in_ready_o,
  input  wire [WIDTH-1:0] in_data_i,

  output wire             out_valid_o,
  input  wire             out_ready_i,
  output wire [WIDTH-1:0] out_data_o
);

  reg  [31:0] count_q;
  reg         dropping_q;

  wire        last = count_q == (dropping_q ? {16'd0, drop_i} : keep_i) - 32'd1;

  assign in_ready_o  = dropping_q || out_ready_i;
  assign out_valid_o = in_valid_i && !dropping_q;
  assign out_data_o  = in_data_i;

  always @(posedge clk_i) begin
    if (rst_i || start_i) begin
      count_q    <= 32'd0;
      dropping_q <= 1'b0;
    end else if (in_valid_i && in_ready_o) begin
      count_q <= last ? 32'd0 : count_q + 32'd1;
      if (last) begin
        dropping_q <= !dropping_q && drop_i != 16'd0;
      end
    end
  end

endmodule

`default_nettype wire
