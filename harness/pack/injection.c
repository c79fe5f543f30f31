// Reads --inject, and spoils metadata where they lie in the image: the hardware must find out by itself.
#include "harness/pack/injection.h"
#include "gen/base/error.h"
#include "gen/engine/hss/plan.h"
#include "harness/pack/outer/injection.h"
#include "harness/pack/pack_bits.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Kind {
  const char *channel, *kind;
  bool answer; // of the memory
  Spoil spoil;
  AxiFault fault;
} Kind;

static const Kind kinds[] = {
    {"read", "slverr", true, SPOIL_NOTHING, {.kind = AXI_FAULT_READ_BURST, .response = AXI_SLVERR}},
    {"read", "decerr", true, SPOIL_NOTHING, {.kind = AXI_FAULT_READ_BURST, .response = AXI_DECERR}},
    {"write", "slverr", true, SPOIL_NOTHING, {.kind = AXI_FAULT_WRITE_BURST, .response = AXI_SLVERR}},
    {"write", "decerr", true, SPOIL_NOTHING, {.kind = AXI_FAULT_WRITE_BURST, .response = AXI_DECERR}},
    {"meta", "code", false, SPOIL_CODE, {0}},
    {"meta", "advance", false, SPOIL_ADVANCE, {0}},
    {"meta", "end", false, SPOIL_END, {0}},
    {"meta", "tag", false, SPOIL_TAG, {0}},
    {"meta", "padding", false, SPOIL_PADDING, {0}},
    {"set", "count", false, SPOIL_COUNT, {0}},
    {"set", "less", false, SPOIL_LESS, {0}},
    {"set", "fall", false, SPOIL_FALL, {0}},
    {"set", "offset", false, SPOIL_OFFSET, {0}},
    {"set", "padding", false, SPOIL_REST, {0}},
};

bool injection_parse(const char *text, Injection *injection) {
  char channel[8], kind[8], digits[20];
  int end = 0;
  *injection = (Injection){0};
  if (!text) return true;
  bool good = sscanf(text, "%7[a-z]:%7[a-z]:%19[0-9]%n", channel, kind, digits, &end) == 3 && !text[end];
  uint64_t number = good ? strtoull(digits, NULL, 10) : 0; // of 19 digits at most, so it fits
  for (const Kind *k = kinds; good && k < kinds + sizeof kinds / sizeof *kinds; k++) {
    if (strcmp(channel, k->channel) || strcmp(kind, k->kind)) continue;
    *injection = (Injection){.fault = k->fault, .faults = k->answer, .spoil = k->spoil, .word = number};
    injection->fault.first = injection->fault.last = number;
    return true;
  }
  return error_at(
      NULL, 0, 0,
      "--inject %s is not understood; expected read|write:slverr|decerr:N, N counts bursts from 0, "
      "meta:code|advance|end|tag|padding:N, N counts words of B from 0, or set:count|less|fall|offset|padding:N, N "
      "counts sets of A from 0",
      text);
}

// Bits of a word's metadata (docs/engines/griffin.md).
static uint64_t word_at(const Plan *plan, uint64_t word) {
  return word * (uint64_t)(plan->b_lanes * plan->m_lane_bits);
}

static uint64_t header_at(const Plan *plan, uint64_t word) {
  return word_at(plan, word) + (uint64_t)(plan->n0 * plan->k0 / plan->b_lanes * plan->window.code_bits);
}

static uint64_t code_at(const Plan *plan, uint64_t word, int weight) {
  int part = plan->n0 * plan->k0 / plan->b_lanes;
  return word_at(plan, word) + (uint64_t)(weight / part * plan->m_lane_bits + weight % part * plan->window.code_bits);
}

static bool spoil_code(const Plan *plan, Image *image, uint64_t word) {
  int weights = plan->n0 * plan->k0, farthest = (1 << plan->window.dist_bits) - 1;
  bool past_window = farthest > (image->job.mode == MODE_AB ? plan->window.ab_b1 : plan->window.b_d1);
  for (int i = 0; i < weights; i++) {
    uint64_t element = word * (uint64_t)weights + (uint64_t)i;
    bool zero = !pack_get(image->data[REGION_B], element, plan->data_bits);
    if (zero == past_window) continue;
    pack_put_field(image->data[REGION_M], code_at(plan, word, i), plan->window.code_bits,
                   past_window ? (uint32_t)farthest : 1);
    return true;
  }
  return false;
}

// Makes a last word an inner one, or the other way round.
static bool turn_last(const Plan *plan, Image *image, uint64_t word, bool from) {
  uint64_t at = header_at(plan, word) + (uint64_t)plan->window.advance_bits;
  if (pack_get_field(image->data[REGION_M], at, 1) != from) return false;
  pack_put_field(image->data[REGION_M], at, 1, !from);
  return true;
}

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
  uint64_t at = word_at(plan, word) + (uint64_t)(group / part * plan->m_lane_bits);
  at += (uint64_t)((group % part + 1) * plan->hss.group_bits); // the end of the group
  for (int rank = 0, offsets = g[0] * g[1] * g[2]; rank < 3; offsets /= g[rank++]) {
    int children = image->job.reg[JOB_PATTERN] >> 8 * rank & 0xff, bits = clog2(h[rank]);
    at -= (uint64_t)(offsets * bits);
    if (spoil_offset(image->data[REGION_M], at, g[rank], children, bits)) return true;
  }
  return false;
}

// The last bit of a word's last part, where the part does not need it.
static bool spoil_padding(const Plan *plan, Image *image, uint64_t word) {
  int groups = plan->n0 * plan->hss.groups / plan->b_lanes, weights = plan->n0 * plan->k0 / plan->b_lanes;
  int used =
      is_structured(plan) ? groups * plan->hss.group_bits : weights * plan->window.code_bits + plan->window.header_bits;
  if (used < plan->m_lane_bits) pack_put_bit(image->data[REGION_M], word_at(plan, word + 1) - 1);
  return used < plan->m_lane_bits;
}

static bool spoil_word(const Plan *plan, Image *image, Spoil spoil, uint64_t word) {
  if (spoil == SPOIL_PADDING) return spoil_padding(plan, image, word);
  if (is_structured(plan)) return spoil_group(plan, image, word);
  switch (spoil) {
  case SPOIL_CODE:
    return spoil_code(plan, image, word);
  case SPOIL_ADVANCE:
    pack_put_field(image->data[REGION_M], header_at(plan, word), plan->window.advance_bits, 0);
    return true;
  case SPOIL_END:
    return turn_last(plan, image, word, false);
  case SPOIL_TAG:
    return turn_last(plan, image, word, true);
  default:
    return false;
  }
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
  case SPOIL_COUNT:
    pack_put_field(s->meta, 0, bits, (uint32_t)s->plan->beat_elems + 1);
    return true;
  case SPOIL_LESS:
    if (s->count > 0) pack_put_field(s->meta, 0, bits, (uint32_t)s->count - 1);
    return s->count > 0;
  case SPOIL_FALL:
    return raise_end(s);
  case SPOIL_OFFSET:
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
  return error_at(NULL, 0, 0, "--inject %s: there is no such set from there on; A has %" PRIu64 " sets", text,
                  sets * r[JOB_A_SEGMENTS]);
}

static bool damage_sets(const char *text, const Injection *injection, const Plan *plan, Image *image) {
  uint64_t set = 0;
  if (plan->hss.a_g0) return damage_blocks(text, injection, plan, image);
  if (!image->bytes[REGION_AM])
    return error_at(NULL, 0, 0, "--inject %s: A is not compressed in this run; say --a-format compressed", text);
  if (is_outer(plan) && injection_bitmap(plan, image, injection->spoil, injection->word, &set)) return true;
  for (uint64_t at = 0; at < image->bytes[REGION_AM] && !is_outer(plan); set++) {
    SetPlace s = {.plan = plan, .meta = image->data[REGION_AM] + at};
    s.count = (int)pack_get_field(s.meta, 0, clog2(plan->beat_elems + 1));
    if (set >= injection->word && spoil_set(&s, injection->spoil)) return true;
    at += (uint64_t)(plan->a_head_bytes + (s.count + A_BLOCK - 1) / A_BLOCK);
  }
  return error_at(NULL, 0, 0, "--inject %s: there is no such set from there on; A has %" PRIu64 " sets", text, set);
}

bool injection_damage(const char *text, const Plan *plan, Image *image) {
  Injection injection;
  if (!injection_parse(text, &injection)) return false;
  if (injection.spoil == SPOIL_NOTHING) return true;
  if (injection.spoil >= SPOIL_COUNT) return damage_sets(text, &injection, plan, image);
  if (!image->bytes[REGION_M])
    return error_at(NULL, 0, 0, "--inject %s: this run has no metadata; modes b and ab do", text);
  if (is_structured(plan) && injection.spoil != SPOIL_CODE && injection.spoil != SPOIL_PADDING)
    return error_at(NULL, 0, 0,
                    "--inject %s: structured weights have offsets and what fills up a byte; meta:code and "
                    "meta:padding spoil them",
                    text);
  if (is_outer(plan)) {
    if (injection_record(plan, image, injection.spoil, injection.word)) return true;
    return error_at(NULL, 0, 0, "--inject %s: there is no such word from there on; a word is a panel here, B has %u",
                    text, (unsigned)image->job.reg[JOB_PANELS]);
  }
  for (uint64_t word = injection.word; word < image->job.words; word++)
    if (spoil_word(plan, image, injection.spoil, word)) return true;
  return error_at(NULL, 0, 0, "--inject %s: there is no such word from there on; B has %" PRIu64 " words", text,
                  image->job.words);
}
