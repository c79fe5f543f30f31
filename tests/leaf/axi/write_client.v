// Bench user of the write master: random or fixed segments one after the other in a window of 1 MiB, bytes made from
//      the address.
`default_nettype none

module write_client #(
  parameter ADDR_W   = 32,
  parameter IN_BYTES = 4,
  parameter BYTES    = 16,
  parameter SEED     = 1
) (
  input  wire                          clk_i,
  input  wire                          rst_i,
  input  wire [31:0]                   quota_i,   // segments to write since reset
  input  wire [31:0]                   bytes_i,   // bytes of each segment, 0 for random
  input  wire [11:0]                   gap_i,   // with bytes_i: bytes between segments, and before the first
  input  wire                          bad_i,   // addresses that answer with an error
  input  wire [7:0]                    stall_i,   // percent of cycles without request, and without data
  output wire                          done_o,
  output reg                           req_valid_o,
  input  wire                          req_ready_i,
  output reg  [ADDR_W-1:0]             req_addr_o,
  output reg  [31:0]                   req_bytes_o,
  output reg                           dat_valid_o,
  input  wire                          dat_ready_i,
  output reg  [IN_BYTES*8-1:0]         dat_data_o,
  output reg  [$clog2(IN_BYTES+1)-1:0] dat_count_o,
  output reg                           dat_last_o
);

  reg               want[0:1048575];
  reg  [ADDR_W-1:0] seg_addr[0:4095];
  integer seg_bytes[0:4095];
  integer asked, sent, sent_bytes, seed, k, count, size, next, page_end;
  reg  [ADDR_W-1:0] base;

  assign done_o = asked == quota_i & ~req_valid_o & sent == asked & ~dat_valid_o;

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
      if (bytes_i != 0) begin
        next = next + gap_i;
        size = bytes_i;
      end else begin
        next = next + {$random(seed)} % 40;
        case ({$random(seed)} % 4)
          0: size = 1 + {$random(seed)} % 5;
          1: size = 1 + {$random(seed)} % (3 * BYTES);
          2: size = BYTES * (1 + {$random(seed)} % 8);
          default: size = 1 + {$random(seed)} % (60 * BYTES);
        endcase
        page_end = (next | 4095) - {$random(seed)} % (3 * BYTES);
        if ({$random(seed)} % 8 == 0 && page_end > next) next = page_end;
      end
      seg_addr[asked%4096] = base + next;
      seg_bytes[asked%4096] = size;
      req_addr_o <= base + next;
      req_bytes_o <= size;
      for (k = 0; k < size; k = k + 1) want[(next+k)&20'hfffff] = 1;
      next = next + size;
    end
  endtask

  // The data may run ahead of the request's acceptance: they wait in front of the leaf.
  task draw_word;
    begin
      count = bytes_i != 0 ? IN_BYTES : 1 + {$random(seed)} % IN_BYTES;
      if ({$random(seed)} % 3 != 0) count = IN_BYTES;
      if (count > seg_bytes[sent%4096] - sent_bytes) count = seg_bytes[sent%4096] - sent_bytes;
      dat_data_o <= {IN_BYTES * 8{1'bx}};
      for (k = 0; k < count; k = k + 1) dat_data_o[k*8 +: 8] <= byte_at(seg_addr[sent%4096] + sent_bytes + k);
      dat_count_o <= count;
      sent_bytes = sent_bytes + count;
      dat_last_o <= sent_bytes == seg_bytes[sent%4096];
      dat_valid_o <= 1;
      if (sent_bytes == seg_bytes[sent%4096]) begin
        sent_bytes = 0;
        sent = sent + 1;
      end
    end
  endtask

  initial begin
    seed = SEED;
    next = 0;
    for (k = 0; k < 1048576; k = k + 1) want[k] = 0;
  end

  always @(posedge clk_i) begin
    if (rst_i) begin
      asked = 0;
      sent = 0;
      sent_bytes = 0;
      for (k = 0; k < next; k = k + 1) want[k] = 0;
      next = 0;
      base = {$random(seed), $random(seed)};
      base[19:0] = 0;
      base[ADDR_W-1] = bad_i;
      req_valid_o <= 0;
      dat_valid_o <= 0;
    end else begin
      if (^{req_ready_i, dat_ready_i} === 1'bx) tb.fail("X on a handshake");
      if (~req_valid_o | req_ready_i) begin
        req_valid_o <= 0;
        if (asked < quota_i && asked - sent < 4000 && {$random(seed)} % 100 >= stall_i) begin
          req_valid_o <= 1;
          draw_segment;
          asked = asked + 1;
        end
      end
      if (~dat_valid_o | dat_ready_i) begin
        dat_valid_o <= 0;
        dat_count_o <= {$clog2(IN_BYTES + 1){1'bx}};
        dat_last_o <= 1'bx;
        if (sent < asked && {$random(seed)} % 100 >= stall_i) draw_word;
      end
    end
  end

endmodule

`default_nettype wire
