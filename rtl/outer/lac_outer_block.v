// One block of the array: multiplies chunks of B by rows of A, lane by lane, and holds the sums of a whole tile until
// they are drained.
//
// Why: a block takes whole k and needs nothing from other blocks, so several blocks make an array with several k at
// work (docs/engines/outer.md, A block; Wang et al., ISCA 2021, section 4).
//
// Parameters:
//   LANES   1, 2, 4 or 8
//   CHUNKS  chunks of the window, 1 to 16
//   Q, BANKS, COLS, SUBS, KS, SLOTS  as lac_outer_lane
//   A_W to ARRAY  as lac_outer_lane
//   the others are derived; do not set them
// Handshake:
//   word_* ready/valid, the word as lac_outer_fill says
//   word_skip_o: its k-tile is loaded and has no row for any k, so that of its words only the last one matters
//   a_we_i: a beat of A at a_beat_i, a_data_i by row, then k, a_nonzero_i by k, then row
//   a_loaded_i with a k-tile's last one, with it a_last_i: the k-tile is its tile's last, a_end_i: the job's. Beats
//     come only while room_o is high: the slots are not all taken.
//   clean_i: the accumulators have been swept
//   through_o: number of tiles whose sums are in memory, except for the last write
//   freed_i: a half has been read to its end
//   drain_*: what is read, a position is row * COLS + columns / BANKS
//   drain_data_o follows two cycles later
// Reports, of the issue two cycles ago: products, slots lost to merge, lanes with an issue, and why no word entered:
//   wait_out_o: its half was not free; wait_a_o: its k-tile was not loaded; wait_b_o: there was no word
//   nonzero_o: products without a zero, four cycles after their issue
//   stream_error_o: a word and its k-tile disagree about the end of the tile
// Latency: a word that enters at cycle t is issued from t + 1 on.
// After reset: empty, both halves free.

`default_nettype none

module lac_outer_block #(
  parameter LANES   = 2,
  parameter CHUNKS  = 4,
  parameter Q       = 2,
  parameter BANKS   = 4,
  parameter COLS    = 4,
  parameter SUBS    = 2,
  parameter KS      = 2,
  parameter SLOTS   = 2,
  parameter A_W     = 8,
  parameter B_W     = 8,
  parameter ACC_W   = 32,
  parameter COUNT   = 0,
  parameter ARRAY   = 0,
  parameter COL_W   = COLS > 1 ? $clog2(COLS) : 1,
  parameter KS_W    = KS > 1 ? $clog2(KS) : 1,
  parameter WORD_W  = Q * (B_W + COL_W) + BANKS + KS_W + 3,
  parameter BEAT_W  = $clog2(SLOTS * SUBS),
  parameter POS_W   = $clog2(SUBS * 8 * COLS),
  parameter USED_W  = $clog2(LANES * Q + 1),
  parameter LANE_W  = $clog2(LANES + 1)
) (
  input  wire                   clk_i,
  input  wire                   rst_i,
  input  wire                   clean_i,

  input  wire                   a_we_i,
  input  wire [BEAT_W-1:0]      a_beat_i,
  input  wire [8*KS*A_W-1:0]    a_data_i,
  input  wire [KS*8-1:0]        a_nonzero_i,
  input  wire                   a_loaded_i,
  input  wire                   a_last_i,
  input  wire                   a_end_i,
  output wire                   room_o,

  input  wire                   word_valid_i,
  output wire                   word_ready_o,
  output wire                   word_skip_o,
  input  wire [WORD_W-1:0]      word_data_i,

  output wire [1:0]             through_o,
  input  wire                   freed_i,
  input  wire                   drain_re_i,
  input  wire                   drain_sweep_i,
  input  wire                   drain_half_i,
  input  wire [POS_W-1:0]       drain_position_i,
  output wire [BANKS*ACC_W-1:0] drain_data_o,

  output wire [USED_W-1:0]      used_o,
  output wire [USED_W-1:0]      merge_o,
  output wire [LANE_W-1:0]      issues_o,
  output wire [USED_W-1:0]      nonzero_o,
  output wire                   wait_out_o,
  output wire                   wait_a_o,
  output wire                   wait_b_o,
  output wire                   stream_error_o
);

  localparam              PORTS   = 8 / LANES;
  localparam              ROWS    = PORTS * SUBS;
  localparam              ROW_W   = $clog2(ROWS);
  localparam              ADDR_W  = $clog2(ROWS * COLS);
  localparam              SLOT_W  = $clog2(SLOTS);
  localparam              SUB_W   = $clog2(SUBS);
  localparam              CNT_W   = $clog2(Q + 1);
  localparam              GONE_W  = $clog2(CHUNKS + 1);
  localparam              HELD_W  = $clog2(SLOTS + 1);
  localparam [31:0]       SLOT_32 = SLOTS;
  localparam [31:0]       Q_32    = Q;

  // ---------------------------------------------------------------- the word in front

  localparam              COLUMNS_AT = Q * B_W;
  localparam              PLACES_AT  = COLUMNS_AT + Q * COL_W;
  localparam              K_AT       = PLACES_AT + BANKS;
  localparam              SHORT_AT   = K_AT + KS_W;
  localparam              CHUNK_W    = SHORT_AT;                    // what the lanes want of it
  localparam              DATA_W     = CHUNK_W + 2 * CNT_W + SLOT_W + 1;

  wire [BANKS-1:0]        word_places = word_data_i[PLACES_AT +: BANKS];
  wire [KS_W-1:0]         word_k      = word_data_i[K_AT +: KS_W];
  wire                    word_short  = word_data_i[SHORT_AT];
  wire                    k_last      = word_data_i[SHORT_AT+1];
  wire                    tile_last   = word_data_i[SHORT_AT+2];

  reg  [CNT_W-1:0]        count;       // values of the word
  integer                 at;

  always @(*) begin
    count = {CNT_W{1'b0}};
    for (at = 0; at < BANKS; at = at + 1) begin
      count = count + {{CNT_W - 1{1'b0}}, word_places[at]};
    end
  end

  wire [CNT_W-1:0]        lost = word_short ? Q_32[CNT_W-1:0] - count : {CNT_W{1'b0}};

  // ---------------------------------------------------------------- whether it enters

  reg  [HELD_W-1:0]       ahead_q;     // k-tiles loaded and not yet entered to their last word
  reg  [HELD_W-1:0]       held_q;      // loaded and not yet let go
  reg  [1:0]              tiles_q;     // entered to their last word and not yet drained
  reg  [SLOT_W-1:0]       slot_q;      // of the k-tile that enters
  reg                     half_q;
  reg                     ended_q;     // the job's last word has entered
  reg  [SLOTS-1:0]        last_q;      // by slot: the k-tile is its tile's last, the job's last
  reg  [SLOTS-1:0]        end_q;
  reg  [SLOTS-1:0]        empty_q;     // it has no row
  reg                     seen_q;      // a beat of the k-tile that is loaded has one

  wire                    half_free  = clean_i && !tiles_q[1];
  wire                    loaded     = ahead_q != {HELD_W{1'b0}};
  wire                    may_enter  = half_free && loaded;
  wire                    window_ready;
  wire                    enter      = word_valid_i && word_ready_o;
  wire                    k_ends     = enter && k_last;
  wire                    tile_ends  = enter && tile_last;
  wire [GONE_W-1:0]       k_gone;
  wire [1:0]              tiles_gone;

  wire                    any_row    = |a_nonzero_i || seen_q;

  assign word_ready_o   = window_ready && may_enter;
  assign word_skip_o    = loaded && empty_q[slot_q];
  assign room_o         = held_q != SLOT_32[HELD_W-1:0];
  assign stream_error_o = k_ends && tile_last != last_q[slot_q];

  // A k-tile goes from the window for every one of the up to SLOTS that are held.
  wire [31:0]             k_gone_32  = {{32 - GONE_W{1'b0}}, k_gone};

  always @(posedge clk_i) begin
    if (rst_i) begin
      ahead_q <= {HELD_W{1'b0}};
      held_q  <= {HELD_W{1'b0}};
      tiles_q <= 2'd0;
      slot_q  <= {SLOT_W{1'b0}};
      half_q  <= 1'b0;
      ended_q <= 1'b0;
    end else begin
      ahead_q <= ahead_q + {{HELD_W - 1{1'b0}}, a_loaded_i} - {{HELD_W - 1{1'b0}}, k_ends};
      held_q  <= held_q + {{HELD_W - 1{1'b0}}, a_loaded_i} - k_gone_32[HELD_W-1:0];
      tiles_q <= tiles_q + {1'b0, tile_ends} - {1'b0, freed_i};
      slot_q  <= slot_q + {{SLOT_W - 1{1'b0}}, k_ends};
      half_q  <= half_q ^ tile_ends;
      ended_q <= ended_q || (tile_ends && end_q[slot_q]);
    end
  end

  always @(posedge clk_i) begin
    if (rst_i) begin
      seen_q <= 1'b0;
    end else if (a_we_i) begin
      seen_q <= any_row && !a_loaded_i;
    end
  end

  always @(posedge clk_i) begin
    if (a_loaded_i) begin
      last_q[a_beat_i[BEAT_W-1:SUB_W]]  <= a_last_i;
      end_q[a_beat_i[BEAT_W-1:SUB_W]]   <= a_end_i;
      empty_q[a_beat_i[BEAT_W-1:SUB_W]] <= !any_row;
    end
  end

  wire                    unused = &{1'b0, k_gone_32};

  // ---------------------------------------------------------------- the rows it is to meet, by lane

  wire [SUBS*8-1:0]       rows;
  wire [SUBS*8-1:0]       lane_rows;

  lac_outer_rows #(
    .KS        (KS),
    .SUBS      (SUBS),
    .SLOTS     (SLOTS)
  ) u_rows (
    .clk_i     (clk_i),
    .we_i      (a_we_i),
    .beat_i    (a_beat_i),
    .nonzero_i (a_nonzero_i),
    .slot_i    (slot_q),
    .k_i       (word_k),
    .rows_o    (rows)
  );

  genvar lane, sub;
  generate
    for (lane = 0; lane < LANES; lane = lane + 1) begin : gen_lane_rows
      for (sub = 0; sub < SUBS; sub = sub + 1) begin : gen_sub
        assign lane_rows[lane*ROWS+sub*PORTS +: PORTS] = rows[sub*8+lane*PORTS +: PORTS] & {PORTS{|word_places}};
      end
    end
  endgenerate

  // ---------------------------------------------------------------- the window

  wire [LANES-1:0]        issue;
  wire [LANES*ROW_W-1:0]  row;
  wire [LANES*DATA_W-1:0] chunk;

  lac_outer_window #(
    .CHUNKS            (CHUNKS),
    .LANES             (LANES),
    .ROWS              (ROWS),
    .DATA_W            (DATA_W)
  ) u_window (
    .clk_i             (clk_i),
    .rst_i             (rst_i),
    .enter_valid_i     (word_valid_i && may_enter),
    .enter_ready_o     (window_ready),
    .enter_k_last_i    (k_last),
    .enter_tile_last_i (tile_last),
    .enter_rows_i      (lane_rows),
    .enter_data_i      ({half_q, slot_q, lost, count, word_data_i[CHUNK_W-1:0]}),
    .issue_o           (issue),
    .row_o             (row),
    .data_o            (chunk),
    .k_gone_o          (k_gone),
    .tiles_gone_o      (tiles_gone)
  );

  // A tile that goes from the window in cycle t has its last sum written in cycle t + 4; it is through in t + 5.
  reg  [7:0]              gone_q;      // of 1 to 4 cycles ago

  assign through_o = gone_q[7:6];

  always @(posedge clk_i) begin
    if (rst_i) begin
      gone_q <= 8'd0;
    end else begin
      gone_q <= {gone_q[5:0], tiles_gone};
    end
  end

  // ---------------------------------------------------------------- what is drained

  wire [31:0]             position   = {{32 - POS_W{1'b0}}, drain_position_i};
  wire [31:0]             drain_lane = position / (PORTS * COLS) % LANES;
  wire [31:0]             drain_addr = position / (8 * COLS) * (PORTS * COLS) + position % (PORTS * COLS);
  wire [1:0]              drain_half = {drain_half_i, !drain_half_i};

  reg                     high_q;
  reg  [2:0]              lane_q;
  reg  [LANES*2-1:0]      zero_q;      // by lane and half
  reg  [ADDR_W-1:0]       zero_addr_q;
  wire [LANES*2-1:0]      drain_re;
  wire [LANES*BANKS*ACC_W-1:0] drained;
  reg  [BANKS*ACC_W-1:0]  drained_q;

  assign drain_data_o = drained_q;

  always @(posedge clk_i) begin
    if (rst_i) begin
      zero_q <= {LANES * 2{1'b0}};
    end else begin
      zero_q <= drain_re | {LANES * 2{drain_sweep_i}};
    end
  end

  always @(posedge clk_i) begin
    high_q      <= drain_half_i;
    lane_q      <= drain_lane[2:0];
    zero_addr_q <= drain_addr[ADDR_W-1:0];
    drained_q   <= drained[lane_q*BANKS*ACC_W +: BANKS*ACC_W];
  end

  wire                    unused_drain = &{1'b0, drain_lane, drain_addr};

  // ---------------------------------------------------------------- lanes

  wire [LANES*CNT_W-1:0]  nonzero;

  generate
    for (lane = 0; lane < LANES; lane = lane + 1) begin : gen_lane
      localparam [31:0]   LANE  = lane;
      wire [DATA_W-1:0]   mine  = chunk[lane*DATA_W +: DATA_W];
      wire [ROW_W-1:0]    which = row[lane*ROW_W +: ROW_W];
      wire [31:0]         beat  = {{32 - ROW_W{1'b0}}, which} / PORTS;
      wire                unused_beat = &{1'b0, beat};
      wire                unused_lost = &{1'b0, mine};

      assign drain_re[lane*2 +: 2] = drain_half & {2{drain_re_i && drain_lane == LANE}};

      lac_outer_lane #(
        .Q            (Q),
        .BANKS        (BANKS),
        .COLS         (COLS),
        .PORTS        (PORTS),
        .SUBS         (SUBS),
        .KS           (KS),
        .SLOTS        (SLOTS),
        .A_W          (A_W),
        .B_W          (B_W),
        .ACC_W        (ACC_W),
        .COUNT        (COUNT),
        .ARRAY        (ARRAY)
      ) u_lane (
        .clk_i        (clk_i),
        .rst_i        (rst_i),
        .a_we_i       (a_we_i),
        .a_beat_i     (a_beat_i),
        .a_data_i     (a_data_i[lane*PORTS*KS*A_W +: PORTS*KS*A_W]),
        .issue_i      (issue[lane]),
        .half_i       (mine[DATA_W-1]),
        .issue_beat_i ({mine[DATA_W-2 -: SLOT_W], beat[SUB_W-1:0]}),
        .row_i        (which),
        .k_i          (mine[K_AT +: KS_W]),
        .count_i      (mine[CHUNK_W +: CNT_W]),
        .places_i     (mine[PLACES_AT +: BANKS]),
        .columns_i    (mine[COLUMNS_AT +: Q*COL_W]),
        .values_i     (mine[0 +: Q*B_W]),
        .nonzero_o    (nonzero[lane*CNT_W +: CNT_W]),
        .drain_re_i   (drain_re[lane*2 +: 2]),
        .drain_addr_i (drain_addr[ADDR_W-1:0]),
        .drain_high_i (high_q),
        .drain_data_o (drained[lane*BANKS*ACC_W +: BANKS*ACC_W]),
        .zero_i       (zero_q[lane*2 +: 2]),
        .zero_addr_i  (zero_addr_q)
      );
    end
  endgenerate

  // ---------------------------------------------------------------- reports

  reg  [LANES-1:0]        issue_1_q;
  reg  [LANES*CNT_W-1:0]  used_1_q, lost_1_q;
  reg  [2:0]              wait_1_q, wait_2_q;
  reg  [USED_W-1:0]       used,   used_q;
  reg  [USED_W-1:0]       merge,  merge_q;
  reg  [LANE_W-1:0]       issues, issues_q;
  reg  [USED_W-1:0]       effect, effect_q;
  integer                 index;

  always @(*) begin
    used   = {USED_W{1'b0}};
    merge  = {USED_W{1'b0}};
    issues = {LANE_W{1'b0}};
    effect = {USED_W{1'b0}};
    for (index = 0; index < LANES; index = index + 1) begin
      if (issue_1_q[index]) begin
        used   = used + {{USED_W - CNT_W{1'b0}}, used_1_q[index*CNT_W +: CNT_W]};
        merge  = merge + {{USED_W - CNT_W{1'b0}}, lost_1_q[index*CNT_W +: CNT_W]};
        issues = issues + {{LANE_W - 1{1'b0}}, 1'b1};
      end
      effect = effect + {{USED_W - CNT_W{1'b0}}, nonzero[index*CNT_W +: CNT_W]};
    end
  end

  generate
    for (lane = 0; lane < LANES; lane = lane + 1) begin : gen_report
      always @(posedge clk_i) begin
        used_1_q[lane*CNT_W +: CNT_W] <= chunk[lane*DATA_W+CHUNK_W +: CNT_W];
        lost_1_q[lane*CNT_W +: CNT_W] <= chunk[lane*DATA_W+CHUNK_W+CNT_W +: CNT_W];
      end
    end
  endgenerate

  always @(posedge clk_i) begin
    if (rst_i) begin
      issue_1_q <= {LANES{1'b0}};
      wait_1_q  <= 3'b000;
      wait_2_q  <= 3'b000;
      issues_q  <= {LANE_W{1'b0}};
      used_q    <= {USED_W{1'b0}};
      merge_q   <= {USED_W{1'b0}};
      effect_q  <= {USED_W{1'b0}};
    end else begin
      issue_1_q <= issue;
      wait_1_q  <= {word_valid_i && !half_free, word_valid_i && !loaded, !word_valid_i && !ended_q};
      wait_2_q  <= wait_1_q;
      issues_q  <= issues;
      used_q    <= used;
      merge_q   <= merge;
      effect_q  <= COUNT != 0 ? effect : {USED_W{1'b0}};
    end
  end

  assign used_o     = used_q;
  assign merge_o    = merge_q;
  assign issues_o   = issues_q;
  assign nonzero_o  = effect_q;
  assign {wait_out_o, wait_a_o, wait_b_o} = wait_2_q;

endmodule

`default_nettype wire
