// A matrix by its nonzeros, row by row (compressed sparse rows). Rows without one are not listed, so that a matrix
// costs what its nonzeros cost, however many rows it has.
#ifndef LACUNA_CSR_H
#define LACUNA_CSR_H

#include <stdbool.h>
#include <stdint.h>

#define CSR_MAX_SIZE    INT32_MAX          // rows and columns
#define CSR_MAX_ENTRIES (INT64_C(1) << 28) // as many as a dense array has elements

// No entry is 0: a place without an entry is a zero, and a zero that a file lists, or to which entries of one place add
// up, is none. Exactly one of data and real is set.
typedef struct Csr {
  int64_t rows, cols;
  int64_t used;    // rows that have an entry
  int64_t entries; // in all
  int32_t *row;    // of the used ones, rising: its number
  int64_t *first;  // of the used ones: its first entry; behind the last one all entries
  int32_t *col;    // of each entry, rising in a row
  int32_t *data;   // of each entry
  double *real;    // of each entry
} Csr;

// An entry as files list them, in any order. The mark is the reader's, for messages.
typedef struct CsrEntry {
  int64_t place; // row * columns + column
  double value;
  int64_t mark;
} CsrEntry;

typedef struct CsrList {
  CsrEntry *entry; // to be freed
  int64_t count, room;
} CsrList;

bool csr_add(CsrList *list, CsrEntry entry); // false if memory is short

// Sorts the list, in which entries of one place follow each other then as they were added, and adds these up. False if
// memory is short (*mark is -1) or integers of one place leave 32 bits: *mark is then that of the entry where they do.
bool csr_build(Csr *csr, int64_t rows, int64_t cols, bool real, CsrList *list, int64_t *mark);

// The nonzeros of a dense matrix, row-major. False if memory is short.
bool csr_of(Csr *csr, int64_t rows, int64_t cols, const int32_t *values);

// The other way: sets the places of entries in a dense matrix, of integers.
void csr_fill(const Csr *csr, int32_t *values);

// Takes entries out that have become 0; integers only.
void csr_drop_zeros(Csr *csr);

// Which of the used rows this one is, or -1.
int64_t csr_find_row(const Csr *csr, int64_t row);

// The place, row * columns + column, of an entry.
int64_t csr_place(const Csr *csr, int64_t entry);

void csr_free(Csr *csr); // an empty or zeroed one is fine

#endif
