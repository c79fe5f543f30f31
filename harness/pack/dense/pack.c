// The dense engine: everything as it is.
#include "harness/engine/engine_pack.h"
#include "harness/golden/golden.h"

const EnginePack engine_pack_dense = {.golden = &golden_products};
