// Compressed A behind the reader: two queues, and the set at their heads (lac_a_expand). Of the data only the counts of
// the sets matter.
#include "gen/engine/hss/plan.h"
#include "sim/model/state.h"

static void load_set(Machine *m) {
  ExpandCounts *e = &m->expand;
  int count_bits = clog2(m->config.beat_elems + 1);
  int first = e->at < e->meta_bytes ? e->meta[e->at] : 0;
  e->count = first & ((1 << count_bits) - 1);
  e->length = e->head + (e->count + A_BLOCK - 1) / A_BLOCK;
}

void expand_start(Machine *m) {
  ExpandCounts *e = &m->expand;
  e->sets = m->config.walk.stride / m->config.beat_elems;
  e->segments = m->config.walk.segments;
  load_set(m);
}

void expand_look(Machine *m, bool a_room) {
  ExpandCounts *e = &m->expand;
  bool whole = e->bytes >= e->length && e->values >= e->count;
  e->fires = e->segments > 0 && whole && (!e->valid || a_room);
}

bool expand_ready(const Machine *m, int channel) {
  const ExpandCounts *e = &m->expand;
  if (channel == CHANNEL_A) return e->values - (e->fires ? e->count : 0) <= m->config.beat_elems;
  return e->bytes - (e->fires ? e->length : 0) <= m->config.bus_bytes;
}

static void take_set(Machine *m) {
  ExpandCounts *e = &m->expand;
  e->values -= e->count;
  e->bytes -= e->length;
  e->at += e->length;
  e->last = --e->sets == 0;
  if (e->last) {
    e->segments--;
    e->sets = m->config.walk.stride / m->config.beat_elems;
  }
  load_set(m);
}

void expand_cycle(Machine *m, bool a_room, bool a_beat, bool m_beat) {
  ExpandCounts *e = &m->expand;
  if (e->valid && a_room) {
    walk_take_beat(m, e->last);
    e->valid = false;
  }
  if (e->fires) {
    take_set(m);
    e->valid = true;
  }
  if (a_beat) e->values += m->config.beat_elems;
  if (m_beat) e->bytes += m->config.bus_bytes;
}
