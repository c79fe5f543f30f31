// From operands to golden results: the device has NHWC feature maps, the golden reference NCHW, so that the two share
// no index arithmetic.
#include "harness/workload/workload.h"
#include "gen/base/error.h"
#include "harness/engine/engine_pack.h"
#include "harness/operand/npy.h"
#include "harness/prune/prune.h"
#include "harness/workload/load.h"
#include "harness/workload/requant.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LEAST_BITS = 4 }; // that floats are quantised to

static bool no_memory(void) {
  return error_at(NULL, 0, 0, "memory is too short for the operands and the result; use smaller ones");
}

// What does not fit 32 bits with the bits that floats have: a result, or the bias.
typedef struct Misfit {
  bool result;
  int64_t row, col;
  BiasFit bias;
} Misfit;

static bool does_not_fit(int64_t row, int64_t col, Misfit *misfit) {
  if (row < 0) return no_memory();
  *misfit = (Misfit){.result = true, .row = row, .col = col, .bias = misfit->bias};
  return false;
}

static bool compute_gemm(const Golden *golden, Workload *w, Misfit *misfit) {
  const Shape *s = &w->shape;
  const int32_t *a = w->a.tensor.data, *b = w->b.tensor.data;
  int64_t row, col;
  if (!golden->gemm(a, b, s->m, s->n, s->k, w->epilogue.a_zero, w->bias.data, w->expected.dense, &row, &col))
    return does_not_fit(row, col, misfit);
  w->effectual = golden_effectual(a, b, s->m, s->n, s->k, w->epilogue.a_zero);
  return true;
}

// By their nonzeros, where no zero of the result becomes anything else.
static bool compute_sparse(const Golden *golden, Workload *w, Misfit *misfit) {
  int64_t row, col;
  if (!golden->sparse(&w->a.tensor.csr, &w->b.tensor.csr, &w->expected.csr, &row, &col))
    return does_not_fit(row, col, misfit);
  w->effectual = golden_sparse_effectual(&w->a.tensor.csr, &w->b.tensor.csr);
  return true;
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

static bool compute_planes(const Golden *golden, Workload *w, Tensor *x, int32_t *planes, Misfit *misfit) {
  GoldenConv conv = conv_of(&w->shape);
  int64_t place, m = w->shape.m, n = w->shape.n;
  if (!golden->conv(&conv, x->data, w->b.tensor.data, w->epilogue.a_zero, w->bias.data, planes, &place))
    return does_not_fit(place < 0 ? -1 : place % m, place / m, misfit);
  for (int64_t col = 0; col < n; col++)
    for (int64_t row = 0; row < m; row++)
      w->expected.dense[row * n + col] = planes[col * m + row];
  return count_effectual(&conv, w, x, planes);
}

static bool compute_conv(const Golden *golden, Workload *w, Misfit *misfit) {
  Tensor x;
  int32_t *planes = malloc((size_t)w->shape.m * w->shape.n * sizeof *planes);
  bool made = tensor_permute(&x, &w->a.tensor, (int[]){2, 0, 1});
  bool good = planes && made ? compute_planes(golden, w, &x, planes, misfit) : no_memory();
  if (made) tensor_free(&x);
  free(planes);
  return good;
}

static int64_t count_nonzero(const Tensor *tensor, int32_t zero) {
  int64_t count = tensor_is_sparse(tensor) ? 0 : tensor_count(tensor), nonzero = tensor->csr.entries;
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

// --pattern is for engines that know structures.
static bool accept_operands(const Options *options, const Plan *plan, Workload *w) {
  const EnginePack *engine = engine_pack(plan);
  if (engine->accept) return engine->accept(options, plan, w);
  if (options->pattern)
    return error_at(NULL, 0, 0, "--pattern %s: %s has no engine for structured weights", options->pattern, plan->name);
  return !options->prune || prune_needs_pattern();
}

// Segments as the next job's would be: rows of a feature map, or of a matrix.
static bool set_out_format(const Options *options, const Plan *plan, Workload *w) {
  if (options->out_format == OUT_DENSE) return true;
  if (!plan_has(plan, PART_SPARSE_C))
    return error_at(NULL, 0, 0, "--out-format compressed: %s can't write so; engine outer with 8 bits can", plan->name);
  w->epilogue.seg_rows = w->shape.conv ? w->shape.out_w : 1;
  return true;
}

static bool has_room(const Plan *plan, const Shape *shape, char why[JOB_WHY]) {
  Epilogue epilogue = {0};
  Shape s = *shape;
  Job job;
  return (!s.conv || shape_conv(&s, why)) && job_plan(plan, &s, &epilogue, &job, why);
}

// The most columns of a feature map, or words of K, for which the A buffer has room; 0 if there are none.
static uint32_t part_with_room(const Plan *plan, const Shape *whole) {
  char why[JOB_WHY];
  Shape part = *whole;
  uint32_t *size = whole->conv ? &part.width : &part.k, low = 0, high = *size - 1;
  while (low < high) {
    *size = low + (high - low + 1) / 2;
    if (has_room(plan, &part, why))
      low = *size;
    else
      high = *size - 1;
  }
  *size = low;
  return low && has_room(plan, &part, why) ? low : 0;
}

// What has no room is told before anything is computed.
static bool check_room(const Plan *plan, const Workload *w) {
  char why[JOB_WHY], refusal[TENSOR_WHY], advice[96] = "";
  int64_t result[2] = {w->shape.m, w->shape.n};
  bool sparse = tensor_is_sparse(&w->a.tensor);
  if (!sparse && shape_count(2, result) < 0)
    return error_at(NULL, 0, 0, "the result of %s", shape_refusal(2, result, refusal));
  if (engine_pack(plan)->late_room || has_room(plan, &w->shape, why)) return true;
  uint32_t part = part_with_room(plan, &w->shape);
  if (part)
    snprintf(advice, sizeof advice, " with its buffers.a_kib, but would in %s of %" PRIu32 "%s",
             w->shape.conv ? "strips" : "parts", part, w->shape.conv ? " columns" : " along K, whose results add up");
  return error_at(NULL, 0, 0, "%s can't run this%s: %s", plan->name, advice, why);
}

static bool load_bias(const Options *o, Workload *w, Misfit *misfit) {
  char ask[LOAD_ASK];
  const double *units = w->has_unit ? w->units : NULL;
  if (!o->bias) return true;
  if (!bias_load(o->bias, w->shape.n, units, load_ask(o, w, ask), &misfit->bias, &w->bias)) return false;
  w->bias_real = units && !misfit->bias.integers;
  return !misfit->bias.too_large;
}

// Operands of an engine that knows nonzeros are held by them, or both are dense.
static bool hold_operands(const Options *o, const Plan *plan, Workload *w) {
  bool clamps = o->clamp[0] || o->clamp[1] || o->activation, params = o->bias || o->out_type == OUT_INT8;
  if (!engine_pack(plan)->nonzeros) return true;
  if (w->shape.conv || clamps || params || o->a_zero)
    return (tensor_make_dense(&w->a.tensor) && tensor_make_dense(&w->b.tensor)) || no_memory();
  return (tensor_make_sparse(&w->a.tensor) && tensor_make_sparse(&w->b.tensor)) || no_memory();
}

static bool compute_dense(const Golden *golden, Workload *w, Misfit *misfit) {
  w->expected.dense = calloc((size_t)w->shape.m * w->shape.n, sizeof w->expected.dense[0]);
  return w->expected.dense ? (w->shape.conv ? compute_conv : compute_gemm)(golden, w, misfit) : no_memory();
}

// What is compared with results that are held by their nonzeros.
static bool hold_results(const Plan *plan, Workload *w) {
  if (!engine_pack(plan)->nonzeros || !w->expected.dense) return true;
  return csr_of(&w->expected.csr, w->shape.m, w->shape.n, w->expected.dense) || no_memory();
}

static bool load(const Options *options, const Plan *plan, const Workload *before, Workload *w, Misfit *misfit) {
  if (!load_operands(options, plan, before, w) || !hold_operands(options, plan, w)) return false;
  if (!check_room(plan, w) || !load_units(options, w)) return false;
  w->epilogue.a_zero = (int32_t)options->a_zero;
  if (!accept_operands(options, plan, w)) return false;
  w->nnz_a = count_nonzero(&w->a.tensor, w->epilogue.a_zero);
  w->nnz_b = count_nonzero(&w->b.tensor, 0);
  if (!load_bias(options, w, misfit)) return false;
  w->expected = (Results){.m = w->shape.m, .n = w->shape.n};
  w->scales = calloc(w->shape.n, sizeof w->scales[0]);
  if (!w->scales) return no_memory();
  bool computed =
      (tensor_is_sparse(&w->a.tensor) ? compute_sparse : compute_dense)(engine_pack(plan)->golden, w, misfit);
  return computed && requant_apply(options, w) && set_out_format(options, plan, w) && hold_results(plan, w);
}

// Floats whose scale nobody gave, and a bias that is not in units of theirs, leave a choice.
static bool can_spare(const Options *o, const Plan *plan, const Workload *w, const Misfit *misfit) {
  bool a = w->a.quantised && !(o->a_scale > 0), b = w->b.quantised && !o->b_scale;
  return (a || b) && !misfit->bias.integers && plan->data_bits - w->spared > LEAST_BITS;
}

static bool refuse_misfit(const Options *o, const Workload *w, const Misfit *misfit) {
  const char *way =
      misfit->bias.integers && (w->a.quantised || w->b.quantised)
          ? "give the bias as floats, whose operands may be quantised to fewer bits, or use a smaller K"
          : "use smaller values, a smaller K, or floats without a scale, which are quantised so that it does";
  if (misfit->bias.too_large) return bias_too_large(o->bias, &misfit->bias);
  if (!misfit->result) return false;
  return error_at(NULL, 0, 0,
                  "the result in row %" PRId64 ", column %" PRId64 " does not fit the 32-bit accumulator; %s",
                  misfit->row, misfit->col, way);
}

static bool load_fitting(const Options *options, const Plan *plan, const Workload *before, Workload *w) {
  Misfit misfit = {0};
  while (!load(options, plan, before, w, &misfit)) {
    bool fails = !misfit.result && !misfit.bias.too_large; // and has said why
    if (fails || !can_spare(options, plan, w, &misfit)) return refuse_misfit(options, w, &misfit);
    int spared = w->spared + 1;
    workload_free(w);
    w->spared = spared;
    misfit = (Misfit){0};
  }
  return true;
}

bool workload_load(const Options *options, const Plan *plan, Workload *w) {
  return load_fitting(options, plan, NULL, w);
}

bool workload_follow(const Options *options, const Plan *plan, const Workload *before, Workload *w) {
  Options following = *options;
  following.a_zero = before->epilogue.out_zero;
  return load_fitting(&following, plan, before, w);
}

void workload_free(Workload *w) {
  operand_free(&w->a);
  operand_free(&w->b);
  tensor_free(&w->bias);
  free(w->scales);
  free(w->units);
  results_free(&w->expected);
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
