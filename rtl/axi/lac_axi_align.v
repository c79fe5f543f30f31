// Moves the bytes of a segment from bus alignment to the start of the first beat.
//
// Why: segments begin at any byte, but the units behind the reader expect byte 0 at bit 0. One beat is kept and joined
// with the next.
//
// Parameters:
//   DATA_W  bus bits, a power of two from 32 to 512
// Handshake: ready/valid on both sides. The output has ceil(bytes / beat) beats; bytes after the segment's end are
//   undefined. With each input beat come
//   in_offset_i: the segment's first byte within its first beat, the same on all its beats
//   in_last_i: the segment's final beat
//   in_spill_i: with in_last_i, the final beat only completes the output beat that the one before began
// Latency: one cycle; one input beat per cycle, also from segment to segment.
// After reset: empty.

`default_nettype none

module lac_axi_align #(
  parameter DATA_W = 32
) (
  input  wire                        clk_i,
  input  wire                        rst_i,
  input  wire                        in_valid_i,
  output wire                        in_ready_o,
  input  wire [DATA_W-1:0]           in_data_i,
  input  wire [$clog2(DATA_W/8)-1:0] in_offset_i,
  input  wire                        in_last_i,
  input  wire                        in_spill_i,
  output wire                        out_valid_o,
  input  wire                        out_ready_i,
  output wire [DATA_W-1:0]           out_data_o,
  output wire                        out_last_o
);

  localparam OFFSET_W = $clog2(DATA_W / 8);

  reg                 kept_valid_q, kept_last_q;
  reg  [OFFSET_W-1:0] kept_offset_q;
  reg  [DATA_W-1:0]   kept_data_q;

  // A beat that is not the last can leave alone only if nothing of the next one belongs to it.
  wire join_next = ~kept_last_q & kept_offset_q != {OFFSET_W{1'b0}};
  wire used_up = join_next & in_last_i & in_spill_i;
  wire emit = out_valid_o & out_ready_i;
  wire take = in_valid_i & in_ready_o;

  // Byte i of the output is byte offset + i of the pair. The next beat is masked where it belongs to another segment,
  // so that what memory never wrote cannot leak in from there.
  wire [DATA_W-1:0]   next_data = in_data_i & {DATA_W{join_next}};
  wire [2*DATA_W-1:0] pair = {next_data, kept_data_q} >> {kept_offset_q, 3'd0};
  wire [DATA_W-1:0]   unused_high = pair[2*DATA_W-1:DATA_W];

  assign in_ready_o  = ~kept_valid_q | emit;
  assign out_valid_o = kept_valid_q & (~join_next | in_valid_i);
  assign out_data_o  = pair[DATA_W-1:0];
  assign out_last_o  = kept_last_q | used_up;

  always @(posedge clk_i) begin
    if (rst_i) kept_valid_q <= 1'b0;
    else if (in_ready_o) kept_valid_q <= take & ~(kept_valid_q & used_up);
  end

  always @(posedge clk_i) begin
    if (take) begin
      kept_data_q   <= in_data_i;
      kept_offset_q <= in_offset_i;
      kept_last_q   <= in_last_i;
    end
  end

endmodule

`default_nettype wire
