// One call for every method.
#include "harness/pack/griffin/compact_state.h"

static uint64_t reach_of(const CompactRules *r, int column) {
  uint64_t reach = 0;
  for (int across = 0; across <= r->d3; across++)
    if (r->wrap || across <= column) reach |= (uint64_t)1 << (column - across + r->columns) % r->columns;
  return reach;
}

static uint32_t count_words(const CompactGroup *group, uint32_t words) {
  uint32_t tile = 0, begin = 0;
  for (uint32_t word = 0; word < words; word++)
    if (group->words[word].last) group->tile_words[tile++] = word + 1 - begin, begin = word + 1;
  return words;
}

static uint32_t compact_group(const CompactGroup *group, CompactMethod method, void *scratch) {
  uint32_t words = method == COMPACT_GREEDY ? compact_greedy(group, scratch) : compact_matching(group, scratch);
  return count_words(group, words);
}

uint64_t compact_scratch(const CompactRules *rules) {
  uint64_t greedy = compact_greedy_scratch(rules), matching = compact_matching_scratch(rules);
  return greedy > matching ? greedy : matching;
}

uint32_t compact(const CompactRules *rules, CompactMethod method, uint32_t tiles, uint32_t steps,
                 const uint64_t *nonzero, void *scratch, CompactWord *words, CompactCode *codes, uint32_t *tile_words) {
  CompactGroup g = {.rules = rules, .steps = steps, .total = steps, .nonzero = nonzero, .words = words, .codes = codes};
  uint32_t count = 0, at_once = rules->run_on && rules->d3 > 0 ? tiles : 1;
  g.run_on = at_once > 1;
  g.total = at_once * steps;
  g.columns = ~(uint64_t)0 >> (COMPACT_SIDE - rules->columns);
  for (int column = 0; column < rules->columns; column++)
    g.reach[column] = reach_of(rules, column);
  for (uint32_t tile = 0; tile < tiles; tile += at_once) {
    g.nonzero = nonzero + (uint64_t)tile * steps * (uint64_t)rules->lanes;
    g.words = words + count;
    g.codes = codes + count * compact_codes(rules);
    g.tile_words = tile_words + tile;
    count += compact_group(&g, method, scratch);
  }
  return count;
}
