// Checks that a reading of B ends where its last panel ends.
//
// Why: panels of compacted B have as many words as their metadata say, so the number of lanes of a reading is known
// only while it is read.
//
// Parameters:
//   PARTS  lanes of a word
// Handshake:
//   start_i is a pulse; the job registers are stable from its cycle on
//   take_i: a lane is taken
//   last_i: with it, its word is its panel's last
//   bad_o is a pulse, at the lane that ends one of the two and not the other
// Latency: bad_o one cycle after the lane.
// After reset: idle.

`default_nettype none

module lac_ends_check #(
  parameter PARTS = 1
) (
  input  wire        clk_i,
  input  wire        rst_i,

  input  wire        start_i,
  input  wire [31:0] keep_i,       // lanes of a reading
  input  wire [31:0] panels_i,

  input  wire        take_i,
  input  wire        last_i,

  output wire        bad_o
);

  localparam                  PART_CNT_W   = PARTS > 1 ? $clog2(PARTS) : 1;
  localparam [31:0]           PART_LAST_32 = PARTS - 1;
  localparam [PART_CNT_W-1:0] PART_LAST    = PART_LAST_32[PART_CNT_W-1:0];

  reg  [PART_CNT_W-1:0]       part_q;
  reg  [31:0]                 lanes_q;     // left of the reading
  reg  [31:0]                 panels_q;
  reg                         bad_q;

  wire                        word_ends  = part_q == PART_LAST;
  wire                        panel_ends = take_i && word_ends && last_i;
  wire                        lanes_end  = take_i && lanes_q == 32'd1;
  wire                        panels_end = panel_ends && panels_q == 32'd1;

  assign bad_o = bad_q;

  always @(posedge clk_i) begin
    if (rst_i || start_i) begin
      part_q   <= {PART_CNT_W{1'b0}};
      lanes_q  <= keep_i;
      panels_q <= panels_i;
      bad_q    <= 1'b0;
    end else begin
      bad_q <= lanes_end != panels_end;
      if (take_i) begin
        part_q  <= word_ends ? {PART_CNT_W{1'b0}} : part_q + 1'b1;
        lanes_q <= lanes_end ? keep_i : lanes_q - 32'd1;
      end
      if (panel_ends) begin
        panels_q <= panels_end ? panels_i : panels_q - 32'd1;
      end
    end
  end

endmodule

`default_nettype wire
