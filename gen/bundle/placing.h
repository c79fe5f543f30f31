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

// Makes the folder, with those above it, and waits until no other process writes a bundle there. False after a message;
// then nothing is left.
bool placing_begin(Placing *placing, const char *folder);

// Whether a file of the folder has this text; without a message.
bool placing_has(const Placing *placing, const char *name, const char *text, size_t size);

// The end where all files are there already, which others may be reading: for make the list becomes new. False, without
// a message and without an end, if it can't.
bool placing_keep(Placing *placing);

// Makes `aside`, into which all files go; false after a message.
bool placing_write(Placing *placing);

// The files of `aside` take the place of those of the bundle that was there before, by its manifest; its other files
// go. False after a message, with the folder as it was, if a file would take the place of one that is of no bundle.
bool placing_commit(Placing *placing);

void placing_abandon(Placing *placing);

// Names what lies in a bundle's folder and is not the bundle's.
void placing_tell_others(const char *folder, FILE *out);

#endif
