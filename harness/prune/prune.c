// Sets weights to zero by magnitude: the smallest of all, or whatever a structured pattern does not let stay.
#include "harness/prune/prune.h"
#include "gen/base/error.h"
#include "harness/base/number.h"
#include "harness/base/outputs.h"
#include "harness/base/pattern.h"
#include "harness/base/suffix.h"
#include "harness/operand/matrix_text.h"
#include "harness/operand/npy.h"
#include "harness/operand/operand.h"
#include "harness/operand/scipy.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// What --pattern asks for.
typedef struct Wish {
  bool structured;
  Pattern pattern; // structured
  double zeros;    // else: share of the weights
} Wish;

static bool parse_wish(const char *text, Wish *wish) {
  static const char prefix[] = "unstructured:";
  *wish = (Wish){.zeros = 0};
  wish->structured = pattern_parse(text, &wish->pattern);
  if (wish->structured || !strcmp(text, "dense")) return true;
  if (!strncmp(text, "gs:", 3))
    return error_at(NULL, 0, 0, "--pattern %s comes with the gs engine, which is not in this version", text);
  if (!strncmp(text, prefix, sizeof prefix - 1)) {
    const char *number = text + sizeof prefix - 1;
    if (number_real(number, &wish->zeros) && wish->zeros >= 0 && wish->zeros <= 1) return true;
  }
  return error_at(NULL, 0, 0,
                  "--pattern %s is not known; expected dense, %sS with S from 0 to 1, " PATTERN_HELP
                  " (at most %d ranks, H at most %d)",
                  text, prefix, PATTERN_RANKS, PATTERN_CHILDREN);
}

// A .smtx file has no values: it gets those that a run of 8 bits would give it.
static bool read_weights(const Options *options, Tensor *tensor) {
  const char *path = options->subject;
  OperandRule rule = {.option = "W",
                      .ndim = 2,
                      .shape = "K x N",
                      .bits = 8,
                      .is_signed = true,
                      .random_values = options->values,
                      .seed = 2};
  Operand operand;
  const char *advice = suffix_advice(path);
  FileKind kind = suffix_kind(path);
  if (kind == FILE_NPZ && scipy_is_matrix(path)) return scipy_read(path, false, tensor);
  if (kind == FILE_NPY || kind == FILE_NPZ) return npy_read(path, tensor);
  if (kind == FILE_MTX) return mtx_read(path, false, tensor);
  if (kind != FILE_SMTX)
    return error_at(path, 0, 0, "prune takes weights as .npy, .npz, .mtx or .smtx%s%s", advice ? ": " : "",
                    advice ? advice : "");
  if (!operand_load(path, &rule, &operand)) return false;
  *tensor = operand.tensor;
  return true;
}

// ---- which weights stay ----

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

// All but the `zeros` smallest.
static bool keep_largest(const double *words, int64_t count, int64_t zeros, bool *kept) {
  Weight *weights = calloc((size_t)count, sizeof *weights);
  if (!weights) return false;
  for (int64_t i = 0; i < count; i++)
    weights[i] = (Weight){fabs(words[i]), i};
  qsort(weights, (size_t)count, sizeof *weights, compare_weights);
  for (int64_t i = 0; i < count; i++)
    kept[weights[i].place] = i >= zeros;
  free(weights);
  return true;
}

// Fibers run along K: the rows of a K x N matrix, the input channels of O x I x KH x KW.
static int axis_of(const Options *o, const Tensor *tensor) {
  if (tensor->ndim <= 2) return o->transpose_b && tensor->ndim == 2;
  return o->weight_layout ? weight_layouts[o->weight_layout - 1].order[1] : 1;
}

static bool check_axis(const Options *o, const Tensor *tensor) {
  const WeightLayout *layout = o->weight_layout ? &weight_layouts[o->weight_layout - 1] : NULL;
  const char *path = o->subject;
  char text[TENSOR_TEXT];
  if (tensor->ndim == 0)
    return error_at(path, 0, 0, "a single number has no K to prune along; expected K x N or O x I x KH x KW");
  shape_text(tensor->ndim, tensor->shape, text);
  if (o->transpose_b && tensor->ndim != 2)
    return error_at(path, 0, 0, "W is %s; --transpose-b is for a matrix, kernels have --weight-layout", text);
  if (layout && tensor->ndim != 4)
    return error_at(path, 0, 0, "W is %s; --weight-layout %s is %s", text, layout->word, layout->shape);
  if (layout && (layout->merges || o->weight_layout - 1 == ORDER_1HWC))
    return error_at(path, 0, 0, "depthwise weights have one input channel a group, no K to prune along");
  return true;
}

static bool keep_pattern(const Pattern *pattern, const Tensor *tensor, int axis, const double *words, bool *kept) {
  int64_t length = tensor->shape[axis], inner = 1, outer = 1;
  for (int d = 0; d < axis; d++)
    outer *= tensor->shape[d];
  for (int d = axis + 1; d < tensor->ndim; d++)
    inner *= tensor->shape[d];
  double *fiber = calloc((size_t)length, sizeof *fiber);
  bool *stays = calloc((size_t)length, sizeof *stays);
  for (int64_t f = 0; fiber && stays && f < outer * inner; f++) {
    int64_t first = f / inner * length * inner + f % inner;
    for (int64_t i = 0; i < length; i++)
      fiber[i] = words[first + i * inner];
    pattern_keep(pattern, fiber, length, stays);
    for (int64_t i = 0; i < length; i++)
      kept[first + i * inner] = stays[i];
  }
  bool good = fiber && stays;
  free(fiber);
  free(stays);
  return good;
}

// ---- what is lost ----

typedef struct Loss {
  int64_t kept;   // weights that are not zero
  double energy;  // share of the squared weights kept, 1 where all are zero
  double squares; // mean squared error
} Loss;

static Loss measure(const double *words, const bool *kept, int64_t count) {
  double all = 0, stays = 0;
  Loss loss = {0};
  for (int64_t i = 0; i < count; i++) {
    double energy = words[i] * words[i];
    all += energy;
    if (kept[i]) stays += energy;
    loss.kept += kept[i] && energy > 0;
  }
  loss.energy = all > 0 ? stays / all : 1;
  loss.squares = (all - stays) / (double)count;
  return loss;
}

static void print_pattern(const Pattern *pattern) {
  char text[PATTERN_TEXT];
  double density = pattern_density(pattern);
  printf("  pattern             %10s  in groups of %d along K; density %.4f, engine speedup %.3f\n",
         pattern_text(pattern, text, sizeof text), pattern_span(pattern), density, 1 / density);
}

static void print_loss(const char *path, const Wish *wish, Loss loss, Loss free_choice, int64_t count) {
  printf("%s: %" PRId64 " of %" PRId64 " weights are nonzero (%.1f %%)\n", path, loss.kept, count,
         100 * (double)loss.kept / (double)count);
  if (wish->structured) print_pattern(&wish->pattern);
  printf("  kept energy         %10.6f  share of the squared weights; unstructured at this density %.6f\n", loss.energy,
         free_choice.energy);
  printf("  mean squared error  %10.4g  unstructured at this density %.4g\n", loss.squares, free_choice.squares);
}

// Floats stay floats; integers take the narrowest type that holds them all.
static NpyType type_of(const Tensor *tensor) {
  int64_t count = tensor_count(tensor);
  if (tensor->real) return NPY_FLOAT32;
  for (int64_t i = 0; i < count; i++)
    if (tensor->data[i] < INT8_MIN || tensor->data[i] > INT8_MAX) return NPY_INT32;
  return NPY_INT8;
}

static bool write_pruned(Tensor *tensor, const bool *kept, const char *path) {
  for (int64_t i = 0; i < tensor_count(tensor); i++) {
    if (kept[i]) continue;
    if (tensor->real)
      tensor->real[i] = 0;
    else
      tensor->data[i] = 0;
  }
  return npy_write(path, tensor, type_of(tensor));
}

static bool prune(Tensor *tensor, int axis, const Wish *wish, const char *path) {
  int64_t count = tensor_count(tensor);
  double *words = calloc((size_t)count, sizeof *words);
  bool *kept = calloc((size_t)count, sizeof *kept), *freely = calloc((size_t)count, sizeof *freely);
  bool good = words && kept && freely;
  for (int64_t i = 0; good && i < count; i++)
    words[i] = tensor->real ? tensor->real[i] : tensor->data[i];
  if (good)
    good = wish->structured ? keep_pattern(&wish->pattern, tensor, axis, words, kept)
                            : keep_largest(words, count, llround(wish->zeros * (double)count), kept);
  Loss loss = {0};
  if (good) loss = measure(words, kept, count);
  good = good && keep_largest(words, count, count - loss.kept, freely);
  if (!good) error_at(NULL, 0, 0, "memory is too short for these weights");
  good = good && write_pruned(tensor, kept, path);
  if (good) print_loss(path, wish, loss, measure(words, freely, count), count);
  free(words);
  free(kept);
  free(freely);
  return good;
}

bool prune_weights(const Pattern *pattern, Tensor *weights) {
  int64_t count = tensor_count(weights);
  double *words = calloc((size_t)count, sizeof *words);
  bool *kept = calloc((size_t)count, sizeof *kept);
  bool good = words && kept;
  for (int64_t i = 0; good && i < count; i++)
    words[i] = weights->data[i];
  good = good && keep_pattern(pattern, weights, weights->ndim > 2, words, kept);
  for (int64_t i = 0; good && i < count; i++)
    if (!kept[i]) weights->data[i] = 0;
  free(words);
  free(kept);
  return good;
}

bool prune_needs_pattern(void) {
  return error_at(NULL, 0, 0, "--prune needs --pattern " PATTERN_FORM ", which says what the weights are to obey");
}

int prune_run(const Options *options) {
  Wish wish;
  Tensor tensor;
  if (!parse_wish(options->pattern, &wish) || !outputs_check(options)) return EXIT_BAD_INPUT;
  if (!read_weights(options, &tensor)) return EXIT_BAD_INPUT;
  bool good = check_axis(options, &tensor) && prune(&tensor, axis_of(options, &tensor), &wish, options->out);
  tensor_free(&tensor);
  return good ? EXIT_CORRECT : EXIT_BAD_INPUT;
}
