// Modes that can't win are left out by a look at the densities. In each, B is packed by the matching, then sorted and
// in the groups of other loop orders, then by the greedy method, as long as there is something to gain.
#include "harness/pack/griffin/choose.h"
#include "gen/base/error.h"
#include "harness/pack/griffin/compact.h"
#include "harness/pack/griffin/packing.h"

#define WORTH_SKIPPING .01 // zeros of an operand below which its mode is not tried
#define SORTING_GAINS  1.4 // at most
enum { GROUPS_RUN = 2 };   // sizes of groups that B is packed for

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

typedef struct Matching { // in one mode
  Search *search;
  uint64_t cycles; // of the engine, at least
} Matching;

// Windows that run on end where groups end, and columns are sorted within groups: another order is another packing.
static bool is_fixed(const Search *s, const PackingChoice *choice) {
  return choice->sorted || (choice->mode == MODE_B && s->source->plan->window.run_on);
}

static bool try_image(Matching *m, const PackingChoice *choice, Image *image, ModelEngine *engine) {
  Search *s = m->search;
  const Plan *plan = s->source->plan;
  bool first = choice->order.panels == 0;
  uint64_t engine_cycles = model_engine_bound(plan, image->job.reg, engine);
  if (choice->method == COMPACT_GREEDY && plan_skips_b(plan, choice->mode) && engine_cycles >= m->cycles) return true;
  if (first && !search_list(s, image, engine)) return false;
  if (first) m->cycles = engine_cycles;
  if (choice->sorted && !image->choice.sorted) return true;
  if (search_least(s, image, engine) >= search_best(s)) return true;
  return is_fixed(s, choice) ? search_order(s, image, engine) : search_orders(s, image, engine);
}

static int try_packing(Matching *m, const PackingChoice *choice) {
  const Search *s = m->search;
  Image image;
  ModelEngine *engine = NULL;
  int status = EXIT_BAD_INPUT;
  if (image_build(s->source, choice, &image)) {
    ModelMemory memory = image_memory(&image);
    status = EXIT_DEVICE;
    if (!model_engine_new(s->source->plan, image.job.reg, &memory, true, &engine))
      error_at(NULL, 0, 0, "the cycle model can't read the packed operands, a bug: please report it");
    else if (try_image(m, choice, &image, engine))
      status = EXIT_CORRECT;
  }
  model_engine_free(engine);
  image_free(&image);
  return status;
}

// The same method once more for other groups, each packed for itself.
static int try_groups(Matching *m, PackingChoice choice) {
  const Search *s = m->search;
  int status = EXIT_CORRECT;
  uint32_t panels = 1; // of the groups tried last: nothing moves or runs on in groups of one
  double most = SEARCH_ESTIMATE_OFF * SORTING_GAINS * (double)search_best(s);
  for (int i = 0, runs = 0; i < s->count && runs < GROUPS_RUN && status == EXIT_CORRECT; i++) {
    choice.order = s->orders[i];
    if (choice.order.panels == 1 || choice.order.panels == panels || choice.order.cycles >= most) continue;
    panels = choice.order.panels;
    runs++;
    if (!choice.sorted || gains_by_sorting(s->source, choice.order)) status = try_packing(m, &choice);
  }
  return status;
}

static int try_mode(Search *s, Mode mode) {
  Matching matching = {.search = s}, *m = &matching;
  PackingChoice choice = {.mode = mode, .method = COMPACT_MATCHING};
  int status = try_packing(m, &choice);
  if (!plan_skips_b(s->source->plan, mode)) return status;
  if (status == EXIT_CORRECT && is_fixed(s, &choice)) status = try_groups(m, choice);
  choice.sorted = true;
  if (status == EXIT_CORRECT) status = try_groups(m, choice);
  choice = (PackingChoice){.mode = mode, .method = COMPACT_GREEDY};
  return status == EXIT_CORRECT ? try_packing(m, &choice) : status;
}

int choose_compacted(Search *s, int modes) {
  static const Mode in_turn[MODES_MOST] = {MODE_B, MODE_AB, MODE_A, MODE_DENSE}; // those that often win come first
  int worth = worth_trying(s->source, modes), status = EXIT_CORRECT;
  for (int i = 0; i < MODES_MOST && status == EXIT_CORRECT; i++)
    if (worth >> in_turn[i] & 1) status = try_mode(s, in_turn[i]);
  return status;
}
