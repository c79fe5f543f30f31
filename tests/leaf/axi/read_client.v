// Bench user of one read channel: asks for random or fixed segments, checks every byte, every last and that data are
//      held.
`default_nettype none

module read_client #(
  parameter ADDR_W = 32,
  parameter DATA_W = 32,
  parameter SEED   = 1
) (
  input  wire              clk_i,
  input  wire              rst_i,
  input  wire [31:0]       quota_i,   // segments to ask for since reset
  input  wire [31:0]       bytes_i,   // bytes of each segment, 0 for random
  input  wire [ADDR_W-1:0] start_i,   // with bytes_i: segments follow each other from here
  input  wire [7:0]        stall_i,   // percent of cycles without request, and without ready
  input  wire              block_i,   // takes no data
  output wire              done_o,
  output reg               req_valid_o,
  input  wire              req_ready_i,
  output reg  [ADDR_W-1:0] req_addr_o,
  output reg  [31:0]       req_bytes_o,
  input  wire              dat_valid_i,
  output reg               dat_ready_o,
  input  wire [DATA_W-1:0] dat_data_i,
  input  wire              dat_last_i
);

  localparam BYTES = DATA_W / 8;

  reg  [ADDR_W-1:0] want_addr[0:1023];
  reg  [31:0]       want_bytes[0:1023];
  integer head, tail, asked, got, seed, k;
  reg               held, held_last, last;
  reg  [DATA_W-1:0] held_data;
  reg  [63:0]       draw;

  assign done_o = asked == quota_i & ~req_valid_o & head == tail;

  function [7:0] byte_at(input [ADDR_W-1:0] a);
    reg  [63:0] wide;
    begin
      wide = a;
      wide = wide * 64'h9e3779b97f4a7c15;
      byte_at = wide[63:56];
    end
  endfunction

  task draw_segment;
    begin
      draw[63:32] = $random(seed);
      draw[31:0] = $random(seed);
      if (draw[40]) draw[11:0] = 12'hfff - {$random(seed)} % (3 * BYTES);
      req_addr_o <= bytes_i != 0 ? start_i + asked * bytes_i : {1'b0, draw[ADDR_W-2:0]};
      case ({$random(seed)} % 4)
        0: draw[31:0] = 1 + {$random(seed)} % 5;
        1: draw[31:0] = 1 + {$random(seed)} % (3 * BYTES);
        2: draw[31:0] = BYTES * (1 + {$random(seed)} % 8);
        default: draw[31:0] = 1 + {$random(seed)} % (100 * BYTES);
      endcase
      req_bytes_o <= bytes_i != 0 ? bytes_i : draw[31:0];
    end
  endtask

  task check_beat;
    begin
      if (head == tail) tb.fail("data without a request");
      last = (got + 1) * BYTES >= want_bytes[head%1024];
      if (dat_last_i !== last) tb.fail("wrong last");
      for (k = 0; k < BYTES; k = k + 1)
      if (got * BYTES + k < want_bytes[head%1024] &&
          dat_data_i[k*8 +: 8] !== byte_at(want_addr[head%1024] + got * BYTES + k)) begin
        $display("segment %h, %0d bytes, beat %0d, byte %0d", want_addr[head%1024], want_bytes[head%1024], got, k);
        tb.fail("wrong data");
      end
      got = last ? 0 : got + 1;
      if (last) head = head + 1;
    end
  endtask

  initial seed = SEED;

  always @(posedge clk_i) begin
    if (rst_i) begin
      head = 0;
      tail = 0;
      asked = 0;
      got = 0;
      held = 0;
      req_valid_o <= 0;
      dat_ready_o <= 0;
    end else begin
      if (^{req_ready_i, dat_valid_i} === 1'bx) tb.fail("X on a handshake");
      if (req_valid_o & req_ready_i) begin
        want_addr[tail%1024] = req_addr_o;
        want_bytes[tail%1024] = req_bytes_o;
        tail = tail + 1;
      end
      if (~req_valid_o | req_ready_i) begin
        req_valid_o <= 0;
        if (asked < quota_i && tail - head < 1000 && {$random(seed)} % 100 >= stall_i) begin
          req_valid_o <= 1;
          draw_segment;
          asked = asked + 1;
        end
      end
      if (held & (~dat_valid_i | dat_data_i !== held_data | dat_last_i !== held_last)) tb.fail("data not held");
      held = dat_valid_i & ~dat_ready_o;
      held_data = dat_data_i;
      held_last = dat_last_i;
      if (dat_valid_i & dat_ready_o) check_beat;
      dat_ready_o <= ~block_i & {$random(seed)} % 100 >= stall_i;
    end
  end

endmodule

`default_nettype wire
