// NumPy's .npy files: reader for operands, writer for results.
// Source of the format: numpy/lib/format.py and NEP 1.
#ifndef LACUNA_NPY_H
#define LACUNA_NPY_H

#include "harness/operand/tensor.h"

typedef enum NpyType { NPY_INT8, NPY_INT32, NPY_FLOAT32 } NpyType;

// Versions 1 to 3, C or Fortran order, either byte order, with or without gzip, also from archives (ARCHIVE.npz, or
// ARCHIVE.npz:ARRAY if it holds several): integers of 8 to 64 bits with or without sign (values must fit int32) and
// bool (0 and 1) into data, float16 float32 float64 (NaN and infinity are errors) into real. The result is in C order,
// with at least one element. False, a message with the file and the byte offset, and an empty tensor for anything else.
bool npy_read(const char *path, Tensor *tensor);

// Version 1.0, C order, little endian. The tensor holds integers that fit the type, or reals for NPY_FLOAT32.
// False and a message on failure; no partial file is left.
bool npy_write(const char *path, const Tensor *tensor, NpyType type);

#endif
