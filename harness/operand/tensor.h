// A dense array of up to eight dimensions, C order (last index fastest), as operands are held after reading.
#ifndef LACUNA_TENSOR_H
#define LACUNA_TENSOR_H

#include <stdbool.h>
#include <stdint.h>

enum { TENSOR_DIMS = 8 }; // that files may have; operands have four at most

#define TENSOR_MAX_ELEMENTS (INT64_C(1) << 28) // 1 GiB of int32: beyond that a header lies or the machine suffers

// Exactly one of data and real is set. real is what a file of floats holds until operand.c has quantised it.
typedef struct Tensor {
  int ndim;
  int64_t shape[TENSOR_DIMS];
  int32_t *data;
  double *real;
} Tensor;

int64_t tensor_count(const Tensor *tensor); // product of the shape; 1 for ndim 0

// Product of a shape, or -1 if a size is not positive or the product exceeds TENSOR_MAX_ELEMENTS.
int64_t shape_count(int ndim, const int64_t *shape);

// Why shape_count refuses, and what would do, into text, which must hold TENSOR_WHY characters; returns text.
enum { TENSOR_WHY = 400 };
char *shape_refusal(int ndim, const int64_t *shape, char *text);

// "96 x 192 x 1 x 1" into text, which must hold TENSOR_TEXT characters; returns text.
enum { TENSOR_TEXT = 200 };
char *shape_text(int ndim, const int64_t *shape, char *text);

// Zeroed, integer or real. False, and an empty tensor, if the shape is not legal or memory is short.
bool tensor_make(Tensor *tensor, int ndim, const int64_t *shape, bool real);
void tensor_free(Tensor *tensor); // an empty or zeroed tensor is fine

// Reorders dimensions: dimension i of the result is dimension order[i] of the source. Integers only.
bool tensor_permute(Tensor *to, const Tensor *from, const int *order);

#endif
