// Modes that can't win are left out by a look at the densities and at what the engine alone would take; the cycle model
// decides between the others, and between the loop orders that take least by estimate.
#include "harness/choose/choose.h"
#include "gen/base/error.h"
#include "gen/engine/engine.h"
#include "harness/base/progress.h"
#include "harness/pack/hss/choose.h"
#include "harness/pack/outer/packing.h"

#include <stdio.h>
#include <string.h>

const char *const mode_names[MODE_COUNT] = {"dense", "a", "b", "ab"};

#define WORTH_SKIPPING .01     // zeros of an operand below which its mode is not tried
#define ESTIMATE_OFF   1.15    // an order whose estimate is so far above the best time is not tried
#define GOOD_ENOUGH    1.003   // times what no order stays below: no other order is tried
#define SORTING_GAINS  1.4     // at most
#define MODEL_CYCLES   6000000 // of all orders of one packing
enum { ORDERS = 64, ORDERS_RUN = 8, GROUPS_RUN = 2 }; // listed; tried of these; sizes of groups packed for themselves

int choose_modes(const Options *options, const Plan *plan) {
  char word[32], legal[64] = "auto";
  int modes = plan_run_modes(plan);
  if (!options->mode) return modes;
  if (modes >> (options->mode - 1) & 1) return 1 << (options->mode - 1);
  for (int mode = 0; mode < MODE_COUNT; mode++)
    if (modes >> mode & 1) strcat(strcat(legal, ", "), mode_names[mode]);
  error_at(NULL, 0, 0, "--mode %s: %s has a %s engine; its modes are %s",
           option_word("mode", options->mode, word, sizeof word), plan->name, engine_of(plan->engine)->name, legal);
  return 0;
}

// Nonzero elements of A among all that multipliers see, rows and steps that are not full included; padding of a map is
// worth a look by itself.
static double fullness_a(const Plan *plan, const Workload *w, const Job *job) {
  const uint32_t *r = job->reg;
  const Shape *s = &w->shape;
  bool padded = s->conv && (s->pad_top || s->pad_left || s->pad_bottom || s->pad_right);
  double rows = (double)s->m / ((double)r[JOB_TILES] * plan->m0);
  double lanes = (double)r[JOB_K_ROWS] * r[JOB_K_COLS] * r[JOB_RUN] / ((double)r[JOB_STEPS] * plan->k0);
  return padded ? 0 : workload_density_a(w) * rows * lanes;
}

// The same of B: where groups are merged, and where columns or steps are not full, there are more zeros than B has.
static double fullness_b(const PackingSource *source) {
  const Job *job = &source->job;
  uint64_t columns = (uint64_t)job->reg[JOB_PANELS] * (uint64_t)source->plan->n0, nonzeros = 0;
  if (!source->nonzeros) return 1;
  for (uint64_t i = 0; i < columns; i++)
    nonzeros += source->nonzeros[i];
  return (double)nonzeros / ((double)columns * job->reg[JOB_STEPS] * source->plan->k0);
}

// A mode that looks at an operand without zeros does what another mode does with less.
static int worth_trying(const PackingSource *source, int modes) {
  bool zeros_a = fullness_a(source->plan, source->workload, &source->job) < 1 - WORTH_SKIPPING;
  bool zeros_b = fullness_b(source) < 1 - WORTH_SKIPPING;
  int useless = 0;
  if (!zeros_a) useless |= 1 << MODE_A;
  if (!zeros_b) useless |= 1 << MODE_B;
  if (!zeros_a && (!zeros_b || modes >> MODE_B & 1)) useless |= 1 << MODE_AB;
  if (!zeros_b && modes >> MODE_A & 1) useless |= 1 << MODE_AB;
  return modes & ~useless ? modes & ~useless : modes;
}

typedef struct Search {
  const Options *options;
  const PackingSource *source;
  Chosen *best;
  JobOrder orders[ORDERS]; // of the matching, by estimate
  int count;
  uint64_t engine_cycles; // of the matching, at least
} Search;

static uint64_t best_cycles(const Search *s) {
  return s->best->image.data[REGION_B] ? s->best->predicted[COUNTER_CYCLES] : UINT64_MAX;
}

// Cycles that no loop order of this image stays below: for the engine, or for reading every operand once.
static uint64_t least_cycles(const Search *s, const Image *image, ModelEngine *engine) {
  uint64_t bound = model_engine_bound(s->source->plan, image->job.reg, engine), bytes = image->job.p_bytes;
  bytes += job_a_moved(&image->job);
  bytes += image->bytes[REGION_B] + image->bytes[REGION_M];
  uint64_t bus = bytes / (uint64_t)s->source->plan->bus_bytes;
  return bound > bus ? bound : bus;
}

static bool list_orders(Search *s, const Image *image, ModelEngine *engine) {
  const Workload *w = s->source->workload;
  const Plan *plan = s->source->plan;
  char why[JOB_WHY];
  double engine_cycles = (double)model_engine_bound(plan, image->job.reg, engine);
  double words = (double)image->job.words * image->job.reg[JOB_TILES];
  double pace = is_outer(plan) ? packing_outer_pace(plan, w, &image->job, image->job.words, image->bytes[REGION_B])
                               : engine_cycles / words;
  JobLoad load = {.words = image->words, .pace = pace, .bandwidth = s->options->mem_bandwidth};
  s->count = job_orders(plan, &image->shape, &w->epilogue, &load, &image->job, s->orders, ORDERS, why);
  return s->count > 0 || error_at(NULL, 0, 0, "%s can't run this: %s", plan->name, why);
}

// Predicts the counters for the image's loop order; cycles up to `most` only.
static bool predict(const Search *s, const Image *image, ModelEngine *engine, uint64_t most, uint64_t *counters) {
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
  if (cycles >= best_cycles(s)) return;
  Chosen *best = s->best;
  image_free(&best->image);
  best->image = *image;
  *image = (Image){0};
  memcpy(best->predicted, counters, sizeof best->predicted);
  best->trials[best->image.choice.mode] = (Trial){true, best->image.choice, cycles};
}

// ---- loop orders

// Runs the orders that look best; leaves the image in the best one, if that beats the best choice so far.
static bool try_orders(Search *s, Image *image, ModelEngine *engine) {
  uint64_t counters[DUT_COUNTERS], least[DUT_COUNTERS], cycles = best_cycles(s);
  uint64_t bound = least_cycles(s, image, engine);
  int best = -1;
  for (int i = 0; i < s->count && i < ORDERS_RUN && s->orders[i].cycles < ESTIMATE_OFF * (double)cycles; i++) {
    if (i > 0 && ((i + 1) * s->orders[0].cycles > MODEL_CYCLES || (double)cycles < GOOD_ENOUGH * (double)bound)) break;
    job_set_order(s->source->plan, s->orders[i], &image->job);
    if (!predict(s, image, engine, cycles, counters)) return false;
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

static bool try_order(Search *s, Image *image, ModelEngine *engine) {
  uint64_t counters[DUT_COUNTERS];
  if (!predict(s, image, engine, best_cycles(s), counters)) return false;
  take_better(s, image, counters);
  return true;
}

// ---- packings

// Windows that run on end where groups end, and columns are sorted within groups: another order is another packing.
static bool is_fixed(const Search *s, const PackingChoice *choice) {
  return choice->sorted || (choice->mode == MODE_B && s->source->plan->window.run_on);
}

static bool try_image(Search *s, const PackingChoice *choice, Image *image, ModelEngine *engine) {
  const Plan *plan = s->source->plan;
  bool first = choice->order.panels == 0;
  uint64_t engine_cycles = model_engine_bound(plan, image->job.reg, engine);
  if (choice->method == COMPACT_GREEDY && job_compacts(choice->mode) && engine_cycles >= s->engine_cycles) return true;
  if (first && !list_orders(s, image, engine)) return false;
  if (first) s->engine_cycles = engine_cycles;
  if (choice->sorted && !image->choice.sorted) return true;
  if (least_cycles(s, image, engine) >= best_cycles(s)) return true;
  return is_fixed(s, choice) ? try_order(s, image, engine) : try_orders(s, image, engine);
}

static int try_packing(Search *s, const PackingChoice *choice) {
  Image image;
  ModelEngine *engine = NULL;
  int status = EXIT_BAD_INPUT;
  if (image_build(s->source, choice, &image)) {
    ModelMemory memory = image_memory(&image);
    status = EXIT_DEVICE;
    if (!model_engine_new(s->source->plan, image.job.reg, &memory, true, &engine))
      error_at(NULL, 0, 0, "the cycle model can't read the packed operands, a bug: please report it");
    else if (try_image(s, choice, &image, engine))
      status = EXIT_CORRECT;
  }
  model_engine_free(engine);
  image_free(&image);
  return status;
}

// The same method once more for other groups, each packed for itself.
static int try_groups(Search *s, PackingChoice choice) {
  int status = EXIT_CORRECT;
  uint32_t panels = 1; // of the groups tried last: nothing moves or runs on in groups of one
  double most = ESTIMATE_OFF * SORTING_GAINS * (double)best_cycles(s);
  for (int i = 0, runs = 0; i < s->count && runs < GROUPS_RUN && status == EXIT_CORRECT; i++) {
    choice.order = s->orders[i];
    if (choice.order.panels == 1 || choice.order.panels == panels || choice.order.cycles >= most) continue;
    panels = choice.order.panels;
    runs++;
    if (!choice.sorted || packing_gains_by_sorting(s->source, choice.order)) status = try_packing(s, &choice);
  }
  return status;
}

static int try_mode(Search *s, Mode mode) {
  PackingChoice choice = {.mode = mode, .method = COMPACT_MATCHING};
  int status = try_packing(s, &choice);
  if (!job_compacts(mode)) return status;
  if (status == EXIT_CORRECT && is_fixed(s, &choice)) status = try_groups(s, choice);
  choice.sorted = true;
  if (status == EXIT_CORRECT) status = try_groups(s, choice);
  choice = (PackingChoice){.mode = mode, .method = COMPACT_GREEDY};
  return status == EXIT_CORRECT ? try_packing(s, &choice) : status;
}

// Once more with every multiplication counted.
static int count_all(const Search *s, Chosen *chosen) {
  double start = seconds_now();
  if (!predict(s, &chosen->image, NULL, 0, chosen->predicted)) return EXIT_DEVICE;
  chosen->model_s = seconds_now() - start;
  return EXIT_CORRECT;
}

static int try_all_orders(Search *s, Image *image) {
  bool good = list_orders(s, image, NULL) && try_orders(s, image, NULL);
  image_free(image);
  return good ? EXIT_CORRECT : EXIT_DEVICE;
}

// The image in every loop order, and the same with dense A where compressed A has fewer bytes: they are not always
// fewer cycles.
static int try_formats(Search *s, Image *image) {
  PackingChoice choice = image->choice;
  bool compressed = image->job.reg[JOB_A_FORMAT];
  int status = try_all_orders(s, image);
  if (status != EXIT_CORRECT || !compressed || s->source->a_format != A_FORMAT_AUTO) return status;
  PackingSource dense = *s->source;
  dense.a_format = A_FORMAT_DENSE;
  if (image_build(&dense, &choice, image)) return try_all_orders(s, image);
  image_free(image);
  return EXIT_BAD_INPUT;
}

// Structured weights leave nothing to try but loop orders and formats of A.
static int try_structured(Search *s, int modes) {
  Image image = {0};
  int status = structured_image(s->options, s->source, modes, &image);
  if (status == EXIT_CORRECT) return try_formats(s, &image);
  image_free(&image);
  return status;
}

// Zeros of A cost nothing to skip: only those of B can be worth less than their bitmaps.
static int try_outer(Search *s, int modes) {
  int status = EXIT_CORRECT;
  if (modes & 1 << MODE_AB) modes &= ~(1 << MODE_B);
  if (modes & 1 << MODE_A) modes &= ~(1 << MODE_DENSE);
  for (int mode = MODE_COUNT - 1; mode >= MODE_DENSE && status == EXIT_CORRECT; mode--) {
    PackingChoice choice = {.mode = (Mode)mode, .records = true};
    Image image;
    if (!(modes >> mode & 1)) continue;
    if (image_build(s->source, &choice, &image)) {
      status = try_formats(s, &image);
    } else {
      image_free(&image);
      status = EXIT_BAD_INPUT;
    }
  }
  return status;
}

// An A that is to be filled in later lies as it is.
static bool set_a_format(const Options *o, PackingSource *source) {
  bool stands_in = !o->a && !o->input;
  source->a_format = (AFormat)o->a_format;
  if (source->a_format == A_FORMAT_AUTO && stands_in) source->a_format = A_FORMAT_DENSE;
  if (source->a_format != A_FORMAT_COMPRESSED) return true;
  if (source->plan->a_compressed)
    return !stands_in ||
           error_at(NULL, 0, 0, "--a-format compressed needs the values of A: its registers depend on them");
  return error_at(NULL, 0, 0, "--a-format compressed: %s knows no compressed A", source->plan->name);
}

int choose_image(const Options *o, const Plan *plan, const Workload *w, int modes, Chosen *chosen) {
  static const Mode in_turn[MODE_COUNT] = {MODE_B, MODE_AB, MODE_A, MODE_DENSE}; // those that often win come first
  PackingSource source;
  Search search = {.options = o, .source = &source, .best = chosen};
  *chosen = (Chosen){0};
  bool made = packing_source_make(plan, w, &source) && set_a_format(o, &source);
  int status = made ? EXIT_CORRECT : EXIT_BAD_INPUT;
  bool structured = is_structured(plan), outer = is_outer(plan), other = !structured && !outer;
  if (status == EXIT_CORRECT && structured) status = try_structured(&search, modes);
  if (status == EXIT_CORRECT && outer) status = try_outer(&search, modes);
  if (status == EXIT_CORRECT && other) modes = worth_trying(&source, modes);
  for (int i = 0; i < MODE_COUNT && status == EXIT_CORRECT && other; i++)
    if (modes >> in_turn[i] & 1) status = try_mode(&search, in_turn[i]);
  packing_source_free(&source);
  return status == EXIT_CORRECT ? count_all(&search, chosen) : status;
}
