// The window of a block: chunks of B that its lanes work on, each lane at its own pace.
//
// Why: lanes have different numbers of rows for a chunk. Within the window none waits for another, which over many chunks is worth what
//      condensing the rows would be (docs/outer.md, A block).
// Parameters: CHUNKS, chunks that may be in it, a power of two from 1 to 16; LANES, 1 to 8; ROWS of a lane, a power of two from 2 on;
//      DATA_W, bits of a chunk that go to the lanes unseen; the others follow, leave them.
// Handshake: enter_* ready/valid; enter_rows_i has a bit for each row of each lane that the chunk is to meet. Each cycle, from the
//      registers: a lane takes its oldest chunk with rows left and strikes off the lowest (issue_o, row_o, data_o); chunks without
//      rows left go from the old end (gone_o of them, of these last_gone_o with enter_last_i); one enters behind.
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
  input  wire                    enter_last_i,
  input  wire [LANES*ROWS-1:0]   enter_rows_i,
  input  wire [DATA_W-1:0]       enter_data_i,

  output wire [LANES-1:0]        issue_o,
  output wire [LANES*ROW_W-1:0]  row_o,
  output wire [LANES*DATA_W-1:0] data_o,
  output wire [CNT_W-1:0]        gone_o,
  output wire [CNT_W-1:0]        last_gone_o,
  output wire                    empty_o
);

  localparam PTR_W = CHUNKS > 1 ? $clog2(CHUNKS) : 1;

  reg  [CHUNKS*DATA_W-1:0] data_q;
  reg  [CHUNKS-1:0]        last_q;
  reg  [PTR_W-1:0]         oldest_q;
  reg  [CNT_W-1:0]         count_q;

  wire [LANES*CHUNKS-1:0]  left;         // by lane and chunk: rows after this cycle's issue
  wire                     enter = enter_valid_i && enter_ready_o;
  wire [CNT_W-1:0]         stay  = count_q - gone_o;
  wire [PTR_W-1:0]         youngest;     // where a chunk enters

  // ---------------------------------------------------------------- from old to young

  // Where the chunk of an age stands.
  function [PTR_W-1:0] place(input integer age);
    integer sum;
    begin
      sum   = {{32 - PTR_W{1'b0}}, oldest_q} + age;
      place = CHUNKS > 1 ? sum[PTR_W-1:0] : {PTR_W{1'b0}};
    end
  endfunction

  reg  [CNT_W-1:0]  gone;
  reg  [CNT_W-1:0]  last_gone;
  reg               done;
  reg  [CHUNKS-1:0] finished;
  integer           age, lane_index;

  always @(*) begin
    for (age = 0; age < CHUNKS; age = age + 1) begin
      finished[age] = 1'b1;
      for (lane_index = 0; lane_index < LANES; lane_index = lane_index + 1) begin
        finished[age] = finished[age] && !left[lane_index*CHUNKS + age];
      end
    end
    gone      = {CNT_W{1'b0}};
    last_gone = {CNT_W{1'b0}};
    done      = 1'b1;
    for (age = 0; age < CHUNKS; age = age + 1) begin
      done = done && age < {{32 - CNT_W{1'b0}}, count_q} && finished[place(age)];
      if (done) begin
        gone      = gone + 1'b1;
        last_gone = last_gone + {{CNT_W - 1{1'b0}}, last_q[place(age)]};
      end
    end
  end

  localparam [31:0]      CHUNKS_32 = CHUNKS;

  assign enter_ready_o = stay != CHUNKS_32[CNT_W-1:0];
  assign youngest      = place({{32 - CNT_W{1'b0}}, count_q});
  assign gone_o        = gone;
  assign last_gone_o   = last_gone;
  assign empty_o       = count_q == {CNT_W{1'b0}};

  always @(posedge clk_i) begin
    if (rst_i) begin
      oldest_q <= {PTR_W{1'b0}};
      count_q  <= {CNT_W{1'b0}};
    end else begin
      oldest_q <= place({{32 - CNT_W{1'b0}}, gone});
      count_q  <= stay + {{CNT_W - 1{1'b0}}, enter};
    end
  end

  always @(posedge clk_i) begin
    if (enter) begin
      data_q[youngest*DATA_W +: DATA_W] <= enter_data_i;
      last_q[youngest]                  <= enter_last_i;
    end
  end

  // ---------------------------------------------------------------- lanes

  genvar lane;
  generate
    for (lane = 0; lane < LANES; lane = lane + 1) begin : gen_lane
      reg  [CHUNKS*ROWS-1:0] rows_q;       // by chunk
      reg  [CHUNKS-1:0]      take;         // one-hot: the oldest with rows
      reg  [DATA_W-1:0]      data;
      reg  [ROWS-1:0]        rows;         // of that
      reg  [ROW_W-1:0]       row;
      reg  [CHUNKS*ROWS-1:0] rows_d;
      reg  [CHUNKS-1:0]      left_here;
      reg                    found;
      integer                step, number;

      always @(*) begin
        take  = {CHUNKS{1'b0}};
        found = 1'b0;
        for (step = 0; step < CHUNKS; step = step + 1) begin
          if (!found && |rows_q[place(step)*ROWS +: ROWS]) begin
            take[place(step)] = 1'b1;
            found             = 1'b1;
          end
        end
        data = {DATA_W{1'b0}};
        rows = {ROWS{1'b0}};
        for (step = 0; step < CHUNKS; step = step + 1) begin
          data = data | (data_q[step*DATA_W +: DATA_W] & {DATA_W{take[step]}});
          rows = rows | (rows_q[step*ROWS +: ROWS] & {ROWS{take[step]}});
        end
        row = {ROW_W{1'b0}};
        for (number = ROWS - 1; number >= 0; number = number - 1) begin
          row = rows[number] ? number[ROW_W-1:0] : row;
        end
        for (step = 0; step < CHUNKS; step = step + 1) begin
          rows_d[step*ROWS +: ROWS] = take[step] ? rows & (rows - 1'b1) : rows_q[step*ROWS +: ROWS];
          left_here[step]           = |rows_d[step*ROWS +: ROWS];
        end
      end

      assign left[lane*CHUNKS +: CHUNKS]  = left_here;
      assign issue_o[lane]                = found;
      assign row_o[lane*ROW_W +: ROW_W]   = row;
      assign data_o[lane*DATA_W +: DATA_W] = data;

      always @(posedge clk_i) begin
        if (rst_i) begin
          rows_q <= {CHUNKS * ROWS{1'b0}};
        end else begin
          rows_q <= rows_d;
          if (enter) begin
            rows_q[youngest*ROWS +: ROWS] <= enter_rows_i[lane*ROWS +: ROWS];
          end
        end
      end
    end
  endgenerate

endmodule

`default_nettype wire
