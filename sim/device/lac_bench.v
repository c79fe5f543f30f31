// Bench of the Icarus backend: a clock, lac_top, and the calls into sim/device/vpi.c, which reads and drives everything
// by name.
// Why: VPI code should see one process that owns time; registers here hold what the host drives.
// Macro LAC_TOP: the name of lac_top, which has a prefix in a configuration with a name.
// Parameters: BUS, bits of the AXI data width (32 to 512); ADDR, bits of an AXI address (1 to 64).
// Each cycle is two time units: at 0 the host's pins and the low clock, at 1 outputs are sampled, then the clock rises.

`default_nettype none

module lac_bench #(
  parameter BUS  = 0,
  parameter ADDR = 0
);

  reg              clk_i;
  reg              rst_i;
  wire             irq_o;
  reg  [11:0]      s_axil_awaddr;
  reg              s_axil_awvalid;
  wire             s_axil_awready;
  reg  [31:0]      s_axil_wdata;
  reg              s_axil_wvalid;
  wire             s_axil_wready;
  wire [1:0]       s_axil_bresp;
  wire             s_axil_bvalid;
  reg              s_axil_bready;
  reg  [11:0]      s_axil_araddr;
  reg              s_axil_arvalid;
  wire             s_axil_arready;
  wire [31:0]      s_axil_rdata;
  wire [1:0]       s_axil_rresp;
  wire             s_axil_rvalid;
  reg              s_axil_rready;
  wire             m_axi_awid;
  wire [ADDR-1:0]  m_axi_awaddr;
  wire [7:0]       m_axi_awlen;
  wire [2:0]       m_axi_awsize;
  wire [1:0]       m_axi_awburst;
  wire [3:0]       m_axi_awcache;
  wire [2:0]       m_axi_awprot;
  wire             m_axi_awvalid;
  reg              m_axi_awready;
  wire [BUS-1:0]   m_axi_wdata;
  wire [BUS/8-1:0] m_axi_wstrb;
  wire             m_axi_wlast;
  wire             m_axi_wvalid;
  reg              m_axi_wready;
  reg              m_axi_bid;
  reg  [1:0]       m_axi_bresp;
  reg              m_axi_bvalid;
  wire             m_axi_bready;
  wire             m_axi_arid;
  wire [ADDR-1:0]  m_axi_araddr;
  wire [7:0]       m_axi_arlen;
  wire [2:0]       m_axi_arsize;
  wire [1:0]       m_axi_arburst;
  wire [3:0]       m_axi_arcache;
  wire [2:0]       m_axi_arprot;
  wire             m_axi_arvalid;
  reg              m_axi_arready;
  reg              m_axi_rid;
  reg  [BUS-1:0]   m_axi_rdata;
  reg  [1:0]       m_axi_rresp;
  reg              m_axi_rlast;
  reg              m_axi_rvalid;
  wire             m_axi_rready;

  `LAC_TOP u_top (
    .clk_i          (clk_i),
    .rst_i          (rst_i),
    .irq_o          (irq_o),
    .s_axil_awaddr  (s_axil_awaddr),
    .s_axil_awprot  (3'd0),
    .s_axil_awvalid (s_axil_awvalid),
    .s_axil_awready (s_axil_awready),
    .s_axil_wdata   (s_axil_wdata),
    .s_axil_wstrb   (4'hf),
    .s_axil_wvalid  (s_axil_wvalid),
    .s_axil_wready  (s_axil_wready),
    .s_axil_bresp   (s_axil_bresp),
    .s_axil_bvalid  (s_axil_bvalid),
    .s_axil_bready  (s_axil_bready),
    .s_axil_araddr  (s_axil_araddr),
    .s_axil_arprot  (3'd0),
    .s_axil_arvalid (s_axil_arvalid),
    .s_axil_arready (s_axil_arready),
    .s_axil_rdata   (s_axil_rdata),
    .s_axil_rresp   (s_axil_rresp),
    .s_axil_rvalid  (s_axil_rvalid),
    .s_axil_rready  (s_axil_rready),
    .m_axi_awid     (m_axi_awid),
    .m_axi_awaddr   (m_axi_awaddr),
    .m_axi_awlen    (m_axi_awlen),
    .m_axi_awsize   (m_axi_awsize),
    .m_axi_awburst  (m_axi_awburst),
    .m_axi_awcache  (m_axi_awcache),
    .m_axi_awprot   (m_axi_awprot),
    .m_axi_awvalid  (m_axi_awvalid),
    .m_axi_awready  (m_axi_awready),
    .m_axi_wdata    (m_axi_wdata),
    .m_axi_wstrb    (m_axi_wstrb),
    .m_axi_wlast    (m_axi_wlast),
    .m_axi_wvalid   (m_axi_wvalid),
    .m_axi_wready   (m_axi_wready),
    .m_axi_bid      (m_axi_bid),
    .m_axi_bresp    (m_axi_bresp),
    .m_axi_bvalid   (m_axi_bvalid),
    .m_axi_bready   (m_axi_bready),
    .m_axi_arid     (m_axi_arid),
    .m_axi_araddr   (m_axi_araddr),
    .m_axi_arlen    (m_axi_arlen),
    .m_axi_arsize   (m_axi_arsize),
    .m_axi_arburst  (m_axi_arburst),
    .m_axi_arcache  (m_axi_arcache),
    .m_axi_arprot   (m_axi_arprot),
    .m_axi_arvalid  (m_axi_arvalid),
    .m_axi_arready  (m_axi_arready),
    .m_axi_rid      (m_axi_rid),
    .m_axi_rdata    (m_axi_rdata),
    .m_axi_rresp    (m_axi_rresp),
    .m_axi_rlast    (m_axi_rlast),
    .m_axi_rvalid   (m_axi_rvalid),
    .m_axi_rready   (m_axi_rready)
  );

  initial begin
    traced = 1'b0;
    #1 $lac_begin; // not at 0: the trace must be waiting for `traced`
    $lac_drive;
    forever begin
      clk_i = 1'b0;
      #1 $lac_sample;
      clk_i = 1'b1;
      #1 $lac_drive;
    end
  end

  // the window of the trace: $lac_drive sets `traced` for the cycle that begins
  reg              traced;
  reg              opened;
  reg [8*4096-1:0] trace_path;

  initial opened = 1'b0;

  always @(traced) begin
    if (traced && !opened) begin
      opened = 1'b1;
      if ($value$plusargs("trace=%s", trace_path)) begin
        $dumpfile(trace_path);
        $dumpvars(0, lac_bench);
      end
    end else if (opened && traced) begin
      $dumpon;
    end else if (opened) begin
      $dumpoff;
    end
  end

endmodule

`default_nettype wire
