// The shell's side of an engine that drives its job itself: its requests, whose segments arrive in their order, and its
// streams of results.
#include "sim/model/engine.h"

#include <stdlib.h>

bool own_start(Machine *m, const Count address[STREAM_COUNT]) {
  int landings = m->config.fifo_beats + 4; // each has a beat in the landing FIFO, or waits to become bursts
  m->own = calloc(1, sizeof *m->own);
  if (!m->own) return false;
  for (int i = 0; i < CHANNEL_COUNT; i++) {
    m->own->channel[i].room = landings;
    m->own->channel[i].landing = calloc((size_t)landings, sizeof(Segment));
    if (!m->own->channel[i].landing) return false;
  }
  bursts_start(m, STREAM_COUNT, address);
  m->flags.pack.fresh = 1;
  m->flags.write.page = NO_PAGE;
  return true;
}

void own_free(Machine *m) {
  for (int i = 0; m->own && i < CHANNEL_COUNT; i++)
    free(m->own->channel[i].landing);
  free(m->own);
}

void own_look(Machine *m) {
  for (int i = 0; i < CHANNEL_COUNT; i++) {
    OwnChannel *c = &m->own->channel[i];
    c->asks = c->takes = c->waits = c->asked = false;
  }
  for (int i = 0; i < STREAM_COUNT; i++) {
    m->own->stream[i].room = bursts_room(m, i) && !m->own->stream[i].pack.spill;
    m->own->stream[i].word = (StreamBeat){0};
  }
}

bool own_request(Machine *m, int channel, Segment *request) {
  OwnChannel *c = &m->own->channel[channel];
  if (!c->asks) return false;
  *request = c->request;
  c->asked = true;
  c->bytes += c->request.bytes;
  c->landing[(c->first + c->open++) % c->room] = c->request;
  return true;
}

void own_landed(Machine *m, int channel) {
  OwnChannel *c = &m->own->channel[channel];
  c->first = (c->first + 1) % c->room;
  c->open--;
}

void own_write(Machine *m) {
  StreamBeat beats[STREAM_COUNT];
  for (int i = 0; i < STREAM_COUNT; i++) {
    OwnStream *f = &m->own->stream[i];
    beats[i] = pack_bytes(&f->pack, m->config.bus_bytes, bursts_room(m, i), f->word.here, f->word.count, f->word.last);
  }
  bursts_cycle(m, beats);
}
