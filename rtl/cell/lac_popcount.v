// Number of ones in a word.
//
// Why: counters of effectual work count lanes. Neighbouring fields are added in log2(W) rounds over the whole word. A
// simulator does this with a few machine instructions, and synthesis reduces it to a tree of small adders.
//
// Parameters:
//   W        1 to 1024 bits (words up to 64 bits simulate fastest)
//   COUNT_W  derived from it; do not set it
// Latency: combinational.

`default_nettype none

module lac_popcount #(
  parameter W       = 1,
  parameter COUNT_W = $clog2(W + 1)
) (
  input  wire [W-1:0]       bits_i,
  output wire [COUNT_W-1:0] count_o
);

  localparam ROUNDS = $clog2(W);
  localparam WORD_W = 2 << ROUNDS;   // a power of two with room for the count of the whole word

  // Ones in the lower half of every field of 2 << round bits.
  function [WORD_W-1:0] make_mask(input integer round);
    integer i;
    begin
      for (i = 0; i < WORD_W; i = i + 1) begin
        make_mask[i] = ((i >> round) & 1) == 0;
      end
    end
  endfunction

  genvar round;
  generate
    for (round = 0; round <= ROUNDS; round = round + 1) begin : gen_round
      wire [WORD_W-1:0] fields;
      if (round == 0) begin : gen_bits
        assign fields = {{WORD_W - W{1'b0}}, bits_i};
      end else begin : gen_add
        localparam [WORD_W-1:0] MASK = make_mask(round - 1);
        wire [WORD_W-1:0] below = gen_round[round-1].fields;
        assign fields = (below & MASK) + ((below >> (1 << (round - 1))) & MASK);
      end
    end
  endgenerate

  assign count_o = gen_round[ROUNDS].fields[COUNT_W-1:0];

  wire unused_fields = &{1'b0, gen_round[ROUNDS].fields};

endmodule

`default_nettype wire
