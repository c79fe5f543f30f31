// Converts a stream of words of one width to words of another width, lowest bits first.
//
// Why: the bus delivers beats, the buffers of the engine hold steps, and the configuration sets both widths. All shifts
// are multiples of the greatest common divisor of the two widths, so widths that divide each other need no shifter.
//
// Parameters:
//   IN_W   bits of an input word, 1 or more
//   OUT_W  bits of an output word, 1 or more; equal widths become wires
// Handshake: ready/valid on both sides; in_ready_o depends on out_ready_i in the same cycle.
//   in_last_i ends a segment: bits left over that do not fill an output word are dropped, and the next segment starts
//     a new word. Whole output words of padding in a segment's last input word are not told from data: the receiver
//     counts, or none exist.
// Latency: one cycle; also from segment to segment one input word per cycle where OUT_W >= IN_W, and one output word
//   per cycle where OUT_W <= IN_W.
// After reset: empty.

`default_nettype none

module lac_gearbox #(
  parameter IN_W  = 8,
  parameter OUT_W = 8
) (
  input  wire             clk_i,
  input  wire             rst_i,
  input  wire             in_valid_i,
  output wire             in_ready_o,
  input  wire [IN_W-1:0]  in_data_i,
  input  wire             in_last_i,
  output wire             out_valid_o,
  input  wire             out_ready_i,
  output wire [OUT_W-1:0] out_data_o
);

  function integer common_divisor(input integer a, input integer b);
    integer x, y, rest;
    begin
      x = a;
      y = b;
      while (y != 0) begin
        rest = x % y;
        x = y;
        y = rest;
      end
      common_divisor = x;
    end
  endfunction

  localparam UNIT_W = common_divisor(IN_W, OUT_W);
  localparam IN_UNITS = IN_W / UNIT_W;
  localparam OUT_UNITS = OUT_W / UNIT_W;
  localparam UNITS = IN_UNITS + OUT_UNITS - 1;  // a word short of one unit may wait when an input word comes
  localparam LEVEL_W = $clog2(UNITS + 1);
  localparam [31:0] IN_LEVEL = IN_UNITS;
  localparam [31:0] OUT_LEVEL = OUT_UNITS;

  generate
    if (IN_W == OUT_W) begin : gen_wires

      wire unused_controls = &{1'b0, clk_i, rst_i, in_last_i};
      assign in_ready_o  = out_ready_i;
      assign out_valid_o = in_valid_i;
      assign out_data_o  = in_data_i;

    end else begin : gen_units

      reg  [LEVEL_W-1:0]      level_q;    // units that wait, the first at the bottom
      reg                     ending_q;   // what waits ends a segment
      reg  [UNITS*UNIT_W-1:0] units_q, units_d;
      integer k;

      wire               pop = out_valid_o & out_ready_i;
      wire               take = in_valid_i & in_ready_o;
      wire [LEVEL_W-1:0] left = pop ? level_q - OUT_LEVEL[LEVEL_W-1:0] : level_q;
      wire               short = left < OUT_LEVEL[LEVEL_W-1:0];
      wire [LEVEL_W-1:0] base = ending_q & short ? {LEVEL_W{1'b0}} : left;

      assign out_valid_o = level_q >= OUT_LEVEL[LEVEL_W-1:0];
      assign out_data_o  = units_q[OUT_W-1:0];
      assign in_ready_o  = short;

      always @(posedge clk_i) begin
        if (rst_i) begin
          level_q  <= {LEVEL_W{1'b0}};
          ending_q <= 1'b0;
        end else begin
          level_q <= take ? base + IN_LEVEL[LEVEL_W-1:0] : base;
          if (take) ending_q <= in_last_i;
        end
      end

      // The input word lands behind what is left, at one of OUT_UNITS places.
      always @(*) begin
        units_d = pop ? units_q >> OUT_W : units_q;
        for (k = 0; k < OUT_UNITS; k = k + 1)
          if (take & base == k[LEVEL_W-1:0]) units_d[k*UNIT_W +: IN_W] = in_data_i;
      end

      always @(posedge clk_i) units_q <= units_d;

    end
  endgenerate

endmodule

`default_nettype wire
