// The registry as data: one record for each kind, indexed by EngineKind.
#include "gen/engine/engine.h"

#define FAMILY(family) extern const EngineGen engine_gen_##family;
#include "gen/rows/engines.h"

#define ENGINE_RECORD(KIND, name, number, family, paper) [ENGINE_##KIND] = {name, number, &engine_gen_##family, paper},
static const Engine engines[ENGINE_COUNT] = {
#define FAMILY(family) ENGINES_##family(ENGINE_RECORD)
#include "gen/rows/engines.h"
};

static const EngineGen *const families[] = {
#define FAMILY(family) &engine_gen_##family,
#include "gen/rows/engines.h"
    NULL};

const Engine *engine_of(EngineKind kind) {
  return &engines[kind];
}

const EngineGen *engine_family(int index) {
  return families[index];
}
