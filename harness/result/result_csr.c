// Compressed rows as a device writes them. Offsets and columns are held against each other before one is followed.
#include "harness/result/result.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum { NUMBER = 4 };

ResultSizes result_size_csr(const Plan *plan, const Job *job, const Results *results) {
  (void)plan;
  return (ResultSizes){.c = (uint64_t)(results->csr.entries * result_value_bytes(job)),
                       .meta = (uint64_t)(NUMBER * results->csr.entries),
                       .lengths = (uint64_t)(NUMBER * (results->m + 1))};
}

static int64_t number(const uint8_t *bytes, int64_t index) {
  return (uint32_t)result_value(bytes, (uint64_t)index, NUMBER);
}

static bool not_legal(int64_t row, char why[RESULT_WHY]) {
  snprintf(why, RESULT_WHY, "row %" PRId64 " is not legal", row);
  return false;
}

// Lists the values of a row; false if its columns do not rise, or lie outside.
static bool list_row(const Job *job, const ResultBytes *bytes, const Results *results, int64_t row, CsrList *list,
                     char why[RESULT_WHY]) {
  int64_t first = number(bytes->lengths, row), end = number(bytes->lengths, row + 1), last = -1;
  for (int64_t e = first; e < end; e++) {
    int64_t col = number(bytes->meta, e);
    if (col <= last || col >= results->n) return not_legal(row, why);
    last = col;
    int32_t value = result_value(bytes->c, (uint64_t)e, result_value_bytes(job));
    if (csr_add(list, (CsrEntry){row * results->n + col, value, 0})) continue;
    snprintf(why, RESULT_WHY, "memory is too short");
    return false;
  }
  return true;
}

static bool list_rows(const Job *job, const ResultBytes *bytes, const Results *results, CsrList *list,
                      char why[RESULT_WHY]) {
  uint64_t entries = bytes->size.c / (uint64_t)result_value_bytes(job), rows = (uint64_t)results->m;
  if (bytes->size.meta != NUMBER * entries || bytes->size.lengths != NUMBER * (rows + 1)) {
    snprintf(why, RESULT_WHY,
             "%" PRIu64 " values of %" PRIu64 " rows do not have %" PRIu64 " and %" PRIu64 " bytes of metadata",
             entries, rows, bytes->size.meta, bytes->size.lengths);
    return false;
  }
  if (number(bytes->lengths, 0) != 0) return not_legal(0, why);
  for (int64_t row = 0; row < results->m; row++) {
    int64_t end = number(bytes->lengths, row + 1);
    bool last = row == results->m - 1;
    if (end < number(bytes->lengths, row) || end > (int64_t)entries || (last && end != (int64_t)entries))
      return not_legal(row, why);
    if (!list_row(job, bytes, results, row, list, why)) return false;
  }
  return true;
}

bool result_read_csr(const Plan *plan, const Job *job, const ResultBytes *bytes, Results *results,
                     char why[RESULT_WHY]) {
  (void)plan;
  CsrList list = {.count = 0};
  int64_t mark;
  bool good = list_rows(job, bytes, results, &list, why);
  if (good && !csr_build(&results->csr, results->m, results->n, false, &list, &mark)) {
    snprintf(why, RESULT_WHY, "memory is too short");
    good = false;
  }
  free(list.entry);
  return good;
}
