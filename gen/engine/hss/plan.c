// The plan of the engine for structured weights: what a step of G of H children at every rank makes of the buffers and
// of the metadata (docs/engines/hss.md; HighLight, MICRO 2023, section 5).
#include "gen/engine/hss/plan.h"
#include "gen/engine/hss/hss.h"
#include "gen/spec/spec.h"

#include <stdio.h>
#include <stdlib.h>

#define MAX_BEAT 256 // elements of A of a row in a step

typedef struct RankKeys {
  SpecKeyId g, h;
  int *g_field, *h_field;
} RankKeys;

static int power_above(int number) {
  return 1 << clog2(number);
}

static bool take_rank(const Spec *spec, const RankKeys *rank) {
  int g = spec->keys[rank->g].value, h = spec->keys[rank->h].value;
  if (h == DERIVED) h = g;
  *rank->g_field = g;
  *rank->h_field = h;
  char g_path[64], h_path[64];
  if (h >= g) return true;
  return spec_error(spec, spec_blame(spec, rank->h, rank->g), "%s %d is less than %s %d; legal: %s %d to %d",
                    spec_key_path(rank->h, h_path, sizeof h_path), h, spec_key_path(rank->g, g_path, sizeof g_path), g,
                    h_path, g, HSS_CHILDREN);
}

// The most words of a block of A whose offsets, in blocks as small as can be, fit an element; and divide the lanes.
static int most_kept(const Plan *plan) {
  int kept = 1;
  while (2 * kept <= plan->k0 && 2 * kept * clog2(power_above(2 * kept + 1)) <= plan->data_bits)
    kept *= 2;
  return kept;
}

// Structured A chooses within whole blocks of B, and says where in a single element.
static bool take_blocks(const Spec *spec, Plan *plan) {
  int kept = spec->keys[KEY_HSS_A_G0].value, block = plan->hss.h0, bits = kept * clog2(block);
  plan->hss.a_g0 = kept;
  if (!kept) return true;
  if (plan->k0 % kept || kept > most_kept(plan))
    return spec_error(
        spec, KEY_HSS_A_G0,
        "hss.a_g0 %d does not divide tile.k %d, or its offsets in a block take more than the %d bits of an "
        "element; legal: powers of two up to %d",
        kept, plan->k0, plan->data_bits, most_kept(plan));
  if (plan->hss.g0 != block || block != power_above(block) || kept >= block)
    return spec_error(spec, KEY_HSS_A_G0,
                      "hss.a_g0 %d needs whole blocks of B: g0 = h0, a power of two above a_g0; legal: g0 and h0 %d",
                      kept, power_above(kept + 1));
  if (plan->hss.h2 > 1)
    return spec_error(spec, spec_blame(spec, KEY_HSS_H2, KEY_HSS_G2),
                      "beside hss.a_g0 there is no rank 2; legal: g2 and h2 1");
  plan->b_beat = plan->k0 / kept * block;
  if (bits <= plan->data_bits) return true;
  return spec_error(
      spec, KEY_HSS_A_G0,
      "the offsets of a block of A, %d of %d words, take %d of the %d bits of an element; legal: a_g0 up to "
      "%d, or g0 and h0 %d",
      kept, block, bits, plan->data_bits, 1 << (clog2(plan->data_bits / clog2(block) + 1) - 1), power_above(kept + 1));
}

// Lanes are shared out among the kept of groups; so each g is a power of two as tile.k is.
static bool share_lanes(const Spec *spec, Plan *plan, int kept) {
  static const SpecKeyId g[] = {KEY_HSS_G0, KEY_HSS_G1, KEY_HSS_G2};
  plan->hss.groups = plan->k0 / kept;
  if (plan->k0 % kept == 0) return true;
  char path[64];
  for (int rank = plan->hss.a_g0 ? 1 : 0; rank < 3; rank++)
    if (spec->keys[g[rank]].value != power_above(spec->keys[g[rank]].value))
      return spec_error(spec, g[rank], "%s %d: tile.k %d can't be shared out to it; legal: 1, 2, 4, 8 or 16",
                        spec_key_path(g[rank], path, sizeof path), spec->keys[g[rank]].value, plan->k0);
  const char *first = plan->hss.a_g0 ? "a_g0" : "g0";
  int most = spec_key(KEY_TILE_K)->high, largest = plan->hss.a_g0 ? 1 : 0;
  while (plan->mul_m * plan->mul_n * most > MAX_MACS)
    most /= 2;
  if (kept <= most)
    return spec_error(spec, KEY_TILE_K,
                      "tile.k %d is no multiple of %s * g1 * g2 = %d, the multipliers of a group; "
                      "legal: powers of two from %d to %d",
                      plan->k0, first, kept, kept, most);
  for (int rank = largest + 1; rank < 3; rank++)
    if (spec->keys[g[rank]].value > spec->keys[g[largest]].value) largest = rank;
  int value = spec->keys[g[largest]].value, room = most / (kept / value);
  return spec_error(spec, g[largest],
                    "%s * g1 * g2 = %d, the multipliers of a group, are more than tile.k can be; legal: %s up to %d",
                    first, kept, spec_key_path(g[largest], path, sizeof path), room > 0 ? room : 1);
}

// A step is as long as its groups are; fewer groups, or else smaller ones.
static bool check_beat(const Spec *spec, const Plan *plan, int kept) {
  if (plan->a_beat <= MAX_BEAT) return true;
  int group = plan->a_beat / plan->hss.groups, groups = MAX_BEAT / group;
  if (groups > 0)
    return spec_error(spec, KEY_TILE_K,
                      "a step takes %d groups of %d elements of A, more than %d in all; legal: k "
                      "up to %d",
                      plan->hss.groups, group, MAX_BEAT, kept << (clog2(groups + 1) - 1));
  static const SpecKeyId h[] = {KEY_HSS_H0, KEY_HSS_H1, KEY_HSS_H2};
  const int g[] = {plan->hss.g0, plan->hss.g1, plan->hss.g2}, now[] = {plan->hss.h0, plan->hss.h1, plan->hss.h2};
  int rank = 0;
  for (int i = 1; i < 3; i++)
    if (now[i] - g[i] > now[rank] - g[rank]) rank = i;
  char path[64];
  return spec_error(spec, h[rank], "a group takes h0 * h1 * h2 = %d elements of A, more than %d; legal: %s up to %d",
                    group, MAX_BEAT, spec_key_path(h[rank], path, sizeof path),
                    MAX_BEAT / (group / now[rank]) > g[rank] ? MAX_BEAT / (group / now[rank]) : g[rank]);
}

// Structured A: kept values and an element of offsets a block; an A that is none in as many passes as it takes.
static void plan_words(Plan *plan) {
  plan->words.a_block = plan->hss.h0;
  plan->words.a_stored = plan->hss.a_g0 + 1;
  plan->words.run_modes = 1 << MODE_DENSE | 1 << MODE_B;
  plan->words.passes = (plan->hss.h0 + plan->hss.a_g0 - 1) / plan->hss.a_g0;
}

static bool take_ranks(const Spec *spec, Plan *plan) {
  const RankKeys ranks[] = {{KEY_HSS_G0, KEY_HSS_H0, &plan->hss.g0, &plan->hss.h0},
                            {KEY_HSS_G1, KEY_HSS_H1, &plan->hss.g1, &plan->hss.h1},
                            {KEY_HSS_G2, KEY_HSS_H2, &plan->hss.g2, &plan->hss.h2}};
  for (size_t i = 0; i < sizeof ranks / sizeof *ranks; i++)
    if (!take_rank(spec, &ranks[i])) return false;
  if (!take_blocks(spec, plan)) return false;
  int kept = (plan->hss.a_g0 ? plan->hss.a_g0 : plan->hss.g0) * plan->hss.g1 * plan->hss.g2;
  if (!share_lanes(spec, plan, kept)) return false;
  if (plan->hss.a_g0) plan_words(plan);
  int words = plan->hss.groups * plan->hss.h0 * plan->hss.h1 * plan->hss.h2;
  plan->a_beat = (int)plan_stored(plan, (uint64_t)words);
  plan->count_bits = clog2(plan->m0 * plan->n0 * words + 1);
  return check_beat(spec, plan, kept);
}

// A step may begin anywhere in the first granule of a line.
static void plan_line(Plan *plan) {
  int granule = plan->beat_elems, line = power_above(plan->a_beat + granule - 1);
  if (line < 2 * granule) line = 2 * granule;
  plan->a_granule = granule;
  plan->a_columns = line / granule;
}

// A part of a word of B holds whole groups, so that their offsets lie beside them.
static void plan_parts(Plan *plan) {
  int groups = plan->n0 * plan->hss.groups, parts = plan->b_lanes;
  while (parts > groups || groups % parts)
    parts += parts > groups ? -1 : 1;
  plan->b_lanes = parts;
  plan->b_lane_bits = plan->b_word_bits / parts;
  int bits_2 = plan->hss.g2 * clog2(plan->hss.h2);
  int bits_1 = plan->hss.g2 * plan->hss.g1 * clog2(plan->hss.h1);
  int bits_0 = plan->hss.a_g0 ? 0 : plan->hss.g2 * plan->hss.g1 * plan->hss.g0 * clog2(plan->hss.h0);
  plan->hss.group_bits = bits_2 + bits_1 + bits_0;
  plan->m_lane_bits = (groups / parts * plan->hss.group_bits + 7) / 8 * 8;
}

int a_set_end_bit(const Plan *plan, int block) {
  int bit = clog2(plan->beat_elems + 1);
  for (int i = 0; i < block; i++)
    bit += a_set_end_bits(i);
  return bit;
}

static bool plan_compressed(const Spec *spec, Plan *plan) {
  plan->a_compressed = spec->keys[KEY_HSS_A_COMPRESSED].value != 0;
  if (!plan->a_compressed) return true;
  if (plan->hss.a_g0)
    return spec_error(spec, KEY_HSS_A_COMPRESSED,
                      "hss.a_compressed needs A as it is, not in blocks; legal: false, or no hss.a_g0");
  plan->a_head_bytes = (a_set_end_bit(plan, plan->beat_elems / A_BLOCK - 1) + 7) / 8;
  if (plan->beat_elems >= A_BLOCK) return true;
  return spec_error(spec, KEY_HSS_A_COMPRESSED,
                    "hss.a_compressed needs blocks of %d elements, a bus beat of %d bits holds %d; legal: false, or a "
                    "wider memory.bus_bits",
                    A_BLOCK, plan->bus_bits, plan->beat_elems);
}

// Beside structured A rank 0 keeps whole blocks, else any rank may leave something out.
static bool check_sparse(const Spec *spec, const Plan *plan) {
  if (plan->hss.h0 > plan->hss.g0 || plan->hss.h1 > plan->hss.g1 || plan->hss.h2 > plan->hss.g2) return true;
  bool upper = plan->hss.a_g0 || plan->hss.g0 == HSS_CHILDREN;
  int kept = upper ? plan->hss.g1 : plan->hss.g0;
  SpecKeyId id = spec_blame(spec, KEY_HSS_H0, KEY_HSS_G0);
  if (upper) id = spec_blame(spec, spec_blame(spec, KEY_HSS_H1, KEY_HSS_G1), id);
  if (kept == HSS_CHILDREN)
    return spec_error(spec, id, "every rank keeps all its children; legal: g1 up to %d", kept / 2);
  return spec_error(spec, id, "every rank keeps all its children; legal: %s from %d to %d", upper ? "h1" : "h0",
                    kept + 1, HSS_CHILDREN);
}

bool shape_hss(const Spec *spec, Plan *plan) {
  if (!take_ranks(spec, plan) || !check_sparse(spec, plan) || !plan_compressed(spec, plan)) return false;
  plan_line(plan);
  return true;
}

bool plan_hss(const Spec *spec, Plan *plan) {
  (void)spec;
  plan_parts(plan);
  plan->modes = 1 << hss_mode(plan, false) | 1 << hss_mode(plan, true);
  return true;
}

HssWord hss_word(const Plan *p) {
  if (!p->hss.a_g0) return (HssWord){p->hss.g0, p->hss.h0, p->b_bits};
  return (HssWord){1, 1, p->hss.h0 * p->b_bits};
}

int hss_spare_bits(const Plan *p) {
  return p->hss.a_g0 ? p->data_bits - p->hss.a_g0 * clog2(p->hss.h0) : 0;
}

Mode hss_mode(const Plan *p, bool structured) {
  if (p->hss.a_g0) return structured ? MODE_AB : MODE_A;
  return structured ? MODE_B : MODE_DENSE;
}

int hss_rank_fan_in(const Plan *p, int rank) {
  HssWord word = hss_word(p);
  const int g[] = {word.g0, p->hss.g1, p->hss.g2}, h[] = {word.h0, p->hss.h1, p->hss.h2};
  return h[rank] - g[rank] + 1;
}

// ---- patterns

// Patterns of one density take as many steps and bytes. Of these the one that is sparser at the top comes first: what
// it leaves out are whole parts and blocks.
static int compare_patterns(const void *left, const void *right) {
  const HssPattern *a = left, *b = right;
  int span_a = a->h[0] * a->h[1] * a->h[2], span_b = b->h[0] * b->h[1] * b->h[2];
  if (span_a != span_b) return span_a > span_b ? -1 : 1;
  for (int rank = 2; rank >= 0; rank--)
    if (a->h[rank] != b->h[rank]) return a->h[rank] > b->h[rank] ? -1 : 1;
  return 0;
}

int hss_patterns(const Plan *p, HssPattern patterns[HSS_PATTERNS]) {
  int count = 0;
  for (int h2 = p->hss.g2; h2 <= p->hss.h2; h2++)
    for (int h1 = p->hss.g1; h1 <= p->hss.h1; h1++)
      for (int h0 = p->hss.g0; h0 <= p->hss.h0; h0++)
        if (h0 > p->hss.g0 || h1 > p->hss.g1 || h2 > p->hss.g2) patterns[count++] = (HssPattern){{h0, h1, h2}};
  qsort(patterns, (size_t)count, sizeof *patterns, compare_patterns);
  return count;
}

void hss_density(const Plan *p, HssPattern pattern, int *kept, int *all) {
  *kept = p->hss.g0 * p->hss.g1 * p->hss.g2;
  *all = pattern.h[0] * pattern.h[1] * pattern.h[2];
  for (int divisor = *kept; divisor > 1; divisor--)
    if (*kept % divisor == 0 && *all % divisor == 0) {
      *kept /= divisor;
      *all /= divisor;
    }
}

double hss_speedup(const Plan *p, HssPattern pattern) {
  int kept, all;
  hss_density(p, pattern, &kept, &all);
  return (double)all / kept * (p->hss.a_g0 ? (double)p->hss.h0 / p->hss.a_g0 : 1);
}

// Upper ranks that the hardware lacks are left out.
char *hss_text(const Plan *p, HssPattern pattern, char *text, int size) {
  int used = 0;
  if (p->hss.h2 > 1) used += snprintf(text, (size_t)size, "%d:%d/", p->hss.g2, pattern.h[2]);
  if (p->hss.h2 > 1 || p->hss.h1 > 1)
    used += snprintf(text + used, (size_t)(size - used), "%d:%d/", p->hss.g1, pattern.h[1]);
  snprintf(text + used, (size_t)(size - used), "%d:%d", p->hss.g0, pattern.h[0]);
  return text;
}
