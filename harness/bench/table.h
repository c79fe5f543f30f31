// Tables of work and of required figures: plain text, a file for each page.
//
//   # a comment
//   [section]
//   cell | cell | cell        a row; blanks around a cell do not count
//   * cell | cell | cell      the same, and in the sample, too
#ifndef LACUNA_BENCH_TABLE_H
#define LACUNA_BENCH_TABLE_H

#include <stdbool.h>
#include <stddef.h>

typedef struct TableSection {
  const char *name; // NULL ends a list of sections
  int cells;
} TableSection;

typedef struct TableRow {
  const char *file, *section;
  int line, count;
  char **cell;
  bool sampled;
} TableRow;

typedef struct Table {
  TableRow *rows;
  size_t count, room;
} Table;

// Adds the rows of a file, whose sections must be of one of the two lists. False after a message with file and line.
bool table_read(const char *path, const TableSection *known, const TableSection *also, Table *table);

// The row of a section after `row`, the first one after NULL; NULL at the end.
const TableRow *table_next(const Table *table, const char *section, const TableRow *row);

bool table_number(const TableRow *row, int cell, double *value); // false after a message

#endif
