// Suffixes of operands, and of files that strangers have in their place.
#include "harness/base/suffix.h"

#include <string.h>
#include <strings.h>

#define KINDS "operands are .npy, .npz, .mtx or .smtx, gzip allowed"

typedef struct Suffix {
  const char *text;
  FileKind kind;
  const char *advice; // of those that are not read
} Suffix;

#define MODEL  "models are not read; save each weight by itself with numpy.save(\"w.npy\", array)"
#define TORCH  "models are not read; save each weight by itself with numpy.save(\"w.npy\", tensor.numpy())"
#define TABLE  "tables are not read; " KINDS ": numpy.save(\"x.npy\", numpy.loadtxt(...)) makes one"
#define PACKED "packed folders are not read; unpack it and give a file in it; " KINDS
#define CONFIG "configurations come first, after the verb; " KINDS

static const Suffix suffixes[] = {
    {".npy", FILE_NPY, NULL},
    {".npz", FILE_NPZ, NULL},
    {".mtx", FILE_MTX, NULL},
    {".smtx", FILE_SMTX, NULL},
    {".onnx", FILE_OTHER, MODEL},
    {".tflite", FILE_OTHER, MODEL},
    {".h5", FILE_OTHER, MODEL},
    {".hdf5", FILE_OTHER, MODEL},
    {".keras", FILE_OTHER, MODEL},
    {".pb", FILE_OTHER, MODEL},
    {".ckpt", FILE_OTHER, MODEL},
    {".mlmodel", FILE_OTHER, MODEL},
    {".mlir", FILE_OTHER, MODEL},
    {".prototxt", FILE_OTHER, MODEL},
    {".caffemodel", FILE_OTHER, MODEL},
    {".pdmodel", FILE_OTHER, MODEL},
    {".gguf", FILE_OTHER, MODEL},
    {".pte", FILE_OTHER, MODEL},
    {".pt", FILE_OTHER, TORCH},
    {".pth", FILE_OTHER, TORCH},
    {".safetensors", FILE_OTHER, TORCH},
    {".pkl", FILE_OTHER, "pickles are not read; save the array with numpy.save(\"x.npy\", array)"},
    {".mat", FILE_OTHER,
     "MATLAB files are not read; save the array: numpy.save(\"x.npy\", scipy.io.loadmat(...)[...])"},
    {".csv", FILE_OTHER, TABLE},
    {".tsv", FILE_OTHER, TABLE},
    {".txt", FILE_OTHER, TABLE},
    {".dat", FILE_OTHER, TABLE},
    {".tar", FILE_OTHER, PACKED},
    {".tgz", FILE_OTHER, PACKED},
    {".zip", FILE_OTHER, PACKED},
    {".7z", FILE_OTHER, PACKED},
    {".yaml", FILE_OTHER, CONFIG},
    {".yml", FILE_OTHER, CONFIG},
};

static const char *const compressions[] = {".gz", ".bz2", ".xz", ".zst", ".lzma", ".lz4", ".z"};

// Whether the first `length` characters end so.
static bool ends_so(const char *name, size_t length, const char *suffix) {
  size_t tail = strlen(suffix);
  return length > tail && !strncasecmp(name + length - tail, suffix, tail);
}

bool suffix_is(const char *name, const char *suffix) {
  return ends_so(name, strlen(name), suffix);
}

static const Suffix *find(const char *name) {
  size_t length = strlen(name);
  for (size_t i = 0; i < sizeof compressions / sizeof *compressions; i++)
    if (ends_so(name, length, compressions[i])) {
      length -= strlen(compressions[i]);
      break;
    }
  for (const Suffix *s = suffixes; s < suffixes + sizeof suffixes / sizeof *suffixes; s++)
    if (ends_so(name, length, s->text)) return s;
  return NULL;
}

const char *suffix_member(const char *name) {
  const char *colon = strchr(name, ':');
  while (colon && !ends_so(name, (size_t)(colon - name), ".npz"))
    colon = strchr(colon + 1, ':');
  return colon ? colon + 1 : NULL;
}

FileKind suffix_kind(const char *name) {
  const Suffix *suffix = find(name);
  if (suffix_member(name)) return FILE_NPZ;
  return suffix ? suffix->kind : FILE_OTHER;
}

const char *suffix_advice(const char *name) {
  const Suffix *suffix = find(name);
  return suffix && !suffix_member(name) ? suffix->advice : NULL;
}
