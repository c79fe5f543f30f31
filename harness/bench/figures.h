// Required figures: what was measured against what must be reached, and why it is not where it is not.
//
// A page's table has the sections
//   [required] figure | <= or >= | limit                  limits that rows share
//   [reasons]  key | sentence
//   [missed]   figure | row | key                         what is not reached, each with its reason
// A figure that is missed without a reason, and a reason for a figure that is reached or that there is not, are errors.
// Figures that are wall time depend on the machine: they bring the key of their reason, and nothing is wrong if they
// are reached.
#ifndef LACUNA_BENCH_FIGURES_H
#define LACUNA_BENCH_FIGURES_H

#include "harness/bench/table.h"

#include <jansson.h>

typedef enum Sign { AT_MOST, AT_LEAST } Sign;

typedef struct Figure {
  const char *name, *row, *reason; // reason: NULL if it is reached
  double value, limit;
  Sign sign;
} Figure;

typedef struct Figures {
  const Table *table;
  const char *page;
  Figure *list;
  size_t count, room;
  int missed;
  bool bad; // a message was printed
} Figures;

// Of all figures of a row.
typedef struct Verdict {
  bool asked;
  const char *misses;
} Verdict;

// Each returns whether the figure is reached. verdict may be NULL.
bool figure(Figures *f, Verdict *verdict, const char *name, const char *row, double value); // limit of [required]
bool figure_limit(Figures *f, Verdict *verdict, const char *name, const char *row, double value, Sign sign,
                  double limit);
bool figure_timed(Figures *f, Verdict *verdict, const char *name, const char *row, double value, Sign sign,
                  double limit, const char *key);

const char *verdict_text(const Verdict *verdict); // "yes", "NO: ...", "-" where nothing is asked
const char *figure_reason(const Figures *f, const char *name, const char *row); // NULL: none is given
bool sign_read(const char *text, Sign *sign);                                   // "<=", ">="

// After the last figure: reasons that nobody needs. `whole`: there are all figures, not those of a sample alone.
bool figures_close(Figures *f, bool whole);

char *figures_summary(const Figures *f); // Markdown: how many, and what is not reached
json_t *figures_json(const Figures *f);

#endif
