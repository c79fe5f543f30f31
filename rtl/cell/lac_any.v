// OR of words, bit by bit.
//
// Why: one bit from every PE says whether any PE has work left.
//
// Parameters:
//   N  words
//   W  bits of a word
// Ports: word n at n * W.
// Latency: combinational.

`default_nettype none

module lac_any #(
  parameter N = 2,
  parameter W = 1
) (
  input  wire [N*W-1:0] words_i,
  output wire [W-1:0]   any_o
);

  genvar bit_of, word;
  generate
    for (bit_of = 0; bit_of < W; bit_of = bit_of + 1) begin : gen_bit
      wire [N-1:0] bits;
      for (word = 0; word < N; word = word + 1) begin : gen_word
        assign bits[word] = words_i[word*W+bit_of];
      end
      assign any_o[bit_of] = |bits;
    end
  endgenerate

endmodule

`default_nettype wire
