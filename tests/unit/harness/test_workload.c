// From options to golden results: layouts of convolutions, bias, requantisation, activations, and what is refused.
#include "harness/operand/npy.h"
#include "harness/workload/requant.h"
#include "harness/workload/workload.h"
#include "tests/unit/support_plan.h"

#include <math.h>

static const Options gemm = {.verb = VERB_RUN, .requant = "auto", .groups = 1, .stride = {1, 1}, .dilation = {1, 1}};
static const Options conv = {.verb = VERB_CONV, .requant = "auto", .groups = 1, .stride = {1, 1}, .dilation = {1, 1}};

static const char *save(const char *name, int ndim, const int64_t *shape, const int32_t *data) {
  static char paths[4][256];
  static int next;
  char *path = paths[next++ % 4];
  Tensor t = {.ndim = ndim, .data = (int32_t *)(uintptr_t)data};
  memcpy(t.shape, shape, (size_t)ndim * sizeof *shape);
  snprintf(path, sizeof paths[0], "%s", file_path(name));
  assert_true(npy_write(path, &t, NPY_INT32));
  return path;
}

static void check_results(const Options *options, const Plan *with, int count, const int32_t *want) {
  Workload w = {0};
  assert_true(workload_load(options, with, &w));
  assert_int_equal((int)(w.shape.m * w.shape.n), count);
  for (int i = 0; i < count; i++)
    assert_int_equal(w.expected.dense[i], want[i]);
  workload_free(&w);
}

static Options small_gemm(void) {
  Options o = gemm;
  o.a = save("a.npy", 2, (int64_t[]){2, 2}, (int32_t[]){1, 2, -3, 4});
  o.b = save("b.npy", 2, (int64_t[]){2, 2}, (int32_t[]){10, 0, 5, -20});
  return o; // 20 -40 / -10 -80
}

static void test_gemm(void **state) {
  (void)state;
  Options o = small_gemm();
  check_results(&o, &plan, 4, (int32_t[]){20, -40, -10, -80});
  o.bias = save("bias.npy", 1, (int64_t[]){2}, (int32_t[]){1, 100});
  check_results(&o, &plan, 4, (int32_t[]){21, 60, -9, 20});
  o.activation = ACT_RELU;
  check_results(&o, &plan, 4, (int32_t[]){21, 60, 0, 20});
  o.activation = ACT_RELU6;
  o.a_scale = 0.5;
  o.b_scale = "0.5"; // a unit is 0.25
  check_results(&o, &plan, 4, (int32_t[]){21, 24, 0, 20});
  o.a_scale = 1;
  o.b_scale = "1";
  check_results(&o, &plan, 4, (int32_t[]){6, 6, 0, 6});
}

// The largest magnitude, 80, becomes 127: 20 -> 31.75, 40 -> 63.5, 10 -> 15.875.
static void test_requant_auto(void **state) {
  (void)state;
  Options o = small_gemm();
  o.out_type = OUT_INT8;
  check_results(&o, &plan, 4, (int32_t[]){32, -64, -16, -127});
  o.out_zero = -10;
  o.activation = ACT_RELU;
  check_results(&o, &plan, 4, (int32_t[]){22, -10, -10, -10});
}

// Column 0 by a half, column 1 by two.
static void test_requant_file(void **state) {
  (void)state;
  Options o = small_gemm();
  o.out_type = OUT_INT8;
  o.requant = save("scales.npy", 2, (int64_t[]){2, 2}, (int32_t[]){1 << 30, 0, 1 << 30, 2});
  check_results(&o, &plan, 4, (int32_t[]){10, -80, -5, -128});
}

static void test_zero_point(void **state) {
  (void)state;
  Plan zero = plan;
  Workload w = {0};
  Options o = small_gemm();
  o.a_zero = 2; // A becomes -1 0 / -5 2
  zero.a_zero_point = true;
  check_results(&o, &zero, 4, (int32_t[]){-10, 0, -40, -40});
  assert_true(workload_load(&o, &zero, &w));
  assert_int_equal(w.effectual, 2 * 1 + 1 * 2); // k = 0: two rows, one column; k = 1: one row, two columns
  workload_free(&w);
}

// 2 x 2 x 2 input, one output channel, kernel 1 x 2 without padding: the same layer in both layouts.
static void test_layouts(void **state) {
  (void)state;
  static const int32_t chw[] = {1, 2, 3, 4, 10, 20, 30, 40}, hwc[] = {1, 10, 2, 20, 3, 30, 4, 40};
  static const int32_t oihw[] = {1, 2, 3, -1}, ohwi[] = {1, 3, 2, -1};
  Options o = conv;
  o.input = save("x.npy", 3, (int64_t[]){2, 2, 2}, chw);
  o.weight = save("w.npy", 4, (int64_t[]){1, 2, 1, 2}, oihw);
  check_results(&o, &plan, 2, (int32_t[]){1 + 4 + 30 - 20, 3 + 8 + 90 - 40});
  o.layout = LAYOUT_NHWC;
  o.input = save("x.npy", 3, (int64_t[]){2, 2, 2}, hwc);
  o.weight = save("w.npy", 4, (int64_t[]){1, 1, 2, 2}, ohwi);
  check_results(&o, &plan, 2, (int32_t[]){1 + 4 + 30 - 20, 3 + 8 + 90 - 40});
}

// Two channels out: the device's order is pixel by pixel, files are O x OH x OW, or OH x OW x O.
static void test_write(void **state) {
  (void)state;
  Options o = conv;
  Tensor back;
  char out[256];
  snprintf(out, sizeof out, "%s", file_path("y.npy"));
  o.out = out;
  o.input = save("x.npy", 3, (int64_t[]){1, 1, 3}, (int32_t[]){1, 2, 3});
  o.weight = save("w.npy", 4, (int64_t[]){2, 1, 1, 1}, (int32_t[]){1, 10});
  Workload w = {0};
  assert_true(workload_load(&o, &plan, &w));
  assert_memory_equal(w.expected.dense, ((int32_t[]){1, 10, 2, 20, 3, 30}), 24);
  assert_int_equal(w.effectual, 6);
  assert_true(workload_write(&w, &o, w.expected.dense) && npy_read(out, &back));
  assert_int_equal(back.shape[0], 2);
  assert_memory_equal(back.data, ((int32_t[]){1, 2, 3, 10, 20, 30}), 24);
  tensor_free(&back);
  o.layout = LAYOUT_NHWC;
  assert_true(workload_write(&w, &o, w.expected.dense) && npy_read(out, &back));
  assert_int_equal(back.shape[2], 2);
  assert_memory_equal(back.data, w.expected.dense, 24);
  tensor_free(&back);
  workload_free(&w);
}

static void refuse_by(const Options *o, const Plan *with, const char *message) {
  Workload w = {0};
  listen_begin();
  bool good = workload_load(o, with, &w);
  listen_end();
  workload_free(&w);
  assert_false(good);
  SAID(message);
}

static void refuse(const Options *o, const char *message) {
  refuse_by(o, &plan, message);
}

static void test_refused(void **state) {
  (void)state;
  Options o = small_gemm();
  o.b = "random:41x3:1";
  refuse(&o, "inner sizes differ: --a is 2 x 2, --b is 41 x 3; --b must have 2 rows");
  o = small_gemm();
  o.a_zero = 1;
  refuse(&o, "test has no zero point of A");
  o = small_gemm();
  o.out_type = OUT_INT8;
  o.requant = save("scales.npy", 2, (int64_t[]){2, 2}, (int32_t[]){1, 0, -1, 0});
  refuse(&o, "column 1 has multiplier -1");
  o.requant = save("scales.npy", 2, (int64_t[]){1, 2}, (int32_t[]){1, 0});
  refuse(&o, "integers of 2 x 2");
  o = conv;
  o.input = "random:4x5x5:1";
  o.weight = "random:2x3x1x1:1";
  refuse(&o, "channels differ: --input has 4");
  o.weight = "random:2x4x6x1:1";
  refuse(&o, "kernel spans 6 rows, the padded input has 5");
}

static void test_overflow(void **state) {
  (void)state;
  Plan wide = plan;
  Options o = gemm;
  Workload w = {0};
  wide.data_bits = 16;
  o.a = save("a.npy", 2, (int64_t[]){1, 3}, (int32_t[]){32767, 32767, 32767});
  o.b = save("b.npy", 2, (int64_t[]){3, 1}, (int32_t[]){32767, 32767, 32767});
  listen_begin();
  bool good = workload_load(&o, &wide, &w);
  listen_end();
  workload_free(&w);
  assert_false(good);
  SAID("row 0, column 0 does not fit the 32-bit accumulator");
}

static const char *save_reals(const char *name, int ndim, const int64_t *shape, const double *real) {
  static char paths[8][256];
  static int next;
  char *path = paths[next++ % 8];
  Tensor t = {.ndim = ndim, .real = (double *)(uintptr_t)real};
  memcpy(t.shape, shape, (size_t)ndim * sizeof *shape);
  snprintf(path, sizeof paths[0], "%s", file_path(name));
  assert_true(npy_write(path, &t, NPY_FLOAT32));
  return path;
}

static void check_spared(const Options *o, const Plan *with, int spared, int count) {
  Workload w = {0};
  assert_true(workload_load(o, with, &w));
  assert_int_equal(w.spared, spared);
  double unit = 1.0 / (32767 >> spared) / (32767 >> spared);
  for (int i = 0; i < count; i++)
    assert_true(fabs(w.expected.dense[i] * unit - 5) < 0.01);
  assert_true(fabs(w.unit / unit - 1) < 1e-12);
  workload_free(&w);
}

// Five products of ones are 5 * 32767^2 with all bits, 5 * 8191^2 is the first that fits 32.
static void test_floats_fit(void **state) {
  (void)state;
  static const double ones[] = {1, 1, 1, 1, 1}, hundred[] = {1e4};
  Plan wide = plan;
  Options o = gemm, c = conv;
  wide.data_bits = wide.a_bits = wide.b_bits = 16;
  o.a = save_reals("fa.npy", 2, (int64_t[]){1, 5}, ones);
  o.b = save_reals("fb.npy", 2, (int64_t[]){5, 1}, ones);
  check_spared(&o, &wide, 1, 1);
  c.input = save_reals("fx.npy", 3, (int64_t[]){5, 1, 1}, ones);
  c.weight = save_reals("fw.npy", 4, (int64_t[]){1, 5, 1, 1}, ones);
  check_spared(&c, &wide, 1, 1);
  o.bias = save("ib.npy", 1, (int64_t[]){1}, (int32_t[]){1});
  refuse_by(&o, &wide, "does not fit the 32-bit accumulator; give the bias as floats");
  o.bias = save_reals("fbias.npy", 1, (int64_t[]){1}, hundred); // 1e4 fits where a unit is above 4.7e-6
  Workload w = {0};
  assert_true(workload_load(&o, &wide, &w));
  assert_int_equal(w.spared, 7);
  assert_int_equal(w.expected.dense[0], 10005 * 255 * 255);
  workload_free(&w);
  o.bias = NULL;
  o.a = save("ia.npy", 2, (int64_t[]){1, 5}, (int32_t[]){32767, 32767, 32767, 32767, 32767});
  assert_true(workload_load(&o, &wide, &w));
  assert_int_equal(w.spared, 2); // of B alone
  workload_free(&w);
  o.b = save("ib.npy", 2, (int64_t[]){5, 1}, (int32_t[]){32767, 32767, 32767, 32767, 32767});
  refuse_by(&o, &wide, "does not fit the 32-bit accumulator; use smaller values, a smaller K, or floats");
}

// Before anything is computed.
static void test_no_room(void **state) {
  (void)state;
  Options o = conv;
  o.input = "random:64x512x2048:0.001";
  o.weight = "random:8x64x3x3:0.1";
  refuse_by(&o, &plan, "test can't run this with its buffers.a_kib, but would in strips of 508 columns: one tile of A");
  refuse_by(&o, &plan, "elements of each A bank, which has");
  o.input = "random:64x8x508:0.001"; // as the message says, and one column more
  Workload w = {0};
  assert_true(workload_load(&o, &plan, &w));
  workload_free(&w);
  o.input = "random:64x8x509:0.001";
  refuse_by(&o, &plan, "in strips of 508 columns");
  o = gemm;
  o.a = "random:1x300000:0.001";
  o.b = "random:300000x1:0.001";
  refuse_by(&o, &plan, "in parts of 65536 along K, whose results add up: one tile of A");
  o = gemm;
  o.a = "random:100000x1:0.1";
  o.b = "random:1x100000:0.1";
  refuse_by(&o, &plan, "the result of 100000 x 100000 is too large: arrays are held dense");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_gemm),       cmocka_unit_test(test_requant_auto), cmocka_unit_test(test_requant_file),
      cmocka_unit_test(test_zero_point), cmocka_unit_test(test_layouts),      cmocka_unit_test(test_write),
      cmocka_unit_test(test_refused),    cmocka_unit_test(test_overflow),     cmocka_unit_test(test_floats_fit),
      cmocka_unit_test(test_no_room),
  };
  return cmocka_run_group_tests(tests, plan_setup, folder_teardown);
}
