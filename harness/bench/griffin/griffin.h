// The page of the Griffin engine: what its files share.
#ifndef LACUNA_BENCH_GRIFFIN_H
#define LACUNA_BENCH_GRIFFIN_H

#include "harness/bench/bench.h"

enum { OVERLAP_CLASSES = 3, OVERLAP_LIMITS = 4 };

typedef struct Griffin {
  int overlaps[OVERLAP_CLASSES][OVERLAP_LIMITS]; // runs by length, and by how far they are above 1
} Griffin;

// ---- tables.c

bool griffin_judge(Bench *b);
void griffin_reference(Bench *b, FILE *out);
void griffin_ablation(Bench *b, FILE *out, const char *mode);
void griffin_claims(Bench *b, FILE *out);
void griffin_groups(Bench *b, FILE *out, const char *table);
void griffin_networks(Bench *b, FILE *out);
void griffin_run_on(Bench *b, FILE *out);
void griffin_patterns(Bench *b, FILE *out);
void griffin_overlaps(Bench *b, FILE *out);

#endif
