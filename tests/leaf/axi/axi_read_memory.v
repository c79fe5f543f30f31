// AXI4 slave for benches: answers reads with a byte pattern made from the address, and checks the master's side of the
//      protocol.
// Addresses with the top bit set answer SLVERR. Stalls are random with a percentage; payload is X while valid is low.
`default_nettype none

module axi_read_memory #(
  parameter ADDR_W = 32,
  parameter DATA_W = 32,
  parameter BURST = 16,
  parameter OUTSTANDING = 4,
  parameter SEED = 1
) (
  input  wire              clk_i,
  input  wire              rst_i,
  input  wire [7:0]        stall_i,   // percent of cycles without arready, and without rvalid
  input  wire              lazy_i,   // arready only after arvalid
  input  wire [7:0]        latency_i,   // cycles from address to first beat
  input  wire              arvalid_i,
  output reg               arready_o,
  input  wire              arid_i,
  input  wire [ADDR_W-1:0] araddr_i,
  input  wire [7:0]        arlen_i,
  input  wire [2:0]        arsize_i,
  input  wire [1:0]        arburst_i,
  output reg               rvalid_o,
  input  wire              rready_i,
  output reg               rid_o,
  output reg  [DATA_W-1:0] rdata_o,
  output reg  [1:0]        rresp_o,
  output reg               rlast_o
);

  localparam BYTES = DATA_W / 8;

  reg  [ADDR_W-1:0] queue_addr[0:255];
  reg  [7:0]        queue_len[0:255];
  integer queue_time[0:255];
  integer head, tail, beat, now, seed, b;
  integer bursts, beats, bad_beats, first_beat, last_beat, most_open;
  reg               held;
  reg  [ADDR_W-1:0] held_addr, addr;
  reg  [7:0]        held_len;

  function [7:0] byte_at(input [ADDR_W-1:0] a);
    reg  [63:0] wide;
    begin
      wide = a;
      wide = wide * 64'h9e3779b97f4a7c15;
      byte_at = wide[63:56];
    end
  endfunction

  task clear_counts;
    begin
      bursts = 0;
      beats = 0;
      bad_beats = 0;
      first_beat = -1;
      last_beat = -1;
      most_open = 0;
    end
  endtask

  initial begin
    seed = SEED;
    now = 0;
    clear_counts;
  end

  task check_address;
    begin
      if (^{arvalid_i, arid_i, araddr_i, arlen_i, arsize_i, arburst_i, rready_i} === 1'bx) tb.fail("X on an output");
      if (rready_i !== 1'b1) tb.fail("rready low");
      if (held & (~arvalid_i | araddr_i !== held_addr | arlen_i !== held_len)) tb.fail("AR payload not held");
      if (arvalid_i) begin
        if (arlen_i >= BURST) tb.fail("burst too long");
        if ((1 << arsize_i) != BYTES | arburst_i !== 2'b01) tb.fail("not a full-width INCR burst");
        if (araddr_i % BYTES != 0) tb.fail("burst not aligned to a beat");
        if (araddr_i[11:0] + (arlen_i + 1) * BYTES > 4096) tb.fail("burst crosses 4 KiB");
      end
    end
  endtask

  always @(posedge clk_i) begin
    now = now + 1;
    if (rst_i) begin
      head = 0;
      tail = 0;
      beat = 0;
      held = 0;
      arready_o <= 0;
      rvalid_o <= 0;
    end else begin
      check_address;
      held = arvalid_i & ~arready_o;
      held_addr = araddr_i;
      held_len = arlen_i;
      if (arvalid_i & arready_o) begin
        queue_addr[tail%256] = araddr_i;
        queue_len[tail%256] = arlen_i;
        queue_time[tail%256] = now + latency_i;
        tail = tail + 1;
        bursts = bursts + 1;
      end
      arready_o <= {$random(seed)} % 100 >= stall_i & (~lazy_i | (arvalid_i & ~arready_o));

      if (rvalid_o) begin
        beats = beats + 1;
        if (rresp_o != 0) bad_beats = bad_beats + 1;
        if (first_beat < 0) first_beat = now;
        last_beat = now;
        if (rlast_o) head = head + 1;
      end
      // A burst is open until its last beat is taken.
      if (tail - head > OUTSTANDING) tb.fail("too many bursts outstanding");
      if (tail - head > most_open) most_open = tail - head;
      rvalid_o <= 0;
      rid_o <= 1'bx;
      rdata_o <= {DATA_W{1'bx}};
      rresp_o <= 2'bxx;
      rlast_o <= 1'bx;
      if (head < tail && now >= queue_time[head%256] && {$random(seed)} % 100 >= stall_i) begin
        addr = queue_addr[head%256] + beat * BYTES;
        rvalid_o <= 1;
        rid_o <= 0;
        for (b = 0; b < BYTES; b = b + 1) rdata_o[b*8 +: 8] <= byte_at(addr + b);
        rresp_o <= addr[ADDR_W-1] ? 2'b10 : 2'b00;
        rlast_o <= beat == queue_len[head%256];
        beat = beat == queue_len[head%256] ? 0 : beat + 1;
      end
    end
  end

endmodule

`default_nettype wire
