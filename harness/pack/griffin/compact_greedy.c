// The paper's way, as a baseline: the head's weights stay where they are, and each empty slot takes the oldest weight
// it may, rounds over distances for all slots at once (Shafiee et al., HPCA 2022, section III).
#include "harness/pack/griffin/compact_state.h"

#include <string.h>

typedef struct Greedy {
  const CompactGroup *group;
  uint64_t *waiting, *free; // [window][lanes], [lanes]
  uint32_t word, head;
  bool straddle;
} Greedy;

uint64_t compact_greedy_scratch(const CompactRules *rules) {
  return (2 * COMPACT_WINDOW + 1) * (uint64_t)rules->lanes * sizeof(uint64_t);
}

// Bit c of the result is bit c + across, from the first columns again where columns wrap.
static uint64_t columns_from(const CompactGroup *g, uint64_t bits, int across) {
  uint64_t around = across && g->rules->wrap ? bits << (g->rules->columns - across) : 0;
  return (bits >> across | around) & g->columns;
}

static uint64_t columns_to(const CompactGroup *g, uint64_t bits, int across) {
  return across ? (bits << across | bits >> (g->rules->columns - across)) & g->columns : bits;
}

static void take_round(const Greedy *s, int ahead, int across, int side) {
  const CompactRules *r = s->group->rules;
  uint32_t step = s->head + (uint32_t)ahead;
  bool next_tile = step >= compact_tile_end(s->group, s->head);
  for (int lane = 0; lane < r->lanes; lane++) {
    uint64_t *waiting = &s->waiting[(int)(step % COMPACT_WINDOW) * r->lanes + (lane + side) % r->lanes];
    uint64_t take = columns_from(s->group, *waiting, across) & s->free[lane];
    s->free[lane] &= ~take;
    *waiting &= ~columns_to(s->group, take, across);
    for (; take; take &= take - 1)
      s->group->codes[compact_code_index(r, s->word, __builtin_ctzll(take), lane)] =
          compact_code(ahead, side, next_tile ? 1 : across);
  }
}

static bool is_empty(const Greedy *s, uint32_t step) {
  int lanes = s->group->rules->lanes;
  for (int lane = 0; lane < lanes; lane++)
    if (s->waiting[(int)(step % COMPACT_WINDOW) * lanes + lane]) return false;
  return true;
}

// Fills a word; returns the next head.
static uint32_t fill_word(const Greedy *s) {
  const CompactRules *r = s->group->rules;
  uint32_t tile_end = compact_tile_end(s->group, s->head), end = s->straddle ? tile_end + s->group->steps : tile_end;
  uint32_t next = s->head, limit = compact_limit(s->group, s->head);
  for (int lane = 0; lane < r->lanes; lane++)
    s->free[lane] = s->group->columns;
  memset(s->group->codes + s->word * compact_codes(r), 0xff, compact_codes(r) * sizeof(CompactCode));
  for (int ahead = 0; ahead <= r->d1 && s->head + (uint32_t)ahead < end; ahead++)
    for (int across = 0; across <= (ahead && !s->straddle ? r->d3 : 0); across++)
      for (int side = 0; side <= (ahead ? r->d2 : 0); side++)
        take_round(s, ahead, across, side);
  while (next < limit && is_empty(s, next))
    next++;
  return next;
}

static bool holds_next(const Greedy *s, const uint64_t *before) {
  const CompactRules *r = s->group->rules;
  for (uint32_t step = compact_tile_end(s->group, s->head); step <= s->head + (uint32_t)r->d1; step++)
    for (int lane = 0; lane < r->lanes; lane++) {
      int place = (int)(step % COMPACT_WINDOW) * r->lanes + lane;
      if (before[place] != s->waiting[place]) return true;
    }
  return false;
}

// Straddles where that gives up no fewer steps.
static uint32_t make_word(Greedy *s, uint64_t *before) {
  uint64_t size = COMPACT_WINDOW * (uint64_t)s->group->rules->lanes * sizeof(uint64_t);
  s->straddle = false;
  if (!compact_may_straddle(s->group, s->head)) return fill_word(s);
  memcpy(before, s->waiting, size);
  uint32_t next = fill_word(s);
  memcpy(s->waiting, before, size);
  s->straddle = true;
  uint32_t straddling = fill_word(s);
  if (straddling >= next) {
    s->straddle = holds_next(s, before);
    return straddling;
  }
  memcpy(s->waiting, before, size);
  s->straddle = false;
  return fill_word(s);
}

uint32_t compact_greedy(const CompactGroup *group, void *scratch) {
  const CompactRules *r = group->rules;
  uint64_t *before = scratch, lanes = (uint64_t)r->lanes;
  Greedy s = {.group = group, .waiting = before + COMPACT_WINDOW * lanes, .free = before + 2 * COMPACT_WINDOW * lanes};
  for (uint32_t loaded = 0; s.head < group->total; s.word++) {
    for (; loaded < group->total && loaded <= s.head + (uint32_t)r->d1; loaded++)
      memcpy(s.waiting + loaded % COMPACT_WINDOW * lanes, group->nonzero + loaded * lanes, lanes * sizeof(uint64_t));
    uint32_t next = make_word(&s, before);
    group->words[s.word] = (CompactWord){(uint8_t)(next - s.head), next >= compact_tile_end(group, s.head), s.straddle};
    s.head = next;
  }
  return s.word;
}
