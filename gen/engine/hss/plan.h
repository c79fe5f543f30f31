// The patterns of structured weights that a plan can run (docs/engines/hss.md).
#ifndef LACUNA_PLAN_HSS_H
#define LACUNA_PLAN_HSS_H

#include "gen/plan/plan.h"

// What the leaves take for a word, the child of rank 0: a whole block where A is structured and chooses within it.
typedef struct HssWord {
  int g0, h0;
  int b_bits;
} HssWord;

HssWord hss_word(const Plan *plan);

// Bits of an element of offsets of structured A that no offset needs, zero in memory; 0 where there are none.
int hss_spare_bits(const Plan *plan);

// Children of a node from which the mux of a rank chooses, H - G + 1 at most; 1 where there is none.
enum { HSS_RANKS = 3 };
int hss_rank_fan_in(const Plan *plan, int rank);

// The mode in which weights are structured, or not; the zeros of A, where they are structured, are skipped in both.
Mode hss_mode(const Plan *plan, bool structured);

enum { HSS_PATTERNS = HSS_CHILDREN * HSS_CHILDREN * HSS_CHILDREN }; // at most

typedef struct HssPattern {
  int h[3]; // children of a node, by rank
} HssPattern;

// Every pattern but the dense one, sparsest first, of one density the one that is sparser at the top; how many.
int hss_patterns(const Plan *plan, HssPattern patterns[HSS_PATTERNS]);

// Density of a pattern as a reduced fraction, kept / all.
void hss_density(const Plan *plan, HssPattern pattern, int *kept, int *all);

double hss_speedup(const Plan *plan, HssPattern pattern); // over dense, with that of structured A

// A set of compressed A is what a bus beat holds of dense A, in blocks of A_BLOCK elements (docs/formats.md). Bits of
// its metadata at which the end of block b stands, as many as its largest value needs; the last block ends at the
// count.
enum { A_BLOCK = 4 };
int a_set_end_bit(const Plan *plan, int block);
static inline int a_set_end_bits(int block) {
  return clog2(A_BLOCK * (block + 1) + 1);
}

char *hss_text(const Plan *plan, HssPattern pattern, char *text, int size); // "4:8/2:4"; returns text

#endif
