// The engine registry as data: one record per row of ENGINES, indexed by EngineKind.
#include "gen/engine/engine.h"

#include <assert.h>

#define ENGINE_RECORD(KIND, name, number, shape, plan, build, paper)                                                   \
  [ENGINE_##KIND] = {name, number, shape, plan, build, paper},
#define ENGINE_ONE(KIND, name, number, shape, plan, build, paper) +1

static const Engine engines[ENGINE_COUNT] = {ENGINES(ENGINE_RECORD)};

static_assert(0 ENGINES(ENGINE_ONE) == ENGINE_COUNT, "EngineKind and ENGINES differ");

const Engine *engine_of(EngineKind kind) {
  return &engines[kind];
}
