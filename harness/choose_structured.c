// The hardware fixes G of every rank; a job may have any H up to the largest. The sparser the pattern, the fewer the
// steps, so the sparsest that the weights obey is the fastest.
#include "harness/choose_structured.h"
#include "gen/error.h"
#include "gen/plan_hss.h"
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

static int build_sparsest(const PackingSource *source, bool dense, Image *image) {
  static HssPattern patterns[HSS_PATTERNS];
  int count = hss_patterns(source->plan, patterns);
  for (int i = 0; i < count; i++) {
    PackingChoice choice = {.mode = MODE_B, .tentative = dense || i + 1 < count};
    for (int rank = 0; rank < 3; rank++)
      choice.h[rank] = (uint32_t)patterns[i].h[rank];
    int status = build(source, &choice, image);
    if (status == EXIT_CORRECT || !image->offends) return status;
  }
  return dense ? build(source, &(PackingChoice){.mode = MODE_DENSE}, image) : EXIT_BAD_INPUT;
}

int structured_image(const Options *options, const PackingSource *source, int modes, Image *image) {
  bool dense = modes & 1 << MODE_DENSE, sparse = modes & 1 << MODE_B;
  PackingChoice named = {.mode = MODE_B};
  if (options->pattern && !sparse && !options->prune) {
    error_at(NULL, 0, 0, "--pattern %s has no use in mode dense, but to say what --prune does", options->pattern);
    return EXIT_BAD_INPUT;
  }
  if (options->pattern && sparse)
    return named_pattern(options, source->plan, named.h) ? build(source, &named, image) : EXIT_BAD_INPUT;
  if (!sparse) return build(source, &(PackingChoice){.mode = MODE_DENSE}, image);
  return build_sparsest(source, dense, image);
}
