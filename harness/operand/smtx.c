// DLMC's .smtx files: the pattern of a pruned weight matrix as compressed rows. A dense tensor is filled as the columns
// come; of a sparse one they are listed first.
#include "gen/base/error.h"
#include "harness/operand/input.h"
#include "harness/operand/matrix_text.h"

#include <inttypes.h>
#include <stdlib.h>
#include <strings.h>

enum { WORD = 24 }; // characters of an index and what parts it from the next one, at most
enum { COLUMNS_LINE = 3 };

#define TWICE "column %" PRId64 " comes twice in row %" PRId64 "; once is right"

typedef struct Smtx {
  Lines lines;
  int64_t rows, cols, entries;
  int64_t *offsets; // rows + 1
  bool sparse;      // the tensor may be, later: is to be, out of the list
  CsrList list;
  Tensor *tensor;
} Smtx;

static bool wrong_sizes(Lines *lines) {
  bool other = lines->text && !strncasecmp(lines->text, "%%MatrixMarket", 14);
  if (other) return lines_error(lines, "this is a Matrix Market file; name it .mtx");
  return lines_error(lines, "the sizes are wrong; the first line reads `rows, columns, nonzeros`");
}

static bool parse_sizes(Smtx *smtx) {
  Lines *lines = &smtx->lines;
  char why[TENSOR_WHY];
  if (!lines_next(lines) || !take_integer(lines, 0, INT64_MAX, &smtx->rows) ||
      !take_integer(lines, 0, INT64_MAX, &smtx->cols) || !take_integer(lines, 0, INT64_MAX, &smtx->entries) ||
      !lines_at_end(lines))
    return wrong_sizes(lines);
  Holding holding = matrix_holding(smtx->rows, smtx->cols, (double)smtx->entries, smtx->sparse, why);
  if (holding == HELD_NOT) return lines_error(lines, "%s", why);
  smtx->sparse = holding == HELD_SPARSE;
  int64_t count = smtx->rows * smtx->cols;
  if (smtx->entries > count)
    return lines_error(lines, "%" PRId64 " nonzeros; a matrix of %" PRId64 " x %" PRId64 " holds at most %" PRId64,
                       smtx->entries, smtx->rows, smtx->cols, count);
  lines->most += WORD * (size_t)(smtx->entries + smtx->rows);
  return true;
}

static bool parse_offsets(Smtx *smtx) {
  Lines *lines = &smtx->lines;
  smtx->offsets = calloc((size_t)smtx->rows + 1, sizeof smtx->offsets[0]);
  if (!smtx->offsets) return error_at(lines->path, 0, 0, "memory is too short for this matrix; use a smaller one");
  if (!lines_next(lines)) return lines_error(lines, "the file ends before its row offsets; it is cut short");
  for (int64_t row = 0; row <= smtx->rows; row++) {
    int64_t low = row ? smtx->offsets[row - 1] : 0, *offset = &smtx->offsets[row];
    if (lines_at_end(lines))
      return lines_error(lines, "%" PRId64 " row offsets; %" PRId64 " rows need %" PRId64, row, smtx->rows,
                         smtx->rows + 1);
    if (!take_integer(lines, low, row ? smtx->entries : 0, offset))
      return lines_error(lines, "the offset of row %" PRId64 " is wrong; offsets rise from 0 to %" PRId64, row,
                         smtx->entries);
  }
  if (smtx->offsets[smtx->rows] != smtx->entries || !lines_at_end(lines))
    return lines_error(lines, "the last of %" PRId64 " row offsets must be %" PRId64 ", the number of nonzeros",
                       smtx->rows + 1, smtx->entries);
  return true;
}

static bool no_memory(const Smtx *smtx) {
  return error_at(smtx->lines.path, 0, 0, "memory is too short for this matrix%s; use a smaller one",
                  smtx->sparse ? "" : " as a dense one");
}

static bool add(Smtx *smtx, int64_t row, int64_t col) {
  int64_t place = row * smtx->cols + col;
  if (smtx->sparse) return csr_add(&smtx->list, (CsrEntry){place, 1, 0}) || no_memory(smtx);
  int32_t *element = &smtx->tensor->data[place];
  if (*element) return lines_error(&smtx->lines, TWICE, col, row);
  *element = 1;
  return true;
}

static bool parse_row(Smtx *smtx, int64_t row) {
  Lines *lines = &smtx->lines;
  for (int64_t i = smtx->offsets[row]; i < smtx->offsets[row + 1]; i++) {
    int64_t col;
    if (lines_at_end(lines))
      return lines_error(lines, "%" PRId64 " column indices; %" PRId64 " nonzeros need as many", i, smtx->entries);
    if (!take_integer(lines, 0, smtx->cols - 1, &col))
      return lines_error(lines, "the column of nonzero %" PRId64 " is wrong; columns are 0 to %" PRId64, i,
                         smtx->cols - 1);
    if (!add(smtx, row, col)) return false;
  }
  return true;
}

static bool parse_columns(Smtx *smtx) {
  Lines *lines = &smtx->lines;
  if (!lines_next(lines) && smtx->entries)
    return lines_error(lines, "the file ends before its column indices; it is cut short");
  for (int64_t row = 0; row < smtx->rows; row++)
    if (!parse_row(smtx, row)) return false;
  do {
    if (!lines_at_end(lines)) return lines_error(lines, "text behind the last column index; the file should end here");
  } while (lines_next(lines));
  return lines_whole(lines);
}

// A column that comes twice has added up.
static bool build(Smtx *smtx) {
  Tensor *tensor = smtx->tensor;
  int64_t mark;
  if (!smtx->sparse) return true;
  if (!tensor_build(tensor, smtx->rows, smtx->cols, false, &smtx->list, &mark)) return no_memory(smtx);
  for (int64_t e = 0; e < tensor->csr.entries; e++) {
    int64_t place = csr_place(&tensor->csr, e);
    if (tensor->csr.data[e] > 1)
      return error_at(smtx->lines.path, COLUMNS_LINE, 0, TWICE, place % smtx->cols, place / smtx->cols);
  }
  return true;
}

static bool parse_file(Smtx *smtx) {
  if (!parse_sizes(smtx) || !parse_offsets(smtx)) return false;
  if (!smtx->sparse && !tensor_make(smtx->tensor, 2, (int64_t[]){smtx->rows, smtx->cols}, false))
    return no_memory(smtx);
  return parse_columns(smtx) && build(smtx);
}

bool smtx_read(const char *path, bool sparse, Tensor *tensor) {
  *tensor = (Tensor){0};
  Smtx smtx = {.sparse = sparse, .tensor = tensor};
  if (!lines_open(&smtx.lines, path)) return false;
  bool good = parse_file(&smtx);
  if (!good) tensor_free(tensor);
  free(smtx.list.entry);
  free(smtx.offsets);
  lines_close(&smtx.lines);
  return good;
}
