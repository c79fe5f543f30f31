// Takes finished tiles out of the blocks: row by row, BANKS columns a cycle, the sums of all blocks added up.
//
// Why: every block has a sum of its own for every place of the tile. They are added where they leave, at the rate of
// the epilogue, so nothing is scattered from block to block (docs/engines/outer.md, Results).
//
// Parameters:
//   BLOCKS  1 to 128
//   BANKS   banks of a lane, a power of two
//   COLS    columns of a bank, a power of two
//   LANES   lanes of a block, a power of two
//   WORDS   words of a tile, T * COLS, a power of two
//   TILES   tiles that may be loaded and not begun to leave; slots + 3 is enough
//   ACC_W   bits of a sum
//   ARRAY   as lac_adder_tree
//   POS_W   derived; do not set it
// Handshake:
//   through_i: by block: how many more tiles have their sums in memory in the cycle after next
//   grant_* ready/valid, taken when a tile begins to leave (tile_o): all blocks are through with it, and its
//     predecessor is read to its end
//   c_valid_o cannot be stalled
//   read_o, sweep_o, half_o, position_o to all blocks, whose data sums_i follow two cycles later
//   freed_o with a tile's last read
//   loaded_i, ended_i: tile_o, ended_o of lac_outer_load
// Latency: first read one cycle after the token, first word of results four; one a cycle.
// After reset: sweeps for WORDS / LANES cycles, all lanes together; then clean_o is high.

`default_nettype none

module lac_outer_drain #(
  parameter BLOCKS = 2,
  parameter BANKS  = 4,
  parameter COLS   = 4,
  parameter LANES  = 2,
  parameter WORDS  = 64,
  parameter TILES  = 4,
  parameter ACC_W  = 32,
  parameter ARRAY  = 0,
  parameter POS_W  = $clog2(WORDS)
) (
  input  wire                          clk_i,
  input  wire                          rst_i,

  input  wire                          loaded_i,
  input  wire                          ended_i,
  input  wire [BLOCKS*2-1:0]           through_i,
  input  wire                          grant_valid_i,
  output wire                          grant_ready_o,
  output wire                          tile_o,
  output wire                          clean_o,
  output wire                          freed_o,

  output wire                          read_o,
  output wire                          sweep_o,
  output wire                          half_o,
  output wire [POS_W-1:0]              position_o,
  input  wire [BLOCKS*BANKS*ACC_W-1:0] sums_i,

  output wire                          c_valid_o,
  output wire [BANKS*ACC_W-1:0]        c_data_o,
  output wire                          done_o
);

`ifdef SYNTHESIS
  localparam MADE = ARRAY != 0 ? 1 : 0;
`else
  localparam MADE = ARRAY == 1 ? 1 : 0;
`endif

  localparam               COUNT_W     = $clog2(TILES + 1);
  localparam               INNER       = 8 / LANES * COLS;     // positions of a lane that lie together
  localparam [31:0]        SAME_32     = (LANES - 1) * INNER;
  localparam [POS_W-1:0]   LANES_ALIKE = SAME_32[POS_W-1:0];   // bits of a position that say which lane

  // ---------------------------------------------------------------- which tiles may leave

  reg  [BLOCKS*2-1:0]      through_q;    // by block: tiles that it is through with and that have not begun to leave
  reg  [BLOCKS-1:0]        through;
  integer                  at;

  always @(*) begin
    for (at = 0; at < BLOCKS; at = at + 1) begin
      through[at] = |through_q[at*2 +: 2];
    end
  end

  reg                      sweep_q;
  reg                      busy_q;       // a tile is being read
  reg                      half_q;
  reg  [POS_W-1:0]         position_q;
  reg  [COUNT_W-1:0]       open_q;       // tiles loaded and not begun to leave

  wire [POS_W-1:0]         here  = position_q | (sweep_q ? LANES_ALIKE : {POS_W{1'b0}});
  wire                     last  = &here;

  assign grant_ready_o = &through && !sweep_q && (!busy_q || last);
  assign tile_o        = grant_ready_o && grant_valid_i;
  assign clean_o       = !sweep_q;
  assign freed_o       = busy_q && last;
  assign read_o        = busy_q;
  assign sweep_o       = sweep_q;
  assign half_o        = half_q;
  assign position_o    = position_q;

  always @(posedge clk_i) begin
    if (rst_i) begin
      sweep_q    <= 1'b1;
      busy_q     <= 1'b0;
      half_q     <= 1'b0;
      position_q <= {POS_W{1'b0}};
      open_q     <= {COUNT_W{1'b0}};
    end else begin
      sweep_q    <= sweep_q && !last;
      busy_q     <= tile_o || (busy_q && !last);
      half_q     <= half_q ^ freed_o;
      position_q <= sweep_q || busy_q ? here + 1'b1 : position_q;
      open_q     <= open_q + {{COUNT_W - 1{1'b0}}, loaded_i} - {{COUNT_W - 1{1'b0}}, tile_o};
    end
  end

  genvar block, bank;
  generate
    for (block = 0; block < BLOCKS; block = block + 1) begin : gen_through
      always @(posedge clk_i) begin
        if (rst_i) begin
          through_q[block*2 +: 2] <= 2'd0;
        end else begin
          through_q[block*2 +: 2] <= through_q[block*2 +: 2] + through_i[block*2 +: 2] - {1'b0, tile_o};
        end
      end
    end
  endgenerate

  // ---------------------------------------------------------------- sums of the blocks

  reg  [2:0]               valid_q;      // words on their way
  reg  [BANKS*ACC_W-1:0]   data_q;
  wire [BANKS*ACC_W-1:0]   totals;

  assign c_valid_o = valid_q[2];
  assign c_data_o  = data_q;
  assign done_o    = ended_i && open_q == {COUNT_W{1'b0}} && !busy_q && valid_q == 3'b000;

  generate
    for (bank = 0; bank < BANKS; bank = bank + 1) begin : gen_bank
      wire [BLOCKS*ACC_W-1:0] terms;
      for (block = 0; block < BLOCKS; block = block + 1) begin : gen_term
        assign terms[block*ACC_W +: ACC_W] = sums_i[(block*BANKS+bank)*ACC_W +: ACC_W];
      end
      if (BLOCKS == 1) begin : gen_one
        assign totals[bank*ACC_W +: ACC_W] = terms;
      end else begin : gen_sum
        lac_adder_tree #(
          .N       (BLOCKS),
          .W       (ACC_W),
          .OUT_W   (ACC_W),
          .SIGNED  (0),
          .ARRAY   (MADE)
        ) u_sum (
          .terms_i (terms),
          .sum_o   (totals[bank*ACC_W +: ACC_W])
        );
      end
    end
  endgenerate

  always @(posedge clk_i) begin
    if (rst_i) begin
      valid_q <= 3'b000;
    end else begin
      valid_q <= {valid_q[1:0], busy_q};
    end
  end

  always @(posedge clk_i) begin
    data_q <= totals;
  end

endmodule

`default_nettype wire
