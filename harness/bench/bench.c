// A page from its table to its files.
#include "harness/bench/bench.h"
#include "harness/bench/text.h"

#include <string.h>

static const TableSection common[] = {{"required", 3}, {"reasons", 2},  {"missed", 3},
                                      {"times", 6},    {"left_out", 4}, {0}};

bool bench_wants(const Bench *b, const TableRow *row) {
  return !b->sample || row->sampled;
}

bool bench_rtl(const Bench *b, const TableRow *row, int cell) {
  return !b->sample && !strcmp(row->cell[cell], "RTL");
}

bool bench_page(Bench *b) {
  b->figures =
      (Figures){.table = &b->table, .page = text_of("%s/%s/%s.txt", b->tables, b->kind->engine, b->kind->name)};
  return table_read(b->figures.page, common, b->kind->sections, &b->table) && place_make(b) && b->kind->list(b) &&
         times_measure(b) && runs_execute(b) && page_write(b);
}
