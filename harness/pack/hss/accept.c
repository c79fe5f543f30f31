// Blocks run along K as the device reads it: along rows of a matrix, along the channels of a group in each pixel.
#include "harness/pack/hss/accept.h"
#include "gen/base/error.h"
#include "harness/base/pattern.h"
#include "harness/prune/prune.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

static bool name_offence(const Plan *plan, const Workload *w, int64_t fiber, int64_t first) {
  const Shape *s = &w->shape;
  char where[96];
  if (s->conv) {
    int64_t pixel = fiber / s->groups, channel = fiber % s->groups * (s->channels / s->groups) + first;
    snprintf(where, sizeof where, "--input: pixel %" PRId64 ",%" PRId64 ", channel %" PRId64, pixel / s->width,
             pixel % s->width, channel);
  } else {
    snprintf(where, sizeof where, "--a: row %" PRId64 ", element %" PRId64, fiber, first);
  }
  return error_at(NULL, 0, 0,
                  "%s begins a block of %d with more than %d values that are not zero, which %s can't hold; prune A, "
                  "or say --prune, or leave the choice to --mode auto",
                  where, plan->hss.h0, plan->hss.a_g0, plan->name);
}

// room: the fiber as numbers.
static bool fit_fiber(const Pattern *pattern, bool prune, int32_t zero, int32_t *fiber, int64_t length, double *room,
                      bool *kept, int64_t *first) {
  int rank;
  for (int64_t i = 0; i < length; i++)
    room[i] = (double)fiber[i] - zero;
  *first = prune ? -1 : pattern_offence(pattern, room, length, &rank);
  if (!prune) return *first < 0;
  pattern_keep(pattern, room, length, kept);
  for (int64_t i = 0; i < length; i++)
    if (!kept[i]) fiber[i] = zero;
  return true;
}

static bool accept_a(const Options *options, const Plan *plan, Workload *w) {
  int modes = options->mode ? 1 << (options->mode - 1) : plan_run_modes(plan);
  if (!plan->hss.a_g0) return true;
  w->a_in_passes = !(modes & plan->modes);
  if (w->a_in_passes) return true;
  const Shape *s = &w->shape;
  Pattern pattern = {.count = 1, .ranks = {{plan->hss.a_g0, plan->hss.h0}}};
  int64_t length = s->conv ? s->channels / s->groups : s->k, fibers = tensor_count(&w->a.tensor) / length, first;
  double *room = calloc((size_t)length, sizeof *room);
  bool *kept = calloc((size_t)length, sizeof *kept);
  bool good = (room && kept) || error_at(NULL, 0, 0, "memory is too short for A; use a smaller one");
  for (int64_t f = 0; good && f < fibers && !w->a_in_passes; f++) {
    int32_t *fiber = w->a.tensor.data + f * length;
    if (fit_fiber(&pattern, options->prune, w->epilogue.a_zero, fiber, length, room, kept, &first)) continue;
    w->a_in_passes = (modes & ~plan->modes) != 0;
    good = w->a_in_passes || name_offence(plan, w, f, first);
  }
  free(room);
  free(kept);
  return good;
}

// --prune alone is for structured A, unless it is computed in passes.
static bool accept_weights(const Options *options, const Plan *plan, Workload *w) {
  Pattern pattern;
  bool prunes_a = plan->hss.a_g0 && !w->a_in_passes;
  if (!options->pattern) return !options->prune || prunes_a || prune_needs_pattern();
  if (!pattern_parse(options->pattern, &pattern))
    return error_at(NULL, 0, 0, "--pattern %s is not known; expected " PATTERN_HELP " (at most %d ranks, H at most %d)",
                    options->pattern, PATTERN_RANKS, PATTERN_CHILDREN);
  return !options->prune || prune_weights(&pattern, &w->b.tensor) ||
         error_at(NULL, 0, 0, "memory is too short for the operands and the result; use smaller ones");
}

bool accept_structured(const Options *options, const Plan *plan, Workload *w) {
  return accept_a(options, plan, w) && accept_weights(options, plan, w);
}
