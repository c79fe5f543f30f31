// The rows of the checks of jobs with the plan's numbers in them.
#include "gen/shell/job_check.h"

#include <stdlib.h>
#include <string.h>

#include "gen/shell/register.h"

#define RANGE(low_, bits_, least_, most_)                                                                              \
  .rule = RULE_RANGE, .low = (low_), .bits = (bits_), .least = (uint64_t)(least_), .most = (uint64_t)(most_)
#define ONE_OF(set_)       .rule = RULE_ONE_OF, .bits = 32, .set = (uint64_t)(set_)
#define MULTIPLE_OF(unit_) .rule = RULE_MULTIPLE, .bits = 32, .unit = (uint64_t)(unit_)

#define WIDTH_ROW(NAME, offset, access, bits, ...) {#NAME, offset, bits},
static const struct {
  const char *name;
  unsigned offset;
  int bits;
} registers[] = {REGISTERS_JOB(WIDTH_ROW)};
#undef WIDTH_ROW

static bool is_stored(const Plan *plan, const char *name) {
  uint64_t value;
  return !register_fixed(plan, name, &value);
}

#define CONDITION_PART(NAME, part, words) [JOB_WHEN_##NAME] = PART_##part,
static const unsigned condition_part[JOB_CONDITION_COUNT] = {JOB_CONDITIONS(CONDITION_PART)};
#undef CONDITION_PART

// Whether there is what the condition asks for.
static bool may_apply(const Plan *plan, JobCondition when) {
  return condition_part[when] == PART_ALWAYS || plan_has(plan, condition_part[when]);
}

// The part that is checked ends with the register.
static void place(JobCheck *check) {
  for (size_t i = 0; i < sizeof registers / sizeof *registers; i++)
    if (!strcmp(registers[i].name, check->name)) {
      check->offset = registers[i].offset;
      if (check->low + check->bits > registers[i].bits) check->bits = registers[i].bits - check->low;
    }
}

static bool may_fail(const JobCheck *check) {
  uint64_t top = (UINT64_C(1) << check->bits) - 1;
  if (check->rule == RULE_MULTIPLE) return check->unit > 1;
  if (check->rule == RULE_RANGE) return check->least > 0 || check->most < top;
  return (~check->set & ((UINT64_C(2) << top) - 1)) != 0;
}

static int by_offset(const void *a, const void *b) {
  const JobCheck *first = a, *second = b;
  if (first->offset != second->offset) return first->offset < second->offset ? -1 : 1;
  return first->low - second->low;
}

int job_check_list(const Plan *plan, JobCheck list[JOB_CHECK_MOST]) {
#define ROW(NAME, WHEN, RULE, words) {.name = #NAME, .when = JOB_WHEN_##WHEN, RULE},
  const JobCheck rows[] = {JOB_CHECKS_COMMON(ROW)
#define FAMILY(family) JOB_CHECKS_##family(ROW)
#include "gen/rows/engines.h"
  };
#undef ROW
  int count = 0;
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    JobCheck check = rows[i];
    place(&check);
    if (is_stored(plan, check.name) && may_apply(plan, check.when) && may_fail(&check)) list[count++] = check;
  }
  qsort(list, (size_t)count, sizeof *list, by_offset);
  return count;
}
