// Compressed A with bitmaps, read back as docs/formats.md says it is read: the worked example byte by byte, then
// densities, widths, zero points, and feature maps.
#include "gen/spec/spec.h"
#include "harness/operand/random.h"
#include "harness/pack/outer/sets.h"
#include "harness/pack/pack.h"
#include "tests/unit/support.h"

#define TILE "engine: outer\ntile: {m: 2, n: 4, k: 1}\nouter: {tile: 16, block_m: 1, block_n: 2}\n"

static Plan plan_of(const char *keys) {
  Spec spec;
  Plan plan;
  const char *path = file_make("small.yaml", keys, strlen(keys));
  assert_true(spec_read(path, &spec) && plan_make(&spec, &plan));
  return plan;
}

static Job job_of(const Plan *plan, const Shape *shape, int32_t zero) {
  char why[JOB_WHY];
  Job job;
  Epilogue epilogue = {.a_zero = zero};
  assert_true(job_begin(plan, shape, &epilogue, MODE_AB, &job, why));
  return job;
}

static uint32_t field(const uint8_t *bytes, uint64_t at, int bits) {
  uint32_t value = 0;
  for (int i = 0; i < bits; i++, at++)
    value |= (uint32_t)(bytes[at / 8] >> at % 8 & 1) << i;
  return value;
}

typedef struct Reader {
  const uint8_t *values, *meta;
  int bits, set;
  uint64_t at, value; // byte of the metadata, number of the value
} Reader;

// Set `i` of a tile whose byte is `head`.
static void read_set(Reader *r, uint32_t head, int i, uint32_t zero, uint32_t *elements) {
  bool any = false;
  for (int e = 0; e < r->set; e++)
    elements[e] = zero;
  if (!(head >> i & 1)) return;
  for (int e = 0; e < (r->set + 7) / 8 * 8; e++) {
    if (!(r->meta[r->at + (uint64_t)e / 8] >> e % 8 & 1)) continue;
    assert_true(e < r->set);
    elements[e] = field(r->values, r->value++ * (uint64_t)r->bits, r->bits);
    assert_int_not_equal(elements[e], zero);
    any = true;
  }
  assert_true(any);
  r->at += (uint64_t)(r->set + 7) / 8;
}

// A segment's tiles one after the other; what is past the segment's end has no bit.
static void check_segment(Reader *r, const uint8_t *segment, int length, uint32_t zero) {
  uint32_t elements[128];
  for (int first = 0; first < length; first += 8 * r->set) {
    uint32_t head = r->meta[r->at++];
    for (int i = 0; i < 8; i++) {
      read_set(r, head, i, zero, elements);
      for (int e = 0, x = first + i * r->set; e < r->set; e++, x++)
        assert_int_equal(elements[e], x < length ? field(segment, (uint64_t)x * (uint64_t)r->bits, r->bits) : zero);
    }
  }
}

static void check_rows(const Plan *plan, const Job *job, const uint8_t *rows) {
  int length = (int)(job->reg[JOB_A_MODE] ? job->reg[JOB_RUN] : job->reg[JOB_A_ROW_ELEMS]);
  PackedA size = pack_bitmap_a(plan, job, rows, NULL, NULL);
  uint8_t *values = test_calloc(size.values * 2 + 1, 1), *meta = test_calloc(size.meta_bytes + 1, 1);
  PackedA again = pack_bitmap_a(plan, job, rows, values, meta);
  assert_int_equal(again.values, size.values);
  assert_int_equal(again.meta_bytes, size.meta_bytes);
  Reader r = {.values = values, .meta = meta, .bits = plan->data_bits, .set = plan->beat_elems};
  for (uint32_t row = 0; row < job->reg[JOB_A_SEGMENTS]; row++)
    check_segment(&r, rows + row * job->reg[JOB_A_PITCH], length, job->reg[JOB_A_ZERO] & ((1u << plan->data_bits) - 1));
  assert_int_equal(r.at, size.meta_bytes);
  assert_int_equal(r.value, size.values);
  test_free(meta);
  test_free(values);
}

static void check_shape(const char *keys, const Shape *shape, int percent, int32_t zero) {
  Plan plan = plan_of(keys);
  Job job = job_of(&plan, shape, zero);
  uint32_t m = shape->conv ? shape->height : shape->m, k = shape->conv ? shape->width * shape->channels : shape->k;
  int32_t *elements = test_calloc((size_t)m * k, sizeof *elements);
  uint8_t *rows = test_calloc(job.a_bytes, 1);
  Random random = {m * 1000 + k};
  for (uint32_t i = 0; i < m * k; i++)
    elements[i] = random_between(&random, 0, 99) < percent ? random_between(&random, -8, 7) : zero;
  pack_rows(&plan, elements, m, k, rows);
  check_rows(&plan, &job, rows);
  test_free(rows);
  test_free(elements);
}

static void test_example(void **state) {
  (void)state;
  Plan plan = plan_of(TILE);
  Job job = job_of(&plan, &(Shape){.m = 1, .n = 3, .k = 20}, 0);
  const uint8_t rows[20] = {0, 5, 0, 7, 0, 0, 0, 0, 9, 0, 0, 0, 0, 0, 11, 12, [16] = 1};
  const uint8_t want_values[] = {5, 7, 9, 11, 12, 1}, want_meta[] = {0x03, 0x0a, 0xc1, 0x01, 0x00};
  uint8_t values[8] = {0}, meta[16] = {0};
  PackedA size = pack_bitmap_a(&plan, &job, rows, values, meta);
  assert_int_equal(size.values, sizeof want_values);
  assert_int_equal(size.meta_bytes, sizeof want_meta);
  assert_memory_equal(values, want_values, sizeof want_values);
  assert_memory_equal(meta, want_meta, sizeof want_meta);
}

static void test_shapes(void **state) {
  (void)state;
  static const char *const keys[] = {
      TILE,
      TILE "data: {bits: 4, a_zero_point: true}\n",
      TILE "data: {bits: 16, a_zero_point: true}\n",
      TILE "memory: {bus_bits: 64}\n",
      TILE "data: {bits: 16}\nmemory: {bus_bits: 64}\n",
      TILE "data: {bits: 4}\nmemory: {bus_bits: 512}\n",
  };
  static const int percents[] = {0, 1, 10, 50, 100};
  const Shape conv = {.conv = true,
                      .channels = 19,
                      .height = 5,
                      .width = 7,
                      .out_channels = 3,
                      .kernel_h = 3,
                      .kernel_w = 3,
                      .stride_h = 1,
                      .stride_w = 1,
                      .dilation_h = 1,
                      .dilation_w = 1,
                      .groups = 1,
                      .out_h = 3,
                      .out_w = 5,
                      .m = 15,
                      .n = 3,
                      .k = 171};
  for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
    for (size_t p = 0; p < sizeof percents / sizeof *percents; p++) {
      int32_t zero = strstr(keys[i], "zero_point") ? 3 : 0;
      check_shape(keys[i], &(Shape){.m = 1, .n = 3, .k = 1}, percents[p], zero);
      check_shape(keys[i], &(Shape){.m = 3, .n = 3, .k = 5}, percents[p], zero);
      check_shape(keys[i], &(Shape){.m = 2, .n = 3, .k = 128}, percents[p], zero);
      check_shape(keys[i], &(Shape){.m = 4, .n = 3, .k = 129}, percents[p], zero);
      check_shape(keys[i], &(Shape){.m = 3, .n = 3, .k = 1001}, percents[p], zero); // rows that end within a set
      check_shape(keys[i], &conv, percents[p], zero);
    }
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_example), cmocka_unit_test(test_shapes)};
  return cmocka_run_group_tests(tests, folder_setup, folder_teardown);
}
