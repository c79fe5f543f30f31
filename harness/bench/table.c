// Reads tables; every row is checked against the number of cells of its section.
#include "harness/bench/table.h"
#include "gen/base/error.h"
#include "harness/bench/text.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Reader {
  const char *path;
  const TableSection *known, *also, *section; // section: of the rows that come
  int line;
  Table *table;
} Reader;

static char *trimmed(char *text) {
  char *end = text + strlen(text);
  while (end > text && isspace((unsigned char)end[-1]))
    *--end = '\0';
  while (isspace((unsigned char)*text))
    text++;
  return text;
}

static const TableSection *find_section(const TableSection *list, const char *name) {
  for (; list && list->name; list++)
    if (!strcmp(list->name, name)) return list;
  return NULL;
}

static bool begin_section(Reader *r, char *line) {
  char *end = strchr(line, ']');
  if (!end || end[1]) return error_at(r->path, r->line, 1, "a section is a line [name]");
  *end = '\0';
  r->section = find_section(r->known, line + 1);
  if (!r->section) r->section = find_section(r->also, line + 1);
  return r->section || error_at(r->path, r->line, 2, "this page has no section `%s`", line + 1);
}

static int split(char *line, char **cells, int most) {
  int count = 0;
  for (char *next = line; next; count++) {
    char *cell = next;
    next = strchr(cell, '|');
    if (next) *next++ = '\0';
    if (count < most) cells[count] = trimmed(cell);
  }
  return count;
}

static bool add_row(Reader *r, char *line) {
  if (!r->section) return error_at(r->path, r->line, 1, "a row before the first section; expected [name]");
  Table *t = r->table;
  TableRow row = {.file = r->path, .section = r->section->name, .line = r->line, .sampled = *line == '*'};
  char **cells = calloc((size_t)r->section->cells, sizeof *cells);
  row.cell = cells;
  row.count = cells ? split(trimmed(text_of("%s", line + row.sampled)), cells, r->section->cells) : 0;
  if (row.count != r->section->cells) {
    free(cells);
    return error_at(r->path, r->line, 1, "%d cells; a row of [%s] has %d", row.count, row.section, r->section->cells);
  }
  t->rows = text_grow(t->rows, t->count, &t->room, sizeof *t->rows);
  t->rows[t->count++] = row;
  return true;
}

static bool read_line(Reader *r, char *line) {
  r->line++;
  line = trimmed(line);
  if (!*line || *line == '#') return true;
  return *line == '[' ? begin_section(r, line) : add_row(r, line);
}

bool table_read(const char *path, const TableSection *known, const TableSection *also, Table *table) {
  FILE *file = fopen(path, "r");
  if (!file) return error_at(path, 0, 0, "%s", strerror(errno));
  Reader reader = {.path = path, .known = known, .also = also, .table = table};
  char *line = NULL;
  size_t size = 0;
  bool good = true;
  while (good && getline(&line, &size, file) >= 0)
    good = read_line(&reader, line);
  free(line);
  fclose(file);
  return good;
}

const TableRow *table_next(const Table *table, const char *section, const TableRow *row) {
  size_t at = row ? (size_t)(row - table->rows) + 1 : 0;
  for (; at < table->count; at++)
    if (!strcmp(table->rows[at].section, section)) return &table->rows[at];
  return NULL;
}

bool table_number(const TableRow *row, int cell, double *value) {
  char *end;
  *value = strtod(row->cell[cell], &end);
  if (end > row->cell[cell] && !*end) return true;
  return error_at(row->file, row->line, 0, "`%s` of [%s] is no number", row->cell[cell], row->section);
}
