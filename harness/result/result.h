// Formats of results: how large they are in the device's memory, how they are read back, compared and written. A new
// one is a row of result.c and a file with its functions.
#ifndef LACUNA_RESULT_H
#define LACUNA_RESULT_H

#include "harness/golden/compare.h"
#include "harness/job/job.h"
#include "harness/workload/workload.h"

// Bytes of the regions C, CM and CL.
typedef struct ResultSizes {
  uint64_t c, meta, lengths;
} ResultSizes;

// What stands in them.
typedef struct ResultBytes {
  const uint8_t *c, *meta, *lengths;
  ResultSizes size;
} ResultBytes;

enum { RESULT_WHY = 160 };

typedef struct ResultFormat {
  const char *word; // as reports say it
  bool counted;     // the device's counters say how much it has written of each region; else they are full

  // What these results take.
  ResultSizes (*size)(const Plan *plan, const Job *job, const Results *results);

  // Results out of bytes of which nothing is believed; sizes are set, the rest is to be freed. False if memory is short
  // or they are no results of the job, with the reason in why.
  bool (*read)(const Plan *plan, const Job *job, const ResultBytes *bytes, Results *results, char why[RESULT_WHY]);

  Difference (*compare)(const Results *expected, const Results *got);

  // The file of --out; false after a message.
  bool (*write)(const Workload *workload, const Options *options, const Results *results);
} ResultFormat;

enum { RESULT_ROWS, RESULT_SETS, RESULT_CSR, RESULT_FORMATS }; // values of C_FORMAT
extern const ResultFormat result_formats[RESULT_FORMATS];

const ResultFormat *result_format(const Job *job);

// Compressed rows (result_csr.c). C: the values. CM: the column of each value. CL: M + 1 numbers, how many values come
// before each row and in all. Numbers are little-endian and have 32 bits. Columns rise in a row. A value may be 0.
ResultSizes result_size_csr(const Plan *plan, const Job *job, const Results *results);
bool result_read_csr(const Plan *plan, const Job *job, const ResultBytes *bytes, Results *results,
                     char why[RESULT_WHY]);

static inline int result_value_bytes(const Job *job) { // of a value in C
  return job->reg[JOB_EPILOGUE] >> 1 & 1 ? 1 : 4;
}

// A value of C, or a number of 32 bits.
static inline int32_t result_value(const uint8_t *bytes, uint64_t index, int value_bytes) {
  if (value_bytes == 1) return (int8_t)bytes[index];
  const uint8_t *at = bytes + 4 * index;
  return (int32_t)((uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24);
}

#endif
