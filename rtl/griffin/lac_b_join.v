// Joins the parts of compacted B with the parts of their metadata, and checks the metadata.
//
// Why: weights and metadata come through two read channels, each at its own time. The engine relies on windows that
// stay inside the tile, whatever lies in memory. So every code and every header is checked once, here. A word with an
// error is never passed on.
//
// Metadata of a part (docs/engines/griffin.md): a code per weight, first weight lowest, each {across, side, distance};
//   then advance, last, straddle. The header counts in the first part of a word and is zero in the others. Bits above
//   are zero.
// Modes 2 (b) and 3 (ab) use metadata; in modes 0 (dense) and 1 (a), and where M_W is 0, words are the steps of K:
//   codes zero, advance 1, last after steps_i words.
// Offences: a distance beyond the mode's; a code of a zero weight that is not zero; an advance of 0 or beyond 1 +
//   distance; a straddle where there is none; a word that is last and leaves steps of its panel, or is not and consumes
//   the last of them (so no panel ends late or never); one that consumes steps of the next panel, unless it is last and
//   may straddle; a header in a later part; a bit above the header. In a word that straddles `across` says whose tile
//   the weight belongs to, 0 or 1.
// Parameters:
//   PARTS         parts of a word
//   WEIGHTS       weights of a part
//   B_W           bits of a weight
//   DIST_W, SIDE_W, ACROSS_W  bits of the fields of a code, may be 0
//   ADVANCE_W     bits of an advance
//   M_W           bits of a part's metadata, 0 for none, else at least WEIGHTS * code + ADVANCE_W + 2
//   B_D*, AB_D*   distances of modes b and ab
//   RUN_ON        1: words of mode b may straddle
//   the others are derived; do not set them
// Handshake: ready/valid on all three sides; a part leaves when both have come.
//   out_advance_o, out_last_o and out_straddle_o are the word's during all of its parts. An offence raises error_o for
//     one cycle, with the word's number since start_i, and nothing passes until the next start.
//   meta_late_o: a part of B waits for its metadata
// steps_i is there from start_i on and stays.
// Latency: none; a part every cycle.
// After reset: at the first part of a word.

`default_nettype none

module lac_b_join #(
  parameter PARTS     = 1,
  parameter WEIGHTS   = 1,
  parameter B_W       = 8,
  parameter DIST_W    = 0,
  parameter SIDE_W    = 0,
  parameter ACROSS_W  = 0,
  parameter ADVANCE_W = 1,
  parameter M_W       = 0,
  parameter B_D1      = 0,
  parameter B_D2      = 0,
  parameter B_D3      = 0,
  parameter AB_D1     = 0,
  parameter AB_D2     = 0,
  parameter AB_D3     = 0,
  parameter RUN_ON    = 0,
  parameter M_PORT_W  = M_W > 0 ? M_W : 1,
  parameter CODES_W   = M_W > 0 ? WEIGHTS * (DIST_W + SIDE_W + ACROSS_W) : 1
) (
  input  wire                   clk_i,
  input  wire                   rst_i,

  input  wire                   start_i,
  input  wire [1:0]             mode_i,
  input  wire [31:0]            steps_i,

  input  wire                   b_valid_i,
  output wire                   b_ready_o,
  input  wire [WEIGHTS*B_W-1:0] b_data_i,
  input  wire                   m_valid_i,
  output wire                   m_ready_o,
  input  wire [M_PORT_W-1:0]    m_data_i,

  output wire                   out_valid_o,
  input  wire                   out_ready_i,
  output wire [WEIGHTS*B_W-1:0] out_data_o,
  output wire [WEIGHTS-1:0]     out_nz_o,
  output wire [CODES_W-1:0]     out_code_o,
  output wire [ADVANCE_W-1:0]   out_advance_o,
  output wire                   out_last_o,
  output wire                   out_straddle_o,

  output wire                   meta_late_o,
  output wire                   error_o,
  output wire [31:0]            error_pos_o
);

  localparam                  PART_CNT_W   = PARTS > 1 ? $clog2(PARTS) : 1;
  localparam [31:0]           PART_LAST_32 = PARTS - 1;
  localparam [PART_CNT_W-1:0] PART_LAST    = PART_LAST_32[PART_CNT_W-1:0];
  localparam [31:0]           ONE_32       = 1;

  reg  [PART_CNT_W-1:0] part_q;
  reg  [31:0]           left_q;       // steps of this panel that the words before did not give up
  reg  [31:0]           word_q;       // words since start
  reg                   stopped_q;    // after an offence

  wire                  offence;
  wire                  here;         // a part of B and what belongs to it
  wire                  first     = part_q == {PART_CNT_W{1'b0}};
  wire                  fire      = out_valid_o && out_ready_i;
  wire                  word_done = fire && part_q == PART_LAST;
  wire [31:0]           left_d    = left_q - {{32 - ADVANCE_W{1'b0}}, out_advance_o};

  assign out_valid_o = here && !stopped_q && !offence;
  assign b_ready_o   = out_ready_i && out_valid_o;
  assign out_data_o  = b_data_i;
  assign error_o     = here && !stopped_q && offence;
  assign error_pos_o = word_q;

  always @(posedge clk_i) begin
    if (rst_i || start_i) begin
      part_q    <= {PART_CNT_W{1'b0}};
      left_q    <= steps_i;
      word_q    <= 32'd0;
      stopped_q <= 1'b0;
    end else begin
      if (fire) begin
        part_q <= word_done ? {PART_CNT_W{1'b0}} : part_q + 1'b1;
      end
      if (word_done) begin
        left_q <= !out_last_o ? left_d : RUN_ON != 0 ? left_d + steps_i : steps_i;
        word_q <= word_q + 32'd1;
      end
      if (error_o) begin
        stopped_q <= 1'b1;
      end
    end
  end

  genvar weight;
  generate
    for (weight = 0; weight < WEIGHTS; weight = weight + 1) begin : gen_weight
      assign out_nz_o[weight] = |b_data_i[weight*B_W +: B_W];
    end

    if (M_W == 0) begin : gen_plain

      assign here           = b_valid_i;
      assign offence        = 1'b0;
      assign m_ready_o      = 1'b0;
      assign meta_late_o    = 1'b0;
      assign out_code_o     = {CODES_W{1'b0}};
      assign out_advance_o  = ONE_32[ADVANCE_W-1:0];
      assign out_last_o     = left_q == 32'd1;
      assign out_straddle_o = 1'b0;

      wire unused_metadata = &{1'b0, mode_i, m_valid_i, m_data_i, first};

    end else begin : gen_compacted

      localparam        CODE_W   = DIST_W + SIDE_W + ACROSS_W;
      localparam        HEADER_W = ADVANCE_W + 2;
      localparam        ADVANCES = 1 << ADVANCE_W;
      localparam [31:0] B_LEGAL  = (1 << (B_D1 + 2)) - 2;    // bit per advance: 1 to 1 + distance
      localparam [31:0] AB_LEGAL = (1 << (AB_D1 + 2)) - 2;

      reg  [HEADER_W-1:0] header_q;

      wire                dual       = mode_i[0];
      wire                compacted  = mode_i[1];
      wire [HEADER_W-1:0] header_in  = m_data_i[CODES_W +: HEADER_W];
      wire [HEADER_W-1:0] header     = first ? header_in : header_q;
      wire [ADVANCE_W-1:0] advance   = header[ADVANCE_W-1:0];
      wire                last       = header[ADVANCE_W];
      wire                straddle   = header[ADVANCE_W+1];

      wire [ADVANCES-1:0] legal      = dual ? AB_LEGAL[ADVANCES-1:0] : B_LEGAL[ADVANCES-1:0];
      wire                soon       = left_q[31:ADVANCE_W] == {32 - ADVANCE_W{1'b0}};
      wire                ends       = soon && left_q[ADVANCE_W-1:0] == advance;
      wire                passes     = soon && left_q[ADVANCE_W-1:0] < advance;
      wire                may_pass   = RUN_ON != 0 && !dual;
      wire                bad_end    = last ? !ends && !(passes && may_pass) : ends || passes;
      wire                bad_first  = !legal[advance] || bad_end || (straddle && !may_pass);
      wire                bad_header = first ? bad_first : header_in != {HEADER_W{1'b0}};
      wire [WEIGHTS-1:0]  bad_code;
      wire                bad_fill;      // bits up to the end of a byte

      assign here           = b_valid_i && (m_valid_i || !compacted);
      assign offence        = compacted && (bad_header || bad_fill || bad_code != {WEIGHTS{1'b0}});
      assign m_ready_o      = b_ready_o && compacted;
      assign meta_late_o    = b_valid_i && compacted && !m_valid_i;
      assign out_code_o     = compacted ? m_data_i[CODES_W-1:0] : {CODES_W{1'b0}};
      assign out_advance_o  = compacted ? advance : ONE_32[ADVANCE_W-1:0];
      assign out_last_o     = compacted ? last : left_q == 32'd1;
      assign out_straddle_o = compacted && straddle;

      always @(posedge clk_i) begin
        if (fire && first) begin
          header_q <= header_in;
        end
      end

      for (weight = 0; weight < WEIGHTS; weight = weight + 1) begin : gen_code
        wire [CODE_W-1:0] code = m_data_i[weight*CODE_W +: CODE_W];
        wire              far;
        wire              aside;
        wire              across;
        assign bad_code[weight] = far || aside || across || (!out_nz_o[weight] && code != {CODE_W{1'b0}});

        if (DIST_W > 0) begin : gen_dist
          localparam [31:0] B_MAX  = B_D1;
          localparam [31:0] AB_MAX = AB_D1;
          assign far = {1'b0, code[DIST_W-1:0]} > (dual ? AB_MAX[DIST_W:0] : B_MAX[DIST_W:0]);
        end else begin : gen_no_dist
          assign far = 1'b0;
        end

        if (SIDE_W > 0) begin : gen_side
          localparam [31:0] B_MAX  = B_D2;
          localparam [31:0] AB_MAX = AB_D2;
          assign aside = {1'b0, code[DIST_W +: SIDE_W]} > (dual ? AB_MAX[SIDE_W:0] : B_MAX[SIDE_W:0]);
        end else begin : gen_no_side
          assign aside = 1'b0;
        end

        if (ACROSS_W > 0) begin : gen_across
          localparam [31:0] B_MAX  = B_D3;
          localparam [31:0] AB_MAX = AB_D3;
          wire [ACROSS_W:0] reach = straddle ? ONE_32[ACROSS_W:0] : dual ? AB_MAX[ACROSS_W:0] : B_MAX[ACROSS_W:0];
          assign across = {1'b0, code[DIST_W+SIDE_W +: ACROSS_W]} > reach;
        end else begin : gen_no_across
          assign across = 1'b0;
        end
      end

      if (M_W > CODES_W + HEADER_W) begin : gen_fill
        assign bad_fill = |m_data_i[M_W-1:CODES_W+HEADER_W];
      end else begin : gen_no_fill
        assign bad_fill = 1'b0;
      end

    end
  endgenerate

endmodule

`default_nettype wire
