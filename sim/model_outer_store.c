// The stores of the outer-product engine (lac_outer_store): rings of words, a group of panels shown once per m-tile of
// its block, a word given up at its last showing.
#include "sim/model_outer.h"

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
  return s->written.tiles > 0 && s->held < s->words && s->groups < STORE_GROUPS;
}

static Count after(const OuterStore *s, Count place) {
  return place + 1 == s->words ? 0 : place + 1;
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

static void show(OuterStore *s, const OuterShape *shape) {
  bool last_tile = s->tile == min_count(s->shown.tiles, shape->block_tiles);
  bool last_word = s->groups > 0 && s->position == s->lengths[0];
  s->word = s->ring[s->read];
  s->read = after(s, s->read);
  s->position++;
  if (last_tile) {
    s->first = s->read;
    s->held--;
  } else {
    s->ahead++;
  }
  if (last_word) end_showing(s, shape, last_tile);
}

static void put(OuterStore *s, const OuterShape *shape, const OuterWord *in) {
  s->ring[s->write] = *in;
  s->write = after(s, s->write);
  s->held++;
  bool group_ends = in->panel_last && s->panel == min_count(s->written.panels, shape->group_panels);
  if (group_ends) {
    s->lengths[s->groups++] = s->length;
    loop_next(&s->written, shape);
  }
  s->panel = group_ends ? 1 : s->panel + in->panel_last;
  s->length = group_ends ? 1 : s->length + 1;
}

void outer_store_cycle(OuterStore *s, const OuterShape *shape, const OuterWord *in, bool taken) {
  bool reads = s->shown.tiles > 0 && s->ahead < s->held && (!s->valid || taken);
  if (reads) show(s, shape);
  s->valid = reads || (s->valid && !taken);
  if (in) put(s, shape, in);
}
