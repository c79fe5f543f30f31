// The comparison: which element comes first and last, how many are wrong, and the words.
#include "harness/golden/compare.h"
#include "tests/unit/support.h"

static void test_equal(void **state) {
  (void)state;
  int32_t values[] = {1, -2, 3, 4};
  assert_int_equal(compare_results(values, (int32_t[]){1, -2, 3, 4}, 2, 2).wrong, 0);
}

static void test_difference(void **state) {
  (void)state;
  int32_t expected[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}, got[] = {0, 1, 2, 3, 4, 5, -6, 7, 8, 99, 10, 11};
  Difference d = compare_results(expected, got, 3, 4);
  assert_int_equal(d.wrong, 2);
  assert_int_equal(d.first_row, 1);
  assert_int_equal(d.first_col, 2);
  assert_int_equal(d.last_row, 2);
  assert_int_equal(d.last_col, 1);
  assert_int_equal(d.expected, 6);
  assert_int_equal(d.got, -6);
}

// The very first and the very last element count as any other.
static void test_ends(void **state) {
  (void)state;
  Difference d = compare_results((int32_t[]){0, 0, 0}, (int32_t[]){1, 0, 1}, 1, 3);
  assert_int_equal(d.wrong, 2);
  assert_int_equal(d.first_col, 0);
  assert_int_equal(d.last_col, 2);
}

// Entries that one of both lacks are zeros; the same matrices as dense ones give the same difference.
static void test_sparse(void **state) {
  (void)state;
  int32_t want_row[] = {0, 3}, want_col[] = {2, 5, 0}, want[] = {4, -5, 6}, got_row[] = {0, 1, 3};
  int32_t got_col[] = {2, 4, 0, 1}, got[] = {4, 8, 6, 9}, dense[2][24] = {0};
  int64_t want_first[] = {0, 2, 3}, got_first[] = {0, 1, 2, 4};
  Csr expected = {4, 6, 2, 3, want_row, want_first, want_col, want, NULL};
  Csr results = {4, 6, 3, 4, got_row, got_first, got_col, got, NULL};
  for (int64_t e = 0; e < 3; e++)
    dense[0][csr_place(&expected, e)] = want[e];
  for (int64_t e = 0; e < 4; e++)
    dense[1][csr_place(&results, e)] = got[e];
  Difference d = compare_sparse(&expected, &results), same = compare_results(dense[0], dense[1], 4, 6);
  assert_true(d.wrong == 3 && d.first_row == 0 && d.first_col == 5 && d.expected == -5 && d.got == 0);
  assert_true(d.last_row == 3 && d.last_col == 1);
  assert_memory_equal(&d, &same, sizeof d);
  assert_int_equal(compare_sparse(&results, &results).wrong, 0);
}

static void test_words(void **state) {
  (void)state;
  Difference d = {
      .wrong = 3, .first_row = 5, .first_col = 9, .last_row = 7, .last_col = 11, .expected = -1, .got = 254};
  CompareShape shape = {.m = 8, .n = 12, .k = 64, .m0 = 2, .n0 = 4};
  char text[512] = "";
  FILE *out = fmemopen(text, sizeof text, "w");
  compare_print(&d, &shape, out);
  fclose(out);
  assert_string_equal(text, "mismatch: tile 2, panel 2: row 5, column 9, k 0..63: expected -1, got 254\n"
                            "          3 of 96 elements are wrong, the last one at row 7, column 11\n");
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_equal), cmocka_unit_test(test_difference),
                                     cmocka_unit_test(test_ends), cmocka_unit_test(test_sparse),
                                     cmocka_unit_test(test_words)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
