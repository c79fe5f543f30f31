// The records of all engines, by kind.
#include "sim/model/engine.h"

#define FAMILY(family) extern const EngineModel engine_model_##family;
#include "gen/rows/engines.h"

#define MODEL_OF(KIND, name, number, family, paper) [ENGINE_##KIND] = &engine_model_##family,
static const EngineModel *const models[ENGINE_COUNT] = {
#define FAMILY(family) ENGINES_##family(MODEL_OF)
#include "gen/rows/engines.h"
};

const EngineModel *engine_model(const Plan *plan) {
  return models[plan->engine];
}
