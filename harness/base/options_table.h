// The table of options, for the files that read it.
#ifndef LACUNA_OPTIONS_TABLE_H
#define LACUNA_OPTIONS_TABLE_H

#include <stddef.h>
#include <stdio.h>

#include "harness/base/options.h"

// RANGE: a LIST of which no number may be left out.
typedef enum Kind { TEXT, TEXTS, FLAG, WHOLE, REAL, LIST, RANGE, WORD, SCALE, ADDRESS } Kind;

#define ON(verb) (1u << VERB_##verb)

typedef struct Option {
  const char *name; // NULL ends the table
  char letter;      // 0: none
  unsigned verbs;
  Kind kind;
  size_t place;
  const char *form;  // of the value; the words of a WORD; separators of a LIST or RANGE stand in it
  int64_t low, high; // of a REAL in parts of AXI_BANDWIDTH_PARTS
  unsigned needed;   // verbs that can't do without it
  const char *help;
} Option;

#define RUNS   (ON(RUN) | ON(CONV))
#define CONVS  (ON(CONV) | ON(PACK))
#define LAYERS (RUNS | ON(PACK) | LAYER)
#define LAYER  (1u << VERB_COUNT) // a key of a layer of chain, by the same name
#define MAX31  INT32_MAX

enum { OPTION_MOST = 80, ADDRESS_STEP = 4096 };

typedef struct VerbText {
  const char *name, *subject, *help;
} VerbText;

extern const Option options_table[OPTION_MOST + 1];
extern const VerbText verb_texts[VERB_COUNT];

static inline bool on_verb(const Option *option, Verb verb) {
  return option->verbs >> verb & 1;
}

void print_usage(FILE *out);
void print_verb_help(Verb verb);

// Options that must be there, and that go together (options_check.c); `given` by row. False after a message.
bool options_check(const Options *options, const bool *given);
bool options_check_results(const Options *options); // of a layer of a chain

#endif
