// The verbs run and conv: load, quantise, pack, run, compare, report.
#ifndef LACUNA_EXPERIMENT_H
#define LACUNA_EXPERIMENT_H

#include "harness/options.h"

// Returns the exit status of the program. Files named by --out and --json are written only for correct results, but the
// report also for a mismatch, and the result too with --keep.
int experiment_run(const Options *options);

#endif
