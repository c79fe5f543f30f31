// variants: -Ptb.JOBS=30 | -Ptb.ADDR_W=32 -Ptb.DATA_W=32 -Ptb.BURST=1 -Ptb.IN_BYTES=1 -Ptb.OUTSTANDING=2 -Ptb.PERF=0
// variants: -Ptb.ADDR_W=64 -Ptb.DATA_W=512 -Ptb.BURST=256 -Ptb.IN_BYTES=12 -Ptb.OUTSTANDING=7 -Ptb.PERF=0 -Ptb.JOBS=10
// variants: -Ptb.BURST=7 -Ptb.IN_BYTES=4 -Ptb.OUTSTANDING=3 -Ptb.PERF=0 -Ptb.SEED=3 -Ptb.JOBS=30
// variants: -Ptb.DATA_W=64 -Ptb.BURST=256 -Ptb.IN_BYTES=8 -Ptb.SEED=7 -Ptb.JOBS=30
// lint: -GADDR_W=40 -GDATA_W=128 -GBURST=64 -GIN_BYTES=16 -GOUTSTANDING=8
// lint: -GADDR_W=32 -GDATA_W=32 -GBURST=1 -GIN_BYTES=1 -GOUTSTANDING=2
// lint: -GADDR_W=64 -GDATA_W=512 -GBURST=256 -GIN_BYTES=12 -GOUTSTANDING=7
// Random segments under random stalls, slaves that wait for address or data first, errors, abort and restart, sustained
// rate.
`default_nettype none

module tb;

  parameter ADDR_W = 40;
  parameter DATA_W = 128;
  parameter BURST = 16;
  parameter IN_BYTES = 16;
  parameter OUTSTANDING = 8;
  parameter SEED = 1;
  parameter JOBS = 100;  // segments of a run
  parameter PERF = 1;  // input words are as wide as the bus, so the bus must stay busy

  localparam BYTES = DATA_W / 8;

  reg                           clk, rst, clear, abort, data_first, address_first, bad, expect_errors;
  reg  [7:0]                    stall, client_stall;
  reg  [31:0]                   quota, bytes;
  reg  [11:0]                   gap;
  wire                          done, req_valid, req_ready, dat_valid, dat_ready, dat_last, idle, err_valid, response;
  wire [31:0]                   req_bytes, err_count;
  wire [ADDR_W-1:0]             req_addr, awaddr;
  wire [IN_BYTES*8-1:0]         dat_data;
  wire [$clog2(IN_BYTES+1)-1:0] dat_count;
  wire                          awvalid, awready, awid, wvalid, wready, wlast, bvalid, bready, bid;
  wire [7:0]                    awlen;
  wire [2:0]                    awsize, awprot;
  wire [1:0]                    awburst, bresp;
  wire [3:0]                    awcache;
  wire [DATA_W-1:0]             wdata;
  wire [BYTES-1:0]              wstrb;
  integer cycle, errors, i, before, round;

  lac_axi_write #(
    .ADDR_W      (ADDR_W),
    .DATA_W      (DATA_W),
    .BURST       (BURST),
    .IN_BYTES    (IN_BYTES),
    .OUTSTANDING (OUTSTANDING)
  ) u_dut (
    .clk_i           (clk),
    .rst_i           (rst),
    .clear_i         (clear),
    .abort_i         (abort),
    .idle_o          (idle),
    .response_o      (response),
    .err_valid_o     (err_valid),
    .err_count_o     (err_count),
    .req_valid_i     (req_valid),
    .req_ready_o     (req_ready),
    .req_addr_i      (req_addr),
    .req_bytes_i     (req_bytes),
    .dat_valid_i     (dat_valid),
    .dat_ready_o     (dat_ready),
    .dat_data_i      (dat_data),
    .dat_count_i     (dat_count),
    .dat_last_i      (dat_last),
    .m_axi_awvalid_o (awvalid),
    .m_axi_awready_i (awready),
    .m_axi_awid_o    (awid),
    .m_axi_awaddr_o  (awaddr),
    .m_axi_awlen_o   (awlen),
    .m_axi_awsize_o  (awsize),
    .m_axi_awburst_o (awburst),
    .m_axi_awcache_o (awcache),
    .m_axi_awprot_o  (awprot),
    .m_axi_wvalid_o  (wvalid),
    .m_axi_wready_i  (wready),
    .m_axi_wdata_o   (wdata),
    .m_axi_wstrb_o   (wstrb),
    .m_axi_wlast_o   (wlast),
    .m_axi_bvalid_i  (bvalid),
    .m_axi_bready_o  (bready),
    .m_axi_bid_i     (bid),
    .m_axi_bresp_i   (bresp)
  );

  axi_write_memory #(
    .ADDR_W      (ADDR_W),
    .DATA_W      (DATA_W),
    .BURST       (BURST),
    .OUTSTANDING (OUTSTANDING),
    .SEED        (SEED)
  ) u_memory (
    .clk_i           (clk),
    .rst_i           (rst),
    .stall_i         (stall),
    .data_first_i    (data_first),
    .address_first_i (address_first),
    .awvalid_i       (awvalid),
    .awready_o       (awready),
    .awid_i          (awid),
    .awaddr_i        (awaddr),
    .awlen_i         (awlen),
    .awsize_i        (awsize),
    .awburst_i       (awburst),
    .wvalid_i        (wvalid),
    .wready_o        (wready),
    .wdata_i         (wdata),
    .wstrb_i         (wstrb),
    .wlast_i         (wlast),
    .bvalid_o        (bvalid),
    .bready_i        (bready),
    .bid_o           (bid),
    .bresp_o         (bresp)
  );

  write_client #(
    .ADDR_W   (ADDR_W),
    .IN_BYTES (IN_BYTES),
    .BYTES    (BYTES),
    .SEED     (SEED + 100)
  ) u_client (
    .clk_i       (clk),
    .rst_i       (rst | clear),
    .quota_i     (quota),
    .bytes_i     (bytes),
    .gap_i       (gap),
    .bad_i       (bad),
    .stall_i     (client_stall),
    .done_o      (done),
    .req_valid_o (req_valid),
    .req_ready_i (req_ready),
    .req_addr_o  (req_addr),
    .req_bytes_o (req_bytes),
    .dat_valid_o (dat_valid),
    .dat_ready_i (dat_ready),
    .dat_data_o  (dat_data),
    .dat_count_o (dat_count),
    .dat_last_o  (dat_last)
  );

  task fail(input [8*40-1:0] why);
    begin
      $display("FAIL cycle %0d: %0s", cycle, why);
      $finish;
    end
  endtask

  always #5 clk = ~clk;

  always @(posedge clk) begin
    cycle = cycle + 1;
    if (cycle > 300000) fail("time-out");
    if (~rst) begin
      if (^{idle, err_valid, awcache, awprot} === 1'bx) fail("X on an output");
      if (awcache !== 4'b0011 | awprot !== 3'b000 | bready !== 1'b1) fail("wrong constant");
      if (response !== (bvalid & bready)) fail("response_o is not a response");
      if (idle & u_memory.a_tail != u_memory.b_head) fail("idle with a burst outstanding");
      if (err_valid) begin
        if (~expect_errors) fail("error without cause");
        if (err_count !== errors) fail("error with the wrong count");
        errors = errors + 1;
      end
    end
  end

  task restart;
    begin
      if (~idle) fail("not idle");
      quota = 0;
      @(negedge clk) clear = 1;
      @(negedge clk) clear = 0;
      u_memory.clear_counts;
      errors = 0;
    end
  endtask

  // Runs the segments and compares the bytes written with the bytes wanted: each once, no others.
  task run(input [31:0] segments, input [31:0] fixed_bytes, input [7:0] memory_stall, input [7:0] user_stall);
    begin
      quota = segments;
      bytes = fixed_bytes;
      stall = memory_stall;
      client_stall = user_stall;
      repeat (2) @(negedge clk);
      while (~done | ~idle) @(negedge clk);
      repeat (2) @(negedge clk);
      for (i = 0; i < u_client.next || i <= u_memory.highest; i = i + 1)
      if (u_memory.written[i] != u_client.want[i]) begin
        $display("offset %h: %0d writes, want %0d", i, u_memory.written[i], u_client.want[i]);
        fail("bytes not written just once");
      end
      if (u_memory.empty_beats != 0) fail("beats without strobes");
      if (u_memory.w_head != u_memory.w_tail) fail("data without address");
    end
  endtask

  task run_rate(input [31:0] segments, input [31:0] fixed_bytes, input [11:0] between, input [31:0] lost);
    begin
      gap = between;
      run(segments, fixed_bytes, 0, 0);
      if (u_memory.last_beat - u_memory.first_beat + 1 - u_memory.beats > lost) begin
        $display("%0d beats in %0d cycles", u_memory.beats, u_memory.last_beat - u_memory.first_beat + 1);
        fail("bus cycles lost");
      end
      restart;
    end
  endtask

  task run_abort(input [31:0] after);
    begin
      quota = 300;
      bytes = 0;
      repeat (after) @(negedge clk);
      abort = 1;
      @(negedge clk) before = u_memory.a_tail;
      while (~idle) @(negedge clk);
      repeat (20) @(negedge clk);
      if (~idle) fail("idle does not last");
      if (u_memory.a_tail - before > 3) fail("bursts issued after abort");
      if (u_memory.w_head != u_memory.w_tail) fail("data without address");
      for (i = 0; i <= u_memory.highest; i = i + 1)
      if (u_memory.written[i] > u_client.want[i]) fail("byte written that nobody asked for");
      restart;
      abort = 0;
    end
  endtask

  initial begin
    {clk, clear, abort, data_first, address_first, bad, expect_errors} = 0;
    rst = 1;
    cycle = 0;
    errors = 0;
    {quota, bytes, gap, stall, client_stall} = 0;
    repeat (4) @(negedge clk);
    rst = 0;
    run(JOBS, 0, 0, 0);
    restart;
    run(JOBS * 3 / 2, 0, 50, 20);
    restart;
    run(JOBS, 0, 10, 60);
    restart;
    data_first = 1;
    run(JOBS * 4 / 5, 0, 10, 10);
    restart;
    data_first = 0;
    address_first = 1;
    run(JOBS * 4 / 5, 0, 10, 10);
    restart;
    address_first = 0;
    bad = 1;
    expect_errors = 1;
    restart;
    run(20, 0, 20, 20);
    if (errors == 0 | errors != u_memory.bad_bursts) fail("errors lost");
    bad = 0;
    restart;
    expect_errors = 0;
    for (round = 0; round < 8; round = round + 1) begin
      stall = 10 * round;
      client_stall = 20;
      run_abort(37 + 53 * round);
      run(10, 0, 20, 20);
      restart;
    end
    if (PERF) begin
      run_rate(1, 16000, 0, 0);
      run_rate(1, 16000, 5, 0);
      run_rate(200, BYTES, 0, 0);
      run_rate(200, BYTES - 3, 3, 0);
      run_rate(100, 12 * BYTES, 0, 0);
      run_rate(100, 3 * BYTES, 7, 0);
    end
    $display("PASS %0d cycles", cycle);
    $finish;
  end

endmodule

`default_nettype wire
