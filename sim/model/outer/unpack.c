// Compressed A with bitmaps behind the reader (lac_a_unpack): two queues, the set whose bitmap is at the head of the
// metadata, and the one before it, which waits for its values.
#include "sim/model/outer/outer.h"

static Unpack *unpack_of(const Machine *m) {
  return &((Outer *)m->engine)->unpack;
}

static int meta_byte(const Unpack *u, Count ahead) {
  return u->at + ahead < u->meta_bytes ? u->meta[u->at + ahead] : 0;
}

// A set's bytes: its tile's where it is the first of one, its bitmap if it has a nonzero.
static void load_set(const Machine *m) {
  Unpack *u = unpack_of(m);
  int maps = (m->config.beat_elems + 7) / 8, opens = u->place == 0;
  if (opens) u->tile = meta_byte(u, 0);
  bool present = u->tile >> u->place & 1;
  u->length = opens + (present ? maps : 0);
  u->next_count = 0;
  for (int i = 0; present && i < maps; i++)
    u->next_count += __builtin_popcount((unsigned)meta_byte(u, opens + i));
}

void unpack_start(Machine *m) {
  Unpack *u = unpack_of(m);
  *u = (Unpack){.meta = u->meta,
                .meta_bytes = u->meta_bytes,
                .sets = m->config.walk.stride / m->config.beat_elems,
                .segments = m->config.walk.segments};
  load_set(m);
}

static void unpack_look(Machine *m, const Signals *s) {
  Unpack *u = unpack_of(m);
  u->fires = u->set && u->values >= u->count && (!u->valid || s->a_room);
  u->goes = u->segments > 0 && u->bytes >= u->length && (!u->set || u->fires);
}

static bool unpack_ready(const Machine *m, int channel) {
  const Unpack *u = unpack_of(m);
  if (channel == CHANNEL_A) return u->values - (u->fires ? u->count : 0) <= m->config.beat_elems;
  return u->bytes - (u->goes ? u->length : 0) <= m->config.bus_bytes;
}

// The set's bitmap is taken.
static void take_bitmap(Machine *m) {
  Unpack *u = unpack_of(m);
  u->bytes -= u->length;
  u->at += u->length;
  u->count = u->next_count;
  u->set_last = --u->sets == 0;
  u->place = u->set_last ? 0 : (u->place + 1) % TILE_SETS;
  if (u->set_last) {
    u->segments--;
    u->sets = m->config.walk.stride / m->config.beat_elems;
  }
  load_set(m);
}

static void unpack_cycle(Machine *m, const Signals *s, bool a_beat, bool m_beat) {
  Unpack *u = unpack_of(m);
  if (u->valid && s->a_room) walk_take_beat(m, u->last);
  if (u->fires) {
    u->values -= u->count;
    u->last = u->set_last;
  }
  u->valid = u->fires || (u->valid && !s->a_room);
  u->set = u->goes || (u->set && !u->fires);
  if (u->goes) take_bitmap(m);
  if (a_beat) u->values += m->config.beat_elems;
  if (m_beat) u->bytes += m->config.bus_bytes;
}

const BeatReader unpack_reader = {unpack_look, unpack_ready, unpack_cycle};
