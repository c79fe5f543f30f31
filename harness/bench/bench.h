// One page of docs/results: how it is made, and what is known while it is.
//
// A page NAME has a table of work and required figures, NAME.txt, a text with places for its tables, NAME.md, and the
// functions of a PageKind. It is listed, timed, run, judged, filled and written, in this order; it is written only if
// every run is right and every figure that is missed has its reason.
#ifndef LACUNA_BENCH_H
#define LACUNA_BENCH_H

#include "harness/bench/figures.h"
#include "harness/bench/means.h"
#include "harness/bench/runs.h"
#include "harness/bench/table.h"
#include "harness/bench/tasks.h"
#include "harness/bench/timing.h"

#include <stdio.h>

enum { BUS_BYTES = 16 }; // a cycle, each way, of the default memory that every page names

typedef struct Bench Bench;

typedef struct PageKind {
  const char *name, *engine;
  const TableSection *sections; // of ENGINE/NAME.txt, beside those of every page
  bool (*list)(Bench *b);       // adds works, writes their operands; false after a message
  bool (*judge)(Bench *b);      // NULL, or what must be known before the first table
  // The table for a line "@word ..." of ENGINE/NAME.md. False: there is no such table.
  bool (*fill)(Bench *b, FILE *out, char **words, int count);
  json_t *(*json)(Bench *b); // the list "runs" of NAME.json; NULL: runs_json
} PageKind;

struct Bench {
  const PageKind *kind;
  bool sample;       // a few works, all but marked ones in the cycle model, nothing is timed
  bool again;        // nothing runs: the reports of the last time
  bool resume;       // only what did not end the last time runs
  bool time_anew;    // but the times are measured
  const char *root;  // of the source tree
  const char *place; // folder of this page's runs
  const char *tables, *out;
  bool has_data; // PLACE/data is LACUNA_DATA, and there are layers
  Table table;
  Figures figures;
  Runs runs;
  Times times;
  Means means;
  void *state; // of the page
};

// Pages of each family of engines that has any, the last one NULL.
#define FAMILY(family) extern const PageKind *const pages_##family[] __attribute__((weak));
#include "gen/rows/engines.h"

bool bench_page(Bench *b); // all of it; false after a message

// Whether a row of a table takes part, and whether it runs on the RTL: cell is "RTL" or "model".
bool bench_wants(const Bench *b, const TableRow *row);
bool bench_rtl(const Bench *b, const TableRow *row, int cell);

const char *bench_path(const Bench *b, const char *name); // in the page's place, whole

// ---- execute.c

bool place_make(Bench *b);                            // the folder, the program and what commands name
const char *place_folder(Bench *b, const char *name); // for a task, in the place; NULL after a message
// Tasks beside the runs; those that ended before do not run again, if so is wished. False after a message for each that
// failed.
bool tasks_beside(Bench *b, const char *title, Task *tasks, size_t count);
bool runs_execute(Bench *b); // false after a message for each run that went wrong

// ---- page.c

bool page_write(Bench *b);

#endif
