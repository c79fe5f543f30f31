// The engine between the buffers: its step, what its results take to come out, and the tokens (lac_c_grant).
#include "sim/model/engine.h"

void engine_start(Machine *m) {
  const Config *config = &m->config;
  Counts *c = &m->counts;
  nest_start(config, &c->grant);
  c->need = c->need_group = config->chunks;
  m->flags.engine.first_panel = 1;
}

static bool has_grant(const Machine *m) {
  const EngineFlags *f = &m->flags.engine;
  const Counts *c = &m->counts;
  bool params_here = !m->config.params || c->read[CHANNEL_P].loaded >= c->need;
  return c->grant.tiles > 0 && params_here && (!f->first_panel || f->slots < m->config.slots);
}

static uint32_t shift_in(uint32_t bits, bool bit, int length) {
  return (bits << 1 | bit) & ((1u << length) - 1);
}

// Last steps on their way through the array become result words.
static void count_words(Machine *m, bool arrive, bool counted) {
  Counts *c = &m->counts;
  if (arrive) {
    c->words = m->config.tile_words - 1;
    c->arrived++;
  } else if (counted) {
    c->words--;
  }
}

void engine_cycle(Machine *m, Signals *s) {
  const Config *config = &m->config;
  EngineFlags *f = &m->flags.engine;
  Counts *c = &m->counts;
  bool arrive = f->pipe >> (config->early - 1) & 1, counted = arrive || c->words > 0;
  s->c_valid = f->valid >> (config->shift - 1) & 1;
  s->out_valid = f->epilogue >> (config->epilogue - 1) & 1;
  s->done = f->ended && !counted && !f->pipe && !f->valid;
  s->may_end = c->gap <= 1 && has_grant(m);
  m->model->step(m, s);

  if (s->tile_end) {
    c->gap = config->tile_words;
    c->taken++;
  } else if (c->gap > 0) {
    c->gap--;
  }
  if (s->job_end) f->ended = 1;
  count_words(m, arrive, counted);
  f->pipe = shift_in(f->pipe, s->tile_end, config->early);
  f->valid = shift_in(f->valid, counted, config->shift);
  f->epilogue = shift_in(f->epilogue, s->c_valid, config->epilogue);
}

void grant_update(Machine *m, const Signals *s) {
  EngineFlags *f = &m->flags.engine;
  Counts *c = &m->counts;
  if (s->tile_end) {
    f->slots += f->first_panel;
    f->first_panel = c->grant.panel == 1;
    bool last_panel = c->grant.panel == 1;
    bool next_group = nest_next_panel(&m->config, &c->grant);
    c->need = last_panel && !next_group ? c->need_group : c->need + m->config.chunks;
    if (next_group) c->need_group = c->need;
  }
  f->slots -= s->freed;
}
