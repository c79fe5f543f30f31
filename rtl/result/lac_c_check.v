// Checks at the start of a job that rows of C do not overlap and that the slots of a group fit in the C buffer.
//
// Why: registers that are legal one by one could otherwise make results overwrite each other without any error. What
// only the walk can know (m-tiles, panels, blocks of channel groups) is checked where results are collected and
// written.
//
// Parameters:
//   ROWS    = M0
//   CHUNKS  words per row of a tile
//   WORDS   words of the C buffer
//   SLOTS   m-tiles that may wait in it
//   AT_*    byte offsets of the registers that are reported
// Handshake:
//   start_i is a pulse; the job registers are stable from its cycle on
//   bad_o is a pulse with the offset of the first register that does not fit, pitch first
//   sparse_i: results are written without zeros: no pitch, but rows in order, so one group. What is above the limit of
//     its own register has been refused before: slots above SLOTS, slot_words_i above WORDS, and group_panels_i above
//     the panels that the buffer holds.
// Latency: bad_o three cycles after start_i.
// After reset: idle.

`default_nettype none

module lac_c_check #(
  parameter ROWS            = 2,
  parameter CHUNKS          = 1,
  parameter WORDS           = 32,
  parameter SLOTS           = 2,
  parameter AT_PITCH        = 4,
  parameter AT_SLOT_WORDS   = 12,
  parameter AT_GROUP_PANELS = 16,
  parameter AT_ROWS         = 20
) (
  input  wire        clk_i,
  input  wire        rst_i,

  input  wire        start_i,
  input  wire [31:0] m_i,
  input  wire [31:0] n_i,
  input  wire [31:0] panels_i,
  input  wire [31:0] group_panels_i,
  input  wire [31:0] pitch_i,
  input  wire        narrow_i,          // results are bytes, else 32-bit words
  input  wire [7:0]  slots_i,
  input  wire [31:0] slot_words_i,
  input  wire        sparse_i,
  input  wire [31:0] rows_i,            // with sparse_i: that are written

  output wire        bad_o,
  output wire [31:0] bad_pos_o
);

  localparam               SLOT_W   = $clog2(SLOTS + 1);
  localparam               WORD_W   = $clog2(WORDS + 1);
  localparam [31:0]        WORDS_32 = WORDS;
  localparam [31:0]        TILE     = ROWS * CHUNKS;   // words of a panel in a slot
  localparam [WORD_W-1:0]  TILE_W   = TILE[WORD_W-1:0];
  localparam [SLOT_W+WORD_W-1:0] ALL = {{SLOT_W{1'b0}}, WORDS_32[WORD_W-1:0]};
  localparam [31:0]        PITCH_32 = AT_PITCH;
  localparam [31:0]        WORDS_AT = AT_SLOT_WORDS;
  localparam [31:0]        GROUP_AT = AT_GROUP_PANELS;
  localparam [31:0]        ROWS_AT  = AT_ROWS;

  reg  [2:0]               age_q;        // one-hot: cycles since start_i

  wire [33:0]              row_bytes  = narrow_i ? {2'b00, n_i} : {n_i, 2'b00};
  wire [31:0]              group      = group_panels_i < panels_i ? group_panels_i : panels_i;
  wire [WORD_W-1:0]        slot_words = slot_words_i[WORD_W-1:0];
  wire [SLOT_W-1:0]        slots      = slots_i[SLOT_W-1:0];

  reg                      pitch_q;      // what each register is blamed for
  reg                      group_q;
  reg                      rows_q;
  reg  [SLOT_W+WORD_W-1:0] all_q;        // words of all slots
  reg  [WORD_W-1:0]        need_q;       // of a group
  reg                      bad_q;
  reg  [31:0]              bad_pos_q;

  wire                     words_bad  = all_q > ALL || need_q > slot_words;

  assign bad_o     = age_q[2] && bad_q;
  assign bad_pos_o = bad_pos_q;

  always @(posedge clk_i) begin
    if (rst_i) begin
      age_q <= 3'b000;
    end else begin
      age_q <= {age_q[1:0], start_i};
    end
  end

  always @(posedge clk_i) begin
    pitch_q   <= !sparse_i && {2'b00, pitch_i} < row_bytes;
    group_q   <= sparse_i && group_panels_i < panels_i;
    rows_q    <= sparse_i && rows_i > m_i;
    all_q     <= {{WORD_W{1'b0}}, slots} * {{SLOT_W{1'b0}}, slot_words};
    need_q    <= group[WORD_W-1:0] * TILE_W;
    bad_q     <= pitch_q || group_q || words_bad || rows_q;
    bad_pos_q <= pitch_q   ? PITCH_32 :
                 group_q   ? GROUP_AT :
                 words_bad ? WORDS_AT : ROWS_AT;
  end

  wire unused_bits = &{1'b0, slots_i, slot_words_i, group, WORDS_32};

endmodule

`default_nettype wire
