// From operands to golden results: the device has NHWC feature maps, the golden reference NCHW, so that the two share
// no index arithmetic.
#include "harness/workload.h"
#include "gen/error.h"
#include "harness/load.h"
#include "harness/npy.h"
#include "harness/pattern.h"
#include "harness/prune.h"
#include "harness/requant.h"
#include "harness/structured_a.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static bool no_memory(void) {
  return error_at(NULL, 0, 0, "memory is too short for the operands and the result; use smaller ones");
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
    return error_at(NULL, 0, 0, "--prune needs --pattern " PATTERN_FORM ", which says what the weights are to obey");
  if (!is_structured(plan))
    return error_at(NULL, 0, 0, "--pattern %s: %s has no engine for structured weights", options->pattern, plan->name);
  if (!pattern_parse(options->pattern, &pattern))
    return error_at(NULL, 0, 0, "--pattern %s is not known; expected " PATTERN_HELP " (at most %d ranks, H at most %d)",
                    options->pattern, PATTERN_RANKS, PATTERN_CHILDREN);
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
  bool conv = options->weight != NULL;
  char ask[LOAD_ASK];
  if (!load_operands(options, plan, before, w)) return false;
  if (shape_count(2, (int64_t[]){w->shape.m, w->shape.n}) < 0)
    return error_at(NULL, 0, 0, "the result has more than %" PRId64 " elements; use smaller operands",
                    TENSOR_MAX_ELEMENTS);
  if (!load_units(options, w)) return false;
  w->epilogue.a_zero = (int32_t)options->a_zero;
  if (!structured_a(options, plan, w) || !prepare_weights(options, plan, w)) return false;
  w->nnz_a = count_nonzero(&w->a.tensor, w->epilogue.a_zero);
  w->nnz_b = count_nonzero(&w->b.tensor, 0);
  if (options->bias &&
      !bias_load(options->bias, w->shape.n, w->has_unit ? w->units : NULL, load_ask(options, w, ask), &w->bias))
    return false;
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
  free(w->units);
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
