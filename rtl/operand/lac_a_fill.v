// Writes the segments of A into the banks of the A buffer and keeps the fill pointer.
//
// Why: with layout banked (GEMM), segment m goes to bank m mod BANKS. With layout image (convolution), every bank gets
// every segment. In both a segment starts at a multiple of a beat. The fill pointer is the position up to which all
// banks in use are complete.
//
// Parameters:
//   BANKS       1 to 64
//   BEAT_ELEMS  elements per beat
//   CAPACITY    elements per bank, a power of two
//   POS_W       = log2(CAPACITY) + 2: positions count elements since start_i modulo 2^POS_W
// Handshake: in_* ready/valid; a beat is taken only where it overwrites nothing that may still be read (release_i).
// Latency: a beat taken at cycle t is in memory, and counted in fill_o, at t + 1; one beat per cycle.
// After reset: nothing filled.

`default_nettype none

module lac_a_fill #(
  parameter BANKS      = 2,
  parameter BEAT_ELEMS = 16,
  parameter CAPACITY   = 4096,
  parameter POS_W      = 14
) (
  input  wire             clk_i,
  input  wire             rst_i,

  input  wire             start_i,
  input  wire             banked_i,
  input  wire [31:0]      stride_i,      // elements from segment to segment, a multiple of BEAT_ELEMS
  input  wire [31:0]      segments_i,

  input  wire             in_valid_i,
  output wire             in_ready_o,
  input  wire             in_last_i,     // last beat of a segment

  output wire [BANKS-1:0] we_o,
  output wire [POS_W-3:0] wpos_o,

  output wire [POS_W-1:0] fill_o,        // every position below is readable
  input  wire [POS_W-1:0] release_i      // no position below will be read again
);

  localparam              BANK_W       = BANKS > 1 ? $clog2(BANKS) : 1;
  localparam [31:0]       BANK_LAST_32 = BANKS - 1;
  localparam [31:0]       BEAT_32      = BEAT_ELEMS;
  localparam [31:0]       LIMIT_32     = CAPACITY;
  localparam [BANK_W-1:0] BANK_LAST    = BANK_LAST_32[BANK_W-1:0];
  localparam [POS_W-1:0]  BEAT         = BEAT_32[POS_W-1:0];
  localparam [POS_W-1:0]  LIMIT        = LIMIT_32[POS_W-1:0];

  reg  [POS_W-1:0]  base_q;       // where the segment starts
  reg  [POS_W-1:0]  pos_q;        // where the next beat goes
  reg  [POS_W-1:0]  fill_q;
  reg  [BANK_W-1:0] bank_q;
  reg  [31:0]       left_q;       // segments left, this one included

  wire [POS_W-1:0]  pos_next     = pos_q + BEAT;
  wire [POS_W-1:0]  base_next    = base_q + stride_i[POS_W-1:0];
  wire [POS_W-1:0]  room         = LIMIT - (pos_next - release_i);
  wire              fire         = in_valid_i && in_ready_o;
  wire              segment_done = fire && in_last_i;
  wire              last_bank    = !banked_i || bank_q == BANK_LAST;
  wire              row_done     = segment_done && (last_bank || left_q == 32'd1);

  // A release pointer ahead of the fill (rows that a stride jumps over) leaves more room than the capacity: both are
  // positive.
  assign in_ready_o = !room[POS_W-1];
  assign wpos_o     = pos_q[POS_W-3:0];
  assign fill_o     = fill_q;

  genvar bank;
  generate
    for (bank = 0; bank < BANKS; bank = bank + 1) begin : gen_bank
      localparam [BANK_W-1:0] BANK = bank;
      assign we_o[bank] = fire && (!banked_i || bank_q == BANK);
    end
  endgenerate

  always @(posedge clk_i) begin
    if (rst_i || start_i) begin
      base_q <= {POS_W{1'b0}};
      pos_q  <= {POS_W{1'b0}};
      fill_q <= {POS_W{1'b0}};
      bank_q <= {BANK_W{1'b0}};
    end else if (fire) begin
      if (segment_done) begin
        pos_q  <= last_bank ? base_next : base_q;
        base_q <= last_bank ? base_next : base_q;
        bank_q <= last_bank ? {BANK_W{1'b0}} : bank_q + 1'b1;
      end else begin
        pos_q <= pos_next;
      end
      if (row_done) begin
        fill_q <= base_next;
      end else if (last_bank) begin
        fill_q <= pos_next;
      end
    end
  end

  always @(posedge clk_i) begin
    if (start_i) begin
      left_q <= segments_i;
    end else if (segment_done) begin
      left_q <= left_q - 32'd1;
    end
  end

  wire unused_stride = &{1'b0, stride_i[31:POS_W]};

endmodule

`default_nettype wire
