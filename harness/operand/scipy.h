// Matrices in the archives of scipy.sparse.save_npz, formats csr and csc.
#ifndef LACUNA_SCIPY_H
#define LACUNA_SCIPY_H

#include "harness/operand/tensor.h"

// Whether the name is that of an archive of scipy.sparse, whatever the format, without one of its arrays; says nothing.
bool scipy_is_matrix(const char *path);

// As mtx_read (harness/operand/matrix_text.h). Entries of one place are added, as SciPy does; values are those that
// npy_read takes. False after a message.
bool scipy_read(const char *path, bool sparse, Tensor *tensor);

#endif
