// Where the files lie that the tool needs at run time: leaves to copy, sources of the simulation shim to compile.
#ifndef LACUNA_PATHS_H
#define LACUNA_PATHS_H

#include <stdbool.h>
#include <stddef.h>

// The folder that holds rtl/ and sim/: two levels above the executable's file (build/lacuna in the source tree), or
// ../share/lacuna from its folder (PREFIX/bin/lacuna), or $LACUNA_HOME if that is set. False: none of them has `name`.
// paths_find("rtl", ...) gives the folder itself, "" the folder above; the result is absolute.
bool paths_find(const char *name, char *path, size_t size);

// A file of a leaf in any folder of rtl. False after a message if it is not there.
bool paths_leaf(const char *rtl, const char *name, char *path, size_t size);

// NAME in the folder of bundles and models: build of the current folder, or $LACUNA_BUILD if that is set. False after a
// message if the path is too long.
bool paths_build(const char *name, char *path, size_t size);

// Whether that folder can be written, or made; a message otherwise. Nothing is made.
bool paths_check_build(void);

#endif
