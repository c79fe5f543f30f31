// The hardware fixes G of every rank; a job may have any H up to the largest. The sparser the pattern, the fewer the
// steps, so the sparsest that the weights obey is the fastest.
#include "harness/choose_structured.h"
#include "gen/error.h"
#include "harness/pattern.h"

#include <stdlib.h>
#include <string.h>

static int compare_patterns(const void *left, const void *right) {
  const uint32_t *a = left, *b = right;
  uint32_t span_a = a[0] * a[1] * a[2], span_b = b[0] * b[1] * b[2];
  if (span_a != span_b) return span_a > span_b ? -1 : 1;
  return memcmp(a, b, 3 * sizeof *a);
}

int structured_patterns(const Plan *p, uint32_t (*patterns)[3]) {
  int count = 0;
  for (int h2 = p->hss_g2; h2 <= p->hss_h2; h2++)
    for (int h1 = p->hss_g1; h1 <= p->hss_h1; h1++)
      for (int h0 = p->hss_g0; h0 <= p->hss_h0; h0++) {
        if (h0 == p->hss_g0 && h1 == p->hss_g1 && h2 == p->hss_g2) continue;
        patterns[count][0] = (uint32_t)h0;
        patterns[count][1] = (uint32_t)h1;
        patterns[count++][2] = (uint32_t)h2;
      }
  qsort(patterns, (size_t)count, sizeof *patterns, compare_patterns);
  return count;
}

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
  static uint32_t patterns[STRUCTURED_PATTERNS][3];
  int count = structured_patterns(source->plan, patterns);
  for (int i = 0; i < count; i++) {
    PackingChoice choice = {.mode = MODE_B, .tentative = dense || i + 1 < count};
    memcpy(choice.h, patterns[i], sizeof choice.h);
    int status = build(source, &choice, image);
    if (status == EXIT_CORRECT || !image->offends) return status;
  }
  return dense ? build(source, &(PackingChoice){.mode = MODE_DENSE}, image) : EXIT_BAD_INPUT;
}

int structured_image(const Options *options, const PackingSource *source, int modes, Image *image) {
  bool dense = modes & 1 << MODE_DENSE, sparse = modes & 1 << MODE_B;
  PackingChoice named = {.mode = MODE_B};
  if (options->pattern && sparse)
    return named_pattern(options, source->plan, named.h) ? build(source, &named, image) : EXIT_BAD_INPUT;
  if (!sparse) return build(source, &(PackingChoice){.mode = MODE_DENSE}, image);
  return build_sparsest(source, dense, image);
}
