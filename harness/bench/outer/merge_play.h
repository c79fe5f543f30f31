// What ways of merging products into banked accumulators cost the outer-product engine in cycles
// (docs/engines/outer-merge.md). The array is played alone, four blocks of 4 x 8, tiles of 64 x 64: A is there when a
// slot is free, B always, and results leave at once.
#ifndef LACUNA_BENCH_MERGE_PLAY_H
#define LACUNA_BENCH_MERGE_PLAY_H

#include <jansson.h>

// A row for each way and number of banks: "way", "banks" and "depth" of their queues (0: none), "cycles", "working"
// ones, "merge": slots lost to collisions, in cycles of all multipliers, "use": products / slots. A and B as of lacuna
// run. NULL after a message.
json_t *merge_play(const char *a, const char *b);

#endif
