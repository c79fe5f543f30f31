// Gives one token per result tile: room for all its words in the C buffer, and its column parameters on chip.
//
// Why: nothing after the engine can stall, so accumulators and epilogue need no clock enables. The engine takes a token
// when it issues the last step of a tile.
//
// Parameters:
//   CHUNKS  words per row of a tile
//   SLOT_W  bits of a count of slots
// Handshake:
//   grant_valid_o / grant_ready_i. An m-tile takes one slot of the C buffer for all panels of a group
//   freed_i says that a slot has been written out
// Latency: one token per cycle.
// After reset: no token until start_i.

`default_nettype none

module lac_c_grant #(
  parameter CHUNKS = 1,
  parameter SLOT_W = 6
) (
  input  wire              clk_i,
  input  wire              rst_i,

  input  wire              start_i,
  input  wire [31:0]       tiles_i,
  input  wire [31:0]       block_tiles_i,
  input  wire [31:0]       panels_i,
  input  wire [31:0]       group_panels_i,
  input  wire [SLOT_W-1:0] slots_i,          // slots of the C buffer

  input  wire              params_i,         // column parameters are in use
  input  wire [31:0]       params_loaded_i,  // words of them since start_i

  input  wire              freed_i,

  output wire              grant_valid_o,
  input  wire              grant_ready_i,

  output wire              busy_o            // a slot is promised or full
);

  localparam [31:0] CHUNKS_32 = CHUNKS;

  wire        nest_valid;
  wire        nest_next;
  wire [31:0] nest_tiles;
  wire [31:0] nest_panels;
  wire        unused_last_group;
  wire        unused_last_block;

  lac_tile_loop u_tile_loop (
    .clk_i          (clk_i),
    .rst_i          (rst_i),
    .start_i        (start_i),
    .tiles_i        (tiles_i),
    .block_tiles_i  (block_tiles_i),
    .panels_i       (panels_i),
    .group_panels_i (group_panels_i),
    .next_i         (nest_next),
    .valid_o        (nest_valid),
    .tiles_o        (nest_tiles),
    .panels_o       (nest_panels),
    .last_group_o   (unused_last_group),
    .last_block_o   (unused_last_block)
  );

  reg  [31:0] tile_q;
  reg  [31:0] panel_q;
  reg  [31:0] need_q;          // parameter words up to this panel
  reg  [31:0] need_group_q;    // the same for the group's first panel
  reg  [SLOT_W-1:0] used_q;    // slots of the C buffer that are promised or full

  wire        first_panel = panel_q == 32'd0;
  wire        last_panel  = panel_q == nest_panels - 32'd1;
  wire        last_tile   = tile_q == nest_tiles - 32'd1;
  wire [31:0] lack        = params_loaded_i - need_q;
  wire        params_here = !params_i || !lack[31];
  wire        slot_here   = !first_panel || used_q < slots_i;
  wire        grant       = grant_valid_o && grant_ready_i;
  wire        take_slot   = grant && first_panel;

  assign grant_valid_o = nest_valid && params_here && slot_here;
  assign nest_next     = grant && last_panel && last_tile;
  assign busy_o        = used_q != {SLOT_W{1'b0}};

  always @(posedge clk_i) begin
    if (start_i) begin
      tile_q       <= 32'd0;
      panel_q      <= 32'd0;
      need_q       <= CHUNKS_32;
      need_group_q <= CHUNKS_32;
    end else if (grant) begin
      panel_q <= last_panel ? 32'd0 : panel_q + 32'd1;
      if (last_panel) begin
        tile_q <= last_tile ? 32'd0 : tile_q + 32'd1;
      end
      if (nest_next) begin
        need_q       <= need_q + CHUNKS_32;
        need_group_q <= need_q + CHUNKS_32;
      end else begin
        need_q <= last_panel ? need_group_q : need_q + CHUNKS_32;
      end
    end
  end

  always @(posedge clk_i) begin
    if (rst_i || start_i) begin
      used_q <= {SLOT_W{1'b0}};
    end else if (take_slot && !freed_i) begin
      used_q <= used_q + 1'b1;
    end else if (freed_i && !take_slot) begin
      used_q <= used_q - 1'b1;
    end
  end

  wire unused_lack = &{1'b0, lack[30:0]};

endmodule

`default_nettype wire
