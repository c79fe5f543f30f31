// variants: | -Ptb.WIDTH=1 -Ptb.DEPTH=2 | -Ptb.WIDTH=5 -Ptb.DEPTH=7 | -Ptb.WIDTH=135 -Ptb.DEPTH=160 -Ptb.SEED=2
// lint: -GWIDTH=8 -GDEPTH=4 | -GWIDTH=1 -GDEPTH=2 | -GWIDTH=135 -GDEPTH=160
// Order, room for DEPTH words and the head, latency two, full rate, random stalls.
`default_nettype none

module tb;

  parameter WIDTH = 8;
  parameter DEPTH = 4;
  parameter SEED = 1;

  wire             clk, rst, in_valid, in_ready, out_valid, out_ready;
  wire [WIDTH-1:0] in_data, out_data;

  lac_fifo_ram #(
    .WIDTH (WIDTH),
    .DEPTH (DEPTH)
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
    .ROOM    (DEPTH + 1),
    .LATENCY (2),
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
