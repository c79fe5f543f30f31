// The control of the windows of A: how many steps they hold, where they begin, where tiles end.
//
// Why: all rows move together, so one control serves all rings (lac_a_window).
//
// Parameters:
//   RING, DEPTH, STEPS  as lac_a_window
//   WORDS               words of B in the window
//   the others are derived; do not set them
// A:
//   a_valid_i, a_ready_o with a_count_i steps of a beat (1 to STEPS), a_first_i if its first step is a tile's first,
//     a_last_i if its last step is a tile's last, a_end_i if the job's
//   a_ready_o does not depend on a_valid_i; a beat is taken whole
// The step rule:
//   depth_i: steps that a step of the engine wants to see
//   there_o: they are there, or a tile's last step is among them; with end_only_i only the last step of the job allows
//     a short window
//   here_o, lasts_o: bit d: step d of the window is there; and is a tile's last
// Consuming: take_i bit k consumes sums_i[k] steps (all bits zero: none); sums come early, take_i late in the cycle.
// Rings:
//   write_o, tail_o, turn_o, head_next_o as lac_a_window wants them
//   ended_o: the job's last step has been consumed
// Latency: a beat counts from the cycle after it was taken; one beat per cycle.
// After reset: empty.

`default_nettype none

module lac_a_window_control #(
  parameter RING     = 4,
  parameter DEPTH    = 2,
  parameter STEPS    = 2,
  parameter WORDS    = 2,
  parameter NUMBER_W = $clog2(STEPS + 1),
  parameter SUM_W    = $clog2(DEPTH + 1),
  parameter TAIL_W   = STEPS > 1 ? $clog2(STEPS) : 1,
  parameter HEAD_W   = RING > 1 ? $clog2(RING) : 1
) (
  input  wire                   clk_i,
  input  wire                   rst_i,

  input  wire                   a_valid_i,
  output wire                   a_ready_o,
  input  wire [NUMBER_W-1:0]    a_count_i,
  input  wire                   a_first_i,
  input  wire                   a_last_i,
  input  wire                   a_end_i,

  input  wire [SUM_W-1:0]       depth_i,
  input  wire                   end_only_i,
  output wire                   there_o,
  output wire [DEPTH-1:0]       here_o,
  output wire [DEPTH-1:0]       lasts_o,
  input  wire [WORDS*SUM_W-1:0] sums_i,
  input  wire [WORDS-1:0]       take_i,
  output wire                   ended_o,

  output wire [RING-1:0]        write_o,
  output wire [TAIL_W-1:0]      tail_o,
  output wire [1:0]             turn_o,
  output wire [HEAD_W-1:0]      head_next_o
);

  localparam               COUNT_W   = $clog2(2 * RING + 1);   // a count and the steps of a beat
  localparam [31:0]        RING_32   = RING;
  localparam [31:0]        STEPS_32  = STEPS;
  localparam [COUNT_W-1:0] MOST      = RING_32[COUNT_W-1:0] - STEPS_32[COUNT_W-1:0];
  localparam [COUNT_W-1:0] SLOT_MASK = RING_32[COUNT_W-1:0] - 1'b1;

  // ---------------------------------------------------------------- how many steps, and where

  reg  [COUNT_W-1:0] count_q;
  reg  [HEAD_W-1:0]  head_q;
  reg                end_seen_q;   // the job's last step is in the ring or has left it

  // Everything for each number of words that could be given up, since the choice comes last in the cycle: how many
  // steps there are then, where they begin, whether a beat has room beside them and which slots it takes. Who has room
  // with fewer words given up has room with more, so the beat is written if any choice says so, and choice 0 always
  // speaks.
  wire [(WORDS+1)*COUNT_W-1:0] counts;
  wire [(WORDS+1)*HEAD_W-1:0]  heads;
  wire [(WORDS+1)*RING-1:0]    writes;
  wire [WORDS:0]               fits;
  wire [RING-1:0]              beat_slots;   // those that a beat would take
  wire [COUNT_W-1:0]           head     = {{COUNT_W - HEAD_W{1'b0}}, head_q};
  wire [COUNT_W-1:0]           arriving = {{COUNT_W - NUMBER_W{1'b0}}, a_count_i};

  genvar k;
  generate
    for (k = 0; k <= WORDS; k = k + 1) begin : gen_choice
      wire [COUNT_W-1:0] given;
      if (k == 0) begin : gen_none
        assign given = {COUNT_W{1'b0}};
      end else begin : gen_sum
        assign given = {{COUNT_W - SUM_W{1'b0}}, sums_i[(k-1)*SUM_W +: SUM_W]};
      end
      wire [COUNT_W-1:0] remains = count_q - given;
      wire [COUNT_W-1:0] begins  = (head + given) & SLOT_MASK;
      wire               comes   = fits[k] && a_valid_i;
      assign fits[k]                      = remains <= MOST;
      assign counts[k*COUNT_W +: COUNT_W] = comes ? remains + arriving : remains;
      assign heads[k*HEAD_W +: HEAD_W]    = begins[HEAD_W-1:0];
      assign writes[k*RING +: RING]       = beat_slots & {RING{comes}};
      wire unused_begins = &{1'b0, begins};
    end
  endgenerate

  wire [HEAD_W-1:0]  head_next;
  wire [COUNT_W-1:0] count_next;

  lac_lane_mux #(
    .LANES     (1),
    .W         (COUNT_W),
    .PLACES    (WORDS + 1)
  ) u_count (
    .select_i  ({take_i, ~|take_i}),
    .places_i  (counts),
    .operand_o (count_next)
  );

  lac_lane_mux #(
    .LANES     (1),
    .W         (HEAD_W),
    .PLACES    (WORDS + 1)
  ) u_head (
    .select_i  ({take_i, ~|take_i}),
    .places_i  (heads),
    .operand_o (head_next)
  );

  lac_lane_mux #(
    .LANES     (1),
    .W         (RING),
    .PLACES    (WORDS + 1)
  ) u_write (
    .select_i  ({take_i, 1'b1}),
    .places_i  (writes),
    .operand_o (write_o)
  );

  assign a_ready_o = |({take_i, 1'b1} & fits);

  wire accept = a_valid_i && a_ready_o;

  always @(posedge clk_i) begin
    if (rst_i) begin
      count_q    <= {COUNT_W{1'b0}};
      head_q     <= {HEAD_W{1'b0}};
      end_seen_q <= 1'b0;
    end else begin
      count_q    <= count_next;
      head_q     <= head_next;
      end_seen_q <= end_seen_q || (accept && a_end_i);
    end
  end

  assign head_next_o = head_next;
  assign ended_o     = end_seen_q && count_q == {COUNT_W{1'b0}};

  // ---------------------------------------------------------------- writing

  reg  [RING-1:0]    ring_lasts_q;
  wire [COUNT_W-1:0] tail = (head + count_q) & SLOT_MASK;

  genvar slot;
  generate
    for (slot = 0; slot < RING; slot = slot + 1) begin : gen_slot
      localparam [31:0] SLOT = slot;
      wire [COUNT_W-1:0] place = (SLOT[COUNT_W-1:0] - tail) & SLOT_MASK;   // in the beat

      assign beat_slots[slot] = place < STEPS_32[COUNT_W-1:0];

      always @(posedge clk_i) begin
        if (write_o[slot]) begin
          ring_lasts_q[slot] <= a_last_i && place + 1'b1 == arriving;
        end
      end
    end
  endgenerate

  assign tail_o = tail[TAIL_W-1:0];

  // The number, modulo 4, of the step that comes next in its tile.
  reg  [1:0] turn_q;
  wire [COUNT_W+1:0] turn_next = {{COUNT_W{1'b0}}, turn_o} + {2'b00, arriving};

  assign turn_o = a_first_i ? 2'd0 : turn_q;

  always @(posedge clk_i) begin
    if (accept) begin
      turn_q <= turn_next[1:0];
    end
  end

  // ---------------------------------------------------------------- where tiles end

  wire [DEPTH-1:0] window_lasts;
  wire [DEPTH-1:0] here;
  wire [DEPTH-1:0] wanted;

  generate
    for (k = 0; k < DEPTH; k = k + 1) begin : gen_here
      localparam [31:0] STEP = k;
      assign here[k]   = count_q > STEP[COUNT_W-1:0];
      assign wanted[k] = depth_i > STEP[SUM_W-1:0];
    end
  endgenerate

  lac_rotate #(
    .WIDTH    (1),
    .SLOTS    (RING),
    .OUT      (DEPTH)
  ) u_read_lasts (
    .amount_i (head_q),
    .slots_i  (ring_lasts_q),
    .slots_o  (window_lasts)
  );

  assign here_o  = here;
  assign lasts_o = window_lasts & here;
  assign there_o = (wanted & ~here) == {DEPTH{1'b0}} || (end_only_i ? end_seen_q && here[0] : |(lasts_o & wanted));

  wire unused_bits = &{1'b0, tail, turn_next[COUNT_W+1:2]};

endmodule

`default_nettype wire
