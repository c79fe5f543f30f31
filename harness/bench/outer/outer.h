// The page of the outer-product engine: what its files share.
#ifndef LACUNA_BENCH_OUTER_H
#define LACUNA_BENCH_OUTER_H

#include "harness/bench/layers.h"

enum { OUTER_SIZES = 3 };

typedef struct Outer { // overlap, by the least cycles that a run could take
  int runs[OUTER_SIZES], held[OUTER_SIZES];
  double worst[OUTER_SIZES];
  const char *worst_run[OUTER_SIZES];
} Outer;

extern const PageKind page_outer_chain, page_outer_merge; // beside the page of the engine itself

// ---- outer_tables.c

bool outer_judge(Bench *b);
void outer_published(Bench *b, FILE *out, const char *config);
void outer_uniform(Bench *b, FILE *out);
void outer_pruned(Bench *b, FILE *out);
void outer_matrices(Bench *b, FILE *out);
void outer_dense(Bench *b, FILE *out);
void outer_break_even(Bench *b, FILE *out);
void outer_conv(Bench *b, FILE *out);
void outer_overlaps(Bench *b, FILE *out);

#endif
