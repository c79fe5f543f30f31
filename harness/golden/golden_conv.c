// Golden convolution: for every output channel one plane of 64-bit sums, to which each weight adds its shifted input
// plane. Zero weights are skipped, as adding nothing changes nothing.
#include "harness/golden/golden.h"

#include <stdlib.h>
#include <string.h>

int64_t golden_conv_rows(const GoldenConv *c) {
  int64_t room = c->in_rows + c->pad_top + c->pad_bottom - c->dilation_y * (c->k_rows - 1) - 1;
  return room < 0 ? 0 : room / c->stride_y + 1;
}

int64_t golden_conv_cols(const GoldenConv *c) {
  int64_t room = c->in_cols + c->pad_left + c->pad_right - c->dilation_x * (c->k_cols - 1) - 1;
  return room < 0 ? 0 : room / c->stride_x + 1;
}

// The outputs whose input coordinate, output * stride + offset, lies in 0..size-1: from *first to before *end.
static void inside(int64_t offset, int64_t stride, int64_t size, int64_t outputs, int64_t *first, int64_t *end) {
  *first = offset < 0 ? (-offset + stride - 1) / stride : 0;
  *end = offset >= size ? 0 : (size - 1 - offset) / stride + 1;
  if (*end > outputs) *end = outputs;
}

// Adds weight times the input plane x, moved by kernel position (ky, kx), to the plane of sums.
static void add_plane(const GoldenConv *c, const int32_t *x, int64_t ky, int64_t kx, int64_t weight, int32_t x_zero,
                      int64_t *sum) {
  int64_t dy = ky * c->dilation_y - c->pad_top, dx = kx * c->dilation_x - c->pad_left;
  int64_t y, y_end, first, end, cols = golden_conv_cols(c);
  inside(dy, c->stride_y, c->in_rows, golden_conv_rows(c), &y, &y_end);
  inside(dx, c->stride_x, c->in_cols, cols, &first, &end);
  for (; y < y_end; y++) {
    const int32_t *in = x + (y * c->stride_y + dy) * c->in_cols;
    for (int64_t i = first; i < end; i++)
      sum[y * cols + i] += weight * ((int64_t)in[i * c->stride_x + dx] - x_zero);
  }
}

static void sum_channel(const GoldenConv *c, const int32_t *x, const int32_t *w, int64_t channel, int32_t x_zero,
                        int64_t *sum) {
  int64_t inputs = c->in_channels / c->groups, group = channel / (c->out_channels / c->groups);
  for (int64_t i = 0; i < inputs; i++)
    for (int64_t ky = 0; ky < c->k_rows; ky++)
      for (int64_t kx = 0; kx < c->k_cols; kx++) {
        int32_t weight = w[((channel * inputs + i) * c->k_rows + ky) * c->k_cols + kx];
        const int32_t *plane = x + (group * inputs + i) * c->in_rows * c->in_cols;
        if (weight) add_plane(c, plane, ky, kx, weight, x_zero, sum);
      }
}

bool golden_conv(const GoldenConv *c, const int32_t *x, const int32_t *w, int32_t x_zero, const int32_t *bias,
                 int32_t *y, int64_t *place) {
  int64_t pixels = golden_conv_rows(c) * golden_conv_cols(c), total = pixels * c->out_channels;
  int64_t *sum = malloc((size_t)pixels * sizeof *sum);
  *place = sum ? 0 : -1;
  for (int64_t channel = 0; sum && channel < c->out_channels; channel++) {
    memset(sum, 0, (size_t)pixels * sizeof *sum);
    sum_channel(c, x, w, channel, x_zero, sum);
    for (int64_t i = 0; i < pixels; i++, ++*place) {
      int64_t value = sum[i] + (bias ? bias[channel] : 0);
      if (value < INT32_MIN || value > INT32_MAX) goto out;
      y[*place] = (int32_t)value;
    }
  }
out:
  free(sum);
  return *place == total;
}
