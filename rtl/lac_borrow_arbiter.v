// Gives each slot one pending element of the words in view, in the rounds of docs/griffin.md.
//
// Why: mode a decides for all rows at once, mode ab for every PE by itself; both are this, on words of ROWS x LANES bits.
// Parameters: ROWS, LANES, 1 to 64; D1, D2, D3, distances in words, lanes and rows; the others follow, leave them.
// Ports: pending_i, word j, row m, lane l at (j * ROWS + m) * LANES + l: there is work, if it has not been done before; zero outside the
//      window. take_o alike with takes for words: take 0 is the slot's own element of word 0, take
//      1 + ((e1 - 1) * (1 + D3) + e3) * (1 + D2) + e2 the element of word e1, row m + e3, lane l + e2, both wrapping round.
//      more_o, bit j - 1: word j has work left after this cycle. given_i, bit n - 1: n words are given up at the end of this cycle; zero:
//      nothing happens in this cycle, what take_o says is not done.
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
  localparam ROUNDS = (1 + D2) * (1 + D3);   // for each word

  // Lanes of each row that do not leave their row when the word is shifted down by some lanes.
  function [SLOTS-1:0] staying(input integer lanes);
    integer i;
    begin
      for (i = 0; i < SLOTS; i = i + 1) begin
        staying[i] = i % LANES < LANES - lanes;
      end
    end
  endfunction

  genvar word, round;
  generate
    if (D1 == 0) begin : gen_own
      assign take_o = pending_i;
      assign more_o = 1'b0;
      wire unused_state = &{1'b0, clk_i, rst_i, given_i};
    end else begin : gen_borrow
      reg  [D1*SLOTS-1:0]     done_q;    // of words 0 .. D1 - 1
      reg  [D1*SLOTS-1:0]     done_d;
      wire [(1+D1)*SLOTS-1:0] done = {{SLOTS{1'b0}}, done_q};

      wire [SLOTS-1:0] own = pending_i[SLOTS-1:0] & ~done[SLOTS-1:0];
      wire [D1*SLOTS-1:0] done_after;    // of words 1 .. D1

      assign take_o[SLOTS-1:0] = own;

      for (word = 1; word <= D1; word = word + 1) begin : gen_word
        wire [SLOTS-1:0] wanted = pending_i[word*SLOTS +: SLOTS] & ~done[word*SLOTS +: SLOTS];

        for (round = 0; round < ROUNDS; round = round + 1) begin : gen_round
          localparam integer DOWN = round % (1 + D2);               // lanes
          localparam integer FAR  = round / (1 + D2) * LANES;       // rows, as lanes
          localparam [SLOTS-1:0] STAYING = staying(DOWN);

          wire [SLOTS-1:0] pending;      // before this round, at its own place
          wire [SLOTS-1:0] free;         // slots
          wire [SLOTS-1:0] near;         // pending, moved down the lanes of each row
          wire [SLOTS-1:0] offered;      // pending, at the slot that may take it
          wire [SLOTS-1:0] home;         // slots, moved back over the rows
          wire [SLOTS-1:0] asked;        // slots, at the element they may take

          if (round == 0) begin : gen_first
            assign pending = wanted;
            if (word == 1) begin : gen_own
              assign free = ~own;
            end else begin : gen_later
              assign free = gen_word[word-1].free_after;
            end
          end else begin : gen_next
            assign pending = gen_round[round-1].pending & ~gen_round[round-1].asked;
            assign free    = gen_round[round-1].free & ~gen_round[round-1].offered;
          end

          assign near    = ((pending >> DOWN) & STAYING) | ((pending << (LANES - DOWN)) & ~STAYING);
          assign offered = (near >> FAR) | (near << (SLOTS - FAR));
          assign home    = (free << FAR) | (free >> (SLOTS - FAR));
          assign asked   = ((home & STAYING) << DOWN) | ((home & ~STAYING) >> (LANES - DOWN));

          assign take_o[(1+(word-1)*ROUNDS+round)*SLOTS +: SLOTS] = free & offered;
        end

        wire [SLOTS-1:0] free_after = gen_round[ROUNDS-1].free & ~gen_round[ROUNDS-1].offered;
        wire [SLOTS-1:0] left       = gen_round[ROUNDS-1].pending & ~gen_round[ROUNDS-1].asked;

        assign more_o[word-1] = |left;
        assign done_after[(word-1)*SLOTS +: SLOTS] = done[word*SLOTS +: SLOTS] | (wanted & ~left);
      end

      wire unused_free = &{1'b0, gen_word[D1].free_after};

      integer n;
      always @* begin
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
