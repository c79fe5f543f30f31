// Runs one job: start, clear, run, close, done. Holds the first error, the watchdog and the counters.
//
// Why: one unit decides when a job is over. Every end, with or without an error, takes the same way: no new requests,
// wait until nothing is open on the bus, clear the datapath, raise the interrupt.
//
// Parameters:
//   COUNT_W  bits of the multiplication counts per cycle
// Handshake:
//   start_i: a pulse; ignored while busy
//   abort_i: a pulse; ignored while idle and while a job closes
//   go_o: a pulse, after the datapath has been cleared
//   abort_o stops the AXI masters; both must become idle. If the job makes no progress for watchdog_i cycles it ends;
//     if the bus then leaves something open for as long, the run ends in HUNG: error, done and busy are set, nothing is
//     cleared, so that no VALID falls before its READY, and starts are ignored until reset.
//   activity_i: the job made progress. Each of its causes comes a bounded number of times in a job, so a job that goes
//     round forever is stuck, too.
// Latency: go_o one cycle after start_i; done three cycles after the last write was answered.
// After reset: idle, no error.

`default_nettype none

module lac_sequencer #(
  parameter COUNT_W = 8
) (
  input  wire               clk_i,
  input  wire               rst_i,

  input  wire               start_i,
  input  wire               abort_i,            // end the running job
  input  wire [31:0]        watchdog_i,
  input  wire               done_clear_i,       // write one to STATUS.done
  input  wire               error_clear_i,      // write one to STATUS.error
  input  wire               irq_en_i,

  input  wire               bad_job_i,          // a job register holds what the hardware can't do
  input  wire [31:0]        bad_job_pos_i,
  input  wire               job_error_i,        // job registers that do not fit each other
  input  wire [31:0]        job_error_pos_i,
  input  wire               read_error_i,
  input  wire [31:0]        read_error_pos_i,
  input  wire               write_error_i,
  input  wire [31:0]        write_error_pos_i,
  input  wire               meta_error_i,       // metadata of B that are not legal
  input  wire [31:0]        meta_error_pos_i,
  input  wire               panel_error_i,      // a result that belongs to no panel of its group
  input  wire [31:0]        panel_error_pos_i,
  input  wire               set_error_i,        // metadata of compressed or structured A that are not legal
  input  wire [31:0]        set_error_pos_i,
  input  wire               room_error_i,       // compressed C does not fit its memory
  input  wire [31:0]        room_error_pos_i,
  input  wire               stream_error_i,     // operands, or the tiles of the job, end where they should not

  input  wire               setup_i,            // the walks are being set up
  input  wire               tile_i,             // a tile was finished by the engine
  input  wire               results_done_i,     // the engine has no result left
  input  wire               output_busy_i,      // results wait to be written
  input  wire               read_idle_i,
  input  wire               write_idle_i,
  input  wire               activity_i,         // the job got on; comes a bounded number of times in any job
  input  wire [2:0]         cause_i,            // what the engine says of this cycle
  input  wire [COUNT_W-1:0] issued_i,
  input  wire [COUNT_W-1:0] effectual_i,
  input  wire [COUNT_W-1:0] skipped_i,

  output wire               clear_o,            // reset of the datapath
  output wire               go_o,
  output wire               abort_o,

  output wire [2:0]         status_o,           // error, done, busy
  output wire [7:0]         err_code_o,
  output wire [31:0]        err_pos_o,
  output wire               irq_o,

  output wire [63:0]        cycles_o,
  output wire [8*64-1:0]    causes_o,           // cycle split, cause 0 lowest
  output wire [63:0]        issued_o,
  output wire [63:0]        effectual_o,
  output wire [63:0]        skipped_o
);

  localparam ERR_BAD_JOB  = 8'd1;
  localparam ERR_READ     = 8'd2;
  localparam ERR_WRITE    = 8'd3;
  localparam ERR_WATCHDOG = 8'd4;
  localparam ERR_STREAM   = 8'd5;
  localparam ERR_METADATA = 8'd6;
  localparam ERR_PANEL    = 8'd7;
  localparam ERR_SET      = 8'd8;
  localparam ERR_CAPACITY = 8'd9;
  localparam ERR_ABORT    = 8'd10;

  localparam CAUSE_FILL_DRAIN = 3'd1;
  localparam CAUSE_WAIT_OUT   = 3'd7;

  localparam [2:0] IDLE  = 3'd0;
  localparam [2:0] GO    = 3'd1;
  localparam [2:0] RUN   = 3'd2;
  localparam [2:0] CLOSE = 3'd3;
  localparam [2:0] CLEAR = 3'd4;
  localparam [2:0] HUNG  = 3'd5;

  // ---------------------------------------------------------------- states

  reg  [2:0]  state_q;
  reg  [2:0]  state_d;
  reg         done_q;
  reg         error_q;
  reg  [7:0]  code_q;
  reg  [31:0] pos_q;
  reg  [31:0] tiles_q;
  reg  [31:0] quiet_q;        // cycles in which the job did not get on

  wire start   = start_i && state_q == IDLE;
  wire busy    = state_q != IDLE;
  wire hung    = state_q == HUNG;
  wire ended   = state_q == CLEAR || (state_d == HUNG && !hung);
  wire stuck   = watchdog_i != 32'd0 && quiet_q >= watchdog_i;
  wire fault   = job_error_i || read_error_i || write_error_i || meta_error_i || panel_error_i || set_error_i ||
                 room_error_i || stream_error_i || abort_i || stuck;
  wire written = results_done_i && !output_busy_i && write_idle_i;

  always @(*) begin
    state_d = state_q;
    case (state_q)
      IDLE:    if (start) state_d = bad_job_i ? CLEAR : GO;
      GO:      state_d = abort_i ? CLOSE : RUN;
      RUN:     if (fault || written) state_d = CLOSE;
      CLOSE:   if (read_idle_i && write_idle_i) state_d = CLEAR;
               else if (stuck) state_d = HUNG;
      CLEAR:   state_d = IDLE;
      HUNG:    state_d = HUNG;
      default: state_d = IDLE;
    endcase
  end

  always @(posedge clk_i) begin
    if (rst_i) begin
      state_q <= IDLE;
    end else begin
      state_q <= state_d;
    end
  end

  assign go_o    = state_q == GO;
  assign abort_o = state_q == CLOSE || hung;
  assign clear_o = rst_i || state_q == CLEAR;

  always @(posedge clk_i) begin
    if (rst_i || activity_i || state_q == IDLE || state_d != state_q) begin
      quiet_q <= 32'd0;
    end else begin
      quiet_q <= quiet_q + 32'd1;
    end
  end

  // ---------------------------------------------------------------- status and the first error

  wire [2:0]  cause       = setup_i ? CAUSE_FILL_DRAIN : cause_i;
  wire [31:0] stuck_where = cause[2] ? {29'd0, cause} - 32'd3 : 32'd4;
  wire        first_fault = !error_q && ((state_q == RUN && fault) || (state_q == GO && abort_i) ||
                                         (state_q == CLOSE && stuck));

  always @(posedge clk_i) begin
    if (rst_i) begin
      done_q <= 1'b0;
    end else if (start) begin
      done_q <= 1'b0;
    end else if (ended) begin
      done_q <= 1'b1;
    end else if (done_clear_i) begin
      done_q <= 1'b0;
    end
  end

  always @(posedge clk_i) begin
    if (rst_i) begin
      error_q <= 1'b0;
      code_q  <= 8'd0;
      pos_q   <= 32'd0;
    end else if (start) begin
      error_q <= bad_job_i;
      code_q  <= bad_job_i ? ERR_BAD_JOB : 8'd0;
      pos_q   <= bad_job_i ? bad_job_pos_i : 32'd0;
    end else if (first_fault) begin
      error_q <= 1'b1;
      code_q  <= job_error_i    ? ERR_BAD_JOB :
                 read_error_i   ? ERR_READ :
                 write_error_i  ? ERR_WRITE :
                 meta_error_i   ? ERR_METADATA :
                 panel_error_i  ? ERR_PANEL :
                 set_error_i    ? ERR_SET :
                 room_error_i   ? ERR_CAPACITY :
                 stream_error_i ? ERR_STREAM :
                 stuck          ? ERR_WATCHDOG : ERR_ABORT;
      pos_q   <= job_error_i    ? job_error_pos_i :
                 read_error_i   ? read_error_pos_i :
                 write_error_i  ? write_error_pos_i :
                 meta_error_i   ? meta_error_pos_i :
                 panel_error_i  ? panel_error_pos_i :
                 set_error_i    ? set_error_pos_i :
                 room_error_i   ? room_error_pos_i :
                 stream_error_i ? tiles_q :
                 stuck          ? stuck_where : tiles_q;
    end else if (error_clear_i) begin
      error_q <= 1'b0;
    end
  end

  always @(posedge clk_i) begin
    if (start) begin
      tiles_q <= 32'd0;
    end else if (tile_i) begin
      tiles_q <= tiles_q + 32'd1;
    end
  end

  assign status_o   = {error_q, done_q, busy};
  assign err_code_o = code_q;
  assign err_pos_o  = pos_q;
  assign irq_o      = irq_en_i && done_q;

  // ---------------------------------------------------------------- counters

  wire [2:0] charged = state_q == GO  ? CAUSE_FILL_DRAIN :
                       state_q == RUN ? cause : CAUSE_WAIT_OUT;
  wire       counting = busy && !hung;

  reg  [63:0]     cycles_q;
  reg  [8*64-1:0] causes_q;
  reg  [63:0]     issued_q;
  reg  [63:0]     effectual_q;
  reg  [63:0]     skipped_q;

  assign cycles_o    = cycles_q;
  assign causes_o    = causes_q;
  assign issued_o    = issued_q;
  assign effectual_o = effectual_q;
  assign skipped_o   = skipped_q;

  always @(posedge clk_i) begin
    if (rst_i || start) begin
      cycles_q    <= 64'd0;
      issued_q    <= 64'd0;
      effectual_q <= 64'd0;
      skipped_q   <= 64'd0;
    end else if (counting) begin
      cycles_q    <= cycles_q + 64'd1;
      issued_q    <= issued_q + {{(64 - COUNT_W) {1'b0}}, issued_i};
      effectual_q <= effectual_q + {{(64 - COUNT_W) {1'b0}}, effectual_i};
      skipped_q   <= skipped_q + {{(64 - COUNT_W) {1'b0}}, skipped_i};
    end
  end

  genvar index;
  generate
    for (index = 0; index < 8; index = index + 1) begin : gen_cause
      localparam [2:0] INDEX = index;
      always @(posedge clk_i) begin
        if (rst_i || start) begin
          causes_q[index*64 +: 64] <= 64'd0;
        end else if (counting && charged == INDEX) begin
          causes_q[index*64 +: 64] <= causes_q[index*64 +: 64] + 64'd1;
        end
      end
    end
  endgenerate

endmodule

`default_nettype wire
