// What one unit of an integer stands for: scales that are given, what is refused without them, and layers quantised by
// TensorFlow Lite with their own numbers, against an account of its reference kernels.
#include "harness/operand/npy.h"
#include "harness/operand/random.h"
#include "harness/workload/workload.h"
#include "tests/unit/support_plan.h"

#include <math.h>

static const char *save(const char *name, int ndim, const int64_t *shape, const int32_t *data, const double *real) {
  static char paths[32][256];
  static int next;
  char *path = paths[next++ % 32];
  Tensor t = {.ndim = ndim, .data = (int32_t *)(uintptr_t)data, .real = (double *)(uintptr_t)real};
  memcpy(t.shape, shape, (size_t)ndim * sizeof *shape);
  snprintf(path, sizeof paths[0], "%s", file_path(name));
  assert_true(npy_write(path, &t, real ? NPY_FLOAT32 : NPY_INT32));
  return path;
}

static void refuse(const Options *o, const char *message) {
  Workload w = {0};
  listen_begin();
  bool good = workload_load(o, &plan, &w);
  listen_end();
  workload_free(&w);
  assert_false(good);
  SAID(message);
}

static void check(const Options *o, int count, const int32_t *want) {
  Workload w = {0};
  assert_true(workload_load(o, &plan, &w));
  assert_int_equal(w.shape.m * w.shape.n, count);
  for (int i = 0; i < count; i++)
    assert_int_equal(w.expected.dense[i], want[i]);
  workload_free(&w);
}

// A = 10 20 / -30 40, B = 1 0 / 0 2: the sums are 10 40 / -30 80.
static Options small(void) {
  Options o = {.verb = VERB_RUN, .requant = "auto", .groups = 1, .stride = {1, 1}, .dilation = {1, 1}};
  o.a = save("a.npy", 2, (int64_t[]){2, 2}, (int32_t[]){10, 20, -30, 40}, NULL);
  o.b = save("b.npy", 2, (int64_t[]){2, 2}, (int32_t[]){1, 0, 0, 2}, NULL);
  return o;
}

static void test_scales(void **state) {
  (void)state;
  Options o = small();
  o.a_scale = 0.5;
  o.b_scale = "0.25";
  o.bias = save("bias.npy", 1, (int64_t[]){2}, NULL, (double[]){1.0, -0.5}); // 8 and -4 units of 0.125
  check(&o, 4, (int32_t[]){18, 36, -22, 76});
  o.out_type = OUT_INT8;
  o.out_scale = 0.25; // half as many units
  check(&o, 4, (int32_t[]){9, 18, -11, 38});
  o.out_zero = -100;
  check(&o, 4, (int32_t[]){-91, -82, -111, -62});
  o.activation = ACT_RELU6; // 6 is 24 units
  check(&o, 4, (int32_t[]){-91, -82, -100, -76});
  o.activation = ACT_NONE;
  o.clamp[0] = -105;
  o.clamp[1] = -90;
  check(&o, 4, (int32_t[]){-91, -90, -105, -90});
}

// Column 0 in units of 0.5, column 1 of 0.125; the bias, too, is in its column's units.
static void test_column_scales(void **state) {
  (void)state;
  Options o = small();
  o.a_scale = 1;
  o.b_scale = save("scales.npy", 2, (int64_t[]){2, 1}, NULL, (double[]){0.5, 0.125});
  o.bias = save("bias.npy", 1, (int64_t[]){2}, NULL, (double[]){1.0, 1.0});
  check(&o, 4, (int32_t[]){12, 48, -28, 88});
  o.out_type = OUT_INT8;
  o.out_scale = 0.5;
  check(&o, 4, (int32_t[]){12, 12, -28, 22});
  o.out_scale = 0; // the largest real value, 14, becomes 127: units of 14 / 127
  check(&o, 4, (int32_t[]){54, 54, -127, 100});
  o.activation = ACT_RELU6; // 54.43 units
  check(&o, 4, (int32_t[]){54, 54, 0, 54});
  o.out_type = OUT_INT32;
  refuse(&o, "relu6 needs one unit for all columns");
}

static void test_floats_by_scale(void **state) {
  (void)state;
  Options o = small();
  o.a = save("a.npy", 2, (int64_t[]){1, 2}, NULL, (double[]){1.0, -2.5});
  o.b_scale = "1";
  o.a_zero = 3;
  refuse(&o, "--a holds floats, which are quantised without a zero point; say --a-scale S with --a-zero 3");
  o.a_zero = -3;
  refuse(&o, "say --a-scale S with --a-zero -3, and x becomes round(x / S) - 3, or give integers");
  o.a_zero = 200;
  refuse(&o, "--a-zero 200 is out of range; A holds -128 to 127; with data.a_signed: false it holds 0 to 255");
  o.a_zero = 300;
  refuse(&o, "--a-zero 300 is out of range; A holds -128 to 127\n");
  plan.a_signed = false;
  o.a_zero = -128;
  refuse(&o, "--a-zero -128 is out of range; A holds 0 to 255; with data.a_signed: true it holds -128 to 127");
  plan.a_signed = true;
  o.a_zero = 3;
  o.a_scale = 0.5; // 2 and -5 beside the zero point
  check(&o, 2, (int32_t[]){2, -10});
  o.a_zero = 0;
  check(&o, 2, (int32_t[]){2, -10});
  o.b = save("b.npy", 2, (int64_t[]){2, 2}, NULL, (double[]){1, 0, 0, 2});
  o.b_scale = save("scales.npy", 1, (int64_t[]){2}, NULL, (double[]){0.5, 0.5});
  refuse(&o, "one scale for each output is for integers; of floats give a single number");
}

// Whether the numbers of a bias are real values is kept for the report.
static void check_bias(const Options *o, bool real) {
  Workload w = {0};
  assert_true(workload_load(o, &plan, &w));
  assert_true(w.bias.data && w.bias_real == real);
  workload_free(&w);
}

static void test_units_of_bias(void **state) {
  (void)state;
  Options o = small();
  const char *whole = save("whole.npy", 1, (int64_t[]){2}, NULL, (double[]){3, -5});
  o.bias = whole;
  check_bias(&o, false);
  check(&o, 4, (int32_t[]){13, 35, -27, 75});
  o.a_scale = 0.5;
  o.b_scale = "0.5";
  check_bias(&o, true); // 12 and -20 units of 0.25
  check(&o, 4, (int32_t[]){22, 20, -18, 60});
  o.bias = save("units.npy", 1, (int64_t[]){2}, (int32_t[]){3, -5}, NULL);
  check_bias(&o, false);
  check(&o, 4, (int32_t[]){13, 35, -27, 75});
}

static void test_no_unit(void **state) {
  (void)state;
  Options o = small();
  o.bias = save("bias.npy", 1, (int64_t[]){2}, NULL, (double[]){3, -0.5});
  refuse(&o, "bias 1 is -0.5; whole numbers are units of the accumulator, and --a and --b hold integers, which have no "
             "unit: say --a-scale S and --b-scale S");
  o.a_scale = 0.5;
  refuse(&o, "and --b holds integers, which have no unit: say --b-scale S");
  o.bias = NULL;
  o.activation = ACT_RELU6;
  refuse(&o,
         "relu6 clamps at 6.0, but --b holds integers, which have no unit: say --b-scale S, or clamp in units of the "
         "result with --clamp LO,HI");
  o.activation = ACT_NONE;
  o.out_type = OUT_INT8;
  o.out_scale = 0.5;
  refuse(&o, "--out-scale needs the units of both operands; --b holds integers");
  o.requant = save("requant.npy", 2, (int64_t[]){2, 2}, (int32_t[]){1 << 30, 1, 1 << 30, 0}, NULL);
  o.activation = ACT_RELU6; // the file scales, the unit is that of the result: 6 is 12
  check(&o, 4, (int32_t[]){10, 12, 0, 12});
  o.out_scale = 0;
  refuse(&o,
         "requant.npy: relu6 needs the unit of the result, which a file of scales does not tell; say --out-scale S");
}

static void test_clamp(void **state) {
  (void)state;
  Options o = small();
  o.clamp[0] = -5;
  o.clamp[1] = 45;
  check(&o, 4, (int32_t[]){10, 40, -5, 45});
  o.activation = ACT_RELU;
  refuse(&o, "--clamp and --activation say the same");
  o.activation = ACT_NONE;
  o.out_type = OUT_INT8;
  o.clamp[1] = 128;
  refuse(&o, "--clamp -5,128 is not possible; expected LO below HI, both within -128 to 127");
  o.clamp[1] = -5;
  refuse(&o, "expected LO below HI");
}

// The second layer of a chain has the unit and the zero point of the first one's results, if they have a unit.
static void test_follow(void **state) {
  (void)state;
  Workload first = {0}, second = {0};
  Options o = {.verb = VERB_CONV, .layer = 1, .requant = "auto", .groups = 1, .stride = {1, 1}, .dilation = {1, 1}};
  o.out_type = OUT_INT8;
  o.input = save("x.npy", 3, (int64_t[]){1, 1, 1}, (int32_t[]){5}, NULL);
  o.weight = save("w.npy", 2, (int64_t[]){1, 1}, (int32_t[]){1}, NULL);
  Options next = o;
  next.layer = 2;
  next.activation = ACT_RELU6;
  next.a_scale = 99; // of the first layer
  next.b_scale = "1";
  assert_true(workload_load(&o, &plan, &first));
  listen_begin();
  assert_false(workload_follow(&next, &plan, &first, &second));
  listen_end();
  SAID("relu6 clamps at 6.0, but the first layer's result holds integers, which have no unit: say out-scale=S in the "
       "first layer, or clamp in units of the result with clamp=LO:HI");
  workload_free(&first);
  workload_free(&second);
  o.a_scale = 1;
  o.b_scale = "1";
  o.out_scale = 0.5;
  o.out_zero = 3; // 13 in units of 0.5
  next.out_scale = 0.25;
  assert_true(workload_load(&o, &plan, &first));
  assert_true(workload_follow(&next, &plan, &first, &second));
  assert_int_equal(first.expected.dense[0], 13);
  assert_true(second.a.scale == 0.5);
  assert_int_equal(second.expected.dense[0], 20); // 5.0 in units of 0.25
  workload_free(&first);
  workload_free(&second);
}

// ---- a layer as TensorFlow Lite quantises it, and what its reference kernels make of it

// The multiplier as 31 bits and a power of two, from the bits of the number.
static void account_multiplier(double real, int32_t *multiplier, int *shift) {
  uint64_t bits;
  memcpy(&bits, &real, sizeof bits);
  uint64_t mantissa = (bits & ((UINT64_C(1) << 52) - 1)) | UINT64_C(1) << 52; // 53 bits
  uint64_t rounded = (mantissa + (UINT64_C(1) << 21)) >> 22;
  *shift = (int)(bits >> 52) - 1022;
  if (rounded >> 31) {
    rounded >>= 1;
    ++*shift;
  }
  *multiplier = (int32_t)rounded;
}

// Rounds the doubled product's upper half, then what is shifted out: two roundings.
static int32_t account_scaled(int32_t sum, int32_t multiplier, int shift) {
  int left = shift > 0 ? shift : 0, right = shift > 0 ? 0 : -shift;
  int64_t product = (int64_t)(sum * (1 << left)) * multiplier, nudge = product >= 0 ? 1 << 30 : 1 - (1 << 30);
  int32_t high = (int32_t)((product + nudge) / (INT64_C(1) << 31));
  int32_t mask = (int32_t)((INT64_C(1) << right) - 1), rest = high & mask, half = (mask >> 1) + (high < 0);
  return (high >> right) + (rest > half);
}

enum { H = 5, W = 4, IN = 3, OUT = 6, K = 3, OH = 3, OW = 2, A_ZERO = -11, OUT_ZERO = 7 }; // stride 2, pad 1

typedef struct Layer {
  int32_t x[H * W * IN], w[OUT * K * K * IN], bias[OUT]; // NHWC, OHWI
  double scales[OUT];
} Layer;

static const float a_scale = 0.023528477f, out_scale = 0.11372549f;

static void make_layer(Layer *l) {
  Random random = {12};
  for (int i = 0; i < H * W * IN; i++)
    l->x[i] = random_between(&random, -128, 127);
  for (int i = 0; i < OUT * K * K * IN; i++)
    l->w[i] = random_between(&random, -127, 127);
  for (int i = 0; i < OUT; i++) {
    l->bias[i] = random_between(&random, -9000, 9000);
    l->scales[i] = (double)(float)(random_between(&random, 500, 9000) * 1.1e-6);
  }
}

static int32_t account_output(const Layer *l, int y, int x, int o) {
  int32_t sum = l->bias[o], multiplier;
  int shift;
  for (int ky = 0; ky < K; ky++)
    for (int kx = 0; kx < K; kx++)
      for (int i = 0; i < IN; i++) {
        int row = y * 2 + ky - 1, column = x * 2 + kx - 1;
        if (row < 0 || row >= H || column < 0 || column >= W) continue;
        sum += (l->x[(row * W + column) * IN + i] - A_ZERO) * l->w[((o * K + ky) * K + kx) * IN + i];
      }
  account_multiplier((double)a_scale * l->scales[o] / (double)out_scale, &multiplier, &shift);
  int32_t value = account_scaled(sum, multiplier, shift) + OUT_ZERO;
  int32_t six = OUT_ZERO + (int32_t)roundf(6.0f / out_scale);
  value = value < OUT_ZERO ? OUT_ZERO : value; // RELU6
  return value > six ? six : value > 127 ? 127 : value;
}

static Options tflite_layer(const Layer *l) {
  return (Options){.verb = VERB_CONV,
                   .input = save("x.npy", 4, (int64_t[]){1, H, W, IN}, l->x, NULL),
                   .weight = save("w.npy", 4, (int64_t[]){OUT, K, K, IN}, l->w, NULL),
                   .bias = save("bias.npy", 1, (int64_t[]){OUT}, l->bias, NULL),
                   .b_scale = save("scales.npy", 1, (int64_t[]){OUT}, NULL, l->scales),
                   .layout = LAYOUT_NHWC,
                   .requant = "auto",
                   .groups = 1,
                   .stride = {2, 2},
                   .pad = {1, 1, 1, 1},
                   .dilation = {1, 1},
                   .a_zero = A_ZERO,
                   .a_scale = (double)a_scale,
                   .out_scale = (double)out_scale,
                   .out_zero = OUT_ZERO,
                   .out_type = OUT_INT8,
                   .rounding = ROUND_TFLITE,
                   .activation = ACT_RELU6};
}

static void test_tflite_convolution(void **state) {
  (void)state;
  static Layer l;
  make_layer(&l);
  Options o = tflite_layer(&l);
  Workload w = {0};
  int inside = 0;
  assert_true(workload_load(&o, &plan, &w));
  assert_int_equal(w.shape.out_h, OH);
  assert_int_equal(w.shape.out_w, OW);
  for (int i = 0; i < OH * OW * OUT; i++) {
    int32_t want = account_output(&l, i / (OW * OUT), i / OUT % OW, i % OUT);
    assert_int_equal(w.expected.dense[i], want);
    inside += want > OUT_ZERO && want < OUT_ZERO + 53;
  }
  assert_in_range(inside, 8, OH * OW * OUT); // most are not clamped
  workload_free(&w);
}

// Fully connected layers with one scale multiply the scales of the operands as 32-bit floats, all others as doubles:
// the multipliers differ.
static void test_tflite_product(void **state) {
  (void)state;
  Options o = small();
  static const float b_scale = 0.0071234565f;
  int32_t as_float, as_double;
  int shift;
  account_multiplier((double)(a_scale * b_scale) / (double)out_scale, &as_float, &shift);
  account_multiplier((double)a_scale * (double)b_scale / (double)out_scale, &as_double, &shift);
  assert_int_not_equal(as_float, as_double);
  o.a_scale = (double)a_scale;
  o.b_scale = "0.0071234565";
  o.out_scale = (double)out_scale;
  o.out_type = OUT_INT8;
  Workload w = {0};
  assert_true(workload_load(&o, &plan, &w));
  assert_int_equal(w.scales[1].multiplier, as_float);
  assert_int_equal(w.scales[1].shift, shift);
  workload_free(&w);
  o.b_scale = save("scales.npy", 1, (int64_t[]){2}, NULL, (double[]){(double)b_scale, (double)b_scale});
  assert_true(workload_load(&o, &plan, &w));
  assert_int_equal(w.scales[1].multiplier, as_double);
  workload_free(&w);
}

static int zero_setup(void **state) {
  int status = plan_setup(state);
  plan.a_zero_point = true;
  return status;
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_scales),  cmocka_unit_test(test_column_scales),      cmocka_unit_test(test_floats_by_scale),
      cmocka_unit_test(test_no_unit), cmocka_unit_test(test_units_of_bias),      cmocka_unit_test(test_clamp),
      cmocka_unit_test(test_follow),  cmocka_unit_test(test_tflite_convolution), cmocka_unit_test(test_tflite_product)};
  return cmocka_run_group_tests(tests, zero_setup, folder_teardown);
}
