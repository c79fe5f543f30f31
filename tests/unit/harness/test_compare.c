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
                                     cmocka_unit_test(test_ends), cmocka_unit_test(test_words)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
