// The verbs run and conv: load, quantise, pack, run, compare, report.
#ifndef LACUNA_EXPERIMENT_H
#define LACUNA_EXPERIMENT_H

#include "gen/spec/spec.h"
#include "harness/base/options.h"
#include "harness/choose/choose.h"
#include "harness/engine/engine_pack.h"
#include "harness/run/device.h"
#include "harness/run/report.h"

typedef struct Experiment {
  const Options *options;
  Spec spec;
  Plan plan;
  Workload workload;
  Chosen chosen; // mode, packing and image
  DeviceRun run;
  Report report;
  char bundle[256], trace[288]; // folder; waveform of a mismatch
  char sim[16], work[64];
  EngineFacts facts;
} Experiment;

// Returns the exit status of the program. Files named by --out and --json are written only for correct results, but the
// report also for a mismatch, and the result too with --keep.
int experiment_run(const Options *options);

// Parts of it, for runs of several jobs. experiment_bundle writes the Verilog, and says false after a message;
// experiment_describe fills in the report from operands and choice; then come the counters, those of the run or those
// that the cycle model predicts.
bool experiment_bundle(Experiment *e);
void experiment_describe(Experiment *e);
void experiment_counted(Experiment *e);
void experiment_predicted(Experiment *e);

#endif
