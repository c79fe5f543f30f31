// Registers as the plan's device has them: which there are, and which hold one value for ever.
#include "gen/shell/register.h"

#include <ctype.h>
#include <string.h>

#include "gen/base/version.h"
#include "gen/engine/engine.h"
#include "gen/plan/registers.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

#define PART_ROW(NAME, offset, access, bits, reset, part, meaning) {#NAME, PART_##part},
static const struct {
  const char *name;
  unsigned part;
} parts[] = {REGISTERS(PART_ROW)};
#undef PART_ROW

const char *register_net(Module *m, const char *name, const char *suffix) {
  char text[64];
  size_t length = strlen(name);
  for (size_t i = 0; i <= length; i++)
    text[i] = (char)tolower((unsigned char)name[i]);
  return format(m, "%s%s", text, suffix);
}

static unsigned part_of(const char *name) {
  for (size_t i = 0; i < COUNT(parts); i++)
    if (!strcmp(parts[i].name, name)) return parts[i].part;
  return PART_ALWAYS;
}

static bool is_reported(const Plan *plan, const char *name) {
  const char *list[REPORT_MOST];
  int count = gen_of(plan)->reports(plan, list);
  for (int i = 0; i < count; i++)
    if (!strcmp(list[i], name)) return true;
  return false;
}

// Registers of parts that this device lacks are in the map of every device, and read zero; but for those of PARTS_LATE.
static bool register_idle(const Plan *plan, const char *name) {
  unsigned part = part_of(name);
  if (part == PART_ALWAYS) return false;
  return !plan_has(plan, part) || (part == PART_REPORTS && !is_reported(plan, name));
}

bool register_mapped(const Plan *plan, const char *name) {
  return plan_maps(plan, part_of(name));
}

bool register_fixed(const Plan *plan, const char *name, uint64_t *value) {
  const struct {
    const char *name;
    uint64_t value;
  } fixed[] = {
      {"ID", LACUNA_ID},
      {"VERSION", LACUNA_VERSION_NUMBER},
      {"PLAN_HASH_LO", plan->hash & 0xffffffff},
      {"PLAN_HASH_HI", plan->hash >> 32},
      {"CAPS", (uint64_t)engine_of(plan->engine)->number << 24 | (uint64_t)plan->data_bits << 16 |
                   (uint64_t)plan->a_zero_point << 2 | (uint64_t)plan->a_signed << 1 | (uint64_t)plan->counters_full},
      {"TILE", (uint64_t)plan->m0 | (uint64_t)plan->n0 << 8 | (uint64_t)plan->k0 << 16},
  };
  for (size_t i = 0; i < COUNT(fixed); i++)
    if (!strcmp(fixed[i].name, name)) {
      *value = fixed[i].value;
      return true;
    }
  *value = 0;
  return register_idle(plan, name);
}
