// variants: | -Ptb.BANKS=1 -Ptb.WINDOW=1 -Ptb.WORDS=5 -Ptb.SEED=2
// variants: -Ptb.LANES=3 -Ptb.WEIGHTS=2 -Ptb.CODE_W=3 -Ptb.ADVANCE_W=4 -Ptb.WORDS=12 -Ptb.WINDOW=4 -Ptb.SEED=3,
// variants: -Ptb.JOBS=40
// variants: -Ptb.BANKS=2 -Ptb.WINDOW=2 -Ptb.WORDS=4 -Ptb.SEED=4
// variants: -Ptb.LANES=2 -Ptb.WEIGHTS=3 -Ptb.CODE_W=5 -Ptb.WORDS=36 -Ptb.SEED=5 -Ptb.JOBS=30
// variants: -Ptb.BANKS=8 -Ptb.WINDOW=5 -Ptb.WORDS=64 -Ptb.SEED=6 -Ptb.JOBS=20
// lint: -GBANKS=4 -GWINDOW=3 | -GBANKS=1 -GWINDOW=1 -GWORDS=2
// lint: -GLANES=3 -GWEIGHTS=4 -GCODE_W=3 -GADVANCE_W=4 -GWORDS=12 -GBANKS=4 -GWINDOW=4 | -GBANKS=2 -GWINDOW=2 -GWORDS=4
// lint: -GLANES=16 -GWEIGHTS=16 -GCODE_W=5 -GWORDS=1024 -GBANKS=4 -GWINDOW=3 | -GBANKS=16 -GWINDOW=16 -GWORDS=48
// Random loop nests over panels of random length, played as plain loops into a list of word numbers. In every cycle: as
// many words are shown as the rule of the header says from the cycles in which words were complete, what they are, the
// weights a cycle later, and whether there is room. As many words as please chance are taken. Every third job has
// groups larger than the buffer.
`default_nettype none

module tb;

  parameter LANES     = 1;
  parameter WEIGHTS   = 1;
  parameter B_W       = 8;
  parameter CODE_W    = 0;
  parameter ADVANCE_W = 1;
  parameter WORDS     = 16;
  parameter BANKS     = 4;
  parameter WINDOW    = 3;
  parameter SEED      = 1;

  parameter  JOBS      = 60;
  localparam EXPECT    = 32768;
  localparam ROWS      = WORDS / BANKS;
  localparam COUNT_W   = $clog2(WINDOW + 1);
  localparam PART_W    = WEIGHTS * B_W;
  localparam PART_CODE = WEIGHTS * CODE_W > 0 ? WEIGHTS * CODE_W : 1;
  localparam WORD_CODE = LANES * PART_CODE;
  localparam WORD_W    = LANES * PART_W;
  localparam WORD_NZ   = LANES * WEIGHTS;

  reg                        clk = 1'b0;
  reg                        rst = 1'b1;
  reg                        start = 1'b0;
  reg  [31:0]                tiles, block_tiles, panels, group_panels;
  reg                        in_valid = 1'b0;
  wire                       in_ready;
  reg  [PART_W-1:0]          in_data;
  reg  [WEIGHTS-1:0]         in_nz;
  reg  [PART_CODE-1:0]       in_code;
  reg  [ADVANCE_W-1:0]       in_advance;
  reg                        in_last, in_straddle;
  reg  [COUNT_W-1:0]         need = 1'b1;
  reg  [COUNT_W-1:0]         take = 1'b0;
  wire                       short;
  wire [COUNT_W-1:0]         count;
  wire [WINDOW*WORD_NZ-1:0]  nz;
  wire [WINDOW*WORD_CODE-1:0] code;
  wire [WINDOW*ADVANCE_W-1:0] advance;
  wire [WINDOW-1:0]          last, straddle;
  wire [WINDOW*WORD_W-1:0]   data;

  lac_replay_banked #(
    .LANES     (LANES),
    .WEIGHTS   (WEIGHTS),
    .B_W       (B_W),
    .CODE_W    (CODE_W),
    .ADVANCE_W (ADVANCE_W),
    .WORDS     (WORDS),
    .BANKS     (BANKS),
    .WINDOW    (WINDOW)
  ) u_dut (
    .clk_i          (clk),
    .rst_i          (rst),
    .start_i        (start),
    .tiles_i        (tiles),
    .block_tiles_i  (block_tiles),
    .panels_i       (panels),
    .group_panels_i (group_panels),
    .in_valid_i     (in_valid),
    .in_ready_o     (in_ready),
    .in_data_i      (in_data),
    .in_nz_i        (in_nz),
    .in_code_i      (in_code),
    .in_advance_i   (in_advance),
    .in_last_i      (in_last),
    .in_straddle_i  (in_straddle),
    .need_i         (need),
    .short_o        (short),
    .count_o        (count),
    .take_i         (take),
    .nz_o           (nz),
    .code_o         (code),
    .advance_o      (advance),
    .last_o         (last),
    .straddle_o     (straddle),
    .data_o         (data)
  );

  always #5 clk = !clk;

  integer seed, job, cycle, parts, outs, expected, words, lane, in_stall, out_stall, want, before, j, number, rows_done,
          base;
  integer word_of [0:EXPECT-1];         // word number of each word played
  reg     stop_of [0:EXPECT-1];         // it ends a playing of its group
  reg     give_up [0:EXPECT-1];         // it is not played again
  integer base_of [0:EXPECT-1];         // row at which its group begins
  reg     last_of [0:EXPECT-1];         // by word number: ends a panel
  integer row_of  [0:EXPECT-1];         // row of banks, counted from the start
  reg     full_of [0:EXPECT-1];         // nothing comes behind it in its row
  integer done_at [0:EXPECT-1];         // cycle in which it was complete
  integer shown   [0:WINDOW-1];         // words shown in the cycle before
  reg     any_last, idle;

  task fail(input [8*40-1:0] why);
    begin
      $display("FAIL job %0d cycle %0d word %0d: %0s", job, cycle, outs, why);
      $finish;
    end
  endtask

  function integer random(input integer low, input integer high);
    random = low + $unsigned($random(seed)) % (high - low + 1);
  endfunction

  // Anything that tells words, parts and kinds apart.
  function [255:0] mixed(input integer kind, input integer number_of, input integer lane_of);
    reg [31:0] value;
    begin
      value = ((number_of * LANES + lane_of + 1) * 8 + kind + job * 7777) * 32'h9e3779b1;
      mixed = {8{value ^ (value >> 15)}};
    end
  endfunction

  task pick;
    begin
      tiles        = random(1, 7);
      block_tiles  = job % 3 == 2 ? 1 : random(1, tiles);
      panels       = random(1, 6);
      group_panels = random(1, panels < WORDS ? panels : WORDS);
    end
  endtask

  // Words of each panel, so that a group that is repeated fits; then the order of playing.
  task play;
    integer tile, block, panel, group, word, length, room, in_block, in_group, first, row, bank, first_row;
    begin
      {expected, words, row} = 0;
      for (block = 0; block < tiles; block = block + block_tiles) begin
        in_block = tiles - block < block_tiles ? tiles - block : block_tiles;
        for (group = 0; group < panels; group = group + group_panels) begin
          in_group  = panels - group < group_panels ? panels - group : group_panels;
          first     = words;
          first_row = row;
          room      = WORDS;
          bank      = 0;
          for (panel = 0; panel < in_group; panel = panel + 1) begin
            length = in_block == 1 ? random(1, WORDS)
                                   : random(1, panel == in_group - 1 && job % 3 == 1 ? room :
                                            1 + (room - in_group + panel) / 2);
            if (in_block > 1 && length > room - (in_group - 1 - panel)) length = room - (in_group - 1 - panel);
            if (in_block > 1 && job % 3 == 1 && panel == in_group - 1) length = room;   // just the whole buffer
            room = room - length;
            for (word = 0; word < length; word = word + 1) begin
              last_of[words] = word == length - 1;
              row_of[words]  = row;
              full_of[words] = bank == BANKS - 1 || (last_of[words] && panel == in_group - 1);
              bank           = full_of[words] ? 0 : bank + 1;
              row            = full_of[words] ? row + 1 : row;
              words          = words + 1;
            end
          end
          for (tile = 0; tile < in_block; tile = tile + 1)
            for (word = first; word < words; word = word + 1) begin
              word_of[expected] = word;
              stop_of[expected] = word == words - 1;
              give_up[expected] = tile == in_block - 1;
              base_of[expected] = first_row;
              expected          = expected + 1;
            end
        end
      end
    end
  endtask

  // ---------------------------------------------------------------- both ends

  always @(negedge clk) begin
    #1;
    if (!in_valid && !start && parts < words * LANES && random(0, 99) >= in_stall) in_valid = 1'b1;
    number      = parts / LANES;
    in_data     = in_valid ? mixed(0, number, parts % LANES) : {PART_W{1'bx}};
    in_nz       = in_valid ? mixed(1, number, parts % LANES) : {WEIGHTS{1'bx}};
    in_code     = in_valid ? mixed(2, number, parts % LANES) : {PART_CODE{1'bx}};
    in_advance  = in_valid && parts % LANES == LANES - 1 ? mixed(3, number, 0) : {ADVANCE_W{1'bx}};
    in_straddle = in_valid && parts % LANES == LANES - 1 ? mixed(4, number, 0) : 1'bx;
    in_last     = in_valid && parts % LANES == LANES - 1 ? last_of[number] : 1'bx;
    need        = random(1, WINDOW);
    #1 take     = random(0, 99) < out_stall || rst || start ? 0 : out_stall == 0 ? count : random(0, count);
  end

  task check_shown;
    begin
      want     = 0;
      any_last = 1'b0;
      while (want < WINDOW && outs + want < expected && done_at[word_of[outs+want]] + 2 <= cycle &&
             (want == 0 || !stop_of[outs+want-1])) begin
        if (last_of[word_of[outs+want]]) any_last = 1'b1;
        want = want + 1;
      end
      if (count !== want) fail("wrong count");
      if (short !== (want < need && !any_last)) fail("wrong short");
      for (j = 0; j < WINDOW; j = j + 1) begin
        number = j < want ? word_of[outs+j] : 0;
        if (last[j] !== (j < want && last_of[number])) fail("wrong last");
        if (straddle[j] !== (j < want && (mixed(4, number, 0) & 1'b1))) fail("wrong straddle");
        if (j < want && advance[j*ADVANCE_W +: ADVANCE_W] !== (mixed(3, number, 0) & {ADVANCE_W{1'b1}}))
          fail("wrong advance");
        for (lane = 0; j < want && lane < LANES; lane = lane + 1) begin
          if (nz[j*WORD_NZ+lane*WEIGHTS +: WEIGHTS] !== (mixed(1, number, lane) & {WEIGHTS{1'b1}}))
            fail("wrong nonzero bits");
          if (CODE_W > 0 && code[j*WORD_CODE+lane*PART_CODE +: PART_CODE] !==
              (mixed(2, number, lane) & {PART_CODE{1'b1}}))
            fail("wrong code");
        end
      end
    end
  endtask

  task check_data;   // of the words shown in the cycle before
    begin
      for (j = 0; j < before; j = j + 1)
        for (lane = 0; lane < LANES; lane = lane + 1)
          if (data[j*WORD_W+lane*PART_W +: PART_W] !== (mixed(0, shown[j], lane) & {PART_W{1'b1}}))
            fail("wrong weights");
      before = want;
      for (j = 0; j < want; j = j + 1) shown[j] = word_of[outs+j];
    end
  endtask

  task check_room;
    begin
      base = outs == expected ? row_of[words-1] + 1 : give_up[outs] ? row_of[word_of[outs]] : base_of[outs];
      if (in_ready !== (parts < words * LANES && rows_done - base < ROWS)) fail("wrong room");
    end
  endtask

  always @(posedge clk) begin
    cycle = cycle + 1;
    if (!rst && !start && !idle) begin
      check_shown;
      check_data;
      check_room;
      outs = outs + take;
      if (in_valid && in_ready) begin
        if (parts % LANES == LANES - 1) begin
          done_at[parts/LANES] = cycle;
          rows_done            = row_of[parts/LANES] + full_of[parts/LANES];
        end
        parts     = parts + 1;
        in_valid <= 1'b0;
      end
    end
  end

  task run;
    integer limit;
    begin
      idle = 1'b1;
      #1;
      pick;
      play;
      for (j = 0; j < words; j = j + 1) done_at[j] = 1 << 30;
      {parts, outs, before, rows_done} = 0;
      in_valid  = 1'b0;
      start     = 1'b1;
      in_stall  = job % 2 == 0 ? 0 : random(0, 80);
      out_stall = job % 4 < 2 ? 0 : random(0, 80);
      @(negedge clk);
      start = 1'b0;
      idle  = 1'b0;
      limit = job % 8 == 7 ? expected / 2 : expected;   // some jobs are cut short by the next start
      while (outs < limit) begin
        @(negedge clk);
        if (cycle > 1000000) fail("no end");
      end
      if (limit == expected) repeat (6) @(negedge clk);
    end
  endtask

  initial begin
    seed = SEED;
    {cycle, job, parts, outs, expected, words, in_stall, out_stall, before, rows_done} = 0;
    idle = 1'b1;
    repeat (2) @(negedge clk);
    rst = 1'b0;
    for (job = 0; job < JOBS; job = job + 1) run;
    $display("PASS %0d jobs, %0d cycles", JOBS, cycle);
    $finish;
  end

endmodule

`default_nettype wire
