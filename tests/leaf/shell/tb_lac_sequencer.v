// variants: | -Ptb.COUNT_W=1 -Ptb.SEED=2 | -Ptb.COUNT_W=13 -Ptb.SEED=3
// lint: -GCOUNT_W=8 | -GCOUNT_W=1 | -GCOUNT_W=13
// Jobs that end well, are refused, meet an error of each kind (and a second one while closing), stop moving, are
// aborted in any cycle from the first one on, or leave the bus open for good; aborts while idle or closing do nothing.
// Checked in every cycle: the state of busy, done, error and irq, code and position of the first error, go, abort and
// clear; at the end of each job: every counter, and that the causes add up to the cycles.
`default_nettype none

module tb;

  parameter COUNT_W = 8;
  parameter SEED    = 1;

  localparam JOBS   = 280;
  localparam GOOD = 0, REFUSED = 1, READ = 2, WRITE = 3, STUCK = 4, STREAM = 5, METADATA = 6, PANEL = 7, SET = 8,
             ROOM = 9,
             ABORT = 10, OPEN = 11, EARLY = 12, MISFIT = 13;

  reg                clk = 1'b0;
  reg                rst = 1'b1;
  reg                start, stop, done_clear, error_clear, irq_en, bad_job, read_error, write_error, meta_error,
                     panel_error,
                     set_error, job_error, room_error, stream_error;
  reg                setup, tile, results_done, output_busy, read_idle, write_idle, activity;
  reg  [31:0]        watchdog, bad_job_pos, read_error_pos, write_error_pos, meta_error_pos, panel_error_pos,
                     set_error_pos;
  reg  [31:0]        job_error_pos, room_error_pos;
  reg  [2:0]         cause;
  reg  [COUNT_W-1:0] issued, effectual, skipped;
  wire               clear, go, abort, irq;
  wire [2:0]         status;
  wire [7:0]         err_code;
  wire [31:0]        err_pos;
  wire [63:0]        cycles, issued_sum, effectual_sum, skipped_sum;
  wire [8*64-1:0]    causes;

  lac_sequencer #(
    .COUNT_W (COUNT_W)
  ) u_dut (
    .clk_i             (clk),
    .rst_i             (rst),
    .start_i           (start),
    .abort_i           (stop),
    .watchdog_i        (watchdog),
    .done_clear_i      (done_clear),
    .error_clear_i     (error_clear),
    .irq_en_i          (irq_en),
    .bad_job_i         (bad_job),
    .bad_job_pos_i     (bad_job_pos),
    .job_error_i       (job_error),
    .job_error_pos_i   (job_error_pos),
    .read_error_i      (read_error),
    .read_error_pos_i  (read_error_pos),
    .write_error_i     (write_error),
    .write_error_pos_i (write_error_pos),
    .meta_error_i      (meta_error),
    .meta_error_pos_i  (meta_error_pos),
    .panel_error_i     (panel_error),
    .panel_error_pos_i (panel_error_pos),
    .set_error_i       (set_error),
    .set_error_pos_i   (set_error_pos),
    .room_error_i      (room_error),
    .room_error_pos_i  (room_error_pos),
    .stream_error_i    (stream_error),
    .setup_i           (setup),
    .tile_i            (tile),
    .results_done_i    (results_done),
    .output_busy_i     (output_busy),
    .read_idle_i       (read_idle),
    .write_idle_i      (write_idle),
    .activity_i        (activity),
    .cause_i           (cause),
    .issued_i          (issued),
    .effectual_i       (effectual),
    .skipped_i         (skipped),
    .clear_o           (clear),
    .go_o              (go),
    .abort_o           (abort),
    .status_o          (status),
    .err_code_o        (err_code),
    .err_pos_o         (err_pos),
    .irq_o             (irq),
    .cycles_o          (cycles),
    .causes_o          (causes),
    .issued_o          (issued_sum),
    .effectual_o       (effectual_sum),
    .skipped_o         (skipped_sum)
  );

  always #5 clk = !clk;

  integer seed, job, cycle, kind, i;
  reg         busy, done, error;             // what status must be
  reg  [7:0]  code;
  reg  [31:0] pos, tiles;
  reg  [63:0] want_cycles, want_issued, want_effectual, want_skipped, want_cause [0:7], sum;

  task fail(input [8*40-1:0] why);
    begin
      $display("FAIL job %0d kind %0d cycle %0d: %0s", job, kind, cycle, why);
      $finish;
    end
  endtask

  function integer random(input integer low, input integer high);
    random = low + $unsigned($random(seed)) % (high - low + 1);
  endfunction

  // One cycle with all that moves by itself; its outputs and, where charged to a cause (not -1), its counters.
  task tick(input want_go, input want_abort, input want_clear, input integer charged);
    begin
      start     = busy && random(0, 9) == 0;   // ignored
      bad_job   = start;
      issued    = $random(seed);
      effectual = $random(seed);
      skipped   = $random(seed);
      irq_en    = $random(seed);
      #1;
      if (status !== {error, done, busy}) fail("wrong status");
      if (irq !== (irq_en && done)) fail("wrong interrupt");
      if (go !== want_go || abort !== want_abort || clear !== want_clear) fail("wrong go, abort or clear");
      if (err_code !== code || err_pos !== pos) fail("wrong error");
      if (charged >= 0) begin
        want_cycles         = want_cycles + 1;
        want_cause[charged] = want_cause[charged] + 1;
        want_issued         = want_issued + issued;
        want_effectual      = want_effectual + effectual;
        want_skipped        = want_skipped + skipped;
      end
      @(negedge clk);
      cycle = cycle + 1;
    end
  endtask

  task work;   // a cycle of a running job, errors left alone
    begin
      cause    = $random(seed);
      setup    = random(0, 9) == 0;
      tile     = random(0, 3) == 0;
      activity = kind == STUCK || random(0, 1);
      if (tile) tiles = tiles + 1;
    end
  endtask

  task count_check;
    begin
      #1;
      sum = 0;
      for (i = 0; i < 8; i = i + 1) begin
        sum = sum + causes[i*64 +: 64];
        if (causes[i*64 +: 64] !== want_cause[i]) fail("wrong count of a cause");
      end
      if (cycles !== want_cycles || sum !== cycles) fail("wrong count of cycles");
      if (issued_sum !== want_issued || effectual_sum !== want_effectual || skipped_sum !== want_skipped)
        fail("wrong sums");
    end
  endtask

  task begin_job;
    begin
      start          = 1'b1;
      bad_job        = kind == REFUSED;
      bad_job_pos    = $random(seed);
      watchdog       = kind == STUCK ? random(3, 20) : kind == OPEN ? 25 : random(0, 1) * 1000;
      {want_cycles, want_issued, want_effectual, want_skipped, tiles} = 0;
      for (i = 0; i < 8; i = i + 1) want_cause[i] = 0;
      {read_idle, write_idle, results_done, tile} = 0;
      output_busy    = 1'b1;
      @(negedge clk) cycle = cycle + 1;
      start = 1'b0;
      busy  = 1'b1;
      done  = 1'b0;
      error = bad_job;
      code  = bad_job ? 1 : 0;
      pos   = bad_job ? bad_job_pos : 0;
    end
  endtask

  // The cycle in which the job meets its end, and those before it.
  task run_job;
    begin
      stop = kind == EARLY;
      tick(1, 0, 0, 1);
      stop = 1'b0;
      if (kind == EARLY) begin
        error = 1'b1;
        code  = ABORT;
        pos   = 0;
      end else begin
        meet_end;
      end
    end
  endtask

  task meet_end;
    integer where;
    begin
      repeat (random(0, 40)) begin
        work;
        {results_done, output_busy, write_idle} = $random(seed);
        if (results_done && !output_busy && write_idle) write_idle = 1'b0;   // two of three are not yet the end
        tick(0, 0, 0, setup ? 1 : cause);
      end
      work;
      {results_done, output_busy, write_idle} = kind == GOOD ? 3'b101 : 3'b000;
      job_error       = kind == MISFIT;
      room_error      = kind == ROOM || (kind == SET && random(0, 1));
      read_error      = kind == READ || kind == OPEN || (kind == MISFIT && random(0, 1));
      write_error     = kind == WRITE || (kind == READ && random(0, 1));
      meta_error      = kind == METADATA || (kind < STUCK && kind != GOOD && random(0, 1));
      panel_error     = kind == PANEL || (kind == METADATA && random(0, 1));
      set_error       = kind == SET || (kind == PANEL && random(0, 1));
      stream_error    = kind == STREAM || (kind > STREAM && kind != ABORT && random(0, 1)) ||
                        (kind < STUCK && kind != GOOD && random(0, 1));
      read_error_pos  = $random(seed);
      write_error_pos = $random(seed);
      meta_error_pos  = $random(seed);
      panel_error_pos = $random(seed);
      set_error_pos   = $random(seed);
      job_error_pos   = $random(seed);
      room_error_pos  = $random(seed);
      stop = kind == ABORT || random(0, 3) == 0 && kind != GOOD && kind != STUCK;
      if ((kind == STREAM || kind == ABORT) && tile) begin   // the tile of this very cycle is not counted yet
        tile  = 1'b0;
        tiles = tiles - 1;
      end
      if (kind == STUCK) begin
        activity = 1'b1;
        tick(0, 0, 0, setup ? 1 : cause);
        {activity, tile} = 0;
        repeat (watchdog) tick(0, 0, 0, setup ? 1 : cause);
        where = setup ? 4 : cause >= 4 ? cause - 3 : 4;
      end
      tick(0, 0, 0, setup ? 1 : cause);
      if (kind != GOOD) begin
        error = 1'b1;
        code  = kind == OPEN ? 2 : kind == MISFIT ? 1 : kind;
        case (kind)
          READ, OPEN: pos = read_error_pos;
          WRITE:      pos = write_error_pos;
          METADATA:   pos = meta_error_pos;
          PANEL:      pos = panel_error_pos;
          SET:        pos = set_error_pos;
          ROOM:       pos = room_error_pos;
          MISFIT:     pos = job_error_pos;
          STREAM, ABORT: pos = tiles;
          default:    pos = where;
        endcase
      end
      {read_error, write_error, meta_error, panel_error, set_error, job_error, room_error, stream_error, stop, tile,
       activity} = 0;
    end
  endtask

  // No new requests until both masters are idle; what they still answer changes nothing.
  task close_job;
    begin
      {read_idle, write_idle} = 0;
      repeat (kind == OPEN ? 26 : random(0, 12)) begin
        {read_idle, write_idle} = random(0, 2);
        read_error     = kind != GOOD && random(0, 3) == 0;
        read_error_pos = $random(seed);
        activity       = kind == STUCK;
        stop           = random(0, 3) == 0;
        tick(0, 1, 0, 7);
      end
      {read_error, stop} = 0;
      if (kind != OPEN) begin
        {read_idle, write_idle} = 2'b11;
        tick(0, 1, 0, 7);
        tick(0, 0, 1, 7);
        busy = 1'b0;
      end
      done = 1'b1;
    end
  endtask

  task after_job;
    begin
      {activity, tile, setup, stop} = $random(seed);
      repeat (3) tick(0, kind == OPEN, 0, -1);
      count_check;
      stop = 1'b0;
      error_clear = $random(seed);
      done_clear  = $random(seed);
      tick(0, kind == OPEN, 0, -1);
      if (error_clear) error = 1'b0;
      if (done_clear) done = 1'b0;
      {error_clear, done_clear} = 0;
      repeat (2) tick(0, kind == OPEN, 0, -1);
      if (kind == OPEN) begin   // only reset helps
        rst = 1'b1;
        @(negedge clk) rst = 1'b0;
        {busy, done, error, code, pos} = 0;
        tick(0, 0, 0, -1);
      end
    end
  endtask

  initial begin
    seed = SEED;
    {cycle, job, kind, busy, done, error, code, pos, tiles} = 0;
    {start, stop, done_clear, error_clear, irq_en, bad_job, read_error, write_error, meta_error, panel_error,
     set_error} = 0;
    {job_error, room_error, stream_error} = 0;
    {setup, tile, results_done, output_busy, read_idle, write_idle, activity, watchdog} = 0;
    {cause, issued, effectual, skipped, bad_job_pos, read_error_pos, write_error_pos, meta_error_pos, panel_error_pos} =
      0;
    {set_error_pos, job_error_pos, room_error_pos} = 0;
    repeat (2) @(negedge clk);
    rst = 1'b0;
    for (job = 0; job < JOBS; job = job + 1) begin
      kind = job % 14;
      begin_job;
      if (kind == REFUSED) begin
        tick(0, 0, 1, 7);
        busy = 1'b0;
        done = 1'b1;
      end else begin
        run_job;
        close_job;
      end
      after_job;
    end
    $display("PASS %0d jobs, %0d cycles", JOBS, cycle);
    $finish;
  end

endmodule

`default_nettype wire
