// Where B is compacted, the number of words of each panel decides on the loop order, and the loop order on which panels
// follow each other: so B is compacted panel by panel first, and again by groups where windows run on or columns may
// move within a group.
#include "harness/pack/griffin/packing.h"
#include "gen/base/error.h"
#include "harness/job/schedule.h"
#include "harness/pack/griffin/compact_threads.h"
#include "harness/pack/griffin/words.h"

#include <stdlib.h>

#define SORTING_HELPS .96 // if the fullest columns hold so much less, added up

const char *name_compacted(const Plan *plan, const PackingChoice *choice) {
  static const char *const names[COMPACT_METHODS][2] = {
      [COMPACT_GREEDY] = {"greedy", "greedy, columns sorted"},
      [COMPACT_MATCHING] = {"matching", "matching, columns sorted"},
  };
  return plan_skips_b(plan, choice->mode) ? names[choice->method][choice->sorted] : "as it is";
}

bool prepare_compacted(PackingSource *source) {
  const Plan *plan = source->plan;
  const Job *job = &source->job;
  if (!packing_prepare(source)) return false;
  if (!(plan->modes & (1 << MODE_B | 1 << MODE_AB))) return true;
  size_t panels = job->reg[JOB_PANELS], rows = (size_t)job->reg[JOB_STEPS] * (size_t)plan->k0;
  source->nonzero = malloc(panels * rows * sizeof *source->nonzero);
  source->nonzeros = malloc(panels * (size_t)plan->n0 * sizeof *source->nonzeros);
  if (!source->nonzero || !source->nonzeros) return packing_no_memory();
  pack_nonzero(plan, job, &(PackPlain){source->plain, NULL}, 0, (uint32_t)panels, source->nonzero);
  pack_count(plan, job, source->nonzero, source->nonzeros);
  return true;
}

// Cycles per word of B that the engine will need at this density of A: it skips a share of the zeros, and no window
// gives up more than its words. The shares are those of uniform zeros (docs/engines/griffin.md).
static double pace_of(const Plan *plan, const Workload *w, Mode mode) {
  double zeros = 1 - workload_density_a(w), least = 1;
  if (mode == MODE_A) least = 1 - (plan->window.a_d2 || plan->window.a_d3 ? .75 : .4) * zeros;
  if (mode == MODE_AB) least = 1 - .2 * zeros;
  double window = mode == MODE_A ? 1 + plan->window.a_d1 : mode == MODE_AB ? 1 + plan->window.ab_a1 : 1;
  return least > 1 / window ? least : 1 / window;
}

static bool is_ordered(const PackingChoice *choice) {
  return choice->order.panels > 0;
}

// One compaction of all panels.
typedef struct Compaction {
  CompactRules rules;
  CompactMatrix matrix;
} Compaction;

static bool allocate(const Plan *plan, Packing *packing, Compaction *c) {
  const Job *job = &packing->job;
  size_t words = (size_t)job->reg[JOB_PANELS] * job->reg[JOB_STEPS];
  c->matrix.panels = job->reg[JOB_PANELS];
  c->matrix.steps = job->reg[JOB_STEPS];
  c->matrix.words = malloc(words * sizeof *c->matrix.words);
  c->matrix.codes = malloc(words * (size_t)(plan->n0 * plan->k0) * sizeof *c->matrix.codes);
  c->matrix.panel_words = packing->words = malloc(c->matrix.panels * sizeof *packing->words);
  return (c->matrix.words && c->matrix.codes && c->matrix.panel_words) || packing_no_memory();
}

static void release(Compaction *c) {
  free(c->matrix.words);
  free(c->matrix.codes);
}

static bool compact_alone(const PackingSource *source, CompactMethod method, Compaction *c) {
  CompactRules alone = c->rules;
  alone.run_on = false;
  c->matrix.group_panels = 1;
  c->matrix.nonzero = source->nonzero;
  return compact_matrix(&alone, method, &c->matrix, 0) || packing_no_memory();
}

// Compacts again by the groups of the loop order, or panel by panel as before if a group no longer fits its buffer.
static bool compact_groups(const PackingSource *source, CompactMethod method, const Job *job, const uint64_t *nonzero,
                           Compaction *c, bool *fits) {
  uint32_t panels = job->reg[JOB_GROUP_PANELS];
  c->matrix.group_panels = c->rules.run_on ? panels : 1;
  c->matrix.nonzero = nonzero;
  if (!compact_matrix(&c->rules, method, &c->matrix, 0)) return packing_no_memory();
  *fits = panels == 1 ||
          schedule_group_fits(source->plan, job, &(JobLoad){.words = c->matrix.panel_words, .pace = 1}, panels);
  return *fits || compact_alone(source, method, c);
}

// Sorted columns: their order, and their nonzero bits for compaction. Left NULL where nothing moves or memory is short.
static uint64_t *sort_columns(const PackingSource *source, Packing *packing) {
  const Plan *plan = source->plan;
  const Job *job = &packing->job;
  size_t panels = job->reg[JOB_PANELS], rows = (size_t)job->reg[JOB_STEPS] * (size_t)plan->k0;
  uint64_t *nonzero = malloc(panels * rows * sizeof *nonzero);
  packing->order = malloc(panels * (size_t)plan->n0 * sizeof *packing->order);
  if (nonzero && packing->order && pack_sort(plan, job, source->nonzeros, packing->order)) {
    pack_nonzero(plan, job, &(PackPlain){source->plain, packing->order}, 0, (uint32_t)panels, nonzero);
    return nonzero;
  }
  free(nonzero);
  free(packing->order);
  packing->order = NULL;
  return NULL;
}

// The fullest columns of all panels, added up: what keeps them from being compacted further.
static uint64_t fullest_columns(const PackingSource *source, const uint32_t *order) {
  size_t n0 = (size_t)source->plan->n0, panels = source->job.reg[JOB_PANELS];
  uint64_t sum = 0;
  for (size_t panel = 0; panel < panels; panel++) {
    uint32_t most = 0;
    for (size_t i = panel * n0; i < (panel + 1) * n0; i++) {
      uint32_t nonzeros = source->nonzeros[order ? order[i] * n0 + i % n0 : i];
      if (nonzeros > most) most = nonzeros;
    }
    sum += most;
  }
  return sum;
}

bool gains_by_sorting(const PackingSource *source, JobOrder order) {
  Job job = source->job;
  uint32_t *columns = malloc(job.reg[JOB_PANELS] * (size_t)source->plan->n0 * sizeof *columns);
  job_set_order(source->plan, order, &job);
  bool gains = columns && pack_sort(source->plan, &job, source->nonzeros, columns) &&
               (double)fullest_columns(source, columns) < SORTING_HELPS * (double)fullest_columns(source, NULL);
  free(columns);
  return gains;
}

static bool compact_again(const PackingSource *source, const PackingChoice *choice, Compaction *c, Packing *packing) {
  uint64_t *sorted = choice->sorted ? sort_columns(source, packing) : NULL;
  bool good = true, fits = true;
  if (sorted || c->rules.run_on || is_ordered(choice))
    good = compact_groups(source, (CompactMethod)choice->method, &packing->job, sorted ? sorted : source->nonzero, c,
                          &fits);
  free(sorted);
  if (fits) return good;
  free(packing->order);
  packing->order = NULL;
  return good;
}

static bool write_words(const PackingSource *source, const Compaction *c, Packing *packing) {
  const CompactMatrix *m = &c->matrix;
  Job *job = &packing->job;
  uint64_t total = 0, weights = (uint64_t)(source->plan->n0 * source->plan->k0);
  char why[JOB_WHY];
  for (uint32_t panel = 0; panel < m->panels; panel++)
    total += m->panel_words[panel];
  if (!job_resize(source->plan, total, job, why)) return packing_refuse(source->plan, why);
  packing->b = calloc(job->b_bytes, 1);
  packing->m = calloc(job->m_bytes, 1);
  if (!packing->b || !packing->m) return packing_no_memory();
  PackOutput output = {packing->b, packing->m, 0};
  PackPlain plain = {source->plain, packing->order};
  for (uint32_t first = 0; first < m->panels; first += m->group_panels) {
    uint32_t count = 0;
    for (uint32_t panel = first; panel < m->panels && panel < first + m->group_panels; panel++)
      count += m->panel_words[panel];
    uint64_t at = (uint64_t)first * m->steps;
    pack_words(source->plan, job, &plain, first, count, m->words + at, m->codes + at * weights, &output);
  }
  return true;
}

static bool make_compacted(const PackingSource *source, const PackingChoice *choice, Packing *packing) {
  Compaction c = {.rules = pack_rules(source->plan, choice->mode)};
  bool good = allocate(source->plan, packing, &c);
  if (is_ordered(choice))
    job_set_order(source->plan, choice->order, &packing->job);
  else
    good = good && compact_alone(source, (CompactMethod)choice->method, &c) &&
           packing_order(source, packing->words, pace_of(source->plan, source->workload, choice->mode), &packing->job);
  good = good && compact_again(source, choice, &c, packing);
  if (packing->order) job_sort_columns(source->plan, &packing->job);
  good = good && write_words(source, &c, packing);
  release(&c);
  return good;
}

bool pack_compacted(const PackingSource *source, const PackingChoice *choice, Packing *packing) {
  if (plan_skips_b(source->plan, choice->mode)) return make_compacted(source, choice, packing);
  return packing_as_it_is(source, choice, pace_of(source->plan, source->workload, choice->mode), packing);
}
