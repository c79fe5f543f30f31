// The golden GEMMs against SuiteSparse:GraphBLAS: sparse products over plus and times that someone else wrote; and the
// golden GEMM of matrices by their nonzeros against the dense one.
#include "harness/golden/golden.h"
#include "harness/operand/random.h"
#include "tests/unit/support.h"

#include <GraphBLAS.h>

enum { ROOM = 128 * 128 };

static int32_t a[ROOM], b[ROOM], got[ROOM];

static GrB_Matrix make_sparse(const int32_t *dense, int64_t rows, int64_t cols) {
  GrB_Matrix matrix;
  assert_int_equal(GrB_Matrix_new(&matrix, GrB_INT32, (GrB_Index)rows, (GrB_Index)cols), GrB_SUCCESS);
  for (int64_t i = 0; i < rows * cols; i++)
    if (dense[i])
      assert_int_equal(GrB_Matrix_setElement_INT32(matrix, dense[i], (GrB_Index)(i / cols), (GrB_Index)(i % cols)),
                       GrB_SUCCESS);
  return matrix;
}

static Csr make_csr(const int32_t *dense, int64_t rows, int64_t cols) {
  CsrList list = {.count = 0};
  Csr csr;
  int64_t mark;
  for (int64_t i = 0; i < rows * cols; i++)
    if (dense[i]) assert_true(csr_add(&list, (CsrEntry){i, dense[i], 0}));
  assert_true(csr_build(&csr, rows, cols, false, &list, &mark));
  free(list.entry);
  return csr;
}

// Every entry lies where it should, rows and columns rise, and there is none but where the dense result is not 0.
static void check_sparse(int64_t m, int64_t n, int64_t k) {
  Csr left = make_csr(a, m, k), right = make_csr(b, k, n), product;
  int64_t row, col, nonzero = 0, last = -1;
  assert_true(golden_sparse(&left, &right, &product, &row, &col));
  for (int64_t i = 0; i < m * n; i++)
    nonzero += got[i] != 0;
  assert_int_equal(product.entries, nonzero);
  assert_true(product.rows == m && product.cols == n && product.first[product.used] == nonzero);
  for (int64_t e = 0; e < product.entries; e++) {
    int64_t place = csr_place(&product, e);
    assert_true(place > last);
    assert_int_equal(product.data[e], got[place]);
    last = place;
  }
  assert_int_equal(golden_sparse_effectual(&left, &right), golden_effectual(a, b, m, n, k, 0));
  csr_free(&left);
  csr_free(&right);
  csr_free(&product);
}

static void fill(Random *random, int32_t *dense, int64_t count, double density) {
  for (int64_t i = 0; i < count; i++)
    dense[i] = random_unit(random) < density ? random_between(random, -4096, 4095) : 0;
}

static int32_t element(GrB_Matrix matrix, int64_t row, int64_t col) {
  int32_t value = 0;
  GrB_Info info = GrB_Matrix_extractElement_INT32(&value, matrix, (GrB_Index)row, (GrB_Index)col);
  assert_true(info == GrB_SUCCESS || info == GrB_NO_VALUE);
  return info == GrB_SUCCESS ? value : 0;
}

static void check_product(Random *random, int64_t m, int64_t n, int64_t k, double density) {
  int64_t row, col;
  fill(random, a, m * k, density);
  fill(random, b, k * n, density);
  assert_true(golden_gemm(a, b, m, n, k, 0, NULL, got, &row, &col));
  GrB_Matrix left = make_sparse(a, m, k), right = make_sparse(b, k, n), product;
  assert_int_equal(GrB_Matrix_new(&product, GrB_INT32, (GrB_Index)m, (GrB_Index)n), GrB_SUCCESS);
  assert_int_equal(GrB_mxm(product, NULL, NULL, GrB_PLUS_TIMES_SEMIRING_INT32, left, right, NULL), GrB_SUCCESS);
  for (int64_t i = 0; i < m * n; i++)
    assert_int_equal(got[i], element(product, i / n, i % n));
  check_sparse(m, n, k);
  GrB_Matrix_free(&left);
  GrB_Matrix_free(&right);
  GrB_Matrix_free(&product);
}

static void test_products(void **state) {
  (void)state;
  Random random = {31};
  for (int i = 0; i < 40; i++)
    check_product(&random, random_between(&random, 1, 128), random_between(&random, 1, 128),
                  random_between(&random, 1, 128), 0.02 * i / 4);
}

// ---- matrices that nobody can hold dense

enum { SIZE = 1000000, ENTRIES = 3000 };

// Most rows and columns are a few, so that products meet; values are small, so that some of them cancel.
static void make_large(Random *random, Csr *csr, GrB_Matrix *matrix) {
  CsrList list = {.count = 0};
  int64_t mark;
  for (int i = 0; i < ENTRIES; i++) {
    int64_t row = random_between(random, 0, 99) * 9999 + random_between(random, 0, 1);
    int64_t col = random_between(random, 0, 99) * 9999 + random_between(random, 0, 1);
    csr_add(&list, (CsrEntry){row * SIZE + col, random_between(random, -2, 2), 0});
  }
  assert_true(csr_build(csr, SIZE, SIZE, false, &list, &mark));
  free(list.entry);
  assert_int_equal(GrB_Matrix_new(matrix, GrB_INT32, SIZE, SIZE), GrB_SUCCESS);
  for (int64_t e = 0; e < csr->entries; e++) {
    GrB_Index place = (GrB_Index)csr_place(csr, e);
    assert_int_equal(GrB_Matrix_setElement_INT32(*matrix, csr->data[e], place / SIZE, place % SIZE), GrB_SUCCESS);
  }
}

static void test_large(void **state) {
  (void)state;
  static GrB_Index rows[ENTRIES * 100], cols[ENTRIES * 100];
  static int32_t values[ENTRIES * 100];
  Random random = {33};
  GrB_Matrix left, right, product;
  Csr of_a, of_b, c;
  GrB_Index count = ENTRIES * 100, zeros = 0;
  int64_t row, col;
  make_large(&random, &of_a, &left);
  make_large(&random, &of_b, &right);
  assert_true(golden_sparse(&of_a, &of_b, &c, &row, &col));
  assert_int_equal(GrB_Matrix_new(&product, GrB_INT32, SIZE, SIZE), GrB_SUCCESS);
  assert_int_equal(GrB_mxm(product, NULL, NULL, GrB_PLUS_TIMES_SEMIRING_INT32, left, right, NULL), GrB_SUCCESS);
  assert_int_equal(GrB_Matrix_extractTuples_INT32(rows, cols, values, &count, product), GrB_SUCCESS);
  for (GrB_Index i = 0; i < count; i++)
    zeros += !values[i]; // which GraphBLAS keeps
  assert_int_equal(c.entries, count - zeros);
  assert_true(zeros > 0);
  for (int64_t e = 0; e < c.entries; e++) {
    int64_t place = csr_place(&c, e);
    assert_int_equal(c.data[e], element(product, place / SIZE, place % SIZE));
  }
  csr_free(&of_a);
  csr_free(&of_b);
  csr_free(&c);
  GrB_Matrix_free(&left);
  GrB_Matrix_free(&right);
  GrB_Matrix_free(&product);
}

// Effectual products are what GraphBLAS counts with patterns: the sum over PLUS_PAIR of the two patterns.
static void test_effectual(void **state) {
  (void)state;
  Random random = {32};
  fill(&random, a, 50 * 70, 0.2);
  fill(&random, b, 70 * 60, 0.3);
  GrB_Matrix left = make_sparse(a, 50, 70), right = make_sparse(b, 70, 60), pairs;
  int64_t total = 0;
  assert_int_equal(GrB_Matrix_new(&pairs, GrB_INT64, 50, 60), GrB_SUCCESS);
  assert_int_equal(GrB_mxm(pairs, NULL, NULL, GxB_PLUS_PAIR_INT64, left, right, NULL), GrB_SUCCESS);
  assert_int_equal(GrB_Matrix_reduce_INT64(&total, NULL, GrB_PLUS_MONOID_INT64, pairs, NULL), GrB_SUCCESS);
  assert_int_equal(golden_effectual(a, b, 50, 60, 70, 0), total);
  GrB_Matrix_free(&left);
  GrB_Matrix_free(&right);
  GrB_Matrix_free(&pairs);
}

static int start(void **state) {
  (void)state;
  return GrB_init(GrB_BLOCKING) == GrB_SUCCESS ? 0 : -1;
}

static int stop(void **state) {
  (void)state;
  return GrB_finalize() == GrB_SUCCESS ? 0 : -1;
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_products), cmocka_unit_test(test_large),
                                     cmocka_unit_test(test_effectual)};
  return cmocka_run_group_tests(tests, start, stop);
}
