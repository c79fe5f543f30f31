// What the name of a file says of its contents, in capitals or not.
#ifndef LACUNA_SUFFIX_H
#define LACUNA_SUFFIX_H

#include <stdbool.h>

typedef enum FileKind { FILE_OTHER, FILE_NPY, FILE_NPZ, FILE_MTX, FILE_SMTX } FileKind;

// A suffix of compression behind it is passed over: w.npy.gz is FILE_NPY. ARCHIVE.npz:NAME is FILE_NPZ.
FileKind suffix_kind(const char *name);

// What to do with a file of a kind that is not read, in a few words; NULL if the name tells nothing.
const char *suffix_advice(const char *name);

// The array that ARCHIVE.npz:ARRAY names: behind the first such colon, as arrays may have colons in their names.
// NULL if none is named.
const char *suffix_member(const char *name);

bool suffix_is(const char *name, const char *suffix);

#endif
