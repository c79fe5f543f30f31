// variants: | -Ptb.SET=4 -Ptb.ELEM_W=16 -Ptb.HEAD=1 -Ptb.SEED=2 | -Ptb.SET=8 -Ptb.HEAD=1 -Ptb.SEED=3
// variants: -Ptb.SET=32 -Ptb.ELEM_W=4 -Ptb.HEAD=5 -Ptb.SEED=4 | -Ptb.SET=64 -Ptb.HEAD=11 -Ptb.SEED=5 -Ptb.JOBS=20
// variants: -Ptb.SET=128 -Ptb.ELEM_W=4 -Ptb.HEAD=25 -Ptb.SEED=6 -Ptb.JOBS=10
// lint: -GSET=16 -GELEM_W=8 -GHEAD=2 | -GSET=4 -GELEM_W=8 -GHEAD=1 | -GSET=8 -GELEM_W=16 -GHEAD=1
// lint: -GSET=32 -GELEM_W=4 -GHEAD=5 | -GSET=128 -GELEM_W=4 -GHEAD=25 | -GSET=64 -GELEM_W=8 -GHEAD=11
// lint: -GSET=32 -GELEM_W=16 -GHEAD=5 | -GSET=8 -GELEM_W=4 -GHEAD=1
// lint lac_a_set: -GSET=4 -GELEM_W=8 -GHEAD=1 | -GSET=8 -GELEM_W=4 -GHEAD=1 | -GSET=16 -GELEM_W=16 -GHEAD=2
// lint lac_a_set: -GSET=128 -GELEM_W=4 -GHEAD=25
// lint lac_set_beats: -GELEM_W=8 -GSET=16 | -GELEM_W=4 -GSET=128 | -GELEM_W=16 -GSET=4
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
  localparam CNT_W  = $clog2(SET + 1);
  localparam MOST   = 48;                                  // sets of a job
  localparam LEGAL = 0, COUNT = 1, END = 2, OFFSET = 3, FEWER = 4, MORE = 5, SHORT = 6, LONG = 7;
  localparam NEVER  = SET == 4 ? END : -1;

  `include "a_sets.vh"

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

  integer block, count, at;

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
      miscount;
    end
  endtask

endmodule

`default_nettype wire
