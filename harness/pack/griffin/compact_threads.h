// Compaction of many groups of panels at once, on several threads; the result does not depend on their number.
#ifndef LACUNA_COMPACT_THREADS_H
#define LACUNA_COMPACT_THREADS_H

#include "harness/pack/griffin/compact.h"

typedef struct CompactMatrix {
  uint32_t panels, steps;
  uint32_t group_panels;   // that a word may straddle between; the last group may be smaller. 1 without run_on
  const uint64_t *nonzero; // [panels][steps][lanes] as for compact()
  CompactWord *words;      // [panels][steps]: those of group g begin at word g * group_panels * steps
  CompactCode *codes;      // [panels][steps][columns][lanes], in the same order
  uint32_t *panel_words;   // [panels]
} CompactMatrix;

// threads: 0 takes as many as there are cores. Where a thread or its memory is not to be had the others do its work;
// only the first one can fail: false without memory.
bool compact_matrix(const CompactRules *rules, CompactMethod method, const CompactMatrix *matrix, int threads);

#endif
