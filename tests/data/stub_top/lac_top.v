// A stand-in for a generated accelerator: the ports and the registers that sim/ itself needs, and a copy of M beats
// from A_ADDR to C_ADDR in bursts of 16 beats, one at a time. The RUN register asks for one misbehaviour, see FAULT_
// below.
`default_nettype none

module lac_top (
  input  wire         clk_i,
  input  wire         rst_i,
  output wire         irq_o,
  input  wire [11:0]  s_axil_awaddr,
  input  wire [2:0]   s_axil_awprot,
  input  wire         s_axil_awvalid,
  output wire         s_axil_awready,
  input  wire [31:0]  s_axil_wdata,
  input  wire [3:0]   s_axil_wstrb,
  input  wire         s_axil_wvalid,
  output wire         s_axil_wready,
  output wire [1:0]   s_axil_bresp,
  output wire         s_axil_bvalid,
  input  wire         s_axil_bready,
  input  wire [11:0]  s_axil_araddr,
  input  wire [2:0]   s_axil_arprot,
  input  wire         s_axil_arvalid,
  output wire         s_axil_arready,
  output wire [31:0]  s_axil_rdata,
  output wire [1:0]   s_axil_rresp,
  output wire         s_axil_rvalid,
  input  wire         s_axil_rready,
  output wire         m_axi_awid,
  output wire [39:0]  m_axi_awaddr,
  output wire [7:0]   m_axi_awlen,
  output wire [2:0]   m_axi_awsize,
  output wire [1:0]   m_axi_awburst,
  output wire [3:0]   m_axi_awcache,
  output wire [2:0]   m_axi_awprot,
  output wire         m_axi_awvalid,
  input  wire         m_axi_awready,
  output wire [63:0]  m_axi_wdata,
  output wire [7:0]   m_axi_wstrb,
  output wire         m_axi_wlast,
  output wire         m_axi_wvalid,
  input  wire         m_axi_wready,
  input  wire         m_axi_bid,
  input  wire [1:0]   m_axi_bresp,
  input  wire         m_axi_bvalid,
  output wire         m_axi_bready,
  output wire         m_axi_arid,
  output wire [39:0]  m_axi_araddr,
  output wire [7:0]   m_axi_arlen,
  output wire [2:0]   m_axi_arsize,
  output wire [1:0]   m_axi_arburst,
  output wire [3:0]   m_axi_arcache,
  output wire [2:0]   m_axi_arprot,
  output wire         m_axi_arvalid,
  input  wire         m_axi_arready,
  input  wire         m_axi_rid,
  input  wire [63:0]  m_axi_rdata,
  input  wire [1:0]   m_axi_rresp,
  input  wire         m_axi_rlast,
  input  wire         m_axi_rvalid,
  output wire         m_axi_rready
);
  localparam [31:0] PLAN_HASH_LO = 32'h89abcdef;
  localparam [31:0] PLAN_HASH_HI = 32'h01234567;

  localparam [31:0] FAULT_X    = 32'd1; // m_axi_awaddr is X while the device runs
  localparam [31:0] FAULT_DROP = 32'd2; // m_axi_arvalid pulses instead of waiting
  localparam [31:0] FAULT_PAGE = 32'd3; // reads cross a 4 KiB boundary
  localparam [31:0] FAULT_LAST = 32'd4; // m_axi_wlast never
  localparam [31:0] FAULT_IRQ  = 32'd5; // irq_o rises while the first read is open

  // registers: address and data are taken together, the answer comes in the next cycle
  reg         b_valid_q, r_valid_q, irq_en_q, done_q, error_q;
  reg  [31:0] r_data_q, beats_q, from_q, to_q, fault_q, cycles_q;
  wire        write = s_axil_awvalid && s_axil_wvalid && !b_valid_q;
  wire        read  = s_axil_arvalid && !r_valid_q;
  wire        known_write = s_axil_awaddr < 12'h200;
  reg  [1:0]  b_resp_q;

  // the copy: one state per phase of a burst
  localparam [2:0] IDLE = 3'd0, ASK = 3'd1, READ = 3'd2, WRITE = 3'd3, ANSWER = 3'd4;
  reg  [2:0]  state_q;
  reg  [4:0]  beat_q;
  reg  [31:0] left_q;
  reg         aw_done_q, pulse_q;
  reg  [63:0] buffer [0:15];
  wire [4:0]  count = left_q > 32'd16 ? 5'd16 : left_q[4:0];
  wire        start = write && s_axil_awaddr == 12'h020 && s_axil_wdata[0] && state_q == IDLE;
  wire        busy  = state_q != IDLE;

  assign s_axil_awready = write;
  assign s_axil_wready  = write;
  assign s_axil_bvalid  = b_valid_q;
  assign s_axil_bresp   = b_resp_q;
  assign s_axil_arready = read;
  assign s_axil_rvalid  = r_valid_q;
  assign s_axil_rresp   = 2'd0;
  assign s_axil_rdata   = r_data_q;

  assign irq_o = irq_en_q && (done_q || (fault_q == FAULT_IRQ && state_q == READ));

  assign m_axi_arvalid = state_q == ASK && !(fault_q == FAULT_DROP && pulse_q);
  assign m_axi_araddr  = {8'd0, from_q} + (fault_q == FAULT_PAGE ? 40'hff8 : 40'd0);
  assign m_axi_arlen   = {3'd0, count} - 8'd1;
  assign m_axi_arid    = 1'b0;
  assign m_axi_arsize  = 3'd3;
  assign m_axi_arburst = 2'd1;
  assign m_axi_arcache = 4'd3;
  assign m_axi_arprot  = 3'd0;
  assign m_axi_rready  = state_q == READ;

  assign m_axi_awvalid = state_q == WRITE && !aw_done_q;
  assign m_axi_awaddr  = fault_q == FAULT_X && busy ? 40'bx : {8'd0, to_q};
  assign m_axi_awlen   = {3'd0, count} - 8'd1;
  assign m_axi_awid    = 1'b0;
  assign m_axi_awsize  = 3'd3;
  assign m_axi_awburst = 2'd1;
  assign m_axi_awcache = 4'd3;
  assign m_axi_awprot  = 3'd0;
  assign m_axi_wvalid  = state_q == WRITE && beat_q != count;
  assign m_axi_wdata   = m_axi_wvalid ? buffer[beat_q[3:0]] : 64'd0;
  assign m_axi_wstrb   = 8'hff;
  assign m_axi_wlast   = beat_q + 5'd1 == count && fault_q != FAULT_LAST;
  assign m_axi_bready  = state_q == ANSWER;

  always @(posedge clk_i) begin
    if (write) begin
      b_resp_q <= known_write ? 2'd0 : 2'd2;
      case (s_axil_awaddr)
        12'h030: irq_en_q <= s_axil_wdata[0];
        12'h040: beats_q  <= s_axil_wdata;
        12'h05c: fault_q  <= s_axil_wdata;
        12'h080: from_q   <= s_axil_wdata;
        12'h120: to_q     <= s_axil_wdata;
        default: ;
      endcase
    end
    if (read)
      case (s_axil_araddr)
        12'h000: r_data_q <= 32'h4c414355;
        12'h008: r_data_q <= PLAN_HASH_LO;
        12'h00c: r_data_q <= PLAN_HASH_HI;
        12'h024: r_data_q <= {29'd0, error_q, done_q, busy};
        12'h040: r_data_q <= beats_q;
        12'h200: r_data_q <= cycles_q;
        default: r_data_q <= 32'd0;
      endcase
    b_valid_q <= write || (b_valid_q && !s_axil_bready);
    r_valid_q <= read || (r_valid_q && !s_axil_rready);
    if (start || busy) cycles_q <= start ? 32'd1 : cycles_q + 32'd1;
    if (start) {done_q, error_q} <= 2'b00;
    if (state_q == READ && m_axi_rvalid) buffer[beat_q[3:0]] <= m_axi_rdata;
    if ((m_axi_rvalid && m_axi_rready && m_axi_rresp != 2'd0) || (m_axi_bvalid && m_axi_bready && m_axi_bresp != 2'd0))
      error_q <= 1'b1;
    pulse_q <= state_q == ASK && !pulse_q;
    case (state_q)
      IDLE: if (start) begin
        left_q  <= beats_q;
        state_q <= ASK;
      end
      ASK: if (m_axi_arvalid && m_axi_arready) begin
        beat_q  <= 5'd0;
        state_q <= READ;
      end
      READ: if (m_axi_rvalid) begin
        beat_q <= m_axi_rlast ? 5'd0 : beat_q + 5'd1;
        aw_done_q <= 1'b0;
        if (m_axi_rlast) state_q <= WRITE;
      end
      WRITE: begin
        if (m_axi_awready) aw_done_q <= 1'b1;
        if (m_axi_wvalid && m_axi_wready) beat_q <= beat_q + 5'd1;
        if (aw_done_q && !m_axi_wvalid) state_q <= ANSWER;
      end
      default: if (m_axi_bvalid) begin
        left_q  <= left_q - {27'd0, count};
        from_q  <= from_q + 32'd128;
        to_q    <= to_q + 32'd128;
        done_q  <= left_q == {27'd0, count};
        state_q <= left_q == {27'd0, count} ? IDLE : ASK;
      end
    endcase
    if (rst_i) begin
      {b_valid_q, r_valid_q, irq_en_q, done_q, error_q, aw_done_q, pulse_q} <= 7'd0;
      {beats_q, from_q, to_q, fault_q, cycles_q, left_q, r_data_q} <= 224'd0;
      state_q  <= IDLE;
      beat_q   <= 5'd0;
      b_resp_q <= 2'd0;
    end
  end

  wire unused = &{1'b0, s_axil_awprot, s_axil_arprot, s_axil_wstrb, m_axi_bid, m_axi_rid};
endmodule

`default_nettype wire
