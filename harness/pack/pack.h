// Operands in the layout the accelerator reads (docs/formats.md): rows of A or the feature map, panels of B, column
// parameters. Buffers are the caller's, of the sizes in Job, and need not be cleared. Compiles for bare metal.
#ifndef LACUNA_PACK_H
#define LACUNA_PACK_H

#include "harness/job/job.h"

typedef struct ColumnParameters { // of one output column
  int32_t bias;
  int32_t multiplier; // Q31, 0 to 2^31 - 1
  int32_t shift;      // -31 to 30; positive is to the left
} ColumnParameters;

// Elements of `rows` rows of `length`, each row starting at a byte: little-endian, 4-bit elements low half first.
void pack_rows(const Plan *plan, const int32_t *values, uint64_t rows, uint64_t length, uint8_t *bytes);

// Bytes of B with a word for every step, before any compaction: what pack_matrix and pack_weights fill.
uint64_t pack_plain_bytes(const Plan *plan, const Job *job);

// The lane in which element `lane` of step `step` of a tile stands (docs/engines/griffin.md, Shuffle).
uint32_t pack_lane(const Plan *plan, uint64_t step, uint32_t lane);

// B[k][n], row-major, of a GEMM.
void pack_matrix(const Plan *plan, const Shape *shape, const Job *job, const int32_t *b, uint8_t *bytes);

// Weights (out, in / groups, kernel_h, kernel_w) of a convolution.
void pack_weights(const Plan *plan, const Shape *shape, const Job *job, const int32_t *weights, uint8_t *bytes);

// columns: N of them, or NULL where there is nothing to apply. source: which columns make up a panel (pack_compact.h);
// NULL: each its own.
void pack_parameters(const Plan *plan, const Job *job, const ColumnParameters *columns, const uint32_t *source,
                     uint8_t *bytes);

#endif
