// The fields of a plan as data, and the proof that the table and the structure are the same list.
#include "gen/plan/plan_fields.h"

#include <assert.h>
#include <stdio.h>

#include "gen/spec/spec.h"

#define FIELD_MEMBER(type, field, kind, unit, meaning) type field;
#define FIELD_RECORD(type, field, kind, unit, meaning) {#field, kind, unit, meaning},
#define FIELD_PLACE(type, field, kind, unit, meaning)                                                                  \
  static_assert(offsetof(Plan, field) == offsetof(Mirror, field), "Plan and PLAN_FIELDS differ at " #field);
#define FIELD_VALUE(type, field, kind, unit, meaning) (int)plan->field,

typedef struct Mirror {
  char name[64], prefix[40];
  uint64_t hash;
  PLAN_FIELDS(FIELD_MEMBER)
} Mirror;

PLAN_FIELDS(FIELD_PLACE)
static_assert(sizeof(Plan) == sizeof(Mirror), "Plan has a field that PLAN_FIELDS lacks");

static const PlanField fields[] = {PLAN_FIELDS(FIELD_RECORD)};

size_t plan_field_count(void) {
  return sizeof fields / sizeof *fields;
}

const PlanField *plan_field(size_t index) {
  return &fields[index];
}

int plan_field_value(const Plan *plan, size_t index) {
  const int values[] = {PLAN_FIELDS(FIELD_VALUE)};
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
