// The extent of a number is found by hand, since strtol and strtod take more than a number; they do the arithmetic.
#include "harness/base/number.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define DIGITS "0123456789"

enum { REAL_TEXT = 400 }; // characters of a real number: more than the digits of the largest

bool number_take_whole(const char **text, int64_t *value) {
  size_t sign = **text == '-' || **text == '+', digits = strspn(*text + sign, DIGITS);
  if (!digits) return false;
  errno = 0;
  *value = strtoll(*text, NULL, 10);
  if (errno) return false;
  *text += sign + digits;
  return true;
}

// Characters of the real number that a text begins with; 0 if there is none. *mark is where its exponent begins.
static size_t real_length(const char *text, size_t *mark) {
  size_t sign = *text == '-' || *text == '+', whole = strspn(text + sign, DIGITS), at = sign + whole, part = 0;
  if (text[at] == '.') {
    part = strspn(text + at + 1, DIGITS);
    at += 1 + part;
  }
  *mark = at;
  if (whole + part == 0) return 0;
  if (!text[at] || !strchr("eEdD", text[at])) return at;
  size_t power = at + 1 + (text[at + 1] == '-' || text[at + 1] == '+'), digits = strspn(text + power, DIGITS);
  return digits ? power + digits : at;
}

bool number_take_real(const char **text, double *value) {
  char copy[REAL_TEXT];
  size_t mark, length = real_length(*text, &mark);
  if (length == 0 || length >= sizeof copy) return false;
  memcpy(copy, *text, length);
  copy[length] = '\0';
  if (mark < length) copy[mark] = 'e';
  *value = strtod(copy, NULL);
  if (!isfinite(*value)) return false;
  *text += length;
  return true;
}

bool number_whole(const char *text, int64_t *value) {
  return number_take_whole(&text, value) && !*text;
}

bool number_real(const char *text, double *value) {
  return number_take_real(&text, value) && !*text;
}
