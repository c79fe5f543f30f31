// Matrix Market files into tensors. A dense one is filled as the entries come; of a sparse one they are listed first.
#include "gen/base/error.h"
#include "harness/operand/input.h"
#include "harness/operand/matrix_text.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

typedef enum Field { FIELD_REAL, FIELD_INTEGER, FIELD_PATTERN } Field;
typedef enum Symmetry { GENERAL, SYMMETRIC, SKEW } Symmetry;

typedef struct Word {
  const char *name;
  int value;          // -1: known, but not for operands
  const char *reason; // of a -1
} Word;

enum { COORDINATE, ARRAY };

static const Word objects[] = {{"matrix", 0, NULL}, {"vector", -1, "a vector has one dimension"}, {NULL, 0, NULL}};

static const Word layouts[] = {{"coordinate", COORDINATE, NULL}, {"array", ARRAY, NULL}, {NULL, 0, NULL}};

static const Word fields[] = {
    {"real", FIELD_REAL, NULL},
    {"double", FIELD_REAL, NULL},
    {"integer", FIELD_INTEGER, NULL},
    {"unsigned-integer", FIELD_INTEGER, NULL}, // as SciPy writes it
    {"pattern", FIELD_PATTERN, NULL},
    {"complex", -1, "the datapath multiplies real numbers"},
    {NULL, 0, NULL},
};

static const Word symmetries[] = {
    {"general", GENERAL, NULL},
    {"symmetric", SYMMETRIC, NULL},
    {"skew-symmetric", SKEW, NULL},
    {"hermitian", -1, "Hermitian matrices are complex, the datapath multiplies real numbers"},
    {NULL, 0, NULL},
};

typedef struct Mtx {
  Lines lines;
  int layout, field, symmetry;
  int64_t rows, cols, entries;
  bool below, above; // of a symmetric matrix: entries on this side of the diagonal
  bool sparse;       // the tensor may be, later: is to be, out of the list
  CsrList list;
  Tensor *tensor;
} Mtx;

// The next word of the banner, which must stand in the list.
static bool take_banner_word(Lines *lines, const Word *list, int *value) {
  char name[32], legal[96] = "";
  size_t length = 0;
  if (!lines_at_end(lines)) length = strcspn(lines->at, " \t\r\n");
  snprintf(name, sizeof name, "%.*s", (int)length, length ? lines->at : "");
  for (const Word *word = list; word->name; word++) {
    if (strcasecmp(name, word->name)) continue;
    if (word->value < 0)
      return lines_error(lines, "%s is not for operands: %s; give a real matrix", name, word->reason);
    *value = word->value;
    lines->at += length;
    return true;
  }
  for (const Word *word = list; word->name; word++)
    if (word->value >= 0) strcat(strcat(legal, " "), word->name);
  if (!length) return lines_error(lines, "the banner ends too early; expected one of%s", legal);
  return lines_error(lines, "'%s' is not known here; expected one of%s", name, legal);
}

// "%%MatrixMarket" in any case, after blank lines and space; one % will do.
static bool take_magic(Lines *lines) {
  static const char magic[] = "MatrixMarket";
  bool more;
  while ((more = lines_next(lines)) && lines_at_end(lines))
    ;
  if (!more) return false;
  size_t marks = strspn(lines->at, "% \t"), length = sizeof magic - 1;
  if (!marks || strncasecmp(lines->at + marks, magic, length) || !strchr(" \t\n", lines->at[marks + length]))
    return false;
  lines->at += marks + length;
  return true;
}

static bool parse_banner(Mtx *mtx) {
  Lines *lines = &mtx->lines;
  int object;
  if (!take_magic(lines))
    return lines_error(lines,
                       "no Matrix Market banner; the first line reads %%%%MatrixMarket matrix coordinate real general");
  if (!take_banner_word(lines, objects, &object) || !take_banner_word(lines, layouts, &mtx->layout) ||
      !take_banner_word(lines, fields, &mtx->field) || !take_banner_word(lines, symmetries, &mtx->symmetry))
    return false;
  if (mtx->layout == ARRAY && mtx->field == FIELD_PATTERN)
    return lines_error(lines, "an array can't be a pattern; use coordinate");
  if (mtx->symmetry == SKEW && mtx->field == FIELD_PATTERN)
    return lines_error(lines, "a pattern has no signs, so it can't be skew-symmetric; write symmetric or integer");
  return true;
}

// Whether nothing is left in this line, but for a comment.
static bool at_end(Lines *lines) {
  return lines_at_end(lines) || *lines->at == '%';
}

// The next line that is neither blank nor a comment.
static bool next_content(Lines *lines) {
  while (lines_next(lines))
    if (!at_end(lines)) return true;
  return false;
}

static int64_t array_entries(const Mtx *mtx) {
  if (mtx->symmetry == GENERAL) return mtx->rows * mtx->cols;
  return mtx->rows * (mtx->rows + (mtx->symmetry == SKEW ? -1 : 1)) / 2;
}

static bool parse_sizes(Mtx *mtx) {
  Lines *lines = &mtx->lines;
  bool coordinate = mtx->layout == COORDINATE;
  const char *shape = coordinate ? "rows, columns and entries" : "rows and columns";
  char why[TENSOR_WHY];
  if (!next_content(lines)) return lines_error(lines, "the file ends before its sizes; expected %s", shape);
  if (*lines->at == '#') return lines_error(lines, "comments begin with %%, not #; expected %s", shape);
  if (!take_integer(lines, 0, INT64_MAX, &mtx->rows) || !take_integer(lines, 0, INT64_MAX, &mtx->cols) ||
      (coordinate && !take_integer(lines, 0, INT64_MAX, &mtx->entries)) || !at_end(lines))
    return lines_error(lines, "the sizes are wrong; expected %s as whole numbers", shape);
  lines->at = "";
  double most = (double)mtx->entries * (mtx->symmetry == GENERAL ? 1 : 2);
  Holding holding = matrix_holding(mtx->rows, mtx->cols, most, mtx->sparse && coordinate, why);
  if (holding == HELD_NOT) return lines_error(lines, "%s", why);
  mtx->sparse = holding == HELD_SPARSE;
  if (mtx->symmetry != GENERAL && mtx->rows != mtx->cols)
    return lines_error(lines, "a symmetric matrix of %" PRId64 " x %" PRId64 "; it must be square", mtx->rows,
                       mtx->cols);
  if (!coordinate) mtx->entries = array_entries(mtx);
  return true;
}

// Says what stands in the place of an entry's value.
static bool no_value(Mtx *mtx) {
  Lines *lines = &mtx->lines;
  const char *at = lines->at, *field = mtx->field == FIELD_INTEGER ? "integer" : "real";
  double real;
  if (at_end(lines))
    return lines_error(lines, "the entry has no value; the banner says %s, write pattern there if entries have none",
                       field);
  bool number = take_real(lines, &real);
  lines->at = at;
  if (number && mtx->field == FIELD_INTEGER)
    return lines_error(lines,
                       "no integer of 32 bits; the banner promises integers, write real there and they are quantised");
  lines_at_end(lines);
  return lines_error(lines, "no finite number: '%.*s'; expected the entry's value, as 3, -0.25 or 1.5e-3",
                     (int)strcspn(lines->at, " \t\r\n\v\f"), lines->at);
}

static bool take_value(Mtx *mtx, double *value) {
  int64_t integer = 1;
  if (mtx->field == FIELD_REAL) return take_real(&mtx->lines, value) || no_value(mtx);
  if (mtx->field == FIELD_INTEGER && !take_integer(&mtx->lines, -INT32_MAX, INT32_MAX, &integer)) return no_value(mtx);
  *value = (double)integer;
  return true;
}

static bool too_large_sum(const Mtx *mtx, long line) {
  return error_at(mtx->lines.path, line, 0, "entries of one place add up to more than 32 bits hold");
}

static bool no_memory(const Mtx *mtx) {
  return error_at(mtx->lines.path, 0, 0, "memory is too short for this matrix%s; use a smaller one",
                  mtx->sparse ? "" : " as a dense one");
}

static bool add_element(Mtx *mtx, int64_t row, int64_t col, double value) {
  int64_t place = row * mtx->cols + col;
  if (mtx->sparse) return csr_add(&mtx->list, (CsrEntry){place, value, mtx->lines.line}) || no_memory(mtx);
  if (mtx->tensor->real) {
    mtx->tensor->real[place] += value;
    return true;
  }
  int64_t sum = mtx->tensor->data[place] + (int64_t)value;
  if (labs(sum) > INT32_MAX) return too_large_sum(mtx, mtx->lines.line);
  mtx->tensor->data[place] = (int32_t)sum;
  return true;
}

// An entry and, where the matrix is symmetric, its mirror image: a file holds one of both.
static bool add_entry(Mtx *mtx, int64_t row, int64_t col, double value) {
  if (mtx->symmetry == SKEW && row == col && (value < 0 || value > 0))
    return lines_error(&mtx->lines, "a skew-symmetric matrix has no diagonal; drop the entry");
  if (!add_element(mtx, row, col, value)) return false;
  if (mtx->symmetry == GENERAL || row == col) return true;
  *(row > col ? &mtx->below : &mtx->above) = true;
  if (mtx->below && mtx->above)
    return lines_error(&mtx->lines, "entries on both sides of the diagonal; a symmetric file holds one, so leave the "
                                    "others out, or write general in the banner");
  return add_element(mtx, col, row, mtx->symmetry == SKEW ? -value : value);
}

// A row or column number, which count from 1.
static bool take_index(Mtx *mtx, const char *what, int64_t most, int64_t *index) {
  Lines *lines = &mtx->lines;
  const char *at = lines->at;
  if (take_integer(lines, 1, most, index)) {
    --*index;
    return true;
  }
  if (take_integer(lines, 0, 0, index)) {
    lines->at = at;
    return lines_error(lines, "%s 0; rows and columns count from 1, so add 1 to each index if this file counts from 0",
                       what);
  }
  if (*lines->at == '#') return lines_error(lines, "comments begin with %%, not #; expected the %s of an entry", what);
  return lines_error(lines, "no %s number, or outside the matrix; %ss are 1 to %" PRId64, what, what, most);
}

static bool take_place(Mtx *mtx, int64_t *row, int64_t *col) {
  return take_index(mtx, "row", mtx->rows, row) && take_index(mtx, "column", mtx->cols, col);
}

// Array files list columns from top to bottom, symmetric ones only the lower triangle.
static void next_place(const Mtx *mtx, int64_t *row, int64_t *col) {
  if (++*row < mtx->rows) return;
  ++*col;
  *row = mtx->symmetry == GENERAL ? 0 : mtx->symmetry == SKEW ? *col + 1 : *col;
}

// Coordinate files have an entry a line; the values of arrays may stand in any number of lines.
static bool next_entry(Mtx *mtx, int64_t done) {
  Lines *lines = &mtx->lines;
  if (mtx->layout == ARRAY && !at_end(lines)) return true;
  return next_content(lines) ||
         lines_error(lines, "the file ends after %" PRId64 " of %" PRId64 " entries; it is cut short", done,
                     mtx->entries);
}

static bool take_entry(Mtx *mtx, int64_t *row, int64_t *col, double *value) {
  Lines *lines = &mtx->lines;
  if (mtx->layout == ARRAY) return take_value(mtx, value);
  if (!take_place(mtx, row, col) || !take_value(mtx, value)) return false;
  if (at_end(lines)) return true;
  if (mtx->field == FIELD_PATTERN)
    return lines_error(lines, "text behind the entry; a pattern has no values: write real or integer in the banner");
  return lines_error(lines, "text behind the entry; one entry a line is expected");
}

// What follows the last entry.
static bool too_much(Mtx *mtx) {
  Lines *lines = &mtx->lines;
  const char *at = lines->at;
  double number;
  bool entry = take_real(lines, &number);
  lines->at = at;
  if (!entry) return lines_error(lines, "text behind the last entry; take it out");
  return lines_error(lines, "more entries than the %" PRId64 " promised; correct the sizes", mtx->entries);
}

static bool parse_entries(Mtx *mtx) {
  Lines *lines = &mtx->lines;
  int64_t row = mtx->layout == ARRAY && mtx->symmetry == SKEW, col = 0;
  lines->at = "";
  for (int64_t i = 0; i < mtx->entries; i++) {
    double value = 0;
    if (!next_entry(mtx, i) || !take_entry(mtx, &row, &col, &value) || !add_entry(mtx, row, col, value)) return false;
    if (mtx->layout == ARRAY) next_place(mtx, &row, &col);
  }
  return (at_end(lines) && !next_content(lines)) ? lines_whole(lines) : too_much(mtx);
}

static bool parse_file(Mtx *mtx) {
  int64_t line;
  if (!parse_banner(mtx) || !parse_sizes(mtx)) return false;
  bool real = mtx->field == FIELD_REAL;
  if (!mtx->sparse && !tensor_make(mtx->tensor, 2, (int64_t[]){mtx->rows, mtx->cols}, real)) return no_memory(mtx);
  if (!parse_entries(mtx)) return false;
  if (!mtx->sparse || tensor_build(mtx->tensor, mtx->rows, mtx->cols, real, &mtx->list, &line)) return true;
  return line < 0 ? no_memory(mtx) : too_large_sum(mtx, (long)line);
}

bool mtx_read(const char *path, bool sparse, Tensor *tensor) {
  *tensor = (Tensor){0};
  Mtx mtx = {.tensor = tensor, .sparse = sparse};
  if (!lines_open(&mtx.lines, path)) return false;
  bool good = parse_file(&mtx);
  if (!good) tensor_free(tensor);
  free(mtx.list.entry);
  lines_close(&mtx.lines);
  return good;
}
