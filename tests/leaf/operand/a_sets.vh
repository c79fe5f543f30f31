// What the benches of lac_a_expand and lac_a_unpack have in common: both ends of the streams, what must leave, the jobs
// one after the other. The bench includes this in its module and has, before it, parameters ELEM_W, SET, SEED, JOBS;
// MOST sets of a job; the ways not to be legal, LEGAL first, FEWER to LONG last, NEVER one that can't come or -1; and a
// task pick, which draws a job.

  localparam BYTES  = SET * ELEM_W / 8;
  localparam BITS   = (MOST + 2) * SET * ELEM_W;           // of a stream

  reg                   clk = 1'b0;
  reg                   rst = 1'b1;
  reg                   start = 1'b0, compressed = 1'b0;
  reg  [ELEM_W-1:0]     zero;
  reg  [31:0]           elems, stride, segments, value_count, meta_bytes;
  reg                   a_valid = 1'b0, m_valid = 1'b0, out_ready = 1'b0;
  reg                   a_last;
  reg  [SET*ELEM_W-1:0] a_data, m_data;
  wire                  a_ready, m_ready, out_valid, out_last, error;
  wire [SET*ELEM_W-1:0] out_data;
  wire [31:0]           error_pos;

  always #5 clk = !clk;

  integer seed, job, kind, sets, segment_sets, density, stall, spoilt, sent_a, sent_m, taken, errors, quiet, cycles, i,
          total;
  integer begins;                                      // bits of the metadata: where they end so far
  integer values_by [0:MOST-1], bytes_by [0:MOST-1];   // up to the end of a set
  integer kinds [0:LONG];                              // jobs of each
  reg                   a_moved, m_moved, moved;
  reg [BITS-1:0]        values, meta;
  reg [SET*ELEM_W-1:0]  beats [0:MOST-1];
  reg [ELEM_W-1:0]      elem;

  task fail(input [8*40-1:0] why);
    begin
      $display("FAIL job %0d kind %0d beat %0d: %0s", job, kind, taken, why);
      $finish;
    end
  endtask

  function integer random(input integer low, input integer high);
    random = low + $unsigned($random(seed)) % (high - low + 1);
  endfunction

  task drive;
    begin
      if (!a_valid && random(0, 99) >= stall && sent_a < (compressed ? (value_count + SET - 1) / SET : sets)) begin
        a_valid = 1'b1;
        a_data  = compressed ? values[sent_a*SET*ELEM_W +: SET*ELEM_W] : beats[sent_a];
        a_last  = !compressed && sent_a % segment_sets == segment_sets - 1;
      end
      if (!m_valid && random(0, 99) >= stall && compressed && sent_m * BYTES < meta_bytes) begin
        m_valid = 1'b1;
        m_data  = meta[sent_m*SET*ELEM_W +: SET*ELEM_W];
      end
      out_ready = random(0, 99) >= stall;
    end
  endtask

  task check;
    begin
      if (error) begin
        if (kind == LEGAL || errors > 0) fail("an error without an offence");
        if (error_pos !== spoilt) fail("wrong set");
        errors = 1;
      end
      if (out_valid && taken >= (kind == LEGAL ? sets : spoilt)) fail("an offence gets through");
      if (out_valid && (out_data !== beats[taken] || out_last !== (taken % segment_sets == segment_sets - 1)))
        fail("wrong beat");
      if (stall == 0 && compressed && kind == LEGAL && taken > 0 && !out_valid) fail("a bubble");
      moved   = out_valid && out_ready;
      a_moved = a_valid && a_ready;
      m_moved = m_valid && m_ready;
      quiet   = errors > 0 ? quiet + 1 : 0;
    end
  endtask

  task advance;
    begin
      if (moved) taken = taken + 1;
      if (a_moved) begin
        a_valid = 1'b0;
        sent_a  = sent_a + 1;
      end
      if (m_moved) begin
        m_valid = 1'b0;
        sent_m  = sent_m + 1;
      end
    end
  endtask

  // The job that was drawn has too few or too many values or bytes of metadata, if it is of such a kind: then the first
  // set that lacks some is the one that is spoilt, or the last one.
  task miscount;
    begin
      if (kind == FEWER && total == 0) kind = LEGAL;
      value_count = kind == FEWER ? random(0, total - 1) : total + (kind == MORE);
      meta_bytes  = kind == SHORT ? random(0, begins / 8 - 1) : begins / 8 + (kind == LONG);
      if (kind >= FEWER) spoilt = 0;
      while (kind >= FEWER && spoilt < sets - 1 && values_by[spoilt] <= value_count && bytes_by[spoilt] <= meta_bytes)
        spoilt = spoilt + 1;
      kinds[kind] = kinds[kind] + 1;
    end
  endtask

  initial begin
    seed = SEED;
    for (i = 0; i <= LONG; i = i + 1) kinds[i] = 0;
    repeat (2) @(negedge clk);
    rst = 1'b0;
    for (job = 0; job < JOBS; job = job + 1) begin
      pick;
      {a_valid, m_valid, out_ready} = 3'b000;
      start = 1'b1;
      @(negedge clk);
      start = 1'b0;
      while (taken < sets && quiet < 20 && cycles < 10000) begin
        cycles = cycles + 1;
        drive;
        #1 check;
        @(negedge clk);
        advance;
      end
      if ((kind != LEGAL) != (errors > 0)) fail("no error");
    end
    for (i = 0; i <= LONG; i = i + 1)
      if (JOBS >= 200 && kinds[i] == 0 && i != NEVER) fail("a way not to be legal never came");
    $display("PASS %0d jobs", JOBS);
    $finish;
  end

  initial begin
    #100000000 $display("FAIL no end");
    $finish;
  end
