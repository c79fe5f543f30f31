// variants: | -Ptb.ROWS=3 -Ptb.CHUNKS=2 -Ptb.WORDS=70 -Ptb.SLOTS=5 -Ptb.SEED=2
// variants: -Ptb.ROWS=1 -Ptb.WORDS=8 -Ptb.SLOTS=2 -Ptb.SEED=3 | -Ptb.ROWS=16 -Ptb.CHUNKS=4 -Ptb.WORDS=4096 -Ptb.SEED=4
// lint: -GROWS=2 -GCHUNKS=1 -GWORDS=32 -GSLOTS=32 | -GROWS=64 -GCHUNKS=16 -GWORDS=4096 -GSLOTS=2
// lint: -GROWS=1 -GCHUNKS=1 -GWORDS=2 -GSLOTS=2
// Random sets of registers near and far from what fits; the register that is blamed told by plain arithmetic, and when.
`default_nettype none

module tb;

  parameter ROWS   = 2;
  parameter CHUNKS = 1;
  parameter WORDS  = 32;
  parameter SLOTS  = 32;
  parameter SEED   = 1;

  localparam PANELS = WORDS / (ROWS * CHUNKS);

  reg         clk = 1'b0;
  reg         rst = 1'b1;
  reg         start = 1'b0;
  reg  [31:0] m, n, panels, group_panels, pitch, slot_words, rows;
  reg         narrow, sparse;
  reg  [7:0]  slots;
  wire        bad;
  wire [31:0] bad_pos;

  lac_c_check #(
    .ROWS            (ROWS),
    .CHUNKS          (CHUNKS),
    .WORDS           (WORDS),
    .SLOTS           (SLOTS),
    .AT_PITCH        (1),
    .AT_GROUP_PANELS (2),
    .AT_SLOT_WORDS   (3),
    .AT_ROWS         (4)
  ) u_dut (
    .clk_i          (clk),
    .rst_i          (rst),
    .start_i        (start),
    .m_i            (m),
    .n_i            (n),
    .panels_i       (panels),
    .group_panels_i (group_panels),
    .pitch_i        (pitch),
    .narrow_i       (narrow),
    .slots_i        (slots),
    .slot_words_i   (slot_words),
    .sparse_i       (sparse),
    .rows_i         (rows),
    .bad_o          (bad),
    .bad_pos_o      (bad_pos)
  );

  always #5 clk = !clk;

  integer seed, job, cycle, want, group, hits[0:4];
  reg [33:0] row_bytes;

  function integer random(input integer low, input integer high);
    random = low + $unsigned($random(seed)) % (high - low + 1);
  endfunction

  task pick;
    begin
      m            = random(0, 3) ? random(1, 50) : $random(seed);
      n            = random(0, 3) ? random(1, 50) : $random(seed);
      narrow       = $random(seed);
      sparse       = random(0, 3) == 0;
      panels       = random(0, 1) ? random(1, 6) : $random(seed) | 1;
      group_panels = random(1, random(0, 1) ? PANELS : PANELS < 4 ? PANELS : 4);
      slots        = random(1, random(0, 1) ? SLOTS : 2);
      slot_words   = random(0, 2) ? group_panels * ROWS * CHUNKS - random(-1, 1) : random(1, WORDS);
      if (slot_words == 0 || slot_words > WORDS) slot_words = WORDS;
      row_bytes    = narrow ? n : {n, 2'b00};
      pitch        = row_bytes[31:0] + random(-1, 3);
      if (random(0, 5) == 0) pitch = $random(seed);
      rows         = m + random(-1, 1);
    end
  endtask

  initial begin
    seed = SEED;
    for (want = 0; want < 5; want = want + 1) hits[want] = 0;
    pick;
    repeat (2) @(negedge clk);
    rst = 1'b0;
    for (job = 0; job < 2000; job = job + 1) begin
      pick;
      group = panels < group_panels ? panels : group_panels;
      want  = !sparse && {2'b00, pitch} < row_bytes                                          ? 1 :
              sparse && group_panels < panels                                                ? 2 :
              slots * slot_words > WORDS || group * ROWS * CHUNKS > slot_words ? 3 :
              sparse && rows > m                                                             ? 4 : 0;
      hits[want] = hits[want] + 1;
      start = 1'b1;
      for (cycle = 0; cycle < 6; cycle = cycle + 1) begin
        @(negedge clk);
        start = 1'b0;
        if (bad !== (cycle == 2 && want != 0) || (bad && bad_pos !== want)) begin
          $display("FAIL job %0d cycle %0d: bad %0d, register %0d, expected %0d", job, cycle, bad, bad_pos, want);
          $finish;
        end
      end
    end
    for (want = 0; want < 5; want = want + 1)
      if (hits[want] < 10) $display("FAIL register %0d blamed %0d times only", want, hits[want]);
    $display("PASS 2000 jobs");
    $finish;
  end

endmodule

`default_nettype wire
