// The engine beside the shell's units: the issue is that of every engine that takes a step a cycle.
#include "sim/model/hss/hss.h"

#include <stdlib.h>

static void *hss_new(const Plan *plan, const uint32_t *reg, const ModelMemory *memory, bool tallies) {
  (void)reg, (void)tallies;
  Hss *h = calloc(1, sizeof *h);
  if (!h) return NULL;
  h->plan = plan;
  if (memory) h->expand = (Expand){.meta = memory->am, .meta_bytes = (Count)memory->am_bytes};
  return h;
}

static bool hss_start(Machine *m, const uint32_t *reg) {
  if (reg[JOB_A_FORMAT]) expand_start(m);
  return true;
}

static void hss_report(const Machine *m, bool whole, uint64_t counters[DUT_COUNTERS]) {
  const Hss *h = m->engine;
  if (whole) counters[COUNTER_BUFFER_READS] = (uint64_t)buffer_reads(h->plan, &m->config);
}

const EngineModel engine_model_hss = {.make = hss_new,
                                      .free = free,
                                      .steps = issue_steps,
                                      .start = hss_start,
                                      .step = issue_step,
                                      .report = hss_report,
                                      .jumps = true,
                                      .sets = &expand_reader};
