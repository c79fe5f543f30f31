// Two accelerators of different configurations, each with its name, in one simulation: each runs its own job.
`timescale 1ns / 1ns
`default_nettype none

`define NODE node_0
`define TOP acc0_lac_top
`include "node.v"
`undef NODE
`undef TOP
`define NODE node_1
`define TOP acc1_lac_top
`include "node.v"

module tb #(
  parameter BUS_0 = 128,
  parameter BUS_1 = 128,
  parameter RESULTS_0 = 0,
  parameter RESULTS_1 = 0,
  parameter WORDS_0 = 0,
  parameter WORDS_1 = 0
);

  reg  clk, rst;
  wire done_0, done_1;

  node_0 #(
    .BUS     (BUS_0),
    .JOB     ("acc0"),
    .RESULTS (RESULTS_0),
    .WORDS   (WORDS_0)
  ) u_node_0 (
    .clk_i  (clk),
    .rst_i  (rst),
    .done_o (done_0)
  );

  node_1 #(
    .BUS     (BUS_1),
    .JOB     ("acc1"),
    .RESULTS (RESULTS_1),
    .WORDS   (WORDS_1)
  ) u_node_1 (
    .clk_i  (clk),
    .rst_i  (rst),
    .done_o (done_1)
  );

  integer cycle;

  initial begin
    clk = 1'b0;
    rst = 1'b1;
    for (cycle = 0; cycle < 20000 && !(done_0 && done_1); cycle = cycle + 1) begin
      if (cycle == 16) rst = 1'b0;
      #1 clk = 1'b1;
      #1 clk = 1'b0;
    end
    $finish;
  end

endmodule

`default_nettype wire
