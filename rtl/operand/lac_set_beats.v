// The values of A that lies without its zeros, and the beats that its sets become; else passes beats of A on.
//
// Why: what formats of compressed A have in common. How a set's metadata are read and its elements placed is the
// format's own.
//
// Parameters:
//   ELEM_W  bits of an element
//   SET     elements of a beat
// Handshake: ready/valid for a and out.
//   set_valid_i says that a set is at hand: how many values it takes, its elements with the next ones of values_o in
//     their places, whether its metadata offend. It stays until set_take_o.
//   An offence, a set that takes more values than there are, or a last one that leaves some over raises error_o for one
//     cycle, with the number of the set since start_i; stopped_o until the next start.
// Latency: a beat leaves the cycle after set_take_o; one every cycle. Not compressed: none.
// After reset: nothing passes in the compressed format.

`default_nettype none

module lac_set_beats #(
  parameter ELEM_W = 8,
  parameter SET    = 16,
  parameter CNT_W  = $clog2(SET + 1)
) (
  input  wire                  clk_i,
  input  wire                  rst_i,

  input  wire                  start_i,
  input  wire                  compressed_i,
  input  wire [31:0]           count_i,         // values of all sets

  input  wire                  a_valid_i,
  output wire                  a_ready_o,
  input  wire [SET*ELEM_W-1:0] a_data_i,
  input  wire                  a_last_i,
  output wire [SET*ELEM_W-1:0] values_o,

  input  wire                  set_valid_i,
  input  wire [CNT_W-1:0]      set_count_i,
  input  wire [SET*ELEM_W-1:0] set_elems_i,
  input  wire                  set_ends_i,      // the last one of its segment
  input  wire                  set_final_i,     // the last one of all
  input  wire                  set_offence_i,
  output wire                  set_take_o,
  output wire                  stopped_o,

  output wire                  out_valid_o,
  input  wire                  out_ready_i,
  output wire [SET*ELEM_W-1:0] out_data_o,
  output wire                  out_last_o,

  output wire                  error_o,
  output wire [31:0]           error_pos_o
);

  localparam LEVEL_W = $clog2(2 * SET + 1);

  wire                  values_ready;
  wire [LEVEL_W-1:0]    level;

  reg  [31:0]           left_q;     // values in the stream
  reg  [31:0]           number_q;   // sets since start
  reg                   stopped_q;  // after an offence
  reg                   valid_q;
  reg                   last_q;
  reg  [SET*ELEM_W-1:0] data_q;

  wire [31:0]           count   = {{32 - CNT_W{1'b0}}, set_count_i};
  wire                  due     = set_valid_i && !stopped_q;
  wire                  offence = set_offence_i || count > left_q || (set_final_i && count != left_q);

  assign set_take_o  = due && !offence && {{32 - LEVEL_W{1'b0}}, level} >= count && (!valid_q || out_ready_i);
  assign stopped_o   = stopped_q;
  assign error_o     = due && offence;
  assign error_pos_o = number_q;

  lac_unit_fifo #(
    .UNIT_W     (ELEM_W),
    .UNITS      (SET)
  ) u_values (
    .clk_i      (clk_i),
    .rst_i      (rst_i || start_i),
    .in_valid_i (a_valid_i && compressed_i),
    .in_ready_o (values_ready),
    .in_data_i  (a_data_i),
    .level_o    (level),
    .head_o     (values_o),
    .take_i     (set_take_o ? count[LEVEL_W-1:0] : {LEVEL_W{1'b0}})
  );

  always @(posedge clk_i) begin
    stopped_q <= !rst_i && !start_i && (stopped_q || error_o);
  end

  always @(posedge clk_i) begin
    if (start_i) begin
      left_q   <= count_i;
      number_q <= 32'd0;
    end else if (set_take_o) begin
      left_q   <= left_q - count;
      number_q <= number_q + 32'd1;
    end
  end

  always @(posedge clk_i) begin
    if (rst_i || start_i) begin
      valid_q <= 1'b0;
    end else if (!valid_q || out_ready_i) begin
      valid_q <= set_take_o;
    end
  end

  always @(posedge clk_i) begin
    if (set_take_o) begin
      data_q <= set_elems_i;
      last_q <= set_ends_i;
    end
  end

  assign a_ready_o   = compressed_i ? values_ready : out_ready_i;
  assign out_valid_o = compressed_i ? valid_q : a_valid_i;
  assign out_data_o  = compressed_i ? data_q : a_data_i;
  assign out_last_o  = compressed_i ? last_q : a_last_i;

endmodule

`default_nettype wire
