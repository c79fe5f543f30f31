// im2col on the host, and the outer product's steps by formula.
#include "gen/base/error.h"
#include "harness/bench/operands.h"
#include "harness/operand/npy.h"
#include "harness/operand/operand.h"

#include <stdlib.h>

// ---- im2col

typedef struct Shape {
  const HostConv *conv;
  int64_t c, h, w, o, kh, kw, out_h, out_w;
} Shape;

static Shape shape_of(const HostConv *v, const Tensor *input, const Tensor *weight) {
  Shape s = {.conv = v, .c = input->shape[0], .h = input->shape[1], .w = input->shape[2]};
  s.o = weight->shape[0], s.kh = weight->shape[2], s.kw = weight->shape[3];
  s.out_h = (s.h + v->pad[0] + v->pad[2] - v->dilation[0] * (s.kh - 1) - 1) / v->stride[0] + 1;
  s.out_w = (s.w + v->pad[1] + v->pad[3] - v->dilation[1] * (s.kw - 1) - 1) / v->stride[1] + 1;
  return s;
}

static int32_t element(const Shape *s, const Tensor *input, int64_t row, int64_t column) {
  const HostConv *v = s->conv;
  int64_t c = column % s->c, kx = column / s->c % s->kw, ky = column / s->c / s->kw;
  int64_t y = row / s->out_w * v->stride[0] - v->pad[0] + ky * v->dilation[0];
  int64_t x = row % s->out_w * v->stride[1] - v->pad[1] + kx * v->dilation[1];
  bool inside = y >= 0 && y < s->h && x >= 0 && x < s->w;
  return inside ? input->data[(c * s->h + y) * s->w + x] : 0;
}

static bool write_rows(const Shape *s, const Tensor *input, const char *path) {
  Tensor a = {0};
  int64_t shape[2] = {s->out_h * s->out_w, s->c * s->kh * s->kw};
  bool good = tensor_make(&a, 2, shape, false);
  for (int64_t i = 0; good && i < shape[0] * shape[1]; i++)
    a.data[i] = element(s, input, i / shape[1], i % shape[1]);
  good = good && npy_write(path, &a, NPY_INT8);
  tensor_free(&a);
  return good;
}

static bool write_columns(const Shape *s, const Tensor *weight, const char *path) {
  static const int order[] = {2, 3, 1, 0};
  Tensor b = {0};
  bool good = tensor_permute(&b, weight, order);
  b.ndim = 2;
  b.shape[0] = s->c * s->kh * s->kw;
  b.shape[1] = s->o;
  good = good && npy_write(path, &b, NPY_INT8);
  tensor_free(&b);
  return good;
}

bool operand_im2col(const HostConv *conv, const char *a_npy, const char *b_npy) {
  static const OperandRule rules[2] = {
      {.option = "INPUT", .ndim = 3, .shape = "C x H x W", .bits = 8, .is_signed = true, .seed = 1},
      {.option = "WEIGHT", .ndim = 4, .shape = "O x C x KH x KW", .bits = 8, .is_signed = true, .seed = 1}};
  Operand input = {0}, weight = {0};
  bool good = operand_load(conv->input, &rules[0], &input) && operand_load(conv->weight, &rules[1], &weight);
  if (good) {
    Shape s = shape_of(conv, &input.tensor, &weight.tensor);
    good = s.c == weight.tensor.shape[1] && s.out_h > 0 && s.out_w > 0
               ? true
               : error_at(conv->weight, 0, 0, "groups are not known here, and a kernel must fit its padded input");
    good = good && write_rows(&s, &input.tensor, a_npy) && write_columns(&s, &weight.tensor, b_npy);
  }
  operand_free(&input);
  operand_free(&weight);
  return good;
}

// ---- the formula

enum { TILE = 32, STEP_ROWS = 8, STEP_COLUMNS = 16 };

// Nonzeros of each k in each tile, in steps of `per`: along is the stride from row to row of a tile, across from k to
// k.
static int64_t *steps_of(const Tensor *t, int64_t rows, int64_t ks, int64_t along, int64_t across, int per) {
  int64_t tiles = (rows + TILE - 1) / TILE;
  int64_t *steps = calloc((size_t)(tiles * ks), sizeof *steps);
  for (int64_t row = 0; steps && row < rows; row++)
    for (int64_t k = 0; k < ks; k++)
      steps[row / TILE * ks + k] += t->data[row * along + k * across] != 0;
  for (int64_t i = 0; steps && i < tiles * ks; i++)
    steps[i] = (steps[i] + per - 1) / per;
  return steps;
}

// A step of A meets each of B with the same k in every pair of tiles.
static int64_t meet(const int64_t *a, int64_t a_tiles, const int64_t *b, int64_t b_tiles, int64_t ks) {
  int64_t sum = 0;
  for (int64_t k = 0; k < ks; k++) {
    int64_t of_a = 0, of_b = 0;
    for (int64_t i = 0; i < a_tiles; i++)
      of_a += a[i * ks + k];
    for (int64_t i = 0; i < b_tiles; i++)
      of_b += b[i * ks + k];
    sum += of_a * of_b;
  }
  return sum;
}

static bool formula(const Tensor *a, const Tensor *b, int64_t *steps) {
  int64_t m = a->shape[0], ks = a->shape[1], n = b->shape[1];
  int64_t *of_a = steps_of(a, m, ks, ks, 1, STEP_ROWS), *of_b = steps_of(b, n, ks, 1, n, STEP_COLUMNS);
  bool good = of_a && of_b;
  if (good) *steps = meet(of_a, (m + TILE - 1) / TILE, of_b, (n + TILE - 1) / TILE, ks);
  free(of_a);
  free(of_b);
  return good || error_at(NULL, 0, 0, "memory is too short for these operands");
}

bool operand_steps(const char *a, const char *b, int64_t *steps) {
  static const OperandRule rule_a = {
      .option = "A", .ndim = 2, .shape = "M x K", .bits = 8, .is_signed = true, .seed = 1};
  static const OperandRule rule_b = {
      .option = "B", .ndim = 2, .shape = "K x N", .bits = 8, .is_signed = true, .seed = 1};
  Operand of_a = {0}, of_b = {0};
  bool good = operand_load(a, &rule_a, &of_a) && operand_load(b, &rule_b, &of_b);
  if (good && of_a.tensor.shape[1] != of_b.tensor.shape[0])
    good = error_at(a, 0, 0, "its columns are not as many as the rows of %s", b);
  good = good && formula(&of_a.tensor, &of_b.tensor, steps);
  operand_free(&of_a);
  operand_free(&of_b);
  return good;
}
