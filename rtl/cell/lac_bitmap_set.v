// Puts the values of a set of A at the places that its bitmap marks.
//
// Why: the place of a value follows from the number of marks below it. They are counted up to each block of four. A
// block shifts its values down by that count, so the muxes within a block are small.
//
// Parameters:
//   ELEM_W  4, 8 or 16
//   SET     elements, a power of two, at least 4
// Ports: the first element, the first value lowest; values from the bitmap's count on are ignored. Elements without a
//   value are zero_i.
// Latency: combinational.

`default_nettype none

module lac_bitmap_set #(
  parameter ELEM_W = 8,
  parameter SET    = 16
) (
  input  wire [ELEM_W-1:0]     zero_i,
  input  wire [SET-1:0]        bitmap_i,
  input  wire [SET*ELEM_W-1:0] values_i,
  output wire [SET*ELEM_W-1:0] elems_o
);

  localparam BLOCKS = SET / 4;

  genvar block, word;
  generate
    for (block = 0; block < BLOCKS; block = block + 1) begin : gen_block
      wire [(4*block+4)*ELEM_W-1:0] values;     // the block's first value lowest
      wire [3:0]                    bits = bitmap_i[4*block +: 4];

      if (block == 0) begin : gen_first
        assign values = values_i[4*ELEM_W-1:0];
      end else begin : gen_later
        localparam             BELOW_W = $clog2(4 * block + 1);
        wire [BELOW_W-1:0]     below;

        lac_popcount #(
          .W       (4 * block)
        ) u_below (
          .bits_i  (bitmap_i[4*block-1:0]),
          .count_o (below)
        );

        assign values = values_i[(4*block+4)*ELEM_W-1:0] >> below * ELEM_W;
      end

      for (word = 0; word < 4; word = word + 1) begin : gen_word
        wire [3:0] here;        // which of the block's values
        if (word == 0) begin : gen_0
          assign here = {3'b000, bits[0]};
        end else if (word == 1) begin : gen_1
          assign here = {2'b00, {2{bits[1]}} & {bits[0], !bits[0]}};
        end else if (word == 2) begin : gen_2
          assign here = {1'b0, {3{bits[2]}} & {bits[1] && bits[0], bits[1] ^ bits[0], !bits[1] && !bits[0]}};
        end else begin : gen_3
          assign here = {4{bits[3]}} & {&bits[2:0],
                                        (bits[2] && bits[1] && !bits[0]) || (bits[2] && !bits[1] && bits[0]) ||
                                          (!bits[2] && bits[1] && bits[0]),
                                        (bits[2] && !bits[1] && !bits[0]) || (!bits[2] && bits[1] && !bits[0]) ||
                                          (!bits[2] && !bits[1] && bits[0]),
                                        ~|bits[2:0]};
        end
        assign elems_o[(4*block+word)*ELEM_W +: ELEM_W] = (zero_i                      & {ELEM_W{!bits[word]}}) |
                                                          (values[0        +: ELEM_W] & {ELEM_W{here[0]}}) |
                                                          (values[ELEM_W   +: ELEM_W] & {ELEM_W{here[1]}}) |
                                                          (values[2*ELEM_W +: ELEM_W] & {ELEM_W{here[2]}}) |
                                                          (values[3*ELEM_W +: ELEM_W] & {ELEM_W{here[3]}});
      end

      wire unused_high = &{1'b0, values};
    end
  endgenerate

endmodule

`default_nettype wire
