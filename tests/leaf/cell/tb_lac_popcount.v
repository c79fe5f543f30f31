// variants: -Ptb.W=1 | -Ptb.W=2 | -Ptb.W=7 | -Ptb.W=16 | -Ptb.W=64 | -Ptb.W=100
// Random words of every density, none and all, counted bit by bit.

module tb;
  parameter W = 16;

  reg  [W-1:0]             word;
  wire [$clog2(W+1)-1:0]   count;
  integer                  trial, i, expected, errors;

  lac_popcount #(.W (W)) u_dut (.bits_i (word), .count_o (count));

  initial begin
    errors = 0;
    for (trial = 0; trial < 2000; trial = trial + 1) begin
      expected = 0;
      for (i = 0; i < W; i = i + 1) begin
        word[i]  = ($random & 15) < trial % 17;
        expected = expected + (word[i] === 1'b1);
      end
      #1;
      if (count !== expected) begin
        errors = errors + 1;
        if (errors < 10) $display("word %b: got %0d, expected %0d", word, count, expected);
      end
    end
    if (errors == 0) $display("PASS"); else $display("FAIL: %0d errors", errors);
    $finish;
  end
endmodule
