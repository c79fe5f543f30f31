// Which k-tiles of the list are loaded, and what the stores of chunks show for them (lac_outer_pass): k-tiles of A that
// have been found empty are dropped while panels of their m-tile follow, and their words are jumped over.
#include "sim/model/outer/array.h"

#include <stdlib.h>

bool outer_pass_new(OuterPass *p, const OuterShape *shape) {
  size_t blocks = (size_t)shape->blocks;
  *p = (OuterPass){0};
  p->words = calloc((size_t)shape->list_words * blocks, sizeof *p->words);
  p->open = calloc(blocks, sizeof *p->open);
  p->empty = calloc((size_t)shape->known + 1, sizeof *p->empty);
  p->shows = calloc(blocks, sizeof *p->shows);
  p->dropped = calloc(blocks, sizeof *p->dropped);
  return p->words && p->open && p->empty && p->shows && p->dropped;
}

void outer_pass_free(OuterPass *p) {
  free(p->words);
  free(p->open);
  free(p->empty);
  free(p->shows);
  free(p->dropped);
}

void outer_pass_look(OuterPass *p, const OuterShape *shape) {
  p->room = p->under_way < OUTER_WAY;
  for (int g = 0; g < shape->blocks; g++)
    p->room = p->room && p->shows[g].count < shape->slots + 6;
}

void outer_pass_stored(OuterPass *p, int block) {
  p->open[block]++;
}

void outer_pass_close(OuterPass *p, const OuterShape *shape, Count place) {
  for (int g = 0; g < shape->blocks; g++) {
    p->words[place * shape->blocks + g] = p->open[g];
    p->open[g] = 0;
  }
}

// To all stores: what has been dropped, then the k-tile at `place` of the list; none if that is negative.
static void tell_stores(OuterPass *p, const OuterShape *shape, Count place) {
  for (int g = 0; g < shape->blocks; g++) {
    OuterShows *s = &p->shows[g];
    Count words = place < 0 ? 0 : p->words[place * shape->blocks + g];
    s->show[s->count++] = (OuterShow){p->dropped[g], words};
    p->dropped[g] = 0;
  }
  p->drops = false;
}

static void drop(OuterPass *p, const OuterShape *shape, Count place) {
  for (int g = 0; g < shape->blocks; g++)
    p->dropped[g] += p->words[place * shape->blocks + g];
  p->drops = true;
}

static void learn(OuterPass *p, const OuterShape *shape) {
  if (!p->loaded) return;
  if (p->way[0].learns && p->way[0].number < (uint32_t)shape->known && p->loaded_empty)
    p->empty[p->way[0].number] = true;
  p->under_way--;
  for (int i = 0; i < p->under_way; i++)
    p->way[i] = p->way[i + 1];
}

// The next k-tile is of another m-tile.
static void forget(OuterPass *p, const OuterShape *shape) {
  for (int i = 0; i < shape->known; i++)
    p->empty[i] = false;
  for (int i = 0; i < p->under_way; i++)
    p->way[i].learns = false;
}

static void load(OuterPass *p, const OuterShape *shape, const OuterStore *list) {
  tell_stores(p, shape, list->place);
  p->number = list->word.number;
  p->last = list->word.panel_last;
  p->way[p->under_way].number = p->number;
  p->way[p->under_way++].learns = true;
}

bool outer_pass_cycle(OuterPass *p, const OuterShape *shape, const OuterStore *list, bool taken) {
  const OuterWord *word = &list->word;
  bool known = word->number < (uint32_t)shape->known && p->empty[word->number];
  bool drops = list->valid && known && !word->panel_last;
  bool loads = list->valid && !drops && p->room && (!p->valid || taken);
  if (!list->valid && p->drops && p->room) tell_stores(p, shape, -1);
  learn(p, shape);
  if (drops) drop(p, shape, list->place);
  if (loads) load(p, shape, list);
  if (loads && list->last) forget(p, shape);
  p->valid = loads || (p->valid && !taken);
  return drops || loads;
}
