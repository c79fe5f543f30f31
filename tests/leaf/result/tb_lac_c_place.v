// variants: | -Ptb.LANES=1 -Ptb.CHUNKS=4 -Ptb.ADDR_W=9 -Ptb.PANEL_W=6
// variants: -Ptb.LANES=16 -Ptb.CHUNKS=3 -Ptb.ADDR_W=7 -Ptb.PANEL_W=3
// lint: -GLANES=1 -GCHUNKS=1 -GADDR_W=3 -GPANEL_W=2 | -GLANES=16 -GCHUNKS=3 -GADDR_W=7 -GPANEL_W=5
// lint: -GLANES=4 -GCHUNKS=1 -GADDR_W=12 -GPANEL_W=13
// Groups of random size: the address of each lane's panel by counting words, lanes that lead out of the group not
//      written.

module tb;
  parameter LANES   = 4;
  parameter CHUNKS  = 1;
  parameter ADDR_W  = 6;
  parameter PANEL_W = 4;

  reg                      permute, we;
  reg  [ADDR_W-1:0]        base;
  reg  [31:0]              panel, panels;
  reg  [LANES*PANEL_W-1:0] target;
  wire [LANES-1:0]         we_lanes;
  wire [LANES*ADDR_W-1:0]  addr;
  wire                     stray;

  lac_c_place #(.LANES (LANES), .CHUNKS (CHUNKS), .ADDR_W (ADDR_W), .PANEL_W (PANEL_W)) u_dut (
    .permute_i (permute),
    .we_i      (we),
    .addr_i    (base),
    .panel_i   (panel),
    .panels_i  (panels),
    .target_i  (target),
    .we_o      (we_lanes),
    .addr_o    (addr),
    .stray_o   (stray)
  );

  integer errors = 0;
  integer trial, lane, goes, most;
  reg     outside, outside_any;

  task check(input good, input integer what);
    if (good !== 1'b1) begin
      errors = errors + 1;
      if (errors < 10) $display("trial %0d, check %0d: lane %0d, panel %0d of %0d", trial, what, lane, goes, panels);
    end
  endtask

  initial begin
    most = (1 << ADDR_W) / CHUNKS < 1 << PANEL_W ? (1 << ADDR_W) / CHUNKS : 1 << PANEL_W;
    for (trial = 0; trial < 1000; trial = trial + 1) begin
      permute = trial;
      we      = trial % 7 != 0;
      panels  = 1 + $unsigned($random) % most;
      panel   = $unsigned($random) % panels;
      base    = $random;
      for (lane = 0; lane < LANES; lane = lane + 1) begin
        target[lane*PANEL_W +: PANEL_W] = $unsigned($random) % (trial % 5 == 0 ? 1 << PANEL_W : panels);
      end
      #1;
      outside_any = 1'b0;
      for (lane = 0; lane < LANES; lane = lane + 1) begin
        goes        = permute ? target[lane*PANEL_W +: PANEL_W] : panel;
        outside     = goes >= panels;
        outside_any = outside_any || outside;
        check(we_lanes[lane] === (we && !outside), 0);
        check(outside || addr[lane*ADDR_W +: ADDR_W] === (base + goes * CHUNKS) % (1 << ADDR_W), 1);
      end
      check(stray === (we && outside_any), 2);
    end
    if (errors == 0) $display("PASS"); else $display("FAIL: %0d errors", errors);
    $finish;
  end
endmodule
