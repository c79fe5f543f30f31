// The only C++: a Verilated lac_top behind sim/device/shim.h. Compiled once per model; pin widths come from the model's
// own types. Two evaluations per cycle: clock low with the host's new pins, so that outputs settle and are sampled;
// then the rising edge.
#include "sim/device/shim.h"
#include "verilated.h"
#include "Vlac.h"
#if VM_TRACE_FST
#include "verilated_fst_c.h"
#endif
#include <cstring>

struct Shim {
  VerilatedContext context;
  Vlac top{&context, "TOP"};
  DevicePins device{};
#if VM_TRACE_FST
  VerilatedFstC trace;
  uint64_t time = 0;
#endif
};

namespace {

// Ports are little-endian words of 8 to 512 bits, whatever type Verilator chose for them.
template <typename Port> inline void copy_in(Port &port, const uint8_t *bytes) {
  std::memcpy(&port, bytes, sizeof port);
}

template <typename Port> inline void copy_out(uint8_t *bytes, const Port &port) {
  std::memcpy(bytes, &port, sizeof port);
}

inline void drive(Vlac &top, const HostPins &host) {
  top.rst_i = host.rst;
  top.m_axi_arready = host.axi.arready;
  top.m_axi_awready = host.axi.awready;
  top.m_axi_wready = host.axi.wready;
  top.m_axi_rvalid = host.axi.rvalid;
  if (host.axi.rvalid) {
    top.m_axi_rid = host.axi.rid;
    top.m_axi_rresp = host.axi.rresp;
    top.m_axi_rlast = host.axi.rlast;
    copy_in(top.m_axi_rdata, host.axi.rdata);
  }
  top.m_axi_bvalid = host.axi.bvalid;
  top.m_axi_bid = host.axi.bid;
  top.m_axi_bresp = host.axi.bresp;
  top.s_axil_awvalid = host.lite.awvalid;
  top.s_axil_wvalid = host.lite.wvalid;
  top.s_axil_bready = host.lite.bready;
  top.s_axil_arvalid = host.lite.arvalid;
  top.s_axil_rready = host.lite.rready;
  top.s_axil_awaddr = host.lite.awaddr;
  top.s_axil_araddr = host.lite.araddr;
  top.s_axil_wdata = host.lite.wdata;
}

inline void sample_master(const Vlac &top, AxiMasterPins &axi) {
  axi.ar.valid = top.m_axi_arvalid;
  if (axi.ar.valid)
    axi.ar = {top.m_axi_araddr, top.m_axi_arid, top.m_axi_arlen, top.m_axi_arsize, top.m_axi_arburst, true};
  axi.aw.valid = top.m_axi_awvalid;
  if (axi.aw.valid)
    axi.aw = {top.m_axi_awaddr, top.m_axi_awid, top.m_axi_awlen, top.m_axi_awsize, top.m_axi_awburst, true};
  axi.wvalid = top.m_axi_wvalid;
  if (axi.wvalid) {
    axi.wlast = top.m_axi_wlast;
    axi.wstrb = top.m_axi_wstrb;
    copy_out(axi.wdata, top.m_axi_wdata);
  }
  axi.rready = top.m_axi_rready;
  axi.bready = top.m_axi_bready;
}

inline void sample(const Vlac &top, DevicePins &device) {
  sample_master(top, device.axi);
  device.irq = top.irq_o;
  device.lite = {top.s_axil_rdata,        top.s_axil_rresp,        top.s_axil_bresp,         bool(top.s_axil_awready),
                 bool(top.s_axil_wready), bool(top.s_axil_bvalid), bool(top.s_axil_arready), bool(top.s_axil_rvalid)};
}

inline void dump(Shim *shim, unsigned traced) {
#if VM_TRACE_FST
  if (traced) shim->trace.dump(shim->time);
  shim->time++;
#else
  (void)shim, (void)traced;
#endif
}

} // namespace

extern "C" __attribute__((visibility("default"))) Shim *lac_shim_open(const char *trace_path) {
#if VM_TRACE_FST
  Shim *shim = new Shim;
  shim->context.traceEverOn(true);
  shim->top.trace(&shim->trace, 99);
  if (trace_path) shim->trace.open(trace_path);
#else
  if (trace_path) return nullptr;
  Shim *shim = new Shim;
#endif
  shim->top.s_axil_wstrb = 0xf;
  shim->top.s_axil_awprot = 0;
  shim->top.s_axil_arprot = 0;
  return shim;
}

extern "C" __attribute__((visibility("default"))) void lac_shim_run(Shim *shim, const ShimHost *host, unsigned flags) {
  Vlac &top = shim->top;
  do {
    unsigned traced = flags & SHIM_TRACED;
    top.clk_i = 0;
    drive(top, *host->pins);
    top.eval();
    dump(shim, traced);
    sample(top, shim->device);
    flags = host->cycle(host->bench, &shim->device);
    top.clk_i = 1;
    top.eval();
    dump(shim, traced);
  } while (flags & SHIM_GO);
}

extern "C" __attribute__((visibility("default"))) void lac_shim_close(Shim *shim) {
#if VM_TRACE_FST
  shim->trace.close();
#endif
  shim->top.final();
  delete shim;
}
