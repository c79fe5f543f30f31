// Memory and index arithmetic of dense arrays; knows nothing of files or formats.
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
  *tensor = (Tensor){0};
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
