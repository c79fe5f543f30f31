// Two layers in one process and on one device. The first one's int8 results stay in memory, by default without their
// zeros; the second job's A is there. Golden results are computed layer by layer, and compared for each.
#include "harness/cli/chain.h"
#include "gen/base/error.h"
#include "gen/base/version.h"
#include "harness/base/outputs.h"
#include "harness/cli/experiment.h"
#include "harness/engine/engine_pack.h"
#include "harness/golden/compare.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define AUTHOR "lacuna " LACUNA_VERSION

typedef struct Layer {
  Options options;
  Experiment e;
  char *text; // that the options' words lie in
} Layer;

typedef struct Chain {
  Options options; // with what is between the layers, once the plan is known
  Layer layer[CHAIN_LAYERS];
} Chain;

static bool read_layer(Chain *c, int i) {
  Layer *l = &c->layer[i];
  const char *text = c->options.layers[i];
  if (!text) return error_at(NULL, 0, 0, "chain needs --layer twice: the weight of the first, of the second layer");
  free(l->text);
  l->text = malloc(strlen(text) + 1);
  l->e.options = &l->options;
  return l->text ? options_layer(&c->options, i, l->text, &l->options) : error_at(NULL, 0, 0, "memory is too short");
}

// What the first layer writes is what the second one reads.
static bool can_chain(const Plan *plan) {
  if (plan->data_bits != 8 || !plan->a_signed)
    return error_at(NULL, 0, 0,
                    "chain: %s reads A of %s %d bits; the first layer writes signed bytes; run one by one with conv",
                    plan->name, plan->a_signed ? "signed" : "unsigned", plan->data_bits);
  if (engine_a_in_blocks(plan))
    return error_at(NULL, 0, 0, "chain: %s reads structured A; the first layer writes rows; run one by one with conv",
                    plan->name);
  return true;
}

static bool set_between(const Plan *plan, Options *o) {
  bool can = plan_has(plan, PART_SPARSE_C);
  if (o->between == BETWEEN_AUTO) o->between = can ? BETWEEN_COMPRESSED : BETWEEN_DENSE;
  return o->between == BETWEEN_DENSE || can ||
         error_at(NULL, 0, 0,
                  "--between compressed: %s can't write so, engine outer with 8 bits can; use --between dense",
                  plan->name);
}

static bool load_first(Chain *c) {
  Experiment *first = &c->layer[0].e;
  return read_layer(c, 0) && read_layer(c, 1) && workload_load(first->options, &first->plan, &first->workload);
}

// Whether the first layer can write what is between; a compressed row has to fit the C buffer.
static bool can_write(const Experiment *first) {
  char why[JOB_WHY];
  Job job;
  return job_plan(&first->plan, &first->workload.shape, &first->workload.epilogue, &job, why);
}

// With the map that --between names, or the one that the engine can write.
static bool load_layers(Chain *c) {
  Experiment *first = &c->layer[0].e, *second = &c->layer[1].e;
  bool named = c->options.between != BETWEEN_AUTO;
  if (!set_between(&first->plan, &c->options) || !load_first(c)) return false;
  if (!named && c->options.between == BETWEEN_COMPRESSED && !can_write(first)) {
    c->options.between = BETWEEN_DENSE;
    workload_free(&first->workload);
    if (!load_first(c)) return false;
  }
  return workload_follow(second->options, &second->plan, &first->workload, &second->workload);
}

// The rows of the first layer's C that are a segment of the second one's A, and those that it reads.
static bool link_layers(Chain *c) {
  Workload *first = &c->layer[0].e.workload, *second = &c->layer[1].e.workload;
  const Plan *plan = &c->layer[0].e.plan;
  char why[JOB_WHY];
  Job next;
  if (!job_begin(plan, &second->shape, &second->epilogue, MODE_DENSE, &next, why))
    return error_at(NULL, 0, 0, "%s can't run the second layer: %s", plan->name, why);
  if (!first->epilogue.seg_rows) return true;
  return job_follow(&next, first->shape.n, &first->epilogue.seg_rows, &first->epilogue.rows) ||
         error_at(NULL, 0, 0, "the second layer reads rows that the first one does not write, a bug: please report it");
}

static int choose(Layer *l) {
  int modes = choose_modes(&l->options, &l->e.plan);
  return modes ? choose_image(&l->options, &l->e.plan, &l->e.workload, modes, &l->e.chosen) : EXIT_BAD_INPUT;
}

// The second image lies behind the first one; pages stay pages, so what the model has predicted stays, too.
static int make_images(Chain *c) {
  Experiment *first = &c->layer[0].e, *second = &c->layer[1].e;
  int status = choose(&c->layer[0]);
  if (status == EXIT_CORRECT) status = choose(&c->layer[1]);
  if (status != EXIT_CORRECT) return status;
  if (!image_move(&first->plan, first->chosen.image.end, &second->chosen.image)) return EXIT_BAD_INPUT;
  return c->options.sim == SIM_MODEL || experiment_bundle(first) ? EXIT_CORRECT : EXIT_BAD_INPUT;
}

static int prepare(Chain *c) {
  Spec spec;
  Experiment *first = &c->layer[0].e, *second = &c->layer[1].e;
  if (!outputs_check(&c->options) || !spec_read(c->options.subject, &spec) || !plan_make(&spec, &first->plan))
    return EXIT_BAD_INPUT;
  second->plan = first->plan;
  if (!can_chain(&first->plan) || !load_layers(c) || !link_layers(c)) return EXIT_BAD_INPUT;
  return make_images(c);
}

// Rows that the first layer does not write, since the second one does not read them, are no mismatch.
static void compare(Experiment *e) {
  const Workload *w = &e->workload;
  uint32_t rows = e->chosen.image.job.reg[JOB_C_FORMAT] ? e->chosen.image.job.reg[JOB_C_ROWS] : w->shape.m;
  Results written = w->expected;
  written.m = rows;
  Difference difference = result_format(&e->chosen.image.job)->compare(&written, &e->run.results);
  CompareShape shape = {w->shape.m, w->shape.n, w->shape.k, e->plan.m0, e->plan.n0};
  e->report.simulated = true;
  e->report.match = !difference.wrong;
  if (difference.wrong) compare_print(&difference, &shape, stderr);
}

static int simulate(Chain *c) {
  DeviceStep steps[CHAIN_LAYERS];
  for (int i = 0; i < CHAIN_LAYERS; i++) {
    Experiment *e = &c->layer[i].e;
    steps[i] = (DeviceStep){&e->workload, &e->chosen.image, e->chosen.predicted[COUNTER_CYCLES], &e->run};
  }
  const Experiment *first = &c->layer[0].e;
  int status = device_chain(&c->options, &first->plan, first->bundle, steps, CHAIN_LAYERS);
  if (status != EXIT_CORRECT) return status;
  for (int i = 0; i < CHAIN_LAYERS; i++) {
    experiment_counted(&c->layer[i].e);
    compare(&c->layer[i].e);
  }
  return EXIT_CORRECT;
}

static uint64_t bytes_of(const Report *r) {
  return r->bytes_a + r->bytes_b + r->bytes_meta + r->bytes_c;
}

static bool is_right(const Chain *c) {
  bool right = true;
  for (int i = 0; i < CHAIN_LAYERS; i++)
    right = right && (!c->layer[i].e.report.simulated || c->layer[i].e.report.match);
  return right;
}

static bool write_json(const Chain *c, const char *between, uint64_t cycles, uint64_t bytes) {
  json_t *layers = json_array();
  for (int i = 0; i < CHAIN_LAYERS; i++)
    json_array_append_new(layers, report_json(&c->layer[i].e.report));
  return json_write(c->options.json,
                    json_pack("{s:s, s:s, s:s, s:I, s:I, s:b, s:o}", "tool", AUTHOR, "config", c->layer[0].e.plan.name,
                              "between", between, "cycles", (json_int_t)cycles, "bytes", (json_int_t)bytes, "match",
                              is_right(c), "layers", layers));
}

static int report(Chain *c) {
  char between[16];
  uint64_t cycles = 0, bytes = 0;
  option_word("between", c->options.between, between, sizeof between);
  for (int i = 0; i < CHAIN_LAYERS; i++) {
    const Report *r = &c->layer[i].e.report;
    printf("Layer %d: ", i + 1);
    report_print(r, stdout);
    cycles += r->cycles;
    bytes += bytes_of(r);
  }
  printf("Chain, feature map between %s: %" PRIu64 " cycles, %" PRIu64 " bytes moved\n", between, cycles, bytes);
  if (c->options.json && !write_json(c, between, cycles, bytes)) return EXIT_BAD_INPUT;
  if (!is_right(c)) return EXIT_MISMATCH;
  const Experiment *last = &c->layer[CHAIN_LAYERS - 1].e;
  const ResultFormat *format = result_format(&last->chosen.image.job);
  if (!c->options.out || format->write(&last->workload, last->options, &last->run.results)) return EXIT_CORRECT;
  return EXIT_BAD_INPUT;
}

static int run_all(Chain *c) {
  int status = prepare(c);
  if (status != EXIT_CORRECT) return status;
  for (int i = 0; i < CHAIN_LAYERS; i++) {
    Experiment *e = &c->layer[i].e;
    experiment_describe(e);
    e->report.json = NULL;
    e->chosen.predicted[COUNTER_MULTS_EFFECTUAL] = (uint64_t)e->workload.effectual;
    if (c->options.sim == SIM_MODEL) experiment_predicted(e);
  }
  if (c->options.sim != SIM_MODEL) status = simulate(c);
  return status == EXIT_CORRECT ? report(c) : status;
}

int chain_run(const Options *options) {
  Chain *c = calloc(1, sizeof *c);
  if (!c) return error_at(NULL, 0, 0, "memory is too short"), EXIT_BAD_INPUT;
  c->options = *options;
  int status = run_all(c);
  for (int i = 0; i < CHAIN_LAYERS; i++) {
    Layer *l = &c->layer[i];
    workload_free(&l->e.workload);
    image_free(&l->e.chosen.image);
    device_free(&l->e.run);
    free(l->text);
  }
  free(c);
  return status;
}
