// Operands in the order in which the device or the golden reference wants them. Where sizes do not meet, other orders
// in which they would are named.
#include "harness/workload/load.h"
#include "gen/base/error.h"
#include "harness/base/number.h"
#include "harness/engine/engine_pack.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool no_memory(void) {
  return error_at(NULL, 0, 0, "memory is too short for the operands and the result; use smaller ones");
}

// Replaces a tensor by itself with its dimensions in another order.
static bool reorder(Tensor *tensor, const int *order) {
  Tensor turned;
  if (!tensor_permute(&turned, tensor, order)) return no_memory();
  tensor_free(tensor);
  *tensor = turned;
  return true;
}

// ---- how the user named things: layers of a chain have their weights in --layer, and the second one has no --input

static const char *map_name(const Options *o) {
  return o->layer > 1 ? "the first layer's result" : "--input";
}

static const char *weight_name(const Options *o) {
  static const char *const names[CHAIN_LAYERS + 1] = {"--weight", "the weight of the first --layer",
                                                      "the weight of the second --layer"};
  return names[o->layer];
}

const char *load_ask(const Options *o, const Workload *w, char text[LOAD_ASK]) {
  const char *a = o->weight ? map_name(o) : "--a", *b = o->weight ? weight_name(o) : "--b";
  bool lacks_a = !w->a.has_unit, lacks_b = !w->b.has_unit;
  const char *b_scale = o->layer ? "b-scale=S" : "--b-scale S", *a_scale = "--a-scale S";
  if (o->layer > 1) a_scale = "out-scale=S in the first layer";
  snprintf(text, LOAD_ASK, "%s%s%s hold%s integers, which have no unit: say %s%s%s", lacks_a ? a : "",
           lacks_a && lacks_b ? " and " : "", lacks_b ? b : "", lacks_a && lacks_b ? "" : "s", lacks_a ? a_scale : "",
           lacks_a && lacks_b ? " and " : "", lacks_b ? b_scale : "");
  return text;
}

// ---- scales

// A number alone is one for all; else it is a file. Scales are 32-bit floats, as TensorFlow Lite and ONNX hold them.
static bool is_number(const char *text, double *value) {
  bool good = number_real(text, value);
  *value = (double)(float)*value;
  return good;
}

static bool check_scale(const Options *o, double scale) {
  if (isfinite(scale) && scale > 0) return true;
  return error_at(NULL, 0, 0, "%sb-scale%s%s: a scale of %g is not possible; scales are above 0 and fit 32-bit floats",
                  o->layer ? "" : "--", o->layer ? "=" : " ", o->b_scale, scale);
}

static bool column_scales(const Options *o, Workload *w) {
  Tensor table;
  if (!vector_load(o->b_scale, "file of scales of B", w->shape.n, &table)) return false;
  bool good = true;
  for (uint32_t i = 0; good && i < w->shape.n; i++) {
    double scale = table.real ? (double)(float)table.real[i] : (double)(float)table.data[i];
    good = check_scale(o, scale);
    w->units[i] = w->a.scale * scale;
  }
  tensor_free(&table);
  return good;
}

// Of a matrix product with one scale TensorFlow Lite multiplies the scales as 32-bit floats (fully connected layers).
static double product(const Options *o, const Workload *w) {
  bool given = o->b_scale && o->a_scale > 0;
  if (given && !o->weight) return (double)((float)w->a.scale * (float)w->b.scale);
  return w->a.scale * w->b.scale;
}

bool load_units(const Options *o, Workload *w) {
  double scale;
  bool columns = o->b_scale && !is_number(o->b_scale, &scale);
  w->units = calloc(w->shape.n, sizeof *w->units);
  if (!w->units) return no_memory();
  if (columns && w->b.quantised)
    return error_at(o->b_scale, 0, 0, "one scale for each output is for integers; of floats give a single number");
  w->unit = columns ? 0 : product(o, w);
  for (uint32_t i = 0; i < w->shape.n; i++)
    w->units[i] = w->unit;
  if (columns && !column_scales(o, w)) return false;
  w->b.has_unit = w->b.has_unit || columns;
  w->has_unit = w->a.has_unit && w->b.has_unit;
  return true;
}

// ---- rules

static OperandRule rule_a(const Options *o, const Plan *plan, const Workload *w) {
  return (OperandRule){.kind = OPERAND_A,
                       .option = "--a",
                       .ndim = 2,
                       .shape = o->transpose_a ? "K x M" : "M x K",
                       .transposed = o->transpose_a,
                       .bits = plan->data_bits,
                       .is_signed = plan->a_signed,
                       .spared = w->spared,
                       .random_values = o->values,
                       .sparse = engine_pack(plan)->nonzeros && !o->transpose_a,
                       .seed = 1,
                       .scale = o->a_scale,
                       .zero = (int32_t)o->a_zero};
}

static bool rule_b(const Options *o, const Plan *plan, const Workload *w, OperandRule *rule) {
  *rule = (OperandRule){.kind = OPERAND_B,
                        .option = "--b",
                        .ndim = 2,
                        .shape = o->transpose_b ? "N x K" : "K x N",
                        .transposed = o->transpose_b,
                        .bits = plan->data_bits,
                        .is_signed = true,
                        .spared = w->spared,
                        .random_values = o->values,
                        .sparse = engine_pack(plan)->nonzeros && !o->transpose_b,
                        .seed = 2};
  double scale;
  if (!o->b_scale || !is_number(o->b_scale, &scale)) return true;
  rule->scale = scale;
  return check_scale(o, scale);
}

// ---- matrix products

static bool has_sizes(const char *text, int ndim, const char *form, int64_t *sizes) {
  const char *at = text;
  for (int i = 0; i < ndim; i++) {
    char *end;
    if (*at < '0' || *at > '9') break;
    sizes[i] = strtoll(at, &end, 10);
    at = end;
    if (i == ndim - 1 && !*at && shape_count(ndim, sizes) > 0) return true;
    if (*at++ != 'x') break;
  }
  return error_at(NULL, 0, 0, "%s %s: these are no sizes; expected %s", ndim == 3 ? "--input" : "--a", text, form);
}

// Of pack: zeros that stand for values to come; without sizes one tile of rows.
static bool stand_in(const Options *o, const Plan *plan, Workload *w) {
  int64_t sizes[3] = {plan->m0, w->b.tensor.shape[0]};
  const char *form = !o->weight                 ? "M x K as 128x576"
                     : o->layout == LAYOUT_NHWC ? "H x W x C as 56x56x64"
                                                : "C x H x W as 64x56x56";
  if (o->sizes && !has_sizes(o->sizes, o->weight ? 3 : 2, form, sizes)) return false;
  w->a.scale = o->a_scale > 0 ? o->a_scale : 1;
  w->a.has_unit = o->a_scale > 0;
  if (!tensor_make(&w->a.tensor, o->weight ? 3 : 2, sizes, false)) return no_memory();
  for (int64_t i = 0, count = tensor_count(&w->a.tensor); o->a_zero && i < count; i++)
    w->a.tensor.data[i] = (int32_t)o->a_zero;
  return true;
}

// Says which of the two is to be transposed, if that makes them meet.
static bool inner_sizes_differ(const Options *o, const int64_t *a, const int64_t *b) {
  char advice[200] = "";
  const char *a_form = o->transpose_a ? "M x K" : "K x M", *b_form = o->transpose_b ? "K x N" : "N x K";
  const char *say_a = o->transpose_a ? "leave out --transpose-a" : "say --transpose-a";
  const char *say_b = o->transpose_b ? "leave out --transpose-b" : "say --transpose-b";
  if (b[1] == a[1] && a[0] == b[0])
    snprintf(advice, sizeof advice, "; if B is %s, %s, or if A is %s, %s", b_form, say_b, a_form, say_a);
  else if (b[1] == a[1])
    snprintf(advice, sizeof advice, "; --b fits as %s, the transpose: %s", b_form, say_b);
  else if (a[0] == b[0])
    snprintf(advice, sizeof advice, "; --a fits as %s, the transpose: %s", a_form, say_a);
  else if (a[0] == b[1])
    snprintf(advice, sizeof advice, "; both fit transposed: %s, and %s", say_a, say_b);
  return error_at(o->b, 0, 0,
                  "inner sizes differ: --a is %" PRId64 " x %" PRId64 ", --b is %" PRId64 " x %" PRId64
                  "; --b must have %" PRId64 " row%s%s",
                  a[0], a[1], b[0], b[1], a[1], a[1] == 1 ? "" : "s", advice);
}

static bool load_matrix(const char *source, const OperandRule *rule, Operand *operand) {
  return operand_load(source, rule, operand) && (!rule->transposed || reorder(&operand->tensor, (int[]){1, 0}));
}

static bool load_gemm(const Options *o, const Plan *plan, Workload *w) {
  OperandRule of_a = rule_a(o, plan, w), of_b;
  bool a_first = o->a && !operand_is_random(o->a); // so that a graph that is too large takes neither time nor memory
  if (!rule_b(o, plan, w, &of_b) || (a_first && !load_matrix(o->a, &of_a, &w->a))) return false;
  if (!load_matrix(o->b, &of_b, &w->b)) return false;
  if (!a_first && !(o->a ? load_matrix(o->a, &of_a, &w->a) : stand_in(o, plan, w))) return false;
  const int64_t *a = w->a.tensor.shape, *b = w->b.tensor.shape;
  if (a[1] != b[0]) return inner_sizes_differ(o, a, b);
  w->shape = (Shape){.m = (uint32_t)a[0], .n = (uint32_t)b[1], .k = (uint32_t)a[1]};
  return true;
}

// ---- convolutions

static WeightOrder order_of(const Options *o) {
  if (o->weight_layout) return (WeightOrder)(o->weight_layout - 1);
  return o->layout == LAYOUT_NHWC ? ORDER_OHWI : ORDER_OIHW;
}

// Where the first dimension is 1, the weights of several groups can't begin with O: TensorFlow Lite's depthwise order.
static WeightOrder order_of_file(const Options *o, int64_t channels, const Tensor *weights) {
  bool plain = !o->weight_layout && o->layout == LAYOUT_NHWC && o->groups > 1 && weights->shape[0] == 1;
  return plain && shapes_suit(ORDER_1HWC, weights->shape, channels, o->groups) ? ORDER_1HWC : order_of(o);
}

// Whether any order of weights suits, the current one first.
static bool find_order(const Options *o, const int64_t *file, int64_t channels, int64_t groups, WeightOrder *found) {
  *found = order_of(o);
  if (shapes_suit(*found, file, channels, groups)) return true;
  for (int order = 0; order < WEIGHT_ORDERS; order++) {
    *found = (WeightOrder)order;
    if (shapes_suit(*found, file, channels, groups)) return true;
  }
  return false;
}

enum { ADVICE = 200 };

// Another order of the weights in which they fit, or another number of groups, or another order of the map. map: H W C.
static void advise_channels(const Options *o, const int64_t *file, const int64_t *map, char text[ADVICE]) {
  bool nhwc = o->layout == LAYOUT_NHWC;
  const char *dashes = o->layer ? "" : "--", *is = o->layer ? "=" : " ";
  int64_t channels = map[2], swapped = nhwc ? map[0] : map[1]; // as the other layout would have them
  WeightOrder order;
  text[0] = 0;
  if (channels == 1 && file[1] > 1 && file[2] == 1 && file[3] == 1 && !o->weight_layout && !nhwc) {
    snprintf(text, ADVICE, "; reshape a lone kernel KH x KW to 1 x 1 x KH x KW");
    return;
  }
  if (file[1] > channels && file[1] % channels == 0 && file[2] == 1 && file[3] == 1 && !o->weight_layout && !nhwc) {
    snprintf(text, ADVICE, "; reshape flat kernels O x I*KH*KW to O x I x KH x KW");
    return;
  }
  bool point = nhwc ? file[1] == 1 && file[2] == 1 : file[2] == 1 && file[3] == 1;
  if (point && file[0] == channels && o->groups == 1 && !o->weight_layout) {
    snprintf(text, ADVICE, "; of a matrix I x O say %sweight-layout%shwio", dashes, is);
    return;
  }
  if (find_order(o, file, channels, o->groups, &order)) {
    const WeightLayout *layout = &weight_layouts[order];
    snprintf(text, ADVICE, "; as %s it would fit: say %sweight-layout%s%s", layout->shape, dashes, is, layout->word);
    return;
  }
  if (o->groups == 1 && find_order(o, file, channels, channels, &order)) {
    const WeightLayout *layout = &weight_layouts[order];
    snprintf(text, ADVICE, "; as depthwise %s it would fit: say %sgroups%s%" PRId64, layout->shape, dashes, is,
             channels);
    if (order != order_of(o)) {
      size_t used = strlen(text);
      snprintf(text + used, ADVICE - used, " and %sweight-layout%s%s", dashes, is, layout->word);
    }
    return;
  }
  Options other = *o;
  other.layout = nhwc ? LAYOUT_NCHW : LAYOUT_NHWC;
  if (o->layer > 1 || !find_order(&other, file, swapped, o->groups, &order)) return;
  snprintf(text, ADVICE, "; --input would fit as %s: say --layout %s%s%s", nhwc ? "C x H x W" : "H x W x C",
           nhwc ? "nchw" : "nhwc", order == order_of(&other) ? "" : " --weight-layout ",
           order == order_of(&other) ? "" : weight_layouts[order].word);
}

static bool channels_differ(const Options *o, const Workload *w, const int64_t *file) {
  char advice[ADVICE], text[TENSOR_TEXT];
  int64_t channels = w->a.tensor.shape[2];
  if (channels % o->groups)
    return error_at(o->layer ? o->weight : NULL, 0, 0,
                    "%sgroups%s%" PRId64 " does not divide the %" PRId64 " channels of %s; give a number that does",
                    o->layer ? "" : "--", o->layer ? "=" : " ", o->groups, channels, map_name(o));
  advise_channels(o, file, w->a.tensor.shape, advice);
  return error_at(o->weight, 0, 0,
                  "channels differ: %s has %" PRId64 ", %s %" PRId64 " x %" PRId64 " groups; %s is read as %s and must "
                  "have I/groups = %" PRId64 "/%" PRId64 "%s",
                  map_name(o), w->a.tensor.shape[2], weight_name(o), w->b.tensor.shape[1], o->groups,
                  shape_text(4, file, text), weight_layouts[order_of(o)].shape, w->a.tensor.shape[2], o->groups,
                  advice);
}

static bool set_conv_shape(const Options *o, const int64_t *file, Workload *w) {
  const int64_t *x = w->a.tensor.shape, *k = w->b.tensor.shape; // H W C, O I KH KW
  w->shape = (Shape){.conv = true,
                     .channels = (uint32_t)x[2],
                     .height = (uint32_t)x[0],
                     .width = (uint32_t)x[1],
                     .out_channels = (uint32_t)k[0],
                     .kernel_h = (uint32_t)k[2],
                     .kernel_w = (uint32_t)k[3],
                     .stride_h = (uint32_t)o->stride[0],
                     .stride_w = (uint32_t)o->stride[1],
                     .pad_top = (uint32_t)o->pad[0],
                     .pad_left = (uint32_t)o->pad[1],
                     .pad_bottom = (uint32_t)o->pad[2],
                     .pad_right = (uint32_t)o->pad[3],
                     .dilation_h = (uint32_t)o->dilation[0],
                     .dilation_w = (uint32_t)o->dilation[1],
                     .groups = (uint32_t)o->groups};
  char why[JOB_WHY], advice[ADVICE] = "";
  if (k[0] % o->groups) advise_channels(o, file, x, advice);
  if (!shape_conv(&w->shape, why)) return error_at(o->layer ? o->weight : NULL, 0, 0, "%s%s", why, advice);
  return true;
}

// What the layer before has made, as its feature map would come from a file.
static bool take_results(const Workload *before, Workload *w) {
  const Shape *s = &before->shape;
  if (!tensor_make(&w->a.tensor, 3, (int64_t[]){s->out_h, s->out_w, s->n}, false)) return no_memory();
  memcpy(w->a.tensor.data, before->expected.dense, (size_t)s->m * s->n * sizeof *before->expected.dense);
  w->a.scale = before->unit > 0 ? before->unit : 1;
  w->a.has_unit = before->has_unit && before->unit > 0;
  return true;
}

static bool load_map(const Options *o, const Plan *plan, Workload *w) {
  bool nhwc = o->layout == LAYOUT_NHWC;
  OperandRule rule = rule_a(o, plan, w);
  rule.kind = OPERAND_MAP;
  rule.option = "--input";
  rule.ndim = 3;
  rule.shape = nhwc ? "H x W x C" : "C x H x W";
  rule.random_values = false;
  if (!(o->input ? operand_load(o->input, &rule, &w->a) : stand_in(o, plan, w))) return false;
  return nhwc || reorder(&w->a.tensor, (int[]){1, 2, 0});
}

static bool load_conv(const Options *o, const Plan *plan, const Workload *before, Workload *w) {
  OperandRule rule;
  int64_t file[4];
  if (!rule_b(o, plan, w, &rule)) return false;
  rule.kind = OPERAND_WEIGHT;
  rule.option = weight_name(o);
  rule.ndim = 4;
  rule.shape = weight_layouts[order_of(o)].shape;
  rule.order = order_of(o);
  rule.random_values = false;
  if (!(before ? take_results(before, w) : load_map(o, plan, w))) return false;
  if (!operand_load(o->weight, &rule, &w->b)) return false;
  memcpy(file, w->b.tensor.shape, sizeof file);
  if (!shapes_weights(o->weight, rule.option, order_of_file(o, w->a.tensor.shape[2], &w->b.tensor), o->groups,
                      &w->b.tensor))
    return false;
  if (w->a.tensor.shape[2] != w->b.tensor.shape[1] * o->groups) return channels_differ(o, w, file);
  return set_conv_shape(o, file, w);
}

// ----

static bool check_a_zero(const Options *o, const Plan *plan) {
  int64_t high = (INT64_C(1) << (plan->data_bits - plan->a_signed)) - 1, low = plan->a_signed ? -high - 1 : 0;
  const char *option = o->layer > 1 ? "the first layer's out-zero" : "--a-zero";
  if (!o->a_zero) return true;
  if (!plan->a_zero_point)
    return error_at(NULL, 0, 0, "%s %" PRId64 ": %s has no zero point of A; set data.a_zero_point in the configuration",
                    option, o->a_zero, plan->name);
  if (o->a_zero >= low && o->a_zero <= high) return true;
  int64_t other_low = plan->a_signed ? 0 : -(high / 2) - 1, other_high = plan->a_signed ? 2 * high + 1 : high / 2;
  char advice[96] = "";
  if (o->a_zero >= other_low && o->a_zero <= other_high)
    snprintf(advice, sizeof advice, "; with data.a_signed: %s it holds %" PRId64 " to %" PRId64,
             plan->a_signed ? "false" : "true", other_low, other_high);
  return error_at(NULL, 0, 0, "%s %" PRId64 " is out of range; A holds %" PRId64 " to %" PRId64 "%s", option, o->a_zero,
                  low, high, advice);
}

bool load_operands(const Options *o, const Plan *plan, const Workload *before, Workload *w) {
  if (!check_a_zero(o, plan)) return false;
  return o->weight ? load_conv(o, plan, before, w) : load_gemm(o, plan, w);
}
