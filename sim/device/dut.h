// The device under test behind a C interface: a generated accelerator (lac_top) with an AXI memory and a host beside
// it. Backends: a Verilator model (shared object per bundle) and Icarus (a vvp process). Callers cannot tell them
// apart.
//
// Sides: "the device" is lac_top, its registers are reached through AXI4-Lite transactions that take clock cycles. "The
// memory" is the C model behind m_axi; the host side of it (map, write, read) takes no clock cycles.
// Units: addresses and sizes in bytes, times in cycles of clk_i. Cycle numbers in settings, progress and messages count
// from the last dut_run: cycle 0 is the one in which the register writes that start the device begin.
//
// Errors: a function that can fail returns false (or NULL, or DUT_BROKEN); dut_message has one line that says why.
// After a failure of the model (protocol violation, X on an output, vvp died) every later call fails with the same
// message.
#ifndef LACUNA_DUT_H
#define LACUNA_DUT_H

#include "gen/plan/plan.h"
#include "gen/plan/registers.h"
#include "sim/memory/axi_types.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct Dut Dut;

typedef enum DutBackend { DUT_VERILATOR, DUT_ICARUS } DutBackend;

// Zeroes are good defaults everywhere but in `backend`, which is chosen, and `bundle` and `cache`, which are needed.
typedef struct DutSettings {
  DutBackend backend;
  const char *bundle;     // folder with lacuna_sim.f and the Verilog files it lists
  const char *cache;      // folder for compiled models, made if missing: build/models
  uint32_t mem_latency;   // cycles, see axi_memory.h
  double mem_bandwidth;   // bytes per cycle, reads and writes together; 0: no limit but a bus width each way per cycle
  int stall_percent;      // 0..100, chance that a channel (AR R AW W B, each by itself) does not move in a cycle
  uint64_t seed;          // of the stalls
  const AxiFault *faults; // answers that are not OKAY; copied
  size_t fault_count;
  const char *trace_path; // FST file, name ends in .fst, or NULL; a traced model is built (slow) only if set
  uint64_t trace_from;    // first and last cycle of the window; both 0: everything, reset and register writes included
  uint64_t trace_to;
  bool *runs; // becomes true once the model runs: a failure of dut_open is then the device's; NULL is fine
} DutSettings;

typedef enum DutStatus {
  DUT_DONE,    // irq_o rose: done or device error, STATUS and ERR_CODE tell which
  DUT_LIMIT,   // max_cycles went by without irq_o
  DUT_STOPPED, // the progress callback returned false
  DUT_BROKEN,  // dut_message says what
} DutStatus;

// One index per counter of gen/plan/registers.h: COUNTER_CYCLES, COUNTER_CYC_MULTIPLY, ...
#define DUT_COUNTER(name, offset, access, bits, reset, part, meaning) COUNTER_##name,
typedef enum DutCounter { REGISTERS_COUNTERS(DUT_COUNTER) DUT_COUNTERS } DutCounter;
#undef DUT_COUNTER

enum { COUNTER_CAUSES = COUNTER_CYC_MULTIPLY }; // the first of those by cause, which stand in their order

// Called every 100,000 cycles (Icarus: every 1,000) and at the end; cycles since start. Returning false stops the run.
typedef bool DutProgress(void *user, uint64_t cycles);

// Builds the model if it isn't in the cache, loads it, resets the device and compares its PLAN_HASH with the plan's.
// Returns NULL and a message in error[0..error_size) on failure; a failed build quotes its log.
Dut *dut_open(const DutSettings *settings, const Plan *plan, char *error, size_t error_size);
void dut_close(Dut *dut); // also writes out the trace; NULL is fine

// Registers: 32-bit, offset from gen/plan/registers.h. A response other than OKAY is a failure.
bool dut_register_read(Dut *dut, uint32_t offset, uint32_t *value);
bool dut_register_write(Dut *dut, uint32_t offset, uint32_t value);
bool dut_counters(Dut *dut, uint64_t counters[DUT_COUNTERS]); // also while a job runs

// One 64-bit counter over any way to read 32-bit registers, right while it counts and whoever else reads it.
typedef bool RegisterRead(void *device, uint32_t offset, uint32_t *value);
bool dut_counter(RegisterRead *read, void *device, uint32_t offset, uint64_t *value);

// The memory. It has no bytes but in mapped regions, which start as zeroes. Regions may have any base and size and must
// not overlap or wrap. The device's access outside all of them is answered DECERR and counted in AxiTraffic: reads are
// checked per bus beat (a beat that touches a region is fine), writes per strobed byte. Writes of the device to a
// region that is not writable are answered SLVERR and not done.
bool dut_memory_map(Dut *dut, uint64_t base, uint64_t bytes, bool device_writable);
void dut_memory_unmap_all(Dut *dut);
bool dut_memory_write(Dut *dut, uint64_t address, const void *data, size_t bytes); // inside one region
bool dut_memory_read(Dut *dut, uint64_t address, void *data, size_t bytes);        // inside one region

// Enables the interrupt, starts the device and runs it until irq_o is high. max_cycles 0: no limit. progress may be
// NULL. The job registers are written before, and STATUS is cleared (write one) by the caller afterwards.
DutStatus dut_run(Dut *dut, uint64_t max_cycles, DutProgress *progress, void *user);

// Goes on with the job that dut_run began, to the same ends; max_cycles counts from its start.
DutStatus dut_resume(Dut *dut, uint64_t max_cycles, DutProgress *progress, void *user);

bool dut_step(Dut *dut, uint64_t cycles);  // lets the clock run, whatever irq_o does
bool dut_reset(Dut *dut, uint32_t cycles); // rst_i high for `cycles`, at any moment; open bursts are forgotten
bool dut_irq(const Dut *dut);              // irq_o in the last cycle

// Moves the trace window (only if trace_path was set): from..to cycles since start; from > to switches tracing off.
bool dut_trace(Dut *dut, uint64_t from, uint64_t to);

uint64_t dut_cycle(const Dut *dut); // cycles since the last dut_run, or since reset before the first one
bool dut_traffic(Dut *dut, AxiTraffic *traffic);
const char *dut_message(const Dut *dut); // of the last failure

#endif
