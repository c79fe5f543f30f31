// A convolution as the matrix product that a host would make of it: im2col INPUT WEIGHT STRIDE PAD DILATION A.npy
// B.npy. INPUT is C x H x W, WEIGHT O x C x KH x KW, both whatever --input and --weight of lacuna conv may be; STRIDE
// and DILATION are Y,X, PAD is TOP,LEFT,BOTTOM,RIGHT. A has a row for each pixel of the result, C * KH * KW columns.
#include "harness/npy.h"
#include "harness/operand.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct Conv {
  int64_t stride[2], dilation[2], pad[4];
  int64_t c, h, w, o, kh, kw, out_h, out_w;
} Conv;

static void set_shape(Conv *v, const Tensor *input, const Tensor *weight) {
  v->c = input->shape[0], v->h = input->shape[1], v->w = input->shape[2];
  v->o = weight->shape[0], v->kh = weight->shape[2], v->kw = weight->shape[3];
  v->out_h = (v->h + v->pad[0] + v->pad[2] - v->dilation[0] * (v->kh - 1) - 1) / v->stride[0] + 1;
  v->out_w = (v->w + v->pad[1] + v->pad[3] - v->dilation[1] * (v->kw - 1) - 1) / v->stride[1] + 1;
}

static int32_t element(const Conv *v, const Tensor *input, int64_t row, int64_t column) {
  int64_t c = column % v->c, kx = column / v->c % v->kw, ky = column / v->c / v->kw;
  int64_t y = row / v->out_w * v->stride[0] - v->pad[0] + ky * v->dilation[0];
  int64_t x = row % v->out_w * v->stride[1] - v->pad[1] + kx * v->dilation[1];
  bool inside = y >= 0 && y < v->h && x >= 0 && x < v->w;
  return inside ? input->data[(c * v->h + y) * v->w + x] : 0;
}

static bool write_rows(const Conv *v, const Tensor *input, const char *path) {
  Tensor a = {0};
  int64_t shape[2] = {v->out_h * v->out_w, v->c * v->kh * v->kw};
  bool good = tensor_make(&a, 2, shape, false);
  for (int64_t i = 0; good && i < shape[0] * shape[1]; i++)
    a.data[i] = element(v, input, i / shape[1], i % shape[1]);
  good = good && npy_write(path, &a, NPY_INT8);
  tensor_free(&a);
  return good;
}

static bool write_columns(const Conv *v, const Tensor *weight, const char *path) {
  static const int order[] = {2, 3, 1, 0};
  Tensor b = {0};
  bool good = tensor_permute(&b, weight, order);
  b.ndim = 2;
  b.shape[0] = v->c * v->kh * v->kw;
  b.shape[1] = v->o;
  good = good && npy_write(path, &b, NPY_INT8);
  tensor_free(&b);
  return good;
}

static bool read_numbers(const char *text, int count, int64_t least, int64_t *numbers) {
  char *end = (char *)text;
  for (int i = 0; i < count; i++) {
    numbers[i] = strtoll(end + (i > 0), &end, 10);
    if (numbers[i] < least || numbers[i] > 1000 || *end != (i < count - 1 ? ',' : '\0')) return false;
  }
  return true;
}

int main(int argc, char **argv) {
  OperandRule rules[2] = {
      {.option = "INPUT", .ndim = 3, .shape = "C x H x W", .bits = 8, .is_signed = true, .seed = 1},
      {.option = "WEIGHT", .ndim = 4, .shape = "O x C x KH x KW", .bits = 8, .is_signed = true, .seed = 1}};
  Operand input = {0}, weight = {0};
  Conv v;
  if (argc != 8 || !read_numbers(argv[3], 2, 1, v.stride) || !read_numbers(argv[4], 4, 0, v.pad) ||
      !read_numbers(argv[5], 2, 1, v.dilation)) {
    fputs("im2col INPUT WEIGHT Y,X TOP,LEFT,BOTTOM,RIGHT Y,X A.npy B.npy\n", stderr);
    return 2;
  }
  bool good = operand_load(argv[1], &rules[0], &input) && operand_load(argv[2], &rules[1], &weight);
  if (good) set_shape(&v, &input.tensor, &weight.tensor);
  if (good && (v.c != weight.tensor.shape[1] || v.out_h < 1 || v.out_w < 1)) {
    fputs("im2col: groups are not known here, and a kernel must fit its padded input\n", stderr);
    good = false;
  }
  good = good && write_rows(&v, &input.tensor, argv[6]) && write_columns(&v, &weight.tensor, argv[7]);
  operand_free(&input);
  operand_free(&weight);
  return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
