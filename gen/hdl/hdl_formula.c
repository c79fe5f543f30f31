// Widths of leaf ports and defaults of parameters, as the Verilog has them: arithmetic over parameter values.
//   choice: compare [ "?" choice ":" choice ]    compare: sum [ (">" | "<" | "!=") sum ]
//   sum: product { ("+" | "-") product }         product: factor { ("*" | "/") factor }
//   factor: number | name | "(" choice ")" | "$clog2" "(" choice ")"

#include "gen/hdl/hdl.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

typedef struct Reader {
  const char *at;
  const char *const *names;
  const int64_t *values;
  size_t count;
  bool failed;
} Reader;

static int64_t read_choice(Reader *reader);

static int64_t fail(Reader *reader) {
  reader->failed = true;
  return 1; // a value that harms no divisor on the way out
}

static void skip_blanks(Reader *reader) {
  while (*reader->at == ' ')
    reader->at++;
}

static bool take(Reader *reader, char wanted) {
  skip_blanks(reader);
  if (*reader->at != wanted) return false;
  reader->at++;
  return true;
}

static int64_t ceil_log2(Reader *reader, int64_t value) {
  if (value < 1) return fail(reader);
  int64_t bits = 0;
  while (bits < 62 && (int64_t)1 << bits < value)
    bits++;
  return bits;
}

static int64_t read_parenthesis(Reader *reader) {
  int64_t value = read_choice(reader);
  return take(reader, ')') ? value : fail(reader);
}

static int64_t read_function(Reader *reader) {
  if (strncmp(reader->at, "$clog2", 6) != 0) return fail(reader);
  reader->at += 6;
  return take(reader, '(') ? ceil_log2(reader, read_parenthesis(reader)) : fail(reader);
}

static int64_t read_name(Reader *reader) {
  const char *start = reader->at;
  while (isalnum((unsigned char)*reader->at) || *reader->at == '_')
    reader->at++;
  size_t length = (size_t)(reader->at - start);
  for (size_t i = 0; i < reader->count; i++)
    if (strlen(reader->names[i]) == length && memcmp(reader->names[i], start, length) == 0) return reader->values[i];
  return fail(reader);
}

static int64_t read_factor(Reader *reader) {
  if (take(reader, '(')) return read_parenthesis(reader);
  if (isdigit((unsigned char)*reader->at)) return strtoll(reader->at, (char **)&reader->at, 10);
  if (isalpha((unsigned char)*reader->at)) return read_name(reader);
  return read_function(reader);
}

static int64_t read_product(Reader *reader) {
  int64_t value = read_factor(reader);
  while (!reader->failed) {
    if (take(reader, '*')) {
      if (__builtin_mul_overflow(value, read_factor(reader), &value)) return fail(reader);
    } else if (take(reader, '/')) {
      int64_t divisor = read_factor(reader);
      if (divisor < 1) return fail(reader);
      value /= divisor;
    } else {
      break;
    }
  }
  return value;
}

static int64_t read_sum(Reader *reader) {
  int64_t value = read_product(reader);
  while (!reader->failed) {
    if (take(reader, '+')) {
      if (__builtin_add_overflow(value, read_product(reader), &value)) return fail(reader);
    } else if (take(reader, '-')) {
      if (__builtin_sub_overflow(value, read_product(reader), &value)) return fail(reader);
    } else {
      break;
    }
  }
  return value;
}

static int64_t read_compare(Reader *reader) {
  int64_t left = read_sum(reader);
  if (take(reader, '>')) return left > read_sum(reader);
  if (take(reader, '<')) return left < read_sum(reader);
  if (take(reader, '!')) return take(reader, '=') ? left != read_sum(reader) : fail(reader);
  return left;
}

static int64_t read_choice(Reader *reader) {
  int64_t condition = read_compare(reader);
  if (!take(reader, '?')) return condition;
  int64_t yes = read_choice(reader);
  if (!take(reader, ':')) return fail(reader);
  int64_t no = read_choice(reader);
  return condition ? yes : no;
}

bool formula_eval(const char *formula, const char *const *names, const int64_t *values, size_t count, int64_t *result) {
  Reader reader = {formula, names, values, count, false};
  *result = read_choice(&reader);
  skip_blanks(&reader);
  return !reader.failed && *reader.at == '\0';
}
