// What a page's tables are made of: works, each run by one or more configurations and modes.
#ifndef LACUNA_BENCH_RUNS_H
#define LACUNA_BENCH_RUNS_H

#include "harness/bench/table.h"

#include <jansson.h>
#include <stdint.h>

typedef struct Work {
  const char *table, *group, *name; // where it stands in the page
  const char *wanted;               // what its table wants to know of it
  int times;                        // how often a network has it
  bool int32;                       // results; else int8
  bool rtl;                         // on the RTL, not in the cycle model
  const char *verb, *operands;
  int first, count;    // its runs
  const char *refused; // expected, and so it was: what the program says; no run is in a table
} Work;

typedef struct Run {
  int work;
  const char *config, *mode; // mode: as asked for, "-" if the verb has none
  const char *command;       // whole
  const char *folder;        // that it ran in
  json_t *report;
  bool rtl;
  const char *taken, *packing; // mode; of B, "-" if there is none
  int64_t m, n, k, cycles, engine, dense;
  int64_t bytes_a, bytes_b, bytes_meta, bytes_c;
  double density_a, density_b;
} Run;

typedef struct Runs {
  Work *works;
  Run *runs;
  size_t work_count, work_room, run_count, run_room;
} Runs;

// `configurations`: "NAME:MODE NAME:MODE ..."
void runs_add(Runs *runs, Work work, const char *configurations);

// Takes what a report says, of a chain what that says of all its layers. False, with what is wrong in *why, if it is
// not one of a right run: a value is wrong, or the cycle model gives other cycles than the RTL.
bool run_take(Run *run, json_t *report, const char **why);

const Work *run_work(const Runs *runs, const Run *run);
int64_t run_number(const Run *run, const char *name); // of the report: "least_bytes", "split.multiply"
double run_real(const Run *run, const char *name);
int64_t run_bytes(const Run *run);     // all that were moved
const char *run_by(const Run *run);    // "RTL", "model"
const char *run_shape(const Run *run); // "M x N x K"

// The run of a work by a configuration in a mode ("" : any); NULL if there is none.
const Run *work_run(const Runs *runs, const Work *work, const char *config, const char *mode);
// The first work of this place that is not refused; wanted NULL: any.
const Work *work_find(const Runs *runs, const char *table, const char *group, const char *name, const char *wanted);

// The work after `work` of a table that is not refused, the first one after NULL; NULL at the end. table NULL: any.
const Work *work_next(const Runs *runs, const char *table, const Work *work);

json_t *runs_json(const Runs *runs); // a list, each run with the fields that stand in results/*.json

#endif
