// variants: -Ptb.JOBS=18 | -Ptb.SET=8 -Ptb.IN_BYTES=4 -Ptb.BURST=4 -Ptb.SEED=2 -Ptb.JOBS=30
// variants: -Ptb.SET=64 -Ptb.IN_BYTES=16 -Ptb.BURST=2 -Ptb.SEED=3 -Ptb.JOBS=5
// variants: -Ptb.SET=16 -Ptb.IN_BYTES=8 -Ptb.BURST=1 -Ptb.ADDR_W=40 -Ptb.SEED=4 -Ptb.JOBS=10
// variants: -Ptb.SET=32 -Ptb.IN_BYTES=32 -Ptb.BURST=16 -Ptb.ADDR_W=64 -Ptb.SEED=5 -Ptb.JOBS=10
// variants: -Ptb.SET=8 -Ptb.IN_BYTES=8 -Ptb.BURST=256 -Ptb.SEED=6 -Ptb.JOBS=18
// lint: -GSET=16 -GIN_BYTES=16 -GBURST=32 | -GADDR_W=40 -GSET=8 -GIN_BYTES=4 -GBURST=1
// lint: -GADDR_W=64 -GSET=64 -GIN_BYTES=64 -GBURST=256
// lint lac_byte_pack: -GBYTES=16 -GIN_BYTES=16 | -GBYTES=4 -GIN_BYTES=1 | -GBYTES=64 -GIN_BYTES=16
// lint lac_bitmap_pack: -GSET=16 | -GSET=4 | -GSET=64
// lint lac_c_tiles: -GSET=16 | -GSET=8 | -GSET=64
// lint lac_c_bursts: -GBYTES=16 -GBURST=32 | -GADDR_W=64 -GBYTES=4 -GBURST=1
// lint lac_c_bursts: -GWAYS=3 -GADDR_W=40 -GBYTES=64 -GBURST=256
// lint lac_c_stream: -GBYTES=16 -GBURST=32 | -GADDR_W=64 -GBYTES=4 -GBURST=1 | -GADDR_W=40 -GBYTES=64 -GBURST=256
// Jobs of random rows, cut into words at random places or as wide as they may be, dense or without zeros, with stalls
// on all sides or none. Every byte that is written lands in a memory of both regions; they must be what loops over the
// rows make of them, nothing may be written twice or outside, and without stalls a word must go in in every cycle in
// which no segment spills. Memory has room for no byte more; in some jobs for less, of values or of metadata: then that
// must be told, and nothing lies past the room that there is.
`default_nettype none

module tb;

  parameter ADDR_W   = 32;
  parameter SET      = 16;
  parameter IN_BYTES = 16;
  parameter BURST    = 32;
  parameter SEED     = 1;
  parameter JOBS     = 36;

  localparam IN_W    = $clog2(IN_BYTES + 1);
  localparam CNT_W   = $clog2(SET + 1);
  localparam MOST    = 4096;                 // bytes of a job's rows
  localparam META    = 4096;                 // where metadata begin in the memory of the bench
  localparam [31:0] SET_32 = SET;

  reg                   clk = 1'b0;
  reg                   rst = 1'b1;
  reg                   clear = 1'b0, start = 1'b0, sparse = 1'b0;
  reg  [7:0]            zero;
  reg  [ADDR_W-1:0]     addr, meta_addr;
  reg  [31:0]           rows, seg_rows, values_cap, meta_cap;
  reg                   in_req_valid = 1'b0, in_dat_valid = 1'b0, in_dat_last;
  reg  [ADDR_W-1:0]     in_req_addr;
  reg  [31:0]           in_req_bytes;
  reg  [IN_BYTES*8-1:0] in_dat_data;
  reg  [IN_W-1:0]       in_dat_count;
  reg                   req_ready = 1'b0, dat_ready = 1'b0;
  wire                  in_req_ready, in_dat_ready, req_valid, dat_valid, dat_last, busy, full;
  wire [31:0]           full_row;
  wire [ADDR_W-1:0]     req_addr;
  wire [31:0]           req_bytes;
  wire [SET*8-1:0]      dat_data;
  wire [CNT_W-1:0]      dat_count;
  wire [63:0]           values_total, meta_total;

  lac_c_sparse #(
    .ADDR_W         (ADDR_W),
    .SET            (SET),
    .IN_BYTES       (IN_BYTES),
    .BURST          (BURST)
  ) u_dut (
    .clk_i          (clk),
    .rst_i          (rst),
    .clear_i        (clear),
    .start_i        (start),
    .sparse_i       (sparse),
    .zero_i         (zero),
    .addr_i         (addr),
    .meta_addr_i    (meta_addr),
    .values_cap_i   (values_cap),
    .meta_cap_i     (meta_cap),
    .rows_i         (rows),
    .seg_rows_i     (seg_rows),
    .in_req_valid_i (in_req_valid),
    .in_req_ready_o (in_req_ready),
    .in_req_addr_i  (in_req_addr),
    .in_req_bytes_i (in_req_bytes),
    .in_dat_valid_i (in_dat_valid),
    .in_dat_ready_o (in_dat_ready),
    .in_dat_data_i  (in_dat_data),
    .in_dat_count_i (in_dat_count),
    .in_dat_last_i  (in_dat_last),
    .req_valid_o    (req_valid),
    .req_ready_i    (req_ready),
    .req_addr_o     (req_addr),
    .req_bytes_o    (req_bytes),
    .dat_valid_o    (dat_valid),
    .dat_ready_i    (dat_ready),
    .dat_data_o     (dat_data),
    .dat_count_o    (dat_count),
    .dat_last_o     (dat_last),
    .busy_o         (busy),
    .full_o         (full),
    .full_row_o     (full_row),
    .values_o       (values_total),
    .meta_bytes_o   (meta_total)
  );

  always #5 clk = !clk;

  integer seed, job, all_rows, cols, density, stall, i, row, col, cycles, limit, spills;
  integer values, meta, tile, set_begin, seg_bytes, tile_sets, any;
  integer words, sent_rows, sent_bytes, asked_rows;
  integer most_rows;
  integer queue_at [0:63], queue_bytes [0:63];             // requests without all of their data
  integer queue_in, queue_out, moved_bytes, written;
  reg  [7:0]  map      [0:MOST-1];                         // rows, one behind the other
  reg  [7:0]  expected [0:2*META-1];
  reg  [7:0]  memory   [0:2*META-1];
  reg         touched  [0:2*META-1];
  reg         row_moved, word_moved, req_moved, dat_moved, held, held_last, scarce, was_full;
  reg  [SET*8-1:0] held_data;

  task fail(input [8*48-1:0] why);
    begin
      $display("FAIL job %0d (%0d x %0d, segments of %0d rows, sparse %0d): %0s", job, rows, cols, seg_rows, sparse,
               why);
      $finish;
    end
  endtask

  function integer random(input integer low, input integer high);
    random = low + $unsigned($random(seed)) % (high - low + 1);
  endfunction

  // ---------------------------------------------------------------- what is to be written

  task put_meta(input [7:0] value);
    begin
      expected[META+meta] = value;
      meta = meta + 1;
    end
  endtask

  task make_set(input integer first, input integer length);
    begin
      any = 0;
      for (i = 0; i < length; i = i + 1) if (map[first+i] != zero) any = 1;
      if (tile_sets == 0) begin
        tile = META + meta;
        put_meta(8'd0);
      end
      if (any) begin
        expected[tile][tile_sets] = 1'b1;
        for (i = 0; i < SET / 8; i = i + 1) put_meta(8'd0);
        for (i = 0; i < length; i = i + 1)
          if (map[first+i] != zero) begin
            expected[META+meta-SET/8+i/8][i%8] = 1'b1;
            expected[values] = map[first+i];
            values = values + 1;
          end
      end
      tile_sets = tile_sets == 7 ? 0 : tile_sets + 1;
    end
  endtask

  task make_sparse;
    begin
      for (row = 0; row < rows; row = row + seg_rows) begin
        seg_bytes = (rows - row < seg_rows ? rows - row : seg_rows) * cols;
        tile_sets = 0;
        for (set_begin = 0; set_begin < seg_bytes; set_begin = set_begin + SET)
          make_set(row * cols + set_begin, seg_bytes - set_begin < SET ? seg_bytes - set_begin : SET);
        if (seg_bytes % SET != 0) spills = spills + 1;
      end
    end
  endtask

  task make_dense;
    begin
      for (i = 0; i < rows * cols; i = i + 1) expected[i] = map[i];
      values = rows * cols;
    end
  endtask

  task pick;
    begin
      sparse    = job % 5 != 0;
      zero      = random(0, 1) ? 8'd0 : $random(seed);
      case (random(0, 4))
        0:       cols = random(1, 300);
        1:       cols = random(1, IN_BYTES);
        2:       cols = SET * random(1, 8);
        default: cols = random(1, 3 * SET);
      endcase
      most_rows = MOST / cols < 200 ? MOST / cols : 200;
      all_rows  = random(1, random(0, 1) ? most_rows : 1 + most_rows / 8);
      rows      = sparse && random(0, 3) == 0 ? random(1, all_rows) : all_rows;
      seg_rows  = random(0, 2) == 0 ? 1 : random(0, 1) && rows > 1 ? rows - 1 : random(1, all_rows + 2);
      density   = random(0, 3) ? random(0, 100) : random(0, 1) * 100;
      stall     = random(0, 1) ? 0 : random(0, 80);
      addr      = {ADDR_W{1'b0}} | (random(0, 1) ? 32'h8000_0000 : 32'h0000_1000);
      meta_addr = addr + 32'h0010_0000;
      for (i = 0; i < all_rows * cols; i = i + 1) map[i] = random(0, 99) < density ? $random(seed) : zero;
      for (i = 0; i < 2 * META; i = i + 1) begin
        expected[i] = 8'd0;
        memory[i]   = 8'd0;
        touched[i]  = 1'b0;
      end
      {values, meta, words, sent_rows, sent_bytes, asked_rows, queue_in, queue_out, moved_bytes, written, cycles,
       spills} = 0;
      if (sparse) make_sparse;
      else make_dense;
      values_cap = sparse ? values : 0;
      meta_cap   = sparse ? meta : 0;
      scarce     = sparse && job % 4 == 3;
      if (scarce && random(0, 1) && values > 0) values_cap = random(0, values - 1);
      else if (scarce) meta_cap = random(0, meta - 1);
    end
  endtask

  // ---------------------------------------------------------------- both ends

  integer count;

  task drive;
    begin
      if (!in_req_valid && asked_rows < all_rows && asked_rows <= sent_rows + 2 && random(0, 99) >= stall) begin
        in_req_valid = 1'b1;
        in_req_addr  = addr + asked_rows * cols;
        in_req_bytes = cols;
      end
      if (!in_dat_valid && sent_rows < asked_rows && random(0, 99) >= stall) begin
        count = cols - sent_bytes < IN_BYTES ? cols - sent_bytes : IN_BYTES;
        if (stall != 0) count = random(1, count);
        in_dat_valid = 1'b1;
        in_dat_count = count;
        in_dat_last  = sent_bytes + count == cols;
        in_dat_data  = {IN_BYTES{8'hxx}};
        for (i = 0; i < count; i = i + 1) in_dat_data[i*8 +: 8] = map[sent_rows*cols+sent_bytes+i];
      end
      req_ready = random(0, 99) >= stall && queue_in - queue_out < 60;
      dat_ready = random(0, 99) >= stall && queue_in != queue_out;
    end
  endtask

  integer at, take;

  task write_beat;
    begin
      at   = queue_at[queue_out%64] + moved_bytes;
      take = dat_count;
      if (^{dat_count, dat_last} === 1'bx || take == 0 || take > SET) fail("no count");
      if (dat_last !== (moved_bytes + take == queue_bytes[queue_out%64])) fail("last at the wrong place");
      if (sparse && !dat_last && take != SET) fail("a beat that is not full");
      for (i = 0; i < take; i = i + 1) begin
        if (touched[at+i]) fail("written twice");
        touched[at+i] = 1'b1;
        memory[at+i]  = dat_data[i*8 +: 8];
        written       = written + 1;
      end
      moved_bytes = dat_last ? 0 : moved_bytes + take;
      if (dat_last) queue_out = queue_out + 1;
    end
  endtask

  task check;
    begin
      row_moved  = in_req_valid && in_req_ready;
      word_moved = in_dat_valid && in_dat_ready;
      req_moved  = req_valid && req_ready;
      dat_moved  = dat_valid && dat_ready;
      if (held && (!dat_valid || dat_data !== held_data || dat_last !== held_last)) fail("payload not held");
      held      = dat_valid && !dat_ready;
      held_data = dat_data;
      held_last = dat_last;
      if (dat_moved) write_beat;
      if (req_moved) begin
        queue_at[queue_in%64]    = req_addr >= meta_addr && sparse ? META + (req_addr - meta_addr) : req_addr - addr;
        queue_bytes[queue_in%64] = req_bytes;
        if (sparse && (req_addr >= meta_addr ? req_addr + req_bytes > meta_addr + meta_cap :
                       req_addr + req_bytes > addr + values_cap))
          fail("a burst past the room");
        if (sparse && req_bytes > BURST * SET) fail("more than a burst");
        queue_in = queue_in + 1;
      end
      if (full && !scarce) fail("no room where there is enough");
      if (full && full_row >= rows && full_row != rows) fail("no row");
      if (sparse && !busy && written < values + meta) fail("not busy");
    end
  endtask

  task advance;
    begin
      if (row_moved) begin
        in_req_valid = 1'b0;
        asked_rows   = asked_rows + 1;
      end
      if (word_moved) begin
        in_dat_valid = 1'b0;
        words        = words + 1;
        sent_bytes   = sent_bytes + in_dat_count;
        if (in_dat_last) begin
          sent_bytes = 0;
          sent_rows  = sent_rows + 1;
        end
      end
    end
  endtask

  task compare;
    begin
      if (written != values + meta) fail("not as many bytes as there are");
      for (i = 0; i < META + meta; i = i + 1)
        if (memory[i] !== expected[i] || touched[i] !== (i < values || i >= META)) fail("wrong byte");
      if (sparse && (values_total !== values || meta_total !== meta)) fail("wrong totals");
      if (!sparse && (values_total !== 64'd0 || meta_total !== 64'd0)) fail("totals of a dense job");
    end
  endtask

  initial begin
    seed = SEED;
    held = 1'b0;
    repeat (2) @(negedge clk);
    rst = 1'b0;
    for (job = 0; job < JOBS; job = job + 1) begin
      pick;
      start = 1'b1;
      @(negedge clk);
      start = 1'b0;
      limit    = 0;
      was_full = 1'b0;
      while ((sent_rows < all_rows || busy || written < values + meta) && cycles < 200000 &&
             !(full && cycles > limit + 200)) begin
        cycles = cycles + 1;
        drive;
        #1 check;
        @(negedge clk);
        advance;
        if (full ? full !== was_full : sent_rows < all_rows) limit = cycles;
        was_full = full;
      end
      // Bits that are written take the bus, so only jobs that are sparse enough can be held to one word a cycle.
      if (scarce && !full) fail("bytes without room, and nothing told");
      if (!scarce && sparse && stall == 0 && density < 60 && cols >= SET && limit > words + spills + all_rows / 8 + 4)
        fail("cycles are lost");
      {in_req_valid, in_dat_valid, req_ready, dat_ready} = 4'd0;
      clear = 1'b1;
      @(negedge clk);
      clear = 1'b0;
      held  = 1'b0;
      if (!scarce) compare;
      if (busy) fail("busy after the end");
    end
    $display("PASS %0d jobs", JOBS);
    $finish;
  end

  initial begin
    #2000000000 $display("FAIL no end");
    $finish;
  end

endmodule

`default_nettype wire
