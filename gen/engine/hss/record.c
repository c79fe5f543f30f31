// The record of the engine for structured weights.
#include "gen/engine/engine_common.h"
#include "gen/engine/hss/hss.h"
#include "gen/engine/hss/plan.h"
#include "gen/engine/operands.h"

static unsigned parts(const Plan *plan) {
  return PART_LANES | PART_PATTERN | (plan->counters_full ? PART_READS : 0) |
         (plan->a_compressed ? PART_COMPRESSED_A : 0) | (hss_spare_bits(plan) > 0 ? PART_OFFSETS_A : 0);
}

static int longest_step(const Plan *plan) {
  return plan->hss.groups * plan->hss.h0 * plan->hss.h1 * plan->hss.h2;
}

// Offsets wait beside a word of B.
static EngineNeeds needs(const Plan *plan) {
  return (EngineNeeds){plan->a_beat, 1, plan->n0 * plan->hss.groups * plan->hss.group_bits};
}

// Where weights are structured a slot chooses its A, where A is it chooses its weight out of a block; nothing is
// borrowed. Modes that run in passes use the muxes of those that A obeys.
static void modes(const Plan *p, InfoMode all[MODES_MOST]) {
  int a_fan_in = 1, b_fan_in = p->hss.a_g0 ? p->hss.h0 : 1;
  for (int rank = 0; rank < HSS_RANKS; rank++)
    a_fan_in *= hss_rank_fan_in(p, rank);
  all[MODE_DENSE] = (InfoMode){NULL, "", 1, 1, 1, b_fan_in, 1};
  all[MODE_A] = (InfoMode){NULL, "", 1, 1, 1, b_fan_in, 1};
  all[MODE_B] = (InfoMode){NULL, "", 1, 1, a_fan_in, b_fan_in, 1};
  all[MODE_AB] = (InfoMode){NULL, "", 1, 1, a_fan_in, b_fan_in, 1};
}

static void print(const Plan *plan, FILE *out) {
  static HssPattern patterns[HSS_PATTERNS];
  int count = hss_patterns(plan, patterns), kept, all;
  char text[64];
  fputs("Patterns of structured weights (engine speedup: exactly 1 / density", out);
  if (plan->hss.a_g0) fprintf(out, ", times %d / %d for A", plan->hss.h0, plan->hss.a_g0);
  fputs(")\n  pattern      density   speedup  elements of A a step\n", out);
  for (int i = count - 1; i >= 0; i--) {
    const int *h = patterns[i].h;
    hss_density(plan, patterns[i], &kept, &all);
    fprintf(out, "  %-11s  %3d/%-3d  %8.3f  %20d\n", hss_text(plan, patterns[i], text, sizeof text), kept, all,
            hss_speedup(plan, patterns[i]), (int)plan_stored(plan, (uint64_t)(plan->hss.groups * h[0] * h[1] * h[2])));
  }
  fprintf(out, "  a slot chooses its A from %d parts x %d blocks x %d words", hss_rank_fan_in(plan, 2),
          hss_rank_fan_in(plan, 1), hss_rank_fan_in(plan, 0));
  if (plan->hss.a_g0) fprintf(out, ", its weight from the %d of a block", plan->hss.h0);
  fputc('\n', out);
  if (plan->hss.a_g0)
    fprintf(out, "  A keeps %d of every %d words along K in every pattern, and when no block of B is left out (%.3f)\n",
            plan->hss.a_g0, plan->hss.h0, (double)plan->hss.h0 / plan->hss.a_g0);
  int passes = plan_passes(plan, MODE_DENSE);
  if (passes > 1)
    fprintf(out, "  any other A takes %d passes along K, modes dense and b: speedups are %d times less\n", passes,
            passes);
  fputc('\n', out);
}

static void json(const Plan *plan, json_t *info) {
  static HssPattern patterns[HSS_PATTERNS];
  int count = hss_patterns(plan, patterns), kept, all;
  char text[64];
  for (int rank = 0; rank < HSS_RANKS; rank++)
    json_array_append_new(json_object_get(info, "a_fan_in_by_rank"), json_integer(hss_rank_fan_in(plan, rank)));
  for (int i = 0; i < count; i++) {
    hss_density(plan, patterns[i], &kept, &all);
    json_array_append_new(json_object_get(info, "patterns"),
                          json_pack("{s:s, s:f, s:f}", "pattern", hss_text(plan, patterns[i], text, sizeof text),
                                    "density", (double)kept / all, "speedup", hss_speedup(plan, patterns[i])));
  }
}

static void format_place(const Plan *plan, int place, char *text, size_t size) {
  if (place == FORMAT_A && plan->hss.a_g0)
    snprintf(text, size,
             "; for %d words along K the %d kept, then an element: their offsets, %d bits each, and zero point",
             plan->hss.h0, plan->hss.a_g0, clog2(plan->hss.h0));
  if (place == FORMAT_B) format_words(plan, "kept weights", text, size);
  if (place == FORMAT_M)
    snprintf(
        text, size,
        "structured B only: per part of a word of B %d groups of offsets, %d bits each (%s), filled up to %d bytes; "
        "no gaps",
        plan->n0 * plan->hss.groups / plan->b_lanes, plan->hss.group_bits,
        plan->hss.a_g0 ? "blocks" : "parts, blocks, words", plan->m_lane_bits / 8);
  if (place == FORMAT_AM)
    snprintf(
        text, size,
        "compressed A only: per set of %d elements of a row %d bytes, the count of its values and the ends of blocks "
        "of %d, then %d bits a value, its offset in its block, filled up to a byte; no gaps",
        plan->beat_elems, plan->a_head_bytes, A_BLOCK, clog2(A_BLOCK));
}

const EngineGen engine_gen_hss = {
    .first_key = KEY_HSS_G0,
    .last_key = KEY_HSS_A_COMPRESSED,
    .keys = "structured sparsity",
    .shape = shape_hss,
    .plan = plan_hss,
    .parts = parts,
    .nets = hss_nets,
    .waits = waits_for_step,
    .operands = hss_operands,
    .unpack_a = hss_unpack_a,
    .check_a = hss_check_a,
    .connect = hss_connect,
    .build = build_hss,
    .longest_step = longest_step,
    .needs = needs,
    .modes = modes,
    .print = print,
    .json = json,
    .format = format_place,
    .element = "kept weight",
    .words = "",
    .merged = (const char *const[]){"hss_pe", "dsso_pe", NULL},
};
