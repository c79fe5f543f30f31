// Chooses which k-tiles of the list are loaded and what the chunk stores show for them: k-tiles known to be empty in A
// are dropped.
//
// Why: a k-tile without a nonzero of A costs its beats and the words of B in every panel that lists it. The first panel
// of an m-tile that lists it finds out; for the other panels it is dropped here, one per cycle (docs/engines/outer.md,
// The path of A).
//
// Parameters:
//   BLOCKS  blocks
//   WORDS   words of a store of chunks, a power of two
//   SHOW_W  bits of a k-tile's number of words
//   KNOWN   k-tiles of a panel that can be remembered, a power of two, at least 2, others are never dropped
//   SLOTS   k-tiles of A in the engine
//   the others are derived; do not set them
// Handshake:
//   list_* from the store of k-tiles, out_* to the reader of A, both ready/valid
//   list_last_i: the panel's last one, which is never dropped
//   list_end_i: the m-tile's last one, behind which nothing is known
//   list_words_i by block
//   show_*: by block, to the stores, ready/valid: with a k-tile that goes to the reader what has been dropped before it
//     (show_jump_o) and its own words. Where the list is empty what has been dropped is told without a k-tile, so that
//     the stores get room for more.
//   list_turn_i: of a k-tile: turn_o and turn_next_o show it of the oldest and the next one on their way to
//     lac_outer_load
//   known_i, empty_i: of lac_outer_load, for k-tiles in the order of out_*
// Nothing is dropped where panels differ in the channels of A that they meet: block_panels_i below panels_i.
// Latency: one cycle; a k-tile a cycle.
// After reset: nothing known.

`default_nettype none

module lac_outer_pass #(
  parameter BLOCKS = 2,
  parameter WORDS  = 4,
  parameter SHOW_W = 2,
  parameter KNOWN  = 4,
  parameter SLOTS  = 2,
  parameter JUMP_W = $clog2(WORDS) + 1,
  parameter TURN_W = BLOCKS > 1 ? $clog2(BLOCKS) : 1
) (
  input  wire                     clk_i,
  input  wire                     rst_i,

  input  wire                     start_i,
  input  wire [31:0]              panels_i,
  input  wire [31:0]              block_panels_i,

  input  wire                     list_valid_i,
  output wire                     list_ready_o,
  input  wire [31:0]              list_number_i,
  input  wire                     list_last_i,
  input  wire                     list_end_i,
  input  wire [BLOCKS*SHOW_W-1:0] list_words_i,
  input  wire [TURN_W-1:0]        list_turn_i,

  output wire                     out_valid_o,
  input  wire                     out_ready_i,
  output wire [31:0]              out_number_o,
  output wire                     out_last_o,

  output wire [BLOCKS-1:0]        show_valid_o,
  input  wire [BLOCKS-1:0]        show_ready_i,
  output wire [BLOCKS*JUMP_W-1:0] show_jump_o,
  output wire [BLOCKS*SHOW_W-1:0] show_words_o,

  output wire [TURN_W-1:0]        turn_o,
  output wire [TURN_W-1:0]        turn_next_o,
  input  wire                     known_i,
  input  wire                     empty_i
);

  localparam          KNOWN_W = $clog2(KNOWN);
  localparam          WAY     = 8;           // k-tiles that may be between here and known_i
  // told to a store and not yet shown to the end: in slots, and on the way there
  localparam          SHOWS   = SLOTS + 6;

  reg                 out_valid_q;
  reg  [31:0]         out_number_q;
  reg                 out_last_q;
  reg                 dropped_q;             // some have been since the stores were told
  reg  [KNOWN-1:0]    empty_q;               // by k-tile
  reg  [KNOWN_W-1:0]  number_q[0:WAY-1];     // of k-tiles on their way
  reg  [TURN_W-1:0]   turn_q[0:WAY-1];
  reg  [WAY-1:0]      learn_q;               // whether it is worth knowing that they are empty
  reg  [2:0]          enter_q, leave_q;
  reg  [3:0]          way_q;                 // how many

  wire [BLOCKS-1:0]   shows_ready;
  wire [KNOWN_W-1:0]  number   = list_number_i[KNOWN_W-1:0];
  wire                in_range = list_number_i[31:KNOWN_W] == {32 - KNOWN_W{1'b0}};
  wire                steady   = block_panels_i >= panels_i;
  wire                room     = &shows_ready && !way_q[3];
  wire                drop     = list_valid_i && in_range && empty_q[number] && !list_last_i;
  wire                load     = list_valid_i && !drop && room && (!out_valid_q || out_ready_i);
  wire                tell     = load || (!list_valid_i && dropped_q && room);

  assign list_ready_o = drop || load;
  assign out_valid_o  = out_valid_q;
  assign out_number_o = out_number_q;
  assign out_last_o   = out_last_q;

  always @(posedge clk_i) begin
    if (rst_i || start_i) begin
      out_valid_q <= 1'b0;
      dropped_q   <= 1'b0;
    end else begin
      out_valid_q <= load || (out_valid_q && !out_ready_i);
      dropped_q   <= drop || (dropped_q && !tell);
    end
  end

  always @(posedge clk_i) begin
    if (load) begin
      out_number_q <= list_number_i;
      out_last_q   <= list_last_i;
    end
  end

  // ---------------------------------------------------------------- what is known of the m-tile at hand

  always @(posedge clk_i) begin
    if (rst_i || start_i || (load && list_end_i)) begin
      empty_q <= {KNOWN{1'b0}};
    end else if (known_i && empty_i && learn_q[leave_q]) begin
      empty_q[number_q[leave_q]] <= 1'b1;
    end
  end

  always @(posedge clk_i) begin
    if (rst_i || start_i || (load && list_end_i)) begin
      learn_q <= {WAY{1'b0}};
    end else if (load) begin
      learn_q[enter_q] <= in_range && steady;
    end
  end

  always @(posedge clk_i) begin
    if (load) begin
      number_q[enter_q] <= number;
      turn_q[enter_q]   <= list_turn_i;
    end
  end

  always @(posedge clk_i) begin
    if (rst_i || start_i) begin
      enter_q <= 3'd0;
      leave_q <= 3'd0;
      way_q   <= 4'd0;
    end else begin
      enter_q <= enter_q + {2'd0, load};
      leave_q <= leave_q + {2'd0, known_i};
      way_q   <= way_q + {3'd0, load} - {3'd0, known_i};
    end
  end

  wire [2:0]          at    = leave_q + {2'd0, known_i};   // of the k-tile that is loaded or comes next
  wire [2:0]          after = at + 3'd1;

  assign turn_o      = turn_q[at];
  assign turn_next_o = turn_q[after];

  // ---------------------------------------------------------------- what the stores are told

  genvar g;
  generate
    for (g = 0; g < BLOCKS; g = g + 1) begin : gen_block
      reg  [JUMP_W-1:0] sum_q;               // words dropped since the stores were told
      wire [SHOW_W-1:0] words    = list_words_i[g*SHOW_W +: SHOW_W];
      wire [31:0]       words_32 = {{32 - SHOW_W{1'b0}}, words};

      always @(posedge clk_i) begin
        if (rst_i || start_i || tell) begin
          sum_q <= {JUMP_W{1'b0}};
        end else if (drop) begin
          sum_q <= sum_q + words_32[JUMP_W-1:0];
        end
      end

      lac_fifo #(
        .WIDTH       (JUMP_W + SHOW_W),
        .DEPTH       (SHOWS)
      ) u_shows (
        .clk_i       (clk_i),
        .rst_i       (rst_i || start_i),
        .in_valid_i  (tell),
        .in_ready_o  (shows_ready[g]),
        .in_data_i   ({sum_q, words & {SHOW_W{load}}}),
        .out_valid_o (show_valid_o[g]),
        .out_ready_i (show_ready_i[g]),
        .out_data_o  ({show_jump_o[g*JUMP_W +: JUMP_W], show_words_o[g*SHOW_W +: SHOW_W]})
      );

      wire unused_words = &{1'b0, words_32};
    end
  endgenerate

endmodule

`default_nettype wire
