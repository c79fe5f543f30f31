// Lays a workload out in memory. Free pages between regions let an access beyond an end be seen.
#include "harness/image.h"
#include "gen/error.h"
#include "harness/format/pack.h"
#include "harness/format/pack_blocks.h"

#include <stdlib.h>

enum { PAGE = 4096 };

static bool pack_columns(const PackingSource *source, const Packing *packing, uint8_t *bytes) {
  const Workload *w = source->workload;
  ColumnParameters *columns = calloc(w->shape.n, sizeof *columns);
  if (!columns) return false;
  for (uint32_t i = 0; i < w->shape.n; i++)
    columns[i] = (ColumnParameters){w->bias.data ? w->bias.data[i] : 0, w->scales[i].multiplier, w->scales[i].shift};
  pack_parameters(source->plan, &packing->job, columns, packing->order, bytes);
  free(columns);
  return true;
}

static void pack_a(const Plan *plan, const Workload *w, uint8_t *bytes) {
  const Shape *s = &w->shape;
  uint64_t rows = s->conv ? s->height : s->m, fibers = s->conv ? (uint64_t)s->width * s->groups : 1;
  uint64_t length = s->conv ? s->channels / s->groups : s->k;
  if (plan->hss_a_g0)
    pack_blocks(plan, w->a.tensor.data, rows, fibers, length, w->epilogue.a_zero, bytes);
  else
    pack_rows(plan, w->a.tensor.data, rows, fibers * length, bytes);
}

static bool place(const Plan *plan, Image *image) {
  uint64_t next = PAGE, *at = image->address;
  for (int i = 0; i < REGION_COUNT; i++) {
    at[i] = next;
    next += (image->bytes[i] + PAGE - 1) / PAGE * PAGE + PAGE;
  }
  if (job_place(plan, &image->job, at[REGION_A], at[REGION_B], at[REGION_P], at[REGION_C]) &&
      job_place_metadata(plan, &image->job, at[REGION_M]))
    return true;
  return error_at(NULL, 0, 0, "the operands do not fit %d address bits; use smaller ones", plan->addr_bits);
}

// Takes B and its metadata over from the packing.
static bool fill(const PackingSource *source, Packing *packing, Image *image) {
  const Job *job = &packing->job;
  image->data[REGION_B] = packing->b;
  image->data[REGION_M] = packing->m;
  image->words = packing->words;
  packing->b = packing->m = NULL;
  packing->words = NULL;
  image->data[REGION_A] = malloc(job->a_bytes);
  if (job->p_bytes) image->data[REGION_P] = malloc(job->p_bytes);
  bool good = image->data[REGION_A] && (!job->p_bytes || image->data[REGION_P]);
  if (good) pack_a(source->plan, source->workload, image->data[REGION_A]);
  if (good && job->p_bytes) good = pack_columns(source, packing, image->data[REGION_P]);
  return good || error_at(NULL, 0, 0, "memory is too short for the packed operands; use smaller ones");
}

bool image_build(const PackingSource *source, const PackingChoice *choice, Image *image) {
  Packing packing;
  *image = (Image){.choice = *choice};
  bool good = packing_make(source, choice, &packing);
  const Job *job = &packing.job;
  image->job = *job;
  image->choice.sorted = packing.order != NULL;
  image->offends = packing.offends;
  uint64_t sizes[REGION_COUNT] = {job->a_bytes, job->b_bytes, job->m_bytes, job->p_bytes, job->c_bytes};
  for (int i = 0; i < REGION_COUNT; i++)
    image->bytes[i] = sizes[i];
  good = good && place(source->plan, image) && fill(source, &packing, image);
  packing_free(&packing);
  return good;
}

void image_free(Image *image) {
  for (int i = 0; i < REGION_COUNT; i++)
    free(image->data[i]);
  free(image->words);
  *image = (Image){0};
}

ModelMemory image_memory(const Image *image) {
  return (ModelMemory){.a = image->data[REGION_A],
                       .b = image->data[REGION_B],
                       .m = image->data[REGION_M],
                       .a_bytes = image->bytes[REGION_A],
                       .b_bytes = image->bytes[REGION_B],
                       .m_bytes = image->bytes[REGION_M]};
}
