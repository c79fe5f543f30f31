// variants: | -Ptb.GROUPS=4 -Ptb.G1=1 -Ptb.H1=1 -Ptb.A_W=9 -Ptb.SEED=2
// variants: -Ptb.GROUPS=1 -Ptb.G0=2 -Ptb.H0=3 -Ptb.G1=2 -Ptb.H1=3 -Ptb.G2=2 -Ptb.H2=5 -Ptb.SEED=3
// variants: -Ptb.GROUPS=2 -Ptb.G0=4 -Ptb.H0=4 -Ptb.G1=1 -Ptb.H1=4 -Ptb.A_W=4 -Ptb.B_W=4 -Ptb.COUNT=0 -Ptb.SEED=4
// variants: -Ptb.GROUPS=1 -Ptb.G0=1 -Ptb.H0=16 -Ptb.G1=1 -Ptb.H1=1 -Ptb.SEED=5
// lint: -GG0=2 -GH0=4 | -GGROUPS=2 -GG0=2 -GH0=4 -GG1=4 -GH1=8 -GA_W=9 -GCOUNT=1
// lint: -GGROUPS=1 -GG0=2 -GH0=3 -GG1=2 -GH1=3 -GG2=2 -GH2=5 -GCOUNT=1 | -GG0=1 -GH0=16 -GA_W=17 -GB_W=16
// lint: -GGROUPS=4 -GG0=1 -GH0=1 -GG1=2 -GH1=16 -GA_W=4 -GB_W=4 | -GG0=4 -GH0=4 -GG1=4 -GH1=16 -GARRAY=1
// lint lac_hss_align: -GG0=2 -GH0=4 | -GGROUPS=3 -GG0=1 -GH0=16 -GA_W=17
// lint lac_hss_align: -GGROUPS=2 -GG0=1 -GH0=1 -GG1=4 -GH1=8 -GA_W=24 | -GG0=2 -GH0=3 -GG1=3 -GH1=3 -GG2=2 -GH2=5
// lint lac_hss_respace: -GNODES=1 -GG=1 -GH=1 -GCHILD_W=1 | -GNODES=4 -GG=2 -GH=4 | -GNODES=3 -GG=1 -GH=16 -GCHILD_W=9
// lint lac_hss_respace: -GNODES=2 -GG=16 -GH=16
// lint lac_hss_decode: -GG0=2 -GH0=4 | -GGROUPS=3 -GG0=1 -GH0=16 | -GGROUPS=2 -GG0=1 -GH0=1 -GG1=4 -GH1=8
// lint lac_hss_decode: -GG0=2 -GH0=3 -GG1=3 -GH1=3 -GG2=2 -GH2=5
// lint lac_hss_one_hot: -GNODES=1 -GG=1 -GH=2 | -GNODES=4 -GG=2 -GH=4 | -GNODES=3 -GG=1 -GH=16 | -GNODES=2 -GG=7 -GH=8
// lint lac_hss_choose: -GNODES=1 -GG=1 -GH=2 -GCHILD_W=1 | -GNODES=4 -GG=2 -GH=4 | -GNODES=1 -GG=1 -GH=16 -GCHILD_W=40
// lint lac_hss_choose: -GNODES=3 -GG=7 -GH=8
// lac_hss_pe behind lac_hss_align and lac_hss_decode, as in the engine: random H, random kept children, random words of
// A; every sum is compared with products picked by the place of each weight in its group, every count with the products
// of two nonzero operands.
`default_nettype none

module tb;

  parameter GROUPS = 2;
  parameter G0     = 2;
  parameter H0     = 4;
  parameter G1     = 4;
  parameter H1     = 8;
  parameter G2     = 1;
  parameter H2     = 1;
  parameter A_W    = 8;
  parameter B_W    = 8;
  parameter COUNT  = 1;
  parameter SEED   = 1;

  localparam W0        = $clog2(H0);
  localparam W1        = $clog2(H1);
  localparam W2        = $clog2(H2);
  localparam GROUP_W   = G2 * (W2 + G1 * (W1 + G0 * W0));
  localparam LANES     = GROUPS * G2 * G1 * G0;
  localparam ELEMS     = GROUPS * H2 * H1 * H0;
  localparam SELECT_1  = H2 > G2 ? GROUPS * G2 * (H2 - G2 + 1) : 0;
  localparam SELECT_0  = SELECT_1 + (H1 > G1 ? GROUPS * H2 * G1 * (H1 - G1 + 1) : 0);
  localparam SELECT_W  = SELECT_0 + (H0 > G0 ? GROUPS * H2 * H1 * G0 * (H0 - G0 + 1) : 0);
  localparam COUNT_W   = $clog2(LANES + 1);
  localparam READ_W    = ELEMS * A_W;
  localparam OFFSETS_W = GROUPS * GROUP_W;
  localparam WEIGHTS_W = LANES * B_W;

  `include "pe_tiles.vh"

  reg [7:0] h0, h1, h2;

  lac_hss_align #(
    .GROUPS  (GROUPS),
    .G0      (G0),
    .H0      (H0),
    .G1      (G1),
    .H1      (H1),
    .G2      (G2),
    .H2      (H2),
    .A_W     (A_W)
  ) u_align (
    .h0_i    (h0),
    .h1_i    (h1),
    .h2_i    (h2),
    .words_i (read),
    .words_o (words_d)
  );

  lac_hss_decode #(
    .GROUPS    (GROUPS),
    .G0        (G0),
    .H0        (H0),
    .G1        (G1),
    .H1        (H1),
    .G2        (G2),
    .H2        (H2)
  ) u_decode (
    .step_i    (step_d),
    .offsets_i (offsets),
    .select_o  (select_d)
  );

  lac_hss_pe #(
    .GROUPS    (GROUPS),
    .G0        (G0),
    .H0        (H0),
    .G1        (G1),
    .H1        (H1),
    .G2        (G2),
    .H2        (H2),
    .A_W       (A_W),
    .B_W       (B_W),
    .COUNT     (COUNT)
  ) u_dut (
    .clk_i     (clk),
    .select_i  (select),
    .words_i   (words),
    .b_i       (b),
    .first_i   (first),
    .last_i    (last),
    .shift_i   (1'b0),
    .drain_i   (32'd0),
    .drain_o   (drain),
    .nonzero_o (nonzero)
  );

  task draw_children(input any);
    begin
      h0 = any ? random(G0, H0) : G0;
      h1 = any ? random(G1, H1) : G1;
      h2 = any ? random(G2, H2) : G2;
    end
  endtask

  // The next kept child of a node behind the last one, so that enough are left for those to come.
  function integer next_child(input integer last_one, input integer left, input integer h);
    next_child = random(last_one + 1, h - left);
  endfunction

  // ---------------------------------------------------------------- one step: operands, and what they come to

  integer bit_2, bit_1, bit_0, slot;

  task put(inout integer at, input integer value, input integer width);
    integer i;
    for (i = 0; i < width; i = i + 1) begin
      offsets[at] = value >> i;
      at = at + 1;
    end
  endtask

  task take(input integer place);
    reg signed [A_W-1:0] word;
    reg signed [B_W-1:0] weight;
    begin
      weight = random(0, 3) == 0 ? 0 : $random(seed);
      word   = read[place*A_W +: A_W];
      b_d[slot*B_W +: B_W] = weight;
      sum       = sum + word * weight;
      effectual = effectual + (word != 0 && weight != 0);
      slot      = slot + 1;
    end
  endtask

  task make_step;
    integer i, group, p2, p1, p0, c2, c1, c0;
    begin
      for (i = 0; i < ELEMS; i = i + 1) read[i*A_W +: A_W] = random(0, 2) == 0 ? 0 : $random(seed);
      slot = 0;
      for (group = 0; group < GROUPS; group = group + 1) begin
        bit_2 = group * GROUP_W;
        bit_1 = bit_2 + G2 * W2;
        bit_0 = bit_1 + G2 * G1 * W1;
        c2 = -1;
        for (p2 = 0; p2 < G2; p2 = p2 + 1) begin
          c2 = next_child(c2, G2 - p2, h2);
          put(bit_2, c2, W2);
          c1 = -1;
          for (p1 = 0; p1 < G1; p1 = p1 + 1) begin
            c1 = next_child(c1, G1 - p1, h1);
            put(bit_1, c1, W1);
            c0 = -1;
            for (p0 = 0; p0 < G0; p0 = p0 + 1) begin
              c0 = next_child(c0, G0 - p0, h0);
              put(bit_0, c0, W0);
              take(((group * h2 + c2) * h1 + c1) * h0 + c0);
            end
          end
        end
      end
    end
  endtask

endmodule

`default_nettype wire
