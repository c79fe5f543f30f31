// How many multiplications a step of the Griffin engine issues and how many it skips.
//
// Why: the counters of the shell need these numbers. The slots in use are known by row (mode a), by column (mode b) or
// by PE (mode ab).
//
// Parameters:
//   ROWS, COLUMNS, LANES  the tile
//   GIVEN_W               bits of a number of steps
//   OUT_W                 bits of a count
// Stage D:
//   given_i: steps consumed, zero if there was no step
//   all_i: every slot counts (mode dense)
//   by_row_i: slots of each row that took something (mode a, else zero)
//   by_column_i: slots of each column whose weight is not zero (mode b, else zero)
//   dual_i: what by_pe_i counts, 3 cycles later, is what was issued (mode ab)
// Latency: 3 from stage D, so that issued_o and skipped_o stand beside by_pe_i.
// After reset: zero.

`default_nettype none

module lac_griffin_count #(
  parameter ROWS    = 2,
  parameter COLUMNS = 2,
  parameter LANES   = 4,
  parameter GIVEN_W = 2,
  parameter OUT_W   = 6
) (
  input  wire                     clk_i,
  input  wire                     rst_i,

  input  wire [GIVEN_W-1:0]       given_i,
  input  wire                     all_i,
  input  wire [ROWS*LANES-1:0]    by_row_i,
  input  wire [COLUMNS*LANES-1:0] by_column_i,
  input  wire                     dual_i,
  input  wire [OUT_W-1:0]         by_pe_i,

  output wire [OUT_W-1:0]         issued_o,
  output wire [OUT_W-1:0]         skipped_o
);

  localparam        ROW_W      = $clog2(ROWS * LANES + 1);
  localparam        COLUMN_W   = $clog2(COLUMNS * LANES + 1);
  localparam [31:0] ROWS_32    = ROWS;
  localparam [31:0] COLUMNS_32 = COLUMNS;
  localparam [31:0] SLOTS_32   = ROWS * COLUMNS * LANES;

  wire [ROW_W-1:0]    row_count;
  wire [COLUMN_W-1:0] column_count;

  lac_popcount #(
    .W       (ROWS * LANES)
  ) u_by_row (
    .bits_i  (by_row_i),
    .count_o (row_count)
  );

  lac_popcount #(
    .W       (COLUMNS * LANES)
  ) u_by_column (
    .bits_i  (by_column_i),
    .count_o (column_count)
  );

  reg [ROW_W-1:0]    row_count_q;
  reg [COLUMN_W-1:0] column_count_q;
  reg [OUT_W-1:0]    slots_q, slots_late_q, slots_last_q;   // of the steps given up
  reg [OUT_W-1:0]    issued_q, issued_late_q;               // in all modes but ab
  reg                all_q;
  reg [2:0]          dual_q;

  wire [OUT_W+31:0] slots     = {{OUT_W + 32 - GIVEN_W{1'b0}}, given_i} * SLOTS_32;
  wire [OUT_W+31:0] by_row    = {{OUT_W + 32 - ROW_W{1'b0}}, row_count_q} * COLUMNS_32;
  wire [OUT_W+31:0] by_column = {{OUT_W + 32 - COLUMN_W{1'b0}}, column_count_q} * ROWS_32;

  always @(posedge clk_i) begin
    if (rst_i) begin
      {slots_q, slots_late_q, slots_last_q} <= {3 * OUT_W{1'b0}};
      {issued_q, issued_late_q}             <= {2 * OUT_W{1'b0}};
      {row_count_q, column_count_q}         <= {ROW_W + COLUMN_W{1'b0}};
    end else begin
      row_count_q    <= row_count;
      column_count_q <= column_count;
      issued_q       <= (all_q ? slots_q : {OUT_W{1'b0}}) + by_row[OUT_W-1:0] + by_column[OUT_W-1:0];
      issued_late_q  <= issued_q;
      slots_q        <= slots[OUT_W-1:0];
      slots_late_q   <= slots_q;
      slots_last_q   <= slots_late_q;
    end
  end

  always @(posedge clk_i) begin
    all_q  <= all_i;
    dual_q <= {dual_q[1:0], dual_i};
  end

  assign issued_o  = dual_q[2] ? by_pe_i : issued_late_q;
  assign skipped_o = slots_last_q - issued_o;

  wire unused_products = &{1'b0, slots, by_row, by_column};

endmodule

`default_nettype wire
