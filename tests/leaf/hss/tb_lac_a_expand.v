// variants: | -Ptb.SET=4 -Ptb.ELEM_W=16 -Ptb.HEAD=1 -Ptb.SEED=2 | -Ptb.SET=8 -Ptb.HEAD=1 -Ptb.SEED=3
// variants: -Ptb.SET=32 -Ptb.ELEM_W=4 -Ptb.HEAD=5 -Ptb.SEED=4 | -Ptb.SET=64 -Ptb.HEAD=11 -Ptb.SEED=5 -Ptb.JOBS=20
// variants: -Ptb.SET=128 -Ptb.ELEM_W=4 -Ptb.HEAD=25 -Ptb.SEED=6 -Ptb.JOBS=10
// lint: -GSET=16 -GELEM_W=8 -GHEAD=2 | -GSET=4 -GELEM_W=8 -GHEAD=1 | -GSET=8 -GELEM_W=16 -GHEAD=1
// lint: -GSET=32 -GELEM_W=4 -GHEAD=5 | -GSET=128 -GELEM_W=4 -GHEAD=25 | -GSET=64 -GELEM_W=8 -GHEAD=11
// lint: -GSET=32 -GELEM_W=16 -GHEAD=5 | -GSET=8 -GELEM_W=4 -GHEAD=1
// lint lac_a_set: -GSET=4 -GELEM_W=8 -GHEAD=1 | -GSET=8 -GELEM_W=4 -GHEAD=1 | -GSET=16 -GELEM_W=16 -GHEAD=2
// lint lac_a_set: -GSET=128 -GELEM_W=4 -GHEAD=25
// Jobs of random segments, dense or compressed, with stalls on all sides or none: the beats that A had leave, in order,
// with the last of each segment marked, one in every cycle where nothing stalls. Every third compressed job is not
// legal in one of seven ways: an error with the set's number, then silence.
`default_nettype none

module tb;

  parameter SET    = 16;
  parameter ELEM_W = 8;
  parameter HEAD   = 2;
  parameter SEED   = 1;
  parameter JOBS   = 100;

  localparam BLOCKS = SET / 4;
  localparam BYTES  = SET * ELEM_W / 8;
  localparam CNT_W  = $clog2(SET + 1);
  localparam MOST   = 48;                                  // sets of a job
  localparam BITS   = (MOST + 2) * SET * ELEM_W;           // of a stream
  localparam LEGAL = 0, COUNT = 1, END = 2, OFFSET = 3, FEWER = 4, MORE = 5, SHORT = 6, LONG = 7;

  reg                   clk = 1'b0;
  reg                   rst = 1'b1;
  reg                   start = 1'b0, compressed = 1'b0;
  reg  [ELEM_W-1:0]     zero;
  reg  [31:0]           stride, segments, value_count, meta_bytes;
  reg                   a_valid = 1'b0, m_valid = 1'b0, out_ready = 1'b0;
  reg                   a_last;
  reg  [SET*ELEM_W-1:0] a_data, m_data;
  wire                  a_ready, m_ready, out_valid, out_last, error;
  wire [SET*ELEM_W-1:0] out_data;
  wire [31:0]           error_pos;

  lac_a_expand #(
    .ELEM_W       (ELEM_W),
    .SET          (SET),
    .HEAD         (HEAD)
  ) u_dut (
    .clk_i        (clk),
    .rst_i        (rst),
    .start_i      (start),
    .compressed_i (compressed),
    .zero_i       (zero),
    .stride_i     (stride),
    .segments_i   (segments),
    .values_i     (value_count),
    .meta_bytes_i (meta_bytes),
    .a_valid_i    (a_valid),
    .a_ready_o    (a_ready),
    .a_data_i     (a_data),
    .a_last_i     (a_last),
    .m_valid_i    (m_valid),
    .m_ready_o    (m_ready),
    .m_data_i     (m_data),
    .out_valid_o  (out_valid),
    .out_ready_i  (out_ready),
    .out_data_o   (out_data),
    .out_last_o   (out_last),
    .error_o      (error),
    .error_pos_o  (error_pos)
  );

  always #5 clk = !clk;

  integer seed, job, kind, sets, segment_sets, density, stall, spoilt, sent_a, sent_m, taken, errors, quiet, cycles, i,
          block, count, at, total;
  integer begins;                          // bit of a set's metadata
  integer values_by [0:MOST-1], bytes_by [0:MOST-1];   // up to the end of a set
  reg                   a_moved, m_moved, moved;
  reg [BITS-1:0]        values, meta;
  reg [SET*ELEM_W-1:0]  beats [0:MOST-1];

  task fail(input [8*40-1:0] why);
    begin
      $display("FAIL job %0d kind %0d beat %0d: %0s", job, kind, taken, why);
      $finish;
    end
  endtask

  function integer random(input integer low, input integer high);
    random = low + $unsigned($random(seed)) % (high - low + 1);
  endfunction

  // ---------------------------------------------------------------- a set

  task put(input integer bit_at, input integer value, input integer width);
    integer n;
    for (n = 0; n < width; n = n + 1) meta[bit_at+n] = value >> n;
  endtask

  function integer end_bit(input integer of);
    integer n;
    begin
      end_bit = CNT_W;
      for (n = 0; n < of; n = n + 1) end_bit = end_bit + $clog2(4 * n + 5);
    end
  endfunction

  function integer end_width(input integer of);
    end_width = $clog2(4 * of + 5);
  endfunction

  function integer end_of(input integer of);   // the set at hand
    integer n;
    begin
      end_of = of == BLOCKS - 1 ? count : 0;
      for (n = 0; of >= 0 && of < BLOCKS - 1 && n < end_width(of); n = n + 1)
        end_of = end_of | meta[begins+end_bit(of)+n] << n;
    end
  endfunction

  reg [ELEM_W-1:0] elem;

  task make_set(input integer number);
    begin
      count = 0;
      for (i = 0; i < SET; i = i + 1) begin
        elem = zero;
        if (random(0, 99) < density) elem = $random(seed);
        beats[number][i*ELEM_W +: ELEM_W] = elem;
        if (elem != zero) begin
          values[total*ELEM_W +: ELEM_W] = elem;
          put(begins + 8 * HEAD + 2 * count, i, 2);
          total = total + 1;
          count = count + 1;
        end
        if (i % 4 == 3 && i < SET - 1) put(begins + end_bit(i / 4), count, end_width(i / 4));
      end
      put(begins, count, CNT_W);
    end
  endtask

  // The set at hand is made illegal, if it can be.
  task spoil;
    begin
      case (kind)
        COUNT: put(begins, random(SET + 1, (1 << CNT_W) - 1), CNT_W);
        END: begin    // a block but the last ends past the next one, or has five values
          block = random(0, BLOCKS - 2);
          at    = SET == 4 ? 0 : random(0, 1) ? end_of(block - 1) + 5 : end_of(block + 1) + 1;
          if (SET > 4 && at < 1 << end_width(block)) put(begins + end_bit(block), at, end_width(block));
          else kind = LEGAL;
        end
        default: if (random(0, 1)) begin    // an offset past the last one, or a bit past the last end
          at = count % 4 != 0 && random(0, 1) ? begins + 8 * HEAD + 2 * count : begins + end_bit(BLOCKS - 1);
          if (at < begins + 8 * HEAD || count % 4 != 0 && at >= begins + 8 * HEAD + 2 * count) put(at, 1, 1);
          else kind = LEGAL;
        end else begin    // the first block's second value stands no later than its first
          at = begins + 8 * HEAD;
          if (end_of(0) > 1) put(at + 2, random(0, meta[at +: 2]), 2);
          else kind = LEGAL;
        end
      endcase
    end
  endtask

  task pick;
    integer number;
    begin
      compressed   = job % 4 != 0;
      kind         = compressed && job % 3 == 0 ? 1 + job / 3 % 7 : LEGAL;
      zero         = random(0, 1) ? $random(seed) : 0;
      segment_sets = random(1, 6);
      segments     = random(1, MOST / segment_sets);
      sets         = segments * segment_sets;
      stride       = segment_sets * SET;
      density      = random(0, 3) ? random(0, 100) : random(0, 1) * 100;
      stall        = random(0, 1) ? 0 : random(0, 70);
      {total, begins, sent_a, sent_m, taken, errors, quiet, cycles} = 0;
      values = {BITS{1'b0}};
      meta   = {BITS{1'b0}};
      spoilt = random(0, sets - 1);
      for (number = 0; number < sets; number = number + 1) begin
        make_set(number);
        if (number == spoilt && kind >= COUNT && kind <= OFFSET) spoil;
        begins = begins + 8 * HEAD + (count + 3) / 4 * 8;
        values_by[number] = total;
        bytes_by[number]  = begins / 8;
      end
      if (kind == FEWER && total == 0) kind = LEGAL;
      value_count = kind == FEWER ? random(0, total - 1) : total + (kind == MORE);
      meta_bytes  = kind == SHORT ? random(0, begins / 8 - 1) : begins / 8 + (kind == LONG);
      if (kind >= FEWER) spoilt = 0;
      while (kind >= FEWER && spoilt < sets - 1 && values_by[spoilt] <= value_count && bytes_by[spoilt] <= meta_bytes)
        spoilt = spoilt + 1;
    end
  endtask

  // ---------------------------------------------------------------- both ends

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

  initial begin
    seed = SEED;
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
    $display("PASS %0d jobs", JOBS);
    $finish;
  end

  initial begin
    #100000000 $display("FAIL no end");
    $finish;
  end

endmodule

`default_nettype wire
