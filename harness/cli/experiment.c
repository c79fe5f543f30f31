// The pipeline of one run. Every stage prints its own errors; here it is decided what they mean for the exit status and
// for the files that are written.
#include "harness/cli/experiment.h"
#include "gen/base/error.h"
#include "gen/base/paths.h"
#include "gen/bundle/bundle.h"
#include "gen/engine/engine.h"
#include "gen/spec/spec.h"
#include "harness/base/outputs.h"
#include "harness/base/progress.h"
#include "harness/choose/choose.h"
#include "harness/engine/engine_pack.h"
#include "harness/golden/compare.h"
#include "harness/pack/injection.h"
#include "harness/run/device.h"
#include "harness/run/report.h"

#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

static bool check_options(const Options *o) {
  Injection injection;
  return injection_parse(o->inject, &injection) && outputs_check(o);
}

static bool check_dataflow(const Options *o, const Plan *plan) {
  char word[32];
  if (!o->dataflow) return true;
  return error_at(NULL, 0, 0, "--dataflow %s: %s has a %s engine; it knows auto only",
                  option_word("dataflow", o->dataflow, word, sizeof word), plan->name, engine_of(plan->engine)->name);
}

bool experiment_bundle(Experiment *e) {
  char rtl[PATH_MAX];
  if (!paths_find("rtl", rtl, sizeof rtl))
    return error_at(NULL, 0, 0, "the folder rtl of this installation is missing; set LACUNA_HOME to the one above it");
  char name[160];
  snprintf(name, sizeof name, "bundles/%s%s-%016" PRIx64, e->plan.prefix, e->plan.name, e->plan.hash);
  return paths_build(name, e->bundle, sizeof e->bundle) && bundle_write(&e->plan, e->options->subject, rtl, e->bundle);
}

static int prepare(Experiment *e) {
  const Options *o = e->options;
  if (!check_options(o) || !spec_read(o->subject, &e->spec) || !plan_make(&e->spec, &e->plan)) return EXIT_BAD_INPUT;
  int modes = check_dataflow(o, &e->plan) ? choose_modes(o, &e->plan) : 0;
  if (!modes || !workload_load(o, &e->plan, &e->workload)) return EXIT_BAD_INPUT;
  int status = choose_image(o, &e->plan, &e->workload, modes, &e->chosen);
  if (status != EXIT_CORRECT) return status;
  bool good = injection_damage(o->inject, &e->plan, &e->chosen.image) && (o->sim == SIM_MODEL || experiment_bundle(e));
  return good ? EXIT_CORRECT : EXIT_BAD_INPUT;
}

// Bytes that dense results would take more.
static int64_t saved_of_c(const Plan *plan, const Job *job) {
  int64_t rows = plan_has(plan, PART_SPARSE_C) ? job->reg[JOB_C_ROWS] : job->reg[JOB_M];
  return rows * job->reg[JOB_N] * result_value_bytes(job) - (int64_t)(job->c_bytes + job->cm_bytes + job->cl_bytes);
}

// What was tried is of interest where there was something to choose.
static void describe_choice(Experiment *e) {
  const Chosen *chosen = &e->chosen;
  const PackingChoice *choice = &chosen->image.choice;
  const EnginePack *engine = engine_pack(&e->plan);
  Report *r = &e->report;
  if (engine->describe) engine->describe(&e->plan, choice, &e->facts);
  r->mode = plan_mode(&e->plan, choice->mode)->word;
  r->packing = packing_name(&e->plan, choice);
  r->windows = e->facts.skips;
  if (*e->facts.pattern) r->pattern = e->facts.pattern;
  if (*e->facts.pattern_a) r->pattern_a = e->facts.pattern_a;
  const Job *job = &chosen->image.job;
  const uint32_t *reg = job->reg;
  r->a_passes = plan_passes(&e->plan, choice->mode);
  if (plan_has(&e->plan, PART_COMPRESSED_A)) r->a_format = reg[JOB_A_FORMAT] ? "compressed" : "dense";
  if (plan_has(&e->plan, PART_COUNTED_C)) r->c_format = result_format(job)->word;
  if (reg[JOB_C_FORMAT]) r->c_saved = saved_of_c(&e->plan, job);
  if (reg[JOB_A_FORMAT]) r->a_saved = (int64_t)job->dense_a_bytes - (int64_t)job_a_moved(job);
  r->padding = (int64_t)reg[JOB_STEPS] * job->k_beat - r->a_passes * (int64_t)job->merged_groups * r->k;
  for (Mode mode = 0; mode < MODES_MOST; mode++) {
    const Trial *trial = &chosen->trials[mode];
    if (trial->cycles)
      r->tried[mode] =
          (ReportTrial){plan_mode(&e->plan, mode)->word, packing_name(&e->plan, &trial->choice), trial->cycles};
  }
  r->dense_cycles = chosen->image.job.dense_cycles;
  r->least_bytes = chosen->image.job.least_bytes;
  r->model_cycles = chosen->predicted[COUNTER_CYCLES];
  r->model_engine_cycles = model_engine_cycles(chosen->predicted);
}

void experiment_describe(Experiment *e) {
  const Workload *w = &e->workload;
  const Shape *s = &w->shape;
  Report *r = &e->report;
  snprintf(e->work, sizeof e->work, s->conv ? "convolution %" PRIu32 "x%" PRIu32 : "GEMM", s->kernel_h, s->kernel_w);
  *r = (Report){.config = e->plan.name, .engine = engine_of(e->plan.engine)->name, .work = e->work};
  r->sim = option_word("sim", e->options->sim, e->sim, sizeof e->sim);
  r->plan_hash = e->plan.hash;
  r->m = s->m;
  r->n = s->n;
  r->k = s->k;
  r->nnz_a = w->nnz_a;
  r->nnz_b = w->nnz_b;
  r->count_a = tensor_count(&w->a.tensor);
  r->count_b = tensor_count(&w->b.tensor);
  r->macs = e->plan.macs;
  describe_choice(e);
  r->scale_a = w->a.scale;
  r->scale_b = w->b.scale;
  r->scale_out = w->unit;
  r->quantised_a = w->a.quantised;
  if (w->bias.data)
    r->bias = w->bias_real ? "real values, rounded to units of the accumulator" : "units of the accumulator";
  r->quantised_b = w->b.quantised;
  r->float_bits = w->spared ? e->plan.data_bits - w->spared : 0;
  r->json = e->options->json;
  r->trace = e->options->trace;
  r->bundle = *e->bundle ? e->bundle : NULL;
}

static void take_counters(Experiment *e, const uint64_t *counter, double wall_s) {
  Report *r = &e->report;
  r->cycles = counter[COUNTER_CYCLES];
  for (int i = 0; i < CAUSES; i++)
    r->split[i] = counter[COUNTER_CAUSES + i];
  r->issued = counter[COUNTER_MULTS_ISSUED];
  r->effectual = counter[COUNTER_MULTS_EFFECTUAL];
  r->skipped = counter[COUNTER_MULTS_SKIPPED];
  r->buffer_reads = counter[COUNTER_BUFFER_READS];
  if (e->facts.reads) r->buffer_all = counter[COUNTER_CYC_MULTIPLY] * (uint64_t)(e->plan.a_rows * e->plan.a_columns);
  r->bytes_a = counter[COUNTER_BYTES_A];
  r->bytes_b = counter[COUNTER_BYTES_B];
  r->bytes_meta = counter[COUNTER_BYTES_META];
  r->bytes_c = counter[COUNTER_BYTES_C];
  for (int i = 0; i < BORROWED_COUNT; i++)
    r->borrowed[i] = counter[COUNTER_BORROWED_1 + i];
  r->depth = e->plan.a_depth;
  r->wall_s = wall_s;
}

// Says what is wrong and records the cycles before the first wrong element was written.
static void explain_mismatch(Experiment *e, const Difference *difference) {
  const Workload *w = &e->workload;
  CompareShape shape = {w->shape.m, w->shape.n, w->shape.k, e->plan.m0, e->plan.n0};
  compare_print(difference, &shape, stderr);
  bool rows = e->run.results.dense && !w->epilogue.seg_rows; // an element has its place
  if (e->options->trace || e->options->sim != SIM_VERILATOR || !rows) return;
  snprintf(e->trace, sizeof e->trace, "%s/mismatch.fst", e->bundle);
  int64_t element = difference->first_row * w->shape.n + difference->first_col;
  if (device_trace_element(e->options, &e->plan, w, &e->chosen.image, e->bundle, &e->run, element, e->trace))
    e->report.trace = e->trace;
}

static int write_report(const Experiment *e) {
  if (e->options->json && !report_write(&e->report, e->options->json)) return EXIT_BAD_INPUT;
  report_print(&e->report, stdout);
  return e->report.match || !e->report.simulated ? EXIT_CORRECT : EXIT_MISMATCH;
}

// With lean counters the hardware has no counts of multiplications that depend on operands, nor of buffer reads.
static void take_uncounted(Experiment *e) {
  static const DutCounter rest[] = {COUNTER_MULTS_ISSUED, COUNTER_MULTS_EFFECTUAL, COUNTER_MULTS_SKIPPED,
                                    COUNTER_BUFFER_READS};
  for (size_t i = 0; i < sizeof rest / sizeof *rest; i++)
    e->run.counters[rest[i]] = e->chosen.predicted[rest[i]];
  for (int i = 0; i < BORROWED_COUNT; i++)
    e->run.counters[COUNTER_BORROWED_1 + i] = e->chosen.predicted[COUNTER_BORROWED_1 + i];
}

void experiment_counted(Experiment *e) {
  if (!e->plan.counters_full) take_uncounted(e);
  take_counters(e, e->run.counters, e->run.wall_s);
}

void experiment_predicted(Experiment *e) {
  take_counters(e, e->chosen.predicted, e->chosen.model_s);
}

static int simulate(Experiment *e) {
  const Options *o = e->options;
  const Workload *w = &e->workload;
  const uint64_t *predicted = e->chosen.predicted;
  int status = device_run(o, &e->plan, w, &e->chosen.image, e->bundle, predicted[COUNTER_CYCLES], &e->run);
  if (status != EXIT_CORRECT) return status;
  experiment_counted(e);
  const ResultFormat *format = result_format(&e->chosen.image.job);
  Difference difference = format->compare(&w->expected, &e->run.results);
  e->report.simulated = true;
  e->report.match = !difference.wrong;
  if (difference.wrong) explain_mismatch(e, &difference);
  bool write = o->out && (e->report.match || o->keep);
  if (write && !format->write(w, o, &e->run.results)) return EXIT_BAD_INPUT;
  if (write) e->report.out = o->out;
  return write_report(e);
}

static int run_all(Experiment *e) {
  int status = prepare(e);
  if (status != EXIT_CORRECT) return status;
  experiment_describe(e);
  e->chosen.predicted[COUNTER_MULTS_EFFECTUAL] = (uint64_t)e->workload.effectual; // of the operands, not of the job
  const EnginePack *engine = engine_pack(&e->plan);
  if (engine->predict) engine->predict(&e->plan, &e->chosen.image.job, e->chosen.predicted);
  if (e->options->sim != SIM_MODEL) return simulate(e);
  experiment_predicted(e);
  return write_report(e);
}

int experiment_run(const Options *options) {
  Experiment *e = calloc(1, sizeof *e);
  if (!e) return error_at(NULL, 0, 0, "memory is too short"), EXIT_BAD_INPUT;
  e->options = options;
  int status = run_all(e);
  workload_free(&e->workload);
  image_free(&e->chosen.image);
  device_free(&e->run);
  free(e);
  return status;
}
