// The pipeline of one run. Every stage prints its own errors; here it is decided what they mean for the exit status and
// for the files that are written.
#include "harness/experiment.h"
#include "gen/bundle.h"
#include "gen/engine.h"
#include "gen/error.h"
#include "gen/output.h"
#include "gen/spec.h"
#include "harness/compare.h"
#include "harness/device.h"
#include "harness/progress.h"
#include "harness/report.h"
#include "sim/model.h"
#include "sim/paths.h"

#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#define BUNDLES "build/bundles"

typedef struct Experiment {
  const Options *options;
  Spec spec;
  Plan plan;
  Workload workload;
  Job job;
  Image image;
  uint64_t predicted[DUT_COUNTERS]; // by the cycle model
  double model_s;                   // what the prediction took
  DeviceRun run;
  Report report;
  char bundle[256], trace[288]; // folder; waveform of a mismatch
  char mode[32], sim[16], work[64];
} Experiment;

static bool check_options(const Options *o) {
  AxiFault fault;
  size_t faults;
  if (o->trace_window[0] > o->trace_window[1])
    return error_at(NULL, 0, 0, "--trace-window begins after its end; give FROM:TO");
  if (o->trace_window[1] && !o->trace) return error_at(NULL, 0, 0, "--trace-window needs --trace FILE.fst");
  if (o->sim == SIM_MODEL && (o->out || o->trace || o->stall || o->inject))
    return error_at(NULL, 0, 0, "--sim model knows cycles only; --out, --trace, --stall and --inject need a simulator");
  if (o->out && o->json && !strcmp(o->out, o->json))
    return error_at(o->out, 0, 0, "--out and --json name the same file; give two names");
  return device_parse_fault(o->inject, &fault, &faults) && output_check(o->out) && output_check(o->json) &&
         output_check(o->trace);
}

// The dense engine has one mode and one order of loops.
static bool check_mode(const Options *o, const Plan *plan, char *mode, int size) {
  char word[32];
  option_word("mode", o->mode, mode, size);
  if (strcmp(mode, "auto") && strcmp(mode, "dense"))
    return error_at(NULL, 0, 0, "--mode %s: %s has a dense engine; its modes are auto and dense", mode, plan->name);
  snprintf(mode, (size_t)size, "dense");
  if (!o->dataflow) return true;
  return error_at(NULL, 0, 0, "--dataflow %s: %s has a dense engine; it knows auto only",
                  option_word("dataflow", o->dataflow, word, sizeof word), plan->name);
}

static bool make_bundle(Experiment *e) {
  char rtl[PATH_MAX];
  if (!paths_find("rtl", rtl, sizeof rtl))
    return error_at(NULL, 0, 0, "the folder rtl of this installation is missing; set LACUNA_HOME to the one above it");
  snprintf(e->bundle, sizeof e->bundle, BUNDLES "/%s-%016" PRIx64, e->plan.name, e->plan.hash);
  return bundle_write(&e->plan, e->options->subject, rtl, e->bundle);
}

static bool prepare(Experiment *e) {
  const Options *o = e->options;
  char why[JOB_WHY];
  if (!check_options(o) || !spec_read(o->subject, &e->spec) || !plan_make(&e->spec, &e->plan)) return false;
  if (!check_mode(o, &e->plan, e->mode, sizeof e->mode) || !workload_load(o, &e->plan, &e->workload)) return false;
  if (!job_plan(&e->plan, &e->workload.shape, &e->workload.epilogue, &e->job, why))
    return error_at(NULL, 0, 0, "%s can't run this: %s", e->plan.name, why);
  return image_build(&e->plan, &e->workload, &e->job, &e->image) && make_bundle(e);
}

static int64_t count_nonzero(const Tensor *tensor, int32_t zero) {
  int64_t count = tensor_count(tensor), nonzero = 0;
  for (int64_t i = 0; i < count; i++)
    nonzero += tensor->data[i] != zero;
  return nonzero;
}

static void describe_work(Experiment *e) {
  const Workload *w = &e->workload;
  const Shape *s = &w->shape;
  Report *r = &e->report;
  snprintf(e->work, sizeof e->work, s->conv ? "convolution %" PRIu32 "x%" PRIu32 : "GEMM", s->kernel_h, s->kernel_w);
  *r = (Report){.config = e->plan.name, .engine = engine_of(e->plan.engine)->name, .mode = e->mode, .work = e->work};
  r->sim = option_word("sim", e->options->sim, e->sim, sizeof e->sim);
  r->plan_hash = e->plan.hash;
  r->m = s->m;
  r->n = s->n;
  r->k = s->k;
  r->nnz_a = count_nonzero(&w->a.tensor, w->epilogue.a_zero);
  r->nnz_b = count_nonzero(&w->b.tensor, 0);
  r->count_a = tensor_count(&w->a.tensor);
  r->count_b = tensor_count(&w->b.tensor);
  r->macs = e->plan.macs;
  r->dense_cycles = e->job.dense_cycles;
  r->least_bytes = e->job.least_bytes;
  r->scale_a = w->a.scale;
  r->scale_b = w->b.scale;
  r->scale_out = w->unit;
  r->json = e->options->json;
  r->trace = e->options->trace;
  r->bundle = e->bundle;
}

// Counter of each part of the split, in the order of REPORT_SPLIT.
#define SPLIT_COUNTER(NAME, ...) COUNTER_CYC_##NAME,
static const DutCounter split_counters[SPLIT_COUNT] = {REPORT_SPLIT(SPLIT_COUNTER)};
#undef SPLIT_COUNTER

static void take_counters(Experiment *e, const uint64_t *counter, double wall_s) {
  Report *r = &e->report;
  r->cycles = counter[COUNTER_CYCLES];
  for (int i = 0; i < SPLIT_COUNT; i++)
    r->split[i] = counter[split_counters[i]];
  r->issued = counter[COUNTER_MULTS_ISSUED];
  r->effectual = counter[COUNTER_MULTS_EFFECTUAL];
  r->skipped = counter[COUNTER_MULTS_SKIPPED];
  r->bytes_a = counter[COUNTER_BYTES_A];
  r->bytes_b = counter[COUNTER_BYTES_B];
  r->bytes_meta = counter[COUNTER_BYTES_META];
  r->bytes_c = counter[COUNTER_BYTES_C];
  r->wall_s = wall_s;
}

static bool predict(Experiment *e) {
  ModelSettings settings = {.mem_latency = (uint32_t)e->options->mem_latency,
                            .mem_bandwidth = e->options->mem_bandwidth};
  ModelMemory memory = {.a = e->image.data[REGION_A],
                        .b = e->image.data[REGION_B],
                        .a_bytes = e->image.bytes[REGION_A],
                        .b_bytes = e->image.bytes[REGION_B]};
  double start = seconds_now();
  if (!model_run(&e->plan, &e->image.job, &memory, &settings, e->predicted))
    return error_at(NULL, 0, 0, "the cycle model finds no end of this job, a bug: please report it");
  e->model_s = seconds_now() - start;
  e->report.model_cycles = e->predicted[COUNTER_CYCLES];
  e->report.model_engine_cycles = model_engine_cycles(e->predicted);
  e->predicted[COUNTER_MULTS_EFFECTUAL] = (uint64_t)e->workload.effectual; // of the operands, not of the job
  return true;
}

// Says what is wrong and records the cycles before the first wrong element was written.
static void explain_mismatch(Experiment *e, const Difference *difference) {
  const Workload *w = &e->workload;
  CompareShape shape = {w->shape.m, w->shape.n, w->shape.k, e->plan.m0, e->plan.n0};
  compare_print(difference, &shape, stderr);
  if (e->options->trace || e->options->sim != SIM_VERILATOR) return;
  snprintf(e->trace, sizeof e->trace, "%s/mismatch.fst", e->bundle);
  int64_t element = difference->first_row * w->shape.n + difference->first_col;
  if (device_trace_element(e->options, &e->plan, w, &e->image, e->bundle, &e->run, element, e->trace))
    e->report.trace = e->trace;
}

static int write_report(const Experiment *e) {
  if (e->options->json && !report_write(&e->report, e->options->json)) return EXIT_BAD_INPUT;
  report_print(&e->report, stdout);
  return e->report.match || !e->report.simulated ? EXIT_CORRECT : EXIT_MISMATCH;
}

static int simulate(Experiment *e) {
  const Options *o = e->options;
  const Workload *w = &e->workload;
  int status = device_run(o, &e->plan, w, &e->image, e->bundle, e->predicted[COUNTER_CYCLES], &e->run);
  if (status != EXIT_CORRECT) return status;
  if (!e->plan.counters_full) e->run.counters[COUNTER_MULTS_EFFECTUAL] = e->predicted[COUNTER_MULTS_EFFECTUAL];
  take_counters(e, e->run.counters, e->run.wall_s);
  Difference difference = compare_results(w->expected, e->run.results, w->shape.m, w->shape.n);
  e->report.simulated = true;
  e->report.match = !difference.wrong;
  if (difference.wrong) explain_mismatch(e, &difference);
  bool write = o->out && (e->report.match || o->keep);
  if (write && !workload_write(w, o, e->run.results)) return EXIT_BAD_INPUT;
  if (write) e->report.out = o->out;
  return write_report(e);
}

static int run_all(Experiment *e) {
  if (!prepare(e)) return EXIT_BAD_INPUT;
  describe_work(e);
  if (!predict(e)) return EXIT_DEVICE;
  if (e->options->sim != SIM_MODEL) return simulate(e);
  take_counters(e, e->predicted, e->model_s);
  return write_report(e);
}

int experiment_run(const Options *options) {
  Experiment *e = calloc(1, sizeof *e);
  if (!e) return error_at(NULL, 0, 0, "memory is too short"), EXIT_BAD_INPUT;
  e->options = options;
  int status = run_all(e);
  workload_free(&e->workload);
  image_free(&e->image);
  device_free(&e->run);
  free(e);
  return status;
}
