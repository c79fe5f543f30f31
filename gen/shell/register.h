// What a plan says of the registers of gen/plan/registers.h.
#ifndef LACUNA_SHELL_REGISTER_H
#define LACUNA_SHELL_REGISTER_H

#include "gen/hdl/hdl.h"
#include "gen/plan/plan.h"

// The register's name in lower case with a suffix behind it.
const char *register_net(Module *m, const char *name, const char *suffix);

// The value of a register that the plan fixes, by its name in the table; false if the plan does not fix it. Fixed at
// zero are the registers of parts that the device lacks, whatever the table says of their access; they are no ports.
bool register_fixed(const Plan *plan, const char *name, uint64_t *value);

// Whether the register is in the map of the plan's device at all.
bool register_mapped(const Plan *plan, const char *name);

#endif
