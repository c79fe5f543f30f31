// The output side: tokens for the engine, the slots of the C buffer, and the rows on their way to lac_axi_write.
//
// Why: results come tile by tile, but memory is written in long rows. A slot holds one m-tile of a whole group. One
// slot is filled while others are written. More than two slots hide the latency between a token and the last result if
// groups are short.
//
// Parameters:
//   PERMUTE  1: with permute_i each lane of a word goes to the panel of its group that in_panel_i names, and int8
//            results come as in_data_i of int32 do, a word a lane. 0: in_panel_i has no meaning, and int8 results come
//            side by side in the lowest bytes.
//   PANEL_W  bits of a panel in in_panel_i
//   others   as lac_c_grant, lac_c_collect and lac_c_emit
// Handshake: see the three
//   stray_o is a pulse when a panel lies outside its group, and that result is lost
//   busy_o is high from the first token of an m-tile until its rows have been handed over
//   misfit_o: m-tiles, panels and blocks of groups are not those of M rows and N columns; high until the next start.
//     What lies past row M or column N is not written even so. Of slots that do not fit, lac_c_check tells.
// After reset: idle.

`default_nettype none

module lac_c_buffer #(
  parameter ADDR_W     = 32,
  parameter ROWS       = 2,
  parameter COLS       = 4,
  parameter LANES      = 4,
  parameter CHUNKS     = 1,
  parameter WORDS      = 32,
  parameter SLOTS      = 32,
  parameter OUT_BYTES  = 16,
  parameter PERMUTE    = 0,
  parameter PANEL_W    = 1,
  parameter SLOT_W     = $clog2(SLOTS + 1),
  parameter BYTES_W    = $clog2(OUT_BYTES + 1)
) (
  input  wire                     clk_i,
  input  wire                     rst_i,
  input  wire                     clear_i,             // forget all results, keep the count of bytes

  // job registers
  input  wire                     start_i,
  input  wire [31:0]              m_i,
  input  wire [31:0]              n_i,
  input  wire [31:0]              tiles_i,
  input  wire [31:0]              block_tiles_i,
  input  wire [31:0]              panels_i,
  input  wire [31:0]              group_panels_i,
  input  wire [31:0]              block_cols_i,
  input  wire [31:0]              block_panels_i,
  input  wire [ADDR_W-1:0]        addr_i,
  input  wire [31:0]              pitch_i,
  input  wire                     narrow_i,
  input  wire                     permute_i,
  input  wire [SLOT_W-1:0]        slots_i,             // slots in use, 1 to SLOTS
  input  wire [31:0]              slot_words_i,        // words from slot to slot; slots_i * slot_words_i <= WORDS
  input  wire                     params_i,            // column parameters are in use
  input  wire [31:0]              params_loaded_i,

  output wire                     grant_valid_o,
  input  wire                     grant_ready_i,

  input  wire                     in_valid_i,
  input  wire [LANES*32-1:0]      in_data_i,
  input  wire [LANES*PANEL_W-1:0] in_panel_i,
  output wire                     stray_o,
  output wire [31:0]              stray_column_o,      // first column of the group, with stray_o

  output wire                     req_valid_o,
  input  wire                     req_ready_i,
  output wire [ADDR_W-1:0]        req_addr_o,
  output wire [31:0]              req_bytes_o,
  output wire                     dat_valid_o,
  input  wire                     dat_ready_i,
  output wire [OUT_BYTES*8-1:0]   dat_data_o,
  output wire [BYTES_W-1:0]       dat_count_o,
  output wire                     dat_last_o,

  output wire                     misfit_o,
  output wire                     busy_o,
  output wire [63:0]              bytes_o              // bytes of all segments asked for since start_i
);

  localparam PTR_W = $clog2(WORDS);

  wire                rst = rst_i || clear_i;

  wire                grant_busy;
  wire                emit_busy;
  wire                collect_misfit;
  wire                emit_misfit;
  wire                emit_valid;
  wire                emit_ready;
  wire                emit_last;
  wire [BYTES_W-1:0]  emit_count;
  wire [OUT_BYTES*8-1:0] emit_data;
  wire                freed;
  wire                full;
  wire [31:0]         full_cols;
  wire [31:0]         full_column;
  wire                we;
  wire [PTR_W-1:0]    waddr;
  wire [31:0]         panel;
  wire [31:0]         panels;
  wire                re;
  wire [PTR_W-1:0]    raddr;
  wire [LANES*32-1:0] rdata;

  lac_c_grant #(
    .CHUNKS (CHUNKS),
    .SLOT_W (SLOT_W)
  ) u_grant (
    .clk_i           (clk_i),
    .rst_i           (rst),
    .start_i         (start_i),
    .tiles_i         (tiles_i),
    .block_tiles_i   (block_tiles_i),
    .panels_i        (panels_i),
    .group_panels_i  (group_panels_i),
    .slots_i         (slots_i),
    .params_i        (params_i),
    .params_loaded_i (params_loaded_i),
    .freed_i         (freed),
    .grant_valid_o   (grant_valid_o),
    .grant_ready_i   (grant_ready_i),
    .busy_o          (grant_busy)
  );

  lac_c_collect #(
    .ROWS       (ROWS),
    .COLS       (COLS),
    .CHUNKS     (CHUNKS),
    .WORDS      (WORDS),
    .SLOT_W     (SLOT_W),
    .PERMUTE    (PERMUTE)
  ) u_collect (
    .clk_i          (clk_i),
    .rst_i          (rst),
    .start_i        (start_i),
    .tiles_i        (tiles_i),
    .block_tiles_i  (block_tiles_i),
    .panels_i       (panels_i),
    .group_panels_i (group_panels_i),
    .n_i            (n_i),
    .block_cols_i   (block_cols_i),
    .block_panels_i (block_panels_i),
    .slots_i        (slots_i),
    .slot_words_i   (slot_words_i),
    .in_valid_i     (in_valid_i),
    .we_o           (we),
    .waddr_o        (waddr),
    .panel_o        (panel),
    .panels_o       (panels),
    .full_o         (full),
    .full_cols_o    (full_cols),
    .full_column_o  (full_column),
    .misfit_o       (collect_misfit)
  );

  assign stray_column_o = full_column;

  genvar lane;
  generate
    if (PERMUTE != 0) begin : gen_lanes
      wire [LANES-1:0]       lane_we;
      wire [LANES*PTR_W-1:0] lane_addr;
      wire [LANES*32-1:0]    wide;
      wire [LANES*32-1:0]    bytes;

      assign bytes[LANES*32-1:LANES*8] = {(LANES * 24) {1'b0}};
      assign rdata                     = narrow_i ? bytes : wide;

      lac_c_place #(
        .LANES   (LANES),
        .CHUNKS  (CHUNKS),
        .ADDR_W  (PTR_W),
        .PANEL_W (PANEL_W)
      ) u_place (
        .permute_i (permute_i),
        .we_i      (we),
        .addr_i    (waddr),
        .panel_i   (panel),
        .panels_i  (panels),
        .target_i  (in_panel_i),
        .we_o      (lane_we),
        .addr_o    (lane_addr),
        .stray_o   (stray_o)
      );

      for (lane = 0; lane < LANES; lane = lane + 1) begin : gen_lane
        lac_ram_2p #(
          .WIDTH (32),
          .DEPTH (WORDS)
        ) u_ram (
          .clk_i   (clk_i),
          .we_i    (lane_we[lane]),
          .waddr_i (lane_addr[lane*PTR_W +: PTR_W]),
          .wdata_i (in_data_i[lane*32 +: 32]),
          .re_i    (re),
          .raddr_i (raddr),
          .rdata_o (wide[lane*32 +: 32])
        );
        assign bytes[lane*8 +: 8] = wide[lane*32 +: 8];
      end
    end else begin : gen_words
      lac_ram_2p #(
        .WIDTH (LANES * 32),
        .DEPTH (WORDS)
      ) u_ram (
        .clk_i   (clk_i),
        .we_i    (we),
        .waddr_i (waddr),
        .wdata_i (in_data_i),
        .re_i    (re),
        .raddr_i (raddr),
        .rdata_o (rdata)
      );

      assign stray_o = 1'b0;
      wire unused_panels = &{1'b0, permute_i, in_panel_i, panel, panels};
    end
  endgenerate

  lac_c_emit #(
    .ADDR_W     (ADDR_W),
    .ROWS       (ROWS),
    .COLS       (COLS),
    .LANES      (LANES),
    .CHUNKS     (CHUNKS),
    .WORDS      (WORDS),
    .SLOTS      (SLOTS),
    .OUT_BYTES  (OUT_BYTES)
  ) u_emit (
    .clk_i          (clk_i),
    .rst_i          (rst),
    .start_i        (start_i),
    .m_i            (m_i),
    .tiles_i        (tiles_i),
    .block_tiles_i  (block_tiles_i),
    .panels_i       (panels_i),
    .group_panels_i (group_panels_i),
    .n_i            (n_i),
    .block_cols_i   (block_cols_i),
    .block_panels_i (block_panels_i),
    .addr_i         (addr_i),
    .pitch_i        (pitch_i),
    .narrow_i       (narrow_i),
    .slots_i        (slots_i),
    .slot_words_i   (slot_words_i),
    .full_i         (full),
    .full_cols_i    (full_cols),
    .full_column_i  (full_column),
    .freed_o        (freed),
    .busy_o         (emit_busy),
    .misfit_o       (emit_misfit),
    .re_o           (re),
    .raddr_o        (raddr),
    .rdata_i        (rdata),
    .req_valid_o    (req_valid_o),
    .req_ready_i    (req_ready_i),
    .req_addr_o     (req_addr_o),
    .req_bytes_o    (req_bytes_o),
    .dat_valid_o    (emit_valid),
    .dat_ready_i    (emit_ready),
    .dat_data_o     (emit_data),
    .dat_count_o    (emit_count),
    .dat_last_o     (emit_last)
  );

  // Lets segments be asked for while the bytes of earlier ones wait for their address to pass the write master.
  lac_fifo #(
    .WIDTH (OUT_BYTES * 8 + BYTES_W + 1),
    .DEPTH (4)
  ) u_bytes (
    .clk_i       (clk_i),
    .rst_i       (rst),
    .in_valid_i  (emit_valid),
    .in_ready_o  (emit_ready),
    .in_data_i   ({emit_last, emit_count, emit_data}),
    .out_valid_o (dat_valid_o),
    .out_ready_i (dat_ready_i),
    .out_data_o  ({dat_last_o, dat_count_o, dat_data_o})
  );

  reg [63:0] bytes_q;

  assign misfit_o = collect_misfit || emit_misfit;
  assign busy_o   = grant_busy || emit_busy;
  assign bytes_o  = bytes_q;

  always @(posedge clk_i) begin
    if (rst_i || start_i) begin
      bytes_q <= 64'd0;
    end else if (req_valid_o && req_ready_i) begin
      bytes_q <= bytes_q + {32'd0, req_bytes_o};
    end
  end

endmodule

`default_nettype wire
