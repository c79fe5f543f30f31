// A block of the outer-product engine (lac_outer_block, lac_outer_window): each lane takes the oldest chunk that has
// rows left for it; which row is struck off makes no difference here, so rows are counts, a byte per lane.
#include "sim/model/outer/array.h"

#define TOPS  0x8080808080808080u
#define BELOW 0x7f7f7f7f7f7f7f7fu

// The top bit of each byte that is not zero; no byte is above 64.
static uint64_t busy_lanes(LaneRows rows) {
  return (rows + BELOW) & TOPS;
}

static int count_lanes(uint64_t tops) {
  return (int)((tops >> 7) * 0x0101010101010101u >> 56);
}

void outer_block_issue(OuterBlock *b, OuterTally *tally) {
  uint64_t served = 0;
  for (int i = 0; i < b->count; i++) {
    OuterEntry *e = &b->window[i];
    uint64_t lanes = busy_lanes(e->rows) & ~served;
    int count = count_lanes(lanes);
    e->rows -= lanes >> 7;
    served |= lanes;
    tally->issues += count;
    tally->used += count * e->values;
    tally->merge += count * e->lost;
  }
}

static void count_gone(OuterBlock *b, int tiles) {
  b->through += b->gone[OUTER_THROUGH - 1];
  for (int i = OUTER_THROUGH - 1; i > 0; i--)
    b->gone[i] = b->gone[i - 1];
  b->gone[0] = (uint8_t)tiles;
}

static void retire(OuterBlock *b) {
  int gone = 0, tiles = 0;
  while (gone < b->count && b->window[gone].rows == 0) {
    b->held -= b->window[gone].k_last;
    tiles += b->window[gone].panel_last;
    gone++;
  }
  b->count -= gone;
  for (int i = 0; gone > 0 && i < b->count; i++)
    b->window[i] = b->window[i + gone];
  count_gone(b, tiles);
}

bool outer_block_skips(const OuterBlock *b) {
  return b->ahead > 0 && b->slots[b->slot].empty;
}

bool outer_half_free(const OuterBlock *b, bool clean) {
  return clean && b->tiles < 2;
}

static void enter(OuterBlock *b, const OuterShape *shape, const OuterWord *word) {
  const OuterKTile *k_tile = &b->slots[b->slot];
  b->window[b->count++] = (OuterEntry){.rows = word->values ? k_tile->rows[word->number] : 0,
                                       .values = word->values,
                                       .lost = word->lost,
                                       .k_last = word->k_last,
                                       .panel_last = word->panel_last};
  if (!word->k_last) return;
  b->ahead--;
  b->ended = word->panel_last && k_tile->end;
  b->tiles += word->panel_last;
  b->slot = (b->slot + 1) % shape->slots;
}

bool outer_block_move(OuterBlock *b, const OuterShape *shape, bool clean, const OuterWord *word) {
  retire(b);
  bool enters = word && b->count < shape->window && b->ahead > 0 && outer_half_free(b, clean);
  if (enters) enter(b, shape, word);
  return enters;
}
