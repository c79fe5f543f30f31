// What the tests of the cycle model against the RTL share: command lines as options, and counters compared by name.
#ifndef LACUNA_TEST_SUPPORT_RTL_H
#define LACUNA_TEST_SUPPORT_RTL_H

#include "harness/base/options.h"
#include "sim/device/dut.h"
#include "tests/unit/support.h"

enum { LINE = 400, WORDS = 40 }; // bytes and words of a command line, at most

#define COUNTER_NAME(NAME, ...) #NAME,
static const char *const counter_names[DUT_COUNTERS] = {REGISTERS_COUNTERS(COUNTER_NAME)};
#undef COUNTER_NAME

static inline void read_words(const char *line, Options *options) {
  static char text[LINE]; // options point into it
  char *words[WORDS] = {"lacuna"};
  int count = 1;
  snprintf(text, sizeof text, "%s", line);
  for (char *word = strtok(text, " "); word && count < WORDS; word = strtok(NULL, " "))
    words[count++] = word;
  assert_int_equal(options_parse(count, words, options), PARSE_RUN);
}

static inline void compare_counter(const char *line, int counter, const uint64_t *model, const uint64_t *rtl) {
  if (model[counter] != rtl[counter])
    fail_msg("%s: %s is %llu, the model says %llu", line, counter_names[counter], (unsigned long long)rtl[counter],
             (unsigned long long)model[counter]);
}

#endif
