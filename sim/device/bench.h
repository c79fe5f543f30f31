// What stands around lac_top in every backend: reset, AXI4-Lite host, AXI memory, stop conditions. A backend owns the
// clock: it calls bench_cycle once per cycle and copies pins; everything else is a command that any backend carries out
// alike.
#ifndef LACUNA_BENCH_H
#define LACUNA_BENCH_H

#include "sim/memory/axi_memory.h"
#include "sim/memory/pins.h"

typedef enum BenchOp {
  BENCH_RESET,          // a: cycles
  BENCH_REGISTER_READ,  // a: offset; value: data
  BENCH_REGISTER_WRITE, // a: offset, b: data
  BENCH_STEP,           // a: cycles
  BENCH_RUN,            // a: cycles at most; stops when irq is high
  BENCH_RESTART,        // cycle number and traffic begin at zero
  BENCH_MAP,            // a: base, b: bytes, c: writable by the device
  BENCH_UNMAP_ALL,
  BENCH_POKE,  // a: address, b: bytes; payload to the memory
  BENCH_PEEK,  // a: address, b: bytes; payload from the memory
  BENCH_TRACE, // a: first cycle, b: last cycle
  BENCH_TRAFFIC,
  BENCH_CONDEMN, // the run ended with open bursts, and the device has no excuse: it is broken
  BENCH_CLOSE,
} BenchOp;

typedef struct BenchCommand {
  uint64_t op; // BenchOp
  uint64_t a, b, c;
} BenchCommand;

typedef struct BenchReply {
  bool ok;
  bool broken; // the device or its model failed, not just this command
  bool irq;    // in the last cycle
  bool open;   // RUN: irq rose while bursts on m_axi were open
  uint64_t value;
  uint64_t cycle; // since restart
  AxiTraffic traffic;
  char message[480];
} BenchReply;

typedef struct Bench {
  HostPins host; // pins driven in the current cycle
  AxiMemory *memory;
  uint64_t cycle; // number of the current cycle since restart
  uint64_t stop_cycle;
  uint64_t trace_from, trace_to;
  bool started; // BENCH_RESTART was there
  bool stop_on_irq, irq, stopped;
  bool lite_write, lite_read; // register access under way
  bool reset_seen;            // by the device, for at least a cycle
  uint32_t reset_left;        // cycles
  BenchReply reply;           // of the current command
} Bench;

// What bench_cycle answers.
#define BENCH_GO     1u // another cycle is wanted
#define BENCH_TRACED 2u // the next cycle is inside the trace window

bool bench_init(Bench *bench, const AxiMemorySettings *settings, const AxiFault *faults); // false: out of memory
void bench_free(Bench *bench);

// Begins a command; true if it needs clock cycles until bench_cycle answers without BENCH_GO. The payload of POKE and
// PEEK moves by bench_payload after this.
bool bench_begin(Bench *bench, const BenchCommand *command);
uint8_t *bench_payload(Bench *bench, const BenchCommand *command); // NULL if the bytes are not inside one region
const BenchReply *bench_reply(Bench *bench);                       // after the command

// End of a cycle: device pins as they are before the edge; on return bench->host holds the pins after it.
unsigned bench_cycle(Bench *bench, const DevicePins *device);
unsigned bench_traced(const Bench *bench); // BENCH_TRACED if the current cycle is inside the window, else 0

// The model failed outside the protocol (X on a port): ends the command with a message.
void bench_break(Bench *bench, const char *message);

#endif
