// The Griffin engine.
#include "gen/engine.h"
#include "gen/hdl_wire.h"

Module *build_griffin(Design *design, const Plan *plan) {
  (void)plan;
  return module_new(design, "lac_engine", "Griffin engine.");
}
