// The packer's record of the engine in own_gen.h: how A and B lie in memory, from operands that are dense or held by
// their nonzeros.
#ifndef LACUNA_TEST_OWN_PACK_H
#define LACUNA_TEST_OWN_PACK_H

#include "harness/engine/engine_pack.h"
#include "harness/pack/packing.h"
#include "harness/result/result.h"
#include <stdlib.h>
#include <string.h>

static void put_number(uint8_t *bytes, uint64_t index, uint32_t value) {
  for (int i = 0; i < 4; i++)
    bytes[4 * index + (uint64_t)i] = (uint8_t)(value >> 8 * i);
}

static bool own_job(const Plan *p, const Shape *shape, const Epilogue *epilogue, Job *job, char *why) {
  (void)p;
  snprintf(why, JOB_WHY, "it knows matrices and int32 results alone");
  job->reg[JOB_C_FORMAT] = RESULT_CSR;
  job->al_bytes = 4 * (uint64_t)shape->m;
  job->bl_bytes = 4 * ((uint64_t)shape->k + 1);
  job->reg[JOB_AL_BYTES] = (uint32_t)job->al_bytes;
  job->reg[JOB_BL_BYTES] = (uint32_t)job->bl_bytes;
  return !shape->conv && !epilogue->narrow && !epilogue->params;
}

static bool own_prepare(PackingSource *source) {
  (void)source;
  return true;
}

// Rows of a matrix as numbers, one after the other, by a walk over its nonzeros.
typedef void OwnEntry(Packing *packing, int64_t row, int64_t col, int32_t value, int64_t count);

static int64_t for_entries(const Tensor *t, OwnEntry *entry, Packing *packing) {
  int64_t count = 0;
  for (int64_t r = 0; tensor_is_sparse(t) && r < t->csr.used; r++)
    for (int64_t e = t->csr.first[r]; e < t->csr.first[r + 1]; e++)
      entry(packing, t->csr.row[r], t->csr.col[e], t->csr.data[e], count++);
  for (int64_t i = 0; !tensor_is_sparse(t) && i < tensor_count(t); i++)
    if (t->data[i]) entry(packing, i / t->shape[1], i % t->shape[1], t->data[i], count++);
  return count;
}

static void put_a(Packing *packing, int64_t row, int64_t col, int32_t value, int64_t count) {
  (void)value, (void)count;
  put_number(packing->al, (uint64_t)row, (uint32_t)col + 1);
}

static void put_b(Packing *packing, int64_t row, int64_t col, int32_t value, int64_t count) {
  put_number(packing->b, (uint64_t)count, (uint32_t)value);
  put_number(packing->m, (uint64_t)count, (uint32_t)col);
  put_number(packing->bl, (uint64_t)row + 1, (uint32_t)count + 1);
}

static bool own_pack_all(const PackingSource *source, const PackingChoice *choice, Packing *packing) {
  const Workload *w = source->workload;
  Job *job = &packing->job;
  (void)choice;
  job->b_bytes = job->m_bytes = 4 * (uint64_t)w->nnz_b;
  job->reg[JOB_B_BYTES] = job->reg[JOB_M_BYTES] = (uint32_t)job->b_bytes;
  packing->al = calloc(job->al_bytes, 1);
  packing->bl = calloc(job->bl_bytes, 1);
  packing->b = calloc(job->b_bytes + 1, 1);
  packing->m = calloc(job->m_bytes + 1, 1);
  if (!packing->al || !packing->bl || !packing->b || !packing->m) return packing_no_memory();
  for_entries(&w->a.tensor, put_a, packing);
  for_entries(&w->b.tensor, put_b, packing);
  for (uint64_t row = 1; row <= w->shape.k; row++) { // rows without values begin where the one before ends
    uint8_t *at = packing->bl + 4 * row;
    if (!(at[0] | at[1] | at[2] | at[3])) memcpy(at, at - 4, 4);
  }
  return true;
}

static const EnginePack own_pack = {
    .golden = &golden_products, .nonzeros = true, .job = own_job, .prepare = own_prepare, .pack = own_pack_all};

#endif
