// An array of up to eight dimensions, C order (last index fastest), as operands are held after reading: dense, or a
// matrix by its nonzeros.
#ifndef LACUNA_TENSOR_H
#define LACUNA_TENSOR_H

#include "harness/operand/csr.h"

enum { TENSOR_DIMS = 8 };   // that files may have; operands have four at most
enum { SPARSE_SHARE = 16 }; // elements per nonzero from which on a matrix is held by its nonzeros

#define TENSOR_MAX_ELEMENTS (INT64_C(1) << 28) // 1 GiB of int32: beyond that a header lies or the machine suffers

// Exactly one of data, real and csr is set. real, also of csr, is what a file of floats holds until operand.c has
// quantised it.
typedef struct Tensor {
  int ndim;
  int64_t shape[TENSOR_DIMS];
  int32_t *data;
  double *real;
  Csr csr;
} Tensor;

static inline bool tensor_is_sparse(const Tensor *tensor) {
  return tensor->csr.first;
}

int64_t tensor_count(const Tensor *tensor); // product of the shape; 1 for ndim 0

// Product of a shape, or -1 if a size is not positive or the product exceeds TENSOR_MAX_ELEMENTS.
int64_t shape_count(int ndim, const int64_t *shape);

// Why shape_count refuses, and what would do, into text, which must hold TENSOR_WHY characters; returns text.
enum { TENSOR_WHY = 400 };
char *shape_refusal(int ndim, const int64_t *shape, char *text);

// "96 x 192 x 1 x 1" into text, which must hold TENSOR_TEXT characters; returns text.
enum { TENSOR_TEXT = 200 };
char *shape_text(int ndim, const int64_t *shape, char *text);

// Whether a matrix that lists its nonzeros, `entries` at most, can be held, and how: by them if it has more than
// TENSOR_MAX_ELEMENTS elements or at most one nonzero in SPARSE_SHARE, and its reader can do with that; else dense. If
// it can't, what would do is in text as above.
typedef enum Holding { HELD_NOT, HELD_DENSE, HELD_SPARSE } Holding;
Holding matrix_holding(int64_t rows, int64_t cols, double entries, bool sparse, char *text);

// Zeroed, integer or real. False, and an empty tensor, if the shape is not legal or memory is short.
bool tensor_make(Tensor *tensor, int ndim, const int64_t *shape, bool real);
void tensor_free(Tensor *tensor); // an empty or zeroed tensor is fine

// Becomes the matrix that the list describes (csr_build), by its nonzeros. False as csr_build.
bool tensor_build(Tensor *tensor, int64_t rows, int64_t cols, bool real, CsrList *list, int64_t *mark);

// Makes a matrix dense that is held by its nonzeros. False, and the tensor as it was, if memory is short or it is too
// large.
bool tensor_make_dense(Tensor *tensor);

// The same the other way, of integers. False, and the matrix as it was, if memory is short.
bool tensor_make_sparse(Tensor *tensor);

// Reorders dimensions: dimension i of the result is dimension order[i] of the source. Integers only.
bool tensor_permute(Tensor *to, const Tensor *from, const int *order);

#endif
