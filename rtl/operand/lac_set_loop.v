// Counts the sets of compressed A, segment by segment.
//
// Why: every unit that packs or unpacks A must know where a segment ends and which set is the last (docs/formats.md).
//
// Parameters:
//   SET  elements of a set, a power of two, at least 4
// Handshake:
//   start_i loads stride_i, elements of a segment (whole sets), and segments_i
//   valid_o stays high until the last set has been passed with next_i
//   segments_i zero: no set
// Latency: outputs are functions of registers
//   next_i may be given every cycle
// After reset: valid_o low.

`default_nettype none

module lac_set_loop #(
  parameter SET = 16
) (
  input  wire        clk_i,
  input  wire        rst_i,

  input  wire        start_i,
  input  wire [31:0] stride_i,
  input  wire [31:0] segments_i,

  input  wire        next_i,
  output wire        valid_o,
  output wire        ends_o,         // the set is its segment's last
  output wire        final_o         // and the last of all
);

  localparam SET_LOG = $clog2(SET);

  reg  [31:0] sets_q;           // sets left in the segment, this one included
  reg  [31:0] segments_q;       // segments left, this one included

  wire [31:0] sets = stride_i >> SET_LOG;

  assign valid_o = segments_q != 32'd0;
  assign ends_o  = sets_q == 32'd1;
  assign final_o = ends_o && segments_q == 32'd1;

  always @(posedge clk_i) begin
    if (rst_i) begin
      segments_q <= 32'd0;
    end else if (start_i) begin
      segments_q <= segments_i;
    end else if (next_i && ends_o) begin
      segments_q <= segments_q - 32'd1;
    end
  end

  always @(posedge clk_i) begin
    if (start_i || (next_i && ends_o)) begin
      sets_q <= sets;
    end else if (next_i) begin
      sets_q <= sets_q - 32'd1;
    end
  end

endmodule

`default_nettype wire
