// The shell around an engine that drives its job itself (PART_OWN_JOB): no nest of tiles, panels and steps. Part of
// lac_top; nets are found by name in the module that gen/shell/top.c builds.
#ifndef LACUNA_SHELL_OWN_H
#define LACUNA_SHELL_OWN_H

#include "gen/hdl/hdl.h"
#include "gen/plan/plan.h"

void add_own_nets(Module *m, const Plan *plan);
void add_own_engine(Module *m, const Plan *plan, const Module *engine); // and what it has asked for, counted
void add_own_results(Module *m, const Plan *plan);                      // its streams to bursts

#endif
