// Gives each slot one pending element of the visible words, in the rounds of docs/engines/griffin.md.
//
// Why: mode a decides for all rows at once, mode ab for every PE by itself. Both use this module, on words of ROWS x
// LANES bits.
//
// Parameters:
//   ROWS, LANES  1 to 64
//   D1, D2, D3   distances in words, lanes and rows
//   the others are derived; do not set them
// Ports:
//   pending_i: word j, row m, lane l at (j * ROWS + m) * LANES + l: there is work, if it has not been done before; zero
//     outside the window
//   take_o in the same order, with takes in place of words: take 0 is the slot's own element of word 0, take 1 + ((e1 -
//     1) * (1 + D3) + e3) * (1 + D2) + e2 the element of word e1, row m + e3, lane l + e2, both wrapping round
//   more_o: bit j - 1: word j has work left after this cycle
//   given_i: bit n - 1: n words are consumed at the end of this cycle; zero: nothing happens in this cycle, what take_o
//     says is not done
// Latency: combinational, each round a gate or two; what has been done is remembered for the words that stay.
// After reset: nothing has been done.

`default_nettype none

module lac_borrow_arbiter #(
  parameter ROWS  = 1,
  parameter LANES = 1,
  parameter D1    = 1,
  parameter D2    = 0,
  parameter D3    = 0,
  parameter LATER = D1 > 1 ? D1 : 1,
  parameter TAKES = 1 + D1 * (1 + D2) * (1 + D3)
) (
  input  wire                          clk_i,
  input  wire                          rst_i,
  input  wire [(1+D1)*ROWS*LANES-1:0]  pending_i,
  output wire [TAKES*ROWS*LANES-1:0]   take_o,
  output wire [LATER-1:0]              more_o,
  input  wire [D1:0]                   given_i
);

  localparam SLOTS  = ROWS * LANES;
  localparam SIDES  = 1 + D2;
  localparam ROUNDS = SIDES * (1 + D3);   // for each word

  // For each number of lanes that a word may be shifted down: lanes of each row that do not leave their row then.
  function [SIDES*SLOTS-1:0] staying(input integer sides);
    integer i;
    begin
      for (i = 0; i < sides * SLOTS; i = i + 1) begin
        staying[i] = i % LANES < LANES - i / SLOTS;
      end
    end
  endfunction

  localparam [SIDES*SLOTS-1:0] STAYING = staying(SIDES);

  generate
    if (D1 == 0) begin : gen_own
      assign take_o = pending_i;
      assign more_o = 1'b0;
      wire unused_state = &{1'b0, clk_i, rst_i, given_i, STAYING};
    end else begin : gen_borrow
      reg  [D1*SLOTS-1:0]     done_q;    // of words 0 .. D1 - 1
      reg  [D1*SLOTS-1:0]     done_d;
      wire [(1+D1)*SLOTS-1:0] done   = {{SLOTS{1'b0}}, done_q};
      wire [(1+D1)*SLOTS-1:0] wanted = pending_i & ~done;

      reg  [TAKES*SLOTS-1:0]  take;
      reg  [D1*SLOTS-1:0]     left;      // of words 1 .. D1
      reg  [LATER-1:0]        more;
      reg  [SLOTS-1:0]        pending;   // before each round, at its own place
      reg  [SLOTS-1:0]        free;      // slots
      reg  [SLOTS-1:0]        stay;
      reg  [SLOTS-1:0]        near;      // pending, moved down the lanes of each row
      reg  [SLOTS-1:0]        offered;   // pending, at the slot that may take it
      reg  [SLOTS-1:0]        home;      // free, moved back over the rows
      reg  [SLOTS-1:0]        asked;     // free, at the element it may take
      integer                 word, e2, e3;

      // One block for all rounds: Icarus hands on the whole of a vector with each part that is assigned to it.
      always @(*) begin
        take    = {TAKES * SLOTS{1'b0}};
        left    = {D1 * SLOTS{1'b0}};
        more    = {LATER{1'b0}};
        stay    = {SLOTS{1'b0}};
        near    = {SLOTS{1'b0}};
        offered = {SLOTS{1'b0}};
        home    = {SLOTS{1'b0}};
        asked   = {SLOTS{1'b0}};
        pending = wanted[SLOTS-1:0];
        free    = ~pending;

        take[SLOTS-1:0] = pending;
        for (word = 1; word <= D1; word = word + 1) begin
          pending = wanted[word*SLOTS +: SLOTS];
          for (e3 = 0; e3 <= D3; e3 = e3 + 1) begin
            for (e2 = 0; e2 <= D2; e2 = e2 + 1) begin
              stay    = STAYING[e2*SLOTS +: SLOTS];
              near    = ((pending >> e2) & stay) | ((pending << (LANES - e2)) & ~stay);
              offered = (near >> (e3 * LANES)) | (near << (SLOTS - e3 * LANES));
              home    = (free << (e3 * LANES)) | (free >> (SLOTS - e3 * LANES));
              asked   = ((home & stay) << e2) | ((home & ~stay) >> (LANES - e2));
              take[(1+(word-1)*ROUNDS+e3*SIDES+e2)*SLOTS +: SLOTS] = free & offered;
              pending = pending & ~asked;
              free    = free & ~offered;
            end
          end
          more[word-1]                  = |pending;
          left[(word-1)*SLOTS +: SLOTS] = pending;
        end
      end

      assign take_o = take;
      assign more_o = more;

      // of words 1 .. D1
      wire [D1*SLOTS-1:0] done_after = done[(1+D1)*SLOTS-1:SLOTS] | (wanted[(1+D1)*SLOTS-1:SLOTS] & ~left);

      integer n;
      always @(*) begin
        done_d = done_q & {D1 * SLOTS{given_i == {D1 + 1{1'b0}}}};
        for (n = 0; n < D1; n = n + 1) begin
          done_d = done_d | ((done_after >> (n * SLOTS)) & {D1 * SLOTS{given_i[n]}});
        end
      end

      always @(posedge clk_i) begin
        done_q <= rst_i ? {D1 * SLOTS{1'b0}} : done_d;
      end
    end
  endgenerate

endmodule

`default_nettype wire
