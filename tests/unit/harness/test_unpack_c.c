// Compressed C read back: a worked example byte by byte, what the packer of A makes of random results, and metadata
// that are not legal.
#include "gen/spec/spec.h"
#include "harness/job/sparse_c.h"
#include "harness/operand/random.h"
#include "harness/pack/outer/sets.h"
#include "tests/unit/support.h"

enum { MOST = 4096 };

// Two rows of 20 results on a bus of 16 bytes, a segment each: sets of 16 and of 4.
static const SparseC example = {.rows = 2, .cols = 20, .seg_rows = 1, .set = 16, .zero = -3};
static const uint8_t example_values[] = {5, 0xff, 7};
static const uint8_t example_meta[] = {3, 0x02, 0x80, 0x08, 0x00, 0};

static void fill_example(int32_t *results) {
  for (int i = 0; i < 40; i++)
    results[i] = -3;
  results[1] = 5;
  results[15] = -1;
  results[19] = 7;
}

static void example_is_read(void **state) {
  (void)state;
  int32_t expected[40], results[40];
  uint64_t set, values, meta;
  fill_example(expected);
  assert_true(sparse_c_unpack(&example, example_values, 3, example_meta, 6, results, &set));
  assert_memory_equal(results, expected, sizeof expected);
  sparse_c_size(&example, expected, &values, &meta);
  assert_int_equal(values, 3);
  assert_int_equal(meta, 6);
  assert_int_equal(sparse_c_most(&example), 2 * (1 + 2 * 2));
}

static void offences_are_seen(void **state) {
  (void)state;
  static const struct {
    size_t place;
    uint8_t value;
    uint64_t values, meta, set;
  } cases[] = {
      {0, 7, 3, 6, 0},    // a set behind the segment's last
      {1, 0x00, 3, 6, 0}, // a bitmap of zero
      {3, 0x18, 4, 6, 1}, // an element behind the segment
      {5, 1, 3, 6, 2},    // a bitmap that is not there
      {5, 0, 2, 6, 1},    // fewer values
      {5, 0, 4, 6, 4},    // more values: seen at the end
      {5, 0, 3, 5, 2},    // fewer bytes
      {5, 0, 3, 7, 4},    // more bytes
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    uint8_t meta[8] = {0}, values[8] = {5, 0xff, 7, 9};
    int32_t results[40];
    uint64_t set;
    memcpy(meta, example_meta, sizeof example_meta);
    meta[cases[i].place] = cases[i].value;
    if (i == 1) meta[2] = 0;
    bool good = sparse_c_unpack(&example, values, cases[i].values, meta, cases[i].meta, results, &set);
    if (good || set != cases[i].set) fail_msg("case %zu: good %d, set %d", i, good, (int)set);
  }
}

static void zero_is_no_value(void **state) {
  (void)state;
  static const uint8_t values[] = {5, 0xfd, 7}; // -3
  int32_t results[40];
  uint64_t set;
  assert_false(sparse_c_unpack(&example, values, 3, example_meta, 6, results, &set));
  assert_int_equal(set, 0);
}

// The packer of A writes the same format, and shares no line with the reader.
static void packed_results_come_back(void **state) {
  (void)state;
  Random random = {7};
  for (int round = 0; round < 400; round++) {
    int32_t results[MOST], back[MOST];
    static uint8_t rows[MOST], values[MOST], meta[4 * MOST];
    uint32_t cols = (uint32_t)random_between(&random, 1, 70), seg_rows = (uint32_t)random_between(&random, 1, 5);
    uint32_t segments = (uint32_t)random_between(&random, 1, 10), set = 8u << random_between(&random, 0, 3);
    int8_t zero = (int8_t)random_between(&random, -128, 127);
    int density = (int)random_between(&random, 0, 100);
    uint64_t value_count, meta_bytes, at;
    SparseC c = {.rows = segments * seg_rows, .cols = cols, .seg_rows = seg_rows, .set = set, .zero = zero};
    for (uint32_t i = 0; i < c.rows * cols; i++) {
      results[i] = (int)random_between(&random, 0, 99) < density ? (int)random_between(&random, -128, 127) : zero;
      rows[i] = (uint8_t)results[i];
    }
    Plan plan = {.data_bits = 8, .beat_elems = (int)set};
    Job job = {0};
    job.reg[JOB_A_SEGMENTS] = segments;
    job.reg[JOB_A_ROW_ELEMS] = job.reg[JOB_A_PITCH] = seg_rows * cols;
    job.reg[JOB_A_ZERO] = (uint8_t)zero;
    memset(meta, 0, sizeof meta);
    memset(values, 0, sizeof values);
    PackedA packed = pack_bitmap_a(&plan, &job, rows, values, meta);
    sparse_c_size(&c, results, &value_count, &meta_bytes);
    assert_int_equal(packed.values, value_count);
    assert_int_equal(packed.meta_bytes, meta_bytes);
    assert_true(meta_bytes <= sparse_c_most(&c));
    assert_true(sparse_c_unpack(&c, values, value_count, meta, meta_bytes, back, &at));
    assert_memory_equal(back, results, c.rows * cols * sizeof *back);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(example_is_read), cmocka_unit_test(offences_are_seen),
                                     cmocka_unit_test(zero_is_no_value), cmocka_unit_test(packed_results_come_back)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
