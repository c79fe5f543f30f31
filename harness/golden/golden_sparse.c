// Golden GEMM of matrices that are held by their nonzeros: of each row of A all products are listed, sorted by their
// column, and those of one column added up. Memory and time are those of the products, whatever the sizes.
#include "harness/golden/golden.h"

#include <stdlib.h>

typedef struct Product {
  int32_t col;
  int64_t value;
} Product;

typedef struct Products { // of one row
  Product *list;
  int64_t count, room;
} Products;

static int by_column(const void *left, const void *right) {
  int32_t a = ((const Product *)left)->col, b = ((const Product *)right)->col;
  return (a > b) - (a < b);
}

static int64_t row_length(const Csr *csr, int64_t used) {
  return used < 0 ? 0 : csr->first[used + 1] - csr->first[used];
}

// Products of the used row r of A.
static int64_t count_products(const Csr *a, const Csr *b, int64_t r) {
  int64_t count = 0;
  for (int64_t e = a->first[r]; e < a->first[r + 1]; e++)
    count += row_length(b, csr_find_row(b, a->col[e]));
  return count;
}

static bool list_products(const Csr *a, const Csr *b, int64_t r, Products *p) {
  int64_t count = count_products(a, b, r);
  if (count > p->room) {
    free(p->list);
    p->list = malloc((size_t)count * sizeof *p->list);
    p->room = p->list ? count : 0;
    if (!p->list) return false;
  }
  p->count = 0;
  for (int64_t e = a->first[r]; e < a->first[r + 1]; e++) {
    int64_t of_b = csr_find_row(b, a->col[e]), length = row_length(b, of_b);
    for (int64_t i = 0; i < length; i++) {
      int64_t at = b->first[of_b] + i;
      p->list[p->count++] = (Product){b->col[at], (int64_t)a->data[e] * b->data[at]};
    }
  }
  if (p->count) qsort(p->list, (size_t)p->count, sizeof *p->list, by_column);
  return true;
}

// Makes room for `more` entries behind those that C has.
static bool make_room(Csr *c, int64_t more, int64_t *room) {
  if (c->entries + more <= *room) return true;
  int64_t next = 2 * (c->entries + more);
  int32_t *col = realloc(c->col, (size_t)next * sizeof *col);
  if (col) c->col = col;
  int32_t *data = realloc(c->data, (size_t)next * sizeof *data);
  if (data) c->data = data;
  if (col && data) *room = next;
  return col && data;
}

// Appends the sums to C; returns the first column whose sum does not fit int32, or -1.
static int64_t add_sums(const Products *p, Csr *c) {
  for (int64_t i = 0; i < p->count;) {
    int32_t col = p->list[i].col;
    int64_t sum = 0;
    for (; i < p->count && p->list[i].col == col; i++)
      sum += p->list[i].value;
    if (sum < INT32_MIN || sum > INT32_MAX) return col;
    if (!sum) continue;
    c->col[c->entries] = col;
    c->data[c->entries++] = (int32_t)sum;
  }
  return -1;
}

static bool multiply(const Csr *a, const Csr *b, Csr *c, Products *p, int64_t *row, int64_t *col) {
  int64_t room = 0;
  if (!make_room(c, 1, &room)) return false;
  for (int64_t r = 0; r < a->used; r++) {
    int64_t begin = c->entries;
    if (!list_products(a, b, r, p) || !make_room(c, p->count, &room)) return false;
    *col = add_sums(p, c);
    *row = *col < 0 ? -1 : a->row[r];
    if (*row >= 0) return false;
    if (c->entries == begin) continue;
    c->row[c->used] = a->row[r];
    c->first[c->used++] = begin;
  }
  c->first[c->used] = c->entries;
  return true;
}

bool golden_sparse(const Csr *a, const Csr *b, Csr *c, int64_t *row, int64_t *col) {
  Products products = {.count = 0};
  size_t rows = (size_t)a->used + 1;
  *c = (Csr){.rows = a->rows, .cols = b->cols};
  *row = *col = -1;
  c->row = malloc(rows * sizeof *c->row);
  c->first = malloc(rows * sizeof *c->first);
  bool good = c->row && c->first && multiply(a, b, c, &products, row, col);
  free(products.list);
  if (!good) csr_free(c);
  return good;
}

int64_t golden_sparse_effectual(const Csr *a, const Csr *b) {
  int64_t total = 0;
  for (int64_t r = 0; r < a->used; r++)
    total += count_products(a, b, r);
  return total;
}
