// variants: | -Ptb.PARTS=1 -Ptb.GROUPS=4 -Ptb.G1=1 -Ptb.H1=1 -Ptb.SEED=2
// variants: -Ptb.PARTS=3 -Ptb.GROUPS=1 -Ptb.G0=1 -Ptb.H0=4 -Ptb.G1=3 -Ptb.H1=7 -Ptb.G2=2 -Ptb.H2=3 -Ptb.SEED=3
// variants: -Ptb.PARTS=2 -Ptb.G0=4 -Ptb.H0=4 -Ptb.G1=1 -Ptb.H1=2 -Ptb.SEED=4
// variants: -Ptb.G0=2 -Ptb.H0=16 -Ptb.G1=2 -Ptb.H1=16 -Ptb.SEED=5
// lint: -GG0=2 -GH0=4 -GM_W=8 | -GPARTS=4 -GGROUPS=2 -GG0=2 -GH0=4 -GG1=4 -GH1=8 -GM_W=56
// lint: -GG0=1 -GH0=1 -GG1=2 -GH1=3 -GG2=2 -GH2=5 -GM_W=16 | -GG0=1 -GH0=16 -GG1=1 -GH1=1 -GM_W=8
// lint: -GG0=4 -GH0=4 -GG1=4 -GH1=16 -GB_W=16 -GM_W=56
// lint: -GPARTS=5 -GGROUPS=3 -GG0=1 -GH0=1 -GG1=16 -GH1=16 -GB_W=4 -GM_W=200
// lint lac_hss_rank: -GNODES=1 -GG=1 -GW=1 | -GNODES=4 -GG=2 -GW=3 | -GNODES=1 -GG=16 -GW=4 | -GNODES=3 -GG=1 -GW=8
// Jobs of random weights, structured or dense, with stalls on all sides: what leaves is what came, part by part, with
// offsets as given or counted up. Every third structured job has one offset that is too large or does not ascend: an
// error with its word, then silence.
`default_nettype none

module tb;

  parameter PARTS  = 2;
  parameter GROUPS = 2;
  parameter G0     = 2;
  parameter H0     = 4;
  parameter G1     = 4;
  parameter H1     = 8;
  parameter G2     = 1;
  parameter H2     = 1;
  parameter SEED   = 1;

  localparam B_W     = 8;
  localparam W0      = $clog2(H0);
  localparam W1      = $clog2(H1);
  localparam W2      = $clog2(H2);
  localparam GROUP_W = G2 * (W2 + G1 * (W1 + G0 * W0));
  localparam M_W     = (GROUPS * GROUP_W + 7) / 8 * 8;
  localparam DATA_W  = GROUPS * G0 * G1 * G2 * B_W;
  localparam LIST    = 64;
  localparam JOBS    = 150;

  reg                       clk = 1'b0;
  reg                       rst = 1'b1;
  reg                       start = 1'b0;
  reg                       structured;
  reg  [7:0]                h0, h1, h2;
  reg                       b_valid = 1'b0, m_valid = 1'b0, out_ready = 1'b0;
  wire                      b_ready, m_ready, out_valid, meta_late, error;
  reg  [DATA_W-1:0]         b_data;
  reg  [M_W-1:0]            m_data;
  wire [DATA_W-1:0]         out_data;
  wire [GROUPS*GROUP_W-1:0] out_offsets;
  wire [31:0]               error_pos;

  lac_hss_join #(
    .PARTS         (PARTS),
    .GROUPS        (GROUPS),
    .B_W           (B_W),
    .G0            (G0),
    .H0            (H0),
    .G1            (G1),
    .H1            (H1),
    .G2            (G2),
    .H2            (H2),
    .M_W           (M_W)
  ) u_dut (
    .clk_i         (clk),
    .rst_i         (rst),
    .start_i       (start),
    .structured_i  (structured),
    .h0_i          (h0),
    .h1_i          (h1),
    .h2_i          (h2),
    .b_valid_i     (b_valid),
    .b_ready_o     (b_ready),
    .b_data_i      (b_data),
    .m_valid_i     (m_valid),
    .m_ready_o     (m_ready),
    .m_data_i      (m_data),
    .out_valid_o   (out_valid),
    .out_ready_i   (out_ready),
    .out_data_o    (out_data),
    .out_offsets_o (out_offsets),
    .meta_late_o   (meta_late),
    .error_o       (error),
    .error_pos_o   (error_pos)
  );

  always #5 clk = !clk;

  reg     moved;
  integer seed, job, parts, sent_b, sent_m, taken, spoilt, stall, errors, quiet;
  reg [DATA_W-1:0]         weights [0:LIST-1];
  reg [GROUPS*GROUP_W-1:0] offsets [0:LIST-1], wanted [0:LIST-1];

  task fail(input [8*40-1:0] why);
    begin
      $display("FAIL job %0d part %0d: %0s", job, taken, why);
      $finish;
    end
  endtask

  function integer random(input integer low, input integer high);
    random = low + $unsigned($random(seed)) % (high - low + 1);
  endfunction

  // ---------------------------------------------------------------- offsets of one node: G of H, ascending

  integer at;   // bit of the group

  task put(input integer part, input integer value, input integer width);
    integer i;
    for (i = 0; i < width; i = i + 1) begin
      offsets[part][at] = value >> i;
      at = at + 1;
    end
  endtask

  task put_node(input integer part, input integer g, input integer h, input integer width);
    integer child, kept;
    begin
      kept = 0;
      if (width > 0)
        for (child = 0; child < h; child = child + 1)
          if (kept < g && random(1, h - child) <= g - kept) begin
            put(part, structured ? child : kept, width);
            kept = kept + 1;
          end
    end
  endtask

  integer full_bit;

  task put_group(input integer part);
    integer i;
    begin
      put_node(part, G2, structured ? h2 : G2, W2);
      for (i = 0; i < G2; i = i + 1) put_node(part, G1, structured ? h1 : G1, W1);
      for (i = 0; i < G2 * G1; i = i + 1) put_node(part, G0, structured ? h0 : G0, W0);
    end
  endtask

  // An offset of rank 0 (or 1, where rank 0 has none) of a random group: as large as H, or as the one before it.
  task spoil;
    integer g, w, first, children, child, value;
    begin
      spoilt   = random(0, parts - 1);
      w        = W0 > 0 ? W0 : W1;
      g        = W0 > 0 ? G0 : G1;
      children = W0 > 0 ? G2 * G1 * G0 : G2 * G1;
      first    = random(0, GROUPS - 1) * GROUP_W + G2 * W2 + (W0 > 0 ? G2 * G1 * W1 : 0);
      child    = random(0, children - 1);
      value    = W0 > 0 ? h0 : h1;
      if (child % g > 0 && random(0, 1)) value = offsets[spoilt] >> (first + (child - 1) * w) & ((1 << w) - 1);
      at = first + child * w;
      if (value < 1 << w) put(spoilt, value, w);
      else spoilt = -1;
    end
  endtask

  task pick;
    integer part, group;
    begin
      structured = job % 4 != 0;
      h0 = random(G0, H0);
      h1 = random(G1, H1);
      h2 = random(G2, H2);
      parts = PARTS * random(1, LIST / PARTS / 2);
      for (part = 0; part < parts; part = part + 1) begin
        at = 0;
        for (group = 0; group < GROUPS; group = group + 1) put_group(part);
        wanted[part]  = offsets[part];
        weights[part] = {DATA_W / 8{8'd0}} ^ {(DATA_W + 31) / 32{$random(seed)}};
      end
      spoilt = -1;
      full_bit = structured && job % 6 == 1 && M_W > GROUPS * GROUP_W ? random(GROUPS * GROUP_W, M_W - 1) : -1;
      if (full_bit >= 0) spoilt = random(0, parts - 1);   // a bit past the offsets, up to the end of a byte
      if (structured && job % 3 == 0) spoil;
      stall = random(0, 1) ? 0 : random(0, 70);
      {sent_b, sent_m, taken, errors, quiet} = 0;
    end
  endtask

  // ---------------------------------------------------------------- both ends

  task drive;
    begin
      if (!b_valid && sent_b < parts && random(0, 99) >= stall) begin
        b_valid = 1'b1;
        b_data  = weights[sent_b];
      end
      if (!m_valid && structured && sent_m < parts && random(0, 99) >= stall) begin
        m_valid = 1'b1;
        m_data  = {M_W{1'b0}} | offsets[sent_m];
        if (full_bit >= 0 && sent_m == spoilt) m_data[full_bit] = 1'b1;
      end
      out_ready = random(0, 99) >= stall;
    end
  endtask

  task check;
    begin
      if (meta_late !== (b_valid && structured && !m_valid)) fail("wrong meta_late");
      if (b_ready !== (out_valid && out_ready) || m_ready !== (b_ready && structured)) fail("wrong ready");
      if (error) begin
        if (taken != spoilt || errors > 0) fail("an error without an offence");
        if (error_pos !== taken / PARTS) fail("wrong word");
        errors = 1;
      end
      if (out_valid && (taken == spoilt || errors > 0)) fail("an offence gets through");
      if (out_valid && (out_data !== weights[taken] || out_offsets !== wanted[taken])) fail("wrong part");
      moved = out_valid && out_ready;
      quiet = errors > 0 ? quiet + 1 : 0;
    end
  endtask

  task advance;
    begin
      taken   = taken + 1;
      b_valid = 1'b0;
      sent_b  = sent_b + 1;
      if (structured) begin
        m_valid = 1'b0;
        sent_m  = sent_m + 1;
      end
    end
  endtask

  initial begin
    seed = SEED;
    repeat (2) @(negedge clk);
    rst = 1'b0;
    for (job = 0; job < JOBS; job = job + 1) begin
      pick;
      {b_valid, m_valid} = 2'b00;
      start = 1'b1;
      @(negedge clk);
      start = 1'b0;
      while (taken < parts && quiet < 20) begin
        drive;
        #1 check;
        @(negedge clk);
        if (moved) advance;
      end
      if ((spoilt >= 0) != (errors > 0)) fail("no error");
    end
    $display("PASS %0d jobs", JOBS);
    $finish;
  end

  initial begin
    #20000000 $display("FAIL no end");
    $finish;
  end

endmodule

`default_nettype wire
