// Black-box twin of rtl/lac_ram_1p.v: the same name and ports, no body, for synthesis with memories left out.
`default_nettype none

(* blackbox *)
module lac_ram_1p #(
    parameter WIDTH = 0,
    parameter DEPTH = 0
) (
    input  wire                     clk_i,
    input  wire                     en_i,
    input  wire                     we_i,
    input  wire [$clog2(DEPTH)-1:0] addr_i,
    input  wire [        WIDTH-1:0] wdata_i,
    output wire [        WIDTH-1:0] rdata_o
);

endmodule

`default_nettype wire
