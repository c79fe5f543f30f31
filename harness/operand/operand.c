// Chooses the reader, checks dimensions and range, quantises floats.
#include "harness/operand/operand.h"
#include "gen/base/error.h"
#include "harness/base/number.h"
#include "harness/base/suffix.h"
#include "harness/operand/matrix_text.h"
#include "harness/operand/npy.h"
#include "harness/operand/random.h"
#include "harness/operand/scipy.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define RANDOM_PREFIX "random:"
#define RANDOM_FORM   "random:SIZExSIZE:DENSITY[:SEED], for instance random:64x128:0.3:7"

enum { RANDOM_TOP = 1023 };

static int32_t range_top(const OperandRule *rule) {
  return (int32_t)((INT64_C(1) << (rule->bits - rule->is_signed)) - 1);
}

static int32_t range_bottom(const OperandRule *rule) {
  return rule->is_signed ? -range_top(rule) - 1 : 0;
}

// Nonzero, in the range that quantised values have, but not so large that sums of 2000 products leave 32 bits.
static int32_t random_value(Random *random, const OperandRule *rule) {
  int32_t top = range_top(rule), value = random_between(random, 1, top < RANDOM_TOP ? top : RANDOM_TOP);
  return rule->is_signed && random_next(random) >> 63 ? -value : value;
}

static bool takes_sparse(const OperandRule *rule) {
  return rule->sparse && !rule->zero;
}

// What is held of a tensor: all elements, or those that are not zero.
typedef struct Held {
  int64_t count;
  int32_t **data;
  double **real;
} Held;

static Held held(Tensor *t) {
  if (tensor_is_sparse(t)) return (Held){t->csr.entries, &t->csr.data, &t->csr.real};
  return (Held){tensor_count(t), &t->data, &t->real};
}

// A size of a random operand; text moves behind it.
static bool parse_size(const char **text, int64_t *size) {
  return **text >= '0' && **text <= '9' && number_take_whole(text, size);
}

static bool parse_density(const char **text, double *density) {
  if (*(*text)++ != ':') return false;
  return number_take_real(text, density) && *density >= 0 && *density <= 1;
}

static bool parse_seed(const char *text, uint64_t *seed) {
  int64_t value;
  if (!*text) return true;
  if (text[0] != ':' || text[1] < '0' || text[1] > '9' || !number_whole(text + 1, &value)) return false;
  *seed = (uint64_t)value;
  return true;
}

typedef struct RandomSource {
  int ndim;
  int64_t shape[TENSOR_DIMS];
  double density;
  uint64_t seed;
} RandomSource;

static bool parse_random(const char *text, RandomSource *source) {
  do {
    if (source->ndim == TENSOR_DIMS || !parse_size(&text, &source->shape[source->ndim])) return false;
    source->ndim++;
  } while (*text == 'x' && text++);
  return parse_density(&text, &source->density) && parse_seed(text, &source->seed);
}

// Zeros before the next nonzero: a geometric distribution.
static double jump(Random *random, double density) {
  return floor(log1p(-random_unit(random)) / log1p(-density));
}

// Up to TENSOR_MAX_ELEMENTS the elements are those of a dense operand; of more not every one is drawn.
static bool list_random(const RandomSource *source, const OperandRule *rule, CsrList *list) {
  Random random = {source->seed};
  int64_t count = source->shape[0] * source->shape[1];
  bool each = count <= TENSOR_MAX_ELEMENTS;
  if (!each && !(source->density > 0)) return true;
  for (int64_t place = 0; place < count; place++) {
    double zeros = each ? 0 : jump(&random, source->density);
    if (zeros >= (double)(count - place)) break;
    place += (int64_t)zeros;
    if (each && random_unit(&random) >= source->density) continue;
    if (!csr_add(list, (CsrEntry){place, random_value(&random, rule), 0})) return false;
  }
  return true;
}

static bool fill_sparse(const RandomSource *source, const OperandRule *rule, Tensor *tensor) {
  CsrList list = {.count = 0};
  int64_t mark;
  bool good =
      list_random(source, rule, &list) && tensor_build(tensor, source->shape[0], source->shape[1], false, &list, &mark);
  free(list.entry);
  return good;
}

static bool fill_dense(const RandomSource *source, const OperandRule *rule, Tensor *tensor) {
  if (!tensor_make(tensor, source->ndim, source->shape, false)) return false;
  Random random = {source->seed};
  int64_t count = tensor_count(tensor);
  for (int64_t e = 0; e < count; e++)
    if (random_unit(&random) < source->density) tensor->data[e] = random_value(&random, rule);
  return true;
}

static Holding random_holding(const RandomSource *source, const OperandRule *rule, char *why) {
  const int64_t *s = source->shape;
  if (source->ndim == 2)
    return matrix_holding(s[0], s[1], source->density * (double)s[0] * (double)s[1], takes_sparse(rule), why);
  if (shape_count(source->ndim, s) > 0) return HELD_DENSE;
  shape_refusal(source->ndim, s, why);
  return HELD_NOT;
}

static bool make_random(const char *text, const OperandRule *rule, Tensor *tensor) {
  RandomSource source = {.seed = rule->seed};
  if (!parse_random(text + strlen(RANDOM_PREFIX), &source))
    return error_at(NULL, 0, 0, "%s %s is not understood; expected " RANDOM_FORM, rule->option, text);
  char why[TENSOR_WHY];
  Holding holding = random_holding(&source, rule, why);
  if (holding == HELD_NOT) return error_at(NULL, 0, 0, "%s %s: %s", rule->option, text, why);
  if (holding == HELD_SPARSE ? fill_sparse(&source, rule, tensor) : fill_dense(&source, rule, tensor)) return true;
  return error_at(NULL, 0, 0, "%s %s: memory is too short; use a smaller one", rule->option, text);
}

static bool read_pattern(const char *path, const OperandRule *rule, Tensor *tensor) {
  if (!smtx_read(path, takes_sparse(rule), tensor)) return false;
  Random random = {rule->seed};
  Held h = held(tensor);
  for (int64_t e = 0; rule->random_values && e < h.count; e++)
    if ((*h.data)[e]) (*h.data)[e] = random_value(&random, rule);
  return true;
}

bool operand_is_random(const char *source) {
  return !strncmp(source, RANDOM_PREFIX, strlen(RANDOM_PREFIX));
}

static bool read_source(const char *source, const OperandRule *rule, Tensor *tensor) {
  const char *advice = suffix_advice(source);
  if (operand_is_random(source)) return make_random(source, rule, tensor);
  switch (suffix_kind(source)) {
  case FILE_NPY:
    return npy_read(source, tensor);
  case FILE_NPZ:
    return scipy_is_matrix(source) ? scipy_read(source, takes_sparse(rule), tensor) : npy_read(source, tensor);
  case FILE_MTX:
    return mtx_read(source, takes_sparse(rule), tensor);
  case FILE_SMTX:
    return read_pattern(source, rule, tensor);
  case FILE_OTHER:
    break;
  }
  if (advice) return error_at(source, 0, 0, "%s takes no such file: %s", rule->option, advice);
  return error_at(source, 0, 0,
                  "%s takes no such file; it takes .npy, .npz, .mtx, .smtx, gzip allowed, or " RANDOM_FORM,
                  rule->option);
}

// "[3,17]": the indices of an element, of which e are held before.
static const char *element_name(const Tensor *tensor, int64_t e, char *text, size_t size) {
  int64_t stride = tensor_count(tensor);
  if (tensor_is_sparse(tensor)) e = csr_place(&tensor->csr, e);
  size_t used = 0;
  for (int i = 0; i < tensor->ndim && used < size; i++) {
    stride /= tensor->shape[i];
    used += (size_t)snprintf(text + used, size - used, "%s%" PRId64, i ? "," : "[", e / stride % tensor->shape[i]);
  }
  if (used < size) snprintf(text + used, size - used, "]");
  return text;
}

// What would hold an integer that is out of range.
static const char *advise_range(const OperandRule *rule, int32_t value) {
  bool is_a = rule->kind == OPERAND_A || rule->kind == OPERAND_MAP;
  if (!rule->is_signed && value < 0) return "data.a_signed: true holds negative ones";
  if (rule->is_signed && is_a && value > 0 && value <= 2 * range_top(rule) + 1)
    return rule->bits < 16 ? "data.a_signed: false or data.bits 16 holds it" : "data.a_signed: false holds it";
  return rule->bits < 16 ? "data.bits 16 holds more" : "scale them down";
}

static bool check_range(const char *source, const OperandRule *rule, Tensor *tensor) {
  int32_t low = range_bottom(rule), high = range_top(rule);
  Held h = held(tensor);
  const int32_t *data = *h.data;
  for (int64_t e = 0; e < h.count; e++) {
    if (data[e] >= low && data[e] <= high) continue;
    char name[TENSOR_TEXT];
    return error_at(source, 0, 0,
                    "element %s is %" PRId32 "; %s holds integers of %d bits, %" PRId32 " to %" PRId32
                    "; floats are quantised (numpy.float32, or real in the banner of .mtx), %s",
                    element_name(tensor, e, name, sizeof name), data[e], rule->option, rule->bits, low, high,
                    advise_range(rule, data[e]));
  }
  return true;
}

// Puts integers, which become the tensor's, in the place of its real values; those that have become 0 are no entries.
static bool replace_real(const char *source, Tensor *tensor, int32_t *integers) {
  Held h = held(tensor);
  if (!integers) return error_at(source, 0, 0, "memory is too short for this array; use a smaller one");
  free(*h.real);
  *h.real = NULL;
  *h.data = integers;
  if (tensor_is_sparse(tensor)) csr_drop_zeros(&tensor->csr);
  return true;
}

// By the scale that is given.
static bool quantise_by(const char *source, const OperandRule *rule, Operand *operand) {
  Held h = held(&operand->tensor);
  int32_t *integers = malloc((size_t)(h.count + 1) * sizeof *integers);
  for (int64_t e = 0; integers && e < h.count; e++)
    integers[e] =
        (int32_t)fmin(fmax(round((*h.real)[e] / rule->scale) + rule->zero, range_bottom(rule)), range_top(rule));
  operand->quantised = true;
  return replace_real(source, &operand->tensor, integers);
}

// By the largest magnitude: round(x * top / max), half away from zero, which has only one rounding before the last, so
// that exact halves are seen as such.
static bool quantise_all(const char *source, const OperandRule *rule, Operand *operand) {
  Held h = held(&operand->tensor);
  const double *real = *h.real;
  double max = 0;
  for (int64_t e = 0; e < h.count; e++) {
    char name[TENSOR_TEXT];
    if (real[e] < 0 && !rule->is_signed)
      return error_at(source, 0, 0,
                      "element %s is %g; this configuration takes unsigned values for %s; set data.a_signed: true, or "
                      "quantise with a zero point: --a-scale S --a-zero N",
                      element_name(&operand->tensor, e, name, sizeof name), real[e], rule->option);
    max = fmax(max, fabs(real[e]));
  }
  int32_t top = range_top(rule) >> rule->spared, *integers;
  if (max > 0 && (max * top > 1e300 || max < 1e-300))
    return error_at(source, 0, 0, "the largest magnitude is %g; quantising takes 1e-300 to 1e290", max);
  operand->quantised = true;
  if (max > 0) operand->scale = max / top;
  integers = malloc((size_t)(h.count + 1) * sizeof *integers);
  for (int64_t e = 0; integers && e < h.count; e++)
    integers[e] = (int32_t)round(real[e] * top / (max > 0 ? max : 1));
  return replace_real(source, &operand->tensor, integers);
}

static bool quantise(const char *source, const OperandRule *rule, Operand *operand) {
  if (rule->scale > 0) return quantise_by(source, rule, operand);
  if (!rule->zero) return quantise_all(source, rule, operand);
  return error_at(source, 0, 0,
                  "%s holds floats, which are quantised without a zero point; say --a-scale S with --a-zero %" PRId32
                  ", and x becomes round(x / S) %c %" PRId32 ", or give integers",
                  rule->option, rule->zero, rule->zero < 0 ? '-' : '+', rule->zero < 0 ? -rule->zero : rule->zero);
}

bool operand_load(const char *source, const OperandRule *rule, Operand *operand) {
  *operand = (Operand){.scale = 1};
  Tensor *tensor = &operand->tensor;
  if (!read_source(source, rule, tensor)) return false;
  bool good = shapes_fit(source, rule, tensor);
  if (good && *held(tensor).real)
    good = quantise(source, rule, operand);
  else if (good)
    good = check_range(source, rule, tensor);
  if (good && rule->scale > 0) operand->scale = rule->scale;
  operand->has_unit = operand->quantised || rule->scale > 0;
  if (!good) operand_free(operand);
  return good;
}

void operand_free(Operand *operand) {
  tensor_free(&operand->tensor);
}

bool vector_load(const char *path, const char *what, int64_t count, Tensor *vector) {
  FileKind kind = suffix_kind(path);
  if (kind != FILE_NPY && kind != FILE_NPZ)
    return error_at(path, 0, 0, "the %s is a .npy file with one number for each output", what);
  if (!npy_read(path, vector)) return false;
  if (shapes_vector(path, what, count, vector)) return true;
  tensor_free(vector);
  return false;
}

static bool scale_bias(const char *path, const double *units, const char *ask, BiasFit *fit, Tensor *bias) {
  Tensor integers;
  int64_t count = bias->shape[0];
  for (int64_t i = 0; i < count; i++) {
    double real = bias->real[i], unit = units ? units[i] : 1;
    if (!units && (real < floor(real) || real > floor(real)))
      return error_at(path, 0, 0, "bias %" PRId64 " is %g; whole numbers are units of the accumulator, and %s", i, real,
                      ask);
    if (fabs(real / unit) < INT32_MAX) continue;
    *fit = (BiasFit){.too_large = true, .output = i, .value = real, .unit = unit};
    tensor_free(bias);
    return true;
  }
  if (!tensor_make(&integers, 1, &count, false)) return error_at(path, 0, 0, "memory is too short for the bias");
  for (int64_t i = 0; i < count; i++)
    integers.data[i] = (int32_t)round(bias->real[i] / (units ? units[i] : 1));
  tensor_free(bias);
  *bias = integers;
  return true;
}

bool bias_load(const char *path, int64_t count, const double *units, const char *ask, BiasFit *fit, Tensor *bias) {
  *fit = (BiasFit){0};
  if (!vector_load(path, "bias", count, bias)) return false;
  fit->integers = bias->data;
  if (!bias->real || scale_bias(path, units, ask, fit, bias)) return true;
  tensor_free(bias);
  return false;
}

bool bias_too_large(const char *path, const BiasFit *fit) {
  return error_at(path, 0, 0,
                  "bias %" PRId64 " is %g, %g units of %g; it must fit 32 bits: larger scales, or a smaller bias, do",
                  fit->output, fit->value, fit->value / fit->unit, fit->unit);
}
