// One printer for everything that is wrong with what a user gave: files, options, sizes.
// A message reads `what is wrong; what would be right` and is printed on stderr, one line, after its place.
// Both functions always return false, so that a reader can end with `return error_at(...)`.
#ifndef LACUNA_ERROR_H
#define LACUNA_ERROR_H

#include <stdbool.h>
#include <stdint.h>

// `file:line:column: message`. Lines and columns count from 1; a 0 leaves it (and the column after it) out.
// file NULL: the place is the command line, `lacuna: message`.
bool error_at(const char *file, long line, long column, const char *format, ...) __attribute__((format(printf, 4, 5)));

// `file: offset N: message`, for binary files; N counts bytes from 0.
bool error_at_offset(const char *file, uint64_t offset, const char *format, ...) __attribute__((format(printf, 3, 4)));

#endif
