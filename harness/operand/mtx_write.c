// Writes a matrix by its nonzeros as Matrix Market text.
#include "harness/operand/mtx_write.h"
#include "gen/base/output.h"

#include <inttypes.h>

bool mtx_write(const char *path, const Csr *csr) {
  Output output;
  if (!output_open(&output, path)) return false;
  fprintf(output.file, "%%%%MatrixMarket matrix coordinate integer general\n%" PRId64 " %" PRId64 " %" PRId64 "\n",
          csr->rows, csr->cols, csr->entries);
  for (int64_t r = 0; r < csr->used; r++)
    for (int64_t e = csr->first[r]; e < csr->first[r + 1]; e++)
      fprintf(output.file, "%d %d %d\n", csr->row[r] + 1, csr->col[e] + 1, csr->data[e]);
  return output_commit(&output);
}
