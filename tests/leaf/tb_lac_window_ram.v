// variants: | -Ptb.BEAT_ELEMS=8 -Ptb.LANES=8 -Ptb.GRANULE=8 -Ptb.LINES=4 -Ptb.SEED=2 | -Ptb.ELEM_W=4 -Ptb.BEAT_ELEMS=4 -Ptb.LANES=16 -Ptb.GRANULE=4 -Ptb.COLUMNS=8 -Ptb.LINES=8 -Ptb.SEED=3 | -Ptb.BEAT_ELEMS=2 -Ptb.LANES=1 -Ptb.GRANULE=1 -Ptb.LINES=16 -Ptb.SEED=4 | -Ptb.ELEM_W=16 -Ptb.BEAT_ELEMS=32 -Ptb.LANES=4 -Ptb.GRANULE=16 -Ptb.LINES=4 -Ptb.SEED=5 | -Ptb.BEAT_ELEMS=8 -Ptb.LANES=25 -Ptb.GRANULE=8 -Ptb.COLUMNS=4 -Ptb.LINES=8 -Ptb.SEED=6 | -Ptb.ELEM_W=4 -Ptb.BEAT_ELEMS=4 -Ptb.LANES=23 -Ptb.GRANULE=4 -Ptb.COLUMNS=8 -Ptb.LINES=4 -Ptb.SEED=7 | -Ptb.BEAT_ELEMS=2 -Ptb.LANES=7 -Ptb.GRANULE=2 -Ptb.COLUMNS=4 -Ptb.LINES=2 -Ptb.SEED=8
// lint: -GELEM_W=8 -GBEAT_ELEMS=16 -GLANES=8 -GGRANULE=8 -GCOLUMNS=2 -GLINES=16 | -GELEM_W=4 -GBEAT_ELEMS=4 -GLANES=16 -GGRANULE=4 -GCOLUMNS=8 -GLINES=8 | -GELEM_W=8 -GBEAT_ELEMS=2 -GLANES=1 -GGRANULE=1 -GCOLUMNS=2 -GLINES=16 | -GELEM_W=16 -GBEAT_ELEMS=32 -GLANES=4 -GGRANULE=16 -GCOLUMNS=2 -GLINES=4 | -GELEM_W=8 -GBEAT_ELEMS=16 -GLANES=112 -GGRANULE=16 -GCOLUMNS=8 -GLINES=64 | -GELEM_W=4 -GBEAT_ELEMS=8 -GLANES=25 -GGRANULE=8 -GCOLUMNS=4 -GLINES=2
// Random beats and random windows, over the edges of lines and of the memory too, against an array of elements; the second stage
// moves at random and must hold otherwise.
`default_nettype none

module tb;

  parameter ELEM_W     = 8;
  parameter BEAT_ELEMS = 16;
  parameter LANES      = 8;
  parameter GRANULE    = 8;
  parameter COLUMNS    = 2;
  parameter LINES      = 16;
  parameter SEED       = 1;

  localparam CAPACITY = GRANULE * COLUMNS * LINES;
  localparam ADDR_W   = $clog2(CAPACITY);

  reg                          clk = 1'b0;
  reg                          we, re, advance;
  reg  [ADDR_W-1:0]            wpos, rpos;
  reg  [BEAT_ELEMS*ELEM_W-1:0] wdata;
  wire [LANES*ELEM_W-1:0]      rdata;

  lac_window_ram #(
    .ELEM_W     (ELEM_W),
    .BEAT_ELEMS (BEAT_ELEMS),
    .LANES      (LANES),
    .GRANULE    (GRANULE),
    .COLUMNS    (COLUMNS),
    .LINES      (LINES)
  ) u_dut (
    .clk_i     (clk),
    .we_i      (we),
    .wpos_i    (wpos),
    .wdata_i   (wdata),
    .re_i      (re),
    .rpos_i    (rpos),
    .advance_i (advance),
    .rdata_o   (rdata)
  );

  always #5 clk = !clk;

  reg  [ELEM_W-1:0]       elements [0:CAPACITY-1];
  reg  [LANES*ELEM_W-1:0] read, want;
  integer seed, cycle, i;

  initial begin
    seed = SEED;
    {re, advance} = 0;
    for (cycle = 0; cycle < CAPACITY / BEAT_ELEMS + 6000; cycle = cycle + 1) begin
      we    = cycle < CAPACITY / BEAT_ELEMS || $random(seed) & 1;
      wpos  = (cycle < CAPACITY / BEAT_ELEMS ? cycle : {$random(seed)} % (CAPACITY / BEAT_ELEMS)) * BEAT_ELEMS;
      for (i = 0; i < BEAT_ELEMS; i = i + 1) wdata[i*ELEM_W +: ELEM_W] = $random(seed);
      if (cycle >= CAPACITY / BEAT_ELEMS) begin
        re      = cycle % 100 < 50 || $random(seed) & 1;
        advance = cycle % 100 < 50 || $random(seed) & 1;
        rpos    = {$random(seed)};
      end
      if (advance) want = read;
      if (re) for (i = 0; i < LANES; i = i + 1) read[i*ELEM_W +: ELEM_W] = elements[(rpos+i)%CAPACITY];
      if (we) for (i = 0; i < BEAT_ELEMS; i = i + 1) elements[wpos+i] = wdata[i*ELEM_W +: ELEM_W];
      @(negedge clk);
      if (cycle > CAPACITY / BEAT_ELEMS + 10 && rdata !== want) begin
        $display("FAIL cycle %0d: got %h, expected %h", cycle, rdata, want);
        $finish;
      end
    end
    $display("PASS %0d cycles", cycle);
    $finish;
  end

endmodule

`default_nettype wire
