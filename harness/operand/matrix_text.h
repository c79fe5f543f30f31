// Readers of textual sparse matrices, with or without gzip; both give a two-dimensional tensor. sparse: it may be held
// by its nonzeros (matrix_holding); else it is dense, or refused as too large when its sizes have been read.
#ifndef LACUNA_MATRIX_TEXT_H
#define LACUNA_MATRIX_TEXT_H

#include "harness/operand/tensor.h"

// Matrix Market: coordinate and array; integer and pattern (into data, pattern as ones), real (into real); general,
// symmetric, skew-symmetric (one triangle, either). Entries that are given twice are added, as is the custom. Case,
// space, blank lines, comments and ends of lines are free, a mark of the byte order and a banner with one % will do.
// Source: Boisvert, Pozo, Remington: "The Matrix Market exchange formats", NISTIR 5935. False after a message with file
// and line.
bool mtx_read(const char *path, bool sparse, Tensor *tensor);

// DLMC's .smtx (github.com/google-research/google-research/tree/master/sgk): line 1 `rows, columns, nonzeros`, line 2
// rows + 1 offsets, line 3 column indices. It has no values: every one is 1.
bool smtx_read(const char *path, bool sparse, Tensor *tensor);

#endif
