// The device interface in front of the backends: each call becomes bench commands, failures become messages.
#include "sim/device/dut.h"
#include "sim/device/dut_backend.h"
#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define RESET_CYCLES                                                      16
#define PROGRESS_CYCLES                                                   100000
#define COUNTER_OFFSET(name, offset, access, bits, reset, part, meaning)  offset,
#define COUNTER_PART(name, offset, access, bits, reset, part, meaning)    PART_##part,
#define REGISTER_OFFSET(name, offset, access, bits, reset, part, meaning) REGISTER_##name = offset,

static const BackendOps *const backends[] = {[DUT_VERILATOR] = &dut_verilator, [DUT_ICARUS] = &dut_icarus};
static const uint32_t counter_offsets[DUT_COUNTERS] = {REGISTERS_COUNTERS(COUNTER_OFFSET)};
static const unsigned counter_parts[DUT_COUNTERS] = {REGISTERS_COUNTERS(COUNTER_PART)};
enum { REGISTERS(REGISTER_OFFSET) };
enum { STATUS_HUNG = STATUS_BUSY | STATUS_DONE | STATUS_ERROR };

struct Dut {
  bool counts[DUT_COUNTERS]; // whether it has the counter
  const BackendOps *ops;
  void *state;
  BenchReply reply; // to the last command
  char message[sizeof(DutError)];
};

void dut_error(DutError *error, const char *format, ...) {
  va_list args;
  va_start(args, format);
  vsnprintf(error->text, sizeof error->text, format, args);
  va_end(args);
}

static bool command_with(Dut *dut, BenchCommand command, const void *in, void *out) {
  dut->ops->command(dut->state, &command, in, out, &dut->reply);
  if (!dut->reply.ok) snprintf(dut->message, sizeof dut->message, "%s", dut->reply.message);
  return dut->reply.ok;
}

static bool command(Dut *dut, BenchOp op, uint64_t a, uint64_t b, uint64_t c) {
  return command_with(dut, (BenchCommand){op, a, b, c}, NULL, NULL);
}

static bool check_identity(Dut *dut, const Plan *plan) {
  uint32_t low, high;
  if (!dut_register_read(dut, REGISTER_PLAN_HASH_LO, &low) || !dut_register_read(dut, REGISTER_PLAN_HASH_HI, &high))
    return false;
  uint64_t hash = (uint64_t)high << 32 | low;
  if (hash == plan->hash) return true;
  snprintf(dut->message, sizeof dut->message,
           "the bundle was generated for another plan: its PLAN_HASH is %016" PRIx64
           ", the configuration's is %016" PRIx64 "; generate it again",
           hash, plan->hash);
  return false;
}

static bool check_settings(const DutSettings *settings, const Plan *plan, DutError *error) {
  if (settings->stall_percent < 0 || settings->stall_percent > 100)
    dut_error(error, "a stall chance of %d percent; 0 to 100 is possible", settings->stall_percent);
  else if (!(settings->mem_bandwidth >= 0))
    dut_error(error, "a memory bandwidth of %g bytes per cycle; it must be positive, or 0 for no limit",
              settings->mem_bandwidth);
  else if (settings->mem_bandwidth > 0 && settings->mem_bandwidth < 1.0 / AXI_BANDWIDTH_PARTS)
    dut_error(error, "a memory bandwidth of %g bytes per cycle; the least is 1/%d", settings->mem_bandwidth,
              AXI_BANDWIDTH_PARTS);
  else if (plan->bus_bytes < 4 || plan->bus_bytes > PINS_MAX_BUS_BYTES)
    dut_error(error, "a bus of %d bytes; 4 to %d are possible", plan->bus_bytes, PINS_MAX_BUS_BYTES);
  else
    return true;
  return false;
}

static bool begin(Dut *dut, const DutSettings *settings, const Plan *plan) {
  bool everything = settings->trace_from == 0 && settings->trace_to == 0;
  if (settings->trace_path &&
      !command(dut, BENCH_TRACE, settings->trace_from, everything ? UINT64_MAX : settings->trace_to, 0))
    return false;
  return command(dut, BENCH_RESET, RESET_CYCLES, 0, 0) && check_identity(dut, plan);
}

// Backends only say on standard error that a trace can't be written, and vvp adds the suffix if it isn't there.
static bool check_trace(const char *path, DutError *error) {
  if (!path) return true;
  size_t length = strlen(path);
  if (length < 4 || strcasecmp(path + length - 4, ".fst")) {
    dut_error(error, "%s: the name of a trace must end in .fst", path);
    return false;
  }
  FILE *file = fopen(path, "wb");
  if (!file) dut_error(error, "%s: cannot write the trace: %s", path, strerror(errno));
  if (file) fclose(file);
  return file != NULL;
}

static Dut *open_backend(const DutSettings *settings, const Plan *plan, DutError *error) {
  AxiMemorySettings memory = {
      .bus_bytes = (uint32_t)plan->bus_bytes,
      .addr_bits = (uint32_t)plan->addr_bits,
      .latency = settings->mem_latency,
      .stall_percent = (uint32_t)settings->stall_percent,
      .bandwidth = settings->mem_bandwidth,
      .seed = settings->seed,
      .fault_count = settings->fault_count,
  };
  const BackendOps *ops = backends[settings->backend];
  void *state = ops->open(settings, plan, &memory, error);
  if (!state) return NULL;
  Dut *dut = calloc(1, sizeof *dut);
  if (!dut) {
    ops->close(state);
    dut_error(error, "out of memory");
    return NULL;
  }
  *dut = (Dut){.ops = ops, .state = state};
  for (int i = 0; i < DUT_COUNTERS; i++)
    dut->counts[i] = plan_maps(plan, counter_parts[i]);
  return dut;
}

Dut *dut_open(const DutSettings *settings, const Plan *plan, char *error, size_t error_size) {
  DutError problem = {{0}};
  Dut *dut = check_settings(settings, plan, &problem) && check_trace(settings->trace_path, &problem)
                 ? open_backend(settings, plan, &problem)
                 : NULL;
  if (settings->runs) *settings->runs = dut != NULL;
  if (dut && !begin(dut, settings, plan)) {
    dut_error(&problem, "%s", dut->message);
    dut_close(dut);
    dut = NULL;
  }
  if (!dut) snprintf(error, error_size, "%s", problem.text);
  return dut;
}

void dut_close(Dut *dut) {
  if (!dut) return;
  dut->ops->close(dut->state);
  free(dut);
}

bool dut_register_read(Dut *dut, uint32_t offset, uint32_t *value) {
  bool ok = command(dut, BENCH_REGISTER_READ, offset, 0, 0);
  *value = (uint32_t)dut->reply.value;
  return ok;
}

bool dut_register_write(Dut *dut, uint32_t offset, uint32_t value) {
  return command(dut, BENCH_REGISTER_WRITE, offset, value, 0);
}

static bool read_any(void *dut, uint32_t offset, uint32_t *value) {
  return dut_register_read(dut, offset, value);
}

// The low word belongs to the high one if that is the same before and after.
bool dut_counter(RegisterRead *read, void *device, uint32_t offset, uint64_t *value) {
  uint32_t before, low, high;
  if (!read(device, offset + 4, &high)) return false;
  do {
    before = high;
    if (!read(device, offset, &low) || !read(device, offset + 4, &high)) return false;
  } while (high != before);
  *value = (uint64_t)high << 32 | low;
  return true;
}

bool dut_counters(Dut *dut, uint64_t counters[DUT_COUNTERS]) {
  for (int i = 0; i < DUT_COUNTERS; i++) {
    counters[i] = 0;
    if (!dut->counts[i]) continue;
    if (!dut_counter(read_any, dut, counter_offsets[i], &counters[i])) return false;
  }
  return true;
}

bool dut_memory_map(Dut *dut, uint64_t base, uint64_t bytes, bool device_writable) {
  return command(dut, BENCH_MAP, base, bytes, device_writable);
}

void dut_memory_unmap_all(Dut *dut) {
  command(dut, BENCH_UNMAP_ALL, 0, 0, 0);
}

bool dut_memory_write(Dut *dut, uint64_t address, const void *data, size_t bytes) {
  return bytes == 0 || command_with(dut, (BenchCommand){BENCH_POKE, address, bytes, 0}, data, NULL);
}

bool dut_memory_read(Dut *dut, uint64_t address, void *data, size_t bytes) {
  return bytes == 0 || command_with(dut, (BenchCommand){BENCH_PEEK, address, bytes, 0}, NULL, data);
}

// Bursts may be open at the end of a run only where the watchdog gave up on the bus: error, done and busy are set then.
static bool may_be_open(Dut *dut) {
  uint32_t status;
  return dut_register_read(dut, REGISTER_STATUS, &status) && status == STATUS_HUNG;
}

DutStatus dut_run(Dut *dut, uint64_t max_cycles, DutProgress *progress, void *user) {
  bool started = command(dut, BENCH_RESTART, 0, 0, 0) && dut_register_write(dut, REGISTER_IRQ_EN, IRQ_EN_DONE) &&
                 dut_register_write(dut, REGISTER_CTRL, CTRL_START);
  return started ? dut_resume(dut, max_cycles, progress, user) : DUT_BROKEN;
}

DutStatus dut_resume(Dut *dut, uint64_t max_cycles, DutProgress *progress, void *user) {
  if (max_cycles == 0) max_cycles = UINT64_MAX;
  do {
    uint64_t cycle = dut->reply.cycle;
    if (cycle >= max_cycles) return DUT_LIMIT;
    uint64_t slice = dut->ops->slice - cycle % dut->ops->slice;
    if (slice > max_cycles - cycle) slice = max_cycles - cycle;
    if (!command(dut, BENCH_RUN, slice, 0, 0)) return DUT_BROKEN;
    if (progress && !progress(user, dut->reply.cycle) && !dut->reply.irq) return DUT_STOPPED;
  } while (!dut->reply.irq);
  if (!dut->reply.open || may_be_open(dut)) return DUT_DONE;
  command(dut, BENCH_CONDEMN, 0, 0, 0);
  return DUT_BROKEN;
}

bool dut_step(Dut *dut, uint64_t cycles) {
  return command(dut, BENCH_STEP, cycles, 0, 0);
}

bool dut_reset(Dut *dut, uint32_t cycles) {
  return cycles == 0 || command(dut, BENCH_RESET, cycles, 0, 0);
}

bool dut_irq(const Dut *dut) {
  return dut->reply.irq;
}

bool dut_trace(Dut *dut, uint64_t from, uint64_t to) {
  return command(dut, BENCH_TRACE, from, to, 0);
}

uint64_t dut_cycle(const Dut *dut) {
  return dut->reply.cycle;
}

bool dut_traffic(Dut *dut, AxiTraffic *traffic) {
  bool ok = command(dut, BENCH_TRAFFIC, 0, 0, 0);
  *traffic = dut->reply.traffic;
  return ok;
}

const char *dut_message(const Dut *dut) {
  return dut->message;
}
