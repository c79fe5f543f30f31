// The bundle: everything a user takes into their own flow, written to one folder.
//   lac_*.v        generated modules and the leaves they use, copied byte for byte
//   lacuna.f       file list for synthesis; lacuna_sim.f the same with behavioural memories
//   lacuna_regs.h  registers, errors and sizes for a C driver
//   manifest.json  ports, registers, errors, plan, files
#ifndef LACUNA_BUNDLE_H
#define LACUNA_BUNDLE_H

#include "gen/hdl.h"
#include "gen/plan.h"

// Builds, checks and writes the bundle of a plan. `config` is the configuration as the user named it (file headers
// quote its base name), `rtl` the folder of the leaves. False, after reporting, if the folder cannot be written; no
// partial file is left.
bool bundle_write(const Plan *plan, const char *config, const char *rtl, const char *dir);

// The parts, in memory: the generated modules, and the texts of the other files.
Design *bundle_design(const Plan *plan, const char *config);
void bundle_header(const Plan *plan, FILE *out);
bool bundle_manifest(const Design *design, const Plan *plan, FILE *out);

#endif
