// The bundle: everything a user takes into their own flow, written to one folder.
//   lac_*.v        generated modules and the leaves they use, copied byte for byte
//   lacuna.f       file list for synthesis; lacuna_sim.f the same with behavioural memories
//   lacuna_regs.h  registers, errors and sizes for a C driver
//   lacuna.sdc     clock and delays of the ports
//   manifest.json  ports, registers, errors, plan, files
// With a name, so that a design can hold several accelerators, `NAME_` stands before the names of all modules, of the
// clock, and of all these files but the lists and the manifest, and in capitals before the macros of the header. Leaves
// are then copied with these names in them.
#ifndef LACUNA_BUNDLE_H
#define LACUNA_BUNDLE_H

#include "gen/base/arena.h"
#include "gen/bundle/placing.h"
#include "gen/hdl/hdl.h"
#include "gen/plan/plan.h"

#define BUNDLE_HEADER      "lacuna_regs.h"
#define BUNDLE_CONSTRAINTS "lacuna.sdc"

// A pass over all files that writes nothing: is the bundle there already?
typedef struct BundleCheck {
  char name[256]; // of the file at hand, and its text
  char *text;
  size_t size;
  bool differs;
} BundleCheck;

typedef struct Bundle {
  const Plan *plan;
  Design *design;
  const char *rtl; // folder of the leaves
  Placing place;
  BundleCheck *check; // NULL: files are written
  Arena arena;
  const char **leaves; // modules to copy, without prefix
  size_t leaf_count, leaf_room;
  const char **files; // all, relative to the folder
  size_t file_count, file_room;
} Bundle;

// Builds, checks and writes the bundle of a plan. `config` is the configuration as the user named it (file headers
// quote its base name), `rtl` the folder of the leaves, beside which constraints/ lies. A bundle that was in the folder
// goes, other files stay. False, after reporting, if the folder cannot be written; no partial bundle is left.
bool bundle_write(const Plan *plan, const char *config, const char *rtl, const char *dir);

// The parts, in memory: the generated modules, and the texts of the other files.
Design *bundle_design(const Plan *plan, const char *config);
void bundle_header(const Plan *plan, FILE *out);
bool bundle_manifest(const Bundle *bundle, FILE *out);

#endif
