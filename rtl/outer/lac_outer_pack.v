// Packs the columns of a chunk together, in ascending order of their banks.
//
// Why: a word of B has room for Q columns, one per value, not for one per bank.
//
// Parameters:
//   BANKS  2 or more
//   COL_W  bits of a column
//   Q      columns of a chunk at most
// Ports:
//   places_i: the banks of the chunk, at most Q
//   columns_i by bank
//   columns_o by value, 0 behind the last
// Latency: combinational.

`default_nettype none

module lac_outer_pack #(
  parameter BANKS = 4,
  parameter COL_W = 1,
  parameter Q     = 2
) (
  input  wire [BANKS-1:0]       places_i,
  input  wire [BANKS*COL_W-1:0] columns_i,
  output reg  [Q*COL_W-1:0]     columns_o
);

  localparam             SUM_W = $clog2(BANKS + 1);

  wire [BANKS*SUM_W-1:0] slots;       // by bank: its place in the chunk
  wire [SUM_W-1:0]       unused_count;
  integer                bank, slot;

  lac_outer_rank #(
    .BITS     (BANKS)
  ) u_slots (
    .bits_i   (places_i),
    .before_o (slots),
    .total_o  (unused_count)
  );

  always @(*) begin
    columns_o = {Q * COL_W{1'b0}};
    for (slot = 0; slot < Q; slot = slot + 1) begin
      for (bank = slot; bank < BANKS; bank = bank + 1) begin
        if (places_i[bank] && slots[bank*SUM_W +: SUM_W] == slot[SUM_W-1:0]) begin
          columns_o[slot*COL_W +: COL_W] = columns_o[slot*COL_W +: COL_W] | columns_i[bank*COL_W +: COL_W];
        end
      end
    end
  end

endmodule

`default_nettype wire
