// What every engine of dot products has in common: the ports towards the shell that do not depend on the operands, and
// the way of results and counts out of the array.
#ifndef LACUNA_ENGINE_COMMON_H
#define LACUNA_ENGINE_COMMON_H

#include "gen/engine/engine.h"

void add_result_ports(Module *m, const Plan *plan); // c_grant_*, c_*
void add_report_ports(Module *m, const Plan *plan); // tile_o .. skipped_o

// All ports of an engine that drives its job itself (docs/architecture.md), but for those of job registers: a port x_i
// is connected to register X, an address in `connect`.
void add_own_ports(Module *m, const Plan *plan);

// lac_dense_issue and nets `step`, `first`, `shift` and, if a row takes several words, `c_chunk`: a step when there are
// A and B, which is what engines take that never skip steps at run time. With metadata there is a port b_meta_late_i.
void add_dense_issue(Module *m, const Plan *plan, bool has_metadata);

// The word in front of net `drain` (M0 x N0 sums, row 0 lowest) that net `c_chunk` (if a row takes several) chooses.
void add_results(Module *m, const Plan *plan);

// Sum of the nets' counts of every PE, `count` bits each, as a new net of plan_count_bits.
Net *add_count_sum(Module *m, const Plan *plan, const char *name, int count);

// ---- what is told (hooks of gen/engine/engine.h)

void plain_modes(const Plan *plan, InfoMode all[MODES_MOST]);  // every multiplier has its own operands
int engine_modes(const Plan *plan, InfoMode rows[MODES_MOST]); // those that there are; how many
void print_modes(const Plan *plan, FILE *out);                 // these as a table, if there is more than one

// Of a panel of B that lies in words of a step.
void format_words(const Plan *plan, const char *elements, char *text, size_t size);

#endif
