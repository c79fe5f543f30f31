// Effectual multiplications, from the operands alone: for each k, nonzeros of A's column times nonzeros of B's row.
#include "sim/model/model.h"

#include <stdlib.h>

static int64_t effectual_gemm(const Shape *s, const int32_t *a, const int32_t *b, int32_t a_zero) {
  int64_t total = 0;
  for (uint64_t k = 0; k < s->k; k++) {
    int64_t in_a = 0, in_b = 0;
    for (uint64_t m = 0; m < s->m; m++)
      in_a += a[m * s->k + k] != a_zero;
    for (uint64_t n = 0; n < s->n; n++)
      in_b += b[k * s->n + n] != 0;
    total += in_a * in_b;
  }
  return total;
}

// For every channel: output pixels whose input pixel under the tap (kh, kw) lies inside and is not zero.
static void count_pixels(const Shape *s, const int32_t *a, int32_t a_zero, uint32_t kh, uint32_t kw, int64_t *counts) {
  for (uint32_t c = 0; c < s->channels; c++)
    counts[c] = 0;
  for (uint32_t oh = 0; oh < s->out_h; oh++)
    for (uint32_t ow = 0; ow < s->out_w; ow++) {
      int64_t ih = (int64_t)oh * s->stride_h + (int64_t)kh * s->dilation_h - s->pad_top;
      int64_t iw = (int64_t)ow * s->stride_w + (int64_t)kw * s->dilation_w - s->pad_left;
      if (ih < 0 || ih >= s->height || iw < 0 || iw >= s->width) continue;
      const int32_t *pixel = a + (ih * s->width + iw) * s->channels;
      for (uint32_t c = 0; c < s->channels; c++)
        counts[c] += pixel[c] != a_zero;
    }
}

// Output channels with a nonzero weight for input channel c at the tap.
static int64_t count_weights(const Shape *s, const int32_t *b, uint32_t c, uint32_t kh, uint32_t kw) {
  uint32_t ins = s->channels / s->groups, outs = s->out_channels / s->groups, first = c / ins * outs;
  int64_t count = 0;
  for (uint32_t o = first; o < first + outs; o++)
    count += b[(((uint64_t)o * ins + c % ins) * s->kernel_h + kh) * s->kernel_w + kw] != 0;
  return count;
}

static int64_t effectual_conv(const Shape *s, const int32_t *a, const int32_t *b, int32_t a_zero) {
  int64_t *counts = calloc(s->channels, sizeof *counts), total = 0;
  if (!counts) return -1;
  for (uint32_t kh = 0; kh < s->kernel_h; kh++)
    for (uint32_t kw = 0; kw < s->kernel_w; kw++) {
      count_pixels(s, a, a_zero, kh, kw, counts);
      for (uint32_t c = 0; c < s->channels; c++)
        total += counts[c] * count_weights(s, b, c, kh, kw);
    }
  free(counts);
  return total;
}

int64_t model_effectual(const Shape *shape, const int32_t *a, const int32_t *b, int32_t a_zero) {
  return shape->conv ? effectual_conv(shape, a, b, a_zero) : effectual_gemm(shape, a, b, a_zero);
}
