// variants: | -Ptb.ELEM_W=4 -Ptb.BEAT=8 -Ptb.KEPT=1 -Ptb.OFFSETS_W=2 -Ptb.SEED=2
// variants: -Ptb.ELEM_W=16 -Ptb.BEAT=8 -Ptb.KEPT=4 -Ptb.OFFSETS_W=12 -Ptb.SEED=3
// variants: -Ptb.ELEM_W=16 -Ptb.BEAT=2 -Ptb.KEPT=5 -Ptb.OFFSETS_W=15 -Ptb.SEED=4
// variants: -Ptb.BEAT=64 -Ptb.KEPT=1 -Ptb.OFFSETS_W=1 -Ptb.SEED=5
// variants: -Ptb.ELEM_W=4 -Ptb.BEAT=128 -Ptb.KEPT=1 -Ptb.OFFSETS_W=3 -Ptb.SEED=6
// variants: -Ptb.ELEM_W=16 -Ptb.BEAT=4 -Ptb.KEPT=3 -Ptb.OFFSETS_W=6 -Ptb.SEED=7
// lint: -GELEM_W=8 | -GELEM_W=4 -GBEAT_ELEMS=8 -GKEPT=1 -GOFFSETS_W=2
// lint: -GELEM_W=16 -GBEAT_ELEMS=2 -GKEPT=5 -GOFFSETS_W=15 | -GELEM_W=16 -GBEAT_ELEMS=32 -GKEPT=3 -GOFFSETS_W=6
// lint: -GELEM_W=4 -GBEAT_ELEMS=128 -GKEPT=1 -GOFFSETS_W=3
// Segments of blocks of random values and offsets, beats with pauses, anything and X where a segment does not reach. In
// some jobs one bit of one element of offsets is turned that no offset has; it must be seen, in its beat and nowhere
// else.
`default_nettype none

module tb;

  parameter ELEM_W    = 8;
  parameter BEAT      = 16;
  parameter KEPT      = 2;
  parameter OFFSETS_W = 4;
  parameter SEED      = 1;

  localparam JOBS = 300;
  localparam MOST = 40;                               // blocks of a segment

  reg                    clk = 1'b0;
  reg                    rst = 1'b1;
  reg                    start = 1'b0;
  reg  [31:0]            bytes = 32'd1;
  reg  [ELEM_W-1:0]      zero = {ELEM_W{1'b0}};
  reg                    take = 1'b0, last = 1'b0;
  reg  [BEAT*ELEM_W-1:0] data = {BEAT*ELEM_W{1'bx}};
  wire                   bad;
  wire [31:0]            bad_pos;

  lac_offsets_check #(
    .ELEM_W     (ELEM_W),
    .BEAT_ELEMS (BEAT),
    .KEPT       (KEPT),
    .OFFSETS_W  (OFFSETS_W)
  ) u_dut (
    .clk_i     (clk),
    .rst_i     (rst),
    .start_i   (start),
    .bytes_i   (bytes),
    .zero_i    (zero),
    .take_i    (take),
    .data_i    (data),
    .last_i    (last),
    .bad_o     (bad),
    .bad_pos_o (bad_pos)
  );

  always #5 clk = !clk;

  integer seed, job, beats, segments, segment, blocks, elems, at, i, wrong, wrong_segment, wrong_elem, wrong_bit, bads,
          goods;
  reg [ELEM_W-1:0] value;
  reg              seen;

  function integer random(input integer low, input integer high);
    random = low + $unsigned($random(seed)) % (high - low + 1);
  endfunction

  task expect_bad(input integer wanted);
    if (bad !== wanted[0] || (wanted != 0 && bad_pos !== beats)) begin
      $display("FAIL job %0d segment %0d of %0d, element %0d of %0d: bad %b at %0d", job, segment, segments, at, elems,
               bad,
               bad_pos);
      $finish;
    end
  endtask

  task choose(input integer place);        // the element at a place of the segment, into value
    begin
      value = $random(seed);
      if (place % (KEPT + 1) == KEPT) begin
        value = value & ((1 << OFFSETS_W) - 1);
        if (wrong != 0 && segment == wrong_segment && place == wrong_elem) begin
          value = value | 1 << wrong_bit;
          seen  = 1'b1;
        end
        value = value + zero;
      end
    end
  endtask

  task send_beat;                          // from element `at` on
    begin
      seen = 1'b0;
      data = random(0, 1) ? {BEAT*ELEM_W{1'bx}} : {BEAT*ELEM_W{1'b1}};
      for (i = 0; i < BEAT && at + i < elems; i = i + 1) begin
        choose(at + i);
        data[i*ELEM_W +: ELEM_W] = value;
      end
      last = at + BEAT >= elems;
      take = 1'b1;
      @(negedge clk);
      expect_bad(seen);
      take  = 1'b0;
      beats = beats + 1;
      last  = random(0, 1);
      data = {BEAT*ELEM_W{1'bx}};
      while (random(0, 2) == 0) begin
        @(negedge clk);
        expect_bad(0);
      end
    end
  endtask

  initial begin
    seed = SEED;
    {bads, goods} = 0;
    repeat (2) @(negedge clk);
    rst = 1'b0;
    for (job = 0; job < JOBS; job = job + 1) begin
      beats    = 0;
      segments = random(1, 5);
      blocks   = random(1, MOST);
      elems    = blocks * (KEPT + 1);
      bytes    = elems * ELEM_W / 8;
      zero     = random(0, 1) ? $random(seed) : 0;
      wrong    = random(0, 1);
      wrong_segment = random(0, segments - 1);
      wrong_elem    = (random(0, 3) == 0 ? blocks : random(1, blocks)) * (KEPT + 1) - 1;
      wrong_bit     = random(OFFSETS_W, ELEM_W - 1);
      start = 1'b1;
      @(negedge clk);
      start = 1'b0;
      expect_bad(0);
      for (segment = 0; segment < segments; segment = segment + 1)
        for (at = 0; at < elems; at = at + BEAT) send_beat;
      if (wrong != 0) bads = bads + 1; else goods = goods + 1;
    end
    if (bads < JOBS / 4 || goods < JOBS / 4) $display("FAIL %0d bad jobs, %0d good ones", bads, goods);
    $display("PASS %0d jobs", JOBS);
    $finish;
  end

endmodule

`default_nettype wire
