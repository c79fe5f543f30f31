// The page of the Griffin engine: what its files share.
#ifndef LACUNA_BENCH_GRIFFIN_H
#define LACUNA_BENCH_GRIFFIN_H

#include "harness/bench/bench.h"

enum { GRIFFIN_MODES = 5, OVERLAP_CLASSES = 3, OVERLAP_LIMITS = 4 };

extern const char *const griffin_modes[GRIFFIN_MODES]; // dense a b ab auto

typedef struct Griffin {
  int overlaps[OVERLAP_CLASSES][OVERLAP_LIMITS]; // runs by length, and by how far they are above 1
} Griffin;

// A work's run in a mode; mode "base": dense_1024's, "on": of windows that run on. NULL if there is none.
const Run *griffin_run(const Bench *b, const Work *work, const char *mode);

// Required of a run of this page; the reason that it is missed is in the table @overlap, too.
double griffin_overlap(const Run *run);
bool griffin_demand_overlap(Bench *b, Verdict *verdict, const char *row, const Run *run);

// ---- griffin_tables.c

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
