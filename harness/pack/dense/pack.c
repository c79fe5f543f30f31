// The dense engine: everything as it is.
#include "harness/engine/engine_pack.h"

const EnginePack engine_pack_dense = {0};
