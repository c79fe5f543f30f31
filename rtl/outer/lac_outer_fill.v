// Takes records of B apart: makes chunks of bitmaps and values, each for the block of its k, and the list of nonempty
// k-tiles.
//
// Why: memory has B without its zeros and without fixed places; the blocks need words (docs/engines/outer.md, The path
// of B).
//
// Parameters:
//   BANKS, COLS, Q  as lac_outer_chunk
//   KT              k of a k-tile, a power of two
//   BLOCKS          a power of two up to KT
//   B_W             bits of a value
//   BUS_W           bits of a beat, 64 or more
//   the others are derived; do not set them
// Handshake:
//   b_* (values) and m_* (bitmaps) are ready/valid
//   word_* (a bit per block) and list_*: all that is valid in a cycle is taken in it, so valid waits for ready here. A
//     word is, from the lowest bit: Q values, Q columns, BANKS places, k / BLOCKS, short (the chunk ended at a full
//     bank), last of k-tile, last of panel. Values behind the chunk's last mean nothing. A word waits until it is known
//     whether it is its block's last of the k-tile; k-tiles end in all blocks and in the list at once.
//   list_words_o: by block: how many words the k-tile has there
//   list_turn_o: the block of its first k. Blocks take turns with the k of a panel, through its runs: so runs of few k
//     do not all begin with the same block.
// What describes the job is as in lac_outer_record. meta_late_o: the unit is empty and waits for bitmaps. moves_o: it
// made progress in a record, a k-tile without a nonzero passed among that; as often as a record has parts, so a
//   watchdog may
// trust it.
// Errors: error_o for one cycle, error_pos_o the panel's number since start_i: an offence of lac_outer_record, a number
//   of values that the bitmaps do not add up to, or something behind the values in their last beat. Nothing passes any
//   more until the next start.
// Rate: docs/engines/outer.md, The path of B.
// After reset: idle until start_i.

`default_nettype none

module lac_outer_fill #(
  parameter BANKS   = 8,
  parameter COLS    = 2,
  parameter Q       = 4,
  parameter KT      = 4,
  parameter BLOCKS  = 2,
  parameter B_W     = 8,
  parameter BUS_W   = 64,
  parameter COL_W   = COLS > 1 ? $clog2(COLS) : 1,
  parameter KS_W    = KT > BLOCKS ? $clog2(KT / BLOCKS) : 1,
  parameter WORD_W  = Q * (B_W + COL_W) + BANKS + KS_W + 3,
  parameter SHOW_W  = $clog2(KT / BLOCKS * (BANKS * COLS / Q) + 1),
  parameter BLOCK_W = BLOCKS > 1 ? $clog2(BLOCKS) : 1
) (
  input  wire                     clk_i,
  input  wire                     rst_i,

  input  wire                     start_i,
  input  wire                     bitmaps_i,
  input  wire [31:0]              steps_i,
  input  wire [31:0]              run_i,
  input  wire [31:0]              panels_i,
  input  wire [31:0]              n_i,
  input  wire [31:0]              block_panels_i,
  input  wire [31:0]              block_cols_i,
  input  wire [31:0]              b_bytes_i,
  input  wire [31:0]              m_bytes_i,

  input  wire                     b_valid_i,
  output wire                     b_ready_o,
  input  wire [BUS_W-1:0]         b_data_i,
  input  wire                     m_valid_i,
  output wire                     m_ready_o,
  input  wire [BUS_W-1:0]         m_data_i,

  output wire [BLOCKS-1:0]        word_valid_o,
  input  wire [BLOCKS-1:0]        word_ready_i,
  output wire [BLOCKS*WORD_W-1:0] word_data_o,
  output wire                     list_valid_o,
  input  wire                     list_ready_i,
  output wire [31:0]              list_number_o, // k-tile in its panel
  output wire                     list_last_o,   // and of it
  output wire [BLOCKS*SHOW_W-1:0] list_words_o,
  output wire [BLOCK_W-1:0]       list_turn_o,

  output wire                     meta_late_o,
  output wire                     moves_o,
  output wire                     error_o,
  output wire [31:0]              error_pos_o
);

  localparam                T       = BANKS * COLS;
  localparam                VALUES  = BUS_W / B_W;
  localparam                LEVEL_W = $clog2(VALUES + 2 * Q + 1);
  localparam                CNT_W   = $clog2(Q + 1);
  localparam                K_W     = KT > 1 ? $clog2(KT) : 1;
  localparam                KEPT_W  = WORD_W - 2;

  reg                       going_q;
  reg                       error_q;
  wire                      finish;

  // ---------------------------------------------------------------- fibers

  wire                      head;
  wire [31:0]               head_values;
  wire                      fiber_valid;
  wire                      fiber_ready;
  wire [T-1:0]              fiber_bits;
  wire                      fiber_opens;
  wire                      fiber_end;
  wire [K_W-1:0]            fiber_k;
  wire [31:0]               fiber_step;
  wire [K_W-1:0]            fiber_before;
  wire                      late;
  wire                      offence;

  lac_outer_record #(
    .COLUMNS        (T),
    .KT             (KT),
    .B_W            (B_W),
    .BUS_W          (BUS_W)
  ) u_record (
    .clk_i          (clk_i),
    .rst_i          (rst_i),
    .start_i        (start_i),
    .bitmaps_i      (bitmaps_i),
    .steps_i        (steps_i),
    .run_i          (run_i),
    .panels_i       (panels_i),
    .n_i            (n_i),
    .block_panels_i (block_panels_i),
    .block_cols_i   (block_cols_i),
    .b_bytes_i      (b_bytes_i),
    .m_bytes_i      (m_bytes_i),
    .m_valid_i      (m_valid_i),
    .m_ready_o      (m_ready_o),
    .m_data_i       (m_data_i),
    .head_o         (head),
    .values_o       (head_values),
    .fiber_valid_o  (fiber_valid),
    .fiber_ready_i  (fiber_ready),
    .fiber_bits_o   (fiber_bits),
    .fiber_opens_o  (fiber_opens),
    .fiber_end_o    (fiber_end),
    .fiber_k_o      (fiber_k),
    .fiber_step_o   (fiber_step),
    .fiber_before_o (fiber_before),
    .finish_i       (finish),
    .going_i        (going_q),
    .late_o         (late),
    .moves_o        (moves_o),
    .offence_o      (offence),
    .panel_o        (error_pos_o)
  );

  // ---------------------------------------------------------------- 1: a fiber, chunk by chunk

  // That the last chunk of a fiber is made is known late in the cycle; the skid keeps that from the bitmaps.
  localparam                NEXT_W  = T + K_W + BLOCK_W + 34;
  wire [BLOCK_W-1:0]        fiber_turn = BLOCKS > 1 ? fiber_before[BLOCK_W-1:0] : {BLOCK_W{1'b0}};

  wire                      next_valid;
  wire                      next_ready;
  wire [NEXT_W-1:0]         next;

  lac_skid #(
    .WIDTH       (NEXT_W)
  ) u_next (
    .clk_i       (clk_i),
    .rst_i       (rst_i || start_i),
    .in_valid_i  (fiber_valid),
    .in_ready_o  (fiber_ready),
    .in_data_i   ({fiber_bits, fiber_step, fiber_turn, fiber_k, fiber_opens, fiber_end}),
    .out_valid_o (next_valid),
    .out_ready_i (next_ready),
    .out_data_o  (next)
  );

  reg                       fiber_valid_q;
  reg  [T-1:0]              left_q;         // its columns that are left
  reg                       opens_q;        // no chunk of its k-tile has been made
  reg                       end_q;          // no fiber, but the end of the panel
  reg  [K_W-1:0]            k_q;
  reg  [BLOCK_W-1:0]        turn_q;
  reg  [31:0]               step_q;

  reg                       chunk_valid_q;
  wire                      fire;           // the chunk before leaves
  wire                      move = fiber_valid_q && (!chunk_valid_q || fire);

  wire [BANKS-1:0]          places;
  wire [BANKS*COL_W-1:0]    bank_columns;
  wire [CNT_W-1:0]          count;
  wire [T-1:0]              rest;
  wire                      last;
  wire                      short;

  lac_outer_chunk #(
    .BANKS     (BANKS),
    .COLS      (COLS),
    .Q         (Q)
  ) u_chunk (
    .left_i    (left_q),
    .places_o  (places),
    .columns_o (bank_columns),
    .count_o   (count),
    .rest_o    (rest),
    .last_o    (last),
    .short_o   (short)
  );

  assign next_ready = !fiber_valid_q || (move && last);

  always @(posedge clk_i) begin
    if (rst_i || start_i) begin
      fiber_valid_q <= 1'b0;
    end else if (next_ready) begin
      fiber_valid_q <= next_valid;
    end
  end

  always @(posedge clk_i) begin
    if (next_ready) begin
      {left_q, step_q, turn_q, k_q, opens_q, end_q} <= next;
    end else if (move) begin
      left_q  <= rest;
      opens_q <= 1'b0;
    end
  end

  // ---------------------------------------------------------------- 2: a chunk that waits for values and room

  reg  [BANKS-1:0]          places_q;
  reg  [BANKS*COL_W-1:0]    columns_q;
  reg  [CNT_W-1:0]          count_q;
  reg                       short_q;
  reg                       chunk_opens_q;
  reg                       chunk_end_q;
  reg  [K_W-1:0]            chunk_k_q;
  reg  [BLOCK_W-1:0]        chunk_turn_q;
  reg  [31:0]               chunk_step_q;

  always @(posedge clk_i) begin
    if (rst_i || start_i) begin
      chunk_valid_q <= 1'b0;
    end else begin
      chunk_valid_q <= move || (chunk_valid_q && !fire);
    end
  end

  always @(posedge clk_i) begin
    if (move) begin
      places_q      <= places;
      columns_q     <= bank_columns;
      count_q       <= count;
      short_q       <= short;
      chunk_opens_q <= opens_q;
      chunk_end_q   <= end_q;
      chunk_k_q     <= k_q;
      chunk_turn_q  <= turn_q;
      chunk_step_q  <= step_q;
    end
  end

  wire [LEVEL_W-1:0]        level;
  wire [Q*B_W-1:0]          values;
  wire                      stray;
  wire [Q*COL_W-1:0]        columns;
  wire [31:0]               count_32 = {{32 - CNT_W{1'b0}}, count_q};

  lac_outer_queue #(
    .UNIT_W     (B_W),
    .UNITS      (VALUES),
    .HEAD       (Q)
  ) u_values (
    .clk_i      (clk_i),
    .rst_i      (rst_i || start_i),
    .in_valid_i (b_valid_i),
    .in_ready_o (b_ready_o),
    .in_data_i  (b_data_i),
    .level_o    (level),
    .head_o     (values),
    .take_i     (fire ? count_32[LEVEL_W-1:0] : {LEVEL_W{1'b0}}),
    .skip_i     (finish),
    .stray_o    (stray)
  );

  lac_outer_pack #(
    .BANKS     (BANKS),
    .COL_W     (COL_W),
    .Q         (Q)
  ) u_pack (
    .places_i  (places_q),
    .columns_i (columns_q),
    .columns_o (columns)
  );

  reg  [BLOCKS-1:0]         kept_q;         // blocks with a word kept back
  reg                       open_q;         // a k-tile is open
  reg  [31:0]               number_q;       // which
  reg  [BLOCK_W-1:0]        first_q;        // the block of its first k
  reg  [31:0]               values_left_q;  // of the panel, by its header

  wire [BLOCK_W-1:0]        block     = BLOCKS > 1 ? chunk_k_q[BLOCK_W-1:0] + chunk_turn_q : {BLOCK_W{1'b0}};
  wire [K_W-1:0]            ks        = chunk_k_q >> $clog2(BLOCKS);
  wire                      has_word  = count_q != {CNT_W{1'b0}};
  wire                      tile_ends = (chunk_opens_q && open_q) || chunk_end_q;
  wire                      all_ready = &word_ready_i && list_ready_i;
  wire                      ready     = tile_ends ? all_ready : !has_word || !kept_q[block] || word_ready_i[block];
  wire                      wrong_end = chunk_end_q && (values_left_q != 32'd0 || stray);
  wire                      wrong     = bitmaps_i && (count_32 > values_left_q || wrong_end);
  wire                      close     = fire && tile_ends;

  assign fire   = going_q && chunk_valid_q && !wrong && {{32 - LEVEL_W{1'b0}}, level} >= count_32 && ready;
  assign finish = fire && chunk_end_q;

  always @(posedge clk_i) begin
    if (rst_i || start_i) begin
      open_q <= 1'b0;
    end else if (fire) begin
      open_q <= !chunk_end_q && (open_q || chunk_opens_q);
    end
    if (head) begin
      number_q      <= 32'd0;
      first_q       <= {BLOCK_W{1'b0}};
      values_left_q <= head_values;
    end else if (fire) begin
      number_q      <= chunk_step_q;
      first_q       <= chunk_turn_q;
      values_left_q <= values_left_q - count_32;
    end
  end

  // ---------------------------------------------------------------- words, each block's newest kept back

  wire [KEPT_W-1:0]         word = {short_q, ks[KS_W-1:0], places_q, columns, values};

  assign list_valid_o  = close;
  assign list_number_o = number_q;
  assign list_last_o   = chunk_end_q;
  assign list_turn_o   = first_q;

  genvar g;
  generate
    for (g = 0; g < BLOCKS; g = g + 1) begin : gen_block
      localparam [31:0]   BLOCK = g;
      reg  [KEPT_W-1:0]   word_q;
      reg  [SHOW_W-1:0]   words_q;       // of the k-tile, with the next one that is stored
      wire                mine = fire && has_word && block == BLOCK[BLOCK_W-1:0];

      assign list_words_o[g*SHOW_W +: SHOW_W] = words_q;
      assign word_valid_o[g]                  = close || (mine && kept_q[g]);
      assign word_data_o[g*WORD_W +: WORD_W]  = {chunk_end_q, tile_ends, kept_q[g] ? word_q : {KEPT_W{1'b0}}};

      always @(posedge clk_i) begin
        if (rst_i || start_i) begin
          kept_q[g] <= 1'b0;
        end else begin
          kept_q[g] <= mine || (kept_q[g] && !close);
        end
        if (rst_i || start_i || close) begin
          words_q <= {{SHOW_W - 1{1'b0}}, 1'b1};
        end else if (word_valid_o[g]) begin
          words_q <= words_q + 1'b1;
        end
      end

      always @(posedge clk_i) begin
        if (mine) begin
          word_q <= word;
        end
      end
    end
  endgenerate

  // ---------------------------------------------------------------- errors

  assign meta_late_o = going_q && late && !next_valid && !fiber_valid_q && !chunk_valid_q;
  assign error_o     = error_q;

  always @(posedge clk_i) begin
    if (rst_i) begin
      going_q <= 1'b0;
      error_q <= 1'b0;
    end else if (start_i) begin
      going_q <= 1'b1;
      error_q <= 1'b0;
    end else begin
      error_q <= going_q && (offence || (chunk_valid_q && wrong));
      going_q <= going_q && !offence && !(chunk_valid_q && wrong);
    end
  end

  wire unused = &{1'b0, ks, fiber_before};

endmodule

`default_nettype wire
