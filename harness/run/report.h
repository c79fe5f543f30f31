// What one run is reported to be: as JSON for scripts, as text for people.
#ifndef LACUNA_REPORT_H
#define LACUNA_REPORT_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "gen/plan/codes.h"
#include "gen/plan/plan.h"

enum { BORROWED_STEPS = 15, BORROWED_LANE = BORROWED_STEPS, BORROWED_PE, BORROWED_COUNT };

typedef struct ReportTrial { // of a mode, with its best packing
  const char *mode, *packing;
  uint64_t cycles; // that the model gives it; 0: it was not tried
} ReportTrial;

typedef struct Report {
  const char *config, *engine, *sim;
  const char *mode, *dataflow;   // NULL where the engine has none
  const char *pattern_a;         // of structured A; NULL where A is as it is
  int a_passes;                  // along K, with structured A; 1: A obeys
  const char *pattern;           // of structured weights; NULL where the engine has none, or the weights are dense
  int64_t padding;               // elements of K per row that are only there to fill up steps
  const char *a_format;          // of A in memory, "dense" or "compressed"; NULL where the engine knows dense A only
  int64_t a_saved;               // bytes of dense A less those of compressed A and its metadata
  const char *c_format;          // the same of C; NULL where the engine knows dense C only
  int64_t c_saved;               // bytes
  bool windows;                  // an engine that can skip: the next four mean something
  const char *packing;           // of B
  ReportTrial tried[MODES_MOST]; // by mode
  uint64_t borrowed[BORROWED_COUNT]; // multiplications by steps of lookahead, from 1; then by lane and by PE
  int depth;                         // steps of A that a multiplier can see
  const char *work;                  // "GEMM", "convolution 3x3"
  uint64_t plan_hash;
  int64_t m, n, k;
  int64_t nnz_a, nnz_b, count_a, count_b; // nonzeros and elements of the operands
  int macs;
  uint64_t cycles, dense_cycles;
  uint64_t split[CAUSES]; // by cause
  uint64_t issued, effectual, skipped;
  uint64_t buffer_reads, buffer_all; // of the A buffer's RAMs; if each were read in every step: 0 where all are
  uint64_t bytes_a, bytes_b, bytes_meta, bytes_c, least_bytes; // least_bytes: the loop order's best
  uint64_t model_cycles, model_engine_cycles;
  bool simulated; // false: cycles are the model's, and there is nothing to match
  bool match;
  double wall_s;
  double scale_a, scale_b;                 // real value of one unit; 1 for integers
  const char *bias;                        // what its numbers are; NULL if there is none
  bool quantised_a, quantised_b;           // they were floats
  int float_bits;                          // bits of quantised floats if fewer than the datapath's, else 0
  double scale_out;                        // of one unit of the result; 0: unknown
  const char *out, *json, *trace, *bundle; // where they lie, or NULL
} Report;

// Writes a JSON file, whole or not at all, and gives the value up. False after a message.
bool json_write(const char *path, json_t *json);

uint64_t report_engine_cycles(const Report *report);
json_t *report_json(const Report *report);                 // the caller owns it
bool report_write(const Report *report, const char *path); // JSON file; false after a message
void report_print(const Report *report, FILE *out);

#endif
