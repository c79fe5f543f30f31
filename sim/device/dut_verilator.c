// The Verilator backend: the compiled model runs in this process and calls the bench once per cycle.
#include "sim/device/bench.h"
#include "sim/device/compile_verilator.h"
#include "sim/device/dut_backend.h"
#include "sim/device/shim.h"
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

_Static_assert(SHIM_GO == BENCH_GO && SHIM_TRACED == BENCH_TRACED, "the shim passes the bench's flags on");

typedef struct Verilated {
  void *library;
  ShimRun *run;
  ShimClose *close;
  Shim *shim;
  ShimHost host;
  Bench bench;
} Verilated;

static void close_model(void *state) {
  Verilated *model = state;
  if (model->shim) model->close(model->shim);
  if (model->library) dlclose(model->library);
  bench_free(&model->bench);
  free(model);
}

static unsigned end_of_cycle(void *bench, const DevicePins *device) {
  return bench_cycle(bench, device);
}

// What Verilator makes of very wide nets, and of all that runs only once, keeps megabytes of temporaries on the stack.
static void allow_deep_stack(void) {
  const rlim_t wanted = 64 << 20;
  struct rlimit limit;
  if (getrlimit(RLIMIT_STACK, &limit) || limit.rlim_cur == RLIM_INFINITY || limit.rlim_cur >= wanted) return;
  limit.rlim_cur = limit.rlim_max < wanted ? limit.rlim_max : wanted;
  setrlimit(RLIMIT_STACK, &limit);
}

static bool load(Verilated *model, const char *folder, const char *trace_path, DutError *error) {
  char path[PATH_MAX + 16];
  snprintf(path, sizeof path, "%s/model.so", folder);
  model->library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  if (!model->library) {
    dut_error(error, "%s; remove the folder to have it built again", dlerror());
    return false;
  }
  ShimOpen *open = (ShimOpen *)dlsym(model->library, SHIM_OPEN);
  model->run = (ShimRun *)dlsym(model->library, SHIM_RUN);
  model->close = (ShimClose *)dlsym(model->library, SHIM_CLOSE);
  if (open && model->run && model->close) model->shim = open(trace_path);
  if (!model->shim) dut_error(error, "%s: not a model of this version; remove the folder to have it built again", path);
  return model->shim != NULL;
}

static void *open_model(const DutSettings *settings, const Plan *plan, const AxiMemorySettings *memory,
                        DutError *error) {
  ModelFolder folder;
  if (!model_verilator(settings, plan, &folder, error)) return NULL;
  Verilated *model = calloc(1, sizeof *model);
  if (!model || !bench_init(&model->bench, memory, settings->faults)) {
    dut_error(error, "out of memory");
    free(model);
    model_unlock(&folder);
    return NULL;
  }
  allow_deep_stack();
  bool ok = load(model, folder.path, settings->trace_path, error);
  model_unlock(&folder);
  model->host = (ShimHost){.bench = &model->bench, .pins = &model->bench.host, .cycle = end_of_cycle};
  if (ok) return model;
  close_model(model);
  return NULL;
}

static void carry_out(void *state, const BenchCommand *command, const void *in, void *out, BenchReply *reply) {
  Verilated *model = state;
  if (bench_begin(&model->bench, command)) model->run(model->shim, &model->host, bench_traced(&model->bench));
  if (in || out) {
    uint8_t *bytes = bench_payload(&model->bench, command);
    if (bytes && in) memcpy(bytes, in, command->b);
    if (bytes && out) memcpy(out, bytes, command->b);
  }
  *reply = *bench_reply(&model->bench);
}

const BackendOps dut_verilator = {100000, open_model, carry_out, close_model};
