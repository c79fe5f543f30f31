// From options to operands and golden results. Convolutions are brought into one form here: NHWC feature maps for the
// device, NCHW for the golden reference, so that the two share no index arithmetic.
#include "harness/workload.h"
#include "gen/error.h"
#include "harness/npy.h"
#include "harness/prune.h"
#include "harness/requant.h"
#include "harness/structured_a.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static bool no_memory(void) {
  return error_at(NULL, 0, 0, "memory is too short for the operands and the result; use smaller ones");
}

// Without an A, as for pack, one tile of zeros stands for it.
static bool load_a(const Options *options, const Plan *plan, int64_t k, Workload *w) {
  OperandRule rule = {"--a", 2, "M x K", plan->data_bits, plan->a_signed, options->values, 1};
  if (options->a) return operand_load(options->a, &rule, &w->a);
  w->a.scale = 1;
  return tensor_make(&w->a.tensor, 2, (int64_t[]){plan->m0, k}, false) || no_memory();
}

static bool load_gemm(const Options *options, const Plan *plan, Workload *w) {
  OperandRule rule = {"--b", 2, "K x N", plan->data_bits, true, options->values, 2};
  if (!operand_load(options->b, &rule, &w->b) || !load_a(options, plan, w->b.tensor.shape[0], w)) return false;
  const int64_t *a = w->a.tensor.shape, *b = w->b.tensor.shape;
  if (a[1] != b[0])
    return error_at(options->b, 0, 0,
                    "inner sizes differ: --a is %" PRId64 " x %" PRId64 ", --b is %" PRId64 " x %" PRId64
                    "; --b must have %" PRId64 " rows",
                    a[0], a[1], b[0], b[1], a[1]);
  w->shape = (Shape){.m = (uint32_t)a[0], .n = (uint32_t)b[1], .k = (uint32_t)a[1]};
  return true;
}

// Replaces a tensor by itself with its dimensions in another order.
static bool reorder(Tensor *tensor, const int *order) {
  Tensor turned;
  if (!tensor_permute(&turned, tensor, order)) return no_memory();
  tensor_free(tensor);
  *tensor = turned;
  return true;
}

static bool set_conv_shape(const Options *options, Workload *w) {
  const int64_t *x = w->a.tensor.shape, *k = w->b.tensor.shape; // H W C, O I KH KW
  if (x[2] != k[1] * options->groups)
    return error_at(options->weight, 0, 0,
                    "channels differ: --input has %" PRId64 ", --weight %" PRId64 " x %" PRId64
                    " groups; --weight must have %" PRId64 " / groups",
                    x[2], k[1], options->groups, x[2]);
  w->shape = (Shape){.conv = true,
                     .channels = (uint32_t)x[2],
                     .height = (uint32_t)x[0],
                     .width = (uint32_t)x[1],
                     .out_channels = (uint32_t)k[0],
                     .kernel_h = (uint32_t)k[2],
                     .kernel_w = (uint32_t)k[3],
                     .stride_h = (uint32_t)options->stride[0],
                     .stride_w = (uint32_t)options->stride[1],
                     .pad_top = (uint32_t)options->pad[0],
                     .pad_left = (uint32_t)options->pad[1],
                     .pad_bottom = (uint32_t)options->pad[2],
                     .pad_right = (uint32_t)options->pad[3],
                     .dilation_h = (uint32_t)options->dilation[0],
                     .dilation_w = (uint32_t)options->dilation[1],
                     .groups = (uint32_t)options->groups};
  char why[JOB_WHY];
  if (!shape_conv(&w->shape, why)) return error_at(NULL, 0, 0, "%s", why);
  if (shape_count(2, (int64_t[]){w->shape.m, w->shape.n}) < 0)
    return error_at(NULL, 0, 0, "the output has more than %" PRId64 " elements; use a smaller one",
                    TENSOR_MAX_ELEMENTS);
  return true;
}

// What the layer before has made, as its feature map would come from a file.
static bool take_results(const Plan *plan, const Workload *before, Workload *w) {
  const Shape *s = &before->shape;
  if (plan->data_bits != 8 || !plan->a_signed)
    return error_at(NULL, 0, 0, "chain: %s reads A of %s %d bits; the first layer writes signed bytes", plan->name,
                    plan->a_signed ? "signed" : "unsigned", plan->data_bits);
  if (plan->hss_a_g0)
    return error_at(NULL, 0, 0, "chain: %s reads structured A; the first layer writes rows", plan->name);
  if (!tensor_make(&w->a.tensor, 3, (int64_t[]){s->out_h, s->out_w, s->n}, false)) return no_memory();
  memcpy(w->a.tensor.data, before->expected, (size_t)s->m * s->n * sizeof *before->expected);
  w->a.scale = before->unit > 0 ? before->unit : 1;
  return true;
}

static bool load_map(const Options *options, const Plan *plan, Workload *w) {
  bool nhwc = options->layout == LAYOUT_NHWC;
  OperandRule rule = {"--input", 3, nhwc ? "H x W x C" : "C x H x W", plan->data_bits, plan->a_signed, false, 1};
  return operand_load(options->input, &rule, &w->a) && (nhwc || reorder(&w->a.tensor, (int[]){1, 2, 0}));
}

static bool load_conv(const Options *options, const Plan *plan, const Workload *before, Workload *w) {
  bool nhwc = options->layout == LAYOUT_NHWC;
  OperandRule rule_w = {
      "--weight", 4, nhwc ? "O x KH x KW x I/groups" : "O x I/groups x KH x KW", plan->data_bits, true, false, 2};
  if (!(before ? take_results(plan, before, w) : load_map(options, plan, w))) return false;
  if (!operand_load(options->weight, &rule_w, &w->b)) return false;
  if (nhwc && !reorder(&w->b.tensor, (int[]){0, 3, 1, 2})) return false;
  return set_conv_shape(options, w);
}

static bool does_not_fit(int64_t row, int64_t col) {
  if (row < 0) return no_memory();
  return error_at(NULL, 0, 0,
                  "the result in row %" PRId64 ", column %" PRId64
                  " does not fit the 32-bit accumulator; use smaller values or a smaller K",
                  row, col);
}

static bool compute_gemm(Workload *w) {
  const Shape *s = &w->shape;
  const int32_t *a = w->a.tensor.data, *b = w->b.tensor.data;
  int64_t row, col;
  w->effectual = golden_effectual(a, b, s->m, s->n, s->k, w->epilogue.a_zero);
  if (golden_gemm(a, b, s->m, s->n, s->k, w->epilogue.a_zero, w->bias.data, w->expected, &row, &col)) return true;
  return does_not_fit(row, col);
}

static GoldenConv conv_of(const Shape *s) {
  return (GoldenConv){.in_channels = s->channels,
                      .in_rows = s->height,
                      .in_cols = s->width,
                      .out_channels = s->out_channels,
                      .k_rows = s->kernel_h,
                      .k_cols = s->kernel_w,
                      .stride_y = s->stride_h,
                      .stride_x = s->stride_w,
                      .pad_top = s->pad_top,
                      .pad_left = s->pad_left,
                      .pad_bottom = s->pad_bottom,
                      .pad_right = s->pad_right,
                      .dilation_y = s->dilation_h,
                      .dilation_x = s->dilation_w,
                      .groups = s->groups};
}

// Leaves ones where a product is effectual: the convolution of the two patterns counts them.
static void make_pattern(Tensor *tensor, int32_t zero) {
  int64_t count = tensor_count(tensor);
  for (int64_t i = 0; i < count; i++)
    tensor->data[i] = tensor->data[i] != zero;
}

// planes: O x OH x OW.
static bool count_effectual(const GoldenConv *conv, Workload *w, Tensor *x, int32_t *planes) {
  Tensor pattern;
  int64_t place, count = (int64_t)w->shape.m * w->shape.n;
  if (!tensor_permute(&pattern, &w->b.tensor, (int[]){0, 1, 2, 3})) return no_memory();
  make_pattern(x, w->epilogue.a_zero);
  make_pattern(&pattern, 0);
  bool good = golden_conv(conv, x->data, pattern.data, 0, NULL, planes, &place) || no_memory();
  for (int64_t i = 0; good && i < count; i++)
    w->effectual += planes[i];
  tensor_free(&pattern);
  return good;
}

static bool compute_planes(Workload *w, Tensor *x, int32_t *planes) {
  GoldenConv conv = conv_of(&w->shape);
  int64_t place, m = w->shape.m, n = w->shape.n;
  if (!golden_conv(&conv, x->data, w->b.tensor.data, w->epilogue.a_zero, w->bias.data, planes, &place))
    return does_not_fit(place < 0 ? -1 : place % m, place / m);
  for (int64_t col = 0; col < n; col++)
    for (int64_t row = 0; row < m; row++)
      w->expected[row * n + col] = planes[col * m + row];
  return count_effectual(&conv, w, x, planes);
}

static bool compute_conv(Workload *w) {
  Tensor x;
  int32_t *planes = malloc((size_t)w->shape.m * w->shape.n * sizeof *planes);
  bool made = tensor_permute(&x, &w->a.tensor, (int[]){2, 0, 1});
  bool good = planes && made ? compute_planes(w, &x, planes) : no_memory();
  if (made) tensor_free(&x);
  free(planes);
  return good;
}

static bool check_a_zero(const Options *options, const Plan *plan) {
  int64_t high = (INT64_C(1) << (plan->data_bits - plan->a_signed)) - 1, low = plan->a_signed ? -high - 1 : 0;
  if (!options->a_zero) return true;
  if (!plan->a_zero_point)
    return error_at(NULL, 0, 0, "--a-zero %" PRId64 ": %s has no zero point of A; set it in the configuration",
                    options->a_zero, plan->name);
  if (options->a_zero >= low && options->a_zero <= high) return true;
  return error_at(NULL, 0, 0, "--a-zero %" PRId64 " is out of range; A holds %" PRId64 " to %" PRId64, options->a_zero,
                  low, high);
}

static int64_t count_nonzero(const Tensor *tensor, int32_t zero) {
  int64_t count = tensor_count(tensor), nonzero = 0;
  for (int64_t i = 0; i < count; i++)
    nonzero += tensor->data[i] != zero;
  return nonzero;
}

double workload_density_a(const Workload *w) {
  return (double)w->nnz_a / (double)tensor_count(&w->a.tensor);
}

double workload_density_b(const Workload *w) {
  return (double)w->nnz_b / (double)tensor_count(&w->b.tensor);
}

// --pattern is for engines that know structures; --prune makes the weights obey it, and structured A its own, unless it
// is computed in passes.
static bool prepare_weights(const Options *options, const Plan *plan, Workload *w) {
  Pattern pattern;
  bool prunes_a = plan->hss_a_g0 && !w->a_in_passes;
  if (!options->pattern && (!options->prune || prunes_a)) return true;
  if (!options->pattern)
    return error_at(NULL, 0, 0, "--prune needs --pattern G:H[/G:H], which says what the weights are to obey");
  if (!is_structured(plan))
    return error_at(NULL, 0, 0, "--pattern %s: %s has no engine for structured weights", options->pattern, plan->name);
  if (!pattern_parse(options->pattern, &pattern))
    return error_at(NULL, 0, 0,
                    "--pattern %s is not known; expected G:H as 2:4, or hss:G:H/G:H from the highest rank down",
                    options->pattern);
  return !options->prune || prune_weights(&pattern, &w->b.tensor) || no_memory();
}

// Segments as the next job's would be: rows of a feature map, or of a matrix.
static bool set_out_format(const Options *options, const Plan *plan, Workload *w) {
  if (options->out_format == OUT_DENSE) return true;
  if (!writes_sparse(plan))
    return error_at(NULL, 0, 0, "--out-format compressed: %s can't write so; engine outer with 8 bits can", plan->name);
  w->epilogue.seg_rows = w->shape.conv ? w->shape.out_w : 1;
  return true;
}

static bool load(const Options *options, const Plan *plan, const Workload *before, Workload *w) {
  bool conv = options->verb == VERB_CONV;
  if (!check_a_zero(options, plan)) return false;
  if (!(conv ? load_conv(options, plan, before, w) : load_gemm(options, plan, w))) return false;
  if (shape_count(2, (int64_t[]){w->shape.m, w->shape.n}) < 0)
    return error_at(NULL, 0, 0, "the result has more than %" PRId64 " elements; use smaller operands",
                    TENSOR_MAX_ELEMENTS);
  w->unit = w->a.scale * w->b.scale;
  w->epilogue.a_zero = (int32_t)options->a_zero;
  if (!structured_a(options, plan, w) || !prepare_weights(options, plan, w)) return false;
  w->nnz_a = count_nonzero(&w->a.tensor, w->epilogue.a_zero);
  w->nnz_b = count_nonzero(&w->b.tensor, 0);
  if (options->bias && !bias_load(options->bias, w->shape.n, w->unit, &w->bias)) return false;
  w->expected = calloc((size_t)w->shape.m * w->shape.n, sizeof w->expected[0]);
  w->scales = calloc(w->shape.n, sizeof w->scales[0]);
  if (!w->expected || !w->scales) return no_memory();
  return (conv ? compute_conv(w) : compute_gemm(w)) && requant_apply(options, w) && set_out_format(options, plan, w);
}

bool workload_load(const Options *options, const Plan *plan, Workload *w) {
  return load(options, plan, NULL, w);
}

bool workload_follow(const Options *options, const Plan *plan, const Workload *before, Workload *w) {
  Options following = *options;
  following.a_zero = before->epilogue.out_zero;
  return load(&following, plan, before, w);
}

void workload_free(Workload *w) {
  operand_free(&w->a);
  operand_free(&w->b);
  tensor_free(&w->bias);
  free(w->scales);
  free(w->expected);
  *w = (Workload){0};
}

bool workload_write(const Workload *w, const Options *options, const int32_t *results) {
  const Shape *s = &w->shape;
  NpyType type = w->epilogue.narrow ? NPY_INT8 : NPY_INT32;
  Tensor flat = {.ndim = 2, .shape = {s->m, s->n}, .data = (int32_t *)(uintptr_t)results}, planes;
  if (!s->conv) return npy_write(options->out, &flat, type);
  flat = (Tensor){.ndim = 3, .shape = {s->out_h, s->out_w, s->n}, .data = flat.data};
  if (options->layout == LAYOUT_NHWC) return npy_write(options->out, &flat, type);
  if (!tensor_permute(&planes, &flat, (int[]){2, 0, 1})) return no_memory();
  bool good = npy_write(options->out, &planes, type);
  tensor_free(&planes);
  return good;
}
