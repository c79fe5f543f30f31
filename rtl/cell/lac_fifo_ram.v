// First-in first-out queue in a RAM, for many wide words.
//
// Why: the output register of the RAM is the head of the queue. It is filled ahead of use, so the head can be read at
// once although the RAM reads synchronously. For a few words use lac_fifo.
//
// Parameters:
//   WIDTH  payload bits, 1 or more
//   DEPTH  words of RAM, 2 or more; one more word stands in the output register
// Handshake: ready/valid on both sides; in_ready_o depends on the fill level alone.
// Latency: two cycles; one word per cycle in and out.
// After reset: empty; contents are not reset.

`default_nettype none

module lac_fifo_ram #(
  parameter WIDTH = 1,
  parameter DEPTH = 2
) (
  input  wire             clk_i,
  input  wire             rst_i,
  input  wire             in_valid_i,
  output wire             in_ready_o,
  input  wire [WIDTH-1:0] in_data_i,
  output wire             out_valid_o,
  input  wire             out_ready_i,
  output wire [WIDTH-1:0] out_data_o
);

  localparam        PTR_W      = $clog2(DEPTH);
  localparam        LEVEL_W    = $clog2(DEPTH + 1);
  localparam [31:0] LAST_SLOT  = DEPTH - 1;
  localparam [31:0] FULL_LEVEL = DEPTH;

  reg  [PTR_W-1:0]   write_q, read_q;
  reg  [LEVEL_W-1:0] level_q;   // words in the RAM, the output register not counted
  reg                head_valid_q;

  wire push = in_valid_i & in_ready_o;
  wire fetch = level_q != {LEVEL_W{1'b0}} & (~head_valid_q | out_ready_i);

  assign in_ready_o  = level_q != FULL_LEVEL[LEVEL_W-1:0];
  assign out_valid_o = head_valid_q;

  lac_ram_2p #(
    .WIDTH (WIDTH),
    .DEPTH (DEPTH)
  ) u_ram (
    .clk_i   (clk_i),
    .we_i    (push),
    .waddr_i (write_q),
    .wdata_i (in_data_i),
    .re_i    (fetch),
    .raddr_i (read_q),
    .rdata_o (out_data_o)
  );

  always @(posedge clk_i) begin
    if (rst_i) begin
      write_q      <= {PTR_W{1'b0}};
      read_q       <= {PTR_W{1'b0}};
      level_q      <= {LEVEL_W{1'b0}};
      head_valid_q <= 1'b0;
    end else begin
      if (push) write_q <= write_q == LAST_SLOT[PTR_W-1:0] ? {PTR_W{1'b0}} : write_q + 1'b1;
      if (fetch) read_q <= read_q == LAST_SLOT[PTR_W-1:0] ? {PTR_W{1'b0}} : read_q + 1'b1;
      if (push & ~fetch) level_q <= level_q + 1'b1;
      if (fetch & ~push) level_q <= level_q - 1'b1;
      head_valid_q <= fetch | (head_valid_q & ~out_ready_i);
    end
  end

endmodule

`default_nettype wire
