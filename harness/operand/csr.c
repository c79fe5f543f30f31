// Lists of entries into compressed rows: a radix sort by place, which keeps the order of equal places, then one pass.
#include "harness/operand/csr.h"

#include <stdlib.h>
#include <string.h>

enum { DIGIT = 8, DIGITS = 1 << DIGIT };

bool csr_add(CsrList *list, CsrEntry entry) {
  if (list->count == list->room) {
    int64_t room = list->room ? 2 * list->room : 64;
    CsrEntry *more = realloc(list->entry, (size_t)room * sizeof *more);
    if (!more) return false;
    list->entry = more;
    list->room = room;
  }
  list->entry[list->count++] = entry;
  return true;
}

static bool is_sorted(const CsrList *list) {
  for (int64_t i = 1; i < list->count; i++)
    if (list->entry[i].place < list->entry[i - 1].place) return false;
  return true;
}

static void sort_digit(const CsrEntry *from, CsrEntry *to, int64_t count, int shift) {
  int64_t begin[DIGITS + 1] = {0};
  for (int64_t i = 0; i < count; i++)
    begin[(from[i].place >> shift & (DIGITS - 1)) + 1]++;
  for (int i = 0; i < DIGITS; i++)
    begin[i + 1] += begin[i];
  for (int64_t i = 0; i < count; i++)
    to[begin[from[i].place >> shift & (DIGITS - 1)]++] = from[i];
}

static bool sort(CsrList *list, int64_t places) {
  if (is_sorted(list)) return true;
  CsrEntry *other = malloc((size_t)list->count * sizeof *other);
  if (!other) return false;
  for (int shift = 0; shift < 64 && (places - 1) >> shift; shift += DIGIT) {
    CsrEntry *from = list->entry;
    sort_digit(from, other, list->count, shift);
    list->entry = other;
    other = from;
  }
  list->room = list->count;
  free(other);
  return true;
}

// Adds up entries of one place and leaves zeros out.
static bool merge(CsrList *list, bool real, int64_t *mark) {
  int64_t kept = 0;
  for (int64_t i = 0; i < list->count;) {
    CsrEntry sum = list->entry[i++];
    for (; i < list->count && list->entry[i].place == sum.place; i++) {
      sum.value += list->entry[i].value;
      if (real || (sum.value >= -INT32_MAX && sum.value <= INT32_MAX)) continue;
      *mark = list->entry[i].mark;
      return false;
    }
    if (sum.value < 0 || sum.value > 0) list->entry[kept++] = sum;
  }
  list->count = kept;
  return true;
}

static bool make(Csr *csr, int64_t used, int64_t entries, bool real) {
  size_t rows = (size_t)used + 1, count = (size_t)entries + 1; // no array is empty
  csr->row = malloc(rows * sizeof *csr->row);
  csr->first = malloc(rows * sizeof *csr->first);
  csr->col = malloc(count * sizeof *csr->col);
  if (real)
    csr->real = malloc(count * sizeof *csr->real);
  else
    csr->data = malloc(count * sizeof *csr->data);
  if (csr->row && csr->first && csr->col && (csr->real || csr->data)) return true;
  csr_free(csr);
  return false;
}

static int64_t count_rows(const CsrList *list, int64_t cols) {
  int64_t used = 0;
  for (int64_t i = 0; i < list->count; i++)
    used += !i || list->entry[i].place / cols != list->entry[i - 1].place / cols;
  return used;
}

static void list_rows(Csr *csr, const CsrList *list) {
  for (int64_t i = 0; i < list->count; i++) {
    const CsrEntry *entry = &list->entry[i];
    int32_t row = (int32_t)(entry->place / csr->cols);
    if (!i || row != csr->row[csr->used - 1]) {
      csr->row[csr->used] = row;
      csr->first[csr->used++] = i;
    }
    csr->col[i] = (int32_t)(entry->place % csr->cols);
    if (csr->real)
      csr->real[i] = entry->value;
    else
      csr->data[i] = (int32_t)entry->value;
  }
  csr->entries = csr->first[csr->used] = list->count;
}

bool csr_build(Csr *csr, int64_t rows, int64_t cols, bool real, CsrList *list, int64_t *mark) {
  *csr = (Csr){.rows = rows, .cols = cols};
  *mark = -1;
  if (!sort(list, rows * cols) || !merge(list, real, mark)) return false;
  if (!make(csr, count_rows(list, cols), list->count, real)) return false;
  list_rows(csr, list);
  return true;
}

bool csr_of(Csr *csr, int64_t rows, int64_t cols, const int32_t *values) {
  CsrList list = {.count = 0};
  int64_t mark;
  bool good = true;
  for (int64_t place = 0; good && place < rows * cols; place++)
    if (values[place]) good = csr_add(&list, (CsrEntry){place, values[place], 0});
  good = good && csr_build(csr, rows, cols, false, &list, &mark);
  free(list.entry);
  return good;
}

void csr_fill(const Csr *csr, int32_t *values) {
  for (int64_t r = 0; r < csr->used; r++)
    for (int64_t e = csr->first[r]; e < csr->first[r + 1]; e++)
      values[csr->row[r] * csr->cols + csr->col[e]] = csr->data[e];
}

void csr_drop_zeros(Csr *csr) {
  int64_t kept = 0, used = 0, begin, entry = 0;
  for (int64_t r = 0; r < csr->used; r++) {
    begin = kept;
    for (; entry < csr->first[r + 1]; entry++) {
      if (!csr->data[entry]) continue;
      csr->col[kept] = csr->col[entry];
      csr->data[kept++] = csr->data[entry];
    }
    if (kept == begin) continue;
    csr->row[used] = csr->row[r];
    csr->first[used++] = begin;
  }
  csr->used = used;
  csr->entries = csr->first[used] = kept;
}

int64_t csr_find_row(const Csr *csr, int64_t row) {
  int64_t low = 0, high = csr->used;
  while (low < high) {
    int64_t middle = (low + high) / 2;
    if (csr->row[middle] < row)
      low = middle + 1;
    else
      high = middle;
  }
  return low < csr->used && csr->row[low] == row ? low : -1;
}

int64_t csr_place(const Csr *csr, int64_t entry) {
  int64_t low = 0, high = csr->used - 1; // the last row that begins at the entry or before
  while (low < high) {
    int64_t middle = (low + high + 1) / 2;
    if (csr->first[middle] <= entry)
      low = middle;
    else
      high = middle - 1;
  }
  return csr->row[low] * csr->cols + csr->col[entry];
}

void csr_free(Csr *csr) {
  free(csr->row);
  free(csr->first);
  free(csr->col);
  free(csr->data);
  free(csr->real);
  *csr = (Csr){0};
}
