// The record of the engine for structured weights, and structured A (docs/engines/hss.md).
#include "gen/engine/hss/plan.h"
#include "harness/engine/engine_pack.h"
#include "harness/golden/golden.h"
#include "harness/pack/hss/accept.h"
#include "harness/pack/hss/blocks.h"
#include "harness/pack/hss/choose.h"
#include "harness/pack/hss/injection.h"
#include "harness/pack/hss/packing.h"
#include "harness/pack/hss/passes.h"
#include "harness/pack/hss/sets.h"

#include <stdio.h>
#include <string.h>

// ---- jobs

// A step of sparse weights is what the groups of their pattern span.
static EngineSteps steps(const Plan *plan, const Shape *s) {
  uint32_t h[3] = {(uint32_t)plan->hss.g0, (uint32_t)plan->hss.g1, (uint32_t)plan->hss.g2};
  uint32_t groups = (uint32_t)plan->hss.groups, beat = (uint32_t)plan->b_beat;
  bool sparse = s->h[0] > 0, a_blocks = plan->hss.a_g0 > 0;
  if (sparse) {
    memcpy(h, s->h, sizeof h);
    beat = groups * h[0] * h[1] * h[2];
  }
  return (EngineSteps){.beat = beat,
                       .pattern = h[0] | h[1] << 8 | h[2] << 16,
                       .block = sparse || a_blocks ? beat / groups : 0,
                       .a_blocks = a_blocks};
}

static Mode mode(const Plan *plan, Mode run) {
  return hss_mode(plan, plan_skips_b(plan, run));
}

// ---- operands

static bool prepare(PackingSource *source) { // words depend on the structure
  (void)source;
  return true;
}

static const char *name(const Plan *plan, const PackingChoice *choice) {
  (void)plan;
  return choice->h[0] ? "structured" : "as it is";
}

static bool a_in_blocks(const Plan *plan) {
  return plan->hss.a_g0 > 0;
}

// ---- reports

static void describe(const Plan *plan, const PackingChoice *choice, EngineFacts *facts) {
  const uint32_t *h = choice->h;
  facts->reads = true;
  HssPattern pattern = {{(int)h[0], (int)h[1], (int)h[2]}};
  if (h[0]) hss_text(plan, pattern, facts->pattern, sizeof facts->pattern);
  if (plan->hss.a_g0) snprintf(facts->pattern_a, sizeof facts->pattern_a, "%d:%d", plan->hss.a_g0, plan->hss.h0);
}

// Products with a zero are no work: they count as skipped, with those that the pattern leaves out.
static void predict(const Plan *plan, const Job *job, uint64_t *c) {
  uint64_t step = (uint64_t)(plan->m0 * plan->n0) * job->k_beat;
  c[COUNTER_MULTS_ISSUED] = c[COUNTER_MULTS_EFFECTUAL];
  c[COUNTER_MULTS_SKIPPED] = step * c[COUNTER_CYC_MULTIPLY] - c[COUNTER_MULTS_EFFECTUAL];
}

static int seen(const Plan *plan) {
  return plan->a_beat;
}

const EnginePack engine_pack_hss = {
    .golden = &golden_products,
    .late_room = true,
    .steps = steps,
    .mode = mode,
    .accept = accept_structured,
    .in_passes = passes_make,
    .prepare = prepare,
    .pack = packing_structured,
    .name = name,
    .rows = pack_blocks,
    .a_in_blocks = a_in_blocks,
    .compress = pack_a,
    .choose = choose_structured,
    .spoil_a = spoil_sets,
    .spoil_b = spoil_weights,
    .describe = describe,
    .predict = predict,
    .seen = seen,
};
