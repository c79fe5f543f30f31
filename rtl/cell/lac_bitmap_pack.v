// Moves the marked bytes of a set to its low end, in order.
//
// Why: values lie in memory without gaps. A byte moves down by the number of unmarked places below it, in steps of 1,
// 2, 4 and so on, the smallest first. Two bytes never meet.
//
// Parameters:
//   SET  bytes, a power of two, at least 4
// Ports: the first byte lowest; those of values_o from count_o on are undefined.
// Latency: combinational.

`default_nettype none

module lac_bitmap_pack #(
  parameter SET   = 16,
  parameter CNT_W = $clog2(SET + 1)
) (
  input  wire [SET-1:0]   bitmap_i,
  input  wire [SET*8-1:0] bytes_i,
  output wire [SET*8-1:0] values_o,
  output wire [CNT_W-1:0] count_o
);

  localparam             STEPS = $clog2(SET);

  wire [SET*STEPS-1:0]   ways;      // of each place down
  reg  [SET*STEPS-1:0]   left;
  reg  [SET-1:0]         marked;
  reg  [SET*8-1:0]       values;
  integer                step, place;

  assign ways[STEPS-1:0] = {STEPS{1'b0}};

  genvar byte_at;
  generate
    for (byte_at = 1; byte_at < SET; byte_at = byte_at + 1) begin : gen_way
      localparam         HOLES_W = $clog2(byte_at + 1);
      wire [HOLES_W-1:0] holes;
      lac_popcount #(
        .W       (byte_at)
      ) u_holes (
        .bits_i  (~bitmap_i[byte_at-1:0]),
        .count_o (holes)
      );
      assign ways[byte_at*STEPS +: STEPS] = {{STEPS - HOLES_W{1'b0}}, holes};
    end
  endgenerate

  always @(*) begin
    left   = ways;
    marked = bitmap_i;
    values = bytes_i;
    for (step = 0; step < STEPS; step = step + 1) begin
      for (place = 0; place + (1 << step) < SET; place = place + 1) begin
        if (marked[place+(1<<step)] && left[(place+(1<<step))*STEPS+step]) begin
          values[place*8 +: 8]         = values[(place+(1<<step))*8 +: 8];
          left[place*STEPS +: STEPS]   = left[(place+(1<<step))*STEPS +: STEPS];
          marked[place]                = 1'b1;
          marked[place+(1<<step)]      = 1'b0;
        end
      end
    end
  end

  assign values_o = values;

  lac_popcount #(
    .W       (SET)
  ) u_count (
    .bits_i  (bitmap_i),
    .count_o (count_o)
  );

endmodule

`default_nettype wire
