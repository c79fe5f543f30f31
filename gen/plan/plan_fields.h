// The fields of a plan as data (gen/rows/plan.h).
#ifndef LACUNA_PLAN_FIELDS_H
#define LACUNA_PLAN_FIELDS_H

#include <stddef.h>

#include "gen/plan/plan.h"

typedef enum FieldKind { FIELD_NUMBER, FIELD_FLAG, FIELD_ENGINE, FIELD_MULTIPLIER, FIELD_RAM } FieldKind;

typedef struct PlanField {
  const char *name;
  FieldKind kind;
  const char *unit, *meaning;
} PlanField;

size_t plan_field_count(void);
const PlanField *plan_field(size_t index);
int plan_field_value(const Plan *plan, size_t index);

// The value as a configuration would say it: a number, true or false, or a word.
const char *plan_field_text(const Plan *plan, size_t index, char *text, size_t size);

#endif
