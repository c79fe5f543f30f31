// Means by name.
#include "harness/bench/means.h"
#include "harness/bench/text.h"

#include <math.h>
#include <string.h>

static Mean *find(const Means *means, const char *name) {
  for (size_t i = 0; i < means->count; i++)
    if (!strcmp(means->list[i].name, name)) return &means->list[i];
  return NULL;
}

void mean_add(Means *means, const char *name, double value) {
  Mean *mean = find(means, name);
  if (!mean) {
    means->list = text_grow(means->list, means->count, &means->room, sizeof *means->list);
    mean = &means->list[means->count++];
    *mean = (Mean){.name = text_of("%s", name), .most = value, .least = value};
  }
  mean->sum += value;
  mean->logs += value > 0 ? log(value) : 0;
  mean->most = fmax(mean->most, value);
  mean->least = fmin(mean->least, value);
  mean->count++;
}

Mean mean_of(const Means *means, const char *name) {
  const Mean *mean = find(means, name);
  return mean ? *mean : (Mean){.name = name};
}

double mean_arithmetic(const Means *means, const char *name) {
  Mean mean = mean_of(means, name);
  return mean.count ? mean.sum / mean.count : 0;
}

double mean_geometric(const Means *means, const char *name) {
  Mean mean = mean_of(means, name);
  return mean.count ? exp(mean.logs / mean.count) : 0;
}

const char *mean_text(const Means *means, const char *name) {
  return mean_of(means, name).count ? text_of("%.2f", mean_geometric(means, name)) : "-";
}
