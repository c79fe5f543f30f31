// The plan of the engine for structured weights: what a step of G of H children at every rank makes of the buffers and
// of the metadata (docs/hss.md; HighLight, MICRO 2023, section 5).
#include "gen/plan_hss.h"
#include "gen/engine.h"
#include "gen/spec.h"

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
  return spec_error(spec, rank->h, "%s %d is less than %s %d", spec_key_path(rank->h, h_path, sizeof h_path), h,
                    spec_key_path(rank->g, g_path, sizeof g_path), g);
}

bool plan_b_beat(const Spec *spec, Plan *plan) {
  int kept = plan->engine == ENGINE_HSS ? spec->keys[KEY_HSS_A_G0].value : 0, block = spec->keys[KEY_HSS_H0].value;
  plan->b_beat = kept ? plan->k0 / kept * block : plan->k0;
  if (!kept || plan->k0 % kept == 0) return true;
  return spec_error(spec, KEY_HSS_A_G0, "hss.a_g0 %d does not divide tile.k %d", kept, plan->k0);
}

// Structured A chooses within whole blocks of B, and says where in a single element.
static bool take_blocks(const Spec *spec, Plan *plan) {
  int kept = spec->keys[KEY_HSS_A_G0].value, block = plan->hss_h0, bits = kept * clog2(block);
  plan->hss_a_g0 = kept;
  if (!kept) return true;
  if (plan->hss_g0 != block || block != power_above(block) || kept >= block)
    return spec_error(spec, KEY_HSS_A_G0, "hss.a_g0 %d needs whole blocks of B: g0 = h0, a power of two above a_g0",
                      kept);
  if (plan->hss_h2 > 1) return spec_error(spec, KEY_HSS_H2, "beside hss.a_g0 there is no rank 2; legal: h2 1");
  if (bits <= plan->data_bits) return true;
  return spec_error(spec, KEY_HSS_A_G0, "the offsets of a block of A, %d of %d words, take %d bits; legal: at most %d",
                    kept, block, bits, plan->data_bits);
}

static bool take_ranks(const Spec *spec, Plan *plan) {
  const RankKeys ranks[] = {{KEY_HSS_G0, KEY_HSS_H0, &plan->hss_g0, &plan->hss_h0},
                            {KEY_HSS_G1, KEY_HSS_H1, &plan->hss_g1, &plan->hss_h1},
                            {KEY_HSS_G2, KEY_HSS_H2, &plan->hss_g2, &plan->hss_h2}};
  for (size_t i = 0; i < sizeof ranks / sizeof *ranks; i++)
    if (!take_rank(spec, &ranks[i])) return false;
  if (!take_blocks(spec, plan)) return false;
  int kept = (plan->hss_a_g0 ? plan->hss_a_g0 : plan->hss_g0) * plan->hss_g1 * plan->hss_g2;
  if (plan->k0 % kept)
    return spec_error(spec, KEY_TILE_K, "tile.k %d is no multiple of %s * g1 * g2 = %d, the multipliers of a group",
                      plan->k0, plan->hss_a_g0 ? "a_g0" : "g0", kept);
  plan->hss_groups = plan->k0 / kept;
  int words = plan->hss_groups * plan->hss_h0 * plan->hss_h1 * plan->hss_h2;
  plan->a_beat = (int)plan_stored(plan, (uint64_t)words);
  plan->count_bits = clog2(plan->m0 * plan->n0 * words + 1);
  if (plan->a_beat > MAX_BEAT)
    return spec_error(spec, KEY_HSS_H0,
                      "a step takes %d groups of h0 * h1 * h2 = %d elements; legal: at most %d in all",
                      plan->hss_groups, plan->a_beat / plan->hss_groups, MAX_BEAT);
  return true;
}

// A step may begin anywhere in the first granule of a line.
static bool plan_line(const Spec *spec, Plan *plan) {
  int granule = plan->beat_elems, line = power_above(plan->a_beat + granule - 1);
  if (line < 2 * granule) line = 2 * granule;
  plan->a_granule = granule;
  plan->a_columns = line / granule;
  plan->a_lines = plan->a_bank_elems / line;
  if (plan->a_lines >= 2) return true;
  return spec_error(spec, KEY_A_KIB, "banks of %d elements hold no two lines of %d, which a step of %d needs",
                    plan->a_bank_elems, line, plan->a_beat);
}

// A part of a word of B holds whole groups, so that their offsets lie beside them.
static void plan_parts(Plan *plan) {
  int groups = plan->n0 * plan->hss_groups, parts = plan->b_lanes;
  while (parts > groups || groups % parts)
    parts += parts > groups ? -1 : 1;
  plan->b_lanes = parts;
  plan->b_lane_bits = plan->b_word_bits / parts;
  int bits_2 = plan->hss_g2 * clog2(plan->hss_h2);
  int bits_1 = plan->hss_g2 * plan->hss_g1 * clog2(plan->hss_h1);
  int bits_0 = plan->hss_a_g0 ? 0 : plan->hss_g2 * plan->hss_g1 * plan->hss_g0 * clog2(plan->hss_h0);
  plan->hss_group_bits = bits_2 + bits_1 + bits_0;
  plan->m_lane_bits = (groups / parts * plan->hss_group_bits + 7) / 8 * 8;
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
  if (plan->hss_a_g0)
    return spec_error(spec, KEY_HSS_A_COMPRESSED,
                      "hss.a_compressed needs A as it is, not in blocks; legal: false, or no hss.a_g0");
  plan->a_head_bytes = (a_set_end_bit(plan, plan->beat_elems / A_BLOCK - 1) + 7) / 8;
  if (plan->beat_elems >= A_BLOCK) return true;
  return spec_error(spec, KEY_HSS_A_COMPRESSED,
                    "hss.a_compressed needs blocks of %d elements, a bus beat of %d bits holds %d; legal: false, or a "
                    "wider memory.bus_bits",
                    A_BLOCK, plan->bus_bits, plan->beat_elems);
}

bool plan_hss(const Spec *spec, Plan *plan) {
  if (!take_ranks(spec, plan) || !plan_line(spec, plan) || !plan_compressed(spec, plan)) return false;
  plan_parts(plan);
  plan->modes = 1 << hss_mode(plan, false) | 1 << hss_mode(plan, true);
  if (plan->hss_h0 > plan->hss_g0 || plan->hss_h1 > plan->hss_g1 || plan->hss_h2 > plan->hss_g2) return true;
  return spec_error(spec, KEY_HSS_H0, "every rank keeps all its children; legal: h0, h1 or h2 above its g");
}

HssWord hss_word(const Plan *p) {
  if (!p->hss_a_g0) return (HssWord){p->hss_g0, p->hss_h0, p->a_bits, p->b_bits};
  return (HssWord){1, 1, (p->hss_a_g0 + 1) * p->a_bits, p->hss_h0 * p->b_bits};
}

Mode hss_mode(const Plan *p, bool structured) {
  if (p->hss_a_g0) return structured ? MODE_AB : MODE_A;
  return structured ? MODE_B : MODE_DENSE;
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
  for (int h2 = p->hss_g2; h2 <= p->hss_h2; h2++)
    for (int h1 = p->hss_g1; h1 <= p->hss_h1; h1++)
      for (int h0 = p->hss_g0; h0 <= p->hss_h0; h0++)
        if (h0 > p->hss_g0 || h1 > p->hss_g1 || h2 > p->hss_g2) patterns[count++] = (HssPattern){{h0, h1, h2}};
  qsort(patterns, (size_t)count, sizeof *patterns, compare_patterns);
  return count;
}

void hss_density(const Plan *p, HssPattern pattern, int *kept, int *all) {
  *kept = p->hss_g0 * p->hss_g1 * p->hss_g2;
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
  return (double)all / kept * (p->hss_a_g0 ? (double)p->hss_h0 / p->hss_a_g0 : 1);
}

// Upper ranks that the hardware lacks are left out.
char *hss_text(const Plan *p, HssPattern pattern, char *text, int size) {
  int used = 0;
  if (p->hss_h2 > 1) used += snprintf(text, (size_t)size, "%d:%d/", p->hss_g2, pattern.h[2]);
  if (p->hss_h2 > 1 || p->hss_h1 > 1)
    used += snprintf(text + used, (size_t)(size - used), "%d:%d/", p->hss_g1, pattern.h[1]);
  snprintf(text + used, (size_t)(size - used), "%d:%d", p->hss_g0, pattern.h[0]);
  return text;
}
