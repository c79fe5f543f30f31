// Checks, while the job runs, that a job register is the product of two others, or their rounded quotient.
//
// Why: how much of B is read, and how often, has its own register and also follows from others. One subtraction per
// cycle is enough, because each panel and each block of m-tiles takes the job at least a cycle.
//
// Parameters:
//   FACTOR  the unit's constant factor
//   ROUND   0: total_i must be count_i units; 1: count_i must be total_i / unit, rounded up
//   AT      byte offset of the register that is reported
// Handshake:
//   start_i is a pulse; the job registers are stable from its cycle on
//   used_i: it is to be checked
//   bad_o is a pulse
//   unit_i and count_i at least 1
// Latency: bad_o one cycle after start_i and one more for each unit subtracted, less than count_i.
// After reset: idle.

`default_nettype none

module lac_times_check #(
  parameter FACTOR = 1,
  parameter ROUND  = 0,
  parameter AT     = 4
) (
  input  wire        clk_i,
  input  wire        rst_i,

  input  wire        start_i,
  input  wire        used_i,
  input  wire [31:0] total_i,
  input  wire [31:0] unit_i,
  input  wire [31:0] count_i,

  output wire        bad_o,
  output wire [31:0] bad_pos_o
);

  localparam              FACTOR_W  = $clog2(FACTOR + 1);
  localparam              W         = 32 + FACTOR_W;
  localparam [31:0]       FACTOR_32 = FACTOR;
  localparam [31:0]       AT_32     = AT;
  localparam [W-1:0]      TIMES     = {{32{1'b0}}, FACTOR_32[FACTOR_W-1:0]};

  reg                     going_q;
  reg  [W-1:0]            unit_q;
  reg  [31:0]             total_q;    // what is left of both
  reg  [31:0]             count_q;

  wire [W-1:0]            total = {{FACTOR_W{1'b0}}, total_q};
  wire                    ends  = total <= unit_q;
  wire                    last  = count_q == 32'd1;
  wire                    uneven = ROUND == 0 && ends && total != unit_q;

  assign bad_o     = going_q && (ends != last || uneven);
  assign bad_pos_o = AT_32;

  always @(posedge clk_i) begin
    if (rst_i) begin
      going_q <= 1'b0;
    end else if (start_i) begin
      going_q <= used_i;
    end else if (ends || last) begin
      going_q <= 1'b0;
    end
    if (start_i) begin
      unit_q  <= {{FACTOR_W{1'b0}}, unit_i} * TIMES;
      total_q <= total_i;
      count_q <= count_i;
    end else begin
      total_q <= total_q - unit_q[31:0];
      count_q <= count_q - 32'd1;
    end
  end

endmodule

`default_nettype wire
