// variants: | -Ptb.ADDR_W=5 -Ptb.SEED=2 | -Ptb.ADDR_W=32 -Ptb.SEED=3
// lint: -GADDR_W=12 | -GADDR_W=3
// A register file behind the leaf and a master that sends address and data in any order, one of them long before the
// other, reads and writes at once, random stalls; one that takes B only when it has had R, and the other way round.
`default_nettype none

module tb;

  parameter ADDR_W = 12;
  parameter SEED = 1;

  localparam WORDS = 8;   // mapped; the rest of the space answers with an error

  reg               clk, rst, awvalid, wvalid, bready, arvalid, rready;
  reg  [ADDR_W-1:0] awaddr, araddr;
  reg  [31:0]       wdata, reg_rdata, held_rdata;
  reg  [3:0]        wstrb;
  reg               reg_unmapped, b_held, r_held;
  wire              awready, wready, bvalid, arready, rvalid, reg_we, reg_re;
  wire [1:0]        bresp, rresp;
  wire [31:0]       rdata, reg_wdata;
  wire [3:0]        reg_wstrb;
  wire [ADDR_W-1:0] reg_addr, reg_raddr;

  reg  [31:0]       file[0:WORDS-1];            // the register file
  reg  [31:0]       want[0:WORDS-1];            // what the master believes
  reg               aw_done, w_done, ar_done;   // parts of the master's transaction that have been taken
  reg  [ADDR_W-1:0] w_addr, r_addr;
  reg  [31:0]       w_data;
  reg  [3:0]        w_strb;
  reg  [31:0]       read_value;                 // of the register file, when the leaf asked
  reg  [ADDR_W-1:0] read_addr;
  integer order;  // of responses: ANY, B only after another R, R only after another B
  integer cycle, seed, stall, writes, reads, bus_writes, i, b_wait, r_wait, b_reads, r_writes;
  integer writes_before, reads_before;

  localparam ANY = 0, B_AFTER_R = 1, R_AFTER_B = 2;

  lac_axil_slave #(
    .ADDR_W (ADDR_W)
  ) u_dut (
    .clk_i            (clk),
    .rst_i            (rst),
    .s_axil_awvalid_i (awvalid),
    .s_axil_awready_o (awready),
    .s_axil_awaddr_i  (awaddr),
    .s_axil_awprot_i  (3'b000),
    .s_axil_wvalid_i  (wvalid),
    .s_axil_wready_o  (wready),
    .s_axil_wdata_i   (wdata),
    .s_axil_wstrb_i   (wstrb),
    .s_axil_bvalid_o  (bvalid),
    .s_axil_bready_i  (bready),
    .s_axil_bresp_o   (bresp),
    .s_axil_arvalid_i (arvalid),
    .s_axil_arready_o (arready),
    .s_axil_araddr_i  (araddr),
    .s_axil_arprot_i  (3'b000),
    .s_axil_rvalid_o  (rvalid),
    .s_axil_rready_i  (rready),
    .s_axil_rdata_o   (rdata),
    .s_axil_rresp_o   (rresp),
    .reg_we_o         (reg_we),
    .reg_addr_o       (reg_addr),
    .reg_wdata_o      (reg_wdata),
    .reg_wstrb_o      (reg_wstrb),
    .reg_re_o         (reg_re),
    .reg_raddr_o      (reg_raddr),
    .reg_rdata_i      (reg_rdata),
    .reg_unmapped_i   (reg_unmapped)
  );

  task fail(input [8*40-1:0] why);
    begin
      $display("FAIL cycle %0d: %0s", cycle, why);
      $finish;
    end
  endtask

  function [31:0] merge(input [31:0] old, input [31:0] data, input [3:0] strobe);
    for (i = 0; i < 4; i = i + 1) merge[i*8 +: 8] = strobe[i] ? data[i*8 +: 8] : old[i*8 +: 8];
  endfunction

  function [ADDR_W-1:0] draw_address(input integer any);
    draw_address = {$random(seed)} % 10 ? {$random(seed)} % WORDS * 4 + {$random(seed)} % 4 : $random(seed);
  endfunction

  // The register file: answers one cycle after it is asked, X otherwise.
  always @(posedge clk) begin
    reg_rdata <= 32'bx;
    reg_unmapped <= 1'bx;
    if (reg_we & reg_re) fail("read and write at once");
    if (reg_we) begin
      bus_writes = bus_writes + 1;
      reg_unmapped <= reg_addr >= 4 * WORDS - 4;
      if (reg_addr < 4 * WORDS - 4) file[reg_addr/4] = merge(file[reg_addr/4], reg_wdata, reg_wstrb);
    end
    if (reg_re) begin
      reg_unmapped <= reg_raddr >= 4 * WORDS - 4;
      reg_rdata <= file[reg_raddr/4%WORDS];
      read_value = file[reg_raddr/4%WORDS];
      read_addr = reg_raddr;
    end
  end

  task check_write;
    begin
      if (~(aw_done & w_done)) fail("response before the request");
      if (bresp !== (w_addr >= 4 * WORDS - 4 ? 2'b10 : 2'b00)) fail("wrong bresp");
      if (w_addr < 4 * WORDS - 4) want[w_addr/4] = merge(want[w_addr/4], w_data, w_strb);
      for (i = 0; i < WORDS - 1; i = i + 1) if (file[i] !== want[i]) fail("wrong register contents");
      {aw_done, w_done} = 0;
      writes = writes + 1;
      if (bus_writes != writes) fail("register written twice or not at all");
    end
  endtask

  task check_read;
    begin
      if (~ar_done) fail("data before the request");
      if (rresp !== (r_addr >= 4 * WORDS - 4 ? 2'b10 : 2'b00)) fail("wrong rresp");
      if (read_addr !== r_addr) fail("another register read");
      if (rdata !== (r_addr < 4 * WORDS - 4 ? read_value : 32'd0)) fail("wrong data");
      ar_done = 0;
      reads = reads + 1;
    end
  endtask

  always @(posedge clk) begin
    cycle = cycle + 1;
    if (cycle > 60000) fail("time-out");
    if (~rst) begin
      if (^{awready, wready, bvalid, bresp, arready, rvalid, rdata, rresp, reg_we, reg_re} === 1'bx)
        fail("X on an output");
      if (b_held & ~bvalid | r_held & (~rvalid | rdata !== held_rdata)) fail("response not held");
      b_held = bvalid & ~bready;
      r_held = rvalid & ~rready;
      held_rdata = rdata;
      b_wait = aw_done & w_done ? b_wait + 1 : 0;
      r_wait = ar_done ? r_wait + 1 : 0;
      if (stall == 0 && order == ANY && (b_wait > 12 || r_wait > 12)) fail("one side starves");
      if (!bvalid) b_reads = reads;
      if (!rvalid) r_writes = writes;
      if (bvalid & bready) check_write;
      if (rvalid & rready) check_read;
      if (awvalid & awready) begin
        if (aw_done) fail("second address taken");
        aw_done = 1;
        w_addr = awaddr;
        awvalid <= 0;
      end
      if (wvalid & wready) begin
        if (w_done) fail("second data taken");
        w_done = 1;
        w_data = wdata;
        w_strb = wstrb;
        wvalid <= 0;
      end
      if (arvalid & arready) begin
        if (ar_done) fail("second read taken");
        ar_done = 1;
        r_addr = araddr;
        arvalid <= 0;
      end
    end
  end

  // A master offers each part on its own; a part of the next write may come before this one's response.
  always @(negedge clk)
    if (~rst) begin
      if (~awvalid && {$random(seed)} % 100 >= (cycle[9] ? 98 : stall)) begin
        awaddr = draw_address(0);
        awvalid = 1;
      end
      if (~wvalid && {$random(seed)} % 100 >= (cycle[10:9] == 2 ? 98 : stall)) begin
        wdata = $random(seed);
        wstrb = $random(seed);
        wvalid = 1;
      end
      if (~arvalid && {$random(seed)} % 100 >= stall) begin
        araddr = draw_address(0);
        arvalid = 1;
      end
      bready = {$random(seed)} % 100 >= stall && (order != B_AFTER_R || reads > b_reads);
      rready = {$random(seed)} % 100 >= stall && (order != R_AFTER_B || writes > r_writes);
    end

  always #5 clk = ~clk;

  initial begin
    {clk, awvalid, wvalid, bready, arvalid, rready, b_held, r_held, aw_done, w_done, ar_done} = 0;
    {cycle, writes, reads, bus_writes, b_wait, r_wait, b_reads, r_writes, order} = 0;
    for (i = 0; i < WORDS; i = i + 1) {file[i], want[i]} = 64'd0;
    seed = SEED;
    stall = 0;
    rst = 1;
    repeat (3) @(negedge clk);
    if (awready | wready | arready | bvalid | rvalid) fail("active in reset");
    rst = 0;
    for (order = ANY; order <= R_AFTER_B; order = order + 1)
      for (stall = 0; stall <= 90; stall = stall + 45) begin
        writes_before = writes;
        reads_before = reads;
        repeat (2048) @(negedge clk);
        if (writes < writes_before + 20 || reads < reads_before + 20) fail("too few transactions");
      end
    $display("PASS %0d writes, %0d reads", writes, reads);
    $finish;
  end

endmodule

`default_nettype wire
