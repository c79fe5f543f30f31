// The window of a block: chunks of B that its lanes work on, each lane at its own pace.
//
// Why: lanes have different numbers of rows for a chunk. Within the window no lane waits for another. Over many chunks
// this has the effect of condensing the rows (docs/engines/outer.md, A block).
//
// Parameters:
//   CHUNKS  chunks that may be in it, 1 to 16
//   LANES   1 to 8
//   ROWS    rows of a lane, 2 or more
//   DATA_W  bits of a chunk that go to the lanes unseen
//   the others are derived; do not set them
// Handshake:
//   enter_* ready/valid
//   enter_rows_i has a bit for each row of each lane that the chunk is to meet. Each cycle, from the registers: a lane
//     takes its oldest chunk with rows left and removes the lowest (issue_o, row_o, data_o); chunks without rows left
//     go from the old end; one enters behind.
//   k_gone_o, tiles_gone_o: of those that go, how many came with enter_k_last_i, with enter_tile_last_i; at most two of
//     the latter may be in the window
// Latency: a chunk that entered at cycle t is issued from t + 1 on.
// After reset: empty.

`default_nettype none

module lac_outer_window #(
  parameter CHUNKS = 4,
  parameter LANES  = 2,
  parameter ROWS   = 4,
  parameter DATA_W = 8,
  parameter ROW_W  = $clog2(ROWS),
  parameter CNT_W  = $clog2(CHUNKS + 1)
) (
  input  wire                    clk_i,
  input  wire                    rst_i,

  input  wire                    enter_valid_i,
  output wire                    enter_ready_o,
  input  wire                    enter_k_last_i,
  input  wire                    enter_tile_last_i,
  input  wire [LANES*ROWS-1:0]   enter_rows_i,
  input  wire [DATA_W-1:0]       enter_data_i,

  output wire [LANES-1:0]        issue_o,
  output wire [LANES*ROW_W-1:0]  row_o,
  output wire [LANES*DATA_W-1:0] data_o,
  output reg  [CNT_W-1:0]        k_gone_o,
  output reg  [1:0]              tiles_gone_o
);

  localparam               PTR_W     = CHUNKS > 1 ? $clog2(CHUNKS) : 1;
  localparam [31:0]        CHUNKS_32 = CHUNKS;
  localparam [CNT_W-1:0]   FULL      = CHUNKS_32[CNT_W-1:0];
  localparam [CHUNKS-1:0]  ONE       = 1;

  reg  [DATA_W-1:0]        data_q[0:CHUNKS-1];
  reg  [CHUNKS-1:0]        k_last_q, tile_last_q;
  reg  [PTR_W-1:0]         oldest_q;        // place of the oldest chunk
  reg  [PTR_W-1:0]         enter_q;         // where the next one enters
  reg  [CNT_W-1:0]         count_q;

  wire [LANES*CHUNKS-1:0]  left;            // by lane and place: rows left after this cycle's issue
  wire                     enter = enter_valid_i && enter_ready_o;

  // ---------------------------------------------------------------- which go

  reg  [CHUNKS-1:0]        finished;        // by place
  reg  [CHUNKS-1:0]        done;            // by age: finished, as all that are older
  reg  [CHUNKS-1:0]        k_lasts, tile_lasts;   // by age
  reg  [CNT_W-1:0]         gone;
  integer                  lane_index, age;

  wire [2*CHUNKS-1:0]      finished_aged  = {finished, finished} >> oldest_q;
  wire [2*CHUNKS-1:0]      k_last_aged    = {k_last_q, k_last_q} >> oldest_q;
  wire [2*CHUNKS-1:0]      tile_last_aged = {tile_last_q, tile_last_q} >> oldest_q;

  always @(*) begin
    finished = {CHUNKS{1'b1}};
    for (lane_index = 0; lane_index < LANES; lane_index = lane_index + 1) begin
      finished = finished & ~left[lane_index*CHUNKS +: CHUNKS];
    end
  end

  always @(*) begin
    for (age = 0; age < CHUNKS; age = age + 1) begin
      done[age] = finished_aged[age] && age < {{32 - CNT_W{1'b0}}, count_q};
      if (age > 0) begin
        done[age] = done[age] && done[age-1];
      end
    end
    k_lasts      = done & k_last_aged[CHUNKS-1:0];
    tile_lasts   = done & tile_last_aged[CHUNKS-1:0];
    gone         = {CNT_W{1'b0}};
    k_gone_o     = {CNT_W{1'b0}};
    tiles_gone_o = 2'd0;
    for (age = 0; age < CHUNKS; age = age + 1) begin
      gone         = gone + {{CNT_W - 1{1'b0}}, done[age]};
      k_gone_o     = k_gone_o + {{CNT_W - 1{1'b0}}, k_lasts[age]};
      tiles_gone_o = tiles_gone_o + {1'b0, tile_lasts[age]};
    end
  end

  // The place `by` positions after `from`.
  function [PTR_W-1:0] further(input [PTR_W-1:0] from, input [CNT_W-1:0] by);
    reg [CNT_W:0] sum;
    begin
      sum     = {{CNT_W + 1 - PTR_W{1'b0}}, from} + {1'b0, by};
      sum     = sum >= {1'b0, FULL} ? sum - {1'b0, FULL} : sum;
      further = sum[PTR_W-1:0];
    end
  endfunction

  assign enter_ready_o = count_q != FULL || done[0];

  always @(posedge clk_i) begin
    if (rst_i) begin
      oldest_q <= {PTR_W{1'b0}};
      enter_q  <= {PTR_W{1'b0}};
      count_q  <= {CNT_W{1'b0}};
    end else begin
      oldest_q <= further(oldest_q, gone);
      enter_q  <= further(enter_q, {{CNT_W - 1{1'b0}}, enter});
      count_q  <= count_q - gone + {{CNT_W - 1{1'b0}}, enter};
    end
  end

  always @(posedge clk_i) begin
    if (enter) begin
      data_q[enter_q]      <= enter_data_i;
      k_last_q[enter_q]    <= enter_k_last_i;
      tile_last_q[enter_q] <= enter_tile_last_i;
    end
  end

  wire unused = &{1'b0, finished_aged, k_last_aged, tile_last_aged};

  // ---------------------------------------------------------------- lanes

  wire [CHUNKS-1:0] not_passed = {CHUNKS{1'b1}} << oldest_q;   // places from the oldest to the end

  genvar lane, place;
  generate
    for (lane = 0; lane < LANES; lane = lane + 1) begin : gen_lane
      reg  [CHUNKS-1:0]      any_q;        // by place: a row is left
      wire [CHUNKS-1:0]      more;         // two or more are
      wire [CHUNKS*ROWS-1:0] rows;         // by place
      wire [CHUNKS-1:0]      ahead  = any_q & not_passed;
      wire [CHUNKS-1:0]      choice = |ahead ? ahead : any_q;
      wire [CHUNKS-1:0]      take   = choice & ~(choice - ONE);
      reg  [PTR_W-1:0]       index;        // of the chunk taken
      reg  [ROWS-1:0]        taken;        // its rows
      reg  [ROW_W-1:0]       row;
      integer                at, number;

      always @(*) begin
        index = {PTR_W{1'b0}};
        taken = {ROWS{1'b0}};
        for (at = 0; at < CHUNKS; at = at + 1) begin
          index = index | (at[PTR_W-1:0] & {PTR_W{take[at]}});
          taken = taken | (rows[at*ROWS +: ROWS] & {ROWS{take[at]}});
        end
        row = {ROW_W{1'b0}};
        for (number = ROWS - 1; number >= 0; number = number - 1) begin
          row = taken[number] ? number[ROW_W-1:0] : row;
        end
      end

      assign left[lane*CHUNKS +: CHUNKS]   = any_q & (~take | more);
      assign issue_o[lane]                 = |any_q;
      assign row_o[lane*ROW_W +: ROW_W]    = row;
      assign data_o[lane*DATA_W +: DATA_W] = data_q[index];

      for (place = 0; place < CHUNKS; place = place + 1) begin : gen_place
        localparam [31:0]    PLACE = place;
        reg  [ROWS-1:0]      rows_q;
        wire [ROWS-1:0]      struck  = rows_q & (rows_q - 1'b1);
        wire                 entered = enter && enter_q == PLACE[PTR_W-1:0];

        assign rows[place*ROWS +: ROWS] = rows_q;
        assign more[place]              = |struck;

        always @(posedge clk_i) begin
          if (rst_i) begin
            any_q[place] <= 1'b0;
          end else begin
            any_q[place] <= entered ? |enter_rows_i[lane*ROWS +: ROWS] : left[lane*CHUNKS+place];
          end
        end

        always @(posedge clk_i) begin
          if (entered) begin
            rows_q <= enter_rows_i[lane*ROWS +: ROWS];
          end else if (take[place]) begin
            rows_q <= struck;
          end
        end
      end
    end
  endgenerate

endmodule

`default_nettype wire
