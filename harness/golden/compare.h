// Results, and result against reference.
#ifndef LACUNA_COMPARE_H
#define LACUNA_COMPARE_H

#include "harness/operand/csr.h"

#include <stdio.h>

// M x N results, golden ones or those of a device: dense and row-major, or by their nonzeros.
typedef struct Results {
  int64_t m, n;
  int32_t *dense;
  Csr csr;
} Results;

void results_free(Results *results); // zeroed ones are fine

typedef struct Difference {
  int64_t wrong;                // elements that differ; 0: equal, and nothing else is set
  int64_t first_row, first_col; // in row-major order
  int64_t last_row, last_col;
  int32_t expected, got; // at the first
} Difference;

// Both are M x N, row-major.
Difference compare_results(const int32_t *expected, const int32_t *got, int64_t m, int64_t n);

// Of the same sizes, by their nonzeros: a place without an entry is a zero.
Difference compare_sparse(const Csr *expected, const Csr *got);

typedef struct CompareShape {
  int64_t m, n, k;
  int m0, n0; // rows and columns of a tile
} CompareShape;

// Two lines that say where the first wrong element lies (tile, row, column, the k that were summed), and how many more
// there are. Which k went wrong can't be told from a sum.
void compare_print(const Difference *difference, const CompareShape *shape, FILE *out);

#endif
