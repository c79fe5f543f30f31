// The check of the job registers in lac_csr, one net for each rule of gen/shell/job_check.h.
#include "gen/shell/job_check.h"
#include "gen/shell/register.h"

static Net *storage(Module *m, const char *name) {
  return net_find(m, register_net(m, name, "_q"));
}

static Expr *outside(Module *m, const JobCheck *check, Net *q) {
  Expr *part = ex_slice(ex(q), check->low + check->bits - 1, check->low);
  uint64_t top = (UINT64_C(1) << check->bits) - 1;
  Expr *above = check->most < top ? ex_lt(ex_const(m, check->bits, check->most), part) : NULL;
  Expr *below = check->least == 1 ? ex_not(ex_reduce_or(part)) : ex_lt(part, ex_const(m, check->bits, check->least));
  if (!check->least) return above;
  return above ? ex_or(below, above) : below;
}

static Expr *not_in_set(Module *m, const JobCheck *check, Net *q) {
  Expr *wrong = NULL;
  for (uint64_t value = 0; value >> check->bits == 0; value++) {
    if (check->set >> value & 1) continue;
    Expr *is = ex_eq(ex(q), ex_const(m, check->bits, value));
    wrong = wrong ? ex_or(wrong, is) : is;
  }
  return wrong;
}

static Expr *broken(Module *m, const JobCheck *check) {
  Net *q = storage(m, check->name);
  switch (check->rule) {
  case RULE_RANGE:
    return outside(m, check, q);
  case RULE_ONE_OF:
    return not_in_set(m, check, q);
  case RULE_MULTIPLE:
    break;
  }
  return ex_reduce_or(ex_slice(ex(q), clog2((int)check->unit) - 1, 0));
}

// Whether the check is made, by the job registers; NULL: always.
static Expr *condition(Module *m, JobCondition when) {
  Net *epilogue = storage(m, "EPILOGUE"), *permute = storage(m, "PERMUTE");
  switch (when) {
  case JOB_WHEN_PARAMETERS:
    return permute ? ex_or(ex_bit(ex(epilogue), 0), ex(permute)) : ex_bit(ex(epilogue), 0);
  case JOB_WHEN_METADATA:
    return ex_bit(ex(storage(m, "MODE")), 1);
  case JOB_WHEN_COMPRESSED_A:
    return ex(storage(m, "A_FORMAT"));
  case JOB_WHEN_COMPRESSED_C:
    return ex_and(ex(storage(m, "C_FORMAT")), ex_bit(ex(epilogue), 1));
  case JOB_WHEN_ALWAYS:
  case JOB_WHEN_IN_NEST:
  case JOB_CONDITION_COUNT:
    break;
  }
  return NULL;
}

static const char *net_of(Module *m, const JobCheck *check) {
  if (check->rule == RULE_MULTIPLE) return register_net(m, check->name, "_odd");
  return register_net(m, check->name, check->low ? format(m, "_bad_%d", check->low) : "_bad");
}

// The first in the order of the registers is the one that is reported.
void add_job_checks(Module *m, const Plan *plan) {
  JobCheck checks[JOB_CHECK_MOST];
  int count = job_check_list(plan, checks);
  Expr *wrong[JOB_CHECK_MOST], *position = ex_hex(m, 32, 0);
  for (int i = count; i-- > 0;) {
    Net *bad = net_new(m, net_of(m, &checks[i]), 1);
    Expr *when = condition(m, checks[i].when), *rule = broken(m, &checks[i]);
    assign(bad, when ? ex_and(when, rule) : rule);
    wrong[i] = ex(bad);
    position = ex_mux(ex(bad), ex_hex(m, 32, checks[i].offset), position);
  }
  assign(net_find(m, "bad_job_o"), ex_or_all((size_t)count, wrong));
  assign(net_find(m, "bad_job_pos_o"), position);
}
