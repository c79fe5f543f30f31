// The golden reference against oneDNN: int8 matrix products and convolutions that someone else wrote.
// Weights stay within -64..63: without VNNI oneDNN adds pairs of u8 x s8 products in 16 bits with saturation, and
// 2 * 255 * 64 still fits. Full-range operands would test the processor, not the reference.
#include "harness/golden/golden.h"
#include "harness/operand/random.h"
#include "tests/unit/support.h"

#include <oneapi/dnnl/dnnl.h>

enum { ROOM = 16384 };

static int32_t a_wide[ROOM], b_wide[ROOM], got[ROOM], want[ROOM];
static int8_t a_bytes[ROOM], b_bytes[ROOM];

static void fill(Random *random, int32_t *wide, int8_t *bytes, int32_t low, int32_t high) {
  for (int i = 0; i < ROOM; i++) {
    wide[i] = random_unit(random) < 0.3 ? 0 : random_between(random, low, high);
    bytes[i] = (int8_t)wide[i];
  }
}

static void check_gemm(Random *random, int64_t m, int64_t n, int64_t k) {
  int64_t row, col;
  int8_t zero = (int8_t)random_between(random, -128, 127);
  int32_t none = 0;
  fill(random, a_wide, a_bytes, -128, 127);
  fill(random, b_wide, b_bytes, -64, 63);
  assert_int_equal(
      dnnl_gemm_s8s8s32('N', 'N', 'F', m, n, k, 1.0F, a_bytes, k, zero, b_bytes, n, 0, 0.0F, want, n, &none),
      dnnl_success);
  assert_true(golden_gemm(a_wide, b_wide, m, n, k, zero, NULL, got, &row, &col));
  assert_memory_equal(got, want, (size_t)(m * n) * sizeof got[0]);
}

static void test_gemm(void **state) {
  (void)state;
  Random random = {21};
  static const int64_t edge[] = {1, 2, 3, 7, 16, 17, 31, 64, 65, 100};
  for (int i = 0; i < 60; i++)
    check_gemm(&random, edge[random_between(&random, 0, 9)], edge[random_between(&random, 0, 9)],
               edge[random_between(&random, 0, 9)]);
}

static dnnl_memory_desc_t describe(int ndims, const dnnl_dims_t dims, dnnl_data_type_t type, dnnl_format_tag_t tag) {
  dnnl_memory_desc_t desc;
  assert_int_equal(dnnl_memory_desc_init_by_tag(&desc, ndims, dims, type, tag), dnnl_success);
  return desc;
}

typedef struct Layer {
  dnnl_memory_desc_t x, w, y;
  dnnl_primitive_desc_t kind;
} Layer;

static void make_layer(const GoldenConv *c, dnnl_engine_t engine, Layer *layer) {
  dnnl_dim_t og = c->out_channels / c->groups, ig = c->in_channels / c->groups;
  layer->x = describe(4, (dnnl_dims_t){1, c->in_channels, c->in_rows, c->in_cols}, dnnl_s8, dnnl_nchw);
  layer->w = describe(5, (dnnl_dims_t){c->groups, og, ig, c->k_rows, c->k_cols}, dnnl_s8, dnnl_goihw);
  layer->y =
      describe(4, (dnnl_dims_t){1, c->out_channels, golden_conv_rows(c), golden_conv_cols(c)}, dnnl_s32, dnnl_nchw);
  dnnl_convolution_desc_t conv;
  assert_int_equal(dnnl_dilated_convolution_forward_desc_init(
                       &conv, dnnl_forward_inference, dnnl_convolution_direct, &layer->x, &layer->w, NULL, &layer->y,
                       (dnnl_dims_t){c->stride_y, c->stride_x}, (dnnl_dims_t){c->dilation_y - 1, c->dilation_x - 1},
                       (dnnl_dims_t){c->pad_top, c->pad_left}, (dnnl_dims_t){c->pad_bottom, c->pad_right}),
                   dnnl_success);
  assert_int_equal(dnnl_primitive_desc_create(&layer->kind, &conv, NULL, engine, NULL), dnnl_success);
}

static void run_layer(const Layer *layer, dnnl_engine_t engine, dnnl_stream_t stream) {
  dnnl_primitive_t conv;
  dnnl_memory_t x, w, y;
  assert_int_equal(dnnl_primitive_create(&conv, layer->kind), dnnl_success);
  assert_int_equal(dnnl_memory_create(&x, &layer->x, engine, a_bytes), dnnl_success);
  assert_int_equal(dnnl_memory_create(&w, &layer->w, engine, b_bytes), dnnl_success);
  assert_int_equal(dnnl_memory_create(&y, &layer->y, engine, want), dnnl_success);
  dnnl_exec_arg_t arguments[] = {{DNNL_ARG_SRC, x}, {DNNL_ARG_WEIGHTS, w}, {DNNL_ARG_DST, y}};
  assert_int_equal(dnnl_primitive_execute(conv, stream, 3, arguments), dnnl_success);
  assert_int_equal(dnnl_stream_wait(stream), dnnl_success);
  dnnl_memory_destroy(x);
  dnnl_memory_destroy(w);
  dnnl_memory_destroy(y);
  dnnl_primitive_destroy(conv);
}

static GoldenConv random_conv(Random *random) {
  int64_t groups = random_between(random, 1, 4);
  return (GoldenConv){
      .in_channels = groups * random_between(random, 1, 9),
      .in_rows = random_between(random, 5, 14),
      .in_cols = random_between(random, 5, 14),
      .out_channels = groups * random_between(random, 1, 9),
      .k_rows = random_between(random, 1, 3),
      .k_cols = random_between(random, 1, 3),
      .stride_y = random_between(random, 1, 3),
      .stride_x = random_between(random, 1, 3),
      .pad_top = random_between(random, 0, 2),
      .pad_left = random_between(random, 0, 2),
      .pad_bottom = random_between(random, 0, 2),
      .pad_right = random_between(random, 0, 2),
      .dilation_y = random_between(random, 1, 2),
      .dilation_x = random_between(random, 1, 2),
      .groups = groups,
  };
}

static void test_conv(void **state) {
  (void)state;
  Random random = {22};
  dnnl_engine_t engine;
  dnnl_stream_t stream;
  assert_int_equal(dnnl_engine_create(&engine, dnnl_cpu, 0), dnnl_success);
  assert_int_equal(dnnl_stream_create(&stream, engine, dnnl_stream_default_flags), dnnl_success);
  for (int i = 0; i < 60; i++) {
    GoldenConv conv = random_conv(&random);
    int64_t outputs = conv.out_channels * golden_conv_rows(&conv) * golden_conv_cols(&conv), place;
    Layer layer;
    fill(&random, a_wide, a_bytes, -128, 127);
    fill(&random, b_wide, b_bytes, -64, 63);
    make_layer(&conv, engine, &layer);
    run_layer(&layer, engine, stream);
    dnnl_primitive_desc_destroy(layer.kind);
    assert_true(golden_conv(&conv, a_wide, b_wide, 0, NULL, got, &place));
    assert_memory_equal(got, want, (size_t)outputs * sizeof got[0]);
  }
  dnnl_stream_destroy(stream);
  dnnl_engine_destroy(engine);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_gemm), cmocka_unit_test(test_conv)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
