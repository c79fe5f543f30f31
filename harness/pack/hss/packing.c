// Weights with G of H children, from the operand to words and offsets; those that do not obey are named.
#include "harness/pack/hss/packing.h"
#include "gen/base/error.h"
#include "gen/engine/hss/plan.h"
#include "harness/pack/hss/words.h"

#include <stdio.h>
#include <stdlib.h>

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
  hss_text(source->plan, pattern, text, sizeof text);
  error_at(NULL, 0, 0,
           "the weights do not obey %s: column %u%s has %d of %d children of rank %d that are not zero, %d "
           "may, in the group from %u on; lacuna prune --pattern %s makes them obey, and so does --prune --pattern %s "
           "of run, conv and pack; --mode dense takes any weights",
           text, column, where, o->found, o->children, o->rank, o->kept, element, text, text);
}

bool packing_structured(const PackingSource *source, const PackingChoice *choice, Packing *packing) {
  const Plan *plan = source->plan;
  Job *job = &packing->job;
  if (!packing_order(source, NULL, 1, job)) return false;
  uint8_t *plain = packing_plain(plan, source->workload, job);
  if (!plain || !plan_skips_b(plan, choice->mode)) {
    packing->b = plain;
    return plain != NULL;
  }
  PackOffence offence;
  packing->b = calloc(job->b_bytes, 1);
  packing->m = calloc(job->m_bytes, 1);
  bool good = packing->b && packing->m;
  if (!good) packing_no_memory();
  if (good && !pack_structured(plan, job, plain, packing->b, packing->m, &offence)) {
    name_offence(source, choice, job, &offence);
    good = false;
  }
  free(plain);
  return good;
}
