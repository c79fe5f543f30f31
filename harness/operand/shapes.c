// Only orders that leave one meaning are taken; where there are two, the message says how to name the one that is
// meant.
#include "harness/operand/shapes.h"
#include "gen/base/error.h"
#include "harness/operand/operand.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { FILE_DIMS = 4, ADVICE = 320 }; // dimensions of an array that may lose its batch

const WeightLayout weight_layouts[WEIGHT_ORDERS] = {
    [ORDER_OIHW] = {"oihw", "O x I/groups x KH x KW", {0, 1, 2, 3}, false},
    [ORDER_OHWI] = {"ohwi", "O x KH x KW x I/groups", {0, 3, 1, 2}, false},
    [ORDER_HWIO] = {"hwio", "KH x KW x I/groups x O", {3, 2, 0, 1}, false},
    [ORDER_1HWC] = {"1hwc", "1 x KH x KW x O", {3, 0, 1, 2}, false},
    [ORDER_HWCM] = {"hwcm", "KH x KW x C x M", {3, 2, 0, 1}, true},
};

static void drop_first(Tensor *tensor) {
  tensor->ndim--;
  memmove(tensor->shape, tensor->shape + 1, (size_t)tensor->ndim * sizeof tensor->shape[0]);
}

static void put_shape(Tensor *tensor, int ndim, const int64_t *shape) {
  tensor->ndim = ndim;
  memcpy(tensor->shape, shape, (size_t)ndim * sizeof shape[0]);
}

// Linear layers are stored O x I, where O comes last I x O.
static void make_kernel(WeightOrder order, Tensor *t) {
  const int64_t *s = t->shape;
  if (order == ORDER_OIHW) put_shape(t, 4, (int64_t[]){s[0], s[1], 1, 1});
  if (order == ORDER_OHWI) put_shape(t, 4, (int64_t[]){s[0], 1, 1, s[1]});
  if (order == ORDER_HWIO) put_shape(t, 4, (int64_t[]){1, 1, s[0], s[1]});
}

// What has one meaning only.
static void take(const OperandRule *rule, Tensor *t) {
  const int64_t *s = t->shape;
  bool matrix = rule->kind == OPERAND_A || rule->kind == OPERAND_B;
  while ((matrix || rule->kind == OPERAND_MAP) && t->ndim <= FILE_DIMS && t->ndim > rule->ndim && s[0] == 1)
    drop_first(t);
  if (matrix && t->ndim == 1)
    put_shape(t, 2, (rule->kind == OPERAND_A) != rule->transposed ? (int64_t[]){1, s[0]} : (int64_t[]){s[0], 1});
  if (rule->kind == OPERAND_WEIGHT && t->ndim == 2) make_kernel(rule->order, t);
}

static void advise_matrix(const OperandRule *rule, const Tensor *t, char *text) {
  OperandKind kind = rule->kind;
  const int64_t *s = t->shape;
  int64_t last = s[t->ndim - 1], count = tensor_count(t);
  if (kind == OPERAND_B && count == s[t->ndim - 2] * last)
    snprintf(text, ADVICE, "; reshape it to %" PRId64 " x %" PRId64, s[t->ndim - 2], last);
  else if (t->ndim == 4 && s[2] == 1 && s[3] == 1)
    snprintf(text, ADVICE, "; reshape it to %" PRId64 " x %" PRId64 "%s", s[0], s[1],
             kind == OPERAND_B && !rule->transposed ? ", and if these are O x I, say --transpose-b" : "");
  else if (kind == OPERAND_B && last == 1 && t->ndim == 3)
    snprintf(text, ADVICE, "; reshape it to %" PRId64 " x %" PRId64, s[0], s[1]);
  else if (kind == OPERAND_A)
    snprintf(text, ADVICE, "; reshape it to %" PRId64 " x %" PRId64 ", a row for every one of the batch", count / last,
             last);
  else
    snprintf(text, ADVICE, "; reshape it to two, or run the batch of %" PRId64 " matrix by matrix", s[0]);
}

static void advise_map(const Tensor *t, const char *shape, char *text) {
  const int64_t *s = t->shape;
  bool last = shape[0] == 'H';
  if (t->ndim == 4)
    snprintf(text, ADVICE, "; a batch of %" PRId64 " is run one by one", s[0]);
  else if (t->ndim == 2 && last)
    snprintf(text, ADVICE,
             "; reshape an image of one channel to %" PRId64 " x %" PRId64 " x 1, a sequence L x C to 1 x %" PRId64
             " x %" PRId64 ", its weights to O x 1 x K x I, and pad left and right alone",
             s[0], s[1], s[0], s[1]);
  else if (t->ndim == 2)
    snprintf(text, ADVICE,
             "; reshape an image of one channel to 1 x %" PRId64 " x %" PRId64 ", a sequence C x L to %" PRId64
             " x 1 x %" PRId64 ", its weights to O x I x 1 x K, and pad left and right alone",
             s[0], s[1], s[0], s[1]);
  else
    snprintf(text, ADVICE, "; reshape it to that");
}

static void advise_weight(WeightOrder order, const Tensor *t, char *text) {
  const int64_t *s = t->shape;
  const int64_t kernels[WEIGHT_ORDERS][4] = {[ORDER_OIHW] = {s[0], s[1], 1, s[2]},
                                             [ORDER_OHWI] = {s[0], 1, s[1], s[2]},
                                             [ORDER_HWIO] = {1, s[0], s[1], s[2]},
                                             [ORDER_1HWC] = {s[0], 1, s[1], s[2]},
                                             [ORDER_HWCM] = {1, s[0], s[1], s[2]}};
  char line[TENSOR_TEXT], depthwise[64] = "";
  if (order == ORDER_OIHW) snprintf(depthwise, sizeof depthwise, ", depthwise C x KH x KW to C x 1 x KH x KW");
  if (order == ORDER_OHWI) snprintf(depthwise, sizeof depthwise, ", depthwise KH x KW x C to 1 x KH x KW x C");
  if (t->ndim == 3)
    snprintf(text, ADVICE,
             "; reshape those of a 1-D convolution to %s, and its input to %s, and pad left and right alone%s",
             shape_text(4, kernels[order], line), order == ORDER_OIHW ? "C x 1 x L" : "1 x L x C (nhwc)", depthwise);
  else if (t->ndim > 4)
    snprintf(text, ADVICE, "; kernels have two dimensions, reshape it to that");
}

bool shapes_fit(const char *source, const OperandRule *rule, Tensor *tensor) {
  const char *option = rule->option;
  char text[TENSOR_TEXT], advice[ADVICE] = "";
  take(rule, tensor);
  if (tensor->ndim == rule->ndim) return true;
  if (!tensor->ndim) return error_at(source, 0, 0, "%s is a single number; %s is %s", option, option, rule->shape);
  if (rule->kind == OPERAND_A || rule->kind == OPERAND_B) advise_matrix(rule, tensor, advice);
  if (rule->kind == OPERAND_MAP) advise_map(tensor, rule->shape, advice);
  if (rule->kind == OPERAND_WEIGHT) advise_weight(rule->order, tensor, advice);
  return error_at(source, 0, 0, "%s has %d dimension%s (%s); %s is %s%s", option, tensor->ndim,
                  tensor->ndim == 1 ? "" : "s", shape_text(tensor->ndim, tensor->shape, text), option, rule->shape,
                  advice);
}

bool shapes_suit(WeightOrder order, const int64_t shape[4], int64_t channels, int64_t groups) {
  const WeightLayout *layout = &weight_layouts[order];
  int64_t outputs = shape[layout->order[0]], inputs = shape[layout->order[1]];
  if (layout->merges) {
    inputs = 1;
    if (shape[2] != groups) return false;
  }
  if (order == ORDER_1HWC && shape[0] != 1) return false;
  return inputs * groups == channels && (layout->merges || outputs % groups == 0);
}

bool shapes_weights(const char *source, const char *option, WeightOrder order, int64_t groups, Tensor *tensor) {
  const WeightLayout *layout = &weight_layouts[order];
  char text[TENSOR_TEXT];
  int64_t *s = tensor->shape;
  shape_text(4, s, text);
  if (order == ORDER_1HWC && s[0] != 1)
    return error_at(source, 0, 0, "%s is %s; --weight-layout 1hwc is %s", option, text, layout->shape);
  if (layout->merges && s[2] != groups)
    return error_at(source, 0, 0,
                    "%s is %s; --weight-layout hwcm is %s, depthwise, and needs %" PRId64 " groups, not %" PRId64,
                    option, text, layout->shape, s[2], groups);
  if (layout->merges) put_shape(tensor, 4, (int64_t[]){s[0], s[1], 1, s[2] * s[3]});
  Tensor turned;
  if (!tensor_permute(&turned, tensor, layout->order))
    return error_at(source, 0, 0, "memory is too short for the weights; use smaller ones");
  tensor_free(tensor);
  *tensor = turned;
  return true;
}

bool shapes_vector(const char *source, const char *what, int64_t count, Tensor *tensor) {
  char text[TENSOR_TEXT];
  int long_ones = 0;
  for (int i = 0; i < tensor->ndim; i++)
    long_ones += tensor->shape[i] != 1;
  if (long_ones <= 1 && tensor_count(tensor) == count) {
    put_shape(tensor, 1, &count);
    return true;
  }
  shape_text(tensor->ndim, tensor->shape, text);
  if (tensor_count(tensor) == count)
    return error_at(source, 0, 0, "the %s is %s; %" PRId64 " outputs need one number each, reshape it to %" PRId64,
                    what, text, count, count);
  if (tensor->ndim == 1)
    return error_at(source, 0, 0, "the %s has %s number%s; %" PRId64 " outputs need %" PRId64, what, text,
                    tensor->shape[0] == 1 ? "" : "s", count, count);
  return error_at(source, 0, 0, "the %s is %s; %" PRId64 " outputs need %" PRId64 " numbers in one dimension", what,
                  tensor->ndim ? text : "a single number", count, count);
}
