// variants: | -Ptb.GROUPS=1 -Ptb.G1=1 -Ptb.H1=16 -Ptb.KEPT=1 -Ptb.BLOCK=2 -Ptb.A_W=4 -Ptb.B_W=4 -Ptb.SEED=2
// variants: -Ptb.GROUPS=1 -Ptb.G1=2 -Ptb.H1=5 -Ptb.KEPT=4 -Ptb.BLOCK=8 -Ptb.A_W=16 -Ptb.B_W=12 -Ptb.SEED=3
// variants: -Ptb.GROUPS=4 -Ptb.G1=1 -Ptb.H1=3 -Ptb.KEPT=1 -Ptb.BLOCK=16 -Ptb.A_W=9 -Ptb.COUNT=0 -Ptb.SEED=4
// variants: -Ptb.GROUPS=2 -Ptb.G1=4 -Ptb.H1=5 -Ptb.KEPT=2 -Ptb.BLOCK=4 -Ptb.SEED=5
// lint: -GGROUPS=2 -GG1=2 -GH1=8 | -GGROUPS=1 -GG1=1 -GH1=16 -GKEPT=1 -GBLOCK=2 -GA_W=4 -GB_W=4 -GCOUNT=1
// lint: -GGROUPS=1 -GG1=2 -GH1=5 -GKEPT=4 -GBLOCK=8 -GA_W=16 -GB_W=16 -GCOUNT=1
// lint: -GGROUPS=4 -GG1=4 -GH1=5 -GKEPT=1 -GBLOCK=16 -GA_W=9
// lint: -GGROUPS=1 -GG1=8 -GH1=9 -GKEPT=4 -GBLOCK=16 -GA_W=17 -GB_W=16 -GARRAY=1
// lint: -GGROUPS=4 -GG1=1 -GH1=7 -GKEPT=2 -GBLOCK=8
// lac_dsso_pe behind lac_hss_align and lac_hss_decode, as in the engine: random H of blocks, random kept blocks of B,
// random values of A at random offsets, in any order; every sum is compared with products picked by place, every count
// with the products of two nonzero operands.
`default_nettype none

module tb;

  parameter GROUPS = 2;
  parameter G1     = 2;
  parameter H1     = 8;
  parameter KEPT   = 2;
  parameter BLOCK  = 4;
  parameter A_W    = 8;
  parameter B_W    = 8;
  parameter COUNT  = 1;
  parameter SEED   = 1;

  localparam W0        = $clog2(BLOCK);
  localparam W1        = $clog2(H1);
  localparam STORED_W  = (KEPT + 1) * A_W;
  localparam SELECT_W  = GROUPS * G1 * (H1 - G1 + 1);
  localparam COUNT_W   = $clog2(GROUPS * G1 * KEPT + 1);
  localparam READ_W    = GROUPS * H1 * STORED_W;
  localparam OFFSETS_W = GROUPS * G1 * W1;
  localparam WEIGHTS_W = GROUPS * G1 * BLOCK * B_W;

  `include "pe_tiles.vh"

  reg [7:0] h1;

  lac_hss_align #(
    .GROUPS  (GROUPS),
    .G0      (1),
    .H0      (1),
    .G1      (G1),
    .H1      (H1),
    .A_W     (STORED_W)
  ) u_align (
    .h0_i    (8'd1),
    .h1_i    (h1),
    .h2_i    (8'd1),
    .words_i (read),
    .words_o (words_d)
  );

  lac_hss_decode #(
    .GROUPS    (GROUPS),
    .G0        (1),
    .H0        (1),
    .G1        (G1),
    .H1        (H1)
  ) u_decode (
    .step_i    (step_d),
    .offsets_i (offsets),
    .select_o  (select_d)
  );

  lac_dsso_pe #(
    .GROUPS    (GROUPS),
    .G1        (G1),
    .H1        (H1),
    .KEPT      (KEPT),
    .BLOCK     (BLOCK),
    .A_W       (A_W),
    .B_W       (B_W),
    .COUNT     (COUNT)
  ) u_dut (
    .clk_i     (clk),
    .select_i  (select),
    .blocks_i  (words),
    .b_i       (b),
    .first_i   (first),
    .last_i    (last),
    .shift_i   (1'b0),
    .drain_i   (32'd0),
    .drain_o   (drain),
    .nonzero_o (nonzero)
  );

  task draw_children(input any);
    h1 = any ? random(G1, H1) : G1;
  endtask

  // ---------------------------------------------------------------- one step: operands, and what they come to

  // Kept block `kept` of B meets block `place` of A.
  task take(input integer kept, input integer place);
    integer value, at;
    reg signed [A_W-1:0] word;
    reg signed [B_W-1:0] weight;
    begin
      for (value = 0; value < KEPT; value = value + 1) begin
        at     = (read >> (place * STORED_W + KEPT * A_W + value * W0)) & (BLOCK - 1);
        word   = read[place*STORED_W+value*A_W +: A_W];
        weight = b_d[(kept*BLOCK+at)*B_W +: B_W];
        sum       = sum + word * weight;
        effectual = effectual + (word != 0 && weight != 0);
      end
    end
  endtask

  task make_step;
    integer i, group, child, chosen, bit_at;
    begin
      for (i = 0; i < GROUPS * H1 * (KEPT + 1); i = i + 1)
        read[i*A_W +: A_W] = random(0, 2) == 0 ? 0 : $random(seed);
      for (i = 0; i < GROUPS * G1 * BLOCK; i = i + 1)
        b_d[i*B_W +: B_W] = random(0, 3) == 0 ? 0 : $random(seed);
      for (group = 0; group < GROUPS; group = group + 1) begin
        chosen = -1;
        for (child = 0; child < G1; child = child + 1) begin
          chosen = random(chosen + 1, h1 - (G1 - child));
          for (bit_at = 0; bit_at < W1; bit_at = bit_at + 1)
            offsets[(group*G1+child)*W1+bit_at] = chosen >> bit_at;
          take(group * G1 + child, group * h1 + chosen);
        end
      end
    end
  endtask

endmodule

`default_nettype wire
