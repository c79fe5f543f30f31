// The cycle model's record of the engine in own_gen.h.
#ifndef LACUNA_TEST_OWN_MODEL_H
#define LACUNA_TEST_OWN_MODEL_H

#include "sim/model/engine.h"
#include "tests/unit/own/own_gen.h"
#include <stdlib.h>
#include <string.h>

typedef struct OwnMover { // beats of a channel to a stream
  int channel, stream;
  int rows;                // that have been asked for
  Count values[AHEAD + 1]; // of each
} OwnMover;

typedef struct OwnEngine {
  ModelMemory memory;
  Count al, bl, b, m; // addresses
  Count al_bytes, rows;
  int state, gear;
  bool al_asked, asked[2], ended[STREAM_COUNT];
  Count row, key, first, count;
  OwnMover mover[2]; // of B, of M
} OwnEngine;

static Count own_number(const uint8_t *bytes, uint64_t size, Count index) {
  uint32_t value = 0;
  for (uint64_t i = 0; i < 4; i++)
    if (4 * (uint64_t)index + i < size) value |= (uint32_t)bytes[4 * (uint64_t)index + i] << 8 * i;
  return value;
}

static void *own_make(const Plan *p, const uint32_t *r, const ModelMemory *memory, bool tallies) {
  (void)p, (void)tallies;
  OwnEngine *e = memory ? calloc(1, sizeof *e) : NULL;
  if (!e) return NULL;
  *e = (OwnEngine){.memory = *memory,
                   .al = r[JOB_AL_ADDR_LO],
                   .bl = r[JOB_BL_ADDR_LO],
                   .b = r[JOB_B_ADDR_LO],
                   .m = r[JOB_M_ADDR_LO],
                   .al_bytes = r[JOB_AL_BYTES],
                   .rows = r[JOB_M],
                   .mover = {{CHANNEL_B, STREAM_C, 0, {0}}, {CHANNEL_M, STREAM_CM, 0, {0}}}};
  return e;
}

static bool own_begin(Machine *m, const uint32_t *r) {
  OwnEngine *e = m->engine;
  (void)r;
  e->state = LENGTH;
  e->gear = 0;
  e->al_asked = e->asked[0] = e->asked[1] = e->ended[0] = e->ended[1] = e->ended[2] = false;
  e->row = e->mover[0].rows = e->mover[1].rows = 0;
  return true;
}

static void ask(Machine *m, int channel, Count address, Count bytes) {
  m->own->channel[channel].asks = true;
  m->own->channel[channel].request = (Segment){address, bytes};
}

static void look_front(Machine *m, OwnEngine *e) {
  OwnChannel *channel = m->own->channel;
  bool number = e->state == ROW && e->gear > 0;
  if (!e->al_asked) ask(m, CHANNEL_AL, e->al, e->al_bytes);
  channel[CHANNEL_AL].takes = e->gear - number == 0;
  channel[CHANNEL_AL].waits = e->state == ROW && e->gear == 0;
  channel[CHANNEL_BL].takes = e->state == POINTERS;
  channel[CHANNEL_BL].waits = e->state == POINTERS && !channel[CHANNEL_BL].offers;
  if (e->state == FETCH) ask(m, CHANNEL_BL, e->bl + 4 * (e->key - 1), 8);
  if (e->state != ASK || e->mover[0].rows == AHEAD || e->mover[1].rows == AHEAD) return;
  if (!e->asked[0]) ask(m, CHANNEL_B, e->b + 4 * e->first, 4 * e->count);
  if (!e->asked[1]) ask(m, CHANNEL_M, e->m + 4 * e->first, 4 * e->count);
}

// True if a beat moves.
static bool look_mover(Machine *m, const OwnEngine *e, const OwnMover *f) {
  OwnChannel *c = &m->own->channel[f->channel];
  OwnStream *s = &m->own->stream[f->stream];
  bool here = f->rows > 0;
  c->takes = here && s->room;
  c->waits = here && !c->offers;
  if (here && c->offers)
    s->word = (StreamBeat){true, false, c->last && f->values[0] % 2 ? 4 : 8};
  else if (!here && e->state == END && !e->ended[f->stream])
    s->word = (StreamBeat){true, true, 0};
  return c->takes && c->offers;
}

static void own_step(Machine *m, Signals *s) {
  OwnEngine *e = m->engine;
  const OwnChannel *channel = m->own->channel;
  look_front(m, e);
  bool moves = look_mover(m, e, &e->mover[0]);
  look_mover(m, e, &e->mover[1]);
  if (e->state == LENGTH) m->own->stream[STREAM_CL].word = (StreamBeat){true, false, 4};
  if (e->state == END && !e->ended[STREAM_CL]) m->own->stream[STREAM_CL].word = (StreamBeat){true, true, 0};
  s->done = e->state == IDLE;
  s->step = moves;
  s->cause = moves                                                    ? CAUSE_MULTIPLY
             : channel[CHANNEL_B].waits                               ? CAUSE_WAIT_B
             : channel[CHANNEL_M].waits                               ? CAUSE_WAIT_META
             : channel[CHANNEL_AL].waits || channel[CHANNEL_BL].waits ? CAUSE_WAIT_A
                                                                      : CAUSE_WAIT_OUT;
}

static void settle_front(Machine *m, OwnEngine *e) {
  const OwnChannel *channel = m->own->channel;
  bool ends = e->ended[0] && e->ended[1] && e->ended[2];
  bool number = e->state == ROW && e->gear > 0, beat = channel[CHANNEL_AL].takes && channel[CHANNEL_AL].offers;
  e->gear += (beat ? 2 : 0) - number;
  if (channel[CHANNEL_AL].asked) e->al_asked = true;
  if (number) {
    e->key = own_number(e->memory.al, e->memory.al_bytes, e->row++);
    e->state = e->key ? FETCH : LENGTH;
  } else if (e->state == FETCH && channel[CHANNEL_BL].asked) {
    e->state = POINTERS;
  } else if (e->state == POINTERS && channel[CHANNEL_BL].offers) {
    e->first = own_number(e->memory.bl, e->memory.bl_bytes, e->key - 1);
    e->count = own_number(e->memory.bl, e->memory.bl_bytes, e->key) - e->first;
    e->state = e->count ? ASK : LENGTH;
  } else if (e->state == LENGTH && m->own->stream[STREAM_CL].room) {
    e->state = e->row == e->rows ? END : ROW;
  } else if (e->state == END && ends) {
    e->state = IDLE;
  }
}

static void settle_mover(Machine *m, OwnEngine *e, int which) {
  OwnMover *f = &e->mover[which];
  const OwnChannel *c = &m->own->channel[f->channel];
  if (m->own->stream[f->stream].word.last && m->own->stream[f->stream].room) e->ended[f->stream] = true;
  if (c->asked) {
    f->values[f->rows++] = e->count;
    e->asked[which] = true;
  }
  if (!c->takes || !c->offers || !c->last) return;
  f->rows--;
  memmove(f->values, f->values + 1, sizeof f->values - sizeof *f->values);
}

static void own_settle(Machine *m) {
  OwnEngine *e = m->engine;
  const OwnStream *lengths = &m->own->stream[STREAM_CL];
  settle_mover(m, e, 0);
  settle_mover(m, e, 1);
  settle_front(m, e);
  if (lengths->word.last && lengths->room) e->ended[STREAM_CL] = true;
  if (e->state != ASK || !e->asked[0] || !e->asked[1]) return;
  e->state = LENGTH;
  e->asked[0] = e->asked[1] = false;
}

static const EngineModel own_model = {
    .make = own_make, .free = free, .start = own_begin, .step = own_step, .settle = own_settle};

#endif
