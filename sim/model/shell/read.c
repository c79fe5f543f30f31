// Reading: segments (lac_fetch), bursts and landing FIFOs (lac_axi_read), alignment (lac_axi_align).
#include "sim/model/engine.h"

// ---- where a channel's beats arrive

// The segment that arrives next: its beats, and whether the final one only completes the output beat before.
static void load_landing(Machine *m, int channel) {
  ReadFlags *f = &m->flags.read[channel];
  Count bytes = m->config.read[channel].bytes, bus = m->config.bus_bytes;
  m->counts.read[channel].land_beats = (f->land_offset + bytes + bus - 1) / bus;
  f->land_spills = (bytes - 1) % bus > bus - 1 - f->land_offset;
}

void read_start(Machine *m) {
  for (int channel = 0; channel < CHANNEL_COUNT; channel++) {
    const ReadConfig *config = &m->config.read[channel];
    ReadCounts *c = &m->counts.read[channel];
    c->requests = c->land_segments = config->segments;
    c->credit = m->config.fifo_beats;
    c->request_at = config->address;
    m->flags.read[channel].land_offset = (Flag)(config->address % m->config.bus_bytes);
    m->flags.read[channel].split.page = NO_PAGE;
    load_landing(m, channel);
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

// The channel that may issue its burst, or -1: round robin, among the urgent ones if there are any.
static int arbitrate(const Machine *m, const Signals *s) {
  const ReadFlags *f = m->flags.read;
  Flag bursts = f[CHANNEL_A].split.burst | f[CHANNEL_B].split.burst | f[CHANNEL_P].split.burst;
  if (!s->ar_room || !(bursts | f[CHANNEL_M].split.burst | f[CHANNEL_AM].split.burst)) return -1;
  bool urgent[CHANNEL_COUNT] = {[CHANNEL_A] = is_urgent(m, CHANNEL_A, s->a_waits),
                                [CHANNEL_B] = is_urgent(m, CHANNEL_B, waits_for(m, s, CHANNEL_B)),
                                [CHANNEL_M] = is_urgent(m, CHANNEL_M, waits_for(m, s, CHANNEL_M)),
                                [CHANNEL_AM] = is_urgent(m, CHANNEL_AM, s->a_waits)};
  bool any = urgent[CHANNEL_A] || urgent[CHANNEL_B] || urgent[CHANNEL_M] || urgent[CHANNEL_AM];
  for (int i = 0, channel = m->flags.bus.arbiter; i < CHANNEL_COUNT; i++, channel++) {
    if (channel == CHANNEL_COUNT) channel = 0;
    if ((!any || urgent[channel]) && offers_burst(m, channel)) return channel;
  }
  return -1;
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
  if (f->split.segment || c->requests == 0) return;
  split_load(&m->config, &f->split, &c->beats_left, c->request_at, config->bytes);
  c->request_at += config->pitch;
  c->requests--;
}

// ---- landing FIFO and alignment

static void next_landing(Machine *m, int channel) {
  ReadFlags *f = &m->flags.read[channel];
  ReadCounts *c = &m->counts.read[channel];
  if (--c->land_beats > 0) return;
  f->land_offset = (Flag)((f->land_offset + m->config.read[channel].pitch) % m->config.bus_bytes);
  c->land_segments--;
  load_landing(m, channel);
}

// The aligner joins what it keeps with the head of the FIFO, unless that is all of its beat.
static bool align_joins(const ReadFlags *f) {
  return !f->kept_last && f->kept_offset != 0;
}

static bool align_offers(const ReadFlags *f) {
  return f->kept && (!align_joins(f) || f->head);
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
  int from = s->r_beat ? m->flags.reads[0].channel : -1, granted = arbitrate(m, s);
  if (granted >= 0) issue(m, granted);
  hold_urgent(m, CHANNEL_A, s->a_waits);
  hold_urgent(m, CHANNEL_B, waits_for(m, s, CHANNEL_B));
  hold_urgent(m, CHANNEL_M, waits_for(m, s, CHANNEL_M));
  hold_urgent(m, CHANNEL_AM, s->a_waits);
  for (int channel = 0; channel < CHANNEL_COUNT; channel++) {
    if (m->config.read[channel].segments == 0) continue;
    feed_split(m, channel, s->closing);
    if (!m->reader[channel]) channel_cycle(m, channel, channel == from, s);
  }
  pair_cycle(m, s, from, CHANNEL_A, CHANNEL_AM);
  pair_cycle(m, s, from, CHANNEL_B, CHANNEL_M);
  if (m->model->words) m->model->words->cycle(m, s->b_take);
}
