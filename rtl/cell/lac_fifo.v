// First-in first-out queue in flip-flops, of any depth.
//
// Why: small queues (descriptors, tags, a few beats) are cheaper in flip-flops than in a RAM, and the head can be read
// at once. For more than about 32 wide words use lac_fifo_ram.
//
// Parameters:
//   WIDTH  payload bits, 1 or more
//   DEPTH  words, 2 or more, not only powers of two
// Handshake: ready/valid on both sides. The oldest word stands at out_data_o, a register of its own, while out_valid_o
//   is high. in_ready_o depends on the fill level alone, so no path runs from out_ready_i to it.
// Latency: one cycle; one word per cycle in and out.
// After reset: empty; the payload array is not reset.

`default_nettype none

module lac_fifo #(
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

  localparam        BODY       = DEPTH - 1;   // words behind the head
  localparam        PTR_W      = BODY > 1 ? $clog2(BODY) : 1;
  localparam        LEVEL_W    = $clog2(BODY + 1);
  localparam [31:0] LAST_SLOT  = BODY - 1;
  localparam [31:0] FULL_LEVEL = BODY;

  reg                head_valid_q;
  reg  [WIDTH-1:0]   head_q;
  reg  [WIDTH-1:0]   slots_q[0:BODY-1];
  reg  [PTR_W-1:0]   write_q, read_q;
  reg  [LEVEL_W-1:0] level_q;   // words in the body; none if there is no head

  wire push = in_valid_i & in_ready_o;
  wire head_free = ~head_valid_q | out_ready_i;
  wire body_empty = level_q == {LEVEL_W{1'b0}};
  wire store = push & ~(head_free & body_empty);
  wire fetch = head_free & ~body_empty;

  assign in_ready_o  = level_q != FULL_LEVEL[LEVEL_W-1:0];
  assign out_valid_o = head_valid_q;
  assign out_data_o  = head_q;

  always @(posedge clk_i) if (store) slots_q[write_q] <= in_data_i;

  always @(posedge clk_i) if (head_free) head_q <= body_empty ? in_data_i : slots_q[read_q];

  always @(posedge clk_i) begin
    if (rst_i) begin
      write_q      <= {PTR_W{1'b0}};
      read_q       <= {PTR_W{1'b0}};
      level_q      <= {LEVEL_W{1'b0}};
      head_valid_q <= 1'b0;
    end else begin
      if (store) write_q <= write_q == LAST_SLOT[PTR_W-1:0] ? {PTR_W{1'b0}} : write_q + 1'b1;
      if (fetch) read_q <= read_q == LAST_SLOT[PTR_W-1:0] ? {PTR_W{1'b0}} : read_q + 1'b1;
      if (store & ~fetch) level_q <= level_q + 1'b1;
      if (fetch & ~store) level_q <= level_q - 1'b1;
      head_valid_q <= push | ~body_empty | (head_valid_q & ~out_ready_i);
    end
  end

endmodule

`default_nettype wire
