// AXI4-Lite slave in front of a plain register bus.
//
// Why: the register file only has to write a word or read a word. This unit handles the five channels, address and data
// in any order, and the error response.
//
// Parameters:
//   ADDR_W  address bits, 3 or more (byte addresses of 32-bit words)
// Handshake: one write and one read at a time. Neither waits for the other's response, so a manager may take B only
//   when it has had R, or R only when it has had B.
//   reg_we_o: for one cycle, with reg_addr_o, reg_wdata_o, reg_wstrb_o
//   reg_re_o: for one cycle, with reg_raddr_o; never together with reg_we_o
//   reg_unmapped_i: in the cycle after either: nothing is at that address, so the answer is SLVERR
//   reg_rdata_i: in the cycle after reg_re_o: the word read
//   reg_addr_o and reg_raddr_o hold until the response has been taken
// Latency: response valid two cycles after the last part of the request is taken, of a read three if a write goes
//   first.
// After reset: idle, outputs zero.

`default_nettype none

module lac_axil_slave #(
  parameter ADDR_W = 12
) (
  input  wire              clk_i,
  input  wire              rst_i,
  input  wire              s_axil_awvalid_i,
  output wire              s_axil_awready_o,
  input  wire [ADDR_W-1:0] s_axil_awaddr_i,
  input  wire [2:0]        s_axil_awprot_i,
  input  wire              s_axil_wvalid_i,
  output wire              s_axil_wready_o,
  input  wire [31:0]       s_axil_wdata_i,
  input  wire [3:0]        s_axil_wstrb_i,
  output wire              s_axil_bvalid_o,
  input  wire              s_axil_bready_i,
  output wire [1:0]        s_axil_bresp_o,
  input  wire              s_axil_arvalid_i,
  output wire              s_axil_arready_o,
  input  wire [ADDR_W-1:0] s_axil_araddr_i,
  input  wire [2:0]        s_axil_arprot_i,
  output wire              s_axil_rvalid_o,
  input  wire              s_axil_rready_i,
  output wire [31:0]       s_axil_rdata_o,
  output wire [1:0]        s_axil_rresp_o,
  output wire              reg_we_o,
  output wire [ADDR_W-1:0] reg_addr_o,
  output wire [31:0]       reg_wdata_o,
  output wire [3:0]        reg_wstrb_o,
  output wire              reg_re_o,
  output wire [ADDR_W-1:0] reg_raddr_o,
  input  wire [31:0]       reg_rdata_i,
  input  wire              reg_unmapped_i
);

  reg               aw_held_q, w_held_q, ar_held_q;   // parts of a request that have been taken
  reg               started_q;                        // since reset: the ready outputs rise one cycle after it
  reg               write_asked_q, read_asked_q;      // the bus answers in this cycle
  reg               bvalid_q, rvalid_q;
  reg  [ADDR_W-1:0] waddr_q, raddr_q;
  reg  [31:0]       wdata_q, rdata_q;
  reg  [3:0]        wstrb_q;
  reg  [1:0]        bresp_q, rresp_q;

  wire take_aw = s_axil_awvalid_i & s_axil_awready_o;
  wire take_w = s_axil_wvalid_i & s_axil_wready_o;
  wire take_ar = s_axil_arvalid_i & s_axil_arready_o;
  // Only one of them asks the registers in a cycle. A write goes first; it can't go again until it has been answered.
  wire       write = aw_held_q & w_held_q & ~(write_asked_q | bvalid_q);
  wire       read = ar_held_q & ~(read_asked_q | rvalid_q) & ~write;
  wire [1:0] response = {reg_unmapped_i, 1'b0};
  wire       unused_prot = &{1'b0, s_axil_awprot_i, s_axil_arprot_i};

  assign s_axil_awready_o = started_q & ~aw_held_q;
  assign s_axil_wready_o  = started_q & ~w_held_q;
  assign s_axil_arready_o = started_q & ~ar_held_q;
  assign s_axil_bvalid_o  = bvalid_q;
  assign s_axil_bresp_o   = bresp_q;
  assign s_axil_rvalid_o  = rvalid_q;
  assign s_axil_rdata_o   = rdata_q;
  assign s_axil_rresp_o   = rresp_q;
  assign reg_we_o         = write;
  assign reg_addr_o       = waddr_q;
  assign reg_wdata_o      = wdata_q;
  assign reg_wstrb_o      = wstrb_q;
  assign reg_re_o         = read;
  assign reg_raddr_o      = raddr_q;

  always @(posedge clk_i) begin
    if (rst_i) begin
      {started_q, aw_held_q, w_held_q, ar_held_q} <= 4'd0;
      {write_asked_q, read_asked_q, bvalid_q, rvalid_q} <= 4'd0;
      bresp_q <= 2'b00;
      rresp_q <= 2'b00;
      rdata_q <= 32'd0;
    end else begin
      started_q <= 1'b1;
      // The held parts stay until the response is taken, so that the bus sees steady addresses.
      aw_held_q     <= take_aw | (aw_held_q & ~(bvalid_q & s_axil_bready_i));
      w_held_q      <= take_w | (w_held_q & ~(bvalid_q & s_axil_bready_i));
      ar_held_q     <= take_ar | (ar_held_q & ~(rvalid_q & s_axil_rready_i));
      write_asked_q <= write;
      read_asked_q  <= read;
      bvalid_q      <= write_asked_q | (bvalid_q & ~s_axil_bready_i);
      rvalid_q      <= read_asked_q | (rvalid_q & ~s_axil_rready_i);
      if (write_asked_q) bresp_q <= response;
      if (read_asked_q) rresp_q <= response;
      if (read_asked_q) rdata_q <= reg_unmapped_i ? 32'd0 : reg_rdata_i;
    end
  end

  always @(posedge clk_i) begin
    if (take_aw) waddr_q <= s_axil_awaddr_i;
    if (take_w) wdata_q <= s_axil_wdata_i;
    if (take_w) wstrb_q <= s_axil_wstrb_i;
    if (take_ar) raddr_q <= s_axil_araddr_i;
  end

endmodule

`default_nettype wire
