// The formats, and those that the engines of today write: rows, and sets of a bus beat without their zeros.
#include "harness/result/result.h"
#include "gen/base/error.h"
#include "harness/base/suffix.h"
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

static bool is_mtx(const Options *options) {
  return suffix_kind(options->out) == FILE_MTX;
}

static bool no_memory(void) {
  return error_at(NULL, 0, 0, "memory is too short for the file of results");
}

static bool write_dense(const Workload *workload, const Options *options, const Results *results) {
  Csr csr;
  if (!is_mtx(options)) return workload_write(workload, options, results->dense);
  if (!csr_of(&csr, results->m, results->n, results->dense)) return no_memory();
  bool good = mtx_write(options->out, &csr);
  csr_free(&csr);
  return good;
}

static ResultSizes size_rows(const Plan *plan, const Job *job, const Results *results) {
  (void)plan;
  return (ResultSizes){.c = (uint64_t)(results->m * results->n * result_value_bytes(job))};
}

static bool read_rows(const Plan *plan, const Job *job, const ResultBytes *bytes, Results *results,
                      char why[RESULT_WHY]) {
  ResultSizes right = size_rows(plan, job, results);
  if (bytes->size.c != right.c) {
    snprintf(why, RESULT_WHY, "%" PRIu64 " bytes, %" PRIu64 " would be right", bytes->size.c, right.c);
    return false;
  }
  if (!make_dense(results, why)) return false;
  for (int64_t i = 0; i < results->m * results->n; i++)
    results->dense[i] = result_value(bytes->c, (uint64_t)i, result_value_bytes(job));
  return true;
}

static ResultSizes size_sets(const Plan *plan, const Job *job, const Results *results) {
  SparseC c = job_sparse_c(plan, job);
  ResultSizes size = {0};
  sparse_c_size(&c, results->dense, &size.c, &size.meta);
  return size;
}

static bool read_sets(const Plan *plan, const Job *job, const ResultBytes *bytes, Results *results,
                      char why[RESULT_WHY]) {
  SparseC c = job_sparse_c(plan, job);
  uint64_t set;
  if (!make_dense(results, why)) return false;
  if (sparse_c_unpack(&c, bytes->c, bytes->size.c, bytes->meta, bytes->size.meta, results->dense, &set)) return true;
  snprintf(why, RESULT_WHY, "set %" PRIu64 " is not legal", set);
  return false;
}

// ---- results by their nonzeros

static Difference compare_csr(const Results *expected, const Results *got) {
  return compare_sparse(&expected->csr, &got->csr);
}

static bool write_csr(const Workload *workload, const Options *options, const Results *results) {
  int64_t shape[2] = {results->m, results->n};
  char why[TENSOR_WHY];
  Tensor dense;
  if (is_mtx(options)) return mtx_write(options->out, &results->csr);
  if (shape_count(2, shape) < 0)
    return error_at(options->out, 0, 0, "%s; name a .mtx file, which has nonzeros alone", shape_refusal(2, shape, why));
  if (!tensor_make(&dense, 2, shape, false)) return no_memory();
  csr_fill(&results->csr, dense.data);
  bool good = workload_write(workload, options, dense.data);
  tensor_free(&dense);
  return good;
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
