// variants: -Ptb.JOBS=20
// variants: -Ptb.CHANNELS=1 -Ptb.ADDR_W=32 -Ptb.DATA_W=32 -Ptb.BURST=1 -Ptb.FIFO_BEATS=2 -Ptb.OUTSTANDING=2 -Ptb.PERF=0
// variants: -Ptb.CHANNELS=2 -Ptb.ADDR_W=64 -Ptb.DATA_W=512 -Ptb.BURST=256 -Ptb.FIFO_BEATS=300 -Ptb.OUTSTANDING=5,
// variants: -Ptb.PERF=0 -Ptb.JOBS=6
// variants: -Ptb.DATA_W=32 -Ptb.BURST=256 -Ptb.FIFO_BEATS=257 -Ptb.PERF=0 -Ptb.SEED=5 -Ptb.JOBS=30
// variants: -Ptb.CHANNELS=5 -Ptb.BURST=7 -Ptb.FIFO_BEATS=9 -Ptb.OUTSTANDING=3 -Ptb.PERF=0 -Ptb.SEED=9 -Ptb.JOBS=10
// variants: -Ptb.DATA_W=64 -Ptb.BURST=16 -Ptb.SEED=7 -Ptb.JOBS=20
// lint: -GCHANNELS=3 -GADDR_W=40 -GDATA_W=128 -GBURST=64 -GFIFO_BEATS=160 -GOUTSTANDING=16
// lint: -GCHANNELS=1 -GADDR_W=32 -GDATA_W=32 -GBURST=1 -GFIFO_BEATS=2 -GOUTSTANDING=2
// lint: -GCHANNELS=2 -GADDR_W=64 -GDATA_W=512 -GBURST=256 -GFIFO_BEATS=300 -GOUTSTANDING=5
// Random segments on all channels under random stalls, urgent channels, one blocked channel, errors, abort and restart,
// sustained rate.
`default_nettype none

module tb;

  parameter CHANNELS = 3;
  parameter ADDR_W = 40;
  parameter DATA_W = 128;
  parameter BURST = 64;
  parameter FIFO_BEATS = 160;
  parameter OUTSTANDING = 24;
  parameter SEED = 1;
  parameter JOBS = 60;  // segments of a run on each channel
  parameter PERF = 1;  // the FIFO covers the latency, so the bus must stay busy

  localparam                BYTES = DATA_W / 8;
  localparam [CHANNELS-1:0] FIRST = 1;

  reg                        clk, rst, clear, abort, lazy, block;
  reg  [7:0]                 stall, latency;
  reg  [CHANNELS*32-1:0]     quota;
  reg  [CHANNELS*8-1:0]      client_stall;
  reg  [31:0]                bytes;
  reg  [ADDR_W-1:0]          start;
  reg  [CHANNELS-1:0]        urgent;
  wire [CHANNELS-1:0]        done, req_valid, req_ready, dat_valid, dat_ready, dat_last;
  wire [CHANNELS*ADDR_W-1:0] req_addr;
  wire [CHANNELS*32-1:0]     req_bytes;
  wire [CHANNELS*DATA_W-1:0] dat_data;
  wire                       idle, err_valid, beat;
  wire [31:0]                err_addr;
  wire                       arvalid, arready, arid, rvalid, rready, rid, rlast;
  wire [ADDR_W-1:0]          araddr;
  wire [7:0]                 arlen;
  wire [2:0]                 arsize, arprot;
  wire [1:0]                 arburst, rresp;
  wire [3:0]                 arcache;
  wire [DATA_W-1:0]          rdata;
  integer cycle, errors, i, before;
  reg  expect_errors;

  lac_axi_read #(
    .CHANNELS    (CHANNELS),
    .ADDR_W      (ADDR_W),
    .DATA_W      (DATA_W),
    .BURST       (BURST),
    .FIFO_BEATS  (FIFO_BEATS),
    .OUTSTANDING (OUTSTANDING)
  ) u_dut (
    .clk_i           (clk),
    .rst_i           (rst),
    .clear_i         (clear),
    .abort_i         (abort),
    .urgent_i        (urgent),
    .idle_o          (idle),
    .beat_o          (beat),
    .err_valid_o     (err_valid),
    .err_addr_o      (err_addr),
    .req_valid_i     (req_valid),
    .req_ready_o     (req_ready),
    .req_addr_i      (req_addr),
    .req_bytes_i     (req_bytes),
    .dat_valid_o     (dat_valid),
    .dat_ready_i     (dat_ready),
    .dat_data_o      (dat_data),
    .dat_last_o      (dat_last),
    .m_axi_arvalid_o (arvalid),
    .m_axi_arready_i (arready),
    .m_axi_arid_o    (arid),
    .m_axi_araddr_o  (araddr),
    .m_axi_arlen_o   (arlen),
    .m_axi_arsize_o  (arsize),
    .m_axi_arburst_o (arburst),
    .m_axi_arcache_o (arcache),
    .m_axi_arprot_o  (arprot),
    .m_axi_rvalid_i  (rvalid),
    .m_axi_rready_o  (rready),
    .m_axi_rid_i     (rid),
    .m_axi_rdata_i   (rdata),
    .m_axi_rresp_i   (rresp),
    .m_axi_rlast_i   (rlast)
  );

  axi_read_memory #(
    .ADDR_W      (ADDR_W),
    .DATA_W      (DATA_W),
    .BURST       (BURST),
    .OUTSTANDING (OUTSTANDING),
    .SEED        (SEED)
  ) u_memory (
    .clk_i     (clk),
    .rst_i     (rst),
    .stall_i   (stall),
    .lazy_i    (lazy),
    .latency_i (latency),
    .arvalid_i (arvalid),
    .arready_o (arready),
    .arid_i    (arid),
    .araddr_i  (araddr),
    .arlen_i   (arlen),
    .arsize_i  (arsize),
    .arburst_i (arburst),
    .rvalid_o  (rvalid),
    .rready_i  (rready),
    .rid_o     (rid),
    .rdata_o   (rdata),
    .rresp_o   (rresp),
    .rlast_o   (rlast)
  );

  genvar g;
  generate
    for (g = 0; g < CHANNELS; g = g + 1) begin : gen_client
      read_client #(
        .ADDR_W (ADDR_W),
        .DATA_W (DATA_W),
        .SEED   (SEED * 100 + g)
      ) u_client (
        .clk_i       (clk),
        .rst_i       (rst | clear),
        .quota_i     (quota[g*32 +: 32]),
        .bytes_i     (bytes),
        .start_i     (start),
        .stall_i     (client_stall[g*8 +: 8]),
        .block_i     (block & g == 0),
        .done_o      (done[g]),
        .req_valid_o (req_valid[g]),
        .req_ready_i (req_ready[g]),
        .req_addr_o  (req_addr[g*ADDR_W +: ADDR_W]),
        .req_bytes_o (req_bytes[g*32 +: 32]),
        .dat_valid_i (dat_valid[g]),
        .dat_ready_o (dat_ready[g]),
        .dat_data_i  (dat_data[g*DATA_W +: DATA_W]),
        .dat_last_i  (dat_last[g])
      );
    end
  endgenerate

  task fail(input [8*40-1:0] why);
    begin
      $display("FAIL cycle %0d: %0s", cycle, why);
      $finish;
    end
  endtask

  always #5 clk = ~clk;

  always @(posedge clk) begin
    cycle = cycle + 1;
    if (cycle > 400000) fail("time-out");
    if (~rst) begin
      if (^{idle, err_valid, arcache, arprot} === 1'bx) fail("X on an output");
      if (beat !== (rvalid & rready)) fail("beat_o is not a beat of a burst");
      if (u_dut.issue && (u_dut.burst_valid & urgent) != 0 && (u_dut.grant & urgent) == 0)
        fail("urgent channel passed over");
      if (u_dut.issue && ^u_dut.grant === 1'b0) fail("grant not one-hot");
      if (arcache !== 4'b0011 | arprot !== 3'b000) fail("wrong cache or prot");
      if (err_valid) begin
        errors = errors + 1;
        if (~expect_errors) fail("error without cause");
        if (err_addr !== start[31:0]) fail("error with the wrong address");
      end
    end
  end

  // Forgets the past: idle must hold, then the leaf and the clients start again together.
  task restart;
    begin
      if (~idle) fail("not idle");
      @(negedge clk) clear = 1;
      @(negedge clk) clear = 0;
      u_memory.clear_counts;
      errors = 0;
    end
  endtask

  task run(input [31:0] segments, input [31:0] fixed_bytes, input [7:0] memory_stall, input [7:0] user_stall);
    begin
      quota = {CHANNELS{segments}};
      bytes = fixed_bytes;
      stall = memory_stall;
      client_stall = {CHANNELS{user_stall}};
      repeat (2) @(negedge clk);
      while (~(&done)) @(negedge clk);
      quota = {CHANNELS{32'd0}};
      restart;
    end
  endtask

  // One channel alone, no stalls: of the cycles between the first and the last beat none may be lost.
  task run_rate(input [31:0] segments, input [31:0] fixed_bytes, input [11:0] offset);
    begin
      quota = {CHANNELS{32'd0}};
      quota[31:0] = segments;
      bytes = fixed_bytes;
      start = 4096 + offset;
      stall = 0;
      client_stall = {CHANNELS{8'd0}};
      repeat (2) @(negedge clk);
      while (~(&done)) @(negedge clk);
      if (u_memory.last_beat - u_memory.first_beat + 1 != u_memory.beats) begin
        $display("%0d beats in %0d cycles", u_memory.beats, u_memory.last_beat - u_memory.first_beat + 1);
        fail("bus cycles lost");
      end
      quota = {CHANNELS{32'd0}};
      restart;
    end
  endtask

  // Channel 0 takes no data at all; the others must finish all the same.
  task run_blocked;
    begin
      quota = {CHANNELS{32'd40}};
      bytes = 0;
      stall = 10;
      client_stall = {CHANNELS{8'd10}};
      block = 1;
      repeat (3) @(negedge clk);
      while (~(&(done | FIRST))) @(negedge clk);
      if (done[0]) fail("blocked channel is done");
      block = 0;
      stop_now;
    end
  endtask

  // Abort in full flight: everything outstanding must come to an end, and a new job must then run clean.
  task stop_now;
    begin
      abort = 1;
      @(negedge clk) before = u_memory.bursts;
      while (~idle) @(negedge clk);
      if (u_memory.head != u_memory.tail) fail("idle with a burst outstanding");
      repeat (20) @(negedge clk);
      if (~idle) fail("idle does not last");
      if (u_memory.bursts - before > 2) fail("bursts issued after abort");
      quota = {CHANNELS{32'd0}};
      restart;
      abort = 0;
    end
  endtask

  task run_errors;
    begin
      quota = {CHANNELS{32'd0}};
      quota[31:0] = 1;
      start = 0;
      start[ADDR_W-1] = 1;
      start[11:0] = 12'h7b5;
      bytes = 3000;
      stall = 20;
      client_stall = {CHANNELS{8'd0}};
      expect_errors = 1;
      repeat (2) @(negedge clk);
      while (~done[0]) @(negedge clk);
      if (errors == 0 | errors != u_memory.bad_beats) fail("errors lost");
      expect_errors = 0;
      quota = {CHANNELS{32'd0}};
      restart;
      start = 0;
    end
  endtask

  initial begin
    {clk, clear, abort, lazy, block, expect_errors} = 0;
    rst = 1;
    cycle = 0;
    errors = 0;
    quota = 0;
    urgent = 0;
    start = 0;
    bytes = 0;
    stall = 0;
    client_stall = 0;
    latency = 12;
    repeat (4) @(negedge clk);
    rst = 0;
    run(JOBS, 0, 0, 0);
    run(JOBS, 0, 60, 20);
    urgent = FIRST;
    run(JOBS, 0, 30, 20);
    urgent = ~FIRST;
    run(JOBS, 0, 30, 20);
    urgent = 0;
    lazy = 1;
    run(JOBS * 2 / 3, 0, 20, 70);
    lazy = 0;
    latency = 1;
    run(JOBS * 3, 3 * BYTES - 1, 5, 5);
    run_errors;
    run_blocked;
    run(JOBS * 2 / 3, 0, 30, 30);
    for (i = 0; i < 8; i = i + 1) begin
      quota = {CHANNELS{32'd500}};
      bytes = 0;
      latency = 20;
      stall = 10 * i;
      repeat (37 + 53 * i) @(negedge clk);
      stop_now;
      run(6, 0, 20, 20);
    end
    if (PERF) begin
      latency = 64;
      run_rate(1, 8000, 0);
      run_rate(1, 8000, 5);
      run_rate(100, 12 * BYTES, 0);
      run_rate(100, 12 * BYTES, 1);
      run_rate(100, 12 * BYTES + 1, 3);
      latency = 8;
      run_rate(200, BYTES, 0);
      run_rate(200, BYTES, 1);
      run_rate(200, BYTES - 1, 0);
    end
    $display("PASS %0d cycles", cycle);
    $finish;
  end

endmodule

`default_nettype wire
