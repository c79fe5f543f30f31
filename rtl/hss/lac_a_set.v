// Puts the values of one set of compressed A at their places, and checks its metadata.
//
// Why: three levels of metadata keep every mux small: ends of blocks choose the values of a block, offsets choose
// within the block.
//
// Metadata of a set of SET elements in blocks of four (docs/formats.md): the count of its values, the ends of all
//   blocks but the last, each in as many bits as its largest value needs, then from byte HEAD on the offset of each
//   value in its block, two bits each. The last block ends at the count.
// Parameters:
//   ELEM_W  4, 8 or 16
//   SET     a power of two, at least 4
//   HEAD    bytes of count and ends
//   the others are derived; do not set them
// Ports: the first value and the first byte lowest; values and offsets from the count on are ignored. Elements without
//   a value are zero_i.
//   offence_o: the count is above SET, an end falls or lies more than a block on, offsets do not ascend, or a bit that
//     fills up the last byte of ends or of offsets is not zero
// Latency: combinational.

`default_nettype none

module lac_a_set #(
  parameter ELEM_W = 8,
  parameter SET    = 16,
  parameter HEAD   = 2,
  parameter CNT_W  = $clog2(SET + 1),
  parameter META_W = 8 * HEAD + 2 * SET
) (
  input  wire [ELEM_W-1:0]     zero_i,
  input  wire [META_W-1:0]     meta_i,
  input  wire [SET*ELEM_W-1:0] values_i,
  output wire [CNT_W-1:0]      count_o,
  output wire [SET*ELEM_W-1:0] elems_o,
  output wire                  offence_o
);

  localparam             BLOCKS   = SET / 4;
  localparam [31:0]      SET_32   = SET;
  localparam [CNT_W-1:0] ALL      = SET_32[CNT_W-1:0];
  localparam [CNT_W-1:0] FOUR     = 4;

  // Bit of the metadata at which the end of a block stands.
  function integer end_at(input integer block);
    integer i;
    begin
      end_at = CNT_W;
      for (i = 0; i < block; i = i + 1) begin
        end_at = end_at + $clog2(4 * i + 5);
      end
    end
  endfunction

  wire [2*SET-1:0]        offsets = meta_i[META_W-1 -: 2*SET];
  wire [BLOCKS*CNT_W-1:0] ends;
  wire [BLOCKS-1:0]       offences;

  assign count_o   = meta_i[CNT_W-1:0];
  assign offence_o = count_o > ALL || |offences || |tails || fill;

  // Offsets of the last byte that are none, and bits between the last end and the first offset.
  localparam              USED = end_at(BLOCKS - 1);
  wire [BLOCKS-1:0]       tails;
  wire                    fill;

  generate
    if (USED < 8 * HEAD) begin : gen_fill
      assign fill = |meta_i[8*HEAD-1:USED];
    end else begin : gen_no_fill
      assign fill = 1'b0;
    end
  endgenerate

  genvar block, word;
  generate
    for (block = 0; block < BLOCKS; block = block + 1) begin : gen_block
      wire [CNT_W-1:0] first;   // of the block's values

      if (block == 0) begin : gen_first
        assign first = {CNT_W{1'b0}};
      end else begin : gen_next
        assign first = ends[(block-1)*CNT_W +: CNT_W];
      end
      if (block == BLOCKS - 1) begin : gen_last
        assign ends[block*CNT_W +: CNT_W] = count_o;
      end else begin : gen_inner
        localparam AT    = end_at(block);
        localparam END_W = $clog2(4 * block + 5);
        assign ends[block*CNT_W +: CNT_W] = {{CNT_W - END_W{1'b0}}, meta_i[AT +: END_W]};
      end

      wire [CNT_W-1:0]                  last   = ends[block*CNT_W +: CNT_W];
      wire [CNT_W-1:0]                  kept   = last - first;
      wire [(4*block+4)*ELEM_W-1:0]     values = values_i[(4*block+4)*ELEM_W-1:0] >> first * ELEM_W;
      wire [(4*block+4)*2-1:0]          places = offsets[(4*block+4)*2-1:0] >> first * 2;
      wire                              stands;   // offsets that do not ascend

      assign stands = (kept > 1 && places[3:2] <= places[1:0]) || (kept > 2 && places[5:4] <= places[3:2]) ||
                      (kept > 3 && places[7:6] <= places[5:4]);
      assign offences[block] = kept > FOUR || stands;   // an end that falls makes `kept` wrap, to more than half of SET

      for (word = 0; word < 4; word = word + 1) begin : gen_word
        localparam [31:0] WORD = word;
        wire [3:0] here;        // which of the block's values
        assign here[0] = kept > 0 && places[1:0] == WORD[1:0];
        assign here[1] = kept > 1 && places[3:2] == WORD[1:0];
        assign here[2] = kept > 2 && places[5:4] == WORD[1:0];
        assign here[3] = kept > 3 && places[7:6] == WORD[1:0];
        assign elems_o[(4*block+word)*ELEM_W +: ELEM_W] = (zero_i                      & {ELEM_W{here == 4'd0}}) |
                                                          (values[0        +: ELEM_W] & {ELEM_W{here[0]}}) |
                                                          (values[ELEM_W   +: ELEM_W] & {ELEM_W{here[1]}}) |
                                                          (values[2*ELEM_W +: ELEM_W] & {ELEM_W{here[2]}}) |
                                                          (values[3*ELEM_W +: ELEM_W] & {ELEM_W{here[3]}});
      end

      localparam [31:0] BLOCK = block;
      wire [5:0]        rest  = offsets[8*block+2 +: 6];
      assign tails[block] = count_o[CNT_W-1:2] == BLOCK[CNT_W-3:0] &&
                            ((count_o[1:0] == 2'd1 && |rest) || (count_o[1:0] == 2'd2 && |rest[5:2]) ||
                             (count_o[1:0] == 2'd3 && |rest[5:4]));

      wire unused_high = &{1'b0, values, places};
    end
  endgenerate

endmodule

`default_nettype wire
