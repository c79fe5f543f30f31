// Compressed A, read back as docs/formats.md says it is read: the worked example byte by byte, then densities, widths
// and zero points.
#include "gen/spec/spec.h"
#include "harness/operand/random.h"
#include "harness/pack/hss/sets.h"
#include "harness/pack/pack.h"
#include "tests/unit/support.h"

#define TILE "engine: hss\ntile: {m: 2, n: 2, k: 4}\nhss: {a_compressed: true}\n"

static Plan plan_of(const char *keys) {
  Spec spec;
  Plan plan;
  const char *path = file_make("small.yaml", keys, strlen(keys));
  assert_true(spec_read(path, &spec) && plan_make(&spec, &plan));
  return plan;
}

static Job job_of(const Plan *plan, uint32_t m, uint32_t k, int32_t zero) {
  char why[JOB_WHY];
  Job job;
  Epilogue epilogue = {.a_zero = zero};
  assert_true(job_begin(plan, &(Shape){.m = m, .n = 3, .k = k}, &epilogue, MODE_DENSE, &job, why));
  return job;
}

static uint32_t field(const uint8_t *bytes, uint64_t at, int bits) {
  uint32_t value = 0;
  for (int i = 0; i < bits; i++, at++)
    value |= (uint32_t)(bytes[at / 8] >> at % 8 & 1) << i;
  return value;
}

static int bits_up_to(int most) {
  int bits = 0;
  while (most >> bits)
    bits++;
  return bits;
}

typedef struct Reader {
  const uint8_t *values, *meta;
  int bits, set;
  uint64_t at, value; // byte of the metadata, number of the value
} Reader;

// Puts the next set's elements where they belong.
static void read_set(Reader *r, uint32_t zero, uint32_t *elements) {
  uint64_t at = 8 * r->at;
  int ends[32], blocks = r->set / 4, count = (int)field(r->meta, at, bits_up_to(r->set));
  at += (uint64_t)bits_up_to(r->set);
  for (int block = 0; block < blocks - 1; block++) {
    ends[block] = (int)field(r->meta, at, bits_up_to(4 * block + 4));
    at += (uint64_t)bits_up_to(4 * block + 4);
  }
  ends[blocks - 1] = count;
  at = (at + 7) / 8 * 8;
  for (int i = 0; i < r->set; i++)
    elements[i] = zero;
  for (int block = 0, i = 0; block < blocks; block++)
    for (int before = -1; i < ends[block]; i++, at += 2) {
      int place = (int)field(r->meta, at, 2);
      assert_true(place > before);
      before = place;
      elements[4 * block + place] = field(r->values, r->value++ * (uint64_t)r->bits, r->bits);
      assert_int_not_equal(elements[4 * block + place], zero);
    }
  r->at = (at + 7) / 8;
}

// A matrix may lie as one long row.
static void check_rows(const Plan *plan, const Job *job, const uint8_t *rows, const Reader *start, PackedA size) {
  Reader r = *start;
  uint32_t length = job->reg[JOB_A_MODE] ? job->reg[JOB_RUN] : job->reg[JOB_A_ROW_ELEMS];
  uint32_t elements[128], zero = job->reg[JOB_A_ZERO] & ((1u << plan->data_bits) - 1);
  for (uint32_t row = 0; row < job->reg[JOB_A_SEGMENTS]; row++)
    for (uint32_t i = 0; i < length; i++) {
      if (i % (uint32_t)r.set == 0) read_set(&r, zero, elements);
      uint64_t at = (uint64_t)row * job->reg[JOB_A_PITCH] * 8 + (uint64_t)i * (uint64_t)r.bits;
      assert_int_equal(elements[i % (uint32_t)r.set], field(rows, at, r.bits));
    }
  assert_int_equal(r.at, size.meta_bytes);
  assert_int_equal(r.value, size.values);
}

static void check_matrix(const char *keys, uint32_t m, uint32_t k, int percent, int32_t zero) {
  Plan plan = plan_of(keys);
  Job job = job_of(&plan, m, k, zero);
  int32_t *elements = test_calloc((size_t)m * k, sizeof *elements);
  uint8_t *rows = test_calloc(job.a_bytes, 1);
  Random random = {m * 1000 + k};
  for (uint32_t i = 0; i < m * k; i++)
    elements[i] = random_between(&random, 0, 99) < percent ? random_between(&random, -8, 7) : zero;
  pack_rows(&plan, elements, m, k, rows);
  PackedA size = pack_a(&plan, &job, rows, NULL, NULL);
  uint8_t *values = test_calloc(size.values * 2 + 1, 1), *meta = test_calloc(size.meta_bytes, 1);
  PackedA again = pack_a(&plan, &job, rows, values, meta);
  assert_int_equal(again.values, size.values);
  assert_int_equal(again.meta_bytes, size.meta_bytes);
  Reader reader = {.values = values, .meta = meta, .bits = plan.data_bits, .set = plan.beat_elems};
  check_rows(&plan, &job, rows, &reader, size);
  test_free(meta);
  test_free(values);
  test_free(rows);
  test_free(elements);
}

static void test_example(void **state) {
  (void)state;
  Plan plan = plan_of(TILE);
  Job job = job_of(&plan, 1, 20, 0);
  const uint8_t rows[20] = {0, 5, 0, 7, 0, 0, 0, 0, 9, 0, 0, 0, 0, 0, 11, 12, [17] = 1};
  const uint8_t want_values[] = {5, 7, 9, 11, 12, 1};
  const uint8_t want_meta[] = {0x45, 0x32, 0x8d, 0x03, 0x21, 0x11, 0x01};
  uint8_t values[8] = {0}, meta[16] = {0};
  PackedA size = pack_a(&plan, &job, rows, values, meta);
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
      TILE "memory: {bus_bits: 32}\n",
      TILE "data: {bits: 4}\nmemory: {bus_bits: 512}\n",
  };
  static const int percents[] = {0, 10, 50, 100};
  for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
    for (size_t p = 0; p < sizeof percents / sizeof *percents; p++) {
      int32_t zero = strstr(keys[i], "zero_point") ? 3 : 0;
      check_matrix(keys[i], 1, 1, percents[p], zero);
      check_matrix(keys[i], 3, 5, percents[p], zero);
      check_matrix(keys[i], 2, 64, percents[p], zero);
      check_matrix(keys[i], 4, 129, percents[p], zero);
      check_matrix(keys[i], 3, 1001, percents[p], zero); // rows that end within a set
    }
}

static void test_refused(void **state) {
  (void)state;
  Spec spec;
  Plan plan;
  const char *text = TILE "data: {bits: 16}\nmemory: {bus_bits: 32}\n";
  assert_true(spec_read(file_make("narrow.yaml", text, strlen(text)), &spec));
  listen_begin();
  assert_false(plan_make(&spec, &plan));
  listen_end();
  SAID("hss.a_compressed needs blocks of 4 elements, a bus beat of 32 bits holds 2");
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_example), cmocka_unit_test(test_shapes),
                                     cmocka_unit_test(test_refused)};
  return cmocka_run_group_tests(tests, folder_setup, folder_teardown);
}
