// One accelerator with a memory and a host of its own, included once for each accelerator of a simulation: `NODE is
// this module's name, `TOP the accelerator's. The memory takes bursts one at a time; JOB.image and JOB.registers are
// what `lacuna pack` has made. When the job is done the results are printed, one word a line after the job's name.
`default_nettype none

module `NODE #(
    parameter BUS = 128,
    parameter ADDR = 40,
    parameter JOB = "job",
    parameter RESULTS = 0,  // byte address
    parameter WORDS = 0     // of 32 bits
) (
    input  wire clk_i,
    input  wire rst_i,
    output reg  done_o
);

  localparam        BYTES = BUS / 8;
  localparam [11:0] CTRL  = 12'h020, STATUS = 12'h024;

  reg  [7:0]  memory     [0:65535];
  reg  [31:0] registers  [0:511];   // offset, value
  reg         awvalid, wvalid, arvalid, irq_seen;
  reg  [11:0] awaddr;
  reg  [31:0] wdata;
  wire        awready, wready, bvalid, s_arready, s_rvalid;
  wire [31:0] s_rdata;
  wire        irq;

  wire             m_awvalid, m_wvalid, m_wlast, m_bready, m_arvalid, m_rready;
  wire [ADDR-1:0]  m_awaddr, m_araddr;
  wire [7:0]       m_awlen, m_arlen;
  wire [BUS-1:0]   m_wdata;
  wire [BYTES-1:0] m_wstrb;
  reg              m_awready, m_wready, m_bvalid, m_arready, m_rvalid, m_rlast;
  reg  [BUS-1:0]   m_rdata;
  reg  [7:0]       left;
  reg  [15:0]      write_at;
  reg  [15:0]      read_at;
  integer           i;

  `TOP u_top (
    .clk_i          (clk_i),
    .rst_i          (rst_i),
    .irq_o          (irq),
    .s_axil_awaddr  (awaddr),
    .s_axil_awprot  (3'd0),
    .s_axil_awvalid (awvalid),
    .s_axil_awready (awready),
    .s_axil_wdata   (wdata),
    .s_axil_wstrb   (4'hf),
    .s_axil_wvalid  (wvalid),
    .s_axil_wready  (wready),
    .s_axil_bresp   (),
    .s_axil_bvalid  (bvalid),
    .s_axil_bready  (1'b1),
    .s_axil_araddr  (STATUS),
    .s_axil_arprot  (3'd0),
    .s_axil_arvalid (arvalid),
    .s_axil_arready (s_arready),
    .s_axil_rdata   (s_rdata),
    .s_axil_rresp   (),
    .s_axil_rvalid  (s_rvalid),
    .s_axil_rready  (1'b1),
    .m_axi_awid     (),
    .m_axi_awaddr   (m_awaddr),
    .m_axi_awlen    (m_awlen),
    .m_axi_awsize   (),
    .m_axi_awburst  (),
    .m_axi_awcache  (),
    .m_axi_awprot   (),
    .m_axi_awvalid  (m_awvalid),
    .m_axi_awready  (m_awready),
    .m_axi_wdata    (m_wdata),
    .m_axi_wstrb    (m_wstrb),
    .m_axi_wlast    (m_wlast),
    .m_axi_wvalid   (m_wvalid),
    .m_axi_wready   (m_wready),
    .m_axi_bid      (1'b0),
    .m_axi_bresp    (2'b00),
    .m_axi_bvalid   (m_bvalid),
    .m_axi_bready   (m_bready),
    .m_axi_arid     (),
    .m_axi_araddr   (m_araddr),
    .m_axi_arlen    (m_arlen),
    .m_axi_arsize   (),
    .m_axi_arburst  (),
    .m_axi_arcache  (),
    .m_axi_arprot   (),
    .m_axi_arvalid  (m_arvalid),
    .m_axi_arready  (m_arready),
    .m_axi_rid      (1'b0),
    .m_axi_rdata    (m_rdata),
    .m_axi_rresp    (2'b00),
    .m_axi_rlast    (m_rlast),
    .m_axi_rvalid   (m_rvalid),
    .m_axi_rready   (m_rready)
  );

  // ---------------------------------------------------------- memory: an address, its beats, and for writes the answer

  always @(posedge clk_i)
    if (rst_i) begin
      m_awready <= 1'b1;
      m_wready  <= 1'b0;
      m_bvalid  <= 1'b0;
    end else if (m_awvalid && m_awready) begin
      m_awready <= 1'b0;
      m_wready  <= 1'b1;
      write_at  <= m_awaddr[15:0];
    end else if (m_wvalid && m_wready) begin
      for (i = 0; i < BYTES; i = i + 1) if (m_wstrb[i]) memory[write_at+i] = m_wdata[8*i +: 8];
      write_at <= write_at + BYTES;
      m_wready <= ~m_wlast;
      m_bvalid <= m_wlast;
    end else if (m_bvalid && m_bready) begin
      m_bvalid  <= 1'b0;
      m_awready <= 1'b1;
    end

  task beat(input [15:0] at, input last);
    begin
      for (i = 0; i < BYTES; i = i + 1) m_rdata[8*i +: 8] <= memory[at+i];
      m_rlast <= last;
    end
  endtask

  always @(posedge clk_i)
    if (rst_i) begin
      m_arready <= 1'b1;
      m_rvalid  <= 1'b0;
    end else if (m_arvalid && m_arready) begin
      m_arready <= 1'b0;
      m_rvalid  <= 1'b1;
      left      <= m_arlen;
      read_at   <= m_araddr[15:0] + BYTES;
      beat(m_araddr[15:0], m_arlen == 0);
    end else if (m_rvalid && m_rready) begin
      m_rvalid  <= ~m_rlast;
      m_arready <= m_rlast;
      left      <= left - 1;
      read_at   <= read_at + BYTES;
      beat(read_at, left == 1);
    end

  // ----------------------------------- host: one register after the other, the start, the status until the job is done

  task write(input [11:0] offset, input [31:0] value);
    begin
      awaddr  <= offset;
      wdata   <= value;
      awvalid <= 1'b1;
      wvalid  <= 1'b1;
      @(posedge clk_i);
      while (awvalid | wvalid) begin
        if (awready) awvalid <= 1'b0;
        if (wready) wvalid <= 1'b0;
        @(posedge clk_i);
      end
    end
  endtask

  task poll(output [31:0] value);
    begin
      arvalid <= 1'b1;
      @(posedge clk_i);
      while (!s_rvalid) begin
        if (s_arready) arvalid <= 1'b0;
        @(posedge clk_i);
      end
      arvalid <= 1'b0;
      value = s_rdata;
    end
  endtask

  reg  [31:0] status;
  integer word;

  initial begin
    done_o   = 1'b0;
    awvalid  = 1'b0;
    wvalid   = 1'b0;
    arvalid  = 1'b0;
    awaddr   = 12'd0;
    wdata    = 32'd0;
    status   = 32'd0;
    for (word = 0; word < 65536; word = word + 1) memory[word] = 8'd0;
    $readmemh({JOB, ".image"}, memory);
    $readmemh({JOB, ".registers"}, registers);
    @(negedge rst_i);
    @(posedge clk_i);
    for (word = 0; word < 512 && registers[word] !== 32'bx; word = word + 2)
      write(registers[word][11:0], registers[word+1]);
    write(CTRL, 32'd1);
    while (!status[1]) poll(status);
    if (status[2]) $display("%0s error", JOB);
    for (word = RESULTS; word < RESULTS + 4 * WORDS; word = word + 4)
      $display("%0s %0d", JOB, $signed({memory[word+3], memory[word+2], memory[word+1], memory[word]}));
    done_o = 1'b1;
  end

endmodule

`default_nettype wire
