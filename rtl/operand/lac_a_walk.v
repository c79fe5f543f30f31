// Walks A in the order of the engine and drives the rows of the A reader: tiles, panels, kernel rows, runs, beats.
//
// Why: all rows of a tile take the same steps of K in the same cycle. So there is one walk, and one origin per row
// (lac_a_row).
//
// Parameters:
//   ROWS      read at once (M0 where SUBTILES is 1), 1 to 64
//   LANES     = K0, a power of two where there are several STEPS of K in a beat
//   STEPS     steps of K in a beat
//   POS_W     as lac_a_fill
//   SUBTILES  1 to 64: a tile has SUBTILES * ROWS rows, and every step of K takes SUBTILES beats of ROWS rows each
//   LISTED    1: only the steps whose numbers (in their panel, from 0) come on list_* are read; the last of a panel
//             ends it
//   the others are derived; do not set them
// Handshake: after start_i the origins are set in ROWS cycles, then beats flow.
//   out_* is ready/valid; the data come from the rows. A beat lies within one run: out_count_o of its steps hold
//     elements, 1 to STEPS, and only a run's last beat is short.
//   list_*: numbers ascend within a panel, which has one at least; a number is taken with the last of its beats. Where
//     none is there, the walk waits.
// Latency: a beat leaves three cycles after it enters stage 1, if its data have arrived; one beat per cycle, no bubble
//   between tiles, groups or blocks. LISTED: a cycle for each step that is passed on the way to the number that waits.
// After reset: idle, out_valid_o low.
//   busy_setup_o is high from start_i until the walk begins
//   pass_o: a step is passed, never more of them than list_number_i says; for the watchdog

`default_nettype none

module lac_a_walk #(
  parameter ROWS     = 2,
  parameter LANES    = 8,
  parameter STEPS    = 1,
  parameter POS_W    = 14,
  parameter SUBTILES = 1,
  parameter LISTED   = 0,
  parameter CUT_W    = $clog2(LANES * STEPS) + 1,
  parameter CNT_W    = $clog2(STEPS + 1)
) (
  input  wire             clk_i,
  input  wire             rst_i,

  // job registers
  input  wire             start_i,
  input  wire             banked_i,
  input  wire [31:0]      m_i,
  input  wire [31:0]      tiles_i,
  input  wire [31:0]      block_tiles_i,
  input  wire [31:0]      panels_i,
  input  wire [31:0]      group_panels_i,
  input  wire [31:0]      run_i,
  input  wire [CUT_W-1:0] beat_i,            // elements of a beat, 1 to LANES * STEPS
  input  wire [15:0]      k_cols_i,
  input  wire [15:0]      k_rows_i,
  input  wire [31:0]      out_cols_i,
  input  wire [31:0]      x_init_i,
  input  wire [31:0]      y_init_i,
  input  wire [15:0]      ih_init_i,
  input  wire [31:0]      col_x_i,
  input  wire [31:0]      row_y_i,
  input  wire [15:0]      row_ih_i,
  input  wire [31:0]      kh_y_i,
  input  wire [15:0]      kh_ih_i,
  input  wire [31:0]      kw_x_i,
  input  wire [31:0]      ch_step_i,
  input  wire [31:0]      block_panels_i,

  // steps to read; tied off where not LISTED
  input  wire             list_valid_i,
  output wire             list_ready_o,
  input  wire [31:0]      list_number_i,
  input  wire             list_last_i,       // of its panel

  // to the rows
  output wire [ROWS-1:0]  init_o,
  output wire [31:0]      init_col_o,
  output wire [31:0]      init_x_o,
  output wire [POS_W-1:0] init_y_o,
  output wire [15:0]      init_ih_o,
  output wire             next_tile_o,
  output wire             stay_o,
  output wire             again_o,
  output wire             rewind_o,
  output wire             save_o,
  output wire             step_go_o,
  output wire [ROWS-1:0]  step_row_o,
  output wire [31:0]      step_x_o,
  output wire [POS_W-1:0] step_y_o,
  output wire [15:0]      step_ih_o,
  output wire [CUT_W-1:0] step_lanes_o,
  input  wire [ROWS-1:0]  arrived_i,
  output wire             read_o,
  output wire             advance_o,

  // release of what will not be read again
  input  wire [POS_W-1:0] origin_i,          // of row 0
  input  wire             origin_valid_i,
  output wire [POS_W-1:0] release_o,

  output wire             out_valid_o,
  input  wire             out_ready_i,
  output wire [CNT_W-1:0] out_count_o,     // steps in the beat
  // its first step is the tile's first, in each of a step's subtiles
  output wire             out_first_o,
  output wire             out_last_o,        // its last step is the tile's last
  output wire             out_end_o,         // and the job's

  output wire             busy_setup_o,
  output wire             pass_o
);

  localparam [31:0] ROWS_32 = ROWS;

  // ---------------------------------------------------------------- set-up: pixel r is the origin of row r

  reg  [ROWS:0]    setup_q;             // one-hot: row being set, top bit: walking
  reg  [31:0]      pixel_col_q;
  reg  [31:0]      pixel_x_q;
  reg  [POS_W-1:0] pixel_y_q;
  reg  [15:0]      pixel_ih_q;

  wire pixel_wrap = pixel_col_q == out_cols_i - 32'd1 && !banked_i;
  wire walking    = setup_q[ROWS];

  assign init_o       = setup_q[ROWS-1:0];
  assign init_col_o   = pixel_col_q;
  assign init_x_o     = pixel_x_q;
  assign init_y_o     = pixel_y_q;
  assign init_ih_o    = pixel_ih_q;
  assign busy_setup_o = |setup_q[ROWS-1:0];
  assign pass_o       = pass;

  always @(posedge clk_i) begin
    if (rst_i) begin
      setup_q <= {(ROWS + 1) {1'b0}};
    end else if (start_i) begin
      setup_q <= {{ROWS{1'b0}}, 1'b1};
    end else if (!walking) begin
      setup_q <= {setup_q[ROWS-1:0], 1'b0};
    end
  end

  always @(posedge clk_i) begin
    if (start_i) begin
      pixel_col_q <= 32'd0;
      pixel_x_q   <= x_init_i;
      pixel_y_q   <= y_init_i[POS_W-1:0];
      pixel_ih_q  <= ih_init_i;
    end else if (pixel_wrap) begin
      pixel_col_q <= 32'd0;
      pixel_x_q   <= x_init_i;
      pixel_y_q   <= pixel_y_q + row_y_i[POS_W-1:0];
      pixel_ih_q  <= pixel_ih_q + row_ih_i;
    end else begin
      pixel_col_q <= pixel_col_q + 32'd1;
      pixel_x_q   <= pixel_x_q + col_x_i;
    end
  end

  // ---------------------------------------------------------------- the loop nest

  wire        nest_valid;
  wire        nest_next;
  wire [31:0] nest_tiles;
  wire [31:0] nest_panels;
  wire        last_group;
  wire        last_block;

  lac_tile_loop u_tile_loop (
    .clk_i          (clk_i),
    .rst_i          (rst_i),
    .start_i        (start_i),
    .tiles_i        (tiles_i),
    .block_tiles_i  (block_tiles_i),
    .panels_i       (panels_i),
    .group_panels_i (group_panels_i),
    .next_i         (nest_next),
    .valid_o        (nest_valid),
    .tiles_o        (nest_tiles),
    .panels_o       (nest_panels),
    .last_group_o   (last_group),
    .last_block_o   (last_block)
  );

  reg  [31:0]      tile_q;            // m-tile in the block
  reg  [31:0]      panel_q;           // panel in the group
  reg  [15:0]      kh_q;
  reg  [15:0]      kw_q;
  reg  [31:0]      run_left_q;        // elements left in the run
  reg  [31:0]      kin_q;             // elements done in the run
  reg  [31:0]      kw_x_q;
  reg  [POS_W-1:0] kh_y_q;
  reg  [15:0]      kh_ih_q;
  reg  [31:0]      ch_q;              // channel offset of the panel
  reg  [31:0]      ch_panel_q;        // panel in its block of groups
  reg  [31:0]      ch_save_q;         // the same two for the group's first panel
  reg  [31:0]      ch_panel_save_q;
  reg  [31:0]      rows_left_q;       // M minus the first row of the tile, or of its subtile
  reg  [31:0]      rows_left_save_q;

  wire go;                            // stage 0 hands its beat to stage 1
  wire pass;                          // a step is not read
  wire here;                          // the one at hand is
  wire last_sub;                      // the step's last subtile

  wire [31:0] beat = {{32 - CUT_W{1'b0}}, beat_i};

  wire last_beat  = run_left_q <= beat;
  wire last_kw    = kw_q == k_cols_i - 16'd1;
  wire last_panel = panel_q == nest_panels - 32'd1;
  wire last_tile  = tile_q == nest_tiles - 32'd1;
  wire first_k;
  wire last_k;
  wire next_k     = pass || (go && last_sub);
  wire panel_done = go && last_sub && last_k;
  wire tile_done  = panel_done && last_panel;

  assign next_tile_o = SUBTILES > 1 ? go : tile_done;
  assign stay_o      = SUBTILES > 1 && !(last_sub && last_k && last_panel);
  assign again_o     = SUBTILES > 1 && last_sub && !(last_k && last_panel);
  assign rewind_o    = last_tile && !last_group;
  assign save_o      = last_tile && last_group;
  assign nest_next   = tile_done && last_tile;

  always @(posedge clk_i) begin
    if (start_i || (next_k && last_beat) || panel_done) begin
      run_left_q <= run_i;
      kin_q      <= 32'd0;
    end else if (next_k) begin
      run_left_q <= run_left_q - beat;
      kin_q      <= kin_q + beat;
    end
  end

  always @(posedge clk_i) begin
    if (start_i || (next_k && last_beat && last_kw) || panel_done) begin
      kw_q   <= 16'd0;
      kw_x_q <= 32'd0;
    end else if (next_k && last_beat) begin
      kw_q   <= kw_q + 16'd1;
      kw_x_q <= kw_x_q + kw_x_i;
    end
  end

  always @(posedge clk_i) begin
    if (start_i || panel_done) begin
      kh_q    <= 16'd0;
      kh_y_q  <= {POS_W{1'b0}};
      kh_ih_q <= 16'd0;
    end else if (next_k && last_beat && last_kw) begin
      kh_q    <= kh_q + 16'd1;
      kh_y_q  <= kh_y_q + kh_y_i[POS_W-1:0];
      kh_ih_q <= kh_ih_q + kh_ih_i;
    end
  end

  always @(posedge clk_i) begin
    if (start_i || nest_next) begin
      tile_q <= 32'd0;
    end else if (tile_done) begin
      tile_q <= tile_q + 32'd1;
    end
  end

  always @(posedge clk_i) begin
    if (start_i || tile_done) begin
      panel_q <= 32'd0;
    end else if (panel_done) begin
      panel_q <= panel_q + 32'd1;
    end
  end

  // channel offset: moves on every block_panels_i panels, returns to the group's first panel with each tile
  wire        ch_wrap       = ch_panel_q == block_panels_i - 32'd1;
  wire [31:0] ch_next       = ch_wrap ? ch_q + ch_step_i : ch_q;
  wire [31:0] ch_panel_next = ch_wrap ? 32'd0 : ch_panel_q + 32'd1;

  always @(posedge clk_i) begin
    if (start_i || (nest_next && last_group)) begin
      ch_q            <= 32'd0;
      ch_panel_q      <= 32'd0;
      ch_save_q       <= 32'd0;
      ch_panel_save_q <= 32'd0;
    end else if (nest_next) begin
      ch_q            <= ch_next;
      ch_panel_q      <= ch_panel_next;
      ch_save_q       <= ch_next;
      ch_panel_save_q <= ch_panel_next;
    end else if (tile_done) begin
      ch_q       <= ch_save_q;
      ch_panel_q <= ch_panel_save_q;
    end else if (panel_done) begin
      ch_q       <= ch_next;
      ch_panel_q <= ch_panel_next;
    end
  end

  // ---------------------------------------------------------------- which steps

  generate
    if (LISTED != 0) begin : gen_listed
      reg  [31:0] number_q;           // of the step, in its panel
      reg         fresh_q;            // none has been read

      assign here         = list_valid_i && list_number_i == number_q;
      assign pass         = walking && nest_valid && list_valid_i && !here;
      assign first_k      = fresh_q;
      assign last_k       = list_last_i;
      assign list_ready_o = go && last_sub;

      wire        unused_rows  = &{1'b0, k_rows_i};

      always @(posedge clk_i) begin
        if (start_i || panel_done) begin
          number_q <= 32'd0;
          fresh_q  <= 1'b1;
        end else if (next_k) begin
          number_q <= number_q + 32'd1;
          fresh_q  <= fresh_q && pass;
        end
      end
    end else begin : gen_all
      assign here         = 1'b1;
      assign pass         = 1'b0;
      assign first_k      = kin_q == 32'd0 && kw_q == 16'd0 && kh_q == 16'd0;
      assign last_k       = last_beat && last_kw && kh_q == k_rows_i - 16'd1;
      assign list_ready_o = 1'b0;

      wire unused_list = &{1'b0, list_valid_i, list_number_i, list_last_i};
    end
  endgenerate

  // ---------------------------------------------------------------- subtiles: none of their rows exists from M on

  wire [31:0] rows_next = rows_left_q - ROWS_32;
  wire [31:0] rows_tile = rewind_o ? rows_left_save_q : rows_next;

  always @(posedge clk_i) begin
    if (start_i) begin
      rows_left_save_q <= m_i;
    end else if (tile_done && save_o) begin
      rows_left_save_q <= rows_next;
    end
  end

  generate
    if (SUBTILES > 1) begin : gen_subtiles
      localparam              SUB_W    = $clog2(SUBTILES);
      localparam [31:0]       SUB_LAST = SUBTILES - 1;

      reg  [SUB_W-1:0]        sub_q;
      reg  [31:0]             rows_first_q;     // rows_left_q of subtile 0

      assign last_sub = sub_q == SUB_LAST[SUB_W-1:0];

      always @(posedge clk_i) begin
        if (start_i || (go && last_sub)) begin
          sub_q <= {SUB_W{1'b0}};
        end else if (go) begin
          sub_q <= sub_q + 1'b1;
        end
      end

      always @(posedge clk_i) begin
        if (start_i) begin
          rows_left_q  <= m_i;
          rows_first_q <= m_i;
        end else if (tile_done) begin
          rows_left_q  <= rows_tile;
          rows_first_q <= rows_tile;
        end else if (go && last_sub) begin
          rows_left_q <= rows_first_q;
        end else if (go) begin
          rows_left_q <= rows_left_q > ROWS_32 ? rows_next : 32'd0;
        end
      end
    end else begin : gen_whole
      assign last_sub = 1'b1;

      always @(posedge clk_i) begin
        if (start_i) begin
          rows_left_q <= m_i;
        end else if (tile_done) begin
          rows_left_q <= rows_tile;
        end
      end
    end
  endgenerate

  // ---------------------------------------------------------------- stage 0: the beat

  assign step_x_o     = kin_q + kw_x_q + ch_q;
  assign step_y_o     = kh_y_q;
  assign step_ih_o    = kh_ih_q;
  assign step_lanes_o = last_beat ? run_left_q[CUT_W-1:0] : beat_i;
  assign step_go_o    = go;

  genvar row;
  generate
    for (row = 0; row < ROWS; row = row + 1) begin : gen_row
      localparam [31:0] ROW = row;
      assign step_row_o[row] = rows_left_q > ROW;
    end
  endgenerate

  // ---------------------------------------------------------------- stages 1 to 3: flow control

  reg  valid1_q, valid2_q, valid3_q;
  reg  first1_q, first2_q, first3_q;
  reg  last1_q,  last2_q,  last3_q;
  reg  end1_q,   end2_q,   end3_q;
  reg  release1_q;                    // after this read the tile's origin moves on for good

  assign advance_o   = !valid3_q || out_ready_i;
  assign read_o      = valid1_q && advance_o && &arrived_i;
  assign go          = walking && nest_valid && here && (!valid1_q || read_o);
  assign out_valid_o = valid3_q;
  assign out_first_o = first3_q;
  assign out_last_o  = last3_q;
  assign out_end_o   = end3_q;

  always @(posedge clk_i) begin
    if (rst_i) begin
      valid1_q <= 1'b0;
      valid2_q <= 1'b0;
      valid3_q <= 1'b0;
    end else begin
      valid1_q <= go || (valid1_q && !read_o);
      if (advance_o) begin
        valid2_q <= read_o;
        valid3_q <= valid2_q;
      end
    end
  end

  always @(posedge clk_i) begin
    if (go) begin
      first1_q   <= first_k;
      last1_q    <= last_k;
      end1_q     <= last_k && last_panel && last_tile && last_group && last_block;
      release1_q <= last_sub && last_k && last_panel && last_group;
    end
    if (advance_o) begin
      first2_q <= first1_q;
      last2_q  <= last1_q;
      end2_q   <= end1_q;
      first3_q <= first2_q;
      last3_q  <= last2_q;
      end3_q   <= end2_q;
    end
  end

  generate
    if (STEPS > 1) begin : gen_count
      localparam        LANE_W   = $clog2(LANES);
      localparam [31:0]       ROUND_32 = LANES - 1;

      wire [CUT_W-1:0] round_up = step_lanes_o + ROUND_32[CUT_W-1:0];
      reg  [CNT_W-1:0] count1_q, count2_q, count3_q;

      assign out_count_o = count3_q;

      always @(posedge clk_i) begin
        if (go) begin
          count1_q <= round_up[LANE_W +: CNT_W];
        end
        if (advance_o) begin
          count2_q <= count1_q;
          count3_q <= count2_q;
        end
      end

      wire unused_round = &{1'b0, round_up};
    end else begin : gen_one
      assign out_count_o = 1'b1;
    end
  endgenerate

  // ---------------------------------------------------------------- release

  reg  [POS_W-1:0] release_q;

  assign release_o = release_q;

  always @(posedge clk_i) begin
    if (rst_i || start_i) begin
      release_q <= {POS_W{1'b0}};
    end else if (read_o && release1_q && origin_valid_i) begin
      release_q <= origin_i;
    end
  end

  wire unused_bits = &{1'b0, y_init_i[31:POS_W], row_y_i[31:POS_W], kh_y_i[31:POS_W]};

endmodule

`default_nettype wire
