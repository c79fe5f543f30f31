// A queue that takes whole words and gives up any number of units from its head per cycle.
//
// Why: sets of compressed A differ in size, while the bus brings whole beats.
//
// Parameters:
//   UNIT_W  bits of a unit
//   UNITS   units of a word
//   CNT_W   derived; do not set it
// Handshake: ready/valid at the input
//   in_ready_o depends on take_i in the same cycle
//   head_o shows UNITS units, the oldest lowest, of which level_o are there
//   take_i of them go at the edge, at most level_o and UNITS
// Room: two words.
// Latency: one cycle. Rate: a word per cycle in, and the units of a word per cycle out.
// After reset: empty.

`default_nettype none

module lac_unit_fifo #(
  parameter UNIT_W = 8,
  parameter UNITS  = 4,
  parameter CNT_W  = $clog2(2 * UNITS + 1)
) (
  input  wire                    clk_i,
  input  wire                    rst_i,

  input  wire                    in_valid_i,
  output wire                    in_ready_o,
  input  wire [UNITS*UNIT_W-1:0] in_data_i,

  output wire [CNT_W-1:0]        level_o,
  output wire [UNITS*UNIT_W-1:0] head_o,
  input  wire [CNT_W-1:0]        take_i
);

  localparam [31:0]      WORD_32 = UNITS;
  localparam [CNT_W-1:0] WORD    = WORD_32[CNT_W-1:0];

  reg  [CNT_W-1:0]          level_q;
  reg  [2*UNITS*UNIT_W-1:0] units_q;

  wire [CNT_W-1:0]          left = level_q - take_i;
  wire                      put  = in_valid_i && in_ready_o;

  assign in_ready_o = left <= WORD;
  assign level_o    = level_q;
  assign head_o     = units_q[UNITS*UNIT_W-1:0];

  always @(posedge clk_i) begin
    if (rst_i) begin
      level_q <= {CNT_W{1'b0}};
    end else begin
      level_q <= put ? left + WORD : left;
    end
  end

  // What stays moves to the bottom, the word goes on top of it.
  wire [2*UNITS*UNIT_W-1:0] stays  = units_q >> take_i * UNIT_W;
  wire [2*UNITS*UNIT_W-1:0] placed = {{UNITS * UNIT_W{1'b0}}, in_data_i} << left * UNIT_W;

  genvar unit;
  generate
    for (unit = 0; unit < 2 * UNITS; unit = unit + 1) begin : gen_unit
      localparam [31:0] UNIT = unit;
      always @(posedge clk_i) begin
        units_q[unit*UNIT_W +: UNIT_W] <= left > UNIT[CNT_W-1:0] ? stays[unit*UNIT_W +: UNIT_W]
                                                                  : placed[unit*UNIT_W +: UNIT_W];
      end
    end
  endgenerate

endmodule

`default_nettype wire
