// Reading: segments (lac_fetch), bursts and landing FIFOs (lac_axi_read), alignment (lac_axi_align).
#include "sim/model/engine.h"

// ---- where a channel's beats arrive

// The segment that arrives next: its beats, and whether the final one only completes the output beat before.
static void load_landing(Machine *m, int channel, Count bytes) {
  ReadFlags *f = &m->flags.read[channel];
  Count bus = m->config.bus_bytes;
  m->counts.read[channel].land_beats = (f->land_offset + bytes + bus - 1) / bus;
  f->land_spills = (bytes - 1) % bus > bus - 1 - f->land_offset;
}

static void land(Machine *m, int channel, Segment segment) {
  m->flags.read[channel].land_offset = (Flag)(segment.address % m->config.bus_bytes);
  load_landing(m, channel, segment.bytes);
}

// Where requests come from the engine: the first of those that have not arrived.
static void land_own(Machine *m, int channel) {
  const OwnChannel *c = &m->own->channel[channel];
  if (c->open > 0) land(m, channel, c->landing[c->first]);
}

void read_start(Machine *m) {
  Config *all = &m->config;
  for (int channel = 0; channel < CHANNEL_COUNT; channel++) {
    const ReadConfig *config = &all->read[channel];
    ReadCounts *c = &m->counts.read[channel];
    if (config->segments > 0 || m->model->settle) all->reading[all->reads++] = channel;
    c->requests = c->land_segments = config->segments;
    c->credit = m->config.fifo_beats;
    c->request_at = config->address;
    m->flags.read[channel].split.page = NO_PAGE;
    land(m, channel, (Segment){config->address, config->bytes});
    if (channel != CHANNEL_A && channel != CHANNEL_AM) panels_start(m, channel);
  }
}

// ---- bursts

static bool offers_burst(const Machine *m, int channel) {
  const SplitFlags *split = &m->flags.read[channel].split;
  return split->burst && m->counts.read[channel].credit >= split->beats;
}

// A consumer that had to wait a short while ago makes its channel urgent, so long as there are bursts to come.
static bool is_urgent(const Machine *m, int channel, bool waits) {
  const SplitFlags *split = &m->flags.read[channel].split;
  return (split->segment || split->burst) && (waits || m->counts.read[channel].urgent > 0);
}

static void hold_urgent(Machine *m, int channel, bool waits) {
  Count *left = &m->counts.read[channel].urgent;
  if (waits)
    *left = m->config.urgent_cycles;
  else if (*left > 0)
    --*left;
}

// Whether the engine waits for B or its metadata, and these can be taken.
static bool waits_for(const Machine *m, const Signals *s, int channel) {
  const BeatReader *reader = m->reader[channel];
  return s->b_waits && (!reader || reader->ready(m, channel));
}

// By channel: whether the engine waits for what it brings, and it can be taken.
static void look_waits(const Machine *m, const Signals *s, bool waits[CHANNEL_COUNT]) {
  waits[CHANNEL_A] = waits[CHANNEL_AM] = s->a_waits;
  waits[CHANNEL_B] = waits_for(m, s, CHANNEL_B);
  waits[CHANNEL_M] = waits_for(m, s, CHANNEL_M);
  waits[CHANNEL_P] = waits[CHANNEL_AL] = waits[CHANNEL_BL] = false;
  for (int channel = 0; m->own && channel < CHANNEL_COUNT; channel++)
    waits[channel] = m->own->channel[channel].waits;
}

static bool has_burst(const Machine *m) {
  Flag bursts = 0;
  for (int i = 0; i < m->config.reads; i++)
    bursts |= m->flags.read[m->config.reading[i]].split.burst;
  return bursts;
}

// The channel that may issue its burst, or -1: round robin, among the urgent ones if there are any.
static int arbitrate(const Machine *m, const Signals *s, const bool waits[CHANNEL_COUNT]) {
  const Config *config = &m->config;
  if (!s->ar_room || !has_burst(m)) return -1;
  bool any = false, urgent[CHANNEL_COUNT];
  for (int i = 0; i < config->reads; i++) {
    urgent[i] = is_urgent(m, config->reading[i], waits[config->reading[i]]);
    any = any || urgent[i];
  }
  int first = -1; // from the lowest channel on
  for (int i = 0; i < config->reads; i++) {
    int channel = config->reading[i];
    if ((any && !urgent[i]) || !offers_burst(m, channel)) continue;
    if (channel >= m->flags.bus.arbiter) return channel;
    if (first < 0) first = channel;
  }
  return first;
}

static void issue(Machine *m, int channel) {
  BusFlags *bus = &m->flags.bus;
  SplitFlags *split = &m->flags.read[channel].split;
  if (bus->read_issued == 0) m->counts.read_left = split->beats;
  m->flags.reads[bus->read_issued++] = (ReadBurst){channel, split->beats};
  m->counts.read[channel].credit -= split->beats;
  bus->arbiter = (channel + 1) % CHANNEL_COUNT;
  split->burst = 0;
}

static void feed_split(Machine *m, int channel, bool closing) {
  const ReadConfig *config = &m->config.read[channel];
  ReadFlags *f = &m->flags.read[channel];
  ReadCounts *c = &m->counts.read[channel];
  if (closing) {
    f->split.segment = f->split.burst = 0;
    return;
  }
  split_cut(&m->config, &f->split, &c->beats_left);
  Segment next = {c->request_at, config->bytes};
  if (f->split.segment || (m->own ? !own_request(m, channel, &next) : c->requests == 0)) return;
  if (m->own && m->own->channel[channel].open == 1) land_own(m, channel);
  split_load(&m->config, &f->split, &c->beats_left, next.address, next.bytes);
  c->request_at += config->pitch;
  c->requests--;
}

// ---- landing FIFO and alignment

static void next_landing(Machine *m, int channel) {
  ReadFlags *f = &m->flags.read[channel];
  ReadCounts *c = &m->counts.read[channel];
  if (--c->land_beats > 0) return;
  if (m->own) {
    own_landed(m, channel);
    land_own(m, channel);
    return;
  }
  f->land_offset = (Flag)((f->land_offset + m->config.read[channel].pitch) % m->config.bus_bytes);
  c->land_segments--;
  load_landing(m, channel, m->config.read[channel].bytes);
}

// The aligner joins what it keeps with the head of the FIFO, unless that is all of its beat.
static bool align_joins(const ReadFlags *f) {
  return !f->kept_last && f->kept_offset != 0;
}

static bool align_offers(const ReadFlags *f) {
  return f->kept && (!align_joins(f) || f->head);
}

// What it offers is its segment's last beat: all that it keeps, or the head only completes it.
static bool align_last(const Machine *m, int channel) {
  const ReadFlags *f = &m->flags.read[channel];
  return f->kept_last || (align_joins(f) && m->counts.read[channel].land_beats == 1 && f->land_spills);
}

void read_own(Machine *m) {
  for (int channel = 0; channel < CHANNEL_COUNT; channel++) {
    OwnChannel *c = &m->own->channel[channel];
    c->offers = align_offers(&m->flags.read[channel]);
    c->last = align_last(m, channel);
  }
}

// Beats move through FIFO and aligner; `ready` says that what is offered is taken. Returns whether it was offered.
static bool align_cycle(Machine *m, int channel, bool landed, bool ready, bool *last) {
  ReadFlags *f = &m->flags.read[channel];
  ReadCounts *c = &m->counts.read[channel];
  bool head = f->head, in_last = c->land_beats == 1;
  bool used_up = align_joins(f) && in_last && f->land_spills, offered = align_offers(f);
  bool in_ready = !f->kept || (offered && ready), take = head && in_ready;
  *last = f->kept_last || used_up;
  if (in_ready) f->kept = take && !(f->kept && used_up);
  if (take) {
    f->kept_offset = m->flags.read[channel].land_offset;
    f->kept_last = in_last;
    c->credit++;
    next_landing(m, channel);
  }
  bool fetch = c->level > 0 && (!head || in_ready);
  f->head = fetch || (head && !in_ready);
  c->level += landed - fetch;
  return offered;
}

static bool is_moving(const Machine *m, int channel, bool landed) {
  const ReadFlags *f = &m->flags.read[channel];
  return landed || f->head || f->kept || m->counts.read[channel].level > 0;
}

static void channel_cycle(Machine *m, int channel, bool landed, const Signals *s) {
  bool last, moves = is_moving(m, channel, landed);
  if (m->own) {
    if (moves) align_cycle(m, channel, landed, m->own->channel[channel].takes, &last);
    return;
  }
  if (channel == CHANNEL_A) {
    if (moves && align_cycle(m, channel, landed, s->a_room, &last) && s->a_room) walk_take_beat(m, last);
    return;
  }
  bool out_ready = channel == CHANNEL_B ? s->b_take > 0 : s->c_valid && m->config.params;
  bool ready = panels_ready(m, channel), offered = false;
  last = false;
  if (moves) offered = align_cycle(m, channel, landed, ready, &last);
  panels_cycle(m, channel, offered && ready, last, out_ready);
}

// True if the channel's reader takes a beat.
static bool beat_cycle(Machine *m, int channel, bool landed) {
  bool last, ready = m->reader[channel]->ready(m, channel);
  return is_moving(m, channel, landed) && align_cycle(m, channel, landed, ready, &last) && ready;
}

static void pair_cycle(Machine *m, const Signals *s, int from, int channel, int meta_channel) {
  const BeatReader *reader = m->reader[channel];
  if (!reader) return;
  if (reader->look) reader->look(m, s);
  bool beat = beat_cycle(m, channel, channel == from), meta_beat = beat_cycle(m, meta_channel, meta_channel == from);
  reader->cycle(m, s, beat, meta_beat);
}

// What B and its metadata will do in this cycle, before anything moves.
void read_look(Machine *m) {
  panels_join(m, align_offers(&m->flags.read[CHANNEL_B]), align_offers(&m->flags.read[CHANNEL_M]));
}

// Uses r_beat, ar_room, a_room, a_waits, b_waits, b_take, c_valid, closing.
void read_cycle(Machine *m, const Signals *s) {
  bool waits[CHANNEL_COUNT];
  look_waits(m, s, waits);
  int from = s->r_beat ? m->flags.reads[0].channel : -1, granted = arbitrate(m, s, waits);
  if (granted >= 0) issue(m, granted);
  for (int i = 0; i < m->config.reads; i++) {
    int channel = m->config.reading[i];
    hold_urgent(m, channel, waits[channel]);
    feed_split(m, channel, s->closing);
    if (!m->reader[channel]) channel_cycle(m, channel, channel == from, s);
  }
  pair_cycle(m, s, from, CHANNEL_A, CHANNEL_AM);
  pair_cycle(m, s, from, CHANNEL_B, CHANNEL_M);
  if (m->model->words) m->model->words->cycle(m, s->b_take);
}
