// Words of B go round the banks and are shown as many at a time as the window holds (lac_replay_banked).
#include "sim/model/griffin/griffin.h"

static Griffin *griffin_of(const Machine *m) {
  return m->engine;
}

// Of a panel.
static Count words_of(const Machine *m, Count panel) {
  const Count *count = griffin_of(m)->b.count;
  return count ? count[panel] : m->config.read[CHANNEL_B].segment;
}

// Of the group that is played or loaded.
static Count group_words(const Machine *m, const NestCounts *nest) {
  const Config *config = &m->config;
  Count first = config->panels - nest->panels, words = 0;
  for (Count i = 0; i < min_count(nest->panels, config->group_panels); i++)
    words += words_of(m, first + i);
  return words;
}

static Count panel_words(const Machine *m, const NestCounts *nest) {
  return words_of(m, nest_panel(&m->config, nest));
}

void words_start(Machine *m) {
  Words *w = &griffin_of(m)->store;
  *w = (Words){0};
  nest_start(&m->config, &w->load);
  w->load_left = panel_words(m, &w->load);
  w->left = group_words(m, &w->load);
}

static bool words_room(const Machine *m) {
  const Words *w = &griffin_of(m)->store;
  return w->load.tiles > 0 && w->rows < m->config.read[CHANNEL_B].capacity / griffin_of(m)->plan->b_banks;
}

// A group begins in a row of its own, and is loaded once for all its m-tiles.
static void load_word(Machine *m) {
  const Config *config = &m->config;
  Words *w = &griffin_of(m)->store;
  ReadCounts *c = &m->counts.read[CHANNEL_B];
  bool panel_done = --w->load_left == 0, group_done = panel_done && w->load.panel == 1;
  c->loaded++;
  c->held++;
  c->ready++;
  w->bank++;
  if (group_done || w->bank == griffin_of(m)->plan->b_banks) {
    w->bank = 0;
    w->rows++;
  }
  if (!panel_done) return;
  if (group_done) w->load.tile = 1;
  nest_next_panel(config, &w->load);
  if (w->load.tiles > 0) w->load_left = panel_words(m, &w->load);
}

// The group is played to its end: again, or the next one comes.
static void next_playing(Machine *m) {
  Words *w = &griffin_of(m)->store;
  ReadCounts *c = &m->counts.read[CHANNEL_B];
  if (c->nest.tile > 1) c->ready = c->held;
  c->nest.panel = 1;
  nest_next_panel(&m->config, &c->nest);
  w->place = 0;
  if (c->nest.tiles > 0) w->left = group_words(m, &c->nest);
}

static void give_up(Machine *m, int taken) {
  Words *w = &griffin_of(m)->store;
  ReadCounts *c = &m->counts.read[CHANNEL_B];
  int banks = griffin_of(m)->plan->b_banks;
  Count row = w->place / banks;
  c->ready -= taken;
  w->place += taken;
  w->left -= taken;
  if (c->nest.tile == 1) {
    Count end = w->left == 0 ? w->place + banks - 1 : w->place; // the group's last row goes as a whole
    c->held -= taken;
    w->rows -= end / banks - row;
  }
  if (w->left == 0) next_playing(m);
}

// What is shown next was complete before this cycle.
static void words_cycle(Machine *m, int taken) {
  Words *w = &griffin_of(m)->store;
  ReadFlags *f = &m->flags.read[CHANNEL_B];
  if (taken > 0) give_up(m, taken);
  w->visible = (int)min_count(griffin_of(m)->plan->b_window, min_count(m->counts.read[CHANNEL_B].ready, w->left));
  if (!m->join.goes || ++f->lane < m->config.read[CHANNEL_B].lanes) return;
  f->lane = 0;
  load_word(m);
}

const WordReader words_reader = {words_room, words_cycle};
