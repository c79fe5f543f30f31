// variants: | -Ptb.COLS=1 -Ptb.SEED=2 | -Ptb.COLS=7 -Ptb.SEED=3 | -Ptb.COLS=64 -Ptb.SEED=4
// lint: -GCOLS=4 | -GCOLS=1 | -GCOLS=7 | -GCOLS=64
// Random widths, blocks of groups cut anywhere, walked in the order of the loop nest; count and first column told from
// the panel's number. In every other job one register is spoilt: the panel that shows it is the first that does not
// fit, or the last panel is not N's.
`default_nettype none

module tb;

  parameter COLS = 4;
  parameter SEED = 1;

  localparam CNT_W = $clog2(COLS + 1);

  reg              clk = 1'b0;
  reg              start, step, rewind, save, restart;
  reg  [31:0]      n, block_cols, block_panels;
  wire [CNT_W-1:0] count;
  wire [31:0]      column;
  wire             fits, ends;
  integer seed, job, steps, blocks, panels, group_panels, tiles, pass, group, tile, panel, past, first, want, left,
          misfits, shown;

  lac_columns #(
    .COLS (COLS)
  ) u_dut (
    .clk_i          (clk),
    .start_i        (start),
    .n_i            (n),
    .block_cols_i   (block_cols),
    .block_panels_i (block_panels),
    .step_i         (step),
    .rewind_i       (rewind),
    .save_i         (save),
    .restart_i      (restart),
    .count_o        (count),
    .column_o       (column),
    .fits_o         (fits),
    .ends_o         (ends)
  );

  always #5 clk = !clk;

  task check;
    begin
      first = panel / block_panels * block_cols + panel % block_panels * COLS;
      want  = block_cols - panel % block_panels * COLS;
      left  = want;
      if (want > COLS) want = COLS;
      if (want > $signed(n - first)) want = n - first;
      if (want < 0) want = 0;
      if (count !== want || column !== first) begin
        $display("FAIL job %0d panel %0d: got %0d columns from %0d, expected %0d from %0d", job, panel, count, column,
                 want, first);
        $finish;
      end
      shown = want <= 0 || (panel % block_panels == block_panels - 1) != (left <= COLS);
      if (fits !== !shown || ends !== (want >= 0 && n - first == want)) begin
        $display("FAIL job %0d panel %0d: fits %0d, ends %0d", job, panel, fits, ends);
        $finish;
      end
      if (shown) misfits = misfits + 1;
      if (job % 2 == 0 && (shown || ends !== (panel == panels - 1))) begin
        $display("FAIL job %0d panel %0d: a good job does not fit", job, panel);
        $finish;
      end
    end
  endtask

  // What the panels walk is no longer what N, or a block of groups, has.
  task spoil;
    begin
      case ({$random(seed)} % 4)
        0:       n = n > COLS ? n - COLS : n + COLS;
        1:       block_cols = block_cols + COLS;
        2:       block_panels = block_panels + 1;
        default: block_panels = block_panels > 1 ? block_panels - 1 : 2;
      endcase
    end
  endtask

  initial begin
    seed  = SEED;
    steps = 0;
    misfits = 0;
    {start, step, rewind, save, restart} = 0;
    for (job = 0; job < 100; job = job + 1) begin
      blocks       = 1 + {$random(seed)} % 4;
      block_cols   = 1 + {$random(seed)} % (4 * COLS);
      block_panels = (block_cols + COLS - 1) / COLS;
      n            = blocks * block_cols - {$random(seed)} % block_cols;
      panels       = (blocks - 1) * block_panels + (n - (blocks - 1) * block_cols + COLS - 1) / COLS;
      group_panels = 1 + {$random(seed)} % panels;
      tiles        = 1 + {$random(seed)} % 3;
      shown        = 0;
      if (job % 2) spoil;
      start = 1'b1;
      @(negedge clk) start = 1'b0;
      for (pass = 0; pass < 2; pass = pass + 1)
        for (group = 0; group < panels; group = group + group_panels) begin
          past = group + group_panels < panels ? group + group_panels : panels;
          for (tile = 0; tile < tiles; tile = tile + 1)
            for (panel = group; panel < past; panel = panel + 1) begin
              step = 1'b0;
              repeat ({$random(seed)} % 2) @(negedge clk);
              #1 if (!shown) check;
              step    = 1'b1;
              rewind  = panel == past - 1 && tile < tiles - 1;
              save    = panel == past - 1 && tile == tiles - 1;
              restart = save && past == panels;
              steps   = steps + 1;
              @(negedge clk);
            end
        end
      step = 1'b0;
    end
    if (misfits < 20) $display("FAIL %0d misfits", misfits);
    else $display("PASS %0d steps, %0d misfits", steps, misfits);
    $finish;
  end

endmodule

`default_nettype wire
