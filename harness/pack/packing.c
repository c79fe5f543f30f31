// Packs B. Where it is compacted, the number of words of each panel decides on the loop order, and the loop order on
// which panels follow each other: so B is compacted panel by panel first, and again by groups where windows run on or
// columns may move within a group.
#include "harness/pack/packing.h"
#include "gen/base/error.h"
#include "gen/engine/hss/plan.h"
#include "harness/job/schedule.h"
#include "harness/pack/griffin/compact_threads.h"
#include "harness/pack/griffin/words.h"
#include "harness/pack/hss/words.h"
#include "harness/pack/outer/packing.h"
#include "harness/pack/pack.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SORTING_HELPS .96 // if the fullest columns hold so much less, added up

const char *packing_name(const PackingChoice *choice) {
  static const char *const names[COMPACT_METHODS][2] = {
      [COMPACT_GREEDY] = {"greedy", "greedy, columns sorted"},
      [COMPACT_MATCHING] = {"matching", "matching, columns sorted"},
  };
  if (choice->h[0]) return "structured";
  if (choice->records) return job_compacts(choice->mode) ? "bitmaps" : "chunks";
  return job_compacts(choice->mode) ? names[choice->method][choice->sorted] : "as it is";
}

static bool no_memory(void) {
  return error_at(NULL, 0, 0, "memory is too short for the packed operands; use smaller ones");
}

static Shape shape_of(const Workload *w, const uint32_t *h) {
  Shape shape = w->shape;
  for (int rank = 0; rank < 3; rank++)
    shape.h[rank] = h[rank];
  return shape;
}

static bool begin(const Plan *plan, const Workload *w, const PackingChoice *choice, Job *job) {
  char why[JOB_WHY];
  Shape shape = shape_of(w, choice->h);
  Mode mode = is_structured(plan) ? hss_mode(plan, job_compacts(choice->mode)) : choice->mode;
  return job_begin(plan, &shape, &w->epilogue, mode, job, why) ||
         error_at(NULL, 0, 0, "%s can't run this: %s", plan->name, why);
}

static bool find_nonzeros(const Plan *plan, const Job *job, PackingSource *source) {
  size_t panels = job->reg[JOB_PANELS], rows = (size_t)job->reg[JOB_STEPS] * (size_t)plan->k0;
  source->nonzero = malloc(panels * rows * sizeof *source->nonzero);
  source->nonzeros = malloc(panels * (size_t)plan->n0 * sizeof *source->nonzeros);
  if (!source->nonzero || !source->nonzeros) return no_memory();
  pack_nonzero(plan, job, &(PackPlain){source->plain, NULL}, 0, (uint32_t)panels, source->nonzero);
  pack_count(plan, job, source->nonzero, source->nonzeros);
  return true;
}

// B with a word for every step; NULL after a message.
static uint8_t *make_plain_b(const Plan *plan, const Workload *w, const Job *job) {
  uint8_t *plain = malloc(pack_plain_bytes(plan, job));
  if (!plain)
    no_memory();
  else if (w->shape.conv)
    pack_weights(plan, &w->shape, job, w->b.tensor.data, plain);
  else
    pack_matrix(plan, &w->shape, job, w->b.tensor.data, plain);
  return plain;
}

bool packing_source_make(const Plan *plan, const Workload *w, PackingSource *source) {
  *source = (PackingSource){.plan = plan, .workload = w};
  PackingChoice dense = {.mode = MODE_DENSE};
  if (!begin(plan, w, &dense, &source->job)) return false;
  if (is_structured(plan)) return true; // words depend on the structure
  source->plain = make_plain_b(plan, w, &source->job);
  if (!source->plain) return false;
  bool compacts = has_windows(plan) && plan->modes & (1 << MODE_B | 1 << MODE_AB);
  return !compacts || find_nonzeros(plan, &source->job, source);
}

void packing_source_free(PackingSource *source) {
  free(source->plain);
  free(source->nonzero);
  free(source->nonzeros);
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

static bool order_job(const PackingSource *source, const uint32_t *words, Job *job) {
  char why[JOB_WHY];
  JobLoad load = {.words = words, .pace = pace_of(source->plan, source->workload, job->mode)};
  return job_order(source->plan, &source->workload->shape, &source->workload->epilogue, &load, job, why) ||
         error_at(NULL, 0, 0, "%s can't run this: %s", source->plan->name, why);
}

static bool make_plain(const PackingSource *source, const PackingChoice *choice, Packing *packing) {
  if (!order_job(source, NULL, &packing->job)) return false;
  if (is_ordered(choice)) job_set_order(source->plan, choice->order, &packing->job);
  packing->b = malloc(packing->job.b_bytes);
  if (!packing->b) return no_memory();
  memcpy(packing->b, source->plain, packing->job.b_bytes);
  return true;
}

static bool allocate(const Plan *plan, Packing *packing, Compaction *c) {
  const Job *job = &packing->job;
  size_t words = (size_t)job->reg[JOB_PANELS] * job->reg[JOB_STEPS];
  c->matrix.panels = job->reg[JOB_PANELS];
  c->matrix.steps = job->reg[JOB_STEPS];
  c->matrix.words = malloc(words * sizeof *c->matrix.words);
  c->matrix.codes = malloc(words * (size_t)(plan->n0 * plan->k0) * sizeof *c->matrix.codes);
  c->matrix.panel_words = packing->words = malloc(c->matrix.panels * sizeof *packing->words);
  return (c->matrix.words && c->matrix.codes && c->matrix.panel_words) || no_memory();
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
  return compact_matrix(&alone, method, &c->matrix, 0) || no_memory();
}

// Compacts again by the groups of the loop order, or panel by panel as before if a group no longer fits its buffer.
static bool compact_groups(const PackingSource *source, CompactMethod method, const Job *job, const uint64_t *nonzero,
                           Compaction *c, bool *fits) {
  uint32_t panels = job->reg[JOB_GROUP_PANELS];
  c->matrix.group_panels = c->rules.run_on ? panels : 1;
  c->matrix.nonzero = nonzero;
  if (!compact_matrix(&c->rules, method, &c->matrix, 0)) return no_memory();
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

bool packing_gains_by_sorting(const PackingSource *source, JobOrder order) {
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
    good = compact_groups(source, choice->method, &packing->job, sorted ? sorted : source->nonzero, c, &fits);
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
  if (!job_resize(source->plan, total, job, why))
    return error_at(NULL, 0, 0, "%s can't run this: %s", source->plan->name, why);
  packing->b = calloc(job->b_bytes, 1);
  packing->m = calloc(job->m_bytes, 1);
  if (!packing->b || !packing->m) return no_memory();
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
    good = good && compact_alone(source, choice->method, &c) && order_job(source, packing->words, &packing->job);
  good = good && compact_again(source, choice, &c, packing);
  if (packing->order) job_sort_columns(source->plan, &packing->job);
  good = good && write_words(source, &c, packing);
  release(&c);
  return good;
}

// Channels of a block of groups that come before those of a column's own group.
static uint32_t channels_before(const Shape *s, uint32_t column) {
  return s->conv ? column / (s->out_channels / s->groups) * (s->channels / s->groups) : 0;
}

// Where weights break their pattern, in the terms of the operand.
static void name_offence(const PackingSource *source, const PackingChoice *choice, const Job *job,
                         const PackOffence *o) {
  const uint32_t *r = job->reg;
  const Shape *s = &source->workload->shape;
  uint32_t panel = (uint32_t)(o->word / r[JOB_STEPS]), step = (uint32_t)(o->word % r[JOB_STEPS]);
  uint32_t run_steps = r[JOB_STEPS] / (r[JOB_K_ROWS] * r[JOB_K_COLS]), run = step / run_steps;
  uint32_t span = job->k_beat / (uint32_t)source->plan->hss.groups;
  uint32_t inside = panel % r[JOB_BLOCK_PANELS] * (uint32_t)source->plan->n0 + o->column; // of a block of groups
  uint32_t column = panel / r[JOB_BLOCK_PANELS] * r[JOB_BLOCK_COLS] + inside;
  uint32_t element = step % run_steps * job->k_beat + o->group * span + o->element - channels_before(s, inside);
  HssPattern pattern = {{(int)choice->h[0], (int)choice->h[1], (int)choice->h[2]}};
  char where[64] = "", text[32];
  if (s->conv) snprintf(where, sizeof where, " under tap %u,%u", run / r[JOB_K_COLS], run % r[JOB_K_COLS]);
  error_at(NULL, 0, 0,
           "the weights do not obey %s: column %u%s has %d of %d children of rank %d that are not zero, %d "
           "may, in the group from %u on; lacuna prune makes them obey, and so does --prune of run, conv and pack",
           hss_text(source->plan, pattern, text, sizeof text), column, where, o->found, o->children, o->rank, o->kept,
           element);
}

static bool make_structured(const PackingSource *source, const PackingChoice *choice, Packing *packing) {
  const Plan *plan = source->plan;
  Job *job = &packing->job;
  if (!order_job(source, NULL, job)) return false;
  uint8_t *plain = make_plain_b(plan, source->workload, job);
  if (!plain || !job_compacts(choice->mode)) {
    packing->b = plain;
    return plain != NULL;
  }
  PackOffence offence;
  packing->b = calloc(job->b_bytes, 1);
  packing->m = calloc(job->m_bytes, 1);
  bool good = packing->b && packing->m;
  if (!good) no_memory();
  if (good && !pack_structured(plan, job, plain, packing->b, packing->m, &offence)) {
    name_offence(source, choice, job, &offence);
    good = false;
  }
  free(plain);
  return good;
}

bool packing_make(const PackingSource *source, const PackingChoice *choice, Packing *packing) {
  *packing = (Packing){0};
  if (!begin(source->plan, source->workload, choice, &packing->job)) return false;
  if (is_structured(source->plan)) return make_structured(source, choice, packing);
  if (is_outer(source->plan)) return packing_outer(source, choice, packing);
  return job_compacts(choice->mode) ? make_compacted(source, choice, packing) : make_plain(source, choice, packing);
}

void packing_free(Packing *packing) {
  free(packing->b);
  free(packing->m);
  free(packing->order);
  free(packing->words);
}
