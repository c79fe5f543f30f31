// Words of B with metadata: parts meet theirs (lac_b_join, lac_hss_join); for engines with windows, words go round the
// banks and are shown as many at a time as the window holds (lac_replay_banked).
#include "sim/model/state.h"

static Count words_of(const Config *config, Count panel) {
  return config->panel_words ? config->panel_words[panel] : config->read[CHANNEL_B].segment;
}

// Of the group that is played or loaded.
static Count group_words(const Config *config, const NestCounts *nest) {
  Count first = config->panels - nest->panels, words = 0;
  for (Count i = 0; i < min_count(nest->panels, config->group_panels); i++)
    words += words_of(config, first + i);
  return words;
}

static Count panel_words(const Config *config, const NestCounts *nest) {
  return words_of(config, config->panels - nest->panels + min_count(nest->panels, config->group_panels) - nest->panel);
}

void words_start(Machine *m) {
  WordCounts *w = &m->words;
  nest_start(&m->config, &w->load);
  w->load_left = panel_words(&m->config, &w->load);
  w->left = group_words(&m->config, &m->counts.read[CHANNEL_B].nest);
}

// ---- joining

static bool has_room(const Machine *m) {
  const WordCounts *w = &m->words;
  Count capacity = m->config.read[CHANNEL_B].capacity;
  if (!m->griffin) return m->counts.read[CHANNEL_B].held < capacity;
  return w->load.tiles > 0 && w->rows < capacity / m->config.banks;
}

void words_look(Machine *m, bool b_beat, bool m_beat) {
  WordCounts *w = &m->words;
  bool room = has_room(m);
  bool part = panels_offer(m, CHANNEL_B, b_beat);
  bool meta = !m->config.compacted || panels_offer(m, CHANNEL_M, m_beat);
  w->meta_late = part && !meta;
  w->joins = part && meta && room;
}

// ---- banks

// A group begins in a row of its own, and is loaded once for all its m-tiles.
static void load_word(Machine *m) {
  const Config *config = &m->config;
  WordCounts *w = &m->words;
  ReadCounts *c = &m->counts.read[CHANNEL_B];
  bool panel_done = --w->load_left == 0, group_done = panel_done && w->load.panel == 1;
  c->loaded++;
  c->held++;
  c->ready++;
  w->bank++;
  if (group_done || w->bank == config->banks) {
    w->bank = 0;
    w->rows++;
  }
  if (!panel_done) return;
  if (group_done) w->load.tile = 1;
  nest_next_panel(config, &w->load);
  if (w->load.tiles > 0) w->load_left = panel_words(config, &w->load);
}

// The group is played to its end: again, or the next one comes.
static void next_playing(Machine *m) {
  WordCounts *w = &m->words;
  ReadCounts *c = &m->counts.read[CHANNEL_B];
  if (c->nest.tile > 1) c->ready = c->held;
  c->nest.panel = 1;
  nest_next_panel(&m->config, &c->nest);
  w->place = 0;
  if (c->nest.tiles > 0) w->left = group_words(&m->config, &c->nest);
}

static void give_up(Machine *m, int taken) {
  WordCounts *w = &m->words;
  ReadCounts *c = &m->counts.read[CHANNEL_B];
  Count row = w->place / m->config.banks;
  c->ready -= taken;
  w->place += taken;
  w->left -= taken;
  if (c->nest.tile == 1) {
    Count end = w->left == 0 ? w->place + m->config.banks - 1 : w->place; // the group's last row goes as a whole
    c->held -= taken;
    w->rows -= end / m->config.banks - row;
  }
  if (w->left == 0) next_playing(m);
}

// What is shown next was complete before this cycle.
void words_cycle(Machine *m, int taken) {
  WordCounts *w = &m->words;
  ReadFlags *f = &m->flags.read[CHANNEL_B];
  if (taken > 0) give_up(m, taken);
  w->visible = (int)min_count(m->config.window, min_count(m->counts.read[CHANNEL_B].ready, w->left));
  if (!w->joins || ++f->lane < m->config.read[CHANNEL_B].lanes) return;
  f->lane = 0;
  load_word(m);
}
