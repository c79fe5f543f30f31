// Compressed A with bitmaps behind the reader (lac_a_unpack): two queues, the set whose bitmap is at the head of the
// metadata, and the one before it, which waits for its values.
#include "sim/model/state.h"

static int meta_byte(const ExpandCounts *e, Count ahead) {
  return e->at + ahead < e->meta_bytes ? e->meta[e->at + ahead] : 0;
}

// A set's bytes: its tile's where it is the first of one, its bitmap if it has a nonzero.
static void load_set(Machine *m) {
  ExpandCounts *e = &m->expand;
  int maps = (m->config.beat_elems + 7) / 8, opens = e->place == 0;
  if (opens) e->tile = meta_byte(e, 0);
  bool present = e->tile >> e->place & 1;
  e->length = opens + (present ? maps : 0);
  e->next_count = 0;
  for (int i = 0; present && i < maps; i++)
    e->next_count += __builtin_popcount((unsigned)meta_byte(e, opens + i));
}

void unpack_start(Machine *m) {
  ExpandCounts *e = &m->expand;
  e->sets = m->config.walk.stride / m->config.beat_elems;
  e->segments = m->config.walk.segments;
  load_set(m);
}

void unpack_look(Machine *m, bool a_room) {
  ExpandCounts *e = &m->expand;
  e->fires = e->set && e->values >= e->count && (!e->valid || a_room);
  e->goes = e->segments > 0 && e->bytes >= e->length && (!e->set || e->fires);
}

bool unpack_ready(const Machine *m, int channel) {
  const ExpandCounts *e = &m->expand;
  if (channel == CHANNEL_A) return e->values - (e->fires ? e->count : 0) <= m->config.beat_elems;
  return e->bytes - (e->goes ? e->length : 0) <= m->config.bus_bytes;
}

// The set's bitmap is taken.
static void take_bitmap(Machine *m) {
  ExpandCounts *e = &m->expand;
  e->bytes -= e->length;
  e->at += e->length;
  e->count = e->next_count;
  e->set_last = --e->sets == 0;
  e->place = e->set_last ? 0 : (e->place + 1) % TILE_SETS;
  if (e->set_last) {
    e->segments--;
    e->sets = m->config.walk.stride / m->config.beat_elems;
  }
  load_set(m);
}

void unpack_cycle(Machine *m, bool a_room, bool a_beat, bool m_beat) {
  ExpandCounts *e = &m->expand;
  if (e->valid && a_room) walk_take_beat(m, e->last);
  if (e->fires) {
    e->values -= e->count;
    e->last = e->set_last;
  }
  e->valid = e->fires || (e->valid && !a_room);
  e->set = e->goes || (e->set && !e->fires);
  if (e->goes) take_bitmap(m);
  if (a_beat) e->values += m->config.beat_elems;
  if (m_beat) e->bytes += m->config.bus_bytes;
}
