// variants: | -Ptb.Q=8 -Ptb.BANKS=16 -Ptb.W=18 | -Ptb.Q=8 -Ptb.BANKS=16 -Ptb.W=18 -Ptb.ARRAY=1
// variants: -Ptb.Q=4 -Ptb.BANKS=4 -Ptb.W=16 -Ptb.ARRAY=1
// lint: | -GQ=8 -GBANKS=16 -GW=18 -GARRAY=1 | -GQ=16 -GBANKS=64 -GW=33 -GARRAY=0 | -GQ=2 -GBANKS=2 -GW=9 -GARRAY=1
// Random choices of banks: the n-th that takes a product gets product n.
`default_nettype none

module tb;

  parameter Q = 2, BANKS = 4, W = 5, ARRAY = 0, SEED = 1;

  localparam INDEX_W = $clog2(Q);

  reg  [BANKS-1:0]         places;
  reg  [Q*W-1:0]           products;
  wire [BANKS*INDEX_W-1:0] index;
  wire [BANKS*W-1:0]       taken;
  integer                  seed, round, bank, number;

  lac_outer_scatter #(.Q (Q), .BANKS (BANKS), .W (W), .ARRAY (ARRAY)) u_scatter (
    .places_i (places), .index_o (index), .index_i (index), .products_i (products), .taken_o (taken)
  );

  initial begin
    seed = SEED;
    for (round = 0; round < 2000; round = round + 1) begin
      places   = 0;
      number   = 0;
      products = {(Q * W + 31) / 32{$random(seed)}} ^ ({(Q * W + 31) / 32{$random(seed)}} << 7) ^
                 ({(Q * W + 31) / 32{$random(seed)}} << 19);
      while (number < round % (Q + 1)) begin
        bank = $unsigned($random(seed)) % BANKS;
        if (!places[bank]) number = number + 1;
        places[bank] = 1'b1;
      end
      number = 0;
      #1;
      for (bank = 0; bank < BANKS; bank = bank + 1) begin
        if (places[bank]) begin
          if (taken[bank*W +: W] !== products[number*W +: W]) begin
            $display("FAIL round %0d, bank %0d", round, bank);
            $finish;
          end
          number = number + 1;
        end
      end
    end
    $display("PASS");
    $finish;
  end

endmodule

`default_nettype wire
