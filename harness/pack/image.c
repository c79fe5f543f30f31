// Lays a workload out in memory. Free pages between regions let an access beyond an end be seen.
#include "harness/pack/image.h"
#include "gen/base/error.h"
#include "harness/engine/engine_pack.h"
#include "harness/pack/pack.h"
#include "harness/result/result.h"

#include <inttypes.h>
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

// Rows as they are; NULL if memory is short.
static uint8_t *make_rows(const PackingSource *source, const Job *job) {
  const Workload *w = source->workload;
  const Shape *s = &w->shape;
  uint64_t rows = s->conv ? s->height : s->m, fibers = s->conv ? (uint64_t)s->width * s->groups : 1;
  uint64_t length = s->conv ? s->channels / s->groups : s->k;
  uint8_t *bytes = malloc(job->a_bytes);
  if (bytes && engine_a_in_blocks(source->plan))
    engine_pack(source->plan)->rows(source->plan, w->a.tensor.data, rows, fibers, length, w->epilogue.a_zero, bytes);
  else if (bytes)
    pack_rows(source->plan, w->a.tensor.data, rows, fibers * length, bytes);
  return bytes;
}

static bool compress(const PackingSource *source, const uint8_t *rows, PackedA size, Image *image) {
  char why[JOB_WHY];
  Job dense = image->job;
  if (!job_compress_a(source->plan, size.values, size.meta_bytes, &image->job, why))
    return packing_refuse(source->plan, why);
  image->data[REGION_A] = calloc(image->job.a_bytes, 1);
  image->data[REGION_AM] = calloc(image->job.am_bytes, 1);
  if (!image->data[REGION_A] || !image->data[REGION_AM]) return packing_no_memory();
  engine_pack(source->plan)->compress(source->plan, &dense, rows, image->data[REGION_A], image->data[REGION_AM]);
  return true;
}

static bool fill_a(const PackingSource *source, Image *image) {
  const Plan *plan = source->plan;
  uint8_t *rows = make_rows(source, &image->job);
  if (!rows) return packing_no_memory();
  if (plan_has(plan, PART_COMPRESSED_A) && source->a_format != A_FORMAT_DENSE) {
    PackedA size = engine_pack(plan)->compress(plan, &image->job, rows, NULL, NULL);
    uint64_t bytes = (size.values * (uint64_t)plan->data_bits + 7) / 8 + size.meta_bytes;
    if (source->a_format == A_FORMAT_COMPRESSED || bytes < job_a_moved(&image->job)) {
      bool good = compress(source, rows, size, image);
      free(rows);
      return good;
    }
  }
  image->data[REGION_A] = rows;
  return true;
}

bool image_move(const Plan *plan, uint64_t first, Image *image) {
  uint64_t next = first, *at = image->address;
  for (int i = 0; i < REGION_COUNT; i++) {
    at[i] = next;
    if (i < REGION_AL || image->bytes[i]) next += (image->bytes[i] + PAGE - 1) / PAGE * PAGE + PAGE;
  }
  image->end = next;
  if (job_place(plan, &image->job, at[REGION_A], at[REGION_B], at[REGION_P], at[REGION_C]) &&
      job_place_metadata(plan, &image->job, at[REGION_M], at[REGION_AM], at[REGION_CM]) &&
      job_place_lengths(plan, &image->job, at[REGION_AL], at[REGION_BL], at[REGION_CL]))
    return true;
  return error_at(NULL, 0, 0, "the operands do not fit %d address bits from 0x%" PRIx64 " on; use smaller ones%s",
                  plan->addr_bits, first, first > PAGE ? ", or a lower address" : "");
}

// Takes B and its metadata over from the packing, and A where the engine has packed it, too.
static bool fill(const PackingSource *source, Packing *packing, Image *image) {
  const Job *job = &packing->job;
  image->data[REGION_B] = packing->b;
  image->data[REGION_M] = packing->m;
  image->data[REGION_BL] = packing->bl;
  image->words = packing->words;
  packing->b = packing->m = packing->bl = NULL;
  packing->words = NULL;
  if (!plan_has(source->plan, PART_NEST)) {
    image->data[REGION_A] = packing->a;
    image->data[REGION_AM] = packing->am;
    image->data[REGION_AL] = packing->al;
    packing->a = packing->am = packing->al = NULL;
  }
  if (!job->p_bytes) return true;
  image->data[REGION_P] = malloc(job->p_bytes);
  return (image->data[REGION_P] && pack_columns(source, packing, image->data[REGION_P])) || packing_no_memory();
}

// Nothing else is mapped where the device writes: a byte too many is an error.
static void size_results(const PackingSource *source, Image *image) {
  Job *job = &image->job;
  const Results *expected = &source->workload->expected;
  image->results = expected->dense;
  job->least_bytes -= job->c_bytes + job->cm_bytes + job->cl_bytes;
  ResultSizes size = result_format(job)->size(source->plan, job, expected);
  job->c_bytes = size.c;
  job->cm_bytes = size.meta;
  job->cl_bytes = size.lengths;
  job->least_bytes += job->c_bytes + job->cm_bytes + job->cl_bytes;
  if (!job->c_bytes) job->c_bytes = 1; // that the next job may read
  job_set_capacity(job);
}

static bool build(const PackingSource *source, const PackingChoice *choice, Image *image) {
  Packing packing;
  *image = (Image){.shape = source->workload->shape, .choice = *choice};
  bool good = packing_make(source, choice, &packing);
  const Job *job = &image->job;
  image->job = packing.job;
  image->choice.sorted = packing.order != NULL;
  bool nest = plan_has(source->plan, PART_NEST);
  good = good && (!nest || fill_a(source, image)) && fill(source, &packing, image);
  if (good && job->reg[JOB_C_FORMAT]) size_results(source, image);
  uint64_t sizes[REGION_COUNT] = {job->a_bytes, job->b_bytes,  job->m_bytes,  job->p_bytes,  job->am_bytes,
                                  job->c_bytes, job->cm_bytes, job->al_bytes, job->bl_bytes, job->cl_bytes};
  for (int i = 0; i < REGION_COUNT; i++)
    image->bytes[i] = sizes[i];
  good = good && image_move(source->plan, PAGE, image);
  packing_free(&packing);
  return good;
}

bool image_build(const PackingSource *source, const PackingChoice *choice, Image *image) {
  if (plan_passes(source->plan, choice->mode) == 1) return build(source, choice, image);
  Workload passes;
  PackingSource in_passes = *source;
  *image = (Image){0};
  in_passes.workload = &passes;
  bool good = engine_pack(source->plan)->in_passes(source->plan, source->workload, choice->h, &passes) &&
              build(&in_passes, choice, image);
  image->job.dense_cycles = source->job.dense_cycles; // of the operands as they are
  tensor_free(&passes.a.tensor);
  tensor_free(&passes.b.tensor);
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
                       .am = image->data[REGION_AM],
                       .al = image->data[REGION_AL],
                       .bl = image->data[REGION_BL],
                       .results = image->results,
                       .a_bytes = image->bytes[REGION_A],
                       .b_bytes = image->bytes[REGION_B],
                       .m_bytes = image->bytes[REGION_M],
                       .am_bytes = image->bytes[REGION_AM],
                       .al_bytes = image->bytes[REGION_AL],
                       .bl_bytes = image->bytes[REGION_BL]};
}
