// variants: | -Ptb.N=1 -Ptb.W=1 | -Ptb.N=64 -Ptb.W=2 | -Ptb.N=2 -Ptb.W=15
// lint: -GN=1 -GW=1 | -GN=64 -GW=15 | -GN=3 -GW=2
// Words with few bits, each bit of the answer from a walk over the words; one bit alone at every place.

module tb;
  parameter N = 6;
  parameter W = 3;

  reg  [N*W-1:0] words;
  wire [W-1:0]   any;

  lac_any #(.N (N), .W (W)) u_dut (.words_i (words), .any_o (any));

  integer errors = 0;
  integer trial, i;
  reg [W-1:0] expected;

  initial begin
    for (trial = 0; trial < N * W + 500; trial = trial + 1) begin
      expected = {W{1'b0}};
      for (i = 0; i < N * W; i = i + 1) words[i] = trial < N * W ? i == trial : $unsigned($random) % (2 * N) == 0;
      for (i = 0; i < N; i = i + 1) expected = expected | words[i*W +: W];
      #1;
      if (any !== expected) begin
        errors = errors + 1;
        if (errors < 10) $display("words %b: got %b, expected %b", words, any, expected);
      end
    end
    if (errors == 0) $display("PASS"); else $display("FAIL: %0d errors", errors);
    $finish;
  end
endmodule
