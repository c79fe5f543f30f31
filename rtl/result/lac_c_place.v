// Chooses the place of each lane of a result word in the C buffer: its own panel, or the panel that its parameters
// name.
//
// Why: the packer of B may reorder columns that share a lane. A write address per lane restores the order without a
// crossbar.
//
// Parameters:
//   LANES    results in a word
//   CHUNKS   words per row of a tile
//   ADDR_W   bits of an address
//   PANEL_W  bits of a panel in its group, enough for a number that is no panel
// Handshake: none. A lane whose panel is not in the group is not written, since it would lie in another row or slot.
// Latency: none.
// After reset: no state.

`default_nettype none

module lac_c_place #(
  parameter LANES   = 4,
  parameter CHUNKS  = 1,
  parameter ADDR_W  = 5,
  parameter PANEL_W = 4
) (
  input  wire                     permute_i,
  input  wire                     we_i,
  input  wire [ADDR_W-1:0]        addr_i,          // of the word if it were in panel 0
  input  wire [31:0]              panel_i,         // its own panel
  input  wire [31:0]              panels_i,        // panels in the group
  input  wire [LANES*PANEL_W-1:0] target_i,        // panel of each lane, with permute_i

  output wire [LANES-1:0]         we_o,
  output wire [LANES*ADDR_W-1:0]  addr_o,
  output wire                     stray_o          // a target lies outside the group
);

  localparam [31:0] CHUNKS_32 = CHUNKS;

  wire [LANES-1:0] legal;

  genvar lane;
  generate
    for (lane = 0; lane < LANES; lane = lane + 1) begin : gen_lane
      wire [31:0] target = {{(32 - PANEL_W) {1'b0}}, target_i[lane*PANEL_W +: PANEL_W]};
      wire [31:0] panel  = permute_i ? target : panel_i;

      assign legal[lane]                   = !permute_i || target < panels_i;
      assign addr_o[lane*ADDR_W +: ADDR_W] = addr_i + panel[ADDR_W-1:0] * CHUNKS_32[ADDR_W-1:0];

      wire unused_panel = &{1'b0, panel[31:ADDR_W]};
    end
  endgenerate

  assign we_o    = {LANES{we_i}} & legal;
  assign stray_o = we_i && legal != {LANES{1'b1}};

endmodule

`default_nettype wire
