// The patterns of structured weights that a plan can run (docs/hss.md).
#ifndef LACUNA_PLAN_HSS_H
#define LACUNA_PLAN_HSS_H

#include "gen/plan.h"

enum { HSS_PATTERNS = 16 * 16 * 16 }; // at most

typedef struct HssPattern {
  int h[3]; // children of a node, by rank
} HssPattern;

// Every pattern but the dense one, sparsest first; how many.
int hss_patterns(const Plan *plan, HssPattern patterns[HSS_PATTERNS]);

// What is kept over what there is, reduced: density = kept / all.
void hss_density(const Plan *plan, HssPattern pattern, int *kept, int *all);

char *hss_text(const Plan *plan, HssPattern pattern, char *text, int size); // "4:8/2:4"; returns text

#endif
