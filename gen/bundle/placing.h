// How a bundle gets into its folder: written aside, inside the folder, and moved into place file by file, the manifest
// last. A folder with a manifest holds a whole bundle, one without holds none.
#ifndef LACUNA_PLACING_H
#define LACUNA_PLACING_H

#include <limits.h>
#include <stdbool.h>
#include <stdio.h>

#define PLACING_MANIFEST "manifest.json"
#define PLACING_LIST     "lacuna.f"
#define PLACING_SIM_LIST "lacuna_sim.f"

typedef struct Placing {
  const char *folder; // as the user named it
  char aside[PATH_MAX];
  int lock;
  bool made; // the folder was not there before
} Placing;

// Makes the folder, with those above it, waits until no other process writes a bundle there, and makes `aside`, into
// which all files go. False after a message; then nothing is left.
bool placing_begin(Placing *placing, const char *folder);

// The files of `aside` take the place of those of the bundle that was there before, by its manifest; its other files
// go. False after a message, with the folder as it was, if a file would take the place of one that is of no bundle.
bool placing_commit(Placing *placing);

void placing_abandon(Placing *placing);

// Names what lies in a bundle's folder and is not the bundle's.
void placing_tell_others(const char *folder, FILE *out);

#endif
