// variants: | -Ptb.SET=4 -Ptb.ELEM_W=16 -Ptb.SEED=2 | -Ptb.SET=4 -Ptb.ELEM_W=4 -Ptb.SEED=3 | -Ptb.SET=8 -Ptb.SEED=4
// variants: -Ptb.SET=32 -Ptb.ELEM_W=4 -Ptb.SEED=5 | -Ptb.SET=64 -Ptb.SEED=6 -Ptb.JOBS=25
// variants: -Ptb.SET=128 -Ptb.ELEM_W=4 -Ptb.SEED=7 -Ptb.JOBS=10
// lint: -GSET=16 -GELEM_W=8 | -GSET=4 -GELEM_W=4 | -GSET=4 -GELEM_W=16 | -GSET=8 -GELEM_W=16 | -GSET=32 -GELEM_W=4
// lint: -GSET=128 -GELEM_W=4
// Jobs of random segments, dense or compressed, with stalls on all sides or none: the beats that A had leave, in order,
// with the last of each segment marked, one in every cycle where nothing stalls. Every third compressed job is not
// legal in one of eight ways: an error with the set's number, then silence until the next job.
`default_nettype none

module tb;

  parameter SET    = 16;
  parameter ELEM_W = 8;
  parameter SEED   = 1;
  parameter JOBS   = 100;

  localparam MAP    = (SET + 7) / 8;                       // bytes of a bitmap
  localparam MOST   = 48;                                  // sets of a job
  localparam LEGAL = 0, EMPTY = 1, PAST_SET = 2, PAST_ELEM = 3, FILLED = 4, FEWER = 5, MORE = 6, SHORT = 7, LONG = 8;
  localparam NEVER  = SET < 8 ? -1 : FILLED;

  `include "a_sets.vh"

  lac_a_unpack #(
    .ELEM_W       (ELEM_W),
    .SET          (SET)
  ) u_dut (
    .clk_i        (clk),
    .rst_i        (rst),
    .start_i      (start),
    .compressed_i (compressed),
    .zero_i       (zero),
    .elems_i      (elems),
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

  integer in_segment, tile;   // tile: the bit of the metadata where its byte begins
  reg     any, sparse;

  // ---------------------------------------------------------------- a set

  task make_set(input integer number);
    begin
      in_segment = number % segment_sets;
      any        = 1'b0;
      if (in_segment % 8 == 0) begin
        tile   = begins;
        begins = begins + 8;
      end
      sparse = random(0, 2) == 0;
      for (i = 0; i < SET; i = i + 1) begin
        elem = zero;
        if (!sparse && random(0, 99) < density && in_segment * SET + i < elems) elem = $random(seed);
        beats[number][i*ELEM_W +: ELEM_W] = elem;
        if (elem != zero) begin
          values[total*ELEM_W +: ELEM_W] = elem;
          meta[begins+i] = 1'b1;
          total = total + 1;
          any   = 1'b1;
        end
      end
      if (number == spoilt && kind >= EMPTY && kind <= FILLED) spoil(number);
      if (any) begin
        meta[tile+in_segment%8] = 1'b1;
        begins = begins + 8 * MAP;
      end
    end
  endtask

  // The set at hand is made illegal, if it can be; its segment's last one is, if need be.
  task spoil(input integer number);
    begin
      case (kind)
        EMPTY: begin
          if (any) kind = LEGAL;
          any = 1'b1;
        end
        PAST_SET: begin
          if (in_segment != segment_sets - 1 || in_segment % 8 == 7) kind = LEGAL;
          else meta[tile+random(in_segment%8+1, 7)] = 1'b1;
        end
        PAST_ELEM: begin
          if (in_segment != segment_sets - 1 || elems == stride || !any) kind = LEGAL;
          else meta[begins+random(elems-in_segment*SET, SET-1)] = 1'b1;
        end
        default: begin
          if (SET >= 8 || !any) kind = LEGAL;
          else meta[begins+random(SET, 7)] = 1'b1;
        end
      endcase
    end
  endtask

  task pick;
    integer number;
    begin
      compressed   = job % 4 != 0;
      kind         = compressed && job % 3 == 0 ? 1 + job / 3 % 9 % 8 : LEGAL;
      zero         = random(0, 1) ? $random(seed) : 0;
      segment_sets = random(0, 2) == 0 ? random(1, 3) : random(1, 24);
      segments     = random(1, MOST / segment_sets);
      sets         = segments * segment_sets;
      stride       = segment_sets * SET;
      elems        = stride - random(0, 1) * random(0, SET - 1);
      density      = random(0, 3) ? random(0, 100) : random(0, 1) * 100;
      stall        = random(0, 1) ? 0 : random(0, 70);
      {total, begins, sent_a, sent_m, taken, errors, quiet, cycles} = 0;
      values = {BITS{1'b0}};
      meta   = {BITS{1'b0}};
      spoilt = kind == PAST_SET || kind == PAST_ELEM ? segment_sets * random(1, segments) - 1 : random(0, sets - 1);
      for (number = 0; number < sets; number = number + 1) begin
        make_set(number);
        values_by[number] = total;
        bytes_by[number]  = begins / 8;
      end
      miscount;
    end
  endtask

endmodule

`default_nettype wire
