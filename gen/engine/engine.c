// The registry as data: one record per row of ENGINES, indexed by EngineKind.
#include "gen/engine/engine.h"

#define FAMILY_DECLARE(family) extern const EngineGen engine_gen_##family;
ENGINE_FAMILIES(FAMILY_DECLARE)
#undef FAMILY_DECLARE

#define ENGINE_RECORD(KIND, name, number, family, paper) [ENGINE_##KIND] = {name, number, &engine_gen_##family, paper},
static const Engine engines[ENGINE_COUNT] = {ENGINES(ENGINE_RECORD)};
#undef ENGINE_RECORD

#define FAMILY_RECORD(family) &engine_gen_##family,
static const EngineGen *const families[] = {ENGINE_FAMILIES(FAMILY_RECORD) NULL};
#undef FAMILY_RECORD

const Engine *engine_of(EngineKind kind) {
  return &engines[kind];
}

const EngineGen *engine_family(int index) {
  return families[index];
}
