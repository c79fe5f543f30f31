// The records of all engines, by kind.
#include "harness/engine/engine_pack.h"

#define FAMILY_RECORD(family) extern const EnginePack engine_pack_##family;
ENGINE_FAMILIES(FAMILY_RECORD)

#define KIND_RECORD(KIND, name, number, family, paper) [ENGINE_##KIND] = &engine_pack_##family,
static const EnginePack *const packs[ENGINE_COUNT] = {ENGINES(KIND_RECORD)};

const EnginePack *engine_pack(const Plan *plan) {
  return packs[plan->engine];
}
