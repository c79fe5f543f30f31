// From the read channels to the ports of the engine: what operands of B and column parameters have in common. Part of
// lac_top; nets are found by name in the module that gen/shell/top.c builds.
#ifndef LACUNA_ENGINE_OPERANDS_H
#define LACUNA_ENGINE_OPERANDS_H

#include "gen/hdl/hdl.h"
#include "gen/plan/plan.h"
#include "gen/rows/channels.h"

const char *channel_name(int channel); // as it stands in names of nets

// The address in the job registers of a channel or of results.
Expr *job_address(Module *m, const Plan *plan, const char *region);

// Beats to the lanes that count: makes nets x_kept_valid, x_kept_ready, x_kept_data of channel x.
void add_lanes(Module *m, const Plan *plan, int channel);

// Lanes to words, which are played again for every m-tile: from nets source_x to b_valid, b_last, or p_loaded, and
// target_data.
void add_replay(Module *m, const Plan *plan, int channel, const char *source, const char *target, int bits);

// Hooks of engines that take one step of B at a time (gen/engine/engine.h): nets b_valid, b_ready, b_data, b_last; what
// the engine waits for.
void add_b_nets(Module *m, const Plan *plan);
Expr *waits_for_step(Module *m, const Plan *plan, int channel);

void add_b_lanes(Module *m, const Plan *plan); // lanes of B, and of its metadata if there are

#endif
