// Opening operand files, gzip and archives of NumPy undone, and reading the textual ones line by line and word by word.
#ifndef LACUNA_INPUT_H
#define LACUNA_INPUT_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

typedef struct Input {
  FILE *file;
  uint64_t bytes; // that can be read; if `packed`, an upper bound
  bool packed;
} Input;

// Opens a regular file for reading, with or without gzip; on failure prints why (absent, a directory, a pipe, no
// rights, compressed otherwise) and what would be right.
bool input_open(const char *path, Input *input);

// The same of an array of an archive, ARCHIVE.npz:ARRAY or, if it holds one only, ARCHIVE.npz.
bool input_open_array(const char *name, Input *input);

// Whether the file is an archive that has this array; says nothing.
bool input_holds(const char *path, const char *array);

// Says that a file can't be read to its end because its compressed data are damaged, if that is so; returns whether.
bool input_damaged(const char *path, FILE *file);

// A text file being read. text is the current line, at the place behind the last word taken. A mark of the byte order
// at the beginning is passed over; lines end with LF, CR LF or CR.
typedef struct Lines {
  const char *path;
  FILE *file;
  char *text;
  const char *at;
  size_t capacity, most; // characters that the line has room for; that it may have
  long line;             // from 1; of the line in text
  bool too_long;
} Lines;

bool lines_open(Lines *lines, const char *path); // false after a message
bool lines_next(Lines *lines);                   // false at the end of the file, or where it can't be read
void lines_close(Lines *lines);
bool lines_at_end(Lines *lines); // nothing but space is left in this line
bool lines_whole(Lines *lines);  // false, after a message, if lines_next ended because of an error

// The next word of the line as a number; false, and nothing taken, if it is none or out of range. Words end at a space;
// behind a whole number a comma will do. A whole number may be written as 3.0 or 3e0.
bool take_integer(Lines *lines, int64_t low, int64_t high, int64_t *value);
bool take_real(Lines *lines, double *value); // finite

// error_at for the current line and the word that comes next, if there is one; returns false.
bool lines_error(Lines *lines, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
