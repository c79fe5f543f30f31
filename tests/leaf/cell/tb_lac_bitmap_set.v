// variants: | -Ptb.SET=4 -Ptb.ELEM_W=16 -Ptb.SEED=2 | -Ptb.SET=8 -Ptb.SEED=3 | -Ptb.SET=32 -Ptb.ELEM_W=4 -Ptb.SEED=4
// variants: -Ptb.SET=64 -Ptb.SEED=5 -Ptb.JOBS=600 | -Ptb.SET=128 -Ptb.ELEM_W=4 -Ptb.SEED=6 -Ptb.JOBS=200
// lint: -GSET=16 -GELEM_W=8 | -GSET=4 -GELEM_W=16 | -GSET=8 -GELEM_W=4 | -GSET=128 -GELEM_W=4
// Random bitmaps of every density, values that are all different where they can be, garbage behind the last.
`default_nettype none

module tb;

  parameter SET    = 16;
  parameter ELEM_W = 8;
  parameter SEED   = 1;
  parameter JOBS   = 3000;

  reg  [ELEM_W-1:0]     zero;
  reg  [SET-1:0]        bitmap;
  reg  [SET*ELEM_W-1:0] values, wanted;
  wire [SET*ELEM_W-1:0] elems;
  integer               seed, set, i, next, density;

  lac_bitmap_set #(
    .ELEM_W   (ELEM_W),
    .SET      (SET)
  ) u_dut (
    .zero_i   (zero),
    .bitmap_i (bitmap),
    .values_i (values),
    .elems_o  (elems)
  );

  initial begin
    seed = SEED;
    for (set = 0; set < JOBS; set = set + 1) begin
      density = set % 11 * 10;
      zero    = $random(seed);
      next    = 0;
      for (i = 0; i < SET; i = i + 1) begin
        values[i*ELEM_W +: ELEM_W] = $random(seed);
        bitmap[i] = $unsigned($random(seed)) % 100 < density;
      end
      for (i = 0; i < SET; i = i + 1) begin
        wanted[i*ELEM_W +: ELEM_W] = bitmap[i] ? values[next*ELEM_W +: ELEM_W] : zero;
        next = next + bitmap[i];
      end
      #1;
      if (elems !== wanted) begin
        $display("FAIL set %0d: bitmap %b", set, bitmap);
        $finish;
      end
    end
    $display("PASS %0d sets", JOBS);
    $finish;
  end

endmodule

`default_nettype wire
