// Distributes the products of a lane to their banks.
//
// Why: within a chunk no two columns are in the same bank, and values are in ascending order of banks. So a bank takes
// the product whose number is the count of used banks below it: a mux per bank, of at most bank + 1 products
// (docs/engines/outer.md, A block).
//
// Parameters:
//   Q        products, 2 or more
//   BANKS    Q or more
//   W        bits of a product and what goes with it
//   ARRAY    1: muxes of ands and ors, two fifths smaller in standard cells; 0: an index that a simulator follows in a
//            few instructions
//   INDEX_W  derived; do not set it
// Ports:
//   places_i: the banks that take a product
//   index_o: each bank's number of it
//   index_i: the same a cycle later, beside the products
//   taken_o by bank, no meaning where the bank takes none
// Latency: combinational: places to index, products to banks.

`default_nettype none

module lac_outer_scatter #(
  parameter Q       = 2,
  parameter BANKS   = 4,
  parameter W       = 16,
  parameter ARRAY   = 0,
  parameter INDEX_W = $clog2(Q)
) (
  input  wire [BANKS-1:0]         places_i,
  output reg  [BANKS*INDEX_W-1:0] index_o,

  input  wire [BANKS*INDEX_W-1:0] index_i,
  input  wire [Q*W-1:0]           products_i,
  output wire [BANKS*W-1:0]       taken_o
);

  // products stand at multiples of a power of two, where a mux is all it takes
  localparam        STRIDE_W = $clog2(W);
  localparam        STRIDE   = 1 << STRIDE_W;

  reg [INDEX_W-1:0] below;
  integer           at;

  always @(*) begin
    below = {INDEX_W{1'b0}};
    for (at = 0; at < BANKS; at = at + 1) begin
      index_o[at*INDEX_W +: INDEX_W] = below;
      below                          = below + {{INDEX_W - 1{1'b0}}, places_i[at]};
    end
  end

  genvar slot, bank;
  generate
    if (ARRAY != 0) begin : gen_array
      for (bank = 0; bank < BANKS; bank = bank + 1) begin : gen_bank
        localparam        FROM  = bank < Q ? bank + 1 : Q;      // products that may be this bank's
        wire [INDEX_W-1:0] index = index_i[bank*INDEX_W +: INDEX_W];
        reg  [W-1:0]      taken;
        integer           from;

        always @(*) begin
          taken = {W{1'b0}};
          for (from = 0; from < FROM; from = from + 1) begin
            taken = taken | (products_i[from*W +: W] & {W{index == from[INDEX_W-1:0]}});
          end
        end

        assign taken_o[bank*W +: W] = taken;
      end
    end else begin : gen_index
      wire [Q*STRIDE-1:0] products;

      for (slot = 0; slot < Q; slot = slot + 1) begin : gen_product
        assign products[slot*STRIDE +: W] = products_i[slot*W +: W];
        if (STRIDE > W) begin : gen_pad
          assign products[(slot+1)*STRIDE-1:slot*STRIDE+W] = {STRIDE - W{1'b0}};
        end
      end

      for (bank = 0; bank < BANKS; bank = bank + 1) begin : gen_bank
        assign taken_o[bank*W +: W] = products[{index_i[bank*INDEX_W +: INDEX_W], {STRIDE_W{1'b0}}} +: W];
      end
    end
  endgenerate

endmodule

`default_nettype wire
