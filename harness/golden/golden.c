// Golden GEMM and requantisation. Simple on purpose; the only liberties are to skip zeros of A, as adding nothing
// changes nothing, and to add in 32 bits where the largest sum that could arise fits them.
#include "harness/golden/golden.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static int64_t largest(const int32_t *x, int64_t count, int32_t zero) {
  int64_t max = 0;
  for (int64_t i = 0; i < count; i++) {
    int64_t size = llabs((int64_t)x[i] - zero);
    if (size > max) max = size;
  }
  return max;
}

static void row_in_32(const int32_t *a, const int32_t *b, int64_t n, int64_t k, int32_t a_zero, int32_t *sum) {
  for (int64_t i = 0; i < k; i++) {
    int32_t value = a[i] - a_zero;
    if (!value) continue;
    const int32_t *row = b + i * n;
    for (int64_t j = 0; j < n; j++)
      sum[j] += value * row[j];
  }
}

static void row_in_64(const int32_t *a, const int32_t *b, int64_t n, int64_t k, int32_t a_zero, int64_t *sum) {
  for (int64_t i = 0; i < k; i++) {
    int64_t value = (int64_t)a[i] - a_zero;
    if (!value) continue;
    const int32_t *row = b + i * n;
    for (int64_t j = 0; j < n; j++)
      sum[j] += value * row[j];
  }
}

// Adds the bias to a row of sums; returns the first column that does not fit int32, or n.
static int64_t finish_row(const int64_t *sum, const int32_t *bias, int64_t n, int32_t *c) {
  for (int64_t j = 0; j < n; j++) {
    int64_t total = sum[j] + (bias ? bias[j] : 0);
    if (total < INT32_MIN || total > INT32_MAX) return j;
    c[j] = (int32_t)total;
  }
  return n;
}

bool golden_gemm(const int32_t *a, const int32_t *b, int64_t m, int64_t n, int64_t k, int32_t a_zero,
                 const int32_t *bias, int32_t *c, int64_t *row, int64_t *col) {
  int64_t a_max = largest(a, m * k, a_zero), b_max = largest(b, k * n, 0);
  bool narrow = b_max == 0 || a_max <= INT32_MAX / b_max / k;
  int64_t *sum = malloc((size_t)n * sizeof *sum);
  int32_t *sum32 = malloc((size_t)n * sizeof *sum32);
  *row = *col = -1;
  for (int64_t i = 0; i < m && sum && sum32; i++) {
    memset(sum, 0, (size_t)n * sizeof *sum);
    if (narrow) {
      memset(sum32, 0, (size_t)n * sizeof *sum32);
      row_in_32(a + i * k, b, n, k, a_zero, sum32);
      for (int64_t j = 0; j < n; j++)
        sum[j] = sum32[j];
    } else {
      row_in_64(a + i * k, b, n, k, a_zero, sum);
    }
    *row = i;
    *col = finish_row(sum, bias, n, c + i * n);
    if (*col < n) break;
  }
  bool good = *row == m - 1 && *col == n;
  free(sum);
  free(sum32);
  return good;
}

const Golden golden_products = {golden_gemm, golden_conv, golden_sparse};

// number / 2^right, right 1 to 62; a half goes away from zero, or to the even number.
static int64_t round_shift(int64_t number, int right, bool even) {
  uint64_t size = number < 0 ? -(uint64_t)number : (uint64_t)number, half = UINT64_C(1) << (right - 1);
  int64_t rounded = (int64_t)((size + half) >> right);
  if (even && (size & (2 * half - 1)) == half) rounded &= ~INT64_C(1);
  return number < 0 ? -rounded : rounded;
}

// A shift to the left comes before the product, in 32 bits, whose upper bits are lost. The product is divided by 2^31,
// a half goes up; what a shift to the right then cuts off is rounded once more.
static int64_t scale_twice(int32_t acc, GoldenScale scale) {
  int left = scale.shift > 0 ? scale.shift : 0, right = left - scale.shift;
  int64_t shifted = (int32_t)((uint32_t)acc << left), product = shifted * scale.multiplier;
  int64_t high = (product - (product & INT64_C(0x7fffffff))) / (INT64_C(1) << 31) + (product >> 30 & 1);
  return right ? round_shift(high, right, false) : high;
}

int32_t golden_requantise(int32_t acc, GoldenScale scale, GoldenRounding rounding, int32_t zero, int32_t low,
                          int32_t high) {
  int64_t product = (int64_t)acc * scale.multiplier;
  int64_t value = rounding == GOLDEN_TFLITE ? scale_twice(acc, scale)
                                            : round_shift(product, 31 - scale.shift, rounding == GOLDEN_EVEN);
  value += zero;
  return value < low ? low : value > high ? high : (int32_t)value;
}

GoldenScale golden_scale(double real) {
  int exponent;
  int64_t multiplier = llround(ldexp(frexp(real, &exponent), 31));
  if (multiplier == INT64_C(1) << 31) {
    multiplier /= 2;
    exponent++;
  }
  if (exponent < -31) return (GoldenScale){0, 0};
  return (GoldenScale){(int32_t)multiplier, exponent};
}

int64_t golden_effectual(const int32_t *a, const int32_t *b, int64_t m, int64_t n, int64_t k, int32_t a_zero) {
  int64_t total = 0;
  for (int64_t i = 0; i < k; i++) {
    int64_t rows = 0, cols = 0;
    for (int64_t r = 0; r < m; r++)
      rows += a[r * k + i] != a_zero;
    for (int64_t c = 0; c < n; c++)
      cols += b[i * n + c] != 0;
    total += rows * cols;
  }
  return total;
}
