// Builds what a backend loads: a Verilator model as a shared object, or an Icarus program with its VPI module.
#ifndef LACUNA_MODEL_BUILD_H
#define LACUNA_MODEL_BUILD_H

#include "sim/device/dut_backend.h"
#include <limits.h>

// A folder of the cache, locked until model_unlock: with others if it is fresh, else alone. The product may be loaded
// while it is locked.
typedef struct ModelFolder {
  char path[PATH_MAX]; // absolute
  char log[PATH_MAX];  // of the last build
  char key[32];        // content hash of everything that goes in
  int lock;            // -1: none
  bool fresh;          // the product is there and was made from this key
} ModelFolder;

// The Verilog files of a bundle, absolute paths in the order of lacuna_sim.f.
typedef struct FileList {
  char **paths;
  size_t count;
} FileList;

bool model_read_files(const char *bundle, FileList *files, DutError *error);
void model_free_files(FileList *files);

// Locks cache/name (made if missing), waiting for a process that builds it, and compares its key with the hash of the
// files, of the sources of sim/ named in `sources` (NULL-terminated) and of `options`. If it is not fresh the folder is
// emptied.
bool model_lock(const char *cache, const char *name, const FileList *files, const char *const *sources,
                const char *options, ModelFolder *folder, DutError *error);

// After a successful build: removes everything but the log and files whose names end in one of `keep`
// (NULL-terminated), then writes the key, without which nothing here counts. False: cannot write.
bool model_finish(ModelFolder *folder, const char *const *keep, DutError *error);
void model_unlock(ModelFolder *folder);
bool model_name_ends(const char *name, const char *const *ends);

// "what failed" and the first error in the log.
void model_build_failed(const ModelFolder *folder, const char *what, DutError *error);

#endif
