// The fields of a plan as data.
#include "gen/plan/plan_fields.h"

#include <stdio.h>

#include "gen/spec/spec.h"

#define FIELD_RECORD(type, field, kind, unit, meaning)             {#field, kind, unit, meaning},
#define OWN_RECORD(part, prefix, type, field, kind, unit, meaning) {#prefix #field, kind, unit, meaning},
#define FIELD_VALUE(type, field, kind, unit, meaning)              (int)plan->field,
#define OWN_VALUE(part, prefix, type, field, kind, unit, meaning)  (int)plan->part.field,

static const PlanField fields[] = {PLAN_FIELDS(FIELD_RECORD)
#define FAMILY(family) PLAN_FIELDS_##family(OWN_RECORD)
#include "gen/rows/engines.h"
};

size_t plan_field_count(void) {
  return sizeof fields / sizeof *fields;
}

const PlanField *plan_field(size_t index) {
  return &fields[index];
}

int plan_field_value(const Plan *plan, size_t index) {
  const int values[] = {PLAN_FIELDS(FIELD_VALUE)
#define FAMILY(family) PLAN_FIELDS_##family(OWN_VALUE)
#include "gen/rows/engines.h"
  };
  return values[index];
}

const char *plan_field_text(const Plan *plan, size_t index, char *text, size_t size) {
  int value = plan_field_value(plan, index);
  switch (fields[index].kind) {
  case FIELD_NUMBER:
    snprintf(text, size, "%d", value);
    break;
  case FIELD_FLAG:
    snprintf(text, size, value ? "true" : "false");
    break;
  case FIELD_ENGINE:
    spec_value_text(KEY_ENGINE, value, text, size);
    break;
  case FIELD_MULTIPLIER:
    spec_value_text(KEY_MULTIPLIER, value, text, size);
    break;
  case FIELD_RAM:
    spec_value_text(KEY_RAM, value, text, size);
    break;
  }
  return text;
}
