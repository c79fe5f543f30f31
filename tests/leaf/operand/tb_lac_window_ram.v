// variants: | -Ptb.BEAT_ELEMS=8 -Ptb.LANES=8 -Ptb.GRANULE=8 -Ptb.LINES=4 -Ptb.SEED=2
// variants: -Ptb.ELEM_W=4 -Ptb.BEAT_ELEMS=4 -Ptb.LANES=16 -Ptb.GRANULE=4 -Ptb.COLUMNS=8 -Ptb.LINES=8 -Ptb.SEED=3
// variants: -Ptb.BEAT_ELEMS=2 -Ptb.LANES=1 -Ptb.GRANULE=1 -Ptb.LINES=16 -Ptb.SEED=4
// variants: -Ptb.ELEM_W=16 -Ptb.BEAT_ELEMS=32 -Ptb.LANES=4 -Ptb.GRANULE=16 -Ptb.LINES=4 -Ptb.SEED=5
// variants: -Ptb.BEAT_ELEMS=8 -Ptb.LANES=25 -Ptb.GRANULE=8 -Ptb.COLUMNS=4 -Ptb.LINES=8 -Ptb.SEED=6
// variants: -Ptb.ELEM_W=4 -Ptb.BEAT_ELEMS=4 -Ptb.LANES=23 -Ptb.GRANULE=4 -Ptb.COLUMNS=8 -Ptb.LINES=4 -Ptb.SEED=7
// variants: -Ptb.BEAT_ELEMS=2 -Ptb.LANES=7 -Ptb.GRANULE=2 -Ptb.COLUMNS=4 -Ptb.LINES=2 -Ptb.SEED=8
// variants: -Ptb.HOLD=1 -Ptb.SEED=11
// variants: -Ptb.HOLD=1 -Ptb.BEAT_ELEMS=8 -Ptb.LANES=8 -Ptb.GRANULE=8 -Ptb.LINES=4 -Ptb.SEED=12
// variants: -Ptb.HOLD=1 -Ptb.ELEM_W=4 -Ptb.BEAT_ELEMS=4 -Ptb.LANES=16 -Ptb.GRANULE=4 -Ptb.COLUMNS=8 -Ptb.LINES=4,
// variants: -Ptb.SEED=13
// variants: -Ptb.HOLD=1 -Ptb.BEAT_ELEMS=2 -Ptb.LANES=1 -Ptb.GRANULE=1 -Ptb.LINES=16 -Ptb.SEED=14
// variants: -Ptb.HOLD=1 -Ptb.BEAT_ELEMS=8 -Ptb.LANES=25 -Ptb.GRANULE=8 -Ptb.COLUMNS=4 -Ptb.LINES=2 -Ptb.SEED=15
// variants: -Ptb.HOLD=1 -Ptb.ELEM_W=4 -Ptb.BEAT_ELEMS=4 -Ptb.LANES=23 -Ptb.GRANULE=4 -Ptb.COLUMNS=8 -Ptb.LINES=4,
// variants: -Ptb.SEED=16
// variants: -Ptb.HOLD=1 -Ptb.BEAT_ELEMS=2 -Ptb.LANES=7 -Ptb.GRANULE=2 -Ptb.COLUMNS=4 -Ptb.LINES=2 -Ptb.SEED=17
// variants: -Ptb.HOLD=1 -Ptb.BEAT_ELEMS=1 -Ptb.LANES=4 -Ptb.GRANULE=1 -Ptb.COLUMNS=8 -Ptb.LINES=4 -Ptb.SEED=18
// lint: -GELEM_W=8 -GBEAT_ELEMS=16 -GLANES=8 -GGRANULE=8 -GCOLUMNS=2 -GLINES=16
// lint: -GELEM_W=4 -GBEAT_ELEMS=4 -GLANES=16 -GGRANULE=4 -GCOLUMNS=8 -GLINES=8
// lint: -GELEM_W=8 -GBEAT_ELEMS=2 -GLANES=1 -GGRANULE=1 -GCOLUMNS=2 -GLINES=16
// lint: -GELEM_W=16 -GBEAT_ELEMS=32 -GLANES=4 -GGRANULE=16 -GCOLUMNS=2 -GLINES=4
// lint: -GELEM_W=8 -GBEAT_ELEMS=16 -GLANES=112 -GGRANULE=16 -GCOLUMNS=8 -GLINES=64
// lint: -GELEM_W=4 -GBEAT_ELEMS=8 -GLANES=25 -GGRANULE=8 -GCOLUMNS=4 -GLINES=2
// lint: -GHOLD=1 -GELEM_W=8 -GBEAT_ELEMS=16 -GLANES=8 -GGRANULE=8 -GCOLUMNS=2 -GLINES=16
// lint: -GHOLD=1 -GELEM_W=8 -GBEAT_ELEMS=2 -GLANES=1 -GGRANULE=1 -GCOLUMNS=2 -GLINES=16
// lint: -GHOLD=1 -GELEM_W=8 -GBEAT_ELEMS=16 -GLANES=112 -GGRANULE=16 -GCOLUMNS=8 -GLINES=64
// lint: -GHOLD=1 -GELEM_W=4 -GBEAT_ELEMS=8 -GLANES=25 -GGRANULE=8 -GCOLUMNS=4 -GLINES=2
// lint: -GHOLD=1 -GELEM_W=16 -GBEAT_ELEMS=1 -GLANES=4 -GGRANULE=1 -GCOLUMNS=8 -GLINES=8
// Random beats and random windows, over the edges of lines and of the memory too, against an array of elements; the
// second stage moves at random and must hold otherwise. With HOLD windows mostly follow each other, forwards, again or
// back, beats often fall into what was read last, and the columns read are counted: those with a wanted lane whose line
// is not the one read last, or was written.
`default_nettype none

module tb;

  parameter ELEM_W     = 8;
  parameter BEAT_ELEMS = 16;
  parameter LANES      = 8;
  parameter GRANULE    = 8;
  parameter COLUMNS    = 2;
  parameter LINES      = 16;
  parameter HOLD       = 0;
  parameter SEED       = 1;

  localparam CAPACITY = GRANULE * COLUMNS * LINES;
  localparam BEATS    = CAPACITY / BEAT_ELEMS;
  localparam ADDR_W   = $clog2(CAPACITY);
  localparam CUT_W    = $clog2(LANES) + 1;
  localparam READS_W  = $clog2(COLUMNS + 1);

  reg                          clk = 1'b0;
  reg                          rst, we, re, advance;
  reg  [CUT_W-1:0]             rlow, rhigh;
  wire [READS_W-1:0]           reads;
  reg  [ADDR_W-1:0]            wpos, rpos;
  reg  [BEAT_ELEMS*ELEM_W-1:0] wdata;
  wire [LANES*ELEM_W-1:0]      rdata;

  lac_window_ram #(
    .ELEM_W     (ELEM_W),
    .BEAT_ELEMS (BEAT_ELEMS),
    .LANES      (LANES),
    .GRANULE    (GRANULE),
    .COLUMNS    (COLUMNS),
    .LINES      (LINES),
    .HOLD       (HOLD)
  ) u_dut (
    .clk_i     (clk),
    .rst_i     (rst),
    .we_i      (we),
    .wpos_i    (wpos),
    .wdata_i   (wdata),
    .re_i      (re),
    .rpos_i    (rpos),
    .rlow_i    (rlow),
    .rhigh_i   (rhigh),
    .reads_o   (reads),
    .advance_i (advance),
    .rdata_o   (rdata)
  );

  always #5 clk = !clk;

  reg  [ELEM_W-1:0]       elements [0:CAPACITY-1];
  integer                 held [0:COLUMNS-1];          // line at the column's output, or none
  reg  [LANES*ELEM_W-1:0] read, read_mask, want, mask; // a lane that is not wanted may be anything
  integer seed, cycle, count, i, granule;

  task choose_write;
    begin
      we   = cycle < BEATS || $random(seed) & 1;
      wpos = (cycle < BEATS ? cycle : {$random(seed)} % BEATS) * BEAT_ELEMS;
      if (HOLD && cycle >= BEATS && $random(seed) & 1)
        wpos = (rpos + {$random(seed)} % LANES) / BEAT_ELEMS * BEAT_ELEMS;
      for (i = 0; i < BEAT_ELEMS; i = i + 1) wdata[i*ELEM_W +: ELEM_W] = $random(seed);
    end
  endtask

  task choose_read;
    begin
      re      = cycle % 100 < 50 || $random(seed) & 1;
      advance = cycle % 100 < 50 || $random(seed) & 1;
      case (HOLD ? {$random(seed)} % 6 : 0)
        0: rpos = {$random(seed)};
        1: ;
        2: rpos = rpos - {$random(seed)} % LANES;
        default: rpos = rpos + rhigh;
      endcase
      rhigh = LANES;
      rlow  = 0;
      if (HOLD && $random(seed) & 1) rhigh = {$random(seed)} % (LANES + 1);
      if (HOLD && $random(seed) & 1) rlow = {$random(seed)} % (rhigh + (rhigh == 0));
    end
  endtask

  task take_read;
    begin
      for (i = 0; i < LANES; i = i + 1) begin
        read[i*ELEM_W +: ELEM_W]      = elements[(rpos+i)%CAPACITY];
        read_mask[i*ELEM_W +: ELEM_W] = {ELEM_W{i >= rlow && i < rhigh}};
        granule = (rpos + i) % CAPACITY / GRANULE;
        if (HOLD && i >= rlow && i < rhigh && held[granule%COLUMNS] != granule / COLUMNS) begin
          held[granule%COLUMNS] = granule / COLUMNS;
          count = count + 1;
        end
      end
    end
  endtask

  task take_write;
    for (i = 0; i < BEAT_ELEMS; i = i + 1) begin
      elements[wpos+i] = wdata[i*ELEM_W +: ELEM_W];
      granule = (wpos + i) / GRANULE;
      if (held[granule%COLUMNS] == granule / COLUMNS) held[granule%COLUMNS] = -1;
    end
  endtask

  initial begin
    seed = SEED;
    {rst, re, advance, rpos, rlow, rhigh} = 0;
    for (i = 0; i < COLUMNS; i = i + 1) held[i] = -1;
    for (cycle = 0; cycle < BEATS + 6000; cycle = cycle + 1) begin
      rst   = cycle == 0 || cycle >= BEATS && cycle % 500 == 0;
      count = 0;
      choose_write;
      if (cycle >= BEATS) choose_read;
      if (rst) re = 1'b0;
      if (advance) {want, mask} = {read, read_mask};
      if (re) take_read;
      if (we) take_write;
      if (rst) for (i = 0; i < COLUMNS; i = i + 1) held[i] = -1;
      @(negedge clk);
      if (cycle > BEATS + 10 && (rdata & mask) !== (want & mask)) begin
        $display("FAIL cycle %0d: got %h, expected %h of lanes %h", cycle, rdata, want, mask);
        $finish;
      end
      if (reads !== count) begin
        $display("FAIL cycle %0d: %0d columns read, expected %0d", cycle, reads, count);
        $finish;
      end
    end
    $display("PASS %0d cycles", cycle);
    $finish;
  end

endmodule

`default_nettype wire
