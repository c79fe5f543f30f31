// What a compiled Verilator model (shared object) exports, and the host that it calls once per cycle. Valid as C and
// C++.
#ifndef LACUNA_SHIM_H
#define LACUNA_SHIM_H

#include "sim/memory/pins.h"

#ifdef __cplusplus
extern "C" {
#endif

#define SHIM_GO     1u // another cycle is wanted
#define SHIM_TRACED 2u // the next cycle is to be traced

typedef struct ShimHost {
  void *bench;
  const HostPins *pins;                                     // driven in the current cycle
  unsigned (*cycle)(void *bench, const DevicePins *device); // end of a cycle; moves *pins on; SHIM_* flags
} ShimHost;

typedef struct Shim Shim;

// The names below are looked up with dlsym.
typedef Shim *ShimOpen(const char *trace_path); // NULL: no trace; NULL back: the model was built without tracing
typedef void ShimRun(Shim *shim, const ShimHost *host, unsigned flags); // cycles until GO is gone; at least one
typedef void ShimClose(Shim *shim);

#define SHIM_OPEN  "lac_shim_open"
#define SHIM_RUN   "lac_shim_run"
#define SHIM_CLOSE "lac_shim_close"

#ifdef __cplusplus
}
#endif

#endif
