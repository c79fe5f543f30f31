// Spoils what structured operands say of themselves (docs/engines/hss.md): offsets of weights, sets of compressed A,
// offsets of structured A.
#include "harness/pack/hss/injection.h"
#include "gen/base/error.h"
#include "gen/engine/hss/plan.h"
#include "harness/pack/pack_bits.h"

// ---- offsets of weights

// Makes the second offset of a node equal to the first, or the only one point past the last child.
static bool spoil_offset(uint8_t *bytes, uint64_t at, int kept, int children, int bits) {
  int most = (1 << bits) - 1;
  if (!bits || (kept == 1 && most < children)) return false;
  if (kept > 1)
    pack_put_field(bytes, at + (uint64_t)bits, bits, pack_get_field(bytes, at, bits));
  else
    pack_put_field(bytes, at, bits, (uint32_t)most);
  return true;
}

// In one group of a word of structured weights (docs/engines/hss.md), in the lowest rank that can be spoilt.
static bool spoil_group(const Plan *plan, Image *image, uint64_t word) {
  HssWord least = hss_word(plan);
  const int g[3] = {least.g0, plan->hss.g1, plan->hss.g2}, h[3] = {least.h0, plan->hss.h1, plan->hss.h2};
  int part = plan->n0 * plan->hss.groups / plan->b_lanes, group = (int)(word % (uint64_t)(part * plan->b_lanes));
  uint64_t at = injection_word_at(plan, word) + (uint64_t)(group / part * plan->m_lane_bits);
  at += (uint64_t)((group % part + 1) * plan->hss.group_bits); // the end of the group
  for (int rank = 0, offsets = g[0] * g[1] * g[2]; rank < 3; offsets /= g[rank++]) {
    int children = image->job.reg[JOB_PATTERN] >> 8 * rank & 0xff, bits = clog2(h[rank]);
    at -= (uint64_t)(offsets * bits);
    if (spoil_offset(image->data[REGION_M], at, g[rank], children, bits)) return true;
  }
  return false;
}

static bool spoil_word(const Plan *plan, Image *image, Spoil spoil, uint64_t word) {
  int groups = plan->n0 * plan->hss.groups / plan->b_lanes;
  if (spoil == SPOIL_PADDING) return injection_fill(plan, image, word, groups * plan->hss.group_bits);
  return spoil_group(plan, image, word);
}

bool spoil_weights(const char *text, const Injection *injection, const Plan *plan, Image *image) {
  if (injection->spoil != SPOIL_CODE && injection->spoil != SPOIL_PADDING)
    return error_at(NULL, 0, 0,
                    "--inject %s: structured weights have offsets and what fills up a byte; meta:code and "
                    "meta:padding spoil them",
                    text);
  return injection_words(text, injection, plan, image, spoil_word);
}

// ---- sets of compressed A

typedef struct SetPlace {
  const Plan *plan;
  uint8_t *meta; // of the set
  int count;
} SetPlace;

static int end_of(const SetPlace *s, int block) {
  if (block < 0) return 0;
  if (block == s->plan->beat_elems / A_BLOCK - 1) return s->count;
  return (int)pack_get_field(s->meta, (uint64_t)a_set_end_bit(s->plan, block), a_set_end_bits(block));
}

static bool raise_end(const SetPlace *s) {
  for (int block = 0; block < s->plan->beat_elems / A_BLOCK - 1; block++) {
    int past = end_of(s, block + 1) + 1, bits = a_set_end_bits(block);
    if (past >> bits) continue;
    pack_put_field(s->meta, (uint64_t)a_set_end_bit(s->plan, block), bits, (uint32_t)past);
    return true;
  }
  return false;
}

static bool repeat_offset(const SetPlace *s) {
  uint64_t offsets = 8 * (uint64_t)s->plan->a_head_bytes;
  for (int block = 0; block < s->plan->beat_elems / A_BLOCK; block++) {
    uint64_t first = offsets + 2 * (uint64_t)end_of(s, block - 1);
    if (end_of(s, block) - end_of(s, block - 1) < 2) continue;
    pack_put_field(s->meta, first + 2, 2, pack_get_field(s->meta, first, 2));
    return true;
  }
  return false;
}

// The last bit of the last byte of offsets, where four do not fill it.
static bool spoil_rest(const SetPlace *s) {
  if (s->count % A_BLOCK) pack_put_bit(s->meta, 8 * (uint64_t)(s->plan->a_head_bytes + s->count / A_BLOCK) + 7);
  return s->count % A_BLOCK > 0;
}

static bool spoil_set(const SetPlace *s, Spoil spoil) {
  int bits = clog2(s->plan->beat_elems + 1);
  switch (spoil) {
  case SPOIL_COUNT: // more values than elements
    pack_put_field(s->meta, 0, bits, (uint32_t)s->plan->beat_elems + 1);
    return true;
  case SPOIL_LESS:
    if (s->count > 0) pack_put_field(s->meta, 0, bits, (uint32_t)s->count - 1);
    return s->count > 0;
  case SPOIL_FALL: // the end of a block lies past that of the next one
    return raise_end(s);
  case SPOIL_OFFSET: // the second value of a block stands where the first one does
    return repeat_offset(s);
  case SPOIL_REST:
    return spoil_rest(s);
  default:
    return false;
  }
}

// ---- structured A: a set is what a bus beat holds of a segment

// The top bit of the set's last element of offsets: it turns in the sum with any zero point.
static bool spoil_offsets(const Plan *plan, uint8_t *segment, uint64_t first, uint64_t end) {
  uint64_t stored = (uint64_t)plan->hss.a_g0 + 1, blocks = end / stored;
  if (blocks * stored <= first) return false;
  uint64_t top = blocks * stored * (uint64_t)plan->data_bits - 1;
  segment[top / 8] ^= (uint8_t)(1u << top % 8);
  return true;
}

static bool damage_blocks(const char *text, const Injection *injection, const Plan *plan, Image *image) {
  const uint32_t *r = image->job.reg;
  uint64_t elems = r[JOB_A_BYTES] * UINT64_C(8) / (uint64_t)plan->data_bits, beat = (uint64_t)plan->beat_elems;
  uint64_t sets = (elems + beat - 1) / beat;
  if (injection->spoil != SPOIL_REST || !hss_spare_bits(plan))
    return error_at(NULL, 0, 0, "--inject %s: A of %s has offsets%s", text, plan->name,
                    hss_spare_bits(plan) ? " and bits above them; set:padding spoils these"
                                         : " that take all bits of their element, and any are legal");
  for (uint64_t set = injection->word; set < sets * r[JOB_A_SEGMENTS]; set++) {
    uint64_t first = set % sets * beat, end = first + beat < elems ? first + beat : elems;
    if (spoil_offsets(plan, image->data[REGION_A] + set / sets * r[JOB_A_PITCH], first, end)) return true;
  }
  return injection_no_set(text, sets * r[JOB_A_SEGMENTS]);
}

bool spoil_sets(const char *text, const Injection *injection, const Plan *plan, Image *image) {
  uint64_t set = 0;
  if (plan->hss.a_g0) return damage_blocks(text, injection, plan, image);
  for (uint64_t at = 0; at < image->bytes[REGION_AM]; set++) {
    SetPlace s = {.plan = plan, .meta = image->data[REGION_AM] + at};
    s.count = (int)pack_get_field(s.meta, 0, clog2(plan->beat_elems + 1));
    if (set >= injection->word && spoil_set(&s, injection->spoil)) return true;
    at += (uint64_t)(plan->a_head_bytes + (s.count + A_BLOCK - 1) / A_BLOCK);
  }
  return injection_no_set(text, set);
}
