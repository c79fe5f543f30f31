// The next steps of one row of A: a ring that is written in beats of several steps and read from its head.
//
// Why: multipliers choose their operands from the next DEPTH steps, and several steps may be consumed per cycle.
//
// Parameters:
//   RING        steps held, a power of two, at least DEPTH + STEPS - 1
//   DEPTH       steps seen
//   STEPS       steps of a beat
//   LANES, A_W  elements of a step and their bits
//   SHUFFLE     1: lanes are rotated on the way in (lac_shuffle; LANES at least 2)
//   the others are derived; do not set them. lac_a_window_control has the control of all rows
// Ports:
//   beat_i: step s, lane l at (s * LANES + l) * A_W; it is written into the slots of write_i, at the end of the cycle,
//     its first step into slot tail_i
//   turn_i is the number of its first step in the tile, modulo 4
//   head_next_i: where the window begins in the next cycle
//   nonzero_o, steps_o: bits and elements of the first DEPTH steps, step d, lane l at d * LANES + l
// Latency: a beat is seen in the cycle after it was written.
// After reset: head at slot 0, contents unknown.

`default_nettype none

module lac_a_window #(
  parameter RING    = 4,
  parameter DEPTH   = 2,
  parameter STEPS   = 2,
  parameter LANES   = 4,
  parameter A_W     = 8,
  parameter SHUFFLE = 1,
  parameter TAIL_W  = STEPS > 1 ? $clog2(STEPS) : 1,
  parameter HEAD_W  = RING > 1 ? $clog2(RING) : 1
) (
  input  wire                       clk_i,
  input  wire                       rst_i,

  input  wire [RING-1:0]            write_i,
  input  wire [TAIL_W-1:0]          tail_i,       // modulo that power of two
  input  wire [1:0]                 turn_i,
  input  wire [STEPS*LANES*A_W-1:0] beat_i,

  input  wire [HEAD_W-1:0]          head_next_i,
  output wire [DEPTH*LANES-1:0]     nonzero_o,
  output wire [DEPTH*LANES*A_W-1:0] steps_o
);

  localparam STEP_W = LANES * A_W;
  localparam FRAME  = 1 << $clog2(STEPS);   // a power of two of steps

  // ---------------------------------------------------------------- the beat's lanes, turned

  // A frame is the beat, filled up to FRAME steps.
  wire [FRAME*STEP_W-1:0] turned;
  wire [FRAME*LANES-1:0]  turned_nonzero;

  genvar step, lane;
  generate
    for (step = 0; step < FRAME; step = step + 1) begin : gen_step
      if (step >= STEPS) begin : gen_none
        assign turned[step*STEP_W +: STEP_W]       = {STEP_W{1'b0}};
        assign turned_nonzero[step*LANES +: LANES] = {LANES{1'b0}};
      end else if (SHUFFLE != 0) begin : gen_shuffle
        localparam [31:0] STEP = step;
        lac_shuffle #(
          .LANES   (LANES),
          .W       (A_W)
        ) u_shuffle (
          .turn_i  (turn_i + STEP[1:0]),
          .lanes_i (beat_i[step*STEP_W +: STEP_W]),
          .lanes_o (turned[step*STEP_W +: STEP_W])
        );
      end else begin : gen_straight
        assign turned[step*STEP_W +: STEP_W] = beat_i[step*STEP_W +: STEP_W];
      end

      if (step < STEPS) begin : gen_nonzero
        for (lane = step * LANES; lane < (step + 1) * LANES; lane = lane + 1) begin : gen_lane
          assign turned_nonzero[lane] = |turned[lane*A_W +: A_W];
        end
      end
    end

    if (SHUFFLE == 0) begin : gen_unused
      wire unused_turn = &{1'b0, turn_i};
    end
  endgenerate

  // ---------------------------------------------------------------- into the ring

  // Slot p takes what stands at (p - tail) mod FRAME of the frame.
  wire [TAIL_W-1:0]       back = {TAIL_W{1'b0}} - tail_i;
  wire [FRAME*STEP_W-1:0] placed;
  wire [FRAME*LANES-1:0]  placed_nonzero;

  lac_rotate #(
    .WIDTH    (STEP_W),
    .SLOTS    (FRAME)
  ) u_place (
    .amount_i (back),
    .slots_i  (turned),
    .slots_o  (placed)
  );

  lac_rotate #(
    .WIDTH    (LANES),
    .SLOTS    (FRAME)
  ) u_place_nonzero (
    .amount_i (back),
    .slots_i  (turned_nonzero),
    .slots_o  (placed_nonzero)
  );

  reg [RING*STEP_W-1:0] ring_q;
  reg [RING*LANES-1:0]  ring_nonzero_q;

  genvar slot;
  generate
    for (slot = 0; slot < RING; slot = slot + 1) begin : gen_slot
      always @(posedge clk_i) begin
        if (write_i[slot]) begin
          ring_q[slot*STEP_W +: STEP_W]       <= placed[(slot%FRAME)*STEP_W +: STEP_W];
          ring_nonzero_q[slot*LANES +: LANES] <= placed_nonzero[(slot%FRAME)*LANES +: LANES];
        end
      end
    end
  endgenerate

  // ---------------------------------------------------------------- out of the ring

  // A copy of the head for every row, since it drives all these muxes.
  reg [HEAD_W-1:0] head_q;

  always @(posedge clk_i) begin
    if (rst_i) begin
      head_q <= {HEAD_W{1'b0}};
    end else begin
      head_q <= head_next_i;
    end
  end

  lac_rotate #(
    .WIDTH    (STEP_W),
    .SLOTS    (RING),
    .OUT      (DEPTH)
  ) u_read (
    .amount_i (head_q),
    .slots_i  (ring_q),
    .slots_o  (steps_o)
  );

  lac_rotate #(
    .WIDTH    (LANES),
    .SLOTS    (RING),
    .OUT      (DEPTH)
  ) u_read_nonzero (
    .amount_i (head_q),
    .slots_i  (ring_nonzero_q),
    .slots_o  (nonzero_o)
  );

endmodule

`default_nettype wire
