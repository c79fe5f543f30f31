// The golden GEMM against SuiteSparse:GraphBLAS: sparse products over plus and times that someone else wrote.
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
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_products), cmocka_unit_test(test_effectual)};
  return cmocka_run_group_tests(tests, start, stop);
}
