// Memory with one port that writes or reads, synchronous.
//
// Half the area of lac_ram_2p in most memory compilers, for buffers whose user never needs both in one cycle;
// rtl/blackbox/lac_ram_1p.v has the same ports and no body.
//
//   WIDTH  bits of a word, 1 or more
//   DEPTH  words, 2 or more
//
// en_i with we_i writes; en_i without we_i reads and shows the word at rdata_o one cycle later; rdata_o holds otherwise.
// No reset: words and rdata_o are undefined until written and read.
`default_nettype none

module lac_ram_1p #(
    parameter WIDTH = 1,
    parameter DEPTH = 2
) (
    input  wire                     clk_i,
    input  wire                     en_i,
    input  wire                     we_i,
    input  wire [$clog2(DEPTH)-1:0] addr_i,
    input  wire [        WIDTH-1:0] wdata_i,
    output wire [        WIDTH-1:0] rdata_o
);

  reg [WIDTH-1:0] words_q[0:DEPTH-1];
  reg [WIDTH-1:0] rdata_q;

  assign rdata_o = rdata_q;

  always @(posedge clk_i) if (en_i & we_i) words_q[addr_i] <= wdata_i;

  always @(posedge clk_i) if (en_i & ~we_i) rdata_q <= words_q[addr_i];

endmodule

`default_nettype wire
