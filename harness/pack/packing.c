// Packs B as the engine wants it; by default with a word for every step.
#include "harness/pack/packing.h"
#include "gen/base/error.h"
#include "harness/engine/engine_pack.h"
#include "harness/pack/pack.h"

#include <stdlib.h>
#include <string.h>

const char *packing_name(const Plan *plan, const PackingChoice *choice) {
  const EnginePack *engine = engine_pack(plan);
  return engine->name ? engine->name(plan, choice) : "as it is";
}

bool packing_no_memory(void) {
  return error_at(NULL, 0, 0, "memory is too short for the packed operands; use smaller ones");
}

bool packing_refuse(const Plan *plan, const char *why) {
  return error_at(NULL, 0, 0, "%s can't run this: %s", plan->name, why);
}

static bool begin(const Plan *plan, const Workload *w, const PackingChoice *choice, Job *job) {
  char why[JOB_WHY];
  Shape shape = w->shape;
  const EnginePack *engine = engine_pack(plan);
  memcpy(shape.h, choice->h, sizeof shape.h);
  Mode mode = engine->mode ? engine->mode(plan, choice->mode) : choice->mode;
  return job_begin(plan, &shape, &w->epilogue, mode, job, why) || packing_refuse(plan, why);
}

uint8_t *packing_plain(const Plan *plan, const Workload *w, const Job *job) {
  uint8_t *plain = malloc(pack_plain_bytes(plan, job));
  if (!plain)
    packing_no_memory();
  else if (w->shape.conv)
    pack_weights(plan, &w->shape, job, w->b.tensor.data, plain);
  else
    pack_matrix(plan, &w->shape, job, w->b.tensor.data, plain);
  return plain;
}

bool packing_prepare(PackingSource *source) {
  source->plain = packing_plain(source->plan, source->workload, &source->job);
  return source->plain != NULL;
}

bool packing_source_make(const Plan *plan, const Workload *w, PackingSource *source) {
  *source = (PackingSource){.plan = plan, .workload = w};
  PackingChoice dense = {.mode = MODE_DENSE};
  const EnginePack *engine = engine_pack(plan);
  return begin(plan, w, &dense, &source->job) && (engine->prepare ? engine->prepare : packing_prepare)(source);
}

void packing_source_free(PackingSource *source) {
  free(source->plain);
  free(source->nonzero);
  free(source->nonzeros);
}

bool packing_order(const PackingSource *source, const uint32_t *words, double pace, Job *job) {
  char why[JOB_WHY];
  JobLoad load = {.words = words, .pace = pace};
  return job_order(source->plan, &source->workload->shape, &source->workload->epilogue, &load, job, why) ||
         packing_refuse(source->plan, why);
}

bool packing_as_it_is(const PackingSource *source, const PackingChoice *choice, double pace, Packing *packing) {
  if (!packing_order(source, NULL, pace, &packing->job)) return false;
  if (choice->order.panels) job_set_order(source->plan, choice->order, &packing->job);
  packing->b = malloc(packing->job.b_bytes);
  if (!packing->b) return packing_no_memory();
  memcpy(packing->b, source->plain, packing->job.b_bytes);
  return true;
}

bool packing_make(const PackingSource *source, const PackingChoice *choice, Packing *packing) {
  const EnginePack *engine = engine_pack(source->plan);
  *packing = (Packing){0};
  if (!begin(source->plan, source->workload, choice, &packing->job)) return false;
  return engine->pack ? engine->pack(source, choice, packing) : packing_as_it_is(source, choice, 1, packing);
}

void packing_free(Packing *packing) {
  free(packing->b);
  free(packing->m);
  free(packing->a);
  free(packing->am);
  free(packing->al);
  free(packing->bl);
  free(packing->order);
  free(packing->words);
}
