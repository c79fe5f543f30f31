// variants: | -Ptb.BLOCKS=1 -Ptb.KS=4 -Ptb.A_W=17 -Ptb.SLOTS=4 -Ptb.SEED=2
// variants: -Ptb.BLOCKS=4 -Ptb.KS=1 -Ptb.SUBS=8 -Ptb.SEED=3
// lint: | -GBLOCKS=4 -GKS=8 -GSUBS=8 -GSLOTS=2 -GA_W=8 | -GBLOCKS=1 -GKS=64 -GSUBS=2 -GSLOTS=8 -GA_W=17
// lint: -GBLOCKS=16 -GKS=1 -GSUBS=4 -GSLOTS=4 -GA_W=4
// Beats of chance: where every element goes, which count as zero, the ends of k-tiles, which of these are empty, and a
//      tile that begins
// where none has ended.
`default_nettype none

module tb;

  parameter BLOCKS = 2, KS = 2, SUBS = 2, SLOTS = 2, A_W = 5, SEED = 1;

  localparam KT = BLOCKS * KS, BEAT_W = $clog2(SLOTS * SUBS), TURN_W = BLOCKS > 1 ? $clog2(BLOCKS) : 1;

  reg                  clk, rst, skip, a_valid, a_first, a_last, a_end, between, ended, wrong, took, sparse, seen,
                       known_was, empty_was;
  reg  [8*KT*A_W-1:0]  a_data;
  reg  [TURN_W-1:0]    turn, turn_next;
  reg  [BLOCKS-1:0]    room;
  wire                 a_ready, we, loaded, known, empty, tile, ended_now, stream_error;
  wire [BEAT_W-1:0]    beat;
  wire [8*KT*A_W-1:0]  data;
  wire [KT*8-1:0]      nonzero;
  integer              seed, cycle, beats, empties, row, k, at, block;
  reg  [A_W-1:0]       element;

  lac_outer_load #(.BLOCKS (BLOCKS), .KS (KS), .SUBS (SUBS), .SLOTS (SLOTS), .A_W (A_W)) u_load (
    .clk_i (clk), .rst_i (rst), .skip_i (skip), .a_valid_i (a_valid), .a_ready_o (a_ready), .a_data_i (a_data),
    .a_first_i (a_first), .a_last_i (a_last), .a_end_i (a_end), .turn_i (turn), .turn_next_i (turn_next),
    .room_i (room), .we_o (we), .beat_o (beat), .data_o (data), .nonzero_o (nonzero), .loaded_o (loaded),
    .known_o (known), .empty_o (empty), .tile_o (tile), .ended_o (ended_now), .stream_error_o (stream_error)
  );

  task fail(input [8*40-1:0] why);
    begin
      $display("FAIL cycle %0d: %0s", cycle, why);
      $finish;
    end
  endtask

  always #5 clk = ~clk;

  initial begin
    seed = SEED;
    {clk, skip, a_valid, a_first, a_last, a_end, ended, beats, empties, sparse, seen, known_was, empty_was} = 0;
    between = 1'b1;
    turn      = $unsigned($random(seed)) % BLOCKS;
    turn_next = $unsigned($random(seed)) % BLOCKS;
    room    = 0;
    rst     = 1'b1;
    repeat (2) @(negedge clk);
    rst = 1'b0;
    for (cycle = 0; cycle < 2000; cycle = cycle + 1) begin
      if (!a_valid) begin
        a_valid = $random(seed);
        for (at = 0; at < 8 * KT; at = at + 1) begin
          element = $random(seed);
          a_data[at*A_W +: A_W] = $unsigned($random(seed)) % (sparse ? 8 * KT * SUBS : 3) == 0 ? element : 0;
        end
        if (beats % SUBS == 0) begin
          sparse  = $random(seed);
          wrong   = $unsigned($random(seed)) % 20 == 0;
          a_first = between ^ wrong;
          a_last  = $random(seed);
          a_end   = cycle > 1500 && a_last;
        end
      end
      skip = $random(seed) | $random(seed) | $random(seed);
      room = $random(seed) | $random(seed) | $random(seed);
      #1;
      if (a_ready !== &room || we !== (a_valid && &room)) fail("wrong handshake");
      if (loaded !== (we && beats % SUBS == SUBS - 1) || tile !== (loaded && a_last)) fail("wrong end of a k-tile");
      if (stream_error !== (loaded && wrong)) fail("wrong stream error");
      if (ended_now !== ended) fail("wrong end of the job");
      if (known !== known_was || (known && empty !== empty_was)) fail("wrong emptiness of a k-tile");
      if (beat !== beats % (SLOTS * SUBS)) fail("wrong place");
      for (row = 0; row < 8; row = row + 1)
        for (k = 0; k < KT; k = k + 1) begin
          element = a_data[(row*KT+k)*A_W +: A_W];
          block   = (k + turn) % BLOCKS;
          if (data[((block*8+row)*KS+k/BLOCKS)*A_W +: A_W] !== element) fail("element in a wrong place");
          if (nonzero[(block*KS+k/BLOCKS)*8+row] !== (!skip || element != 0)) fail("wrong mask");
        end
      if (loaded) {between, ended} = {a_last, ended || a_end};
      took      = we;
      known_was = loaded;
      if (we) seen = (beats % SUBS > 0 && seen) || |nonzero;
      empty_was = !seen;
      if (loaded) empties = empties + empty_was;
      @(negedge clk);
      beats = beats + took;
      if (known_was) begin
        turn      = turn_next;
        turn_next = $unsigned($random(seed)) % BLOCKS;
      end
      if (took) a_valid = 1'b0;
    end
    if (empties == 0) fail("no k-tile is empty");
    $display("PASS %0d beats, %0d empty k-tiles", beats, empties);
    $finish;
  end

endmodule

`default_nettype wire
