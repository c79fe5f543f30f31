// Sparse matrices with zeros of certain kinds, as Matrix Market files.
#include "harness/bench/operands.h"
#include "gen/base/error.h"
#include "gen/base/output.h"
#include "harness/bench/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// ---- random numbers of Park and Miller (CACM 31, 1988): files are what they were when figures were first published

static int below(int64_t *state, int n) { // 0 to n - 1
  *state = *state * 16807 % 2147483647;
  return (int)((double)*state / 2147483647 * n);
}

static int value(int64_t *state) {
  int sign = below(state, 2) ? -1 : 1;
  return sign * (1 + below(state, 127));
}

// ---- patterns

typedef struct Sparse { // a .smtx: rows x cols, count entries
  long rows, cols, count;
  long *offsets, *columns;
} Sparse;

static bool read_numbers(FILE *file, long *numbers, long count) {
  for (long i = 0; i < count; i++)
    if (fscanf(file, " %ld%*[,]", &numbers[i]) < 1) return false;
  return true;
}

static bool read_sparse(FILE *file, Sparse *s) {
  long sizes[3];
  if (!read_numbers(file, sizes, 3) || sizes[0] < 1 || sizes[1] < 1 || sizes[2] < 0) return false;
  *s = (Sparse){.rows = sizes[0], .cols = sizes[1], .count = sizes[2]};
  s->offsets = calloc((size_t)s->rows + 1, sizeof *s->offsets);
  s->columns = calloc((size_t)s->count + 1, sizeof *s->columns);
  return s->offsets && s->columns && read_numbers(file, s->offsets, s->rows + 1) &&
         read_numbers(file, s->columns, s->count) && s->offsets[s->rows] <= s->count;
}

static void write_turned(FILE *out, const Sparse *s) {
  int64_t state = 1;
  fprintf(out, "%%%%MatrixMarket matrix coordinate integer general\n%ld %ld %ld\n", s->cols, s->rows, s->count);
  for (long row = 0; row < s->rows; row++)
    for (long i = s->offsets[row]; i < s->offsets[row + 1]; i++)
      fprintf(out, "%ld %ld %d\n", s->columns[i] + 1, row + 1, value(&state));
}

bool operand_pattern(const char *smtx, const char *mtx) {
  FILE *in = fopen(smtx, "r");
  Sparse s = {0};
  Output out;
  bool good = in && read_sparse(in, &s);
  if (in) fclose(in);
  if (!good) return error_at(smtx, 0, 0, "not a pattern: rows, columns, entries; offsets; columns");
  good = output_open(&out, mtx);
  if (good) write_turned(out.file, &s);
  free(s.offsets);
  free(s.columns);
  return good && output_commit(&out);
}

// ---- matrices

// One line to another; false at the end. sized: the line of sizes was there.
static bool copy_entry(FILE *in, FILE *out, char *line, bool *symmetric, bool *sized, bool turn) {
  long i, j, count;
  if (strncmp(line, "%%", 2) == 0) {
    *symmetric = strstr(line, " symmetric") != NULL;
    fprintf(out, "%%%%MatrixMarket matrix coordinate pattern %s\n", *symmetric ? "symmetric" : "general");
  } else if (*line != '%') {
    int found = sscanf(line, "%ld %ld %ld", &i, &j, &count);
    if (found < 2 || (!*sized && found < 3)) return false;
    bool turned = turn && !*symmetric; // what is symmetric is its own transpose
    fprintf(out, "%ld %ld", turned ? j : i, turned ? i : j);
    if (*sized)
      fputc('\n', out);
    else
      fprintf(out, " %ld\n", count);
    *sized = true;
  }
  return !ferror(in);
}

bool operand_matrix(const char *from, bool turn, const char *to) {
  FILE *in = fopen(from, "r");
  Output out;
  char *line = NULL;
  size_t size = 0;
  bool symmetric = false, sized = false, good = true;
  if (!in) return error_at(from, 0, 0, "can't be read");
  if (!output_open(&out, to)) return false;
  while (good && getline(&line, &size, in) >= 0)
    good = copy_entry(in, out.file, line, &symmetric, &sized, turn);
  free(line);
  fclose(in);
  if (good && sized) return output_commit(&out);
  output_abandon(&out);
  return error_at(from, 0, 0, "not a coordinate file of Matrix Market");
}

// ---- channels

static void lose_channels(int64_t *state, bool *left, int channels) {
  for (int c = 0; c < channels; c++)
    left[c] = true;
  for (int gone = 0; 2 * gone < channels;) {
    int c = below(state, channels);
    gone += left[c];
    left[c] = false;
  }
}

bool operand_channels(const ChannelZeros *z, const char *mtx) {
  int64_t state = (int64_t)z->seed * 7919 + 1;
  bool *left = calloc((size_t)z->channels, sizeof *left);
  int *places = calloc((size_t)z->rows * (size_t)z->cols, sizeof *places), count = 0;
  Output out;
  if (!left || !places) return error_at(mtx, 0, 0, "memory is too short");
  lose_channels(&state, left, z->channels);
  for (int place = 0; place < z->rows * z->cols; place++) {
    int k = z->axis == 0 ? place / z->cols : place % z->cols;
    if (left[k % z->channels] && below(&state, 1000000) < 2e6 * z->density) places[count++] = place;
  }
  bool good = output_open(&out, mtx);
  if (good)
    fprintf(out.file, "%%%%MatrixMarket matrix coordinate integer general\n%d %d %d\n", z->rows, z->cols, count);
  for (int i = 0; good && i < count; i++)
    fprintf(out.file, "%d %d %d\n", places[i] / z->cols + 1, places[i] % z->cols + 1, value(&state));
  free(left);
  free(places);
  return good && output_commit(&out);
}
