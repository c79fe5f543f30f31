// Matrix Market files: every accepted kind against the dense matrix written down here, and what is refused and where.
#include "harness/operand/matrix_text.h"
#include "tests/unit/support.h"

#define BANNER "%%MatrixMarket matrix "

static void check_matrix(const char *text, int rows, int cols, const double *want) {
  Tensor t;
  assert_true(mtx_read(file_make("m.mtx", text, strlen(text)), false, &t));
  assert_int_equal(t.ndim, 2);
  assert_int_equal(t.shape[0], rows);
  assert_int_equal(t.shape[1], cols);
  for (int i = 0; i < rows * cols; i++)
    assert_true((t.real ? t.real[i] : t.data[i]) == want[i]);
  tensor_free(&t);
}

static void test_coordinate(void **state) {
  (void)state;
  check_matrix(BANNER "coordinate integer general\n% a comment\n\n2 3 2\n1 3 -7\n2 1 9\n", 2, 3,
               (double[]){0, 0, -7, 9, 0, 0});
  check_matrix("%%matrixmarket MATRIX Coordinate REAL General\n2 2 1\n2 2 1.5e-3", 2, 2, (double[]){0, 0, 0, 1.5e-3});
  check_matrix(BANNER "coordinate pattern general\n2 2 2\n1 1\n2 1\n", 2, 2, (double[]){1, 0, 1, 0});
  check_matrix(BANNER "coordinate integer general\r\n1 1 1\r\n1 1 3\r\n", 1, 1, (double[]){3});
}

// Files as they are met: case, space, blank lines, comments and ends of lines are free.
static void test_free_form(void **state) {
  (void)state;
  static const double want[] = {0, 0, -7, 9, 0, 0};
  static const char *const files[] = {
      "%%MATRIXMARKET  MATRIX\tCOORDINATE   INTEGER  GENERAL  \n2 3 2\n1 3 -7\n2 1 9\n",
      "  %%MatrixMarket matrix coordinate integer general\n2 3 2\n1 3 -7\n2 1 9",
      "\n\n%MatrixMarket matrix coordinate integer general\n2 3 2\n1 3 -7\n2 1 9\n",
      "%% MatrixMarket matrix coordinate integer general\n%\n  % indented\n\t%\n 2\t3  2 \n1 3 -7\n2 1 9\n",
      "\xef\xbb\xbf%%MatrixMarket matrix coordinate integer general\r\n2 3 2\r\n1 3 -7\r\n2 1 9\r\n",
      "%%MatrixMarket matrix coordinate integer general\r2 3 2\r1 3 -7\r2 1 9\r",
      BANNER
      "coordinate integer general\n\n\n2 3 2 % sizes\n\n1 3 -7 % seven\n% between\n\n   2   1   +9\n\n\n% the end",
      BANNER "coordinate unsigned-integer general\n2 3 3\n1 3 0\n1 3 -7.0\n2 1 0.9e1\n",
      BANNER "coordinate real general\n2 3 2\n1 3 -7\n2 1 9.\n",
      BANNER "coordinate double general\n2 3 2\n1 3 -.7D+01\n2 1 900d-2\n",
      BANNER "coordinate real general\n2.0 3.0 2.0\n1.0 3.0 -7.0E0\n2.0E+00 1e0 +9E+0\n",
      BANNER "array integer general\n2 3\n0 9 0\n0 -7 0\n",
      BANNER "array real general\n2 3\n0 9\n% between\n\n0 0 -7 % here\n0\n",
  };
  for (size_t i = 0; i < sizeof files / sizeof *files; i++)
    check_matrix(files[i], 2, 3, want);
}

static void test_symmetry(void **state) {
  (void)state;
  check_matrix(BANNER "coordinate integer symmetric\n2 2 2\n1 1 4\n2 1 5\n", 2, 2, (double[]){4, 5, 5, 0});
  check_matrix(BANNER "coordinate real skew-symmetric\n2 2 1\n2 1 5\n", 2, 2, (double[]){0, -5, 5, 0});
  check_matrix(BANNER "coordinate integer symmetric\n2 2 2\n1 1 4\n1 2 5\n", 2, 2, (double[]){4, 5, 5, 0});
  check_matrix(BANNER "coordinate pattern symmetric\n2 2 1\n2 1\n", 2, 2, (double[]){0, 1, 1, 0});
}

static void test_array(void **state) {
  (void)state;
  check_matrix(BANNER "array integer general\n2 2\n1\n2\n3\n4\n", 2, 2, (double[]){1, 3, 2, 4});
  check_matrix(BANNER "array real symmetric\n3 3\n1\n2\n3\n4\n5\n6\n", 3, 3, (double[]){1, 2, 3, 2, 4, 5, 3, 5, 6});
  check_matrix(BANNER "array integer skew-symmetric\n3 3\n1\n2\n3\n", 3, 3, (double[]){0, -1, -2, 1, 0, -3, 2, 3, 0});
}

static void test_duplicates_add(void **state) {
  (void)state;
  check_matrix(BANNER "coordinate integer general\n1 2 3\n1 2 4\n1 2 5\n1 1 0\n", 1, 2, (double[]){0, 9});
}

// where: "line:column: " and the beginning of the message.
static void refuse(const char *text, const char *where) {
  Tensor t;
  const char *path = file_make("m.mtx", text, strlen(text));
  listen_begin();
  bool good = mtx_read(path, false, &t);
  listen_end();
  assert_false(good);
  assert_null(t.data);
  char want[256];
  snprintf(want, sizeof want, "m.mtx:%s", where);
  SAID(want);
}

static void test_bad_banners(void **state) {
  (void)state;
  refuse("", "1: no Matrix Market banner");
  refuse("hello\n1 1 1\n", "1:1: no Matrix Market banner");
  refuse(BANNER "coordinate complex general\n1 1 0\n", "1:34: complex is not for operands");
  refuse(BANNER "coordinate complex hermitian\n1 1 0\n", "1:34: complex");
  refuse(BANNER "coordinate real hermitian\n1 1 0\n", "1:39: hermitian is not for operands");
  refuse(BANNER "coordinate real lopsided\n1 1 0\n",
         "1:39: 'lopsided' is not known here; expected one of general symmetric skew-symmetric");
  refuse(BANNER "heap real general\n1 1 0\n", "1:23: 'heap'");
  refuse(BANNER "coordinate\n1 1 0\n",
         "1: the banner ends too early; expected one of real double integer unsigned-integer");
  refuse(BANNER "coordinate real\n1 1 0\n", "1: the banner ends too early; expected one of general");
  refuse("%%MatrixMarket vector coordinate real general\n1 0\n", "1:16: vector is not for operands");
  refuse("%%MatrixMarket coordinate real general\n1 1 0\n",
         "1:16: 'coordinate' is not known here; expected one of matrix");
  refuse("%%MatrixMarketing matrix coordinate real general\n1 1 0\n", "1:1: no Matrix Market banner");
  refuse("MatrixMarket matrix coordinate real general\n1 1 0\n", "1:1: no Matrix Market banner");
  refuse("2 2 1\n1 1 3\n", "1:1: no Matrix Market banner; the first line reads %%MatrixMarket matrix coordinate real");
  refuse(BANNER "array pattern general\n1 1\n", "1: an array can't be a pattern");
}

static void test_bad_sizes(void **state) {
  (void)state;
  refuse(BANNER "coordinate real general\n", "1: the file ends before its sizes");
  refuse(BANNER "coordinate real general\n1 1\n", "2: the sizes are wrong");
  refuse(BANNER "coordinate real general\n1 1 0 0\n", "2:7: the sizes are wrong");
  refuse(BANNER "coordinate real general\n-1 1 0\n", "2:1: the sizes are wrong");
  refuse(BANNER "coordinate real general\n0 1 0\n", "2: 0 x 1 is not possible");
  refuse(BANNER "coordinate real general\n99999999999 99999999999 1\n1 1 1\n",
         "2: 99999999999 x 99999999999 is too large: arrays are held dense, that is 1e+22 elements");
  refuse(BANNER "coordinate pattern general\n1000000 1000000 3\n1 1\n2 2\n3 3\n",
         "2: 1000000 x 1000000 is too large: arrays are held dense, that is 1e+12 elements, and at most 268435456 are "
         "possible (16384 x 16384); take a part at a time");
  refuse(BANNER "array real general\n1000000 1000\n1\n", "2: 1000000 x 1000 is too large");
  refuse(BANNER "coordinate real general\n2 2.5 1\n1 1 1\n", "2:3: the sizes are wrong");
  refuse(BANNER "coordinate real general\n99999999999999999999 1 1\n1 1 1\n", "2:1: the sizes are wrong");
  refuse(BANNER "coordinate real symmetric\n2 3 0\n", "2: a symmetric matrix of 2 x 3");
}

static void test_bad_entries(void **state) {
  (void)state;
  refuse(BANNER "coordinate integer general\n17 40 2\n1 1 5\n18 1 5\n", "4:1: no row number, or outside");
  refuse(BANNER "coordinate integer general\n2 2 1\n1 3 5\n", "3:3: no column number, or outside");
  refuse(BANNER "coordinate integer general\n2 2 1\n0 1 5\n",
         "3:1: row 0; rows and columns count from 1, so add 1 to each index");
  refuse(BANNER "coordinate integer general\n2 2 2\n1 1 5\n1 0 5\n", "4:3: column 0; rows and columns count from 1");
  refuse(BANNER "coordinate integer general\n2 2 1\n1 1 1.5\n", "3:5: no integer of 32 bits");
  refuse(BANNER "coordinate integer general\n2 2 1\n1 1 9999999999\n", "3:5: no integer of 32 bits");
  refuse(BANNER "coordinate integer general\n2 2 1\n1.5 1 5\n", "3:1: no row number");
  refuse(BANNER "coordinate integer general\n2 2 1\n1 1\n",
         "3: the entry has no value; the banner says integer, write pattern there");
  refuse(BANNER "coordinate integer general\n2 2 1\n1 1 % 5\n", "3:5: the entry has no value");
  refuse(BANNER "coordinate integer general\n2 2 1\n1 1  0x3 4\n", "3:6: no finite number: '0x3'; expected");
  refuse(BANNER "coordinate integer general\n2 2 1\n1 1 3;\n", "3:5: no finite number: '3;'; expected");
  refuse(BANNER "coordinate integer general\n# by hand\n2 2 1\n1 1 3\n", "2:1: comments begin with %, not #");
  refuse(BANNER "coordinate integer general\n2 2 1\n# by hand\n1 1 3\n", "3:1: comments begin with %, not #");
  refuse(BANNER "coordinate pattern general\n2 2 1\n1 1 7\n", "3:5: text behind the entry; a pattern has no values");
  refuse(BANNER "coordinate real general\n2 2 1\n1 1 1,5\n",
         "3:5: no finite number: '1,5'; expected the entry's value, as 3, -0.25 or");
  refuse(BANNER "coordinate real general\n2 2 1\n1 1 1.5f\n", "3:5: no finite number");
  refuse(BANNER "coordinate real general\n2 2 1\n1 1 -inf\n", "3:5: no finite number");
  refuse(BANNER "array integer general\n2 2\n1 2 3\n", "3: the file ends after 3 of 4 entries");
  refuse(BANNER "array integer general\n2 2\n1 2 3 4 5\n", "3:9: more entries than the 4 promised");
  refuse(BANNER "coordinate integer symmetric\n2 2 2\n2 1 5\n1 2 5\n", "4: entries on both sides of the diagonal");
  refuse(BANNER "coordinate real skew-symmetric\n2 2 2\n1 2 5\n2 1 5\n", "4: entries on both sides of the diagonal");
  refuse(BANNER "coordinate real general\n2 2 1\n1 1 nan\n", "3:5: no finite number");
  refuse(BANNER "coordinate real general\n2 2 1\n1 1 1e999\n", "3:5: no finite number");
  refuse(BANNER "coordinate real general\n2 2 1\n1 1\n", "3: the entry has no value; the banner says real");
  refuse(BANNER "coordinate real general\n2 2 1\n1 1 1 1\n", "3:7: text behind the entry");
  refuse(BANNER "coordinate real general\n2 2 2\n1 1 1\n", "3: the file ends after 1 of 2 entries");
  refuse(BANNER "coordinate real general\n2 2 1\n1 1 1\n2 2 1\n", "4:1: more entries than the 1 promised");
  refuse(BANNER "coordinate integer general\n1 1 2\n1 1 2147483647\n1 1 1\n", "4: entries of one place");
  refuse(BANNER "coordinate pattern skew-symmetric\n2 2 1\n2 1\n", "1: a pattern has no signs");
  refuse(BANNER "coordinate real general\n2 2 1\n1 1 1\n\x1a", "4:1: text behind the last entry; take it out");
  refuse(BANNER "coordinate real skew-symmetric\n2 2 1\n1 1 3\n", "3: a skew-symmetric matrix has no diagonal");
}

// A line without an end takes no memory without an end.
static void test_long_line(void **state) {
  (void)state;
  size_t size = 3 << 20;
  char *text = malloc(size + 1);
  memset(text, ' ', size);
  memcpy(text, BANNER "coordinate real general\n", 46);
  text[size] = '\0';
  refuse(text, "2: a line of more than 1048576 characters");
  free(text);
}

static void test_zero_byte(void **state) {
  (void)state;
  static const char text[] = BANNER "coordinate real general\n2 2 1\n1 \0001 1\n";
  Tensor t;
  const char *path = file_make("m.mtx", text, sizeof text - 1);
  listen_begin();
  bool good = mtx_read(path, false, &t);
  listen_end();
  assert_false(good);
  SAID("3:3: no column number");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_coordinate),     cmocka_unit_test(test_symmetry),    cmocka_unit_test(test_array),
      cmocka_unit_test(test_duplicates_add), cmocka_unit_test(test_bad_banners), cmocka_unit_test(test_bad_sizes),
      cmocka_unit_test(test_bad_entries),    cmocka_unit_test(test_zero_byte),   cmocka_unit_test(test_free_form),
      cmocka_unit_test(test_long_line),
  };
  return cmocka_run_group_tests(tests, folder_setup, folder_teardown);
}
