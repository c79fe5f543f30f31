// AXI4 slave for benches: takes writes, checks every strobed byte against a pattern made from its address, counts how
//      often
// each byte of a window of 1 MiB is written, and checks the master's side of the protocol.
// Address and data are queued apart, so either may come first. Addresses with the top bit set answer SLVERR.
`default_nettype none

module axi_write_memory #(
  parameter ADDR_W = 32,
  parameter DATA_W = 32,
  parameter BURST = 16,
  parameter OUTSTANDING = 4,
  parameter SEED = 1
) (
  input  wire                clk_i,
  input  wire                rst_i,
  input  wire [7:0]          stall_i,   // percent of cycles without awready, wready, and without bvalid
  // awready only when data have been offered for which no address has come
  input  wire                data_first_i,
  input  wire                address_first_i,   // wready only when the address has come
  input  wire                awvalid_i,
  output reg                 awready_o,
  input  wire                awid_i,
  input  wire [ADDR_W-1:0]   awaddr_i,
  input  wire [7:0]          awlen_i,
  input  wire [2:0]          awsize_i,
  input  wire [1:0]          awburst_i,
  input  wire                wvalid_i,
  output reg                 wready_o,
  input  wire [DATA_W-1:0]   wdata_i,
  input  wire [DATA_W/8-1:0] wstrb_i,
  input  wire                wlast_i,
  output reg                 bvalid_o,
  input  wire                bready_i,
  output reg                 bid_o,
  output reg  [1:0]          bresp_o
);

  localparam BYTES = DATA_W / 8;

  reg  [ADDR_W-1:0]     queue_addr[0:255];
  reg  [7:0]            queue_len[0:255];
  reg  [DATA_W+BYTES:0] queue_beat[0:8191];
  reg  [1:0]            written[0:1048575];
  reg                   bad[0:255];
  integer a_head, a_tail, w_head, w_tail, b_head, beat, seed, now, b;
  integer beats, first_beat, last_beat, empty_beats, bad_bursts, data_bursts;
  integer highest;  // offset in the window that has been written
  reg                   aw_held, w_held, last;
  reg  [ADDR_W-1:0]     held_addr, addr;
  reg  [7:0]            held_len;
  reg  [DATA_W+BYTES:0] held_beat;
  reg  [DATA_W-1:0]     data;
  reg  [BYTES-1:0]      strb;

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
      beats = 0;
      first_beat = -1;
      last_beat = -1;
      empty_beats = 0;
      bad_bursts = 0;
      for (b = 0; b <= highest; b = b + 1) written[b] = 0;
      highest = 0;
    end
  endtask

  initial begin
    seed = SEED;
    now = 0;
    highest = 1048575;
    clear_counts;
  end

  task check_outputs;
    begin
      if (^{awvalid_i, awid_i, awaddr_i, awlen_i, awsize_i, awburst_i, wvalid_i, wdata_i, wstrb_i, wlast_i,
            bready_i} === 1'bx)
        tb.fail("X on an output");
      if (aw_held & (~awvalid_i | awaddr_i !== held_addr | awlen_i !== held_len)) tb.fail("AW payload not held");
      if (w_held & (~wvalid_i | {wdata_i, wstrb_i, wlast_i} !== held_beat)) tb.fail("W payload not held");
      if (awvalid_i) begin
        if (awlen_i >= BURST) tb.fail("burst too long");
        if ((1 << awsize_i) != BYTES | awburst_i !== 2'b01) tb.fail("not a full-width INCR burst");
        if (awaddr_i % BYTES != 0) tb.fail("burst not aligned to a beat");
        if (awaddr_i[11:0] + (awlen_i + 1) * BYTES > 4096) tb.fail("burst crosses 4 KiB");
      end
    end
  endtask

  // One beat meets its address: the bytes must be right, the last flag where the length says.
  task store_beat;
    begin
      {data, strb, last} = queue_beat[w_head%8192];
      addr = queue_addr[a_head%256] + beat * BYTES;
      if (last !== (beat == queue_len[a_head%256])) tb.fail("wrong wlast");
      if (strb == 0) empty_beats = empty_beats + 1;
      for (b = 0; b < BYTES; b = b + 1)
      if (strb[b]) begin
        if (data[b*8 +: 8] !== byte_at(addr + b)) begin
          $display("address %h", addr + b);
          tb.fail("wrong data");
        end
        if (((addr + b) & 20'hfffff) > highest) highest = (addr + b) & 20'hfffff;
        if (written[(addr+b)&20'hfffff] != 3) written[(addr+b)&20'hfffff] = written[(addr+b)&20'hfffff] + 1;
      end
      w_head = w_head + 1;
      beat = beat + 1;
      if (last) begin
        beat = 0;
        bad[a_head%256] = addr[ADDR_W-1];
        a_head = a_head + 1;
      end
    end
  endtask

  always @(posedge clk_i) begin
    now = now + 1;
    if (rst_i) begin
      a_head = 0;
      a_tail = 0;
      b_head = 0;
      w_head = 0;
      w_tail = 0;
      beat = 0;
      data_bursts = 0;
      aw_held = 0;
      w_held = 0;
      awready_o <= 0;
      wready_o <= 0;
      bvalid_o <= 0;
    end else begin
      check_outputs;
      if (bvalid_o & bready_i) begin
        if (bresp_o != 0) bad_bursts = bad_bursts + 1;
        b_head = b_head + 1;
      end
      aw_held = awvalid_i & ~awready_o;
      held_addr = awaddr_i;
      held_len = awlen_i;
      w_held = wvalid_i & ~wready_o;
      held_beat = {wdata_i, wstrb_i, wlast_i};
      if (awvalid_i & awready_o) begin
        queue_addr[a_tail%256] = awaddr_i;
        queue_len[a_tail%256] = awlen_i;
        a_tail = a_tail + 1;
      end
      if (wvalid_i & wready_o) begin
        queue_beat[w_tail%8192] = {wdata_i, wstrb_i, wlast_i};
        w_tail = w_tail + 1;
        if (wlast_i) data_bursts = data_bursts + 1;
        beats = beats + 1;
        if (first_beat < 0) first_beat = now;
        last_beat = now;
      end
      if (a_tail - b_head > OUTSTANDING | data_bursts - b_head > OUTSTANDING) tb.fail("too many bursts outstanding");
      while (a_head < a_tail && w_head < w_tail) store_beat;

      awready_o <= {$random(seed)} % 100 >= stall_i;
      wready_o <= {$random(seed)} % 100 >= stall_i;
      if (data_first_i && ~(wvalid_i & data_bursts == a_tail) && w_head == w_tail) awready_o <= 0;
      if (address_first_i && data_bursts == a_tail) wready_o <= 0;
      if (address_first_i && wready_o && wvalid_i && wlast_i) wready_o <= data_bursts < a_tail;
      if (~bvalid_o | bready_i) begin
        bvalid_o <= 0;
        bid_o <= 1'bx;
        bresp_o <= 2'bxx;
        if (b_head < a_head && {$random(seed)} % 100 >= stall_i) begin
          bvalid_o <= 1;
          bid_o <= 0;
          bresp_o <= bad[b_head%256] ? 2'b10 : 2'b00;
        end
      end
    end
  end

endmodule

`default_nettype wire
