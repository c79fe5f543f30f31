// Black-box twin of rtl/cell/lac_ram_2p.v: the same name and ports, no body, for synthesis with memories left out.
`default_nettype none

(* blackbox *)
module lac_ram_2p #(
  parameter WIDTH = 1,
  parameter DEPTH = 2
) (
  input  wire                     clk_i,
  input  wire                     we_i,
  input  wire [$clog2(DEPTH)-1:0] waddr_i,
  input  wire [WIDTH-1:0]         wdata_i,
  input  wire                     re_i,
  input  wire [$clog2(DEPTH)-1:0] raddr_i,
  output wire [WIDTH-1:0]         rdata_o
);

endmodule

`default_nettype wire
