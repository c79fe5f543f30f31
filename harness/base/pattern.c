// Structured zeros: reading a pattern, imposing it on a fiber, finding where a fiber breaks it.
#include "harness/base/pattern.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool parse_number(const char **at, int *number) {
  char *end;
  if (**at < '1' || **at > '9') return false;
  long value = strtol(*at, &end, 10);
  *at = end;
  *number = (int)value;
  return value <= PATTERN_CHILDREN;
}

static bool parse_rank(const char **at, Rank *rank) {
  if (!parse_number(at, &rank->g) || *(*at)++ != ':' || !parse_number(at, &rank->h)) return false;
  return rank->g <= rank->h;
}

bool pattern_parse(const char *text, Pattern *pattern) {
  static const char prefix[] = "hss:";
  Rank ranks[PATTERN_RANKS];
  int count = 0;
  const char *at = text + (strncmp(text, prefix, sizeof prefix - 1) ? 0 : sizeof prefix - 1);
  do
    if (count == PATTERN_RANKS || !parse_rank(&at, &ranks[count++])) return false;
  while (*at == '/' && *at++);
  if (*at) return false;
  pattern->count = count;
  for (int r = 0; r < count; r++)
    pattern->ranks[r] = ranks[count - 1 - r];
  return true;
}

char *pattern_text(const Pattern *pattern, char *text, int size) {
  int used = 0;
  text[0] = '\0';
  for (int r = pattern->count - 1; r >= 0 && used < size; r--)
    used +=
        snprintf(text + used, (size_t)(size - used), "%d:%d%s", pattern->ranks[r].g, pattern->ranks[r].h, r ? "/" : "");
  return text;
}

int pattern_span(const Pattern *pattern) {
  int span = 1;
  for (int r = 0; r < pattern->count; r++)
    span *= pattern->ranks[r].h;
  return span;
}

double pattern_density(const Pattern *pattern) {
  double density = 1;
  for (int r = 0; r < pattern->count; r++)
    density *= (double)pattern->ranks[r].g / pattern->ranks[r].h;
  return density;
}

// ---- one group: h children of `width` words, fewer where the fiber ends ----

static int group_children(Rank rank, int64_t width, int64_t words) {
  int64_t children = (words + width - 1) / width;
  return children < rank.h ? (int)children : rank.h;
}

static double child_energy(const double *words, const bool *kept, int64_t count) {
  double energy = 0;
  for (int64_t i = 0; i < count; i++)
    if (kept[i]) energy += words[i] * words[i];
  return energy;
}

static void keep_best(Rank rank, int64_t width, const double *words, int64_t count, bool *kept) {
  double energy[PATTERN_CHILDREN];
  int children = group_children(rank, width, count);
  for (int c = 0; c < children; c++) {
    int64_t left = count - c * width;
    energy[c] = child_energy(words + c * width, kept + c * width, left < width ? left : width);
  }
  for (int c = 0; c < children; c++) {
    int better = 0;
    for (int d = 0; d < children; d++)
      better += energy[d] > energy[c] || (d < c && energy[d] >= energy[c]);
    if (better < rank.g) continue;
    int64_t left = count - c * width;
    memset(kept + c * width, 0, (size_t)(left < width ? left : width) * sizeof *kept);
  }
}

void pattern_keep(const Pattern *pattern, const double *words, int64_t count, bool *kept) {
  int64_t width = 1;
  for (int64_t i = 0; i < count; i++)
    kept[i] = words[i] < 0 || words[i] > 0;
  for (int r = 0; r < pattern->count; r++) {
    Rank rank = pattern->ranks[r];
    for (int64_t at = 0; at < count; at += width * rank.h)
      keep_best(rank, width, words + at, count - at, kept + at);
    width *= rank.h;
  }
}

static int nonempty_children(Rank rank, int64_t width, const double *words, int64_t count) {
  int nonempty = 0, children = group_children(rank, width, count);
  for (int c = 0; c < children; c++) {
    bool any = false;
    for (int64_t i = c * width; i < (c + 1) * width && i < count && !any; i++)
      any = words[i] < 0 || words[i] > 0;
    nonempty += any;
  }
  return nonempty;
}

int64_t pattern_offence(const Pattern *pattern, const double *words, int64_t count, int *rank) {
  int64_t width = 1;
  for (int r = 0; r < pattern->count; r++) {
    Rank rule = pattern->ranks[r];
    *rank = r;
    for (int64_t at = 0; at < count; at += width * rule.h)
      if (nonempty_children(rule, width, words + at, count - at) > rule.g) return at;
    width *= rule.h;
  }
  return -1;
}
