// Memory and index arithmetic of arrays; knows nothing of files or formats.
#include "harness/operand/tensor.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int64_t tensor_count(const Tensor *tensor) {
  int64_t count = 1;
  for (int i = 0; i < tensor->ndim; i++)
    count *= tensor->shape[i];
  return count;
}

int64_t shape_count(int ndim, const int64_t *shape) {
  int64_t count = 1;
  for (int i = 0; i < ndim; i++) {
    if (shape[i] <= 0 || shape[i] > TENSOR_MAX_ELEMENTS / count) return -1;
    count *= shape[i];
  }
  return count;
}

char *shape_text(int ndim, const int64_t *shape, char *text) {
  int used = 0;
  text[0] = 0;
  for (int i = 0; i < ndim; i++)
    used += snprintf(text + used, (size_t)(TENSOR_TEXT - used), "%s%" PRId64, i ? " x " : "", shape[i]);
  return text;
}

char *shape_refusal(int ndim, const int64_t *shape, char *text) {
  char sizes[TENSOR_TEXT];
  double places = 1;
  shape_text(ndim, shape, sizes);
  for (int i = 0; i < ndim; i++)
    places *= (double)shape[i];
  if (places > 0)
    snprintf(text, TENSOR_WHY,
             "%s is too large: arrays are held dense, that is %.3g elements, and at most %" PRId64
             " are possible (%d x %d); take a part at a time",
             sizes, places, TENSOR_MAX_ELEMENTS, 1 << 14, 1 << 14);
  else
    snprintf(text, TENSOR_WHY, "%s is not possible; sizes are 1 or more", sizes);
  return text;
}

Holding matrix_holding(int64_t rows, int64_t cols, double entries, bool sparse, char *text) {
  const int64_t shape[2] = {rows, cols};
  int64_t count = shape_count(2, shape);
  if (count > 0 && !(sparse && entries * SPARSE_SHARE <= (double)count)) return HELD_DENSE;
  if (!sparse || rows < 1 || cols < 1)
    shape_refusal(2, shape, text);
  else if (rows > CSR_MAX_SIZE || cols > CSR_MAX_SIZE)
    snprintf(text, TENSOR_WHY, "%" PRId64 " x %" PRId64 " is too large: matrices have at most %d rows and columns",
             rows, cols, CSR_MAX_SIZE);
  else if (entries > (double)CSR_MAX_ENTRIES)
    snprintf(text, TENSOR_WHY, "%.3g nonzeros are too many, at most %" PRId64 " are possible; take a part at a time",
             entries, CSR_MAX_ENTRIES);
  else
    return HELD_SPARSE;
  return HELD_NOT;
}

bool tensor_make(Tensor *tensor, int ndim, const int64_t *shape, bool real) {
  *tensor = (Tensor){0};
  int64_t count = shape_count(ndim, shape);
  if (count < 0) return false;
  tensor->ndim = ndim;
  memcpy(tensor->shape, shape, (size_t)ndim * sizeof shape[0]);
  if (real)
    tensor->real = calloc((size_t)count, sizeof tensor->real[0]);
  else
    tensor->data = calloc((size_t)count, sizeof tensor->data[0]);
  return tensor->real || tensor->data;
}

void tensor_free(Tensor *tensor) {
  free(tensor->data);
  free(tensor->real);
  csr_free(&tensor->csr);
  *tensor = (Tensor){0};
}

bool tensor_build(Tensor *tensor, int64_t rows, int64_t cols, bool real, CsrList *list, int64_t *mark) {
  *tensor = (Tensor){.ndim = 2, .shape = {rows, cols}};
  return csr_build(&tensor->csr, rows, cols, real, list, mark);
}

bool tensor_make_dense(Tensor *tensor) {
  Tensor dense;
  const Csr *csr = &tensor->csr;
  if (!tensor_is_sparse(tensor)) return true;
  if (!tensor_make(&dense, tensor->ndim, tensor->shape, csr->real != NULL)) return false;
  for (int64_t r = 0; csr->real && r < csr->used; r++)
    for (int64_t e = csr->first[r], row = csr->row[r] * csr->cols; e < csr->first[r + 1]; e++)
      dense.real[row + csr->col[e]] = csr->real[e];
  if (csr->data) csr_fill(csr, dense.data);
  tensor_free(tensor);
  *tensor = dense;
  return true;
}

bool tensor_make_sparse(Tensor *tensor) {
  if (tensor_is_sparse(tensor)) return true;
  if (!csr_of(&tensor->csr, tensor->shape[0], tensor->shape[1], tensor->data)) return false;
  free(tensor->data);
  tensor->data = NULL;
  return true;
}

bool tensor_permute(Tensor *to, const Tensor *from, const int *order) {
  int64_t shape[TENSOR_DIMS] = {0}, stride[TENSOR_DIMS] = {0}, source[TENSOR_DIMS] = {0};
  int64_t step = 1;
  for (int i = from->ndim - 1; i >= 0; i--) {
    source[i] = step;
    step *= from->shape[i];
  }
  for (int i = 0; i < from->ndim; i++) {
    shape[i] = from->shape[order[i]];
    stride[i] = source[order[i]];
  }
  if (!tensor_make(to, from->ndim, shape, false)) return false;
  int64_t index[TENSOR_DIMS] = {0}, at = 0;
  for (int64_t e = 0; e < step; e++) {
    to->data[e] = from->data[at];
    for (int i = to->ndim - 1; i >= 0; i--) {
      at += stride[i];
      if (++index[i] < shape[i]) break;
      at -= stride[i] * shape[i];
      index[i] = 0;
    }
  }
  return true;
}
