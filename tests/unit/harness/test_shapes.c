// The shapes in which other tools hold operands: what has one meaning is taken and gives the same result, what has not
// is refused with the order that is wanted and the way there.
#include "harness/operand/npy.h"
#include "harness/workload/workload.h"
#include "tests/unit/support_plan.h"

static const Options none = {.requant = "auto", .groups = 1, .stride = {1, 1}, .dilation = {1, 1}};

static const char *save(const char *name, int ndim, const int64_t *shape, const int32_t *data) {
  static char paths[32][256];
  static int next;
  char *path = paths[next++ % 32];
  Tensor t = {.ndim = ndim, .data = (int32_t *)(uintptr_t)data};
  memcpy(t.shape, shape, (size_t)ndim * sizeof *shape);
  snprintf(path, sizeof paths[0], "%s", file_path(name));
  assert_true(npy_write(path, &t, NPY_INT32));
  return path;
}

#define FILE_OF(name, data, ...)                                                                                       \
  save(name, (int)(sizeof((int64_t[]){__VA_ARGS__}) / sizeof(int64_t)), (int64_t[]){__VA_ARGS__}, data)

static void check(const Options *o, int64_t m, int64_t n, const int32_t *want) {
  Workload w = {0};
  assert_true(workload_load(o, &plan, &w));
  assert_int_equal(w.shape.m, m);
  assert_int_equal(w.shape.n, n);
  assert_memory_equal(w.expected.dense, want, (size_t)(m * n) * sizeof *want);
  workload_free(&w);
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

// A = 1 2 3 / 4 5 6, B = 1 0 / 2 1 / 0 3.
static const int32_t a[] = {1, 2, 3, 4, 5, 6}, a_turned[] = {1, 4, 2, 5, 3, 6};
static const int32_t b[] = {1, 0, 2, 1, 0, 3}, b_turned[] = {1, 2, 0, 0, 1, 3}, c[] = {5, 11, 14, 23};

static Options product(const char *of_a, const char *of_b) {
  Options o = none;
  o.verb = VERB_RUN;
  o.a = of_a;
  o.b = of_b;
  return o;
}

static void test_matrices(void **state) {
  (void)state;
  Options o = product(FILE_OF("a.npy", a, 1, 2, 3), FILE_OF("b.npy", b, 1, 1, 3, 2)); // batches of one
  check(&o, 2, 2, c);
  o = product(FILE_OF("a.npy", a, 2, 3), FILE_OF("b.npy", b_turned, 2, 3));
  o.transpose_b = true;
  check(&o, 2, 2, c);
  o = product(FILE_OF("a.npy", a_turned, 3, 2), FILE_OF("b.npy", b, 3, 2));
  o.transpose_a = true;
  check(&o, 2, 2, c);
  o = product(FILE_OF("a.npy", a, 3), FILE_OF("b.npy", b, 3, 2)); // a row
  check(&o, 1, 2, c);
  o.transpose_a = true; // a vector is a row all the same
  check(&o, 1, 2, c);
  o = product(FILE_OF("a.npy", a, 2, 3), FILE_OF("b.npy", b_turned, 3)); // a column
  check(&o, 2, 1, (int32_t[]){5, 14});
  o.transpose_b = true;
  check(&o, 2, 1, (int32_t[]){5, 14});
  o = product(FILE_OF("a.npy", a, 3), FILE_OF("b.npy", b_turned, 3));
  check(&o, 1, 1, c);
}

static void test_matrices_refused(void **state) {
  (void)state;
  static const int32_t twelve[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
  const char *of_a = FILE_OF("a.npy", a, 2, 3), *turned = FILE_OF("at.npy", a_turned, 3, 2);
  Options o = product(of_a, FILE_OF("b.npy", twelve, 4, 3));
  refuse(&o, "--b is 4 x 3; --b must have 3 rows; --b fits as N x K, the transpose: say --transpose-b");
  o = product(turned, FILE_OF("b.npy", twelve, 3, 4));
  refuse(&o, "--a fits as K x M, the transpose: say --transpose-a");
  o = product(turned, FILE_OF("b.npy", b, 3, 2));
  refuse(&o, "; if B is N x K, say --transpose-b, or if A is K x M, say --transpose-a");
  o = product(turned, FILE_OF("b.npy", twelve, 4, 3));
  refuse(&o, "both fit transposed: say --transpose-a, and say --transpose-b");
  o = product(of_a, FILE_OF("b.npy", b, 3, 2));
  o.transpose_b = true;
  refuse(&o, "if B is K x N, leave out --transpose-b, or if A is K x M, say --transpose-a");
  o = product(FILE_OF("batch.npy", a, 2, 1, 3), FILE_OF("b.npy", b, 3, 2));
  refuse(&o, "--a has 3 dimensions (2 x 1 x 3); --a is M x K; reshape it to 2 x 3, a row for every one of the batch");
  o = product(FILE_OF("five.npy", a, 1, 1, 1, 2, 3), FILE_OF("b.npy", b, 3, 2));
  refuse(&o, "--a is M x K");
  o = product(of_a, FILE_OF("b.npy", b, 3, 2, 1, 1));
  refuse(&o, "--b is K x N; reshape it to 3 x 2, and if these are O x I, say --transpose-b");
  o = product(of_a, FILE_OF("b.npy", b, 2, 3, 1));
  refuse(&o, "--b is K x N; reshape it to 2 x 3");
  o = product(of_a, FILE_OF("b.npy", b, 3, 1, 2));
  refuse(&o, "run the batch of 3 matrix by matrix");
  o.b = FILE_OF("b.npy", b, 1, 1, 1, 3, 2);
  refuse(&o, "--b is K x N; reshape it to 3 x 2");
  o.b = FILE_OF("b.npy", b, 3, 2, 1, 1);
  o.transpose_b = true;
  refuse(&o, "--b is N x K; reshape it to 3 x 2");
  assert_null(strstr(test_said, "--transpose-b")); // which is given
  o = product(save("one.npy", 0, (int64_t[]){0}, a), FILE_OF("b.npy", b, 3, 2));
  refuse(&o, "--a is a single number; --a is M x K");
}

static void test_bias(void **state) {
  (void)state;
  static const int32_t bias[] = {4, -7}, want[] = {9, 4, 18, 16};
  Options o = product(FILE_OF("a.npy", a, 2, 3), FILE_OF("b.npy", b, 3, 2));
  const char *shapes[] = {FILE_OF("v1.npy", bias, 2), FILE_OF("v2.npy", bias, 2, 1), FILE_OF("v3.npy", bias, 1, 2),
                          FILE_OF("v4.npy", bias, 1, 2, 1, 1), FILE_OF("v5.npy", bias, 1, 1, 1, 2)};
  for (int i = 0; i < 5; i++) {
    o.bias = shapes[i];
    check(&o, 2, 2, want);
  }
  o.bias = FILE_OF("v.npy", a, 2, 2);
  refuse(&o, "the bias is 2 x 2; 2 outputs need 2 numbers in one dimension");
  o.bias = FILE_OF("v.npy", a, 3, 1);
  refuse(&o, "the bias is 3 x 1; 2 outputs need 2 numbers in one dimension");
  o.bias = FILE_OF("v.npy", a, 3);
  refuse(&o, "the bias has 3 numbers; 2 outputs need 2");
  o.b = "random:3x6:1";
  o.bias = FILE_OF("v.npy", a, 2, 3); // as many numbers, but in two dimensions
  refuse(&o, "the bias is 2 x 3; 6 outputs need one number each, reshape it to 6");
  o.b = FILE_OF("b.npy", b, 3, 2);
  o.bias = save("v.npy", 0, (int64_t[]){0}, a);
  refuse(&o, "the bias is a single number; 2 outputs need 2 numbers in one dimension");
  o.b = FILE_OF("b.npy", b_turned, 3); // one output takes a single number
  check(&o, 2, 1, (int32_t[]){6, 15});
}

// A 2 x 3 map of two channels and a 1 x 2 kernel to three: any order of the file is the same layer.
enum { C = 2, H = 2, W = 3, O = 3, KW = 2, MAP = C * H * W, WEIGHTS = O * C * KW };

static int32_t x_chw[MAP], x_hwc[MAP], w_oihw[WEIGHTS], w_ohwi[WEIGHTS], w_hwio[WEIGHTS], y[H * (W - 1) * O];

static void make_layer(void) {
  for (int ch = 0; ch < C; ch++)
    for (int p = 0; p < H * W; p++)
      x_hwc[p * C + ch] = x_chw[ch * H * W + p] = ch * 17 + p * 5 - 20;
  for (int o = 0; o < O; o++)
    for (int ch = 0; ch < C; ch++)
      for (int k = 0; k < KW; k++)
        w_oihw[(o * C + ch) * KW + k] = w_ohwi[(o * KW + k) * C + ch] = w_hwio[(k * C + ch) * O + o] =
            o * 7 - ch * 3 + k * 2 - 4;
  for (int p = 0; p < H * (W - 1); p++)
    for (int o = 0; o < O; o++) {
      int32_t sum = 0;
      for (int i = 0; i < C * KW; i++)
        sum += x_chw[i / KW * H * W + p / (W - 1) * W + p % (W - 1) + i % KW] * w_oihw[o * C * KW + i];
      y[p * O + o] = sum;
    }
}

static Options layer(const char *input, const char *weight, bool nhwc, int weight_layout) {
  Options o = none;
  o.verb = VERB_CONV;
  o.input = input;
  o.weight = weight;
  o.layout = nhwc ? LAYOUT_NHWC : LAYOUT_NCHW;
  o.weight_layout = weight_layout;
  return o;
}

static void test_layouts(void **state) {
  (void)state;
  make_layer();
  const char *chw = FILE_OF("chw.npy", x_chw, C, H, W), *hwc = FILE_OF("hwc.npy", x_hwc, 1, H, W, C);
  const char *oihw = FILE_OF("oihw.npy", w_oihw, O, C, 1, KW), *ohwi = FILE_OF("ohwi.npy", w_ohwi, O, 1, KW, C);
  const char *hwio = FILE_OF("hwio.npy", w_hwio, 1, KW, C, O);
  for (int nhwc = 0; nhwc < 2; nhwc++) {
    Options o = layer(nhwc ? hwc : chw, oihw, nhwc, 1 + ORDER_OIHW);
    check(&o, H * (W - 1), O, y);
    o = layer(nhwc ? hwc : chw, ohwi, nhwc, 1 + ORDER_OHWI);
    check(&o, H * (W - 1), O, y);
    o = layer(nhwc ? hwc : chw, hwio, nhwc, 1 + ORDER_HWIO);
    check(&o, H * (W - 1), O, y);
  }
  Options o = layer(FILE_OF("chw.npy", x_chw, 1, C, H, W), oihw, false, 0); // a batch of one
  check(&o, H * (W - 1), O, y);
}

// Depthwise with two outputs a channel: output c * 2 + m.
static void test_depthwise(void **state) {
  (void)state;
  enum { M = 2, OUT = C * M, K = 2 };
  int32_t oihw[OUT * K], hwc[OUT * K], want[H * (W - 1) * OUT];
  make_layer();
  for (int o = 0; o < OUT; o++)
    for (int k = 0; k < K; k++)
      oihw[o * K + k] = hwc[k * OUT + o] = o * 3 - k * 5 + 1;
  for (int p = 0; p < H * (W - 1); p++)
    for (int o = 0; o < OUT; o++) {
      int at = o / M * H * W + p / (W - 1) * W + p % (W - 1);
      want[p * OUT + o] = x_chw[at] * oihw[o * K] + x_chw[at + 1] * oihw[o * K + 1];
    }
  const char *x = FILE_OF("hwc.npy", x_hwc, H, W, C), *tflite = FILE_OF("w.npy", hwc, 1, 1, K, OUT);
  Options o = layer(x, tflite, true, 0); // O can't be 1 where there are groups
  o.groups = C;
  check(&o, H * (W - 1), OUT, want);
  o.weight_layout = 1 + ORDER_1HWC;
  check(&o, H * (W - 1), OUT, want);
  o.weight_layout = 1 + ORDER_HWCM;
  o.weight = FILE_OF("w.npy", hwc, 1, K, C, M);
  check(&o, H * (W - 1), OUT, want);
  o.weight_layout = 0;
  o.weight = FILE_OF("w.npy", oihw, OUT, 1, K, 1);
  check(&o, H * (W - 1), OUT, want);
  o.weight_layout = 1 + ORDER_HWCM;
  o.groups = 1;
  o.weight = FILE_OF("w.npy", hwc, 1, K, C, M);
  refuse(&o, "--weight-layout hwcm is KH x KW x C x M, depthwise, and needs 2 groups, not 1");
  o.weight_layout = 1 + ORDER_1HWC;
  o.weight = FILE_OF("w.npy", hwc, 2, 2, 1, 2);
  refuse(&o, "--weight is 2 x 2 x 1 x 2; --weight-layout 1hwc is 1 x KH x KW x O");
}

// A linear layer is a 1 x 1 kernel.
static void test_matrix_of_weights(void **state) {
  (void)state;
  static const int32_t x[] = {1, 2, 3}, turned[] = {1, 2, 0, 0, 1, 3};
  Options o = layer(FILE_OF("x.npy", x, 3, 1, 1), FILE_OF("w.npy", turned, 2, 3), false, 0);
  check(&o, 1, 2, c);
  o = layer(FILE_OF("x.npy", x, 3, 1, 1), FILE_OF("w.npy", b, 3, 2), false, 1 + ORDER_HWIO);
  check(&o, 1, 2, c);
  o = layer(FILE_OF("x.npy", x, 1, 1, 3), FILE_OF("w.npy", turned, 2, 3), true, 0);
  check(&o, 1, 2, c);
}

static void refuse_layer(const char *x, const char *w, bool nhwc, int weight_layout, const char *message) {
  Options o = layer(x, w, nhwc, weight_layout);
  refuse(&o, message);
}

static void test_layers_refused(void **state) {
  (void)state;
  const char *x = "random:6x5x7:1", *hwc = "random:5x7x6:1";
  refuse_layer("random:8x6x5x7:1", "random:4x6x3x3:1", false, 0,
               "--input has 4 dimensions (8 x 6 x 5 x 7); --input is C x H x W; a batch of 8 is run one by one");
  refuse_layer(
      "random:5x7:1", "random:4x1x3x3:1", false, 0,
      "reshape an image of one channel to 1 x 5 x 7, a sequence C x L to 5 x 1 x 7, its weights to O x I x 1 x K");
  refuse_layer(
      "random:5x7:1", "random:4x3x3x1:1", true, 0,
      "reshape an image of one channel to 5 x 7 x 1, a sequence L x C to 1 x 5 x 7, its weights to O x 1 x K x I");
  refuse_layer("random:1x1x6x5x7:1", "random:4x6x3x3:1", false, 0, "--input is C x H x W");
  refuse_layer(x, "random:4x6x3:1", false, 0,
               "--weight has 3 dimensions (4 x 6 x 3); --weight is O x I/groups x KH x KW; reshape those of a 1-D "
               "convolution to 4 x 6 x 1 x 3, and its input to C x 1 x L");
  refuse_layer(hwc, "random:4x3x6:1", true, 0,
               "--weight is O x KH x KW x I/groups; reshape those of a 1-D convolution to 4 x 1 x 3 x 6");
  refuse_layer(hwc, "random:3x6x4:1", true, 1 + ORDER_HWIO, "convolution to 1 x 3 x 6 x 4, and its input to 1 x L x C");
  refuse_layer(x, "random:4x6x1x3x3:1", false, 0, "--weight is O x I/groups x KH x KW; kernels have two dimensions");
  refuse_layer(
      hwc, "random:3x3x6x4:1", true, 0,
      "3 x 3 x 6 x 4 is read as O x KH x KW x I/groups and must have I/groups = 6/1; as KH x KW x I/groups x O it "
      "would fit: say --weight-layout hwio");
  refuse_layer(x, "random:4x3x3x6:1", false, 0, "as O x KH x KW x I/groups it would fit: say --weight-layout ohwi");
  refuse_layer(hwc, "random:1x3x3x12:1", true, 0,
               "as depthwise 1 x KH x KW x O it would fit: say --groups 6 and --weight-layout 1hwc");
  refuse_layer(hwc, "random:3x3x6x2:1", true, 1 + ORDER_OHWI, "say --weight-layout hwio");
  refuse_layer(x, "random:6x1x3x3:1", false, 0, "as depthwise O x I/groups x KH x KW it would fit: say --groups 6");
  refuse_layer(hwc, "random:4x6x3x3:1", true, 0, "as O x I/groups x KH x KW it would fit: say --weight-layout oihw");
}

static void test_depthwise_refused(void **state) {
  (void)state;
  Options o = layer("random:5x7x6:1", "random:3x3x6x1:1", true, 0);
  o.groups = 6; // as Keras has them: I/groups is right, O is not
  refuse(&o,
         "groups must divide 6 input and 3 output channels; as KH x KW x C x M it would fit: say --weight-layout hwcm");
  refuse_layer("random:1x5x7:1", "random:3x3:1", false, 0, "reshape a lone kernel KH x KW to 1 x 1 x KH x KW");
  refuse_layer("random:2x5x7:1", "random:4x18:1", false, 0, "reshape flat kernels O x I*KH*KW to O x I x KH x KW");
  refuse_layer("random:5x7x6:1", "random:3x3x6:1", true, 0, ", depthwise KH x KW x C to 1 x KH x KW x C");
}

static void test_swapped_map(void **state) {
  (void)state;
  refuse_layer(
      "random:9x8x6:1", "random:4x3x3x6:1", false, 1 + ORDER_OIHW,
      "channels differ: --input has 9, --weight 3 x 1 groups; 4 x 3 x 3 x 6 is read as O x I/groups x KH x KW and "
      "must have I/groups = 9/1; --input would fit as H x W x C: say --layout nhwc");
  refuse_layer("random:6x9x8:1", "random:4x6x3x3:1", true, 0, "--input would fit as C x H x W: say --layout nchw");
  refuse_layer("random:6x9x8:1", "random:6x4:1", false, 0, "; of a matrix I x O say --weight-layout hwio");
  refuse_layer("random:9x8x6:1", "random:6x4:1", true, 0, "; of a matrix I x O say --weight-layout hwio");
  refuse_layer("random:9x8x6:1", "random:3x3x6x4:1", false, 0, "say --layout nhwc --weight-layout hwio");
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_matrices),       cmocka_unit_test(test_matrices_refused),
                                     cmocka_unit_test(test_bias),           cmocka_unit_test(test_layouts),
                                     cmocka_unit_test(test_depthwise),      cmocka_unit_test(test_matrix_of_weights),
                                     cmocka_unit_test(test_layers_refused), cmocka_unit_test(test_depthwise_refused),
                                     cmocka_unit_test(test_swapped_map)};
  return cmocka_run_group_tests(tests, plan_setup, folder_teardown);
}
