// The checks that every reader makes before the first byte, and the words and numbers of textual matrix files.
#include "harness/input.h"
#include "gen/error.h"

#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define SPACE " \t\r\n\v\f"

FILE *input_open(const char *path, uint64_t *bytes) {
  struct stat status;
  const char *wrong = NULL;
  if (stat(path, &status))
    wrong = strerror(errno);
  else if (S_ISDIR(status.st_mode))
    wrong = "it is a directory";
  else if (!S_ISREG(status.st_mode))
    wrong = "it is not an ordinary file";
  FILE *file = wrong ? NULL : fopen(path, "rb");
  if (!file) {
    error_at(path, 0, 0, "can't be read: %s; give the name of a readable file", wrong ? wrong : strerror(errno));
    return NULL;
  }
  *bytes = (uint64_t)status.st_size;
  return file;
}

bool name_ends(const char *name, const char *suffix) {
  size_t length = strlen(name), tail = strlen(suffix);
  return length >= tail && !strcmp(name + length - tail, suffix);
}

bool lines_open(Lines *lines, const char *path) {
  uint64_t bytes;
  *lines = (Lines){.path = path, .file = input_open(path, &bytes), .at = ""};
  return lines->file;
}

// What can't be printed becomes a question mark, which no number and no keyword contains, and which messages may quote.
bool lines_next(Lines *lines) {
  ssize_t length = getline(&lines->text, &lines->capacity, lines->file);
  if (length < 0) {
    lines->at = "";
    return false;
  }
  for (ssize_t i = 0; i < length; i++)
    if (!isprint((unsigned char)lines->text[i]) && !isspace((unsigned char)lines->text[i])) lines->text[i] = '?';
  lines->at = lines->text;
  lines->line++;
  return true;
}

void lines_close(Lines *lines) {
  fclose(lines->file);
  free(lines->text);
}

bool lines_at_end(Lines *lines) {
  lines->at += strspn(lines->at, SPACE);
  return !*lines->at;
}

bool take_integer(Lines *lines, int64_t low, int64_t high, int64_t *value) {
  if (lines_at_end(lines)) return false;
  char *end;
  errno = 0;
  *value = strtoll(lines->at, &end, 10);
  if (errno || end == lines->at || *value < low || *value > high) return false;
  if (*end && !strchr(SPACE ",", *end)) return false;
  lines->at = end + (*end == ',');
  return true;
}

bool take_real(Lines *lines, double *value) {
  if (lines_at_end(lines)) return false;
  char *end;
  *value = strtod(lines->at, &end);
  if (!isfinite(*value) || end == lines->at || (*end && !strchr(SPACE, *end))) return false;
  lines->at = end;
  return true;
}

bool lines_error(Lines *lines, const char *format, ...) {
  char message[512];
  long column = lines_at_end(lines) ? 0 : (long)(lines->at - lines->text) + 1;
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(message, sizeof message, format, arguments);
  va_end(arguments);
  return error_at(lines->path, lines->line ? lines->line : 1, column, "%s", message);
}
