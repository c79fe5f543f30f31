// Named means: values are added to a name, then asked for.
#ifndef LACUNA_BENCH_MEANS_H
#define LACUNA_BENCH_MEANS_H

#include <stddef.h>

typedef struct Mean {
  const char *name;
  double sum, logs, most, least;
  int count;
} Mean;

typedef struct Means {
  Mean *list;
  size_t count, room;
} Means;

void mean_add(Means *means, const char *name, double value); // copies the name
Mean mean_of(const Means *means, const char *name);          // count 0: nothing was added
double mean_arithmetic(const Means *means, const char *name);
double mean_geometric(const Means *means, const char *name); // of positive values
const char *mean_text(const Means *means, const char *name); // the geometric one as 1.23, or "-"

#endif
