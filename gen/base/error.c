// The only place that formats a message about bad input. Used by the generator and the harness alike, so it depends on
// nothing but the C library.
#include "gen/base/error.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

static void print_message(const char *format, va_list arguments) {
  vfprintf(stderr, format, arguments);
  fputc('\n', stderr);
}

bool error_at(const char *file, long line, long column, const char *format, ...) {
  fputs(file ? file : "lacuna", stderr);
  if (line) fprintf(stderr, ":%ld", line);
  if (line && column) fprintf(stderr, ":%ld", column);
  fputs(": ", stderr);
  va_list arguments;
  va_start(arguments, format);
  print_message(format, arguments);
  va_end(arguments);
  return false;
}

bool error_at_offset(const char *file, uint64_t offset, const char *format, ...) {
  fprintf(stderr, "%s: offset %" PRIu64 ": ", file, offset);
  va_list arguments;
  va_start(arguments, format);
  print_message(format, arguments);
  va_end(arguments);
  return false;
}
