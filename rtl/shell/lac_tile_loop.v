// Walks the outer loop nest: blocks of m-tiles, and in each block groups of panels.
//
// Why: each unit of the shell follows the same nest on its own, so only data pass between them. Only this module cuts
// the last block and the last group.
//
// Handshake:
//   start_i loads the registers
//   valid_o stays high until the last group of the last block has been passed with next_i. A start with zero tiles or
//     panels is refused by lac_sequencer before it comes here.
// Latency: outputs are functions of registers
//   next_i may be given every cycle
// After reset: valid_o low.

`default_nettype none

module lac_tile_loop (
  input  wire        clk_i,
  input  wire        rst_i,

  input  wire        start_i,
  input  wire [31:0] tiles_i,          // m-tiles in all
  input  wire [31:0] block_tiles_i,    // m-tiles per block
  input  wire [31:0] panels_i,         // panels in all
  input  wire [31:0] group_panels_i,   // panels per group

  input  wire        next_i,           // this group is done
  output wire        valid_o,
  output wire [31:0] tiles_o,          // m-tiles in this block
  output wire [31:0] panels_o,         // panels in this group
  output wire        last_group_o,     // last group of its block
  output wire        last_block_o      // block is the last one
);

  reg         valid_q;
  reg  [31:0] tiles_left_q;
  reg  [31:0] panels_left_q;

  assign last_block_o = tiles_left_q <= block_tiles_i;
  assign last_group_o = panels_left_q <= group_panels_i;
  assign tiles_o      = last_block_o ? tiles_left_q : block_tiles_i;
  assign panels_o     = last_group_o ? panels_left_q : group_panels_i;
  assign valid_o      = valid_q;

  always @(posedge clk_i) begin
    if (rst_i) begin
      valid_q <= 1'b0;
    end else if (start_i) begin
      valid_q <= 1'b1;
    end else if (next_i && last_group_o && last_block_o) begin
      valid_q <= 1'b0;
    end
  end

  always @(posedge clk_i) begin
    if (start_i) begin
      tiles_left_q  <= tiles_i;
      panels_left_q <= panels_i;
    end else if (next_i && last_group_o) begin
      tiles_left_q  <= tiles_left_q - block_tiles_i;
      panels_left_q <= panels_i;
    end else if (next_i) begin
      panels_left_q <= panels_left_q - group_panels_i;
    end
  end

endmodule

`default_nettype wire
