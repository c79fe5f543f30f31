// DLMC's .smtx files: the dense pattern, and what is refused and where.
#include "harness/operand/matrix_text.h"
#include "tests/unit/support.h"

static void check_pattern(const char *text, int rows, int cols, const int32_t *want) {
  Tensor t;
  assert_true(smtx_read(file_make("m.smtx", text, strlen(text)), false, &t));
  assert_int_equal(t.shape[0], rows);
  assert_int_equal(t.shape[1], cols);
  assert_memory_equal(t.data, want, (size_t)(rows * cols) * sizeof *want);
  tensor_free(&t);
}

static void test_patterns(void **state) {
  (void)state;
  check_pattern("2, 3, 3\n0 2 3 \n0 2 1 \n", 2, 3, (int32_t[]){1, 0, 1, 0, 1, 0});
  check_pattern("2,3,1\n0 0 1\n2", 2, 3, (int32_t[]){0, 0, 0, 0, 0, 1});
  check_pattern("1, 2, 0\n0 0\n\n", 1, 2, (int32_t[]){0, 0});
  check_pattern("1, 2, 0\n0 0", 1, 2, (int32_t[]){0, 0});
}

static void refuse(const char *text, const char *where) {
  Tensor t;
  const char *path = file_make("m.smtx", text, strlen(text));
  listen_begin();
  bool good = smtx_read(path, false, &t);
  listen_end();
  assert_false(good);
  assert_null(t.data);
  char want[256];
  snprintf(want, sizeof want, "m.smtx:%s", where);
  SAID(want);
}

static void test_bad_patterns(void **state) {
  (void)state;
  refuse("", "1: the sizes are wrong");
  refuse("2, 3\n0 0 0\n\n", "1: the sizes are wrong");
  refuse("%%MatrixMarket matrix coordinate pattern general\n2 3 0\n",
         "1:1: this is a Matrix Market file; name it .mtx");
  refuse("2, 0, 0\n0 0 0\n\n", "1: 2 x 0 is not possible");
  refuse("99999999999, 99999999999, 1\n0\n0\n", "1: 99999999999 x");
  refuse("1, 2, 3\n0 3\n0 1 2\n", "1: 3 nonzeros");
  refuse("2, 3, 1\n", "1: the file ends before its row offsets");
  refuse("17, 40, 3\n0 1 2\n0 1 2\n", "2: 3 row offsets; 17 rows need 18");
  refuse("2, 3, 2\n0 2 1\n0 1\n", "2:5: the offset of row 2 is wrong");
  refuse("2, 3, 2\n1 1 2\n0 1\n", "2:1: the offset of row 0 is wrong");
  refuse("2, 3, 2\n0 1 3\n0 1\n", "2:5: the offset of row 2 is wrong");
  refuse("2, 3, 2\n0 1 1\n0 1\n", "2: the last of 3 row offsets must be 2");
  refuse("2, 3, 2\n0 1 2 2\n0 1\n", "2:7: the last of 3");
  refuse("2, 3, 2\n0 1 2\n", "2: the file ends before its column indices");
  refuse("2, 3, 2\n0 1 2\n0\n", "3: 1 column indices; 2 nonzeros");
  refuse("2, 3, 2\n0 1 2\n0 3\n", "3:3: the column of nonzero 1 is wrong; columns are 0 to 2");
  refuse("2, 3, 2\n0 1 2\n0 -1\n", "3:3: the column of nonzero 1");
  refuse("2, 3, 2\n0 2 2\n1 1\n", "3: column 1 comes twice in row 0");
  refuse("2, 3, 2\n0 1 2\n0 1 2\n", "3:5: text behind the last column index");
  refuse("2, 3, 2\n0 1 2\n0 1\nx\n", "4:1: text behind");
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_patterns), cmocka_unit_test(test_bad_patterns)};
  return cmocka_run_group_tests(tests, folder_setup, folder_teardown);
}
