// Formats of results: what one matrix takes in each, byte by byte where no engine of today writes it, read back, and
// what is no result.
#include "harness/operand/npy.h"
#include "harness/result/result.h"
#include "tests/unit/support.h"

// 3 x 20 results on a bus of 16 bytes, each row a segment: the sets of row 1 are empty.
static const Plan plan = {.bus_bytes = 16};
static int32_t dense[60] = {[1] = 5, [15] = -1, [19] = 7, [40] = -128};
static int32_t rows[] = {0, 2}, cols[] = {1, 15, 19, 0}, data[] = {5, -1, 7, -128};
static int64_t first[] = {0, 3, 4};
static const Results golden = {
    .m = 3,
    .n = 20,
    .dense = dense,
    .csr = {.rows = 3, .cols = 20, .used = 2, .entries = 4, .row = rows, .first = first, .col = cols, .data = data}};

static const uint8_t narrow_csr[] = {5, 0xff, 7, 0x80};
static const uint8_t wide_csr[] = {5, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 7, 0, 0, 0, 0x80, 0xff, 0xff, 0xff};
static const uint8_t lengths_csr[] = {0, 0, 0, 0, 3, 0, 0, 0, 3, 0, 0, 0, 4, 0, 0, 0};
static const uint8_t meta_csr[] = {1, 0, 0, 0, 15, 0, 0, 0, 19, 0, 0, 0, 0, 0, 0, 0};
static const uint8_t meta_sets[] = {3, 0x02, 0x80, 0x08, 0x00, 0, 1, 0x01, 0x00};

static Job job_of(uint32_t format, bool narrow) {
  Job job = {.mode = 0};
  job.reg[JOB_C_FORMAT] = format;
  job.reg[JOB_C_ROWS] = 3;
  job.reg[JOB_N] = 20;
  job.reg[JOB_C_SEG_ROWS] = 1;
  job.reg[JOB_EPILOGUE] = (uint32_t)narrow << 1;
  return job;
}

// Sizes of the golden results; they are read back, and are equal, until one is changed.
static void check(uint32_t format, bool narrow, const ResultBytes *bytes) {
  Job job = job_of(format, narrow);
  const ResultFormat *f = result_format(&job);
  Results got = {.m = 3, .n = 20};
  char why[RESULT_WHY];
  ResultSizes size = f->size(&plan, &job, &golden);
  assert_int_equal(size.c, bytes->size.c);
  assert_int_equal(size.meta, bytes->size.meta);
  assert_int_equal(size.lengths, bytes->size.lengths);
  assert_true(f->read(&plan, &job, bytes, &got, why));
  assert_int_equal(f->compare(&golden, &got).wrong, 0);
  *(got.dense ? &got.dense[19] : &got.csr.data[2]) = 9;
  Difference d = f->compare(&golden, &got);
  assert_true(d.wrong == 1 && d.first_row == 0 && d.first_col == 19 && d.expected == 7 && d.got == 9);
  results_free(&got);
}

static void test_formats(void **state) {
  (void)state;
  uint8_t narrow[60], wide[240] = {0};
  for (int i = 0; i < 60; i++) {
    narrow[i] = (uint8_t)dense[i];
    for (int b = 0; b < 4; b++)
      wide[4 * i + b] = (uint8_t)((uint32_t)dense[i] >> 8 * b);
  }
  check(RESULT_ROWS, true, &(ResultBytes){narrow, NULL, NULL, {60, 0, 0}});
  check(RESULT_ROWS, false, &(ResultBytes){wide, NULL, NULL, {240, 0, 0}});
  check(RESULT_SETS, true, &(ResultBytes){narrow_csr, meta_sets, NULL, {4, sizeof meta_sets, 0}});
  check(RESULT_CSR, true, &(ResultBytes){narrow_csr, meta_csr, lengths_csr, {4, 16, 16}});
  check(RESULT_CSR, false, &(ResultBytes){wide_csr, meta_csr, lengths_csr, {16, 16, 16}});
}

static void refuse(uint32_t format, ResultBytes bytes, const char *want) {
  Job job = job_of(format, true);
  Results got = {.m = 3, .n = 20};
  char why[RESULT_WHY] = "";
  bool good = result_format(&job)->read(&plan, &job, &bytes, &got, why);
  results_free(&got);
  if (good || !strstr(why, want)) fail_msg("%s: %s", want, good ? "taken" : why);
}

static void test_offences(void **state) {
  (void)state;
  static const struct {
    size_t place;
    uint8_t value;
    const char *why;
  } cases[] = {
      {0, 1, "row 0"},    // the first offset
      {4, 5, "row 0"},    // an offset behind the values
      {8, 2, "row 1"},    // a falling one
      {12, 3, "row 2"},   // a value of no row
      {15, 128, "row 2"}, // 2^31 and more
      {20, 1, "row 0"},   // a column twice
      {20, 0, "row 0"},   // columns that fall
      {24, 20, "row 0"},  // a column behind the last one
      {31, 255, "row 2"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    uint8_t both[sizeof lengths_csr + sizeof meta_csr];
    memcpy(both, lengths_csr, sizeof lengths_csr);
    memcpy(both + sizeof lengths_csr, meta_csr, sizeof meta_csr);
    both[cases[i].place] = cases[i].value;
    refuse(RESULT_CSR, (ResultBytes){narrow_csr, both + sizeof lengths_csr, both, {4, 16, 16}}, cases[i].why);
  }
  refuse(RESULT_CSR, (ResultBytes){narrow_csr, meta_csr, lengths_csr, {4, 12, 16}},
         "4 values of 3 rows do not have 12 and 16 bytes of metadata");
  refuse(RESULT_CSR, (ResultBytes){narrow_csr, meta_csr, lengths_csr, {3, 16, 16}},
         "3 values of 3 rows do not have 16");
  refuse(RESULT_CSR, (ResultBytes){narrow_csr, meta_csr, lengths_csr, {4, 16, 12}}, "do not have 16 and 12 bytes");
  refuse(RESULT_CSR, (ResultBytes){narrow_csr, meta_csr, lengths_csr, {0, 0, 0}}, "0 values of 3 rows do not have 0");
  refuse(RESULT_ROWS, (ResultBytes){narrow_csr, NULL, NULL, {4, 0, 0}}, "4 bytes, 60 would be right");
  refuse(RESULT_SETS, (ResultBytes){narrow_csr, meta_sets, NULL, {3, sizeof meta_sets, 0}}, "set 4 is not legal");
}

// A device may write a sum that cancels: it is no entry, as there is none in the golden result.
static void test_written_zero(void **state) {
  (void)state;
  static const uint8_t lengths[] = {0, 0, 0, 0, 4, 0, 0, 0, 4, 0, 0, 0, 5, 0, 0, 0};
  static const uint8_t meta[] = {1, 0, 0, 0, 9, 0, 0, 0, 15, 0, 0, 0, 19, 0, 0, 0, 0, 0, 0, 0};
  static const ResultSizes size = {5, sizeof meta, sizeof lengths};
  static const uint8_t values[] = {5, 0, 0xff, 7, 0x80};
  Job job = job_of(RESULT_CSR, true);
  Results got = {.m = 3, .n = 20};
  char why[RESULT_WHY];
  assert_true(result_format(&job)->read(&plan, &job, &(ResultBytes){values, meta, lengths, size}, &got, why));
  assert_int_equal(got.csr.entries, 4);
  assert_int_equal(result_format(&job)->compare(&golden, &got).wrong, 0);
  results_free(&got);
}

// Either format makes either file.
static void test_written_files(void **state) {
  (void)state;
  static const char want[] = "%%MatrixMarket matrix coordinate integer general\n3 20 4\n1 2 5\n1 16 -1\n1 20 7\n3 1 "
                             "-128\n";
  static const int formats[] = {RESULT_ROWS, RESULT_SETS, RESULT_CSR};
  const Workload workload = {.shape = {.m = 3, .n = 20}};
  for (int i = 0; i < 3; i++) {
    char text[256] = "";
    Tensor back;
    Options options = {.out = file_path("c.mtx")};
    assert_true(result_formats[formats[i]].write(&workload, &options, &golden));
    FILE *file = fopen(options.out, "r");
    assert_non_null(file);
    size_t size = fread(text, 1, sizeof text - 1, file);
    fclose(file);
    assert_int_equal(size, sizeof want - 1);
    assert_string_equal(text, want);
    options.out = file_path("c.npy");
    assert_true(result_formats[formats[i]].write(&workload, &options, &golden));
    assert_true(npy_read(options.out, &back));
    assert_memory_equal(back.data, dense, sizeof dense);
    tensor_free(&back);
  }
}

// What no array can hold has nonzeros all the same.
static void test_file_too_large(void **state) {
  (void)state;
  const Results large = {.m = 1000000, .n = 1000000, .csr = golden.csr};
  Options options = {.out = file_path("c.npy")};
  listen_begin();
  bool written = result_formats[RESULT_CSR].write(NULL, &options, &large);
  listen_end();
  assert_false(written);
  SAID("name a .mtx file, which has nonzeros alone");
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_formats), cmocka_unit_test(test_offences),
                                     cmocka_unit_test(test_written_zero), cmocka_unit_test(test_written_files),
                                     cmocka_unit_test(test_file_too_large)};
  return cmocka_run_group_tests(tests, folder_setup, folder_teardown);
}
