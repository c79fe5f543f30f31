// variants: -Ptb.PARTS=3 -Ptb.WEIGHTS=2 -Ptb.DIST_W=2 -Ptb.SIDE_W=1 -Ptb.ACROSS_W=2 -Ptb.ADVANCE_W=3 -Ptb.B_D1=3,
// variants: -Ptb.B_D2=1 -Ptb.B_D3=2 -Ptb.AB_D1=2 -Ptb.AB_D3=1 -Ptb.RUN_ON=1
// variants: -Ptb.DIST_W=4 -Ptb.ACROSS_W=1 -Ptb.ADVANCE_W=4 -Ptb.B_D1=8 -Ptb.B_D3=1 -Ptb.AB_D1=2 -Ptb.AB_D3=1,
// variants: -Ptb.SEED=2
// variants: -Ptb.PARTS=2 -Ptb.WEIGHTS=3 -Ptb.DIST_W=1 -Ptb.ADVANCE_W=2 -Ptb.B_D1=1 -Ptb.SEED=3
// variants: -Ptb.WEIGHTS=2 -Ptb.SIDE_W=2 -Ptb.ADVANCE_W=1 -Ptb.B_D2=2 -Ptb.SEED=4
// variants: -Ptb.META=0 -Ptb.DIST_W=1 -Ptb.PARTS=2 -Ptb.WEIGHTS=3 -Ptb.SEED=5
// lint: -GM_W=0
// lint: -GPARTS=2 -GWEIGHTS=4 -GM_W=24 -GDIST_W=3 -GACROSS_W=1 -GADVANCE_W=4 -GB_D1=5 -GB_D3=1 -GAB_D1=2 -GAB_D3=1,
// lint: -GRUN_ON=1
// lint: -GM_W=16 -GDIST_W=4 -GSIDE_W=1 -GACROSS_W=1 -GADVANCE_W=5 -GB_D1=15 -GB_D3=1 -GB_D2=1
// lint: -GWEIGHTS=2 -GM_W=8 -GSIDE_W=1 -GB_D2=1 -GADVANCE_W=1
// lint: -GWEIGHTS=4 -GM_W=16 -GDIST_W=2 -GB_D1=2 -GAB_D1=2 -GADVANCE_W=2
// Panels of random words, made legal field by field, in each mode, with stalls on all sides: every part must come
// through once, with its nonzero bits, codes and header. Then one field is spoilt in a word of most jobs of modes b and
// ab: the words before it must come through, the error must name the word, and nothing may pass afterwards.
`default_nettype none

module tb;

  parameter PARTS     = 1;
  parameter WEIGHTS   = 1;
  parameter DIST_W    = 0;
  parameter SIDE_W    = 0;
  parameter ACROSS_W  = 0;
  parameter ADVANCE_W = 1;
  parameter B_D1      = 0;
  parameter B_D2      = 0;
  parameter B_D3      = 0;
  parameter AB_D1     = 0;
  parameter AB_D2     = 0;
  parameter AB_D3     = 0;
  parameter RUN_ON    = 0;
  parameter META      = 1;   // 0: an engine that reads none
  parameter SEED      = 1;

  localparam B_W     = 8;
  localparam JOBS    = 400;
  localparam WORDS   = 40;
  localparam CODE_W  = DIST_W + SIDE_W + ACROSS_W;
  localparam CODES_W = META ? WEIGHTS * CODE_W : 1;
  localparam M_W     = (CODES_W + ADVANCE_W + 2 + 7) / 8 * 8;

  reg                    clk = 1'b0;
  reg                    rst = 1'b1;
  reg                    start = 1'b0;
  reg  [1:0]             mode = 2'd0;
  reg  [31:0]            steps = 32'd1;
  reg                    b_valid = 1'b0, m_valid = 1'b0, out_ready = 1'b0;
  wire                   b_ready, m_ready, out_valid, meta_late, error;
  reg  [WEIGHTS*B_W-1:0] b_data;
  reg  [M_W-1:0]         m_data;
  wire [WEIGHTS*B_W-1:0] out_data;
  wire [WEIGHTS-1:0]     out_nz;
  wire [CODES_W-1:0]     out_code;
  wire [ADVANCE_W-1:0]   out_advance;
  wire                   out_last, out_straddle;
  wire [31:0]            error_pos;

  lac_b_join #(
    .PARTS     (PARTS),
    .WEIGHTS   (WEIGHTS),
    .B_W       (B_W),
    .DIST_W    (DIST_W),
    .SIDE_W    (SIDE_W),
    .ACROSS_W  (ACROSS_W),
    .ADVANCE_W (ADVANCE_W),
    .M_W       (META ? M_W : 0),
    .B_D1      (B_D1),
    .B_D2      (B_D2),
    .B_D3      (B_D3),
    .AB_D1     (AB_D1),
    .AB_D2     (AB_D2),
    .AB_D3     (AB_D3),
    .RUN_ON    (RUN_ON)
  ) u_dut (
    .clk_i          (clk),
    .rst_i          (rst),
    .start_i        (start),
    .mode_i         (mode),
    .steps_i        (steps),
    .b_valid_i      (b_valid),
    .b_ready_o      (b_ready),
    .b_data_i       (b_data),
    .m_valid_i      (m_valid),
    .m_ready_o      (m_ready),
    .m_data_i       (m_data[(META ? M_W : 1)-1:0]),
    .out_valid_o    (out_valid),
    .out_ready_i    (out_ready),
    .out_data_o     (out_data),
    .out_nz_o       (out_nz),
    .out_code_o     (out_code),
    .out_advance_o  (out_advance),
    .out_last_o     (out_last),
    .out_straddle_o (out_straddle),
    .meta_late_o    (meta_late),
    .error_o        (error),
    .error_pos_o    (error_pos)
  );

  always #5 clk = !clk;

  integer seed, job, cycle, words, word, part, weight, bad_word, kind, b_part, m_part, outs, stall, errors, quiet;
  integer d1, d2, d3, dist, side, across, reach, left;
  reg                   may_pass;
  reg                   spoilt;   // the kind of offence could be made
  reg [7:0]             weight_of [0:WORDS*PARTS*WEIGHTS-1];
  reg [31:0]            code_of   [0:WORDS*PARTS*WEIGHTS-1];
  reg [M_W-1:0]         meta_of   [0:WORDS*PARTS-1];
  reg [ADVANCE_W-1:0]   advance_of [0:WORDS-1];
  reg                   last_of [0:WORDS-1];
  reg                   straddle_of [0:WORDS-1];

  task fail(input [8*40-1:0] why);
    begin
      $display("FAIL job %0d mode %0d kind %0d cycle %0d part %0d: %0s", job, mode, kind, cycle, outs, why);
      $finish;
    end
  endtask

  function integer random(input integer low, input integer high);
    random = low + $unsigned($random(seed)) % (high - low + 1);
  endfunction

  // ---------------------------------------------------------------- a job

  // Offences: 0 none, 1 step too far, 2 lane too far, 3 column too far, 4 code of a zero, 5 advance 0, 6 advance too
  //      far, 7 straddle
  // out of place, 8 not last though the panel ends, 9 header in a later part, 10 last though steps are left, 11 steps
  // of the next panel.
  task make_weight(input integer at, input integer offence);
    begin
      weight_of[at] = random(0, 2) == 0 ? 0 : random(1, 255);
      dist          = random(0, d1);
      side          = random(0, d2);
      reach         = straddle_of[word] ? 1 : d3;
      across        = random(0, reach);
      if (offence >= 1 && offence <= 3) weight_of[at] = 1;
      if (offence == 4) weight_of[at] = 0;
      if (offence == 1) dist = d1 + 1;
      if (offence == 2) side = d2 + 1;
      if (offence == 3) across = reach + 1;
      if (dist >= 1 << DIST_W) dist = 0;   // what the field can't say is no offence
      if (side >= 1 << SIDE_W) side = 0;
      if (across >= 1 << ACROSS_W) across = 0;
      if (dist > d1 || side > d2 || across > reach) spoilt = 1'b1;
      code_of[at] = weight_of[at] == 0 ? 0 : ((across << SIDE_W | side) << DIST_W) | dist;
      if (offence == 4) {spoilt, code_of[at]} = {1'b1, 32'd1};
    end
  endtask

  // `left`: steps of the panel still to give up. Where words may straddle, a last one may give up steps of the next
  // panel, but its end.
  task make_header(input integer offence);
    begin
      advance_of[word] = random(1, 1 + d1 < left || may_pass && 1 + d1 < left + steps ? 1 + d1 : left);
      last_of[word]    = advance_of[word] >= left;
      if (offence == 5) {spoilt, advance_of[word]} = {1'b1, {ADVANCE_W{1'b0}}};
      if (offence == 6 && d1 + 2 < 1 << ADVANCE_W) begin
        spoilt           = 1'b1;
        advance_of[word] = d1 + 2;
      end
      if (offence == 7 && !may_pass) {spoilt, straddle_of[word]} = 2'b11;
      if (offence == 8 && last_of[word]) {spoilt, last_of[word]} = 2'b10;
      if (offence == 10 && !last_of[word]) {spoilt, last_of[word]} = 2'b11;
      if (offence == 11 && d1 >= left && !may_pass) begin
        spoilt           = 1'b1;
        last_of[word]    = random(0, 1);
        advance_of[word] = left + 1;
      end
    end
  endtask

  task make_word(input integer offence);
    integer where, at;
    begin
      straddle_of[word] = may_pass && random(0, 1);
      where             = random(0, PARTS * WEIGHTS - 1);
      make_header(offence);
      for (part = 0; part < PARTS; part = part + 1) begin
        at          = word * PARTS + part;
        meta_of[at] = 0;
        if (offence == 12 && part == where / WEIGHTS && M_W > CODES_W + ADVANCE_W + 2) begin   // a bit that fills it up
          spoilt      = 1'b1;
          meta_of[at] = 1 << random(CODES_W + ADVANCE_W + 2, M_W - 1);
        end
        for (weight = 0; weight < WEIGHTS; weight = weight + 1) begin
          make_weight(at * WEIGHTS + weight, part * WEIGHTS + weight == where ? offence : 0);
          meta_of[at] = meta_of[at] | code_of[at*WEIGHTS+weight] << weight * CODE_W;
        end
        if (part == 0) meta_of[at] = meta_of[at] | {straddle_of[word], last_of[word], advance_of[word]} << CODES_W;
        if (offence == 9 && part == PARTS - 1 && part > 0) begin
          spoilt      = 1'b1;
          meta_of[at] = meta_of[at] | 1 << CODES_W + random(0, ADVANCE_W + 1);
        end
      end
      left = last_of[word] ? left + steps - advance_of[word] : left - advance_of[word];
    end
  endtask

  task make_plain;   // modes dense and a
    begin
      {straddle_of[word], last_of[word]} = {1'b0, left == 1};
      advance_of[word] = 1;
      for (weight = 0; weight < PARTS * WEIGHTS; weight = weight + 1) begin
        weight_of[word*PARTS*WEIGHTS+weight] = random(0, 1) * random(0, 255);
        code_of[word*PARTS*WEIGHTS+weight]   = 0;
      end
      left = left == 1 ? steps : left - 1;
    end
  endtask

  task make_job;
    begin
      mode     = META ? job : job & 1;
      kind     = mode[1] ? random(0, 12) : 0;
      steps    = random(1, 12);
      words    = random(1, WORDS);
      bad_word = kind == 0 ? words : random(0, words - 1);
      may_pass = RUN_ON == 1 && mode == 2;
      d1       = mode[0] ? AB_D1 : B_D1;
      d2       = mode[0] ? AB_D2 : B_D2;
      d3       = mode[0] ? AB_D3 : B_D3;
      stall    = random(0, 2) * 35;
      left     = steps;
      spoilt   = 1'b0;
      for (word = 0; word < words; word = word + 1)
        if (mode[1]) make_word(word == bad_word ? kind : 0);
        else make_plain;
      if (!spoilt) bad_word = words;
    end
  endtask

  // ---------------------------------------------------------------- all three sides

  always @(negedge clk) begin
    #1;
    if (!b_valid && b_part < words * PARTS && random(0, 99) >= stall) b_valid = 1'b1;
    if (!m_valid && mode[1] && m_part < words * PARTS && random(0, 99) >= stall) m_valid = 1'b1;
    out_ready = random(0, 99) >= stall;
    b_data    = {WEIGHTS * B_W{1'bx}};
    for (weight = 0; b_valid && weight < WEIGHTS; weight = weight + 1)
      b_data[weight*B_W +: B_W] = weight_of[b_part*WEIGHTS+weight];
    m_data    = m_valid ? meta_of[m_part] : {M_W{1'bx}};
  end

  task check_part;
    begin
      word = outs / PARTS;
      if (word >= bad_word && (errors > 0 || word > bad_word)) fail("part of a word after the offence");
      for (weight = 0; weight < WEIGHTS; weight = weight + 1) begin
        if (out_nz[weight] !== (weight_of[outs*WEIGHTS+weight] != 0)) fail("wrong nonzero bit");
        if (META && out_code[weight*CODE_W +: CODE_W] !== code_of[outs*WEIGHTS+weight][CODE_W-1:0]) fail("wrong code");
      end
      if (out_data !== b_data) fail("wrong weights");
      if (out_advance !== advance_of[word] || out_last !== last_of[word] || out_straddle !== straddle_of[word])
        fail("wrong header");
      if (word == bad_word && outs % PARTS == PARTS - 1) fail("word with an offence came through");
    end
  endtask

  always @(posedge clk) begin
    cycle = cycle + 1;
    if (!rst && !start) begin
      if (meta_late !== (b_valid && mode[1] && !m_valid)) fail("wrong meta_late");
      if ((b_valid && b_ready) !== (out_valid && out_ready)) fail("B taken alone");
      if (mode[1] && (m_valid && m_ready) !== (out_valid && out_ready)) fail("metadata taken alone");
      if (!mode[1] && m_ready !== 1'b0) fail("metadata taken without use");
      quiet = out_valid ? 0 : quiet + 1;
      if (error) begin
        errors = errors + 1;
        if (errors > 1 || error_pos !== bad_word) fail("wrong error");
      end
      if (b_valid && (m_valid || !mode[1]) && !out_valid && errors == 0) fail("no part where both are there");
      if (out_valid && out_ready) begin
        check_part;
        outs     = outs + 1;
        b_part   = b_part + 1;
        m_part   = m_part + 1;
        b_valid <= 1'b0;
        m_valid <= 1'b0;
      end
    end
  end

  initial begin
    seed = SEED;
    {cycle, words, b_part, m_part, outs, stall, errors, quiet} = 0;
    repeat (2) @(negedge clk);
    rst = 1'b0;
    for (job = 0; job < JOBS; job = job + 1) begin
      start = 1'b1;
      words = 0;
      {b_valid, m_valid} = 0;
      @(negedge clk);
      make_job;   // before the start, as registers are
      @(negedge clk);
      {b_part, m_part, outs, errors, quiet} = 0;
      start = 1'b0;
      while (outs < words * PARTS && quiet < 60) @(negedge clk);
      if (errors != (bad_word < words)) fail("an offence and its error do not match");
      if (errors == 0 && outs < words * PARTS) fail("stuck");
    end
    $display("PASS %0d jobs, %0d cycles", JOBS, cycle);
    $finish;
  end

endmodule

`default_nettype wire
