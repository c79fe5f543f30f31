// Operands: range checks, quantisation with hand-made values, random operands, biases.
#include "harness/operand/npy.h"
#include "harness/operand/operand.h"
#include "harness/operand/random.h"
#include "tests/unit/support.h"

static const OperandRule signed8 = {
    .option = "--a", .kind = OPERAND_A, .ndim = 2, .shape = "M x K", .bits = 8, .is_signed = true, .seed = 1};
static const OperandRule unsigned8 = {
    .option = "--a", .kind = OPERAND_A, .ndim = 2, .shape = "M x K", .bits = 8, .seed = 1};
static const OperandRule signed4 = {
    .option = "--b", .kind = OPERAND_B, .ndim = 2, .shape = "K x N", .bits = 4, .is_signed = true, .seed = 2};
static const OperandRule signed16 = {
    .option = "--b", .kind = OPERAND_B, .ndim = 2, .shape = "K x N", .bits = 16, .is_signed = true};
static const OperandRule image = {
    .option = "--input", .kind = OPERAND_MAP, .ndim = 3, .shape = "C x H x W", .bits = 8, .is_signed = true};

static const char *text_file(const char *name, const char *text) {
  static char path[256];
  snprintf(path, sizeof path, "%s", file_make(name, text, strlen(text)));
  return path;
}

#define REAL    "%%MatrixMarket matrix array real general\n"
#define INTEGER "%%MatrixMarket matrix array integer general\n"

static void check_quantised(const char *text, const OperandRule *rule, double scale, int count, const int32_t *want) {
  Operand operand;
  assert_true(operand_load(text_file("q.mtx", text), rule, &operand));
  assert_true(operand.quantised);
  assert_true(operand.scale == scale);
  assert_null(operand.tensor.real);
  for (int i = 0; i < count; i++)
    assert_int_equal(operand.tensor.data[i], want[i]);
  operand_free(&operand);
}

// 0.25 is 63.5 units and -0.25 is -63.5: both go away from zero.
static void test_quantise(void **state) {
  (void)state;
  check_quantised(REAL "1 4\n0.5\n0.25\n-0.25\n0.001\n", &signed8, 0.5 / 127, 4, (int32_t[]){127, 64, -64, 0});
  check_quantised(REAL "1 2\n-3\n1\n", &signed8, 3.0 / 127, 2, (int32_t[]){-127, 42});
  check_quantised(REAL "1 2\n7\n-3.5\n", &signed4, 1.0, 2, (int32_t[]){7, -4});
  check_quantised(REAL "1 2\n2\n1\n", &unsigned8, 2.0 / 255, 2, (int32_t[]){255, 128});
  check_quantised(REAL "1 2\n0\n0\n", &signed8, 1.0, 2, (int32_t[]){0, 0});
}

static void test_integers_pass(void **state) {
  (void)state;
  Operand operand;
  assert_true(operand_load(text_file("i.mtx", INTEGER "1 2\n-128\n127\n"), &signed8, &operand));
  assert_false(operand.quantised);
  assert_true(operand.scale == 1);
  assert_int_equal(operand.tensor.data[0], -128);
  operand_free(&operand);
}

static void refuse(const char *source, const OperandRule *rule, const char *message) {
  Operand operand;
  listen_begin();
  bool good = operand_load(source, rule, &operand);
  listen_end();
  assert_false(good);
  assert_null(operand.tensor.data);
  SAID(message);
}

static void test_out_of_range(void **state) {
  (void)state;
  refuse(
      text_file("r.mtx", INTEGER "2 2\n1\n2\n3\n128\n"), &signed8,
      "r.mtx: element [1,1] is 128; --a holds integers of 8 bits, -128 to 127; floats are quantised (numpy.float32, or "
      "real in the banner of .mtx), data.a_signed: false or data.bits 16 holds it");
  refuse(text_file("r.mtx", INTEGER "1 1\n256\n"), &signed8, ", data.bits 16 holds more");
  refuse(text_file("r.mtx", INTEGER "1 1\n-1\n"), &unsigned8, ", data.a_signed: true holds negative ones");
  refuse(text_file("r.mtx", INTEGER "1 1\n-40000\n"), &signed16,
         "-32768 to 32767; floats are quantised (numpy.float32, or "
         "real in the banner of .mtx), scale them down");
  refuse(text_file("r.mtx", INTEGER "2 2\n1\n2\n-129\n1\n"), &signed8, "element [0,1] is -129");
  refuse(text_file("r.mtx", INTEGER "1 1\n-1\n"), &unsigned8, "8 bits, 0 to 255");
  refuse(text_file("r.mtx", INTEGER "1 1\n8\n"), &signed4, "4 bits, -8 to 7");
  refuse(
      text_file("r.mtx", REAL "1 2\n1\n-0.5\n"), &unsigned8,
      "element [0,1] is -0.5; this configuration takes unsigned values for --a; set data.a_signed: true, or quantise "
      "with a zero point: --a-scale S --a-zero N");
  refuse(text_file("r.mtx", REAL "1 1\n1e308\n"), &signed8, "the largest magnitude is 1e+308");
}

static void test_bad_sources(void **state) {
  (void)state;
  refuse(text_file("x.csv", "1,2"), &signed8,
         "--a takes no such file: tables are not read; operands are .npy, .npz, .mtx or .smtx");
  refuse("x.bin", &signed8, "--a takes no such file; it takes .npy, .npz, .mtx, .smtx, gzip allowed, or random:");
  refuse("m.onnx", &signed8, "models are not read; save each weight by itself");
  refuse("g.tar.gz", &signed8, "packed folders are not read; unpack it");
  refuse("c.yaml", &signed8, "configurations come first");
  refuse(test_folder, &signed8, "takes no such file");
  refuse(text_file("m.mtx", INTEGER "1 1\n1\n"), &image, "--input has 2 dimensions (1 x 1); --input is C x H x W");
  refuse("random:3x2x2:0.5", &signed8, "--a has 3 dimensions (3 x 2 x 2); --a is M x K");
}

static void test_bad_random(void **state) {
  (void)state;
  static const char *const bad[] = {"random:",
                                    "random:4x4",
                                    "random:4x4:",
                                    "random:4x4:1.5",
                                    "random:4x4:-0.1",
                                    "random:4x4:nan",
                                    "random:4x:0.5",
                                    "random:x4:0.5",
                                    "random:4x4:0.5:",
                                    "random:-4x4:.5",
                                    "random:4x4:0.5:seven",
                                    "random:4x4:0.5:1:2",
                                    "random:4 x4:.5",
                                    "random:4x4:0.5:-1",
                                    "random:4x4:0x1p-1",
                                    "random:4x4: .5",
                                    "random:99999999999999999999x1:0.5",
                                    "random:4x4:0.5:99999999999999999999",
                                    "random:1x1x1x1x1x1x1x1x1:1"};
  for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
    refuse(bad[i], &signed8, "is not understood; expected random:SIZExSIZE");
  refuse("random:0x4:0.5", &signed8, "--a random:0x4:0.5: 0 x 4 is not possible; sizes are 1 or more");
  refuse("random:999999999999x9999999999:0.5", &signed8, "is too large: arrays are held dense, that is 1e+22 elements");
  refuse("random:1x1x1x1x1:1", &signed8, "--a has 5 dimensions (1 x 1 x 1 x 1 x 1); --a is M x K");
}

static void test_random(void **state) {
  (void)state;
  Operand one, two, other;
  assert_true(operand_load("random:100x200:0.3:5", &signed8, &one));
  assert_true(operand_load("random:100x200:0.3:5", &signed8, &two));
  assert_true(operand_load("random:100x200:0.3", &signed8, &other));
  assert_memory_equal(one.tensor.data, two.tensor.data, 20000 * sizeof(int32_t));
  assert_memory_not_equal(one.tensor.data, other.tensor.data, 20000 * sizeof(int32_t));
  int nonzero = 0, lowest = 0, highest = 0;
  for (int i = 0; i < 20000; i++) {
    int value = one.tensor.data[i];
    nonzero += value != 0;
    lowest = value < lowest ? value : lowest;
    highest = value > highest ? value : highest;
  }
  assert_in_range(nonzero, 5700, 6300);
  assert_int_equal(lowest, -127);
  assert_int_equal(highest, 127);
  operand_free(&one);
  operand_free(&two);
  operand_free(&other);
}

static void test_random_dense(void **state) {
  (void)state;
  Operand operand;
  assert_true(operand_load("random:4x8x8:1", &image, &operand));
  assert_int_equal(operand.tensor.shape[0], 4);
  for (int i = 0; i < 256; i++)
    assert_int_not_equal(operand.tensor.data[i], 0);
  operand_free(&operand);
}

// Wide operands are kept small enough to be summed.
static void test_random_wide(void **state) {
  (void)state;
  static const OperandRule wide = {
      .option = "--a", .kind = OPERAND_A, .ndim = 2, .shape = "M x K", .bits = 16, .is_signed = true};
  Operand operand;
  int32_t highest = 0;
  assert_true(operand_load("random:100x100:1", &wide, &operand));
  for (int i = 0; i < 10000; i++)
    if (abs(operand.tensor.data[i]) > highest) highest = abs(operand.tensor.data[i]);
  assert_int_equal(highest, 1023);
  operand_free(&operand);
}

// The first numbers of SplitMix64 with seed 0, as published with the generator's test vectors.
static void test_splitmix(void **state) {
  (void)state;
  Random random = {0};
  assert_true(random_next(&random) == 0xe220a8397b1dcdaf);
  assert_true(random_next(&random) == 0x6e789e6aa1b965f4);
  assert_true(random_next(&random) == 0x06c45d188009454f);
}

static void test_smtx_values(void **state) {
  (void)state;
  OperandRule rule = signed8;
  const char *path = text_file("p.smtx", "2, 3, 3\n0 2 3\n0 2 1\n");
  Operand operand;
  assert_true(operand_load(path, &rule, &operand));
  assert_memory_equal(operand.tensor.data, ((int32_t[]){1, 0, 1, 0, 1, 0}), 6 * sizeof(int32_t));
  operand_free(&operand);
  rule.random_values = true;
  assert_true(operand_load(path, &rule, &operand));
  int sum = 0;
  for (int i = 0; i < 6; i++) {
    assert_int_equal(operand.tensor.data[i] != 0, i == 0 || i == 2 || i == 4);
    sum += operand.tensor.data[i] != 1;
  }
  assert_in_range(sum, 4, 6); // 3 zeros and at least one value other than 1
  operand_free(&operand);
}

static const char *bias_file(const double *real, const int32_t *data, int64_t count) {
  Tensor t = {.ndim = 1, .shape = {count}, .data = (int32_t *)(uintptr_t)data, .real = (double *)(uintptr_t)real};
  assert_true(npy_write(file_path("bias.npy"), &t, real ? NPY_FLOAT32 : NPY_INT32));
  return file_path("bias.npy");
}

static void refuse_bias(const char *path, int64_t count, const double *units, const char *message) {
  Tensor bias;
  listen_begin();
  BiasFit fit;
  assert_false(bias_load(path, count, units, "say a scale", &fit, &bias));
  listen_end();
  SAID(message);
}

static void test_bias(void **state) {
  (void)state;
  char path[256];
  Tensor bias;
  BiasFit fit;
  static const double quarters[] = {0.25, 0.25, 0.125}, tiny[] = {1e-12, 1e-12, 1e-12};
  snprintf(path, sizeof path, "%s", bias_file((double[]){1.0, -0.625, 0.5}, NULL, 3));
  assert_true(bias_load(path, 3, quarters, "", &fit, &bias));
  assert_memory_equal(bias.data, ((int32_t[]){4, -3, 4}), 3 * sizeof(int32_t));
  tensor_free(&bias);
  refuse_bias(path, 4, quarters, "the bias has 3 numbers; 4 outputs need 4");
  assert_false(fit.integers || fit.too_large);
  assert_true(bias_load(path, 3, tiny, "", &fit, &bias));
  assert_true(fit.too_large && !bias.data);
  listen_begin();
  assert_false(bias_too_large(path, &fit));
  listen_end();
  SAID("bias 0 is 1, 1e+12 units of 1e-12; it must fit 32 bits: larger scales, or a smaller bias, do");
  refuse_bias(path, 3, NULL, "bias 1 is -0.625; whole numbers are units of the accumulator, and say a scale");
  snprintf(path, sizeof path, "%s", bias_file((double[]){3, -8}, NULL, 2)); // whole floats, as NumPy makes them
  assert_true(bias_load(path, 2, NULL, "", &fit, &bias));
  assert_memory_equal(bias.data, ((int32_t[]){3, -8}), 2 * sizeof(int32_t));
  tensor_free(&bias);
  snprintf(path, sizeof path, "%s", bias_file(NULL, (int32_t[]){-5, INT32_MAX}, 2));
  assert_true(bias_load(path, 2, quarters, "", &fit, &bias));
  assert_memory_equal(bias.data, ((int32_t[]){-5, INT32_MAX}), 2 * sizeof(int32_t));
  tensor_free(&bias);
}

// The bits that are spared leave the top bit by bit: 15 of 16 bits are 16383 at most.
static void test_spared_bits(void **state) {
  (void)state;
  OperandRule rule = signed8;
  rule.spared = 1;
  check_quantised(REAL "1 3\n0.5\n0.25\n-0.25\n", &rule, 0.5 / 63, 3, (int32_t[]){63, 32, -32});
  rule.is_signed = false;
  check_quantised(REAL "1 2\n2\n1\n", &rule, 2.0 / 127, 2, (int32_t[]){127, 64});
}

// With a scale: round(x / scale) + zero, held within the range. 0.625 is 2.5 units.
static void test_given_scale(void **state) {
  (void)state;
  OperandRule rule = signed8;
  rule.scale = 0.25;
  check_quantised(REAL "1 4\n0.5\n0.625\n-0.625\n-99\n", &rule, 0.25, 4, (int32_t[]){2, 3, -3, -128});
  rule.zero = -100;
  check_quantised(REAL "1 4\n0\n0.625\n-8\n99\n", &rule, 0.25, 4, (int32_t[]){-100, -97, -128, 127});
  rule.is_signed = false;
  rule.zero = 7;
  check_quantised(REAL "1 3\n-1\n-99\n99\n", &rule, 0.25, 3, (int32_t[]){3, 0, 255});
  rule.scale = 0;
  refuse(text_file("q.mtx", REAL "1 1\n1\n"), &rule,
         "--a holds floats, which are quantised without a zero point; say --a-scale S with --a-zero 7");
  Operand operand;
  rule = signed8;
  assert_true(operand_load(text_file("i.mtx", INTEGER "1 1\n5\n"), &rule, &operand));
  assert_false(operand.has_unit);
  operand_free(&operand);
  rule.scale = 0.5;
  assert_true(operand_load(text_file("i.mtx", INTEGER "1 1\n5\n"), &rule, &operand));
  assert_true(operand.has_unit && operand.scale == 0.5 && !operand.quantised && operand.tensor.data[0] == 5);
  operand_free(&operand);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_quantise),     cmocka_unit_test(test_integers_pass), cmocka_unit_test(test_out_of_range),
      cmocka_unit_test(test_bad_sources),  cmocka_unit_test(test_bad_random),    cmocka_unit_test(test_random),
      cmocka_unit_test(test_random_dense), cmocka_unit_test(test_random_wide),   cmocka_unit_test(test_splitmix),
      cmocka_unit_test(test_smtx_values),  cmocka_unit_test(test_bias),          cmocka_unit_test(test_spared_bits),
      cmocka_unit_test(test_given_scale),
  };
  return cmocka_run_group_tests(tests, folder_setup, folder_teardown);
}
