// The stores of the outer-product engine (lac_outer_store): rings of words, a group of panels shown once per m-tile of
// its block, a word given up at its last showing.
#include "sim/model/outer/array.h"

#include <stdlib.h>

// ---- blocks and groups (lac_tile_loop)

static void loop_start(GroupLoop *l, const OuterShape *shape) {
  *l = (GroupLoop){shape->tiles, shape->panels};
}

static void loop_next(GroupLoop *l, const OuterShape *shape) {
  l->panels -= shape->group_panels;
  if (l->panels > 0) return;
  l->panels = shape->panels;
  l->tiles = l->tiles > shape->block_tiles ? l->tiles - shape->block_tiles : 0;
}

// ---- the store

bool outer_store_new(OuterStore *s, const OuterShape *shape, Count words) {
  *s = (OuterStore){.words = words, .panel = 1, .length = 1, .tile = 1, .position = 1};
  loop_start(&s->written, shape);
  loop_start(&s->shown, shape);
  s->ring = calloc((size_t)words, sizeof *s->ring);
  return s->ring != NULL;
}

bool outer_store_room(const OuterStore *s) {
  return s->written.tiles > 0 && s->held < s->words && s->groups < OUTER_GROUPS;
}

static Count further(const OuterStore *s, Count place, Count by) {
  place += by;
  return place < s->words ? place : place - s->words;
}

static void forget_group(OuterStore *s) {
  s->groups--;
  for (int i = 0; i < s->groups; i++)
    s->lengths[i] = s->lengths[i + 1];
}

// The group's last word has been shown: again, or the next one comes.
static void end_showing(OuterStore *s, const OuterShape *shape, bool last_tile) {
  s->tile = last_tile ? 1 : s->tile + 1;
  s->position = 1;
  if (last_tile) {
    forget_group(s);
    loop_next(&s->shown, shape);
  } else {
    s->read = s->first;
    s->ahead = 0;
  }
}

static bool is_last_tile(const OuterStore *s, const OuterShape *shape) {
  return s->tile == min_count(s->shown.tiles, shape->block_tiles);
}

// Moves on by `words` words; the last showing releases them.
static void move_on(OuterStore *s, const OuterShape *shape, Count words) {
  s->read = further(s, s->read, words);
  s->position += words;
  if (is_last_tile(s, shape)) {
    s->first = s->read;
    s->held -= words;
  } else {
    s->ahead += words;
  }
}

static void show(OuterStore *s, const OuterShape *shape, const OuterTake *t) {
  Count hop = s->left == 0 ? t->show->jump : t->skip ? s->left - 1 : 0;
  s->left = (s->left == 0 ? t->show->words : s->left - hop) - 1;
  move_on(s, shape, hop);
  s->place = s->read;
  s->word = s->ring[s->read];
  s->last = s->groups > 0 && s->position == s->lengths[0];
  bool last_tile = is_last_tile(s, shape);
  move_on(s, shape, 1);
  if (s->last) end_showing(s, shape, last_tile);
}

static void put(OuterStore *s, const OuterShape *shape, const OuterWord *in) {
  s->ring[s->write] = *in;
  s->write = further(s, s->write, 1);
  s->held++;
  bool group_ends = in->panel_last && s->panel == min_count(s->written.panels, shape->group_panels);
  if (group_ends) {
    s->lengths[s->groups++] = s->length;
    loop_next(&s->written, shape);
  }
  s->panel = group_ends ? 1 : s->panel + in->panel_last;
  s->length = group_ends ? 1 : s->length + 1;
}

bool outer_store_cycle(OuterStore *s, const OuterShape *shape, OuterTake t) {
  bool offers = t.show && s->shown.tiles > 0, jumps = offers && t.show->words == 0;
  bool reads = offers && !jumps && s->ahead < s->held && (!s->valid || t.taken);
  if (jumps) move_on(s, shape, t.show->jump);
  if (reads) show(s, shape, &t);
  s->valid = reads || (s->valid && !t.taken);
  if (t.in) put(s, shape, t.in);
  return jumps || (reads && s->left == 0);
}
