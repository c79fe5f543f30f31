// Reads NumPy arrays of operands whatever the file says about itself: each claim of the header is checked against the
// size of the file before memory is taken for it.
#include "harness/operand/npy.h"
#include "gen/base/error.h"
#include "harness/base/suffix.h"
#include "harness/operand/input.h"

#include <ctype.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { PREFIX = 8, HEADER_MAX = 1 << 16, CHUNK = 4096 };

typedef struct Dtype {
  const char *code, *name; // NumPy's, the code without the byte order
  char kind;               // i signed, u unsigned, f floating, b bool
  unsigned size;           // bytes
} Dtype;

static const Dtype dtypes[] = {
    {"i1", "int8", 'i', 1},    {"i2", "int16", 'i', 2},   {"i4", "int32", 'i', 4},   {"i8", "int64", 'i', 8},
    {"u1", "uint8", 'u', 1},   {"u2", "uint16", 'u', 2},  {"u4", "uint32", 'u', 4},  {"u8", "uint64", 'u', 8},
    {"f2", "float16", 'f', 2}, {"f4", "float32", 'f', 4}, {"f8", "float64", 'f', 8}, {"b1", "bool", 'b', 1},
};

#define LEGAL_DTYPES "bool int8 int16 int32 int64 uint8 uint16 uint32 uint64 float16 float32 float64"

// What is to be done with a type that is not read, by its first letter.
typedef struct Foreign {
  char kind;
  const char *advice;
} Foreign;

static const Foreign foreign[] = {
    {'c', "save its real part, array.real"},
    {'O', "make numbers of the objects: array.astype(numpy.float32)"},
    {'U', "make numbers of the texts: array.astype(numpy.float32)"},
    {'S', "make numbers of the texts: array.astype(numpy.float32)"},
    {'V', "bfloat16 and the like are not NumPy's: array.astype(numpy.float32) before it is saved"},
};

// An open file and what its header has told so far.
typedef struct Npy {
  const char *path;
  FILE *file;
  uint64_t bytes;  // size of the file, where `packed` at most
  bool packed;     // how much comes out is seen at the end only
  uint64_t offset; // of the header's text, later of the data
  const char *text, *at;
  const Dtype *dtype;
  bool big, fortran;
  int ndim;
  int64_t shape[TENSOR_DIMS];
} Npy;

static bool header_error(const Npy *npy, const char *wrong) {
  return error_at_offset(npy->path, npy->offset + (uint64_t)(npy->at - npy->text),
                         "%s; a .npy header reads {'descr': '<i4', 'fortran_order': False, 'shape': (2, 3), }", wrong);
}

static void skip_space(Npy *npy) {
  npy->at += strspn(npy->at, " \t\r\n");
}

static bool take(Npy *npy, const char *token) {
  skip_space(npy);
  size_t length = strlen(token);
  if (strncmp(npy->at, token, length)) return false;
  npy->at += length;
  return true;
}

// A quoted word of at most size - 1 characters.
static bool take_word(Npy *npy, char *word, size_t size) {
  skip_space(npy);
  if (*npy->at && strchr("ub", *npy->at)) npy->at++; // as Python 2 marks some words
  char quote = *npy->at;
  if (quote != '\'' && quote != '"') return false;
  const char *end = strchr(npy->at + 1, quote);
  if (!end || (size_t)(end - npy->at) > size) return false;
  size_t length = (size_t)(end - npy->at - 1);
  memcpy(word, npy->at + 1, length);
  word[length] = 0;
  npy->at = end + 1;
  return true;
}

static bool parse_descr(Npy *npy) {
  char word[24];
  skip_space(npy);
  const char *start = npy->at;
  if (!take_word(npy, word, sizeof word))
    return header_error(
        npy,
        "the dtype is not a short word (arrays of records or objects are not operands: save one field, array['name'])");
  const char *code = word + (strchr("<>|=", word[0]) ? 1 : 0);
  npy->big = word[0] == '>';
  for (size_t i = 0; i < sizeof dtypes / sizeof dtypes[0]; i++)
    if (!strcmp(code, dtypes[i].code) || !strcmp(word, dtypes[i].name)) npy->dtype = &dtypes[i];
  if (npy->dtype) return true;
  const char *advice = "array.astype(numpy.float32), for instance";
  for (size_t i = 0; i < sizeof foreign / sizeof foreign[0]; i++)
    if (*code == foreign[i].kind) advice = foreign[i].advice;
  for (char *c = word; *c; c++)
    if (!isprint((unsigned char)*c)) *c = '?';
  return error_at_offset(npy->path, npy->offset + (uint64_t)(start - npy->text),
                         "the dtype '%s' is not for operands; convert the array to one of " LEGAL_DTYPES ": %s", word,
                         advice);
}

static bool parse_order(Npy *npy) {
  npy->fortran = take(npy, "True");
  return npy->fortran || take(npy, "False") || header_error(npy, "fortran_order is neither True nor False");
}

static bool parse_size(Npy *npy) {
  skip_space(npy);
  size_t digits = strspn(npy->at, "0123456789");
  if (!digits || digits > 18) return header_error(npy, "a size in the shape is no number of 1 to 18 digits");
  if (npy->ndim == TENSOR_DIMS)
    return error_at_offset(npy->path, npy->offset + (uint64_t)(npy->at - npy->text),
                           "the array has more than %d dimensions; operands have 2 to 4, reshape it", TENSOR_DIMS);
  npy->shape[npy->ndim++] = strtoll(npy->at, NULL, 10);
  npy->at += digits;
  npy->at += *npy->at == 'L'; // a long of Python 2
  return true;
}

static bool parse_shape(Npy *npy) {
  if (!take(npy, "(")) return header_error(npy, "the shape does not begin with (");
  npy->ndim = 0;
  while (!take(npy, ")")) {
    if (npy->ndim && !take(npy, ",")) return header_error(npy, "the shape lacks a comma or )");
    if (npy->ndim && take(npy, ")")) break;
    if (!parse_size(npy)) return false;
  }
  return true;
}

typedef struct Key {
  const char *name;
  bool (*parse)(Npy *npy);
} Key;

static const Key keys[] = {{"descr", parse_descr}, {"fortran_order", parse_order}, {"shape", parse_shape}};

enum { KEYS = sizeof keys / sizeof keys[0] };

static bool parse_pair(Npy *npy, unsigned *seen) {
  char word[24];
  if (!take_word(npy, word, sizeof word)) return header_error(npy, "a key is missing");
  for (unsigned i = 0; i < KEYS; i++) {
    if (strcmp(word, keys[i].name) || (*seen & 1u << i)) continue;
    *seen |= 1u << i;
    return take(npy, ":") ? keys[i].parse(npy) : header_error(npy, "a : is missing");
  }
  return header_error(npy, "a key is unknown or there twice");
}

static bool parse_header(Npy *npy) {
  unsigned seen = 0;
  if (!take(npy, "{")) return header_error(npy, "the header does not begin with {");
  while (!take(npy, "}")) {
    if (!parse_pair(npy, &seen)) return false;
    if (!take(npy, ",") && *npy->at != '}') return header_error(npy, "a comma or } is missing");
  }
  if (seen != (1u << KEYS) - 1) return header_error(npy, "one of descr, fortran_order and shape is missing");
  skip_space(npy);
  return *npy->at ? header_error(npy, "there is text behind the }") : true;
}

// Magic number, version and length of the header's text; returns the text, to be freed, or NULL after a message.
static char *read_header(Npy *npy, size_t *length) {
  unsigned char head[PREFIX + 4];
  size_t got = fread(head, 1, PREFIX + 2, npy->file);
  if (input_damaged(npy->path, npy->file)) return NULL;
  if (got < PREFIX + 2 || memcmp(head, "\x93NUMPY", 6)) {
    error_at_offset(npy->path, 0, "no .npy file (%" PRIu64 " bytes, no NumPy magic number); write it with numpy.save",
                    npy->bytes);
    return NULL;
  }
  if (head[6] < 1 || head[6] > 3) {
    error_at_offset(npy->path, 6, "unknown .npy version %d.%d; 1.0, 2.0 and 3.0 are known", head[6], head[7]);
    return NULL;
  }
  npy->offset = head[6] == 1 ? PREFIX + 2 : PREFIX + 4;
  *length = (size_t)(head[8] | head[9] << 8);
  if (head[6] > 1) {
    if (fread(head + PREFIX + 2, 1, 2, npy->file) < 2) head[10] = head[11] = 0xff;
    *length |= (size_t)head[10] << 16 | (size_t)head[11] << 24;
  }
  if (*length > HEADER_MAX || npy->offset + *length > npy->bytes) {
    error_at_offset(npy->path, PREFIX,
                    "the header claims %zu bytes, the file has %" PRIu64
                    " in all (%d is the most allowed); the file is cut short or damaged",
                    *length, npy->bytes, HEADER_MAX);
    return NULL;
  }
  char *text = calloc(*length + 1, 1);
  if (text && fread(text, 1, *length, npy->file) == *length) return text;
  if (!input_damaged(npy->path, npy->file))
    error_at_offset(npy->path, npy->offset, "the header can't be read; the file is cut short or memory is short");
  free(text);
  return NULL;
}

static bool wrong_size(const Npy *npy, const char *more, uint64_t have) {
  char text[TENSOR_TEXT];
  uint64_t need = (uint64_t)shape_count(npy->ndim, npy->shape) * npy->dtype->size;
  return error_at_offset(npy->path, npy->offset,
                         "the shape %s needs %" PRIu64 " bytes of data, the file has %s%" PRIu64 "; it is %s",
                         shape_text(npy->ndim, npy->shape, text), need, more, have,
                         have < need ? "cut short, or its header is wrong" : "longer than its header says");
}

static bool check_size(const Npy *npy) {
  char why[TENSOR_WHY];
  int64_t count = shape_count(npy->ndim, npy->shape);
  if (count < 0)
    return error_at_offset(npy->path, npy->offset, "the shape %s", shape_refusal(npy->ndim, npy->shape, why));
  uint64_t need = (uint64_t)count * npy->dtype->size, have = npy->bytes - npy->offset;
  return need == have || (npy->packed && need < have) || wrong_size(npy, npy->packed ? "at most " : "", have);
}

static uint64_t load_bits(const unsigned char *bytes, unsigned size, bool big) {
  uint64_t bits = 0;
  for (unsigned i = 0; i < size; i++)
    bits |= (uint64_t)bytes[big ? size - 1 - i : i] << 8 * i;
  return bits;
}

static double half_value(uint64_t bits) {
  int exponent = (int)(bits >> 10 & 31);
  double fraction = (double)(bits & 1023);
  double value = exponent == 31 ? (fraction > 0 ? (double)NAN : (double)INFINITY)
                 : exponent     ? ldexp(fraction + 1024, exponent - 25)
                                : ldexp(fraction, -24);
  return bits >> 15 ? -value : value;
}

static double single_value(uint64_t bits) {
  uint32_t word = (uint32_t)bits;
  float value;
  memcpy(&value, &word, sizeof value);
  return (double)value;
}

static double double_value(uint64_t bits) {
  double value;
  memcpy(&value, &bits, sizeof value);
  return value;
}

// Position in C order of element number `e` of a file in Fortran order.
static int64_t fortran_place(const Tensor *tensor, int64_t e) {
  int64_t place = 0, stride = tensor_count(tensor);
  for (int i = 0; i < tensor->ndim; i++) {
    stride /= tensor->shape[i];
    place += e % tensor->shape[i] * stride;
    e /= tensor->shape[i];
  }
  return place;
}

static bool store_element(const Npy *npy, Tensor *tensor, int64_t e, const unsigned char *bytes) {
  const Dtype *dtype = npy->dtype;
  uint64_t bits = load_bits(bytes, dtype->size, npy->big), offset = npy->offset + (uint64_t)e * dtype->size;
  int64_t place = npy->fortran ? fortran_place(tensor, e) : e;
  if (dtype->kind == 'f') {
    tensor->real[place] = dtype->size == 2   ? half_value(bits)
                          : dtype->size == 4 ? single_value(bits)
                                             : double_value(bits);
    return isfinite(tensor->real[place]) ||
           error_at_offset(npy->path, offset, "element %" PRId64 " is %s; operands must be finite", place,
                           isnan(tensor->real[place]) ? "not a number" : "infinite");
  }
  unsigned unused = 64 - 8 * dtype->size;
  int64_t value = (int64_t)(bits << unused) >> unused;
  if (dtype->kind == 'b') value = bits != 0;
  if (dtype->kind == 'u') value = (int64_t)bits;
  if (value < INT32_MIN || value > INT32_MAX || (dtype->kind == 'u' && bits > INT32_MAX)) {
    char text[24];
    snprintf(text, sizeof text, dtype->kind == 'u' ? "%" PRIu64 : "%" PRId64, value);
    return error_at_offset(npy->path, offset,
                           "element %" PRId64 " is %s; integers must fit 32 bits, floats of operands are quantised: "
                           "array.astype(numpy.float64)",
                           place, text);
  }
  tensor->data[place] = (int32_t)value;
  return true;
}

static bool read_data(const Npy *npy, Tensor *tensor) {
  unsigned char chunk[CHUNK * 8];
  int64_t count = tensor_count(tensor);
  for (int64_t done = 0; done < count; done += CHUNK) {
    size_t now = (size_t)(count - done < CHUNK ? count - done : CHUNK);
    size_t got = fread(chunk, npy->dtype->size, now, npy->file);
    if (input_damaged(npy->path, npy->file)) return false;
    if (got != now) return wrong_size(npy, "", ((uint64_t)done + got) * npy->dtype->size);
    for (size_t i = 0; i < now; i++)
      if (!store_element(npy, tensor, done + (int64_t)i, chunk + i * npy->dtype->size)) return false;
  }
  if (getc(npy->file) != EOF) return wrong_size(npy, "more than ", (uint64_t)count * npy->dtype->size + 1);
  return !input_damaged(npy->path, npy->file);
}

static bool read_open(Npy *npy, Tensor *tensor) {
  size_t length;
  char *text = read_header(npy, &length);
  if (!text) return false;
  npy->text = npy->at = text;
  bool good = strlen(text) == length ? parse_header(npy) : header_error(npy, "the header holds a zero byte");
  npy->offset += length;
  free(text);
  if (!good || !check_size(npy)) return false;
  if (!tensor_make(tensor, npy->ndim, npy->shape, npy->dtype->kind == 'f'))
    return error_at(npy->path, 0, 0, "memory is too short for this array; use a smaller one");
  if (read_data(npy, tensor)) return true;
  tensor_free(tensor);
  return false;
}

bool npy_read(const char *path, Tensor *tensor) {
  *tensor = (Tensor){0};
  Input input;
  bool array = suffix_kind(path) == FILE_NPZ;
  if (!(array ? input_open_array(path, &input) : input_open(path, &input))) return false;
  Npy npy = {.path = path, .file = input.file, .bytes = input.bytes, .packed = input.packed};
  bool good = read_open(&npy, tensor);
  fclose(npy.file);
  return good;
}
