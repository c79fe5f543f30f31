// The outer-product engine beside the shell's units, private to sim/model*.c: a job's operands and its array.
#ifndef LACUNA_MODEL_OUTER_JOB_H
#define LACUNA_MODEL_OUTER_JOB_H

#include "sim/model/griffin/griffin.h"
#include "sim/model/outer/array.h"

// ---- A (model_outer_a.c)

// By block of groups, m-tile, k-tile and k; NULL if memory is short. free() it.
LaneRows *outer_read_rows(const Plan *plan, const uint32_t *reg, const ModelMemory *memory);
LaneRows *outer_all_rows(const Plan *plan); // of a k-tile without zeros

// ---- all of a job (model_outer_job.c)

// NULL if memory is short.
Outer *outer_new(const Plan *plan, const uint32_t *reg, const ModelMemory *memory);
void outer_free(Outer *o); // NULL is fine
bool outer_start(Machine *m, const uint32_t *reg);
void outer_step(Machine *m, Signals *s); // what the engine decides in a cycle
bool outer_ready(const Machine *m, int channel);
void outer_settle(Machine *m, const Signals *s, bool b_beat, bool m_beat); // last of all in a cycle
void outer_report(const Machine *m, uint64_t counters[DUT_COUNTERS]);

#endif
