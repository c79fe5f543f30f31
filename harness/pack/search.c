// Orders are tried by estimate, until one is as fast as any can be.
#include "harness/pack/search.h"
#include "gen/base/error.h"
#include "harness/base/progress.h"
#include "harness/engine/engine_pack.h"

#include <string.h>

#define GOOD_ENOUGH  1.003   // times what no order stays below: no other order is tried
#define MODEL_CYCLES 6000000 // of all orders of one packing
enum { ORDERS_RUN = 8 };     // at most, of those listed

uint64_t search_best(const Search *s) {
  return s->best->image.data[REGION_B] ? s->best->predicted[COUNTER_CYCLES] : UINT64_MAX;
}

uint64_t search_least(const Search *s, const Image *image, ModelEngine *engine) {
  uint64_t bound = model_engine_bound(s->source->plan, image->job.reg, engine), bytes = image->job.p_bytes;
  bytes += job_a_moved(&image->job);
  bytes += image->bytes[REGION_B] + image->bytes[REGION_M];
  uint64_t bus = bytes / (uint64_t)s->source->plan->bus_bytes;
  return bound > bus ? bound : bus;
}

bool search_list(Search *s, const Image *image, ModelEngine *engine) {
  const Workload *w = s->source->workload;
  const Plan *plan = s->source->plan;
  char why[JOB_WHY];
  double engine_cycles = (double)model_engine_bound(plan, image->job.reg, engine);
  double words = (double)image->job.words * image->job.reg[JOB_TILES];
  double (*pace)(const Plan *, const Workload *, const Job *, uint64_t, uint64_t) = engine_pack(plan)->pace;
  JobLoad load = {.words = image->words, .bandwidth = s->options->mem_bandwidth};
  load.pace = pace ? pace(plan, w, &image->job, image->job.words, image->bytes[REGION_B]) : engine_cycles / words;
  s->count = job_orders(plan, &image->shape, &w->epilogue, &load, &image->job, s->orders, SEARCH_ORDERS, why);
  return s->count > 0 || packing_refuse(plan, why);
}

bool search_predict(const Search *s, const Image *image, ModelEngine *engine, uint64_t most, uint64_t *counters) {
  Progress progress = progress_begin(s->best->predicted[COUNTER_CYCLES]);
  ModelSettings settings = {.mem_latency = (uint32_t)s->options->mem_latency,
                            .mem_bandwidth = s->options->mem_bandwidth,
                            .stall_percent = s->options->stall < 100 ? (int)s->options->stall : 0,
                            .seed = (uint64_t)s->options->seed,
                            .engine = engine,
                            .most_cycles = most,
                            .tick = progress_tick,
                            .user = &progress};
  ModelMemory memory = image_memory(image);
  bool good = model_run(s->source->plan, image->job.reg, &memory, &settings, counters);
  progress_end(&progress);
  return good || error_at(NULL, 0, 0, "the cycle model finds no end of this job, a bug: please report it");
}

// Takes the image over if it is better than the best so far.
static void take_better(Search *s, Image *image, const uint64_t *counters) {
  uint64_t cycles = counters[COUNTER_CYCLES];
  if (cycles >= search_best(s)) return;
  Chosen *best = s->best;
  image_free(&best->image);
  best->image = *image;
  *image = (Image){0};
  memcpy(best->predicted, counters, sizeof best->predicted);
  best->trials[best->image.choice.mode] = (Trial){true, best->image.choice, cycles};
}

bool search_orders(Search *s, Image *image, ModelEngine *engine) {
  uint64_t counters[DUT_COUNTERS], least[DUT_COUNTERS], cycles = search_best(s);
  uint64_t bound = search_least(s, image, engine);
  int best = -1;
  for (int i = 0; i < s->count && i < ORDERS_RUN && s->orders[i].cycles < SEARCH_ESTIMATE_OFF * (double)cycles; i++) {
    if (i > 0 && ((i + 1) * s->orders[0].cycles > MODEL_CYCLES || (double)cycles < GOOD_ENOUGH * (double)bound)) break;
    job_set_order(s->source->plan, s->orders[i], &image->job);
    if (!search_predict(s, image, engine, cycles, counters)) return false;
    if (counters[COUNTER_CYCLES] >= cycles) continue;
    memcpy(least, counters, sizeof least);
    cycles = least[COUNTER_CYCLES];
    best = i;
  }
  if (best < 0) return true;
  job_set_order(s->source->plan, s->orders[best], &image->job);
  take_better(s, image, least);
  return true;
}

bool search_order(Search *s, Image *image, ModelEngine *engine) {
  uint64_t counters[DUT_COUNTERS];
  if (!search_predict(s, image, engine, search_best(s), counters)) return false;
  take_better(s, image, counters);
  return true;
}

static int try_all_orders(Search *s, Image *image) {
  bool good = search_list(s, image, NULL) && search_orders(s, image, NULL);
  image_free(image);
  return good ? EXIT_CORRECT : EXIT_DEVICE;
}

int search_packing(Search *s, const PackingChoice *choice) {
  Image image;
  PackingSource dense = *s->source;
  dense.a_format = A_FORMAT_DENSE;
  if (!image_build(s->source, choice, &image)) {
    image_free(&image);
    return EXIT_BAD_INPUT;
  }
  bool compressed = image.job.reg[JOB_A_FORMAT];
  int status = try_all_orders(s, &image);
  if (status != EXIT_CORRECT || !compressed || s->source->a_format != A_FORMAT_AUTO) return status;
  if (image_build(&dense, choice, &image)) return try_all_orders(s, &image);
  image_free(&image);
  return EXIT_BAD_INPUT;
}

int search_modes(Search *s, int modes) {
  int status = EXIT_CORRECT;
  for (int mode = MODES_MOST - 1; mode >= MODE_DENSE && status == EXIT_CORRECT; mode--)
    if (modes >> mode & 1) status = search_packing(s, &(PackingChoice){.mode = (Mode)mode});
  return status;
}
