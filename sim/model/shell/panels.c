// B and the column parameters behind the reader: lanes (lac_gearbox), those that count (lac_trim), words that are
// played again (lac_replay).
#include "sim/model/engine.h"

void panels_start(Machine *m, int channel) {
  const ReadConfig *config = &m->config.read[channel];
  ReadCounts *c = &m->counts.read[channel];
  nest_start(&m->config, &c->nest);
  c->repeat = config->repeat;
  c->word = config->segment;
  c->trim_left = config->keep;
}

static bool has_gears(const ReadConfig *config) {
  return config->gear_in != config->gear_out;
}

static bool is_joined(const Machine *m, int channel) {
  return m->config.joined && channel != CHANNEL_P;
}

static bool leaves_here(const Machine *m, int channel) {
  return channel == CHANNEL_M || (m->model->words && channel == CHANNEL_B);
}

// A lane that counts. `beat`: lac_axi_align offers one.
static bool offers_lane(const Machine *m, int channel, bool beat) {
  const ReadConfig *config = &m->config.read[channel];
  const ReadFlags *f = &m->flags.read[channel];
  return !f->dropping && (has_gears(config) ? f->gear >= config->gear_out : beat);
}

static bool has_room(const Machine *m, int channel) {
  return m->counts.read[channel].held < m->config.read[channel].capacity;
}

static bool lane_ready(const Machine *m, int channel) {
  if (is_joined(m, channel)) return m->flags.read[channel].dropping || m->join.goes;
  return m->flags.read[channel].dropping || has_room(m, channel);
}

static bool pops(const Machine *m, int channel) {
  return m->flags.read[channel].gear >= m->config.read[channel].gear_out && lane_ready(m, channel);
}

bool panels_ready(const Machine *m, int channel) {
  const ReadConfig *config = &m->config.read[channel];
  if (!has_gears(config)) return lane_ready(m, channel);
  int left = m->flags.read[channel].gear - (pops(m, channel) ? config->gear_out : 0);
  return left < config->gear_out;
}

// Parts of words of B meet their metadata in one of the joins.
void panels_join(Machine *m, bool b_beat, bool m_beat) {
  bool room = m->model->words ? m->model->words->room(m) : has_room(m, CHANNEL_B);
  bool part = offers_lane(m, CHANNEL_B, b_beat);
  bool meta = !m->config.compacted || offers_lane(m, CHANNEL_M, m_beat);
  m->join.meta_late = part && !meta;
  m->join.goes = part && meta && room;
}

// True if a lane is taken from the gearbox; a beat is put in if there is room.
static bool turn_gears(Machine *m, int channel, bool in, bool in_last) {
  const ReadConfig *config = &m->config.read[channel];
  ReadFlags *f = &m->flags.read[channel];
  if (!has_gears(config)) return in;
  bool pop = pops(m, channel);
  if (pop) f->gear -= config->gear_out;
  bool less = f->gear < config->gear_out;
  if (f->gear_ending && less) f->gear = 0;
  if (in) f->gear += config->gear_in;
  f->gear_ending = in ? in_last : f->gear_ending && !less;
  return pop;
}

// True if the lane counts.
static bool trim(Machine *m, int channel) {
  const ReadConfig *config = &m->config.read[channel];
  ReadFlags *f = &m->flags.read[channel];
  ReadCounts *c = &m->counts.read[channel];
  bool kept = !f->dropping;
  if (--c->trim_left > 0) return kept;
  f->dropping = kept && config->drop > 0;
  c->trim_left = f->dropping ? config->drop : config->keep;
  c->trims++;
  return kept;
}

static void load_lane(const ReadConfig *config, ReadFlags *f, ReadCounts *c) {
  if (++f->lane < config->lanes) return;
  f->lane = 0;
  c->loaded++;
  c->held++;
  c->ready++;
}

// Plays a word; the next one is the segment's first again, the group's first again, or the one behind.
static void play(Machine *m, int channel) {
  const ReadConfig *config = &m->config.read[channel];
  ReadCounts *c = &m->counts.read[channel];
  if (c->repeat == 1 && c->nest.tile == 1) c->held--;
  c->ready--;
  if (--c->word > 0) return;
  c->word = config->segment;
  if (--c->repeat > 0) {
    c->ready += config->segment;
    return;
  }
  c->repeat = config->repeat;
  bool again = c->nest.panel == 1 && c->nest.tile > 1;
  nest_next_panel(&m->config, &c->nest);
  if (again) c->ready = c->held;
}

void panels_cycle(Machine *m, int channel, bool in, bool in_last, bool out_ready) {
  const ReadConfig *config = &m->config.read[channel];
  ReadFlags *f = &m->flags.read[channel];
  ReadCounts *c = &m->counts.read[channel];
  bool free_out = !f->out || out_ready, read = free_out && c->nest.tiles > 0 && c->ready > 0;
  bool lane = turn_gears(m, channel, in, in_last) && trim(m, channel);
  if (leaves_here(m, channel)) return;
  if (lane) load_lane(config, f, c);
  if (read) play(m, channel);
  if (free_out) f->out = read;
}
