// Joins words of any number of bytes into full beats; the last beat of a piece may be partial.
//
// Why: rows of C end at any byte, but sets, packed values and metadata are made of whole beats.
//
// Parameters:
//   BYTES        bytes of a beat, a power of two, at least 4
//   IN_BYTES     bytes of a word, 1 to BYTES
//   IN_W, CNT_W  derived; do not set them
// Handshake: ready/valid on both sides.
//   in_count_i bytes (0 to IN_BYTES) count, the low end first
//   in_last_i ends a piece: what is left leaves as a beat of its own, out_count_o of its bytes counting, 0 if the piece
//     had none
//   out_valid_o depends on in_valid_i, in_ready_o on out_ready_i. Bytes past out_count_o are undefined.
// Latency: none for the word that fills a beat. A full beat per cycle; a piece whose last word fills a beat and more
//   takes one more.
// After reset: no byte kept.

`default_nettype none

module lac_byte_pack #(
  parameter BYTES    = 16,
  parameter IN_BYTES = 16,
  parameter IN_W     = $clog2(IN_BYTES + 1),
  parameter CNT_W    = $clog2(BYTES + 1)
) (
  input  wire                  clk_i,
  input  wire                  rst_i,

  input  wire                  in_valid_i,
  output wire                  in_ready_o,
  input  wire [IN_BYTES*8-1:0] in_data_i,
  input  wire [IN_W-1:0]       in_count_i,
  input  wire                  in_last_i,

  output wire                  out_valid_o,
  input  wire                  out_ready_i,
  output wire [BYTES*8-1:0]    out_data_o,
  output wire [CNT_W-1:0]      out_count_o,
  output wire                  out_last_o
);

  localparam POS_W = $clog2(BYTES);

  reg                  spill_q;     // a piece's last bytes wait for a beat of their own
  reg  [POS_W-1:0]     kept_q;      // bytes kept
  reg  [BYTES*8-1:0]   data_q;

  wire [POS_W+1:0]     count  = {{(POS_W + 2 - IN_W) {1'b0}}, in_count_i};
  wire [POS_W+1:0]     total  = {2'b00, kept_q} + (spill_q ? {(POS_W + 2) {1'b0}} : count);
  wire                 full   = total[POS_W+1:POS_W] != 2'b00;
  wire                 over   = full && total[POS_W-1:0] != {POS_W{1'b0}};
  wire                 take   = in_valid_i && in_ready_o;

  wire [2*BYTES*8-1:0] placed = {{(2 * BYTES - IN_BYTES) * 8{1'b0}}, in_data_i} << {kept_q, 3'd0};
  wire [BYTES*8-1:0]   below  = ~({BYTES * 8{1'b1}} << {kept_q, 3'd0});
  wire [BYTES*8-1:0]   merged = (data_q & below) | (placed[BYTES*8-1:0] & ~below);

  assign in_ready_o  = out_ready_i && !spill_q;
  assign out_valid_o = spill_q || (in_valid_i && (full || in_last_i));
  assign out_data_o  = merged;
  assign out_count_o = full ? {1'b1, {POS_W{1'b0}}} : {1'b0, total[POS_W-1:0]};
  assign out_last_o  = spill_q || (in_last_i && !over);

  always @(posedge clk_i) begin
    if (rst_i) begin
      spill_q <= 1'b0;
      kept_q  <= {POS_W{1'b0}};
    end else if (take) begin
      spill_q <= in_last_i && over;
      kept_q  <= in_last_i && !over ? {POS_W{1'b0}} : total[POS_W-1:0];
    end else if (out_ready_i) begin
      spill_q <= 1'b0;
      kept_q  <= spill_q ? {POS_W{1'b0}} : kept_q;
    end
  end

  always @(posedge clk_i) begin
    if (take) begin
      data_q <= full ? placed[2*BYTES*8-1:BYTES*8] : merged;
    end
  end

endmodule

`default_nettype wire
