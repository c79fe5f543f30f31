// The shell: what every accelerator has around its engine. Each function builds one module from the plan.
#ifndef LACUNA_SHELL_H
#define LACUNA_SHELL_H

#include "gen/hdl/hdl.h"
#include "gen/plan/plan.h"

// lac_csr: AXI4-Lite registers from gen/plan/registers.h. Every register is a port, named after it in lower case:
// outputs x_o for RW, inputs x_i for what the design reports; start_o, abort_o, wipe_o, done_clear_o and error_clear_o
// are pulses. Job registers are held for as long as status_i says that a job runs.
Module *build_csr(Design *design, const Plan *plan);

// Bits of the reads of the A buffer in a cycle: reads_o of lac_a_reader.
static inline int reads_bits(const Plan *plan) {
  return clog2(plan->a_rows * plan->a_columns + 1);
}

// lac_a_reader: beats of A in, steps of M0 rows out.
Module *build_a_reader(Design *design, const Plan *plan);

// lac_top: the whole accelerator around an engine (gen/engine/engine.h).
Module *build_top(Design *design, const Plan *plan, const Module *engine);

#endif
