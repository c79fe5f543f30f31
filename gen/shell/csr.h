// Parts of lac_csr that have a file of their own.
#ifndef LACUNA_SHELL_CSR_H
#define LACUNA_SHELL_CSR_H

#include "gen/hdl/hdl.h"
#include "gen/plan/plan.h"

// The register's name in lower case with a suffix behind it.
const char *register_net(Module *m, const char *name, const char *suffix);

// Drives bad_job_o and bad_job_pos_o from the storage of the job registers, x_q: what a start at this moment latches.
void add_job_checks(Module *m, const Plan *plan);

#endif
