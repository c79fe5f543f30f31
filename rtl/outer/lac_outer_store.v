// A store of words of B, panel after panel, shown once per m-tile of a block; panels may have any length.
//
// Why: the length of a panel depends on its zeros, so its last word marks its end (docs/engines/outer.md, The path of
// B).
//
// Order, for every (block, group) of lac_tile_loop: for tile in block: for panel in group: its words. A word is
//   consumed at its last showing, so the next group arrives while this one is shown.
// Which words:
//   show_* say it, ready/valid: pass over show_jump_i words, then show show_words_i words (0: none)
//   skip_i with a word that is taken: of its show only the last word is still wanted. Nothing is passed over across the
//     end of a showing.
// Parameters:
//   WIDTH   bits of a word
//   WORDS   capacity, a power of two, at least 2
//   SHOW_W  bits of show_words_i, up to log2(WORDS) + 1
// Handshake:
//   in_* and out_* ready/valid
//   in_last_i marks the last word of a panel, out_last_o the last of a showing. A show of words that are still to come
//     waits for the next one of them; one that passes over words comes when they, and all that it shows, are held.
// A group that is shown more than once must fit, else it never comes to its second showing (watchdog).
// Latency: a word that came at cycle t can be seen from t + 2 on, if its show is there in t + 1; one word a cycle, also
//   across groups and behind what is passed over; a show of no words takes a cycle in which none is read.
// After reset: empty.

`default_nettype none

module lac_outer_store #(
  parameter WIDTH  = 8,
  parameter WORDS  = 4,
  parameter SHOW_W = 1,
  parameter PTR_W  = $clog2(WORDS)
) (
  input  wire              clk_i,
  input  wire              rst_i,

  input  wire              start_i,
  input  wire [31:0]       tiles_i,
  input  wire [31:0]       block_tiles_i,
  input  wire [31:0]       panels_i,
  input  wire [31:0]       group_panels_i,

  input  wire              in_valid_i,
  output wire              in_ready_o,
  input  wire              in_last_i,
  input  wire [WIDTH-1:0]  in_data_i,

  input  wire              show_valid_i,
  output wire              show_ready_o,
  input  wire [PTR_W:0]    show_jump_i,
  input  wire [SHOW_W-1:0] show_words_i,

  output wire              out_valid_o,
  input  wire              out_ready_i,
  input  wire              skip_i,
  output wire [WIDTH-1:0]  out_data_o,
  output wire              out_last_o
);

  localparam           GROUPS = 4;  // groups that may have been written and not yet shown for the last time
  localparam [PTR_W:0] ONE    = {{PTR_W{1'b0}}, 1'b1};

  // ---------------------------------------------------------------- writing: where groups end

  wire             write_valid;
  wire [31:0]      write_panels;
  wire [31:0]      unused_tiles;
  wire             unused_last_group;
  wire             unused_last_block;
  wire             lengths_ready;
  wire             write      = in_valid_i && in_ready_o;

  reg  [PTR_W:0]   held_q;          // words held
  reg  [PTR_W-1:0] write_q;
  reg  [31:0]      panel_q;         // of the group being written, from 1
  reg  [PTR_W:0]   length_q;        // words of the group so far, this one included

  wire             panel_ends = write && in_last_i;
  wire             group_ends = panel_ends && panel_q == write_panels;

  lac_tile_loop u_written (
    .clk_i          (clk_i),
    .rst_i          (rst_i),
    .start_i        (start_i),
    .tiles_i        (tiles_i),
    .block_tiles_i  (block_tiles_i),
    .panels_i       (panels_i),
    .group_panels_i (group_panels_i),
    .next_i         (group_ends),
    .valid_o        (write_valid),
    .tiles_o        (unused_tiles),
    .panels_o       (write_panels),
    .last_group_o   (unused_last_group),
    .last_block_o   (unused_last_block)
  );

  assign in_ready_o = write_valid && !held_q[PTR_W] && lengths_ready;

  always @(posedge clk_i) begin
    if (rst_i || start_i) begin
      write_q  <= {PTR_W{1'b0}};
      panel_q  <= 32'd1;
      length_q <= ONE;
    end else if (write) begin
      write_q  <= write_q + 1'b1;
      panel_q  <= group_ends ? 32'd1 : panel_q + {31'd0, panel_ends};
      length_q <= group_ends ? ONE : length_q + 1'b1;
    end
  end

  // The length of a group is known from the cycle on in which its last word can be read.
  wire             length_known;
  wire             group_left;
  wire [PTR_W:0]   group_length;

  lac_fifo #(
    .WIDTH       (PTR_W + 1),
    .DEPTH       (GROUPS)
  ) u_lengths (
    .clk_i       (clk_i),
    .rst_i       (rst_i || start_i),
    .in_valid_i  (group_ends),
    .in_ready_o  (lengths_ready),
    .in_data_i   (length_q),
    .out_valid_o (length_known),
    .out_ready_i (group_left),
    .out_data_o  (group_length)
  );

  // ---------------------------------------------------------------- showing

  wire             read_valid;
  wire [31:0]      read_tiles;
  wire [31:0]      unused_panels;
  wire             unused_group;
  wire             unused_block;

  reg  [31:0]       tile_q;         // from 1
  reg  [PTR_W-1:0]  first_q;        // first word of the group that is held
  reg  [PTR_W-1:0]  read_q;
  reg  [PTR_W:0]    ahead_q;        // words between first_q and read_q
  reg  [PTR_W:0]    shown_q;        // words of this showing, the next one included
  reg  [SHOW_W-1:0] left_q;         // words of the show that has begun, 0: none has
  reg               out_valid_q;
  reg               out_last_q;

  wire              begun      = left_q != {SHOW_W{1'b0}};
  wire [31:0]       rest       = {{32 - SHOW_W{1'b0}}, left_q} - 32'd1;
  wire [PTR_W:0]    hop        = !begun ? show_jump_i : skip_i ? rest[PTR_W:0] : {(PTR_W + 1) {1'b0}};
  // the next word and what follows
  wire [SHOW_W-1:0] left       = !begun ? show_words_i : skip_i ? {{SHOW_W - 1{1'b0}}, 1'b1} : left_q;

  wire              last_tile  = tile_q == read_tiles;
  wire              jump       = read_valid && show_valid_i && left == {SHOW_W{1'b0}};
  wire              read       = read_valid && show_valid_i && left != {SHOW_W{1'b0}} && ahead_q < held_q &&
                                 (!out_valid_q || out_ready_i);
  wire              move       = jump || read;
  wire              last_word  = read && length_known && shown_q + hop == group_length;
  wire [PTR_W:0]    by         = hop + {{PTR_W{1'b0}}, left != {SHOW_W{1'b0}}};
  wire [PTR_W-1:0]  next       = read_q + by[PTR_W-1:0];

  lac_tile_loop u_shown (
    .clk_i          (clk_i),
    .rst_i          (rst_i),
    .start_i        (start_i),
    .tiles_i        (tiles_i),
    .block_tiles_i  (block_tiles_i),
    .panels_i       (panels_i),
    .group_panels_i (group_panels_i),
    .next_i         (group_left),
    .valid_o        (read_valid),
    .tiles_o        (read_tiles),
    .panels_o       (unused_panels),
    .last_group_o   (unused_group),
    .last_block_o   (unused_block)
  );

  assign group_left   = last_tile && last_word;
  assign show_ready_o = jump || (read && left == {{SHOW_W - 1{1'b0}}, 1'b1});
  assign out_valid_o  = out_valid_q;
  assign out_last_o   = out_last_q;

  always @(posedge clk_i) begin
    if (rst_i || start_i) begin
      tile_q      <= 32'd1;
      first_q     <= {PTR_W{1'b0}};
      read_q      <= {PTR_W{1'b0}};
      ahead_q     <= {(PTR_W + 1) {1'b0}};
      shown_q     <= ONE;
      left_q      <= {SHOW_W{1'b0}};
      out_valid_q <= 1'b0;
    end else begin
      if (move) begin
        tile_q  <= !last_word ? tile_q : last_tile ? 32'd1 : tile_q + 32'd1;
        shown_q <= last_word ? ONE : shown_q + by;
        if (last_tile) begin
          first_q <= next;
          read_q  <= next;
        end else begin
          read_q  <= last_word ? first_q : next;
          ahead_q <= last_word ? {(PTR_W + 1) {1'b0}} : ahead_q + by;
        end
      end
      if (read) begin
        left_q <= left - 1'b1;
      end
      out_valid_q <= read || (out_valid_q && !out_ready_i);
    end
  end

  always @(posedge clk_i) begin
    if (read) begin
      out_last_q <= last_word;
    end
  end

  // Whether words are given up is known last in the cycle.
  wire [PTR_W:0]    kept       = held_q + {{PTR_W{1'b0}}, write};
  wire [PTR_W:0]    kept_less  = kept - by;

  always @(posedge clk_i) begin
    if (rst_i || start_i) begin
      held_q <= {(PTR_W + 1) {1'b0}};
    end else begin
      held_q <= last_tile && move ? kept_less : kept;
    end
  end

  lac_ram_2p #(
    .WIDTH   (WIDTH),
    .DEPTH   (WORDS)
  ) u_ram (
    .clk_i   (clk_i),
    .we_i    (write),
    .waddr_i (write_q),
    .wdata_i (in_data_i),
    .re_i    (read),
    .raddr_i (read_q + hop[PTR_W-1:0]),
    .rdata_o (out_data_o)
  );

  wire             unused = &{1'b0, rest};

endmodule

`default_nettype wire
