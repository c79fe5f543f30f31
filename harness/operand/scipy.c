// A matrix is five arrays of an archive: format, shape, indptr, indices and data (scipy/sparse/_matrix_io.py). Each is
// read as an operand of its own and held against the others.
#include "harness/operand/scipy.h"
#include "gen/base/error.h"
#include "harness/base/suffix.h"
#include "harness/operand/input.h"
#include "harness/operand/npy.h"

#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SHAPE, INDPTR, INDICES, DATA, ARRAYS };

static const char *const names[ARRAYS] = {"shape", "indptr", "indices", "data"};

typedef struct Scipy {
  const char *path;
  bool columns; // csc: the arrays list columns, not rows
  int64_t rows, cols;
  Tensor array[ARRAYS];
} Scipy;

bool scipy_is_matrix(const char *path) {
  return !suffix_member(path) && input_holds(path, "format") && input_holds(path, names[SHAPE]);
}

static bool damaged(const Scipy *s, const char *what) {
  return error_at(s->path, 0, 0, "the matrix is damaged: %s; write it again with scipy.sparse.save_npz", what);
}

static bool no_memory(const Scipy *s) {
  return error_at(s->path, 0, 0, "memory is too short for this matrix; use a smaller one");
}

static const char *member(const Scipy *s, const char *array, char name[PATH_MAX]) {
  snprintf(name, PATH_MAX, "%s:%s", s->path, array);
  return name;
}

// Three letters at the end of an array without dimensions.
static bool read_format(Scipy *s) {
  char name[PATH_MAX], bytes[512];
  Input input;
  if (!input_open_array(member(s, "format", name), &input)) return false;
  size_t got = fread(bytes, 1, sizeof bytes, input.file);
  fclose(input.file);
  const char *format = got < 3 ? "" : bytes + got - 3;
  s->columns = !strncmp(format, "csc", 3);
  return s->columns || !strncmp(format, "csr", 3) ||
         error_at(s->path, 0, 0, "this format of scipy.sparse is not read; save matrix.tocsr()");
}

static bool read_array(Scipy *s, int i) {
  char name[PATH_MAX];
  if (!npy_read(member(s, names[i], name), &s->array[i])) return false;
  return (s->array[i].ndim == 1 && (i == DATA || !s->array[i].real)) || damaged(s, "its arrays are no lists");
}

static bool read_shape(Scipy *s) {
  if (!read_array(s, SHAPE)) return false;
  if (s->array[SHAPE].shape[0] != 2) return damaged(s, "it has no two sizes");
  s->rows = s->array[SHAPE].data[0];
  s->cols = s->array[SHAPE].data[1];
  return true;
}

// How a matrix with this number of entries will be held; HELD_NOT after a message.
static Holding holding_of(const Scipy *s, int64_t entries, bool sparse) {
  char why[TENSOR_WHY];
  Holding holding = matrix_holding(s->rows, s->cols, (double)entries, sparse, why);
  if (holding == HELD_NOT) error_at(s->path, 0, 0, "%s", why);
  return holding;
}

static bool list_entry(const Scipy *s, int64_t major, int64_t at, CsrList *list) {
  const Tensor *data = &s->array[DATA];
  int64_t minor = s->array[INDICES].data[at], row = s->columns ? minor : major, col = s->columns ? major : minor;
  if (row < 0 || row >= s->rows || col < 0 || col >= s->cols) return damaged(s, "an index is outside its shape");
  double value = data->real ? data->real[at] : data->data[at];
  return csr_add(list, (CsrEntry){row * s->cols + col, value, at}) || no_memory(s);
}

static bool list_entries(const Scipy *s, CsrList *list) {
  const int32_t *first = s->array[INDPTR].data;
  int64_t majors = s->columns ? s->cols : s->rows, entries = s->array[DATA].shape[0], at = 0;
  if (s->array[INDPTR].shape[0] != majors + 1 || s->array[INDICES].shape[0] != entries)
    return damaged(s, "its arrays do not fit each other");
  for (int64_t i = 0; i < majors; i++) {
    if (first[i] != at || first[i + 1] < at || first[i + 1] > entries) return damaged(s, "indptr does not rise from 0");
    for (; at < first[i + 1]; at++)
      if (!list_entry(s, i, at, list)) return false;
  }
  return true;
}

static bool build(const Scipy *s, Holding holding, Tensor *tensor) {
  CsrList list = {.count = 0};
  int64_t at = -1;
  bool real = s->array[DATA].real != NULL, listed = list_entries(s, &list);
  bool good = listed && tensor_build(tensor, s->rows, s->cols, real, &list, &at) &&
              (holding == HELD_SPARSE || tensor_make_dense(tensor));
  free(list.entry);
  if (good || !listed) return good;
  return at < 0 ? no_memory(s) : error_at(s->path, 0, 0, "entries of one place add up to more than 32 bits hold");
}

static bool read_matrix(Scipy *s, bool sparse, Tensor *tensor) {
  if (!read_format(s) || !read_shape(s) || holding_of(s, 0, sparse) == HELD_NOT) return false; // before its entries
  for (int i = SHAPE + 1; i < ARRAYS; i++)
    if (!read_array(s, i)) return false;
  Holding holding = holding_of(s, s->array[DATA].shape[0], sparse);
  if (holding == HELD_NOT) return false;
  if (build(s, holding, tensor)) return true;
  tensor_free(tensor);
  return false;
}

bool scipy_read(const char *path, bool sparse, Tensor *tensor) {
  Scipy s = {.path = path};
  *tensor = (Tensor){0};
  bool good = read_matrix(&s, sparse, tensor);
  for (int i = 0; i < ARRAYS; i++)
    tensor_free(&s.array[i]);
  return good;
}
