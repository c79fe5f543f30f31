// The hardware fixes G of every rank; a job may have any H up to the largest. A sparser pattern takes more of K in a
// step, but steps end where a block, a pixel or a group of channels ends, so its job may have as many or more: steps
// decide.
#include "harness/pack/hss/choose.h"
#include "gen/base/error.h"
#include "gen/engine/hss/plan.h"
#include "harness/base/pattern.h"
#include "harness/pack/hss/passes.h"

#include <stdlib.h>
#include <string.h>

// Ranks that the pattern does not name must be dense.
static bool named_pattern(const Options *o, const Plan *plan, uint32_t h[3]) {
  const int g[3] = {plan->hss.g0, plan->hss.g1, plan->hss.g2}, most[3] = {plan->hss.h0, plan->hss.h1, plan->hss.h2};
  Pattern pattern;
  bool good = pattern_parse(o->pattern, &pattern);
  for (int rank = 0; rank < 3; rank++) {
    bool named = good && rank < pattern.count;
    h[rank] = (uint32_t)(named ? pattern.ranks[rank].h : g[rank]);
    if (named && (pattern.ranks[rank].g != g[rank] || pattern.ranks[rank].h > most[rank])) good = false;
  }
  char text[32];
  return good || error_at(NULL, 0, 0,
                          "--pattern %s: %s keeps %d of %d to %d words of a block, %d of %d to %d blocks, %d of %d to "
                          "%d parts; its sparsest is --pattern %s",
                          o->pattern, plan->name, g[0], g[0], most[0], g[1], g[1], most[1], g[2], g[2], most[2],
                          hss_text(plan, (HssPattern){{most[0], most[1], most[2]}}, text, sizeof text));
}

// ---- jobs that are not packed yet

// False, without a message, if the shape is too large.
static bool begin(const PackingSource *source, const PackingChoice *choice, Shape *shape, Job *job) {
  const Workload *w = source->workload;
  char why[JOB_WHY];
  *shape = w->shape;
  memcpy(shape->h, choice->h, sizeof shape->h);
  return (plan_passes(source->plan, choice->mode) == 1 || passes_shape(source->plan, choice->h, shape, why)) &&
         job_begin(source->plan, shape, &w->epilogue, hss_mode(source->plan, plan_skips_b(source->plan, choice->mode)),
                   job, why);
}

static bool fits(const PackingSource *source, const PackingChoice *choice) {
  Shape shape;
  Job job;
  char why[JOB_WHY];
  return begin(source, choice, &shape, &job) &&
         job_order(source->plan, &shape, &source->workload->epilogue, &(JobLoad){.pace = 1}, &job, why);
}

static uint64_t steps_of(const PackingSource *source, const PackingChoice *choice) {
  Shape shape;
  Job job;
  return begin(source, choice, &shape, &job) ? job.steps : UINT64_MAX;
}

// ---- the pattern with the fewest steps that the weights obey

typedef struct Candidate {
  PackingChoice choice;
  uint64_t steps; // UINT64_MAX if there is no such job
  int place;      // among all patterns, sparsest first
  bool obeyed;
} Candidate;

static int compare_candidates(const void *left, const void *right) {
  const Candidate *a = left, *b = right;
  if (a->steps != b->steps) return a->steps < b->steps ? -1 : 1;
  return a->place - b->place;
}

// Lists the candidates with at most `most` steps, the best first; returns their number.
static int list_candidates(const PackingSource *source, Mode skipping, uint64_t most, Candidate *list) {
  static HssPattern patterns[HSS_PATTERNS];
  int count = 0, all = hss_patterns(source->plan, patterns);
  for (int i = 0; i < all; i++) {
    Candidate candidate = {.choice = {.mode = skipping}, .place = i, .obeyed = true};
    for (int rank = 0; rank < 3; rank++)
      candidate.choice.h[rank] = (uint32_t)patterns[i].h[rank];
    candidate.steps = steps_of(source, &candidate.choice);
    if (candidate.steps <= most) list[count++] = candidate;
  }
  qsort(list, (size_t)count, sizeof *list, compare_candidates);
  return count;
}

static bool fiber_obeys(const Plan *plan, const uint32_t h[3], const double *fiber, int64_t length) {
  Pattern pattern = {3, {{plan->hss.g0, (int)h[0]}, {plan->hss.g1, (int)h[1]}, {plan->hss.g2, (int)h[2]}}};
  int rank;
  return pattern_offence(&pattern, fiber, length, &rank) < 0;
}

// Fibers run along K, or along the channels of a group at each place of the kernel.
static bool mark_obeyed(const PackingSource *source, Candidate *list, int count) {
  const Shape *s = &source->workload->shape;
  const Tensor *weights = &source->workload->b.tensor;
  int64_t length = s->conv ? s->channels / s->groups : s->k, inner = s->conv ? s->kernel_h * s->kernel_w : s->n;
  int64_t fibers = tensor_count(weights) / length;
  double *fiber = malloc((size_t)length * sizeof *fiber);
  if (!fiber) return error_at(NULL, 0, 0, "memory is too short for the weights; use smaller ones");
  int left = count;
  for (int64_t f = 0; f < fibers && left > 0; f++) {
    const int32_t *from = weights->data + f / inner * inner * length + f % inner;
    for (int64_t i = 0; i < length; i++)
      fiber[i] = from[i * inner];
    for (int i = 0; i < count; i++) {
      if (!list[i].obeyed || fiber_obeys(source->plan, list[i].choice.h, fiber, length)) continue;
      list[i].obeyed = false;
      left--;
    }
  }
  free(fiber);
  return true;
}

// Where no candidate will do, the mode that asks nothing of the weights is left, or else one that is refused when it is
// packed: of a pattern that they obey and that does not fit, if there is one. False after a message.
static bool find_fastest(const PackingSource *source, Mode plain, Mode skipping, bool dense, PackingChoice *choice) {
  static Candidate list[HSS_PATTERNS];
  PackingChoice plain_choice = {.mode = plain};
  uint64_t most = dense && fits(source, &plain_choice) ? steps_of(source, &plain_choice) - 1 : UINT64_MAX;
  int count = list_candidates(source, skipping, most, list);
  if (!mark_obeyed(source, list, count)) return false;
  const Candidate *found = NULL, *last = NULL;
  for (int i = 0; i < count && !found; i++) {
    if (!list[i].obeyed) continue;
    if (fits(source, &list[i].choice)) found = &list[i];
    if (!last) last = &list[i];
  }
  if (!found && !dense) found = last ? last : &list[count - 1];
  *choice = found ? found->choice : plain_choice;
  return true;
}

static bool find_choice(const Options *options, const PackingSource *source, int modes, PackingChoice *choice) {
  bool obeys = source->plan->hss.a_g0 && !source->workload->a_in_passes; // zeros of A are skipped, too
  Mode plain = obeys ? MODE_A : MODE_DENSE, skipping = obeys ? MODE_AB : MODE_B;
  bool dense = modes >> plain & 1, sparse = modes >> skipping & 1;
  *choice = (PackingChoice){.mode = sparse ? skipping : plain};
  if (options->pattern && !sparse && !options->prune)
    return error_at(NULL, 0, 0, "--pattern %s has no use in mode %s, but to say what --prune does", options->pattern,
                    plan_mode(source->plan, plain)->word);
  if (options->pattern && sparse) return named_pattern(options, source->plan, choice->h);
  return !sparse || find_fastest(source, plain, skipping, dense, choice);
}

int choose_structured(Search *s, int modes) {
  PackingChoice choice;
  return find_choice(s->options, s->source, modes, &choice) ? search_packing(s, &choice) : EXIT_BAD_INPUT;
}
