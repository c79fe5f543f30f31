// The hook of the dense engine for its record (gen/engine/dense/record.c, gen/engine/engine.h).
#ifndef LACUNA_ENGINE_DENSE_H
#define LACUNA_ENGINE_DENSE_H

#include "gen/hdl/hdl.h"
#include "gen/plan/plan.h"

Module *build_dense(Design *design, const Plan *plan);

#endif
