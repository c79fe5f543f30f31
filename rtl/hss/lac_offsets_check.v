// Checks, as the beats of structured A come, that the unused bits beside its offsets are zero.
//
// Why: the array uses only the offsets, so errors in the bits above them would not be noticed. Here every element is
// seen once, and the number of its beat says where it is.
//
// A segment is blocks of KEPT values, then an element with their offsets plus the zero point (docs/formats.md), from
// its first beat on without a gap.
// Parameters:
//   ELEM_W      4, 8 or 16
//   BEAT_ELEMS  elements of a beat, a power of two, at least 2
//   KEPT        values of a block
//   OFFSETS_W   bits of its offsets, less than ELEM_W
// Handshake:
//   start_i is a pulse; the job registers are stable from its cycle on
//   take_i: a beat is taken
//   last_i: with it, its segment's last, of which only the bytes that the segment has are looked at
//   bad_o is a pulse, bad_pos_o then the number of the beat since start_i
// Latency: bad_o one cycle after the beat.
// After reset: idle.

`default_nettype none

module lac_offsets_check #(
  parameter ELEM_W     = 8,
  parameter BEAT_ELEMS = 16,
  parameter KEPT       = 2,
  parameter OFFSETS_W  = 4
) (
  input  wire                         clk_i,
  input  wire                         rst_i,

  input  wire                         start_i,
  input  wire [31:0]                  bytes_i,     // of a segment
  input  wire [ELEM_W-1:0]            zero_i,      // zero point

  input  wire                         take_i,
  input  wire [BEAT_ELEMS*ELEM_W-1:0] data_i,
  input  wire                         last_i,

  output wire                         bad_o,
  output wire [31:0]                  bad_pos_o
);

  localparam               STORED    = KEPT + 1;   // elements of a block
  localparam               PLACE_W   = $clog2(2 * STORED);
  localparam               BYTE_W    = $clog2(BEAT_ELEMS * ELEM_W / 8);
  localparam [31:0]        STORED_32 = STORED;
  localparam [31:0]        STEP_32   = BEAT_ELEMS % STORED;
  localparam [PLACE_W-1:0] BLOCK     = STORED_32[PLACE_W-1:0];
  localparam [PLACE_W-1:0] STEP      = STEP_32[PLACE_W-1:0];

  reg  [PLACE_W-1:0]       place_q;    // of the beat's first element in its block
  reg                      taken_q;    // a beat in the last cycle, which is not counted yet
  reg  [31:0]              number_q;   // beats since start
  reg                      bad_q;

  wire [PLACE_W-1:0]       sum   = place_q + STEP;
  wire [BYTE_W-1:0]        rest  = bytes_i[BYTE_W-1:0];   // bytes in the last beat; 0: all
  wire [BYTE_W:0]          reach = last_i && |rest ? {1'b0, rest} : {1'b1, {BYTE_W{1'b0}}};
  wire [BEAT_ELEMS-1:0]    offences;

  genvar elem;
  generate
    for (elem = 0; elem < BEAT_ELEMS; elem = elem + 1) begin : gen_elem
      localparam [31:0] FIRST_32 = (KEPT + STORED * BEAT_ELEMS - elem) % STORED;
      localparam [31:0] BYTE_32  = ((elem + 1) * ELEM_W - 1) / 8;

      wire              here     = place_q == FIRST_32[PLACE_W-1:0];   // it has offsets
      wire              reached  = BYTE_32[BYTE_W:0] < reach;
      wire [ELEM_W-1:0] offsets  = data_i[elem*ELEM_W +: ELEM_W] - zero_i;

      assign offences[elem] = here && reached && |offsets[ELEM_W-1:OFFSETS_W];

      wire unused_offsets = &{1'b0, offsets[OFFSETS_W-1:0]};
    end
  endgenerate

  assign bad_o     = bad_q;
  assign bad_pos_o = number_q;

  always @(posedge clk_i) begin
    if (rst_i || start_i) begin
      place_q  <= {PLACE_W{1'b0}};
      taken_q  <= 1'b0;
      number_q <= 32'd0;
      bad_q    <= 1'b0;
    end else begin
      bad_q    <= take_i && |offences;
      taken_q  <= take_i;
      number_q <= number_q + {31'd0, taken_q};
      if (take_i) begin
        place_q <= last_i ? {PLACE_W{1'b0}} : sum >= BLOCK ? sum - BLOCK : sum;
      end
    end
  end

  wire unused_bytes = &{1'b0, bytes_i};

endmodule

`default_nettype wire
