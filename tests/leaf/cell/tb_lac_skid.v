// variants: | -Ptb.WIDTH=1 | -Ptb.WIDTH=145 -Ptb.SEED=2
// lint: -GWIDTH=8 | -GWIDTH=1
// Order, room for two words, latency one, full rate, random stalls.
`default_nettype none

module tb;

  parameter WIDTH = 8;
  parameter SEED = 1;

  wire             clk, rst, in_valid, in_ready, out_valid, out_ready;
  wire [WIDTH-1:0] in_data, out_data;

  lac_skid #(
    .WIDTH (WIDTH)
  ) u_dut (
    .clk_i       (clk),
    .rst_i       (rst),
    .in_valid_i  (in_valid),
    .in_ready_o  (in_ready),
    .in_data_i   (in_data),
    .out_valid_o (out_valid),
    .out_ready_i (out_ready),
    .out_data_o  (out_data)
  );

  stream_check #(
    .WIDTH   (WIDTH),
    .ROOM    (2),
    .LATENCY (1),
    .SEED    (SEED)
  ) u_check (
    .clk_o       (clk),
    .rst_o       (rst),
    .in_valid_o  (in_valid),
    .in_ready_i  (in_ready),
    .in_data_o   (in_data),
    .out_valid_i (out_valid),
    .out_ready_o (out_ready),
    .out_data_i  (out_data)
  );

endmodule

`default_nettype wire
