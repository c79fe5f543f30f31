// What dut.c needs of a backend: carry out one BenchCommand. Internal to sim/.
#ifndef LACUNA_DUT_BACKEND_H
#define LACUNA_DUT_BACKEND_H

#include "sim/device/bench.h"
#include "sim/device/dut.h"

typedef struct DutError {
  char text[4096];
} DutError;

__attribute__((format(printf, 2, 3))) void dut_error(DutError *error, const char *format, ...);

typedef struct BackendOps {
  uint64_t slice; // cycles between two calls of the progress callback
  void *(*open)(const DutSettings *settings, const Plan *plan, const AxiMemorySettings *memory, DutError *error);
  // `in` is the payload of BENCH_POKE, `out` that of BENCH_PEEK; command->b bytes.
  void (*command)(void *state, const BenchCommand *command, const void *in, void *out, BenchReply *reply);
  void (*close)(void *state);
} BackendOps;

extern const BackendOps dut_verilator, dut_icarus;

#endif
