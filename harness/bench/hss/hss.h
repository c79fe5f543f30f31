// The page of the engine for structured weights: what its files share.
#ifndef LACUNA_BENCH_HSS_H
#define LACUNA_BENCH_HSS_H

#include "harness/bench/layers.h"

enum { HSS_WISHES = 4 };

typedef struct PatternOf { // of a configuration
  const char *text;        // "4:8/2:4"
  int kept, all;           // density
  double speedup;
} PatternOf;

typedef struct PatternList { // densest first
  PatternOf *list;
  int count;
} PatternList;

// Weights of a layer pruned to a pattern.
typedef struct Pruned {
  const char *pattern;                           // NULL: there is none for this wish
  double energy, free_energy, error, free_error; // kept energy, mean squared error; of as many weights, unstructured
  const Run *run;                                // of hss_1024, once there are runs
} Pruned;

typedef struct PrunedLayer {
  const char *group, *name;
  double share; // nonzero before
  Pruned of[HSS_WISHES];
  const Run *base, *b, *chosen; // dense_1024; griffin_1024 in mode b, in mode auto
} PrunedLayer;

typedef struct Hss {
  PrunedLayer *layers;
  int layer_count;
} Hss;

// ---- patterns.c

bool hss_pattern_list(Bench *b, const char *config, PatternList *list);
bool hss_list_patterns(Bench *b);
void hss_write_patterns(Bench *b, FILE *out, const char *config);
void hss_write_fill_drain(const Bench *b, FILE *out);

// ---- pruned.c: weights that are pruned, pruned further, beside Griffin on what they were before

bool hss_list_pruned(Bench *b, const Layers *all);
bool hss_judge(Bench *b);
void hss_write_pruned(Bench *b, FILE *out, const char *table); // @pruned, @verdict, @trained

#endif
