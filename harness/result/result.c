// The formats, and those that the engines of today write: rows, and sets of a bus beat without their zeros.
#include "harness/result/result.h"
#include "harness/operand/mtx_write.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

// ---- dense results

static bool make_dense(Results *results, char why[RESULT_WHY]) {
  results->dense = calloc((size_t)(results->m * results->n), sizeof *results->dense);
  if (!results->dense) snprintf(why, RESULT_WHY, "memory is too short");
  return results->dense;
}

static Difference compare_dense(const Results *expected, const Results *got) {
  return compare_results(expected->dense, got->dense, expected->m, expected->n);
}

static bool write_dense(const Workload *workload, const Options *options, const Results *results) {
  return workload_write(workload, options, results->dense);
}

static void size_rows(const Plan *plan, const Job *job, const Results *results, uint64_t *c_bytes,
                      uint64_t *meta_bytes) {
  (void)plan;
  *c_bytes = (uint64_t)(results->m * results->n * result_value_bytes(job));
  *meta_bytes = 0;
}

static bool read_rows(const Plan *plan, const Job *job, const ResultBytes *bytes, Results *results,
                      char why[RESULT_WHY]) {
  uint64_t c_bytes, meta_bytes;
  size_rows(plan, job, results, &c_bytes, &meta_bytes);
  if (bytes->c_bytes != c_bytes) {
    snprintf(why, RESULT_WHY, "%" PRIu64 " bytes, %" PRIu64 " would be right", bytes->c_bytes, c_bytes);
    return false;
  }
  if (!make_dense(results, why)) return false;
  for (int64_t i = 0; i < results->m * results->n; i++)
    results->dense[i] = result_value(bytes->c, (uint64_t)i, result_value_bytes(job));
  return true;
}

static void size_sets(const Plan *plan, const Job *job, const Results *results, uint64_t *c_bytes,
                      uint64_t *meta_bytes) {
  SparseC c = job_sparse_c(plan, job);
  sparse_c_size(&c, results->dense, c_bytes, meta_bytes);
}

static bool read_sets(const Plan *plan, const Job *job, const ResultBytes *bytes, Results *results,
                      char why[RESULT_WHY]) {
  SparseC c = job_sparse_c(plan, job);
  uint64_t set;
  if (!make_dense(results, why)) return false;
  if (sparse_c_unpack(&c, bytes->c, bytes->c_bytes, bytes->meta, bytes->meta_bytes, results->dense, &set)) return true;
  snprintf(why, RESULT_WHY, "set %" PRIu64 " is not legal", set);
  return false;
}

// ---- results by their nonzeros

static Difference compare_csr(const Results *expected, const Results *got) {
  return compare_sparse(&expected->csr, &got->csr);
}

static bool write_csr(const Workload *workload, const Options *options, const Results *results) {
  (void)workload;
  return mtx_write(options->out, &results->csr);
}

const ResultFormat result_formats[RESULT_FORMATS] = {
    // word, counted, size, read, compare, write
    [RESULT_ROWS] = {"dense", false, size_rows, read_rows, compare_dense, write_dense},
    [RESULT_SETS] = {"compressed", true, size_sets, read_sets, compare_dense, write_dense},
    [RESULT_CSR] = {"csr", true, result_size_csr, result_read_csr, compare_csr, write_csr},
};

const ResultFormat *result_format(const Job *job) {
  return &result_formats[job->reg[JOB_C_FORMAT]];
}
