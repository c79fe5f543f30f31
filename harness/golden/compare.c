// Bit-exact comparison, and the words for a difference.
#include "harness/golden/compare.h"

#include <inttypes.h>

Difference compare_results(const int32_t *expected, const int32_t *got, int64_t m, int64_t n) {
  Difference d = {0};
  for (int64_t i = 0; i < m * n; i++) {
    if (expected[i] == got[i]) continue;
    if (!d.wrong++) {
      d.first_row = i / n;
      d.first_col = i % n;
      d.expected = expected[i];
      d.got = got[i];
    }
    d.last_row = i / n;
    d.last_col = i % n;
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
