// The golden reference against numbers worked out by hand and against its own definition written the slowest way.
#include "harness/golden/golden.h"
#include "harness/operand/random.h"
#include "tests/unit/support.h"

#include <math.h>

static void test_gemm_by_hand(void **state) {
  (void)state;
  int32_t a[] = {1, 2, 3, 0, -1, 4}, b[] = {1, 0, 2, 5, -3, 1}, bias[] = {100, -100}, c[4];
  int64_t row, col;
  assert_true(golden_gemm(a, b, 2, 2, 3, 0, NULL, c, &row, &col));
  assert_memory_equal(c, ((int32_t[]){-4, 13, -14, -1}), sizeof c);
  assert_true(golden_gemm(a, b, 2, 2, 3, 1, bias, c, &row, &col));
  assert_memory_equal(c, ((int32_t[]){96, -93, 86, -107}), sizeof c);
}

static void test_gemm_wide(void **state) {
  (void)state;
  int32_t a[] = {65535, -65535, 65535}, b[] = {32767, 32767, 32766}, c[1];
  int64_t row, col;
  assert_true(golden_gemm(a, b, 1, 1, 3, 0, NULL, c, &row, &col));
  assert_int_equal(c[0], 65535 * 32766);
}

static void test_gemm_overflow(void **state) {
  (void)state;
  int32_t a[] = {0, 0, 32767, 32767}, b[] = {0, 32767, 0, 32767}, bias[] = {0, 131069}, c[4];
  int64_t row, col;
  assert_true(golden_gemm(a, b, 2, 2, 2, 0, bias, c, &row, &col)); // 2 * 32767^2 + 131069 = 2^31 - 1
  assert_int_equal(c[3], INT32_MAX);
  bias[1]++;
  assert_false(golden_gemm(a, b, 2, 2, 2, 0, bias, c, &row, &col));
  assert_int_equal(row, 1);
  assert_int_equal(col, 1);
  a[2] = a[3] = -32768;
  bias[1] = -65536;
  assert_true(golden_gemm(a, b, 2, 2, 2, 0, bias, c, &row, &col)); // -2 * 32768 * 32767 - 65536 = -2^31
  assert_int_equal(c[3], INT32_MIN);
  bias[1]--;
  assert_false(golden_gemm(a, b, 2, 2, 2, 0, bias, c, &row, &col));
}

// Rows 3, 70 and 90 of A; k 0 and 1 meet the same row of B twice, 2 its second column only. Row 3 cancels in part, row
// 90 has nothing to meet.
static void test_sparse_by_hand(void **state) {
  (void)state;
  int32_t a_row[] = {3, 70, 90}, a_col[] = {0, 1, 0, 1, 2, 8}, a[] = {5, -5, 32767, 32767, 131069, 7};
  int32_t b_row[] = {0, 1, 2}, b_col[] = {4, 900, 4, 900, 900}, b[] = {1, 32767, 1, 32767, 1};
  int64_t a_first[] = {0, 2, 5, 6}, b_first[] = {0, 2, 4, 5}, row, col;
  Csr left = {100, 9, 3, 6, a_row, a_first, a_col, a, NULL}, right = {9, 1000, 3, 5, b_row, b_first, b_col, b, NULL}, c;
  assert_true(golden_sparse(&left, &right, &c, &row, &col)); // 2 * 32767^2 + 131069 = 2^31 - 1
  assert_true(c.rows == 100 && c.cols == 1000 && c.used == 1 && c.entries == 2 && c.first[1] == 2);
  assert_true(c.row[0] == 70 && c.col[0] == 4 && c.data[0] == 65534 && c.col[1] == 900 && c.data[1] == INT32_MAX);
  assert_int_equal(golden_sparse_effectual(&left, &right), 9);
  csr_free(&c);
  a[4]++;
  assert_false(golden_sparse(&left, &right, &c, &row, &col));
  assert_true(row == 70 && col == 900 && !c.row && !c.data);
  a[2] = a[3] = -32768;
  a[4] = -65536;
  assert_true(golden_sparse(&left, &right, &c, &row, &col));
  assert_int_equal(c.data[1], INT32_MIN);
  csr_free(&c);
  a[4]--;
  assert_false(golden_sparse(&left, &right, &c, &row, &col));
  assert_true(row == 70 && col == 900);
}

// Output by output, with explicit bounds checks: shares no index arithmetic with golden_conv.
static int32_t conv_at(const GoldenConv *s, const int32_t *x, const int32_t *w, int32_t zero, int64_t o, int64_t y,
                       int64_t col) {
  int64_t per_in = s->in_channels / s->groups, per_out = s->out_channels / s->groups, sum = 0;
  for (int64_t i = 0; i < per_in; i++)
    for (int64_t ky = 0; ky < s->k_rows; ky++)
      for (int64_t kx = 0; kx < s->k_cols; kx++) {
        int64_t row = y * s->stride_y + ky * s->dilation_y - s->pad_top;
        int64_t at = col * s->stride_x + kx * s->dilation_x - s->pad_left;
        if (row < 0 || row >= s->in_rows || at < 0 || at >= s->in_cols) continue;
        int64_t channel = o / per_out * per_in + i;
        sum += (int64_t)(x[(channel * s->in_rows + row) * s->in_cols + at] - zero) *
               w[((o * per_in + i) * s->k_rows + ky) * s->k_cols + kx];
      }
  return (int32_t)sum;
}

static void check_conv(const GoldenConv *s, Random *random) {
  int32_t x[2048], w[2048], y[4096], zero = random_between(random, -5, 5);
  int64_t rows = golden_conv_rows(s), cols = golden_conv_cols(s), place;
  assert_true(s->in_channels * s->in_rows * s->in_cols <= 2048 && s->out_channels * rows * cols <= 4096);
  for (int i = 0; i < 2048; i++) {
    x[i] = random_between(random, -128, 127);
    w[i] = random_unit(random) < 0.5 ? 0 : random_between(random, -128, 127);
  }
  assert_true(golden_conv(s, x, w, zero, NULL, y, &place));
  for (int64_t o = 0; o < s->out_channels; o++)
    for (int64_t r = 0; r < rows; r++)
      for (int64_t c = 0; c < cols; c++)
        assert_int_equal(y[(o * rows + r) * cols + c], conv_at(s, x, w, zero, o, r, c));
}

static void test_conv(void **state) {
  (void)state;
  Random random = {11};
  for (int i = 0; i < 200; i++) {
    int64_t groups = random_between(&random, 1, 3);
    GoldenConv s = {.groups = groups};
    s.in_channels = groups * random_between(&random, 1, 3);
    s.out_channels = groups * random_between(&random, 1, 3);
    s.in_rows = random_between(&random, 5, 9);
    s.in_cols = random_between(&random, 5, 9);
    s.k_rows = random_between(&random, 1, 3);
    s.k_cols = random_between(&random, 1, 3);
    s.stride_y = random_between(&random, 1, 3);
    s.stride_x = random_between(&random, 1, 3);
    s.dilation_y = random_between(&random, 1, 2);
    s.dilation_x = random_between(&random, 1, 2);
    s.pad_top = random_between(&random, 0, 3);
    s.pad_left = random_between(&random, 0, 3);
    s.pad_bottom = random_between(&random, 0, 3);
    s.pad_right = random_between(&random, 0, 3);
    check_conv(&s, &random);
  }
}

static void test_conv_sizes(void **state) {
  (void)state;
  GoldenConv s = {.in_rows = 7,
                  .in_cols = 4,
                  .k_rows = 3,
                  .k_cols = 3,
                  .stride_y = 2,
                  .stride_x = 1,
                  .dilation_y = 1,
                  .dilation_x = 2};
  assert_int_equal(golden_conv_rows(&s), 3);
  assert_int_equal(golden_conv_cols(&s), 0); // a kernel 5 wide in 4 columns
  s.pad_left = 1;
  assert_int_equal(golden_conv_cols(&s), 1);
}

static void test_conv_overflow(void **state) {
  (void)state;
  GoldenConv s = {.in_channels = 1,
                  .in_rows = 1,
                  .in_cols = 2,
                  .out_channels = 1,
                  .k_rows = 1,
                  .k_cols = 1,
                  .stride_y = 1,
                  .stride_x = 1,
                  .dilation_y = 1,
                  .dilation_x = 1,
                  .groups = 1};
  int32_t x[] = {1, 65536}, w[] = {32768}, y[2];
  int64_t place;
  assert_false(golden_conv(&s, x, w, 0, NULL, y, &place));
  assert_int_equal(place, 1);
}

// 0.5 is multiplier 2^30 with shift 0; halves go away from zero on both sides.
static void test_requantise(void **state) {
  (void)state;
  GoldenScale half = {1 << 30, 0}, quarter = {1 << 30, -1}, twice = {1 << 30, 2};
  static const int32_t in[] = {0, 1, 2, 3, 5, -1, -2, -3, -5}, halves[] = {0, 1, 1, 2, 3, -1, -1, -2, -3};
  for (int i = 0; i < 9; i++)
    assert_int_equal(golden_requantise(in[i], half, GOLDEN_AWAY, 0, -128, 127), halves[i]);
  assert_int_equal(golden_requantise(2, quarter, GOLDEN_AWAY, 0, -128, 127), 1);
  assert_int_equal(golden_requantise(-2, quarter, GOLDEN_AWAY, 0, -128, 127), -1);
  assert_int_equal(golden_requantise(1, quarter, GOLDEN_AWAY, 0, -128, 127), 0);
  assert_int_equal(golden_requantise(21, twice, GOLDEN_AWAY, 0, -128, 127), 42);
  assert_int_equal(golden_requantise(21, half, GOLDEN_AWAY, -100, -128, 127), -89);
  assert_int_equal(golden_requantise(1000, half, GOLDEN_AWAY, 0, -128, 127), 127);
  assert_int_equal(golden_requantise(-1000, half, GOLDEN_AWAY, 5, 5, 127), 5);
  assert_int_equal(golden_requantise(INT32_MIN, (GoldenScale){INT32_MAX, -31}, GOLDEN_AWAY, 0, -128, 127), -1);
  assert_int_equal(golden_requantise(INT32_MIN, (GoldenScale){INT32_MAX, 30}, GOLDEN_AWAY, 0, INT32_MIN, INT32_MAX),
                   INT32_MIN);
}

static void test_half_to_even(void **state) {
  (void)state;
  GoldenScale half = {1 << 30, 0}, quarter = {1 << 30, -1};
  for (int32_t i = -9; i <= 9; i++) { // nearbyint rounds to even
    assert_int_equal(golden_requantise(i, half, GOLDEN_EVEN, 0, -128, 127), (int)nearbyint(i / 2.0));
    assert_int_equal(golden_requantise(i, quarter, GOLDEN_EVEN, 0, -128, 127), (int)nearbyint(i / 4.0));
  }
  assert_int_equal(golden_requantise(1, (GoldenScale){(1 << 30) + 1, 0}, GOLDEN_EVEN, 0, -128, 127), 1);
  assert_int_equal(golden_requantise(3, half, GOLDEN_EVEN, -7, -128, 127), -5);
}

// TensorFlow Lite's formula as it is published (gemmlowp's fixed point, which its double rounding uses), number for
// number in 64 bits: multiply high with a nudge and a division that cuts, then a shift whose rest is compared.
static int32_t published_high(int32_t a, int32_t b) {
  int64_t product = (int64_t)a * b, nudge = product >= 0 ? 1 << 30 : 1 - (1 << 30);
  return a == b && a == INT32_MIN ? INT32_MAX : (int32_t)((product + nudge) / (INT64_C(1) << 31));
}

static int32_t published_power(int32_t x, int exponent) {
  int64_t mask = (INT64_C(1) << exponent) - 1, rest = x & mask, threshold = (mask >> 1) + (x < 0);
  return (x >> exponent) + (rest > threshold);
}

static int32_t published(int32_t x, int32_t multiplier, int shift) {
  int left = shift > 0 ? shift : 0, right = shift > 0 ? 0 : -shift;
  int32_t shifted = (int32_t)((int64_t)x * (INT64_C(1) << left)); // keeps the lower 32 bits
  return published_power(published_high(shifted, multiplier), right);
}

static void expect_published(int32_t x, int32_t multiplier, int shift) {
  int32_t got = golden_requantise(x, (GoldenScale){multiplier, shift}, GOLDEN_TFLITE, 0, INT32_MIN, INT32_MAX);
  int32_t wanted = published(x, multiplier, shift);
  if (got != wanted) fail_msg("%d * %d, shift %d: %d instead of %d", x, multiplier, shift, got, wanted);
}

static void test_tflite(void **state) {
  (void)state;
  static const int32_t sums[] = {
      0,  1,    -1,    2,       -2,         3,       -3,         5,         -5,        6,
      -6, 1000, -1000, 1 << 20, -(1 << 20), 1 << 30, -(1 << 30), INT32_MAX, INT32_MIN, INT32_MIN + 1};
  static const int32_t multipliers[] = {0, 1, 1 << 29, (1 << 30) - 1, 1 << 30, (1 << 30) + 1, 3 << 29, INT32_MAX};
  for (size_t i = 0; i < sizeof sums / sizeof *sums; i++)
    for (size_t j = 0; j < sizeof multipliers / sizeof *multipliers; j++)
      for (int shift = -31; shift <= 30; shift++)
        expect_published(sums[i], multipliers[j], shift);
  Random seed = {5};
  for (int i = 0; i < 200000; i++) {
    int32_t x = (int32_t)random_next(&seed) >> random_next(&seed) % 31;
    expect_published(x, (int32_t)(random_next(&seed) & INT32_MAX), (int)(random_next(&seed) % 62) - 31);
  }
  // halves of the first step go up, of the second one away from zero; 1.25 is 1 in one step, and 3 / 2, so 2, in two
  GoldenScale half = {1 << 30, 0}, quarter = {1 << 30, -1};
  assert_int_equal(golden_requantise(-1, half, GOLDEN_TFLITE, 0, -128, 127), 0);
  assert_int_equal(golden_requantise(1, half, GOLDEN_TFLITE, 0, -128, 127), 1);
  assert_int_equal(golden_requantise(-2, quarter, GOLDEN_TFLITE, 0, -128, 127), -1);
  assert_int_equal(golden_requantise(5, quarter, GOLDEN_TFLITE, 0, -128, 127), 2);
  assert_int_equal(golden_requantise(5, quarter, GOLDEN_AWAY, 0, -128, 127), 1);
}

static void test_scale(void **state) {
  (void)state;
  GoldenScale s = golden_scale(0.5);
  assert_int_equal(s.multiplier, 1 << 30);
  assert_int_equal(s.shift, 0);
  s = golden_scale(1.0);
  assert_int_equal(s.multiplier, 1 << 30);
  assert_int_equal(s.shift, 1);
  s = golden_scale(0.1); // TensorFlow Lite's QuantizeMultiplier(0.1): 1717986918, -3
  assert_int_equal(s.multiplier, 1717986918);
  assert_int_equal(s.shift, -3);
  s = golden_scale(1 - 0x1p-40); // rounds up to the next power of two
  assert_int_equal(s.multiplier, 1 << 30);
  assert_int_equal(s.shift, 1);
  assert_int_equal(golden_scale(1e-30).multiplier, 0);
}

static void test_effectual(void **state) {
  (void)state;
  int32_t a[] = {0, 3, 3, 1, 3, 0}, b[] = {0, 1, 2, 0, 0, 0};
  assert_int_equal(golden_effectual(a, b, 2, 2, 3, 0), 1 + 2);
  assert_int_equal(golden_effectual(a, b, 2, 2, 3, 3), 2);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_gemm_by_hand),   cmocka_unit_test(test_gemm_wide),    cmocka_unit_test(test_gemm_overflow),
      cmocka_unit_test(test_sparse_by_hand), cmocka_unit_test(test_conv),         cmocka_unit_test(test_conv_sizes),
      cmocka_unit_test(test_conv_overflow),  cmocka_unit_test(test_requantise),   cmocka_unit_test(test_scale),
      cmocka_unit_test(test_effectual),      cmocka_unit_test(test_half_to_even), cmocka_unit_test(test_tflite),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
