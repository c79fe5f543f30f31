// Checks of job registers against each other while a job runs. Part of lac_top; nets are found by name in the module
// that gen/shell/top.c builds.
#ifndef LACUNA_SHELL_FITS_H
#define LACUNA_SHELL_FITS_H

#include "gen/hdl/hdl.h"
#include "gen/plan/plan.h"

void add_fits(Module *m, const Plan *plan); // drives job_error, job_error_pos, and b_misfit with PERMUTE

#endif
