// Sets weights to zero by magnitude. Structured patterns belong to engines and are refused by name until those exist.
#include "harness/prune.h"
#include "gen/error.h"
#include "gen/output.h"
#include "harness/input.h"
#include "harness/matrix_text.h"
#include "harness/npy.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct Pattern {
  const char *prefix, *engine;
} Pattern;

static const Pattern later[] = {{"2:4", "hss"}, {"hss:", "hss"}, {"gs:", "gs"}};

static bool parse_pattern(const char *text, double *sparsity) {
  static const char prefix[] = "unstructured:";
  char *end;
  *sparsity = 0;
  if (!strcmp(text, "dense")) return true;
  for (size_t i = 0; i < sizeof later / sizeof later[0]; i++)
    if (!strncmp(text, later[i].prefix, strlen(later[i].prefix)))
      return error_at(NULL, 0, 0,
                      "--pattern %s comes with the %s engine, which is not in this version; use dense or %sS", text,
                      later[i].engine, prefix);
  if (!strncmp(text, prefix, sizeof prefix - 1)) {
    const char *number = text + sizeof prefix - 1;
    *sparsity = strtod(number, &end);
    if (end != number && !*end && *sparsity >= 0 && *sparsity <= 1) return true;
  }
  return error_at(NULL, 0, 0, "--pattern %s is not known; expected dense, or %sS with S from 0 to 1", text, prefix);
}

static bool read_weights(const char *path, Tensor *tensor) {
  if (name_ends(path, ".npy")) return npy_read(path, tensor);
  if (name_ends(path, ".mtx")) return mtx_read(path, tensor);
  return error_at(path, 0, 0, "prune takes weights as .npy or .mtx");
}

typedef struct Weight {
  double size;
  int64_t place;
} Weight;

// Smallest first, equal ones in the order of the file.
static int compare_weights(const void *left, const void *right) {
  const Weight *a = left, *b = right;
  if (a->size < b->size || a->size > b->size) return a->size < b->size ? -1 : 1;
  return a->place < b->place ? -1 : 1;
}

static bool prune_smallest(Tensor *tensor, double sparsity) {
  int64_t count = tensor_count(tensor), zeros = llround(sparsity * (double)count);
  Weight *weights = calloc((size_t)count, sizeof *weights);
  if (!weights) return error_at(NULL, 0, 0, "memory is too short for these weights");
  for (int64_t i = 0; i < count; i++)
    weights[i] = (Weight){tensor->real ? fabs(tensor->real[i]) : fabs((double)tensor->data[i]), i};
  qsort(weights, (size_t)count, sizeof *weights, compare_weights);
  for (int64_t i = 0; i < zeros; i++) {
    if (tensor->real)
      tensor->real[weights[i].place] = 0;
    else
      tensor->data[weights[i].place] = 0;
  }
  free(weights);
  return true;
}

// Floats stay floats; integers take the narrowest type that holds them all.
static NpyType type_of(const Tensor *tensor) {
  int64_t count = tensor_count(tensor);
  if (tensor->real) return NPY_FLOAT32;
  for (int64_t i = 0; i < count; i++)
    if (tensor->data[i] < INT8_MIN || tensor->data[i] > INT8_MAX) return NPY_INT32;
  return NPY_INT8;
}

static void print_density(const Tensor *tensor, const char *path) {
  int64_t count = tensor_count(tensor), nonzero = 0;
  for (int64_t i = 0; i < count; i++)
    nonzero += tensor->real ? tensor->real[i] < 0 || tensor->real[i] > 0 : tensor->data[i] != 0;
  printf("%s: %" PRId64 " of %" PRId64 " weights are nonzero (%.1f %%)\n", path, nonzero, count,
         100 * (double)nonzero / (double)count);
}

int prune_run(const Options *options) {
  double sparsity;
  Tensor tensor;
  if (!parse_pattern(options->pattern, &sparsity) || !output_check(options->out)) return EXIT_BAD_INPUT;
  if (!read_weights(options->subject, &tensor)) return EXIT_BAD_INPUT;
  bool good = prune_smallest(&tensor, sparsity) && npy_write(options->out, &tensor, type_of(&tensor));
  if (good) print_density(&tensor, options->out);
  tensor_free(&tensor);
  return good ? EXIT_CORRECT : EXIT_BAD_INPUT;
}
