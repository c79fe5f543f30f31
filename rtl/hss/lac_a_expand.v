// Makes beats of A from values and metadata if A is compressed in memory; otherwise passes its beats on.
//
// Why: zeros of A need not be read from memory. They are inserted before the A buffer, so that nothing behind it
// changes.
//
// A set is what a beat holds (lac_a_set). Sets follow each other through both streams without a gap but in the
// metadata, where a set begins at a byte; a segment begins a set of its own.
// Parameters:
//   ELEM_W  4, 8 or 16
//   SET     elements of a beat, a power of two, at least 4
//   HEAD    bytes of a set's count and ends
// Handshake: ready/valid on all three sides.
//   compressed_i and what describes the job stay from start_i on. A set that is not legal, that takes more values or
//     metadata than there are, or a last set that leaves some over raises error_o for one cycle, with the number of the
//     set since start_i; nothing passes until the next start.
// Latency: compressed, two cycles from the beat that completes a set; else none. A beat every cycle, so long as its
//   bytes are there.
// After reset: nothing passes in the compressed format.

`default_nettype none

module lac_a_expand #(
  parameter ELEM_W = 8,
  parameter SET    = 16,
  parameter HEAD   = 2
) (
  input  wire                  clk_i,
  input  wire                  rst_i,

  input  wire                  start_i,
  input  wire                  compressed_i,
  input  wire [ELEM_W-1:0]     zero_i,          // what stands where no value is
  input  wire [31:0]           stride_i,        // elements of a segment, whole sets
  input  wire [31:0]           segments_i,
  input  wire [31:0]           values_i,        // of all segments
  input  wire [31:0]           meta_bytes_i,    // of all segments

  input  wire                  a_valid_i,
  output wire                  a_ready_o,
  input  wire [SET*ELEM_W-1:0] a_data_i,
  input  wire                  a_last_i,        // last beat of a segment; compressed: not looked at
  input  wire                  m_valid_i,
  output wire                  m_ready_o,
  input  wire [SET*ELEM_W-1:0] m_data_i,

  output wire                  out_valid_o,
  input  wire                  out_ready_i,
  output wire [SET*ELEM_W-1:0] out_data_o,
  output wire                  out_last_o,

  output wire                  error_o,
  output wire [31:0]           error_pos_o
);

  localparam               BYTES   = SET * ELEM_W / 8;
  localparam               CNT_W   = $clog2(SET + 1);
  localparam               BYTE_W  = $clog2(2 * BYTES + 1);
  localparam               META_W  = 8 * HEAD + 2 * SET;
  localparam [31:0]        HEAD_32 = HEAD;

  wire                     fire;
  wire [SET*ELEM_W-1:0]    values;
  wire [BYTE_W-1:0]        meta_level;
  wire [SET*ELEM_W-1:0]    meta;
  wire [CNT_W-1:0]         count;
  wire [31:0]              length = HEAD_32 + (({{32 - CNT_W{1'b0}}, count} + 32'd3) >> 2);

  lac_unit_fifo #(
    .UNIT_W     (8),
    .UNITS      (BYTES)
  ) u_meta (
    .clk_i      (clk_i),
    .rst_i      (rst_i || start_i),
    .in_valid_i (m_valid_i),
    .in_ready_o (m_ready_o),
    .in_data_i  (m_data_i),
    .level_o    (meta_level),
    .head_o     (meta),
    .take_i     (fire ? length[BYTE_W-1:0] : {BYTE_W{1'b0}})
  );

  // ---------------------------------------------------------------- the set at the head

  wire [SET*ELEM_W-1:0] elems;
  wire                  illegal;

  lac_a_set #(
    .ELEM_W    (ELEM_W),
    .SET       (SET),
    .HEAD      (HEAD)
  ) u_set (
    .zero_i    (zero_i),
    .meta_i    (meta[META_W-1:0]),
    .values_i  (values),
    .count_o   (count),
    .elems_o   (elems),
    .offence_o (illegal)
  );

  reg  [31:0] bytes_q;          // left in the stream

  wire        set_here;
  wire        ends;
  wire        final_set;
  wire        stopped;
  wire [31:0] level     = {{32 - BYTE_W{1'b0}}, meta_level};
  wire        head_here = level >= HEAD_32;
  wire        whole     = head_here && level >= length;
  wire        too_short = bytes_q < HEAD_32 || (head_here && length > bytes_q);
  wire        too_many  = head_here && {{32 - CNT_W{1'b0}}, count} > SET;
  wire        judged    = whole || too_many || too_short;

  lac_set_loop #(
    .SET        (SET)
  ) u_sets (
    .clk_i      (clk_i),
    .rst_i      (rst_i),
    .start_i    (start_i),
    .stride_i   (stride_i),
    .segments_i (segments_i),
    .next_i     (fire),
    .valid_o    (set_here),
    .ends_o     (ends),
    .final_o    (final_set)
  );

  always @(posedge clk_i) begin
    if (start_i) begin
      bytes_q <= meta_bytes_i;
    end else if (fire) begin
      bytes_q <= bytes_q - length;
    end
  end

  lac_set_beats #(
    .ELEM_W        (ELEM_W),
    .SET           (SET)
  ) u_beats (
    .clk_i         (clk_i),
    .rst_i         (rst_i),
    .start_i       (start_i),
    .compressed_i  (compressed_i),
    .count_i       (values_i),
    .a_valid_i     (a_valid_i),
    .a_ready_o     (a_ready_o),
    .a_data_i      (a_data_i),
    .a_last_i      (a_last_i),
    .values_o      (values),
    .set_valid_i   (compressed_i && set_here && judged),
    .set_count_i   (count),
    .set_elems_i   (elems),
    .set_ends_i    (ends),
    .set_final_i   (final_set),
    .set_offence_i (too_short || illegal || (final_set && length != bytes_q)),
    .set_take_o    (fire),
    .stopped_o     (stopped),
    .out_valid_o   (out_valid_o),
    .out_ready_i   (out_ready_i),
    .out_data_o    (out_data_o),
    .out_last_o    (out_last_o),
    .error_o       (error_o),
    .error_pos_o   (error_pos_o)
  );

  wire unused_meta = &{1'b0, meta, stopped};   // bytes past the longest set

endmodule

`default_nettype wire
