// The hardware fixes G of every rank; a job may have any H up to the largest. The sparser the pattern, the fewer the
// steps, so the sparsest that the weights obey is the fastest.
#include "harness/choose_structured.h"
#include "gen/error.h"
#include "gen/plan_hss.h"
#include "harness/choose.h"
#include "harness/pattern.h"

// Ranks that the pattern does not name must be dense.
static bool named_pattern(const Options *o, const Plan *plan, uint32_t h[3]) {
  const int g[3] = {plan->hss_g0, plan->hss_g1, plan->hss_g2}, most[3] = {plan->hss_h0, plan->hss_h1, plan->hss_h2};
  Pattern pattern;
  bool good = pattern_parse(o->pattern, &pattern);
  for (int rank = 0; rank < 3; rank++) {
    bool named = good && rank < pattern.count;
    h[rank] = (uint32_t)(named ? pattern.ranks[rank].h : g[rank]);
    if (named && (pattern.ranks[rank].g != g[rank] || pattern.ranks[rank].h > most[rank])) good = false;
  }
  return good ||
         error_at(NULL, 0, 0,
                  "--pattern %s: %s keeps %d of %d to %d words of a block, %d of %d to %d blocks, %d of %d to %d "
                  "parts",
                  o->pattern, plan->name, g[0], g[0], most[0], g[1], g[1], most[1], g[2], g[2], most[2]);
}

static int build(const PackingSource *source, const PackingChoice *choice, Image *image) {
  image_free(image);
  return image_build(source, choice, image) ? EXIT_CORRECT : EXIT_BAD_INPUT;
}

// Steps of a run of K in passes, each filled up to `fill` words; a step takes `beat`.
static int64_t steps_in_passes(const PackingSource *source, int64_t fill, int64_t beat) {
  const Shape *s = &source->workload->shape;
  int64_t length = s->conv ? s->channels / s->groups : s->k;
  int64_t words = plan_passes(source->plan, MODE_DENSE) * ((length + fill - 1) / fill * fill);
  return (words + beat - 1) / beat;
}

// In passes the groups that fill up a short K may cost all that skipping gains, and room in the A buffer.
static bool has_use(const PackingSource *source, Mode skipping, HssPattern pattern) {
  const Plan *plan = source->plan;
  if (plan_passes(plan, skipping) == 1) return true;
  int64_t span = (int64_t)pattern.h[0] * pattern.h[1];
  return steps_in_passes(source, span, plan->hss_groups * span) < steps_in_passes(source, plan->hss_h0, plan->b_beat);
}

static int build_sparsest(const PackingSource *source, Mode plain, Mode skipping, bool dense, Image *image) {
  static HssPattern patterns[HSS_PATTERNS];
  int count = hss_patterns(source->plan, patterns);
  for (int i = 0; i < count; i++) {
    if (dense && !has_use(source, skipping, patterns[i])) continue;
    PackingChoice choice = {.mode = skipping, .tentative = dense || i + 1 < count};
    for (int rank = 0; rank < 3; rank++)
      choice.h[rank] = (uint32_t)patterns[i].h[rank];
    int status = build(source, &choice, image);
    if (status == EXIT_CORRECT || !image->offends) return status;
  }
  return dense ? build(source, &(PackingChoice){.mode = plain}, image) : EXIT_BAD_INPUT;
}

int structured_image(const Options *options, const PackingSource *source, int modes, Image *image) {
  bool obeys = source->plan->hss_a_g0 && !source->workload->a_in_passes; // zeros of A are skipped, too
  Mode plain = obeys ? MODE_A : MODE_DENSE, skipping = obeys ? MODE_AB : MODE_B;
  bool dense = modes >> plain & 1, sparse = modes >> skipping & 1;
  PackingChoice named = {.mode = skipping};
  if (options->pattern && !sparse && !options->prune) {
    error_at(NULL, 0, 0, "--pattern %s has no use in mode %s, but to say what --prune does", options->pattern,
             mode_names[plain]);
    return EXIT_BAD_INPUT;
  }
  if (options->pattern && sparse)
    return named_pattern(options, source->plan, named.h) ? build(source, &named, image) : EXIT_BAD_INPUT;
  if (!sparse) return build(source, &(PackingChoice){.mode = plain}, image);
  return build_sparsest(source, plain, skipping, dense, image);
}
