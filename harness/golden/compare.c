// Bit-exact comparison, and the words for a difference.
#include "harness/golden/compare.h"

#include <inttypes.h>
#include <stdlib.h>

void results_free(Results *results) {
  free(results->dense);
  csr_free(&results->csr);
  *results = (Results){0};
}

static void count(Difference *d, int64_t row, int64_t col, int32_t expected, int32_t got) {
  if (!d->wrong++) {
    d->first_row = row;
    d->first_col = col;
    d->expected = expected;
    d->got = got;
  }
  d->last_row = row;
  d->last_col = col;
}

Difference compare_results(const int32_t *expected, const int32_t *got, int64_t m, int64_t n) {
  Difference d = {0};
  for (int64_t i = 0; i < m * n; i++)
    if (expected[i] != got[i]) count(&d, i / n, i % n, expected[i], got[i]);
  return d;
}

Difference compare_sparse(const Csr *expected, const Csr *got) {
  Difference d = {0};
  int64_t e = 0, g = 0, cols = expected->cols;
  while (e < expected->entries || g < got->entries) {
    int64_t of_e = e < expected->entries ? csr_place(expected, e) : INT64_MAX;
    int64_t of_g = g < got->entries ? csr_place(got, g) : INT64_MAX, place = of_e < of_g ? of_e : of_g;
    int32_t want = of_e == place ? expected->data[e++] : 0, have = of_g == place ? got->data[g++] : 0;
    if (want != have) count(&d, place / cols, place % cols, want, have);
  }
  return d;
}

void compare_print(const Difference *d, const CompareShape *s, FILE *out) {
  fprintf(out,
          "mismatch: tile %" PRId64 ", panel %" PRId64 ": row %" PRId64 ", column %" PRId64 ", k 0..%" PRId64
          ": expected %" PRId32 ", got %" PRId32 "\n",
          d->first_row / s->m0, d->first_col / s->n0, d->first_row, d->first_col, s->k - 1, d->expected, d->got);
  fprintf(out,
          "          %" PRId64 " of %" PRId64 " elements are wrong, the last one at row %" PRId64 ", column %" PRId64
          "\n",
          d->wrong, s->m * s->n, d->last_row, d->last_col);
}
