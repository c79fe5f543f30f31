// Joins the parts of kept weights with the parts of their offsets, and checks the offsets.
//
// Why: weights and metadata come through two read channels, each at its own time. The muxes rely on offsets that ascend
// within their node and are less than its H. So every offset is checked once, here.
//
// Metadata of a part (docs/engines/hss.md): per group the offsets of the G2 parts, of the G1 blocks in each of them, of
//   the G0 words in each of these, clog2(H) bits each, first lowest. Bits above the last group are zero, else that is
//   an offence as well. Where structured_i is low there are none: weights are dense and offsets count up.
// Parameters:
//   PARTS   parts of a word
//   GROUPS  groups of a part
//   B_W     bits of a weight
//   G*, H*  kept and largest number of children by rank, 1 and 1 if the hardware has no such rank
//   M_W     bits of a part's metadata, at least GROUPS * GROUP_W
//   the others are derived; do not set them
// Handshake: ready/valid on all three sides; a part leaves when both have come. An offence raises error_o for one
//   cycle, with the word's number since start_i, and nothing passes until the next start.
//   meta_late_o: a part of B waits for its metadata
//   structured_i, h0_i, h1_i and h2_i stay from start_i on
// Latency: none; a part every cycle.
// After reset: at the first part of a word.

`default_nettype none

module lac_hss_join #(
  parameter PARTS   = 1,
  parameter GROUPS  = 1,
  parameter B_W     = 8,
  parameter G0      = 1,
  parameter H0      = 2,
  parameter G1      = 1,
  parameter H1      = 1,
  parameter G2      = 1,
  parameter H2      = 1,
  parameter M_W     = 8,
  parameter W0      = $clog2(H0),
  parameter W1      = $clog2(H1),
  parameter W2      = $clog2(H2),
  parameter BASE_1  = G2 * W2,
  parameter BASE_0  = BASE_1 + G2 * G1 * W1,
  parameter GROUP_W = BASE_0 + G2 * G1 * G0 * W0,
  parameter DATA_W  = GROUPS * G0 * G1 * G2 * B_W
) (
  input  wire                      clk_i,
  input  wire                      rst_i,

  input  wire                      start_i,
  input  wire                      structured_i,
  input  wire [7:0]                h0_i,
  input  wire [7:0]                h1_i,
  input  wire [7:0]                h2_i,

  input  wire                      b_valid_i,
  output wire                      b_ready_o,
  input  wire [DATA_W-1:0]         b_data_i,
  input  wire                      m_valid_i,
  output wire                      m_ready_o,
  input  wire [M_W-1:0]            m_data_i,

  output wire                      out_valid_o,
  input  wire                      out_ready_i,
  output wire [DATA_W-1:0]         out_data_o,
  output wire [GROUPS*GROUP_W-1:0] out_offsets_o,

  output wire                      meta_late_o,
  output wire                      error_o,
  output wire [31:0]               error_pos_o
);

  localparam                  PART_CNT_W   = PARTS > 1 ? $clog2(PARTS) : 1;
  localparam [31:0]           PART_LAST_32 = PARTS - 1;
  localparam [PART_CNT_W-1:0] PART_LAST    = PART_LAST_32[PART_CNT_W-1:0];

  // ---------------------------------------------------------------- offsets of each group, rank by rank

  wire [GROUPS*3-1:0] offences;

  genvar group;
  generate
    for (group = 0; group < GROUPS; group = group + 1) begin : gen_group
      wire [GROUP_W-1:0] offsets = m_data_i[group*GROUP_W +: GROUP_W];

      if (W2 > 0) begin : gen_rank_2
        lac_hss_rank #(
          .NODES        (1),
          .G            (G2),
          .W            (W2)
        ) u_rank (
          .structured_i (structured_i),
          .h_i          (h2_i),
          .offsets_i    (offsets[BASE_1-1:0]),
          .offsets_o    (out_offsets_o[group*GROUP_W +: BASE_1]),
          .offence_o    (offences[3*group+2])
        );
      end else begin : gen_no_rank_2
        assign offences[3*group+2] = 1'b0;
      end

      if (W1 > 0) begin : gen_rank_1
        lac_hss_rank #(
          .NODES        (G2),
          .G            (G1),
          .W            (W1)
        ) u_rank (
          .structured_i (structured_i),
          .h_i          (h1_i),
          .offsets_i    (offsets[BASE_0-1:BASE_1]),
          .offsets_o    (out_offsets_o[group*GROUP_W+BASE_1 +: BASE_0-BASE_1]),
          .offence_o    (offences[3*group+1])
        );
      end else begin : gen_no_rank_1
        assign offences[3*group+1] = 1'b0;
      end

      if (W0 > 0) begin : gen_rank_0
        lac_hss_rank #(
          .NODES        (G2 * G1),
          .G            (G0),
          .W            (W0)
        ) u_rank (
          .structured_i (structured_i),
          .h_i          (h0_i),
          .offsets_i    (offsets[GROUP_W-1:BASE_0]),
          .offsets_o    (out_offsets_o[group*GROUP_W+BASE_0 +: GROUP_W-BASE_0]),
          .offence_o    (offences[3*group])
        );
      end else begin : gen_no_rank_0
        assign offences[3*group] = 1'b0;
      end
    end
  endgenerate

  generate
    if (M_W > GROUPS * GROUP_W) begin : gen_fill
      assign fill = |m_data_i[M_W-1:GROUPS*GROUP_W];
    end else begin : gen_no_fill
      assign fill = 1'b0;
    end
  endgenerate

  // ---------------------------------------------------------------- parts

  reg  [PART_CNT_W-1:0] part_q;
  reg  [31:0]           word_q;       // words since start
  reg                   stopped_q;    // after an offence

  wire                  fill;         // bits up to the end of a byte that are not zero
  wire                  offence = |offences || (fill && structured_i);
  wire                  here    = b_valid_i && (m_valid_i || !structured_i);
  wire                  fire    = out_valid_o && out_ready_i;

  assign out_valid_o = here && !stopped_q && !offence;
  assign b_ready_o   = fire;
  assign m_ready_o   = fire && structured_i;
  assign out_data_o  = b_data_i;
  assign meta_late_o = b_valid_i && !m_valid_i && structured_i;
  assign error_o     = here && !stopped_q && offence;
  assign error_pos_o = word_q;

  always @(posedge clk_i) begin
    if (rst_i || start_i) begin
      part_q    <= {PART_CNT_W{1'b0}};
      word_q    <= 32'd0;
      stopped_q <= 1'b0;
    end else begin
      if (fire) begin
        part_q <= part_q == PART_LAST ? {PART_CNT_W{1'b0}} : part_q + 1'b1;
        word_q <= part_q == PART_LAST ? word_q + 32'd1 : word_q;
      end
      if (error_o) begin
        stopped_q <= 1'b1;
      end
    end
  end

  wire unused_ranks = &{1'b0, h0_i, h1_i, h2_i, m_data_i};

endmodule

`default_nettype wire
