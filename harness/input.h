// Opening and naming operand files, and reading the textual ones line by line and word by word.
#ifndef LACUNA_INPUT_H
#define LACUNA_INPUT_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

// Opens a regular file for reading; on failure prints why (absent, a directory, a pipe, no rights) and returns NULL.
FILE *input_open(const char *path, uint64_t *bytes);

bool name_ends(const char *name, const char *suffix);

// A text file being read. text is the current line, at the place behind the last word taken.
typedef struct Lines {
  const char *path;
  FILE *file;
  char *text;
  const char *at;
  size_t capacity;
  long line; // from 1; of the line in text
} Lines;

bool lines_open(Lines *lines, const char *path); // false after a message
bool lines_next(Lines *lines);                   // false at the end of the file
void lines_close(Lines *lines);
bool lines_at_end(Lines *lines); // nothing but space is left in this line

// The next word of the line as a number; false, and nothing taken, if it is none or out of range. Words end at a space;
// behind a whole number a comma will do.
bool take_integer(Lines *lines, int64_t low, int64_t high, int64_t *value);
bool take_real(Lines *lines, double *value); // finite

// error_at for the current line and the word that comes next, if there is one; returns false.
bool lines_error(Lines *lines, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
