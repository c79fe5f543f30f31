// Matrix Market files of results.
#ifndef LACUNA_MTX_WRITE_H
#define LACUNA_MTX_WRITE_H

#include "harness/operand/csr.h"

// Coordinate, integer, general, in the order of rows and columns. False and a message on failure; no partial file is
// left.
bool mtx_write(const char *path, const Csr *csr);

#endif
