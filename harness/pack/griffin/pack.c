// The record of the engines with windows.
#include "harness/engine/engine_pack.h"
#include "harness/golden/golden.h"
#include "harness/pack/griffin/choose.h"
#include "harness/pack/griffin/injection.h"
#include "harness/pack/griffin/packing.h"

static void describe(const Plan *plan, const PackingChoice *choice, EngineFacts *facts) {
  (void)plan;
  (void)choice;
  facts->skips = true;
}

const EnginePack engine_pack_griffin = {
    .golden = &golden_products,
    .prepare = prepare_compacted,
    .pack = pack_compacted,
    .name = name_compacted,
    .choose = choose_compacted,
    .spoil_b = spoil_compacted,
    .describe = describe,
};
