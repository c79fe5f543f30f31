// What the files of the compaction share: the group to compact, and for the matching the words that may still change.
#ifndef LACUNA_COMPACT_STATE_H
#define LACUNA_COMPACT_STATE_H

#include "harness/pack/griffin/compact.h"

enum {
  COMPACT_SIDE = 64,   // most columns, most lanes
  COMPACT_WINDOW = 16, // most steps in a window
  COMPACT_WORDS = 32   // words that are kept, by number modulo this
};

typedef struct CompactGroup {
  const CompactRules *rules;
  bool run_on;
  uint32_t steps, total; // of a tile, of all tiles
  const uint64_t *nonzero;
  uint64_t columns;             // a bit for each
  uint64_t reach[COMPACT_SIDE]; // of a column: those whose slots may take its weights
  CompactWord *words;
  CompactCode *codes;
  uint32_t *tile_words;
} CompactGroup;

typedef struct CompactQueue CompactQueue; // slots that a search has seen

// Words made so far. Data follow, all in one block, so that a copy is a memcpy.
typedef struct CompactState {
  uint32_t count, oldest; // words; the first one that may still change
  uint32_t head, loaded;  // of the next word; steps whose weights wait for a slot or have one
  uint32_t placed;        // weights that have one
  uint32_t heads[COMPACT_WORDS], ends[COMPACT_WORDS]; // of words; of their heads' tiles
  bool straddles[COMPACT_WORDS];                      // may take weights of the next tile
  uint64_t data[]; // free slots [words][lanes], waiting weights [window][lanes], codes
} CompactState;

static inline uint32_t compact_tile_end(const CompactGroup *g, uint32_t step) {
  return (step / g->steps + 1) * g->steps;
}

static inline uint64_t compact_code_index(const CompactRules *r, uint32_t word, int column, int lane) {
  return ((uint64_t)word * (uint64_t)r->columns + (uint64_t)column) * (uint64_t)r->lanes + (uint64_t)lane;
}

static inline uint64_t compact_codes(const CompactRules *r) {
  return (uint64_t)(r->columns * r->lanes);
}

// Steps past the last one that a word may give up: never the last step of a tile other than its head's.
static inline uint32_t compact_limit(const CompactGroup *group, uint32_t head) {
  uint32_t end = compact_tile_end(group, head), window = head + (uint32_t)group->rules->d1 + 1;
  if (group->run_on && end < group->total) end += group->steps - 1;
  return window < end ? window : end;
}

// True if a word may take weights of the next tile.
static inline bool compact_may_straddle(const CompactGroup *group, uint32_t head) {
  uint32_t end = compact_tile_end(group, head);
  return group->run_on && end < group->total && end <= head + (uint32_t)group->rules->d1;
}

// Number of words.
uint32_t compact_greedy(const CompactGroup *group, void *scratch);
uint32_t compact_matching(const CompactGroup *group, void *scratch);
uint64_t compact_greedy_scratch(const CompactRules *rules);
uint64_t compact_matching_scratch(const CompactRules *rules);

// The matching's words. Bytes of a state and of a queue; both made empty; one more word; words before `until` that are
// not in the group's output yet are copied there, and change no more.
uint64_t compact_state_size(const CompactRules *rules);
uint64_t compact_queue_size(const CompactRules *rules);
void compact_state_begin(CompactState *state);
void compact_queue_begin(const CompactRules *rules, CompactQueue *queue);
void compact_state_word(const CompactGroup *group, CompactState *state, CompactQueue *queue, bool straddle);
void compact_state_flush(const CompactGroup *group, CompactState *state, uint32_t until);

#endif
