// Compressed A behind the reader: two queues, and the set at their heads (lac_a_expand). Of the data only the counts of
// the sets matter.
#include "gen/engine/hss/plan.h"
#include "sim/model/hss/hss.h"

static Expand *expand_of(const Machine *m) {
  return &((Hss *)m->engine)->expand;
}

static void load_set(const Machine *m) {
  Expand *e = expand_of(m);
  int count_bits = clog2(m->config.beat_elems + 1);
  int first = e->at < e->meta_bytes ? e->meta[e->at] : 0;
  e->count = first & ((1 << count_bits) - 1);
  e->length = e->head + (e->count + A_BLOCK - 1) / A_BLOCK;
}

void expand_start(Machine *m) {
  const Hss *h = m->engine;
  Expand *e = expand_of(m);
  *e = (Expand){.meta = e->meta,
                .meta_bytes = e->meta_bytes,
                .head = h->plan->a_head_bytes,
                .sets = m->config.walk.stride / m->config.beat_elems,
                .segments = m->config.walk.segments};
  load_set(m);
}

static void expand_look(Machine *m, const Signals *s) {
  Expand *e = expand_of(m);
  bool whole = e->bytes >= e->length && e->values >= e->count;
  e->fires = e->segments > 0 && whole && (!e->valid || s->a_room);
}

static bool expand_ready(const Machine *m, int channel) {
  const Expand *e = expand_of(m);
  if (channel == CHANNEL_A) return e->values - (e->fires ? e->count : 0) <= m->config.beat_elems;
  return e->bytes - (e->fires ? e->length : 0) <= m->config.bus_bytes;
}

static void take_set(Machine *m) {
  Expand *e = expand_of(m);
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

static void expand_cycle(Machine *m, const Signals *s, bool a_beat, bool m_beat) {
  Expand *e = expand_of(m);
  if (e->valid && s->a_room) {
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

const BeatReader expand_reader = {expand_look, expand_ready, expand_cycle};
