// DLMC's .smtx files: the pattern of a pruned weight matrix as compressed rows.
#include "gen/base/error.h"
#include "harness/operand/input.h"
#include "harness/operand/matrix_text.h"

#include <inttypes.h>
#include <stdlib.h>

enum { WORD = 24 }; // characters of an index and what parts it from the next one, at most

typedef struct Smtx {
  Lines lines;
  int64_t rows, cols, entries;
  int64_t *offsets; // rows + 1
} Smtx;

static bool parse_sizes(Smtx *smtx) {
  Lines *lines = &smtx->lines;
  char why[TENSOR_WHY];
  if (!lines_next(lines) || !take_integer(lines, 0, INT64_MAX, &smtx->rows) ||
      !take_integer(lines, 0, INT64_MAX, &smtx->cols) || !take_integer(lines, 0, INT64_MAX, &smtx->entries) ||
      !lines_at_end(lines))
    return lines_error(lines, "the sizes are wrong; the first line reads `rows, columns, nonzeros`");
  int64_t count = shape_count(2, (int64_t[]){smtx->rows, smtx->cols});
  if (count < 0) return lines_error(lines, "%s", shape_refusal(2, (int64_t[]){smtx->rows, smtx->cols}, why));
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

static bool parse_row(Smtx *smtx, int64_t row, Tensor *tensor) {
  Lines *lines = &smtx->lines;
  for (int64_t i = smtx->offsets[row]; i < smtx->offsets[row + 1]; i++) {
    int64_t col;
    if (lines_at_end(lines))
      return lines_error(lines, "%" PRId64 " column indices; %" PRId64 " nonzeros need as many", i, smtx->entries);
    if (!take_integer(lines, 0, smtx->cols - 1, &col))
      return lines_error(lines, "the column of nonzero %" PRId64 " is wrong; columns are 0 to %" PRId64, i,
                         smtx->cols - 1);
    int32_t *element = &tensor->data[row * smtx->cols + col];
    if (*element)
      return lines_error(lines, "column %" PRId64 " comes twice in row %" PRId64 "; once is right", col, row);
    *element = 1;
  }
  return true;
}

static bool parse_columns(Smtx *smtx, Tensor *tensor) {
  Lines *lines = &smtx->lines;
  if (!lines_next(lines) && smtx->entries)
    return lines_error(lines, "the file ends before its column indices; it is cut short");
  for (int64_t row = 0; row < smtx->rows; row++)
    if (!parse_row(smtx, row, tensor)) return false;
  do {
    if (!lines_at_end(lines)) return lines_error(lines, "text behind the last column index; the file should end here");
  } while (lines_next(lines));
  return lines_whole(lines);
}

static bool parse_file(Smtx *smtx, Tensor *tensor) {
  if (!parse_sizes(smtx) || !parse_offsets(smtx)) return false;
  if (!tensor_make(tensor, 2, (int64_t[]){smtx->rows, smtx->cols}, false))
    return error_at(smtx->lines.path, 0, 0, "memory is too short for this matrix as a dense one; use a smaller one");
  if (parse_columns(smtx, tensor)) return true;
  tensor_free(tensor);
  return false;
}

bool smtx_read(const char *path, Tensor *tensor) {
  *tensor = (Tensor){0};
  Smtx smtx = {0};
  if (!lines_open(&smtx.lines, path)) return false;
  bool good = parse_file(&smtx, tensor);
  free(smtx.offsets);
  lines_close(&smtx.lines);
  return good;
}
