// Packs a stream of bytes into bus beats at the alignment of a segment, with exact write strobes.
//
// Why: results leave the epilogue as a few bytes per cycle and may start at any byte address. The bus needs full beats,
// in the bursts that were announced. These bursts come in as plans.
//
// Parameters:
//   DATA_W    bus bits, a power of two from 32 to 512
//   IN_BYTES  bytes of an input word, 1 to DATA_W/8
// Handshake: ready/valid on all three sides; beat_valid_o depends on dat_valid_i and plan_valid_i, never on
//   beat_ready_i.
//   plan_*: one burst, taken with its last beat: plan_len_i, beats - 1; plan_offset_i, the segment's first byte within
//     its first beat, the same on all its bursts; plan_final_i, the segment's last burst
//   dat_*: dat_count_i bytes (1 to IN_BYTES) from bit 0 up; dat_last_i ends the segment and with it the beat
//   beat_*: data (zero where the strobe is off), strobes, last beat of the burst
//   abort_i: beats of the plans at hand are sent without data and with all strobes off; dat is not taken
// Latency: none; one full beat per cycle, one single-beat segment per cycle. A segment whose last word spills into one
//   more beat holds the input for that beat.
// After reset: no segment begun.

`default_nettype none

module lac_axi_pack #(
  parameter DATA_W   = 32,
  parameter IN_BYTES = 1
) (
  input  wire                          clk_i,
  input  wire                          rst_i,
  input  wire                          abort_i,
  input  wire                          plan_valid_i,
  output wire                          plan_ready_o,
  input  wire [7:0]                    plan_len_i,
  input  wire [$clog2(DATA_W/8)-1:0]   plan_offset_i,
  input  wire                          plan_final_i,
  input  wire                          dat_valid_i,
  output wire                          dat_ready_o,
  input  wire [IN_BYTES*8-1:0]         dat_data_i,
  input  wire [$clog2(IN_BYTES+1)-1:0] dat_count_i,
  input  wire                          dat_last_i,
  output wire                          beat_valid_o,
  input  wire                          beat_ready_i,
  output wire [DATA_W-1:0]             beat_data_o,
  output wire [DATA_W/8-1:0]           beat_strb_o,
  output wire                          beat_last_o
);

  localparam              BYTES     = DATA_W / 8;
  localparam              POS_W     = $clog2(BYTES);
  localparam              COUNT_W   = $clog2(IN_BYTES + 1);
  localparam [BYTES-1:0]  ALL_BYTES = {BYTES{1'b1}};
  localparam [DATA_W-1:0] ALL_BITS  = {DATA_W{1'b1}};

  reg               fresh_q;   // no byte of the segment has come
  reg               first_q;   // no beat of the segment has gone
  reg               spill_q;   // the segment's last bytes wait for a beat of their own
  reg  [POS_W-1:0]  pos_q;     // bytes of the coming beat that are kept or lie before the segment
  reg  [7:0]        beats_q;   // beats of the burst that have gone
  reg  [DATA_W-1:0] kept_q;

  // ---------------------------------------------------------------- where the word lands

  // Bytes [low, high) of the beat are the segment's.
  wire [POS_W-1:0] pos = fresh_q ? plan_offset_i : pos_q;
  wire [POS_W-1:0] low = first_q ? plan_offset_i : {POS_W{1'b0}};
  wire [POS_W+1:0] count = {{(POS_W + 2 - COUNT_W){1'b0}}, dat_count_i};
  wire [POS_W+1:0] total = {2'b00, pos} + (spill_q ? {(POS_W + 2){1'b0}} : count);
  wire             full = total[POS_W+1:POS_W] != 2'b00;
  wire             over = full & total[POS_W-1:0] != {POS_W{1'b0}};

  wire [2*DATA_W-1:0] placed = {{(2 * DATA_W - IN_BYTES * 8){1'b0}}, dat_data_i} << {pos, 3'd0};
  wire [DATA_W-1:0]   kept_bits = ~(ALL_BITS << {pos, 3'd0});
  wire [DATA_W-1:0]   merged = (kept_q & kept_bits) | (placed[DATA_W-1:0] & ~kept_bits);

  wire [BYTES-1:0]  filled = full ? ALL_BYTES : ~(ALL_BYTES << total[POS_W-1:0]);
  wire [DATA_W-1:0] filled_bits = full ? ALL_BITS : ~(ALL_BITS << {total[POS_W-1:0], 3'd0});

  assign beat_strb_o = (ALL_BYTES << low) & filled & {BYTES{~abort_i}};
  assign beat_data_o = merged & (ALL_BITS << {low, 3'd0}) & filled_bits & {DATA_W{~abort_i}};

  // ---------------------------------------------------------------- handshakes

  wire go = plan_valid_i & beat_ready_i & ~abort_i;
  wire take = dat_valid_i & dat_ready_o;
  wire sent = beat_valid_o & beat_ready_i;
  wire segment_sent = sent & beat_last_o & plan_final_i;

  assign dat_ready_o  = go & ~spill_q;
  assign beat_valid_o = plan_valid_i & (abort_i | spill_q | (dat_valid_i & (full | dat_last_i)));
  assign beat_last_o  = beats_q == plan_len_i;
  assign plan_ready_o = sent & beat_last_o;

  always @(posedge clk_i) begin
    if (rst_i) begin
      fresh_q <= 1'b1;
      first_q <= 1'b1;
      spill_q <= 1'b0;
      beats_q <= 8'd0;
    end else begin
      fresh_q <= segment_sent | (fresh_q & ~take);
      first_q <= segment_sent | (first_q & ~sent);
      if (take) spill_q <= dat_last_i & over;
      else if (sent) spill_q <= 1'b0;
      if (sent) beats_q <= beat_last_o ? 8'd0 : beats_q + 8'd1;
    end
  end

  always @(posedge clk_i) begin
    if (take) begin
      pos_q  <= total[POS_W-1:0];
      kept_q <= full ? placed[2*DATA_W-1:DATA_W] : merged;
    end
  end

endmodule

`default_nettype wire
