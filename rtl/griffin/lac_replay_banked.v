// Plays words of B as often as the loop nest needs them, and shows several of them at once.
//
// Why: this is lac_replay with a window. An engine that looks past the oldest word must see the words behind it in the
// same cycle, and may consume several. So word i of a group lies in bank i mod BANKS, each bank has a word ready, and
// the window is the banks rotated. Metadata come first, because they decide how many words are consumed. The weights
// follow a cycle later, when they are multiplied, so the output registers of the memories are the only storage behind
// them.
//
// Order, for every (block, group) of lac_tile_loop: for tile in block: for panel in group: for word in panel. A panel
//   ends with the word that is `last`. A group begins at bank 0; places it leaves empty in its last row of banks count
//   as words held. Rows of banks are consumed in the group's last playing, so the next group arrives while this one is
//   played.
// Parameters:
//   LANES      words arrive in this many parts, first part lowest
//   WEIGHTS    weights per part
//   B_W        bits of a weight
//   CODE_W     bits of a weight's code; may be 0, then code ports have one idle bit
//   ADVANCE_W  bits of an advance
//   WORDS      capacity, a multiple of BANKS, at least 2 * BANKS
//   BANKS      a power of two
//   WINDOW     words shown at most, 1 to BANKS
//   the others are derived; do not set them
// Handshake:
//   in_* is ready/valid
//   in_advance_i, in_last_i and in_straddle_i count with the last part of a word
//   count_o says how many words are shown, oldest first, never past the end of a group
//   take_i <= count_o is how many are consumed at the end of the cycle, and none behind a word that is the last of the
//     group
//   data_o shows in cycle t + 1 the words that were shown in cycle t
//   short_o: fewer than need_i words are shown, and none of these is the last of its panel. A group that is played more
//     than once must fit, empty places included, else it never comes to its second playing (watchdog).
// Latency: a part that completes a word at cycle t shows the word at cycle t + 2. Shown in cycle t + 1 is what was
//   complete before cycle t at the first WINDOW places from the new head on; no cycle is lost between playings or
//   groups.
// After reset: empty. No words are taken before start_i.

`default_nettype none

module lac_replay_banked #(
  parameter LANES     = 1,
  parameter WEIGHTS   = 1,
  parameter B_W       = 8,
  parameter CODE_W    = 0,
  parameter ADVANCE_W = 1,
  parameter WORDS     = 8,
  parameter BANKS     = 4,
  parameter WINDOW    = 3,
  parameter PART_CODE = WEIGHTS * CODE_W > 0 ? WEIGHTS * CODE_W : 1,
  parameter WORD_CODE = LANES * PART_CODE,
  parameter COUNT_W   = $clog2(WINDOW + 1)
) (
  input  wire                                clk_i,
  input  wire                                rst_i,

  input  wire                                start_i,
  input  wire [31:0]                         tiles_i,
  input  wire [31:0]                         block_tiles_i,
  input  wire [31:0]                         panels_i,
  input  wire [31:0]                         group_panels_i,

  input  wire                                in_valid_i,
  output wire                                in_ready_o,
  input  wire [WEIGHTS*B_W-1:0]              in_data_i,
  input  wire [WEIGHTS-1:0]                  in_nz_i,
  input  wire [PART_CODE-1:0]                in_code_i,
  input  wire [ADVANCE_W-1:0]                in_advance_i,
  input  wire                                in_last_i,
  input  wire                                in_straddle_i,

  input  wire [COUNT_W-1:0]                  need_i,
  output wire                                short_o,
  output wire [COUNT_W-1:0]                  count_o,
  input  wire [COUNT_W-1:0]                  take_i,
  output wire [WINDOW*LANES*WEIGHTS-1:0]     nz_o,
  output wire [WINDOW*WORD_CODE-1:0]         code_o,
  output wire [WINDOW*ADVANCE_W-1:0]         advance_o,
  output wire [WINDOW-1:0]                   last_o,
  output wire [WINDOW-1:0]                   straddle_o,
  output wire [WINDOW*LANES*WEIGHTS*B_W-1:0] data_o
);

  localparam ROWS       = WORDS / BANKS;
  localparam ROW_W      = $clog2(ROWS);
  localparam BANK_W     = BANKS > 1 ? $clog2(BANKS) : 1;
  localparam SUM_W      = BANK_W + 2;               // of a place past the head's row
  localparam OFFSET_W   = ROW_W + 2;                // of rows held, and two more
  localparam LANE_CNT_W = LANES > 1 ? $clog2(LANES) : 1;
  localparam HEADER_W   = ADVANCE_W + 3;            // advance, straddle, last, end of the group
  localparam WORD_NZ    = LANES * WEIGHTS;
  localparam WORD_DATA  = LANES * WEIGHTS * B_W;

  localparam [31:0]           ROWS_32      = ROWS;
  localparam [31:0]           ROW_LAST_32  = ROWS - 1;
  localparam [31:0]           BANKS_32     = BANKS;
  localparam [31:0]           BANK_LAST_32 = BANKS - 1;
  localparam [31:0]           LANE_LAST_32 = LANES - 1;
  localparam [OFFSET_W-1:0]   FULL         = ROWS_32[OFFSET_W-1:0];
  localparam [ROW_W-1:0]      ROW_LAST     = ROW_LAST_32[ROW_W-1:0];
  localparam [SUM_W-1:0]      SUM_ROW      = BANKS_32[SUM_W-1:0];
  localparam [BANK_W-1:0]     BANK_LAST    = BANK_LAST_32[BANK_W-1:0];
  localparam [LANE_CNT_W-1:0] LANE_LAST    = LANE_LAST_32[LANE_CNT_W-1:0];
  localparam [OFFSET_W-1:0]   ONE_ROW      = {{(OFFSET_W - 1) {1'b0}}, 1'b1};
  localparam [OFFSET_W-1:0]   TWO_ROWS     = ONE_ROW << 1;
  localparam [BANKS-1:0]      ALL          = {BANKS{1'b1}};
  localparam [BANKS-1:0]      NONE         = {BANKS{1'b0}};

  function [ROW_W-1:0] next_row(input [ROW_W-1:0] row);
    next_row = row == ROW_LAST ? {ROW_W{1'b0}} : row + 1'b1;
  endfunction

  // Banks whose word in the row `offset` rows past the base is complete.
  function [BANKS-1:0] held_of(input [OFFSET_W-1:0] offset, input [OFFSET_W-1:0] rows, input [BANKS-1:0] partial);
    held_of = offset < rows ? ALL : offset == rows ? partial : NONE;
  endfunction

  genvar bank;
  genvar lane;
  genvar word;

  // ---------------------------------------------------------------- writing

  wire                  load_valid;
  wire [31:0]           load_panels;
  wire [31:0]           unused_load_tiles;
  wire                  unused_load_group;
  wire                  unused_load_block;
  wire                  row_done;

  reg  [LANE_CNT_W-1:0] lane_q;
  reg  [BANK_W-1:0]     load_bank_q;
  reg  [ROW_W-1:0]      load_row_q;
  reg  [31:0]           load_panel_q;    // panels of the group that are complete
  reg  [OFFSET_W-1:0]   held_q;          // rows held and complete, from base_q on

  wire in_fire   = in_valid_i && in_ready_o;
  wire word_done = in_fire && lane_q == LANE_LAST;
  wire group_end = in_last_i && load_panel_q == load_panels - 32'd1;

  assign row_done   = word_done && (group_end || load_bank_q == BANK_LAST);
  assign in_ready_o = load_valid && held_q != FULL;

  lac_tile_loop u_load_loop (
    .clk_i          (clk_i),
    .rst_i          (rst_i),
    .start_i        (start_i),
    .tiles_i        (tiles_i),
    .block_tiles_i  (block_tiles_i),
    .panels_i       (panels_i),
    .group_panels_i (group_panels_i),
    .next_i         (word_done && group_end),
    .valid_o        (load_valid),
    .tiles_o        (unused_load_tiles),
    .panels_o       (load_panels),
    .last_group_o   (unused_load_group),
    .last_block_o   (unused_load_block)
  );

  always @(posedge clk_i) begin
    if (rst_i || start_i) begin
      lane_q       <= {LANE_CNT_W{1'b0}};
      load_bank_q  <= {BANK_W{1'b0}};
      load_row_q   <= {ROW_W{1'b0}};
      load_panel_q <= 32'd0;
    end else if (in_fire) begin
      lane_q <= word_done ? {LANE_CNT_W{1'b0}} : lane_q + 1'b1;
      if (word_done) begin
        load_bank_q <= row_done ? {BANK_W{1'b0}} : load_bank_q + 1'b1;
        if (row_done) begin
          load_row_q <= next_row(load_row_q);
        end
        if (in_last_i) begin
          load_panel_q <= group_end ? 32'd0 : load_panel_q + 32'd1;
        end
      end
    end
  end

  // ---------------------------------------------------------------- the head, and what the banks have at hand

  reg  [BANK_W-1:0]       head_bank_q;
  reg  [ROW_W-1:0]        head_row_q;
  reg  [OFFSET_W-1:0]     head_offset_q;   // its distance from base_q; 0 in the last playing, when the base moves along
  reg  [ROW_W-1:0]        base_q;          // first row of the group, or first row not given up
  reg  [BANKS-1:0]        valid_q;         // the bank shows a word, or a place behind the group's end
  wire [BANKS*HEADER_W-1:0] bank_header;

  // Words in order of age: word j stands in bank head + j, and all words before it are there and do not end the group.
  wire [BANKS-1:0]     bank_ends;
  wire [2*BANKS-1:0]   valid_turned = {valid_q, valid_q} >> head_bank_q;
  wire [2*BANKS-1:0]   ends_turned  = {bank_ends, bank_ends} >> head_bank_q;
  reg  [BANKS-1:0]     shown;
  integer              age;

  always @(*) begin
    shown[0] = valid_turned[0];
    for (age = 1; age < BANKS; age = age + 1)
      shown[age] = shown[age-1] && !ends_turned[age-1] && valid_turned[age];
  end

  wire [BANKS-1:0]     word_ends  = shown & ends_turned[BANKS-1:0];
  wire                 end_seen   = |word_ends;

  // Banks before the head's are one row ahead.
  wire [BANKS-1:0]     ahead      = ~(ALL << head_bank_q);
  wire [2*BANKS-1:0]   end_turned = {NONE, word_ends} << head_bank_q;
  wire                 end_ahead  = |(end_turned[2*BANKS-1:BANKS]);

  wire unused_turned = &{1'b0, valid_turned[2*BANKS-1:BANKS], ends_turned[2*BANKS-1:BANKS], end_turned[BANKS-1:0]};

  // ---------------------------------------------------------------- giving up

  reg  [31:0] tile_q;       // m-tiles played of this group
  wire [31:0] nest_tiles;
  wire        unused_play_valid;
  wire [31:0] unused_play_panels;
  wire        unused_play_group;
  wire        unused_play_block;

  wire [BANKS-1:0]   word_taken;
  wire [2*BANKS-1:0] taken_turned = {NONE, word_taken} << head_bank_q;
  wire [BANKS-1:0]   taken        = taken_turned[BANKS-1:0] | taken_turned[2*BANKS-1:BANKS];
  wire               end_taken    = |(word_ends & word_taken);
  wire [SUM_W-1:0]   place        = {{(SUM_W - BANK_W) {1'b0}}, head_bank_q} + {{(SUM_W - COUNT_W) {1'b0}}, take_i};
  wire               row_left     = place >= SUM_ROW;
  wire [SUM_W-1:0]   place_next   = row_left ? place - SUM_ROW : place;
  wire               last_tile    = tile_q == nest_tiles - 32'd1;

  generate
    for (word = 0; word < BANKS; word = word + 1) begin : gen_taken
      if (word < WINDOW) begin : gen_shown
        localparam [31:0] AGE = word;
        assign word_taken[word] = take_i > AGE[COUNT_W-1:0];
      end else begin : gen_hidden
        assign word_taken[word] = 1'b0;
      end
    end
  endgenerate

  wire unused_place = &{1'b0, place_next[SUM_W-1:BANK_W]};

  lac_tile_loop u_play_loop (
    .clk_i          (clk_i),
    .rst_i          (rst_i),
    .start_i        (start_i),
    .tiles_i        (tiles_i),
    .block_tiles_i  (block_tiles_i),
    .panels_i       (panels_i),
    .group_panels_i (group_panels_i),
    .next_i         (end_taken && last_tile),
    .valid_o        (unused_play_valid),
    .tiles_o        (nest_tiles),
    .panels_o       (unused_play_panels),
    .last_group_o   (unused_play_group),
    .last_block_o   (unused_play_block)
  );

  // ---------------------------------------------------------------- rows from the head's on

  // Where they are, and what of them is held.
  wire [ROW_W-1:0] row_1        = next_row(head_row_q);
  wire [ROW_W-1:0] row_2        = next_row(row_1);
  wire [BANKS-1:0] loaded       = ~(ALL << load_bank_q);
  wire [BANKS-1:0] held_0       = held_of(head_offset_q, held_q, loaded);
  wire [BANKS-1:0] held_1       = held_of(head_offset_q + ONE_ROW, held_q, loaded);
  wire [BANKS-1:0] held_2       = held_of(head_offset_q + TWO_ROWS, held_q, loaded);

  // Where the next playing or the next group begins.
  wire [ROW_W-1:0] start_row    = !last_tile ? base_q : end_ahead ? row_2 : row_1;
  wire [BANKS-1:0] start_held   = !last_tile ? ALL : end_ahead ? held_2 : held_1;
  wire [1:0]       rows_freed   = !last_tile ? 2'd0 : end_taken ? {end_ahead, !end_ahead} : {1'b0, row_left};

  always @(posedge clk_i) begin
    if (rst_i || start_i) begin
      tile_q        <= 32'd0;
      head_bank_q   <= {BANK_W{1'b0}};
      head_row_q    <= {ROW_W{1'b0}};
      head_offset_q <= {OFFSET_W{1'b0}};
      base_q        <= {ROW_W{1'b0}};
      held_q        <= {OFFSET_W{1'b0}};
    end else begin
      held_q <= held_q + {{(OFFSET_W - 1) {1'b0}}, row_done} - {{(OFFSET_W - 2) {1'b0}}, rows_freed};
      if (end_taken) begin
        tile_q        <= last_tile ? 32'd0 : tile_q + 32'd1;
        head_bank_q   <= {BANK_W{1'b0}};
        head_row_q    <= start_row;
        head_offset_q <= {OFFSET_W{1'b0}};
        base_q        <= start_row;
      end else begin
        head_bank_q <= place_next[BANK_W-1:0];
        if (row_left) begin
          head_row_q <= row_1;
          if (last_tile) begin
            base_q <= row_1;
          end else begin
            head_offset_q <= head_offset_q + 1'b1;
          end
        end
      end
    end
  end

  // ---------------------------------------------------------------- reading

  // Only the enables depend on take_i. When the group's end is at hand, the next word of every bank is at a start.
  wire [BANKS-1:0]  read;
  reg  [BANKS-1:0]  data_read_q;
  reg  [BANK_W-1:0] data_bank_q;

  always @(posedge clk_i) begin
    if (rst_i || start_i) begin
      valid_q     <= NONE;
      data_read_q <= NONE;
    end else begin
      valid_q     <= read | (valid_q & ~taken & ~{BANKS{end_taken}});
      data_read_q <= read;
    end
  end

  always @(posedge clk_i) begin
    data_bank_q <= head_bank_q;
  end

  wire [BANKS*WORD_NZ-1:0]   bank_nz;
  wire [BANKS*WORD_CODE-1:0] bank_code;
  wire [BANKS*WORD_DATA-1:0] bank_data;

  generate
    for (bank = 0; bank < BANKS; bank = bank + 1) begin : gen_bank
      localparam [31:0] BANK = bank;
      wire [1:0]       rows_on = {1'b0, ahead[bank]} + {1'b0, valid_q[bank]};
      wire [ROW_W-1:0] row     = end_seen ? start_row : rows_on[1] ? row_2 : rows_on[0] ? row_1 : head_row_q;
      wire             held    = rows_on[1] ? held_2[bank] : rows_on[0] ? held_1[bank] : held_0[bank];
      wire             write   = in_fire && load_bank_q == BANK[BANK_W-1:0];
      reg  [ROW_W-1:0] data_row_q;

      assign read[bank]      = end_seen ? end_taken && start_held[bank] : (taken[bank] || !valid_q[bank]) && held;
      assign bank_ends[bank] = bank_header[bank*HEADER_W];

      always @(posedge clk_i) begin
        data_row_q <= row;
      end

      lac_ram_2p #(
        .WIDTH (HEADER_W),
        .DEPTH (ROWS)
      ) u_header (
        .clk_i   (clk_i),
        .we_i    (write && lane_q == LANE_LAST),
        .waddr_i (load_row_q),
        .wdata_i ({in_advance_i, in_straddle_i, in_last_i, group_end}),
        .re_i    (read[bank]),
        .raddr_i (row),
        .rdata_o (bank_header[bank*HEADER_W +: HEADER_W])
      );

      for (lane = 0; lane < LANES; lane = lane + 1) begin : gen_lane
        localparam [31:0] LANE = lane;
        wire here = write && lane_q == LANE[LANE_CNT_W-1:0];

        lac_ram_2p #(
          .WIDTH (WEIGHTS),
          .DEPTH (ROWS)
        ) u_nz (
          .clk_i   (clk_i),
          .we_i    (here),
          .waddr_i (load_row_q),
          .wdata_i (in_nz_i),
          .re_i    (read[bank]),
          .raddr_i (row),
          .rdata_o (bank_nz[bank*WORD_NZ+lane*WEIGHTS +: WEIGHTS])
        );

        lac_ram_2p #(
          .WIDTH (WEIGHTS * B_W),
          .DEPTH (ROWS)
        ) u_data (
          .clk_i   (clk_i),
          .we_i    (here),
          .waddr_i (load_row_q),
          .wdata_i (in_data_i),
          .re_i    (data_read_q[bank]),
          .raddr_i (data_row_q),
          .rdata_o (bank_data[bank*WORD_DATA+lane*WEIGHTS*B_W +: WEIGHTS*B_W])
        );

        if (CODE_W > 0) begin : gen_code
          lac_ram_2p #(
            .WIDTH (PART_CODE),
            .DEPTH (ROWS)
          ) u_code (
            .clk_i   (clk_i),
            .we_i    (here),
            .waddr_i (load_row_q),
            .wdata_i (in_code_i),
            .re_i    (read[bank]),
            .raddr_i (row),
            .rdata_o (bank_code[bank*WORD_CODE+lane*PART_CODE +: PART_CODE])
          );
        end
      end

      if (CODE_W == 0) begin : gen_no_code
        wire unused_code = &{1'b0, in_code_i};
        assign bank_code[bank*WORD_CODE +: WORD_CODE] = {WORD_CODE{1'b0}};
      end
    end
  endgenerate

  // ---------------------------------------------------------------- what is shown

  reg [COUNT_W-1:0] count;
  integer           number;

  always @(*) begin
    count = {COUNT_W{1'b0}};
    for (number = 0; number < WINDOW; number = number + 1)
      if (shown[number]) count = count + 1'b1;
  end

  assign count_o = count;
  assign short_o = count < need_i && last_o == {WINDOW{1'b0}};

  generate
    for (word = 0; word < WINDOW; word = word + 1) begin : gen_word
      localparam [31:0] AGE = word;
      wire [BANK_W-1:0] from      = (head_bank_q + AGE[BANK_W-1:0]) & BANK_LAST;
      wire [BANK_W-1:0] data_from = (data_bank_q + AGE[BANK_W-1:0]) & BANK_LAST;
      reg  [HEADER_W-1:0]  header;
      reg  [WORD_NZ-1:0]   nz;
      reg  [WORD_CODE-1:0] code;
      reg  [WORD_DATA-1:0] data;
      integer              place_of;
      integer              data_place_of;

      always @(*) begin
        header = bank_header[HEADER_W-1:0];
        nz     = bank_nz[WORD_NZ-1:0];
        code   = bank_code[WORD_CODE-1:0];
        for (place_of = 1; place_of < BANKS; place_of = place_of + 1)
          if (from == place_of[BANK_W-1:0]) begin
            header = bank_header[place_of*HEADER_W +: HEADER_W];
            nz     = bank_nz[place_of*WORD_NZ +: WORD_NZ];
            code   = bank_code[place_of*WORD_CODE +: WORD_CODE];
          end
      end

      always @(*) begin
        data = bank_data[WORD_DATA-1:0];
        for (data_place_of = 1; data_place_of < BANKS; data_place_of = data_place_of + 1)
          if (data_from == data_place_of[BANK_W-1:0]) data = bank_data[data_place_of*WORD_DATA +: WORD_DATA];
      end

      wire unused_end = header[0];

      assign last_o[word]                            = shown[word] && header[1];
      assign straddle_o[word]                        = shown[word] && header[2];
      assign advance_o[word*ADVANCE_W +: ADVANCE_W]  = header[HEADER_W-1:3] & {ADVANCE_W{shown[word]}};
      assign nz_o[word*WORD_NZ +: WORD_NZ]           = nz;
      assign code_o[word*WORD_CODE +: WORD_CODE]     = code;
      assign data_o[word*WORD_DATA +: WORD_DATA]     = data;
    end
  endgenerate

endmodule

`default_nettype wire
