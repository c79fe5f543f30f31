// The stores of all blocks: a lac_outer_store for each.
//
// Why: the blocks show the same loop nest, each its own words of it.
//
// Parameters: BLOCKS; the others as lac_outer_store has them.
// Ports: as lac_outer_store, block 0 lowest. tiles_i, block_tiles_i, panels_i, group_panels_i and start_i go to all
//   stores. The highest bit of a word says that it is its panel's last.
// Latency, state after reset: as lac_outer_store.

`default_nettype none

module lac_outer_stores #(
  parameter BLOCKS = 2,
  parameter WIDTH  = 8,
  parameter WORDS  = 4,
  parameter SHOW_W = 1,
  parameter JUMP_W = $clog2(WORDS) + 1
) (
  input  wire                     clk_i,
  input  wire                     rst_i,

  input  wire                     start_i,
  input  wire [31:0]              tiles_i,
  input  wire [31:0]              block_tiles_i,
  input  wire [31:0]              panels_i,
  input  wire [31:0]              group_panels_i,

  input  wire [BLOCKS-1:0]        in_valid_i,
  output wire [BLOCKS-1:0]        in_ready_o,
  input  wire [BLOCKS*WIDTH-1:0]  in_data_i,

  input  wire [BLOCKS-1:0]        show_valid_i,
  output wire [BLOCKS-1:0]        show_ready_o,
  input  wire [BLOCKS*JUMP_W-1:0] show_jump_i,
  input  wire [BLOCKS*SHOW_W-1:0] show_words_i,

  output wire [BLOCKS-1:0]        out_valid_o,
  input  wire [BLOCKS-1:0]        out_ready_i,
  input  wire [BLOCKS-1:0]        skip_i,
  output wire [BLOCKS*WIDTH-1:0]  out_data_o
);

  wire [BLOCKS-1:0] unused_last;

  genvar block;
  generate
    for (block = 0; block < BLOCKS; block = block + 1) begin : gen_block
      lac_outer_store #(
        .WIDTH          (WIDTH),
        .WORDS          (WORDS),
        .SHOW_W         (SHOW_W)
      ) u_store (
        .clk_i          (clk_i),
        .rst_i          (rst_i),
        .start_i        (start_i),
        .tiles_i        (tiles_i),
        .block_tiles_i  (block_tiles_i),
        .panels_i       (panels_i),
        .group_panels_i (group_panels_i),
        .in_valid_i     (in_valid_i[block]),
        .in_ready_o     (in_ready_o[block]),
        .in_last_i      (in_data_i[(block+1)*WIDTH-1]),
        .in_data_i      (in_data_i[block*WIDTH +: WIDTH]),
        .show_valid_i   (show_valid_i[block]),
        .show_ready_o   (show_ready_o[block]),
        .show_jump_i    (show_jump_i[block*JUMP_W +: JUMP_W]),
        .show_words_i   (show_words_i[block*SHOW_W +: SHOW_W]),
        .out_valid_o    (out_valid_o[block]),
        .out_ready_i    (out_ready_i[block]),
        .skip_i         (skip_i[block]),
        .out_data_o     (out_data_o[block*WIDTH +: WIDTH]),
        .out_last_o     (unused_last[block])
      );
    end
  endgenerate

endmodule

`default_nettype wire
