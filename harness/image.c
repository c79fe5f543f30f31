// Lays a workload out in memory. Free pages between regions let an access beyond an end be seen.
#include "harness/image.h"
#include "gen/error.h"
#include "harness/format/pack.h"

#include <stdlib.h>

enum { PAGE = 4096 };

static bool pack_columns(const Plan *plan, const Workload *w, const Job *job, uint8_t *bytes) {
  ColumnParameters *columns = calloc(w->shape.n, sizeof *columns);
  if (!columns) return false;
  for (uint32_t i = 0; i < w->shape.n; i++)
    columns[i] = (ColumnParameters){w->bias.data ? w->bias.data[i] : 0, w->scales[i].multiplier, w->scales[i].shift};
  pack_parameters(plan, job, columns, bytes);
  free(columns);
  return true;
}

static void pack_a(const Plan *plan, const Workload *w, uint8_t *bytes) {
  const Shape *s = &w->shape;
  uint64_t length = s->conv ? (uint64_t)s->width * s->channels : s->k;
  pack_rows(plan, w->a.tensor.data, s->conv ? s->height : s->m, length, bytes);
}

static void pack_b(const Plan *plan, const Workload *w, const Job *job, uint8_t *bytes) {
  if (w->shape.conv)
    pack_weights(plan, &w->shape, job, w->b.tensor.data, bytes);
  else
    pack_matrix(plan, &w->shape, job, w->b.tensor.data, bytes);
}

static bool allocate(Image *image) {
  for (int i = 0; i < REGION_C; i++)
    if (image->bytes[i] && !(image->data[i] = calloc(image->bytes[i], 1))) return false;
  return true;
}

bool image_build(const Plan *plan, const Workload *w, const Job *job, Image *image) {
  *image = (Image){.job = *job, .bytes = {job->a_bytes, job->b_bytes, job->p_bytes, job->c_bytes}};
  uint64_t next = PAGE, *at = image->address;
  for (int i = 0; i < REGION_COUNT; i++) {
    at[i] = next;
    next += (image->bytes[i] + PAGE - 1) / PAGE * PAGE + PAGE;
  }
  if (!job_place(plan, &image->job, at[REGION_A], at[REGION_B], at[REGION_P], at[REGION_C]))
    return error_at(NULL, 0, 0, "the operands do not fit %d address bits; use smaller ones", plan->addr_bits);
  bool good = allocate(image);
  if (good) {
    pack_a(plan, w, image->data[REGION_A]);
    pack_b(plan, w, job, image->data[REGION_B]);
    if (job->p_bytes) good = pack_columns(plan, w, job, image->data[REGION_P]);
  }
  return good || error_at(NULL, 0, 0, "memory is too short for the packed operands; use smaller ones");
}

void image_free(Image *image) {
  for (int i = 0; i < REGION_COUNT; i++)
    free(image->data[i]);
}
