// Memory with one write port and one read port, both synchronous, on one clock.
//
// Why: all buffers that are written and read at the same time use this module, so a foundry RAM or an FPGA block is put
// in at one place. rtl/cell/blackbox/lac_ram_2p.v has the same ports and no body.
//
// Parameters:
//   WIDTH  bits of a word, 1 or more
//   DEPTH  words, 2 or more
// Ports: re_i shows the word at rdata_o one cycle later; rdata_o holds while re_i is low. Reading the word that is
//   being written gives the old or the new value: users must not do it.
// Latency: one cycle; one write and one read per cycle.
// After reset: no reset; words and rdata_o are undefined until written and read.

`default_nettype none

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

  reg  [WIDTH-1:0] words_q[0:DEPTH-1];
  reg  [WIDTH-1:0] rdata_q;

  assign rdata_o = rdata_q;

  always @(posedge clk_i) if (we_i) words_q[waddr_i] <= wdata_i;

  always @(posedge clk_i) if (re_i) rdata_q <= words_q[raddr_i];

endmodule

`default_nettype wire
