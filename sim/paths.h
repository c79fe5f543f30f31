// Where the files lie that the tool needs at run time: leaves to copy, sources of the simulation shim to compile.
#ifndef LACUNA_PATHS_H
#define LACUNA_PATHS_H

#include <stdbool.h>
#include <stddef.h>

// The folder that holds rtl/ and sim/: two levels above the executable's file (build/lacuna in the source tree), or
// ../share/lacuna from its folder (PREFIX/bin/lacuna), or $LACUNA_HOME if that is set. False: none of them has `name`.
// paths_find("rtl", ...) gives the folder itself, "" the folder above; the result is absolute.
bool paths_find(const char *name, char *path, size_t size);

#endif
