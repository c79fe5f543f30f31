// The matching's choice between words that straddle tiles and words that borrow across columns: near the end of a tile
// a word does one or the other, and which is better shows only some words later. The best few beginnings are kept.
#include "harness/pack/griffin/compact_state.h"

#include <string.h>

#define BEGINNINGS  4
#define FLUSH_WORDS (COMPACT_WORDS / 2) // words that are final once as many have been made after them

typedef struct Beginnings {
  CompactState *states[2 * BEGINNINGS]; // the first `count` are alive, best first
  int count;
} Beginnings;

uint64_t compact_matching_scratch(const CompactRules *rules) {
  int states = rules->run_on && rules->d3 > 0 ? 2 * BEGINNINGS : 1;
  return compact_queue_size(rules) + (uint64_t)states * compact_state_size(rules);
}

static bool is_better(const CompactState *a, const CompactState *b) {
  return a->head != b->head ? a->head > b->head : a->placed > b->placed;
}

static void sort_states(Beginnings *b) {
  for (int i = 1; i < b->count; i++)
    for (int j = i; j > 0 && is_better(b->states[j], b->states[j - 1]); j--) {
      CompactState *state = b->states[j];
      b->states[j] = b->states[j - 1];
      b->states[j - 1] = state;
    }
}

// One more word for each beginning, in both ways where there are two.
static void extend(const CompactGroup *group, Beginnings *b, CompactQueue *queue) {
  for (int i = 0, old = b->count; i < old; i++) {
    CompactState *state = b->states[i];
    if (compact_may_straddle(group, state->head)) {
      CompactState *other = b->states[b->count++];
      memcpy(other, state, compact_state_size(group->rules));
      compact_state_word(group, other, queue, true);
    }
    compact_state_word(group, state, queue, false);
  }
  sort_states(b);
  if (b->count > BEGINNINGS) b->count = BEGINNINGS;
}

static bool any_may_straddle(const CompactGroup *group, const Beginnings *b) {
  for (int i = 0; i < b->count; i++)
    if (compact_may_straddle(group, b->states[i]->head)) return true;
  return false;
}

uint32_t compact_matching(const CompactGroup *group, void *scratch) {
  CompactQueue *queue = scratch;
  Beginnings b = {.count = 1};
  char *memory = (char *)scratch + compact_queue_size(group->rules);
  for (int i = 0; i < (group->run_on ? 2 * BEGINNINGS : 1); i++)
    b.states[i] = (CompactState *)(void *)(memory + (uint64_t)i * compact_state_size(group->rules));
  compact_queue_begin(group->rules, queue);
  compact_state_begin(b.states[0]);
  while (b.states[0]->head < group->total) {
    extend(group, &b, queue);
    if (!any_may_straddle(group, &b)) b.count = 1;
    if (b.states[0]->count % FLUSH_WORDS) continue;
    b.count = 1;
    compact_state_flush(group, b.states[0], b.states[0]->count - FLUSH_WORDS);
  }
  compact_state_flush(group, b.states[0], b.states[0]->count);
  return b.states[0]->count;
}
