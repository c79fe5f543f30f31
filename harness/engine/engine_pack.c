// The records of all engines, by kind.
#include "harness/engine/engine_pack.h"

#define FAMILY(family) extern const EnginePack engine_pack_##family;
#include "gen/rows/engines.h"

#define KIND_RECORD(KIND, name, number, family, paper) [ENGINE_##KIND] = &engine_pack_##family,
static const EnginePack *const packs[ENGINE_COUNT] = {
#define FAMILY(family) ENGINES_##family(KIND_RECORD)
#include "gen/rows/engines.h"
};

const EnginePack *engine_pack(const Plan *plan) {
  return packs[plan->engine];
}
