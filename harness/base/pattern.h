// Structured zeros: hierarchical structured sparsity (HSS), G of H at every rank (HighLight: Wu et al., MICRO 2023,
// arXiv 2305.12718, section 4). N:M sparsity is one rank.
#ifndef LACUNA_PATTERN_H
#define LACUNA_PATTERN_H

#include <stdbool.h>
#include <stdint.h>

enum { PATTERN_RANKS = 3, PATTERN_CHILDREN = 64, PATTERN_TEXT = PATTERN_RANKS * (int)sizeof "64:64" };

// At most g of every h children have a nonzero.
typedef struct Rank {
  int g, h; // 1 <= g <= h <= PATTERN_CHILDREN
} Rank;

// Children of rank 0 are words, those of rank r + 1 are the groups of rank r.
typedef struct Pattern {
  int count; // of ranks, 1 to PATTERN_RANKS
  Rank ranks[PATTERN_RANKS];
} Pattern;

// What pattern_parse takes, for --help and for messages; a test holds them together.
#define PATTERN_FORM "G:H[/G:H[/G:H]]"
#define PATTERN_HELP "G:H as 2:4, or G:H/G:H from the highest rank down as 4:8/2:4"

// The form above, with "hss:" before it or without. False, without a message, for anything else.
bool pattern_parse(const char *text, Pattern *pattern);
char *pattern_text(const Pattern *pattern, char *text, int size); // "4:8/2:4"; PATTERN_TEXT holds any; returns text

int pattern_span(const Pattern *pattern); // words of a group of the highest rank
double pattern_density(const Pattern *pattern);

// Which of the words of a fiber stay: of every group the g children with most energy (sum of squares), from the lowest
// rank to the highest, the first of equals; children that are all zero never count. The last group may be short. So a
// fiber that obeys stays as it is.
void pattern_keep(const Pattern *pattern, const double *words, int64_t count, bool *kept);

// The first group with too many nonempty children, lowest rank first: its first word, and its rank; -1 if there is
// none.
int64_t pattern_offence(const Pattern *pattern, const double *words, int64_t count, int *rank);

#endif
