// Writes results as NumPy arrays, byte for byte what numpy.save writes.
#include "gen/base/error.h"
#include "gen/base/output.h"
#include "harness/operand/npy.h"

#include <inttypes.h>
#include <string.h>

typedef struct Format {
  const char *descr;
  int size;
} Format;

static const Format formats[] = {[NPY_INT8] = {"|i1", 1}, [NPY_INT32] = {"<i4", 4}, [NPY_FLOAT32] = {"<f4", 4}};

// The header ends with a line feed and is filled with spaces so that the data begin at a multiple of 64.
static void write_header(FILE *file, const Tensor *tensor, NpyType type) {
  char text[256];
  int length = snprintf(text, sizeof text, "{'descr': '%s', 'fortran_order': False, 'shape': (", formats[type].descr);
  for (int i = 0; i < tensor->ndim; i++)
    length += snprintf(text + length, sizeof text - (size_t)length, "%s%" PRId64, i ? ", " : "", tensor->shape[i]);
  length += snprintf(text + length, sizeof text - (size_t)length, "%s), }", tensor->ndim == 1 ? "," : "");
  int padded = (10 + length + 1 + 63) / 64 * 64 - 10;
  fwrite("\x93NUMPY\x01\x00", 1, 8, file);
  fputc(padded & 255, file);
  fputc(padded >> 8, file);
  fprintf(file, "%-*s\n", padded - 1, text);
}

static uint32_t element_bits(const Tensor *tensor, int64_t e, NpyType type) {
  if (type != NPY_FLOAT32) return (uint32_t)tensor->data[e];
  float value = tensor->real ? (float)tensor->real[e] : (float)tensor->data[e];
  uint32_t bits;
  memcpy(&bits, &value, sizeof bits);
  return bits;
}

bool npy_write(const char *path, const Tensor *tensor, NpyType type) {
  Output output;
  if (!output_open(&output, path)) return false;
  write_header(output.file, tensor, type);
  int64_t count = tensor_count(tensor);
  for (int64_t e = 0; e < count && !ferror(output.file); e++) {
    uint32_t bits = element_bits(tensor, e, type);
    for (int i = 0; i < formats[type].size; i++)
      fputc((int)(bits >> 8 * i & 255), output.file);
  }
  return output_commit(&output);
}
