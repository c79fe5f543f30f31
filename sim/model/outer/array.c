// The array of the outer-product engine, cycle by cycle: words to blocks, A to their slots (lac_outer_load), tiles to
// the epilogue (lac_outer_drain), and what a cycle was spent on (lac_outer_count).
#include "sim/model/outer/array.h"

#include <stdlib.h>

bool outer_array_start(OuterArray *o, const OuterShape *shape, const uint8_t *meta, Count meta_bytes) {
  size_t blocks = (size_t)shape->blocks;
  *o = (OuterArray){.shape = *shape, .leaves = shape->tiles * shape->panels};
  o->stores = calloc(blocks, sizeof *o->stores);
  o->blocks = calloc(blocks, sizeof *o->blocks);
  o->kept = calloc(blocks, sizeof *o->kept);
  o->has_kept = calloc(blocks, sizeof *o->has_kept);
  bool good = outer_store_new(&o->list, shape, shape->list_words);
  good = outer_pass_new(&o->pass, shape) && good && o->stores && o->blocks && o->kept && o->has_kept;
  for (size_t g = 0; good && g < blocks; g++)
    good = outer_store_new(&o->stores[g], shape, shape->store_words);
  outer_fill_start(&o->fill, shape, meta, meta_bytes);
  return good;
}

void outer_array_free(OuterArray *o) {
  for (int g = 0; o->stores && g < o->shape.blocks; g++)
    free(o->stores[g].ring);
  free(o->list.ring);
  outer_pass_free(&o->pass);
  free(o->stores);
  free(o->blocks);
  free(o->kept);
  free(o->has_kept);
}

// ---- B: a block's newest word is kept back until it is known whether it is the k-tile's last

static void fill_cycle(OuterArray *o) {
  enum { MOST_BLOCKS = 64 };
  bool all = outer_store_room(&o->list), block_room[MOST_BLOCKS];
  for (int g = 0; g < o->shape.blocks; g++) {
    bool room = outer_store_room(&o->stores[g]);
    all = all && room;
    block_room[g] = room || !o->has_kept[g];
  }
  o->chunk = outer_fill_cycle(&o->fill, &o->shape, all, block_room);
}

// The word of block g that is stored in this cycle: true if there is one.
static bool block_word(OuterArray *o, int g, OuterWord *word) {
  const OuterChunk *c = &o->chunk;
  bool mine = c->fires && c->word.values > 0 && c->block == g,
       stores = c->fires && (c->closes || (mine && o->has_kept[g]));
  if (stores) {
    *word = o->has_kept[g] ? o->kept[g] : (OuterWord){0};
    word->k_last = c->closes;
    word->panel_last = c->ends;
  }
  if (mine) o->kept[g] = c->word;
  o->has_kept[g] = mine || (o->has_kept[g] && !c->closes);
  if (stores) outer_pass_stored(&o->pass, g);
  return stores;
}

// ---- A

static bool has_room(const OuterArray *o) {
  for (int g = 0; g < o->shape.blocks; g++)
    if (o->blocks[g].held == o->shape.slots) return false;
  return true;
}

static bool has_no_rows(const OuterShape *shape, const OuterSignals *s, int block) {
  for (int k = (block + shape->blocks - s->turn) % shape->blocks; k < shape->k_tile; k += shape->blocks)
    if (s->rows[k]) return false;
  return true;
}

static void load_beat(OuterArray *o, const OuterSignals *s) {
  const int beats = o->shape.columns / 8;
  if (++o->beat < beats) return;
  o->beat = 0;
  o->loaded = o->loaded_empty = true;
  for (int g = 0; g < o->shape.blocks; g++) {
    OuterBlock *b = &o->blocks[g];
    bool empty = has_no_rows(&o->shape, s, g);
    o->loaded_empty = o->loaded_empty && empty;
    b->slots[b->load_slot] = (OuterKTile){s->rows, s->a_end, empty};
    b->load_slot = (b->load_slot + 1) % o->shape.slots;
    b->ahead++;
    b->held++;
  }
}

// ---- results

static bool all_through(const OuterArray *o) {
  for (int g = 0; g < o->shape.blocks; g++)
    if (o->blocks[g].through == 0) return false;
  return true;
}

static void drain_cycle(OuterArray *o, const OuterSignals *s) {
  bool freed = o->busy == 1;
  if (o->shape.sweep > 0) o->shape.sweep--;
  if (o->busy > 0) o->busy--;
  if (s->tile) {
    o->busy = (Count)o->shape.columns * (o->shape.columns / o->shape.banks);
    o->leaves--;
  }
  for (int g = 0; g < o->shape.blocks; g++) {
    o->blocks[g].tiles -= freed;
    o->blocks[g].through -= s->tile;
  }
}

// ---- causes

typedef struct Waits {
  bool out, a, b;
  bool token; // nothing is left to do but to wait for room
} Waits;

static void look_at_block(const OuterArray *o, int g, Waits *w) {
  const OuterBlock *b = &o->blocks[g];
  bool word = o->stores[g].valid;
  w->out |= word && !outer_half_free(b, o->shape.sweep == 0);
  w->a |= word && b->ahead == 0;
  w->b |= !word && !b->ended;
  w->token &= !word;
}

static int working_cause(OuterArray *o, const OuterTally *t) {
  const OuterShape *shape = &o->shape;
  Count all = (Count)shape->blocks * shape->lanes;
  o->owed_merge += t->merge;
  o->owed_idle += (all - t->issues) * shape->q;
  if (o->owed_merge >= all * shape->q) {
    o->owed_merge -= all * shape->q;
    return CAUSE_MERGE;
  }
  if (o->owed_idle < all * shape->q) return CAUSE_MULTIPLY;
  o->owed_idle -= all * shape->q;
  return CAUSE_IMBALANCE;
}

static int cause_of(OuterArray *o, const OuterTally *t, Waits w) {
  if (t->issues > 0) return working_cause(o, t);
  if (w.out) return CAUSE_WAIT_OUT;
  if (w.a) return CAUSE_WAIT_A;
  if (w.b) return o->fill.late ? CAUSE_WAIT_META : CAUSE_WAIT_B;
  return w.token ? CAUSE_WAIT_OUT : CAUSE_FILL_DRAIN;
}

// ---- a cycle

static void pop_show(OuterShows *s) {
  s->count--;
  for (int i = 0; i < s->count; i++)
    s->show[i] = s->show[i + 1];
}

static void block_cycle(OuterArray *o, int g, bool clean, OuterTally *tally) {
  OuterStore *store = &o->stores[g];
  OuterShows *shows = &o->pass.shows[g];
  OuterWord in;
  OuterTake take = {.show = shows->count > 0 ? &shows->show[0] : NULL, .skip = outer_block_skips(&o->blocks[g])};
  outer_block_issue(&o->blocks[g], tally);
  take.taken = outer_block_move(&o->blocks[g], &o->shape, clean, store->valid ? &store->word : NULL);
  if (block_word(o, g, &in)) take.in = &in;
  if (outer_store_cycle(store, &o->shape, take)) pop_show(shows);
}

void outer_array_cycle(OuterArray *o, OuterSignals *s) {
  OuterTally tally = {0};
  bool clean = o->shape.sweep == 0, may_leave = all_through(o) && clean && o->busy <= 1;
  Waits waits = {.token = may_leave && !s->token};
  for (int g = 0; g < o->shape.blocks; g++)
    look_at_block(o, g, &waits);
  s->a_take = has_room(o);
  s->tile = may_leave && s->token;
  s->job_end = s->tile && o->leaves == 1;
  outer_pass_look(&o->pass, &o->shape);
  fill_cycle(o);
  for (int g = 0; g < o->shape.blocks; g++)
    block_cycle(o, g, clean, &tally);
  s->working = tally.issues > 0;
  s->cause = cause_of(o, &tally, waits);
  o->used += tally.used;
  drain_cycle(o, s);
  o->loaded = false;
  if (s->a_valid && s->a_take) load_beat(o, s);
}

void outer_array_settle(OuterArray *o, bool number_taken, bool b_beat, bool m_beat) {
  static const OuterShow one = {0, 1};
  const OuterChunk *c = &o->chunk;
  OuterWord entry = {.number = c->number, .k_last = true, .panel_last = c->ends};
  OuterTake take = {.in = c->closes ? &entry : NULL, .show = &one};
  take.taken = outer_pass_cycle(&o->pass, &o->shape, &o->list, number_taken);
  o->pass.loaded = o->loaded;
  o->pass.loaded_empty = o->loaded_empty;
  if (c->closes) outer_pass_close(&o->pass, &o->shape, o->list.write);
  outer_store_cycle(&o->list, &o->shape, take);
  outer_fill_settle(&o->fill, &o->shape, b_beat, m_beat);
}
