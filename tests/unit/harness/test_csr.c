// Matrices by their nonzeros: the same elements as the dense ones, files that list them in any order, what they cost,
// and which are held so.
#include "harness/golden/golden.h"
#include "harness/operand/operand.h"
#include "harness/operand/random.h"
#include "tests/unit/support_zip.h"

#include <time.h>

#define MTX "%%MatrixMarket matrix coordinate "

static const OperandRule dense_rule = {
    .option = "--a", .kind = OPERAND_A, .ndim = 2, .shape = "M x K", .bits = 8, .is_signed = true, .seed = 1};

static OperandRule sparse_rule(void) {
  OperandRule rule = dense_rule;
  rule.sparse = true;
  return rule;
}

static const char *text_file(const char *name, const char *text) {
  static char path[256];
  snprintf(path, sizeof path, "%s", file_make(name, text, strlen(text)));
  return path;
}

// ---- the order of entries, entries of one place, zeros

static void check_csr(const Csr *csr, int64_t used, int64_t entries) {
  assert_int_equal(csr->used, used);
  assert_int_equal(csr->entries, entries);
  assert_int_equal(csr->first[0], 0);
  assert_int_equal(csr->first[used], entries);
  for (int64_t r = 0; r < used; r++) {
    assert_in_range(csr->row[r], r ? csr->row[r - 1] + 1 : 0, csr->rows - 1);
    assert_true(csr->first[r] < csr->first[r + 1]);
    assert_int_equal(csr_find_row(csr, csr->row[r]), r);
    for (int64_t e = csr->first[r]; e < csr->first[r + 1]; e++) {
      assert_in_range(csr->col[e], e > csr->first[r] ? csr->col[e - 1] + 1 : 0, csr->cols - 1);
      assert_int_equal(csr_place(csr, e), csr->row[r] * csr->cols + csr->col[e]);
      assert_true(csr->data[e] != 0);
    }
  }
}

static void test_build(void **state) {
  (void)state;
  enum { ROWS = 1000, COLS = 7, ENTRIES = 300 };
  static int64_t want[ROWS * COLS];
  Random random = {3};
  CsrList list = {.count = 0};
  Csr csr;
  int64_t mark, used = 0, entries = 0;
  for (int i = 0; i < ENTRIES; i++) {
    int64_t place = random_between(&random, 0, ROWS / 4) * 3 * COLS + random_between(&random, 0, COLS - 1);
    int32_t value = random_between(&random, -1, 1);
    want[place] += value;
    assert_true(csr_add(&list, (CsrEntry){place, value, i}));
  }
  assert_true(csr_build(&csr, ROWS, COLS, false, &list, &mark));
  for (int64_t row = 0; row < ROWS; row++) {
    int64_t before = entries;
    for (int64_t col = 0; col < COLS; col++)
      entries += want[row * COLS + col] != 0;
    used += entries > before;
    if (entries == before) assert_int_equal(csr_find_row(&csr, row), -1);
  }
  check_csr(&csr, used, entries);
  for (int64_t e = 0; e < csr.entries; e++)
    assert_int_equal(csr.data[e], want[csr_place(&csr, e)]);
  csr_free(&csr);
  free(list.entry);
}

// The entry with which a sum leaves 32 bits, in the order in which they were added, is named.
static void test_overflow(void **state) {
  (void)state;
  static const CsrEntry entries[] = {{9, 1, 1}, {4, INT32_MAX, 2}, {4, -1, 3}, {0, 5, 4}, {4, 2, 5}, {4, -9, 6}};
  CsrList list = {.count = 0};
  Csr csr;
  int64_t mark;
  for (size_t i = 0; i < sizeof entries / sizeof *entries; i++)
    csr_add(&list, entries[i]);
  assert_false(csr_build(&csr, 5, 2, false, &list, &mark));
  assert_int_equal(mark, 5);
  free(list.entry);
}

static void test_drop_zeros(void **state) {
  (void)state;
  int32_t row[] = {1, 4, 5, 9}, col[] = {3, 5, 0, 1, 2, 7}, data[] = {6, 0, 0, 0, 0, -2};
  int64_t first[] = {0, 2, 4, 5, 6};
  Csr csr = {.rows = 10, .cols = 8, .used = 4, .entries = 6, .row = row, .first = first, .col = col, .data = data};
  csr_drop_zeros(&csr);
  check_csr(&csr, 2, 2);
  assert_true(row[0] == 1 && row[1] == 9 && col[0] == 3 && col[1] == 7 && data[0] == 6 && data[1] == -2);
}

// ---- one source, held in both ways

static void check_same(const char *source, OperandRule rule, bool is_sparse) {
  Operand dense, sparse;
  rule.sparse = false;
  assert_true(operand_load(source, &rule, &dense));
  rule.sparse = true;
  assert_true(operand_load(source, &rule, &sparse));
  if (tensor_is_sparse(&sparse.tensor) != is_sparse) fail_msg("%s is%s sparse", source, is_sparse ? " not" : "");
  assert_false(tensor_is_sparse(&dense.tensor));
  assert_true(dense.scale == sparse.scale && dense.quantised == sparse.quantised);
  int64_t count = tensor_count(&dense.tensor), nonzero = 0;
  for (int64_t e = 0; e < count; e++)
    nonzero += dense.tensor.data[e] != 0;
  if (is_sparse) check_csr(&sparse.tensor.csr, sparse.tensor.csr.used, nonzero);
  assert_true(tensor_make_dense(&sparse.tensor));
  assert_memory_equal(sparse.tensor.shape, dense.tensor.shape, 2 * sizeof(int64_t));
  assert_memory_equal(sparse.tensor.data, dense.tensor.data, (size_t)count * sizeof(int32_t));
  operand_free(&dense);
  operand_free(&sparse);
}

static void test_sources(void **state) {
  (void)state;
  OperandRule values = dense_rule, scaled = dense_rule, zero = dense_rule, spared = dense_rule;
  values.random_values = true;
  scaled.scale = 0.5;
  spared.spared = 2;
  zero.scale = 0.5;
  zero.zero = -3;
  static const char real[] = MTX "real general\n9 9 5\n8 1 -2.5\n1 9 1e-9\n3 3 0\n8 1 1.5\n8 8 .25\n";
  check_same("random:100x200:0.0625", dense_rule, true);
  check_same("random:100x200:0.0626", dense_rule, false);
  check_same("random:300x200:0.01:7", dense_rule, true);
  check_same("random:300x200:0", dense_rule, true);
  check_same(text_file("r.mtx", real), dense_rule, true);
  check_same(text_file("r.mtx", real), spared, true);
  check_same(text_file("r.mtx", real), scaled, true);
  check_same(text_file("r.mtx", real), zero, false);
  check_same(text_file("s.mtx", MTX "integer symmetric\n9 9 2\n9 1 4\n2 2 0\n"), dense_rule, true);
  check_same(text_file("k.mtx", MTX "integer skew-symmetric\n9 9 2\n9 1 4\n5 2 -7\n"), dense_rule, true);
  check_same(text_file("h.mtx", MTX "integer symmetric\n9 9 3\n9 1 4\n2 1 4\n2 2 4\n"), dense_rule, false);
  check_same(text_file("p.mtx", MTX "pattern general\n1 40 2\n1 1\n1 40\n"), dense_rule, true);
  check_same(text_file("p.smtx", "3, 20, 3\n0 2 2 3\n17 1 4\n"), dense_rule, true);
  check_same(text_file("p.smtx", "3, 20, 3\n0 2 2 3\n17 1 4\n"), values, true);
  check_same(text_file("p.smtx", "3, 20, 4\n0 2 2 4\n17 1 4 5\n"), values, false);
}

static void refuse(const char *source, const char *message) {
  Operand operand;
  OperandRule rule = sparse_rule();
  listen_begin();
  bool good = operand_load(source, &rule, &operand);
  listen_end();
  if (good) fail_msg("%s is taken", source);
  assert_null(operand.tensor.data);
  assert_null(operand.tensor.csr.first);
  SAID(message);
}

static void test_refused(void **state) {
  (void)state;
  refuse(text_file("d.mtx", MTX "integer general\n9 9 3\n1 1 2147483647\n2 2 5\n1 1 1\n"),
         "d.mtx:5: entries of one place add up to more than 32 bits hold");
  refuse(text_file("e.mtx", MTX "integer general\n9 9 1\n8 4 128\n"), "element [7,3] is 128; --a holds integers");
  refuse(text_file("f.mtx", MTX "integer general\n9 9 2\n8 4 12\n"), "f.mtx:3: the file ends after 1 of 2 entries");
  refuse(text_file("w.mtx", MTX "integer general\n2147483648 9 0\n"),
         "w.mtx:2: 2147483648 x 9 is too large: matrices have at most 2147483647 rows and columns");
  refuse(text_file("m.mtx", MTX "integer general\n1000000 1000000 268435457\n"), "2.68e+08 nonzeros are too many");
  refuse(text_file("z.mtx", MTX "integer general\n0 9 0\n"), "z.mtx:2: 0 x 9 is not possible; sizes are 1 or more");
  refuse(text_file("a.mtx", "%%MatrixMarket matrix array integer general\n1000000 1000\n1\n"),
         "1000000 x 1000 is too large: arrays are held dense");
  refuse(text_file("t.smtx", "2, 99, 3\n0 3 3\n17 1 17\n"), "t.smtx:3: column 17 comes twice in row 0; once is right");
  refuse("random:1000000x1000000:0.001", "--a random:1000000x1000000:0.001: 1e+09 nonzeros are too many");
  refuse("random:1000000x1000x1:0.001", "is too large: arrays are held dense");
}

// ---- archives of SciPy

typedef struct ScipyCase {
  const char *format;
  int32_t shape[2], indptr[8], indices[8], data[8];
  int pointers, entries;
} ScipyCase;

static size_t npy_ints(uint8_t *file, const int32_t *values, int count) {
  size_t size = npy_bytes(file, values, 4 * count);
  memset(file + 10, ' ', 117);
  int length = snprintf((char *)file + 10, 118, "{'descr': '<i4', 'fortran_order': False, 'shape': (%d,), }", count);
  file[10 + length] = ' ';
  return size;
}

static const char *scipy_file(const ScipyCase *c) {
  static char path[256];
  ZipFile zip = {.size = 0};
  uint8_t npy[512];
  zip_add(&zip, "indices.npy", npy, npy_ints(npy, c->indices, c->entries), true);
  zip_add(&zip, "indptr.npy", npy, npy_ints(npy, c->indptr, c->pointers), true);
  size_t size = npy_bytes(npy, c->format, 3);
  zip_add(&zip, "format.npy", npy, size, true);
  zip_add(&zip, "shape.npy", npy, npy_ints(npy, c->shape, 2), true);
  zip_add(&zip, "data.npy", npy, npy_ints(npy, c->data, c->entries), true);
  zip_end(&zip);
  snprintf(path, sizeof path, "%s", file_make("m.npz", zip.bytes, zip.size));
  return path;
}

// The same matrix by rows and by columns, indices in no order, one place twice.
static void test_scipy(void **state) {
  (void)state;
  static const ScipyCase rows = {"csr", {3, 30}, {0, 2, 2, 5}, {29, 2, 7, 0, 7}, {1, -2, 3, 4, 5}, 4, 5};
  static const ScipyCase cols = {"csc", {30, 3}, {0, 2, 2, 5}, {29, 2, 7, 0, 7}, {1, -2, 3, 4, 5}, 4, 5};
  static const ScipyCase full = {"csr", {2, 3}, {0, 2, 3}, {2, 0, 1}, {1, -2, 3}, 3, 3};
  Operand operand;
  const char *path = scipy_file(&rows);
  check_same(path, dense_rule, true);
  assert_true(operand_load(path, &dense_rule, &operand));
  const int32_t *data = operand.tensor.data;
  assert_true(data[29] == 1 && data[2] == -2 && data[60] == 4 && data[67] == 8 && operand.tensor.shape[1] == 30);
  operand_free(&operand);
  path = scipy_file(&cols);
  check_same(path, dense_rule, true);
  assert_true(operand_load(path, &dense_rule, &operand));
  data = operand.tensor.data;
  assert_true(data[29 * 3] == 1 && data[2 * 3] == -2 && data[2] == 4 && data[7 * 3 + 2] == 8);
  operand_free(&operand);
  check_same(scipy_file(&full), dense_rule, false);
}

static void test_bad_scipy(void **state) {
  (void)state;
  static const struct {
    ScipyCase matrix;
    const char *message;
  } cases[] = {
      {{"coo", {3, 9}, {0, 1, 1, 2}, {8, 2}, {1, 2}, 4, 2},
       "this format of scipy.sparse is not read; save matrix.tocsr"},
      {{"csr", {3, 9}, {0, 1, 1, 2}, {9, 2}, {1, 2}, 4, 2}, "an index is outside its shape"},
      {{"csr", {3, 9}, {0, 1, 1, 2}, {-1, 2}, {1, 2}, 4, 2}, "an index is outside its shape"},
      {{"csr", {3, 9}, {0, 1, 1, 3}, {8, 2}, {1, 2}, 4, 2}, "indptr does not rise from 0"},
      {{"csr", {3, 9}, {0, 2, 1, 2}, {8, 2}, {1, 2}, 4, 2}, "indptr does not rise from 0"},
      {{"csr", {3, 9}, {1, 1, 1, 2}, {8, 2}, {1, 2}, 4, 2}, "indptr does not rise from 0"},
      {{"csr", {4, 9}, {0, 1, 1, 2}, {8, 2}, {1, 2}, 4, 2}, "its arrays do not fit each other"},
      {{"csr", {0, 9}, {0, 0}, {0}, {0}, 2, 0}, "0 x 9 is not possible"}, // its sizes come before its lists
      {{"csr", {0, 9}, {0, 1, 1, 2}, {8, 2}, {1, 2}, 4, 2}, "0 x 9 is not possible"},
      {{"csr", {3, 9}, {0, 2, 2, 2}, {8, 8}, {INT32_MAX, 2}, 4, 2}, "entries of one place add up to more"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    refuse(scipy_file(&cases[i].matrix), cases[i].message);
}

// ---- what they cost: every byte that is asked for, given back or not

// Of libasan, with which every unit test is linked.
int __sanitizer_install_malloc_and_free_hooks(void (*malloc_hook)(const volatile void *, size_t),
                                              void (*free_hook)(const volatile void *));

static size_t bytes_asked;

static void count_bytes(const volatile void *pointer, size_t size) {
  (void)pointer;
  bytes_asked += size;
}

static void ignore(const volatile void *pointer) {
  (void)pointer;
}

static double milliseconds(void) {
  return 1e3 * (double)clock() / CLOCKS_PER_SEC;
}

static void check_cost(const char *source, int64_t most_entries) {
  Operand operand;
  OperandRule rule = sparse_rule();
  Csr c;
  int64_t row, col;
  double start = milliseconds();
  bytes_asked = 0;
  assert_true(operand_load(source, &rule, &operand));
  assert_true(golden_sparse(&operand.tensor.csr, &operand.tensor.csr, &c, &row, &col));
  size_t bytes = bytes_asked;
  double time = milliseconds() - start;
  assert_in_range(operand.tensor.csr.entries, 1, most_entries);
  if (bytes > 32 << 10) fail_msg("%s: %zu bytes", source, bytes);
  if (time > 100) fail_msg("%s: %.0f ms", source, time);
  operand_free(&operand);
  csr_free(&c);
}

static void test_cost(void **state) {
  (void)state;
  __sanitizer_install_malloc_and_free_hooks(count_bytes, ignore);
  check_cost(text_file("g.mtx", MTX "integer general\n1000000 1000000 3\n1 2 5\n2 3 6\n1000000 1000000 7\n"), 3);
  check_cost(text_file("v.mtx", MTX "real symmetric\n2147483647 2147483647 2\n2147483647 2 5\n9 9 -6\n"), 3);
  check_cost("random:1000000x1000000:3e-12:4", 12);
}

// Jumps leave as many elements as the density says, in all parts of the matrix.
static void test_jumps(void **state) {
  (void)state;
  OperandRule rule = sparse_rule();
  Operand operand;
  assert_true(operand_load("random:1000000x1000000:1e-8:5", &rule, &operand));
  Csr *csr = &operand.tensor.csr;
  check_csr(csr, csr->used, csr->entries);
  assert_in_range(csr->entries, 9600, 10400);
  int64_t low = 0, left = 0, negative = 0;
  for (int64_t e = 0; e < csr->entries; e++) {
    low += csr_place(csr, e) < INT64_C(500000000000);
    left += csr->col[e] < 500000;
    negative += csr->data[e] < 0;
    assert_in_range(abs(csr->data[e]), 1, 127);
  }
  assert_in_range(low, 4700, 5300);
  assert_in_range(left, 4700, 5300);
  assert_in_range(negative, 4700, 5300);
  operand_free(&operand);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_build),     cmocka_unit_test(test_overflow), cmocka_unit_test(test_drop_zeros),
      cmocka_unit_test(test_sources),   cmocka_unit_test(test_refused),  cmocka_unit_test(test_scipy),
      cmocka_unit_test(test_bad_scipy), cmocka_unit_test(test_cost),     cmocka_unit_test(test_jumps),
  };
  return cmocka_run_group_tests(tests, folder_setup, folder_teardown);
}
