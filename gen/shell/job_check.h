// What the job registers of an accelerator must hold (gen/plan/registers.h), as data: the RTL builder
// makes the check at start from it, tests make jobs that break it.
#ifndef LACUNA_JOB_CHECK_H
#define LACUNA_JOB_CHECK_H

#include "gen/hdl/hdl.h"
#include "gen/plan/plan.h"
#include "gen/plan/registers.h"

#define JOB_CONDITION(NAME, part, words) JOB_WHEN_##NAME,
typedef enum JobCondition { JOB_CONDITIONS(JOB_CONDITION) JOB_CONDITION_COUNT } JobCondition;
#undef JOB_CONDITION

typedef enum JobRule { RULE_RANGE, RULE_ONE_OF, RULE_MULTIPLE } JobRule;

typedef struct JobCheck {
  const char *name; // of the register
  unsigned offset;
  JobCondition when;
  JobRule rule;
  int low, bits;        // the part of the register that is checked
  uint64_t least, most; // RULE_RANGE
  uint64_t set;         // RULE_ONE_OF: bit v says that v is legal
  uint64_t unit;        // RULE_MULTIPLE: of this power of two
} JobCheck;

#define JOB_CHECK_ONE(...) +1
enum {
  JOB_CHECK_MOST = 0 JOB_CHECKS_COMMON(JOB_CHECK_ONE)
#define FAMILY(family) JOB_CHECKS_##family(JOB_CHECK_ONE)
#include "gen/rows/engines.h"
};
#undef JOB_CHECK_ONE

// The checks of registers that the plan's device has and that can fail, in the order of the registers; how many.
int job_check_list(const Plan *plan, JobCheck list[JOB_CHECK_MOST]);

// Drives bad_job_o and bad_job_pos_o of lac_csr (checks.c) from the storage of the job registers, x_q: what a start at
// this moment latches.
void add_job_checks(Module *m, const Plan *plan);

#endif
