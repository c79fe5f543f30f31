// Results that a device wrote without their zeros (docs/engines/outer.md, "Sparse output"): how large they are, and
// back to rows.
#ifndef LACUNA_UNPACK_C_H
#define LACUNA_UNPACK_C_H

#include <stdbool.h>
#include <stdint.h>

typedef struct SparseC {
  uint32_t rows, cols; // that are written
  uint32_t seg_rows;   // of a segment
  uint32_t set;        // bytes of a bus beat
  int8_t zero;         // what stands where no value is
} SparseC;

// Bytes of metadata if every set has a value: no result has more. Its values are at most rows * cols.
uint64_t sparse_c_most(const SparseC *c);

// Values and bytes of metadata of these results, row-major.
void sparse_c_size(const SparseC *c, const int32_t *results, uint64_t *values, uint64_t *meta_bytes);

// Rows * cols results from exactly these values and bytes of metadata. False if they do not make up the rows:
// *set is then the set, from 0, at which that shows.
bool sparse_c_unpack(const SparseC *c, const uint8_t *values, uint64_t value_count, const uint8_t *meta,
                     uint64_t meta_bytes, int32_t *results, uint64_t *set);

#endif
