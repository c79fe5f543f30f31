// The issue of engines that take a step a cycle once A, B and, at a tile's end, room for results are there
// (lac_dense_issue).
#include "sim/model/state.h"

static int cause_of(const Machine *m, const Signals *s) {
  if (s->step) return CAUSE_MULTIPLY;
  if (m->flags.engine.ended) return s->done ? CAUSE_WAIT_OUT : CAUSE_FILL_DRAIN;
  if (!m->flags.walk.valid3) return CAUSE_WAIT_A;
  if (m->flags.read[CHANNEL_B].out) return CAUSE_WAIT_OUT;
  return m->join.meta_late ? CAUSE_WAIT_META : CAUSE_WAIT_B;
}

void issue_step(Machine *m, Signals *s) {
  const WalkFlags *walk = &m->flags.walk;
  s->a_waits = !walk->valid3;
  s->b_waits = !m->flags.read[CHANNEL_B].out;
  s->step = !s->a_waits && !s->b_waits && (!walk->last3 || s->may_end);
  s->a_take = s->step;
  s->b_take = s->step;
  s->tile_end = s->step && walk->last3;
  s->job_end = s->step && walk->end3;
  s->cause = cause_of(m, s);
}

Count issue_steps(const uint32_t *reg, void *engine) {
  (void)engine;
  return (Count)reg[JOB_TILES] * reg[JOB_PANELS] * reg[JOB_STEPS];
}
