// Arrays in .npz archives, which are zip files of .npy files.
#ifndef LACUNA_ZIP_H
#define LACUNA_ZIP_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

// Opens the array that `name` says as ARCHIVE.npz:ARRAY, or the only one of ARCHIVE.npz; *bytes is its size. The source
// is the open archive, archive_bytes long; it is closed. NULL after a message.
FILE *zip_open(const char *name, const char *array, FILE *source, uint64_t archive_bytes, uint64_t *bytes);

// Whether the open archive, which stays so, has an array of this name; says nothing.
bool zip_holds(const char *array, FILE *source, uint64_t archive_bytes);

#endif
