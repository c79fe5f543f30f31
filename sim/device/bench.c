// The cycle-by-cycle host around lac_top, shared by the Verilator backend (in the tool) and the Icarus backend (inside
// vvp).
#include "sim/device/bench.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define ACCESS_LIMIT 1000 // cycles a register access may take

bool bench_init(Bench *bench, const AxiMemorySettings *settings, const AxiFault *faults) {
  *bench = (Bench){.trace_from = 1, .trace_to = 0};
  bench->memory = axi_memory_new(settings, faults);
  return bench->memory != NULL;
}

void bench_free(Bench *bench) {
  axi_memory_free(bench->memory);
}

static void fail(Bench *bench, const char *message) {
  bench->reply.ok = false;
  snprintf(bench->reply.message, sizeof bench->reply.message, "%s", message);
}

void bench_break(Bench *bench, const char *message) {
  if (bench->reply.broken) return;
  bench->reply.ok = false;
  bench->reply.broken = true;
  bench->stopped = true;
  snprintf(bench->reply.message, sizeof bench->reply.message, "cycle %" PRIu64 ": %s", bench->cycle, message);
}

static void begin_access(Bench *bench, const BenchCommand *command) {
  LiteMasterPins *lite = &bench->host.lite;
  bench->stop_cycle = bench->cycle + ACCESS_LIMIT;
  if (command->op == BENCH_REGISTER_READ) {
    bench->lite_read = true;
    lite->araddr = (uint32_t)command->a;
    lite->arvalid = lite->rready = true;
    return;
  }
  bench->lite_write = true;
  lite->awaddr = (uint32_t)command->a;
  lite->wdata = (uint32_t)command->b;
  lite->awvalid = lite->wvalid = lite->bready = true;
}

static void begin_reset(Bench *bench, uint64_t cycles) {
  bench->host = (HostPins){.rst = true};
  bench->reset_left = (uint32_t)cycles;
  bench->reset_seen = false;
  bench->lite_read = bench->lite_write = false;
  axi_memory_reset(bench->memory, &bench->host.axi);
  bench->stop_cycle = bench->cycle + cycles;
}

static void map_region(Bench *bench, const BenchCommand *command) {
  if (axi_memory_map(bench->memory, command->a, command->b, command->c != 0)) return;
  char text[160];
  snprintf(text, sizeof text,
           "cannot map %" PRIu64 " bytes at 0x%" PRIx64 ": the region overlaps another one, wraps, or memory ran out",
           command->b, command->a);
  fail(bench, text);
}

static bool begin_clocked(Bench *bench, const BenchCommand *command) {
  bench->stopped = false;
  bench->stop_on_irq = command->op == BENCH_RUN;
  switch ((BenchOp)command->op) {
  case BENCH_RESET:
    begin_reset(bench, command->a);
    return true;
  case BENCH_REGISTER_READ:
  case BENCH_REGISTER_WRITE:
    begin_access(bench, command);
    return true;
  default:
    bench->stop_cycle = bench->cycle + command->a;
    return command->a > 0 && !(bench->stop_on_irq && bench->irq);
  }
}

bool bench_begin(Bench *bench, const BenchCommand *command) {
  if (bench->reply.broken) return false;
  bench->reply = (BenchReply){.ok = true};
  switch ((BenchOp)command->op) {
  case BENCH_RESET:
  case BENCH_REGISTER_READ:
  case BENCH_REGISTER_WRITE:
  case BENCH_STEP:
  case BENCH_RUN:
    return begin_clocked(bench, command);
  case BENCH_RESTART:
    bench->cycle = 0;
    bench->started = true;
    axi_memory_restart(bench->memory);
    return false;
  case BENCH_MAP:
    map_region(bench, command);
    return false;
  case BENCH_UNMAP_ALL:
    axi_memory_unmap_all(bench->memory);
    return false;
  case BENCH_TRACE:
    bench->trace_from = command->a;
    bench->trace_to = command->b;
    return false;
  case BENCH_CONDEMN:
    bench_break(bench, "irq_o rose while bursts on m_axi were open");
    return false;
  case BENCH_POKE:
  case BENCH_PEEK:
  case BENCH_TRAFFIC:
  case BENCH_CLOSE:
    return false;
  }
  fail(bench, "unknown command");
  return false;
}

uint8_t *bench_payload(Bench *bench, const BenchCommand *command) {
  uint8_t *bytes = axi_memory_bytes(bench->memory, command->a, command->b);
  if (bytes) return bytes;
  char text[160];
  snprintf(text, sizeof text, "no mapped region holds all of %" PRIu64 " bytes at 0x%" PRIx64, command->b, command->a);
  fail(bench, text);
  return NULL;
}

const BenchReply *bench_reply(Bench *bench) {
  bench->reply.irq = bench->irq;
  bench->reply.cycle = bench->cycle;
  bench->reply.traffic = axi_memory_traffic(bench->memory);
  return &bench->reply;
}

static void end_access(Bench *bench, bool is_read, uint8_t response, uint32_t data) {
  bench->lite_read = bench->lite_write = false;
  bench->stopped = true;
  bench->reply.value = data;
  if (response == AXI_OKAY) return;
  char text[120];
  snprintf(text, sizeof text, "register 0x%03x: %s answered %s",
           is_read ? bench->host.lite.araddr : bench->host.lite.awaddr, is_read ? "read" : "write",
           response == AXI_DECERR ? "DECERR" : "SLVERR");
  fail(bench, text);
}

static void step_access(Bench *bench, const LiteSlavePins *device) {
  LiteMasterPins *lite = &bench->host.lite;
  if (lite->awvalid && device->awready) lite->awvalid = false;
  if (lite->wvalid && device->wready) lite->wvalid = false;
  if (lite->arvalid && device->arready) lite->arvalid = false;
  if (bench->lite_write && device->bvalid) {
    if (lite->awvalid || lite->wvalid) bench_break(bench, "s_axil answered a write before it took address and data");
    lite->bready = false;
    end_access(bench, false, device->bresp, 0);
  } else if (bench->lite_read && device->rvalid) {
    if (lite->arvalid) bench_break(bench, "s_axil answered a read before it took the address");
    lite->rready = false;
    end_access(bench, true, device->rresp, device->rdata);
  } else if (bench->cycle + 1 == bench->stop_cycle) {
    bench_break(bench, "a register access had no answer on s_axil for 1000 cycles");
  }
}

// The device must be quiet once it has seen reset for a cycle.
static void step_reset(Bench *bench, const DevicePins *device) {
  const AxiMasterPins *axi = &device->axi;
  const LiteSlavePins *lite = &device->lite;
  if (bench->reset_seen && (axi->ar.valid || axi->aw.valid || axi->wvalid || lite->bvalid || lite->rvalid))
    bench_break(bench, "a valid is high during reset (A3.1.2)");
  bench->reset_seen = true;
  if (--bench->reset_left == 0) bench->host.rst = false;
}

static void stop_on_irq(Bench *bench, const AxiMasterPins *device) {
  bench->stopped = true;
  bench->reply.open = !axi_memory_idle(bench->memory) || device->ar.valid || device->aw.valid || device->wvalid;
}

unsigned bench_traced(const Bench *bench) {
  if (!bench->started && bench->trace_from > 0) return 0; // cycles before the first start are not in its numbering
  return bench->cycle >= bench->trace_from && bench->cycle <= bench->trace_to ? BENCH_TRACED : 0;
}

unsigned bench_cycle(Bench *bench, const DevicePins *device) {
  bench->irq = device->irq;
  if (bench->reset_left) {
    step_reset(bench, device);
  } else {
    if (!axi_memory_cycle(bench->memory, &device->axi, &bench->host.axi))
      bench_break(bench, axi_memory_violation(bench->memory));
    if (bench->lite_read || bench->lite_write) step_access(bench, &device->lite);
  }
  if (bench->stop_on_irq && device->irq) stop_on_irq(bench, &device->axi);
  bench->cycle++;
  if (bench->cycle == bench->stop_cycle) bench->stopped = true;
  return (bench->stopped ? 0 : BENCH_GO) | bench_traced(bench);
}
