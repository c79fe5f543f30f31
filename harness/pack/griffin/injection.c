// Spoils compacted B: what a word of it says (docs/engines/griffin.md, "A word of compacted B").
#include "harness/pack/griffin/injection.h"
#include "harness/pack/pack_bits.h"

static uint64_t header_at(const Plan *plan, uint64_t word) {
  return injection_word_at(plan, word) + (uint64_t)(plan->n0 * plan->k0 / plan->b_lanes * plan->window.code_bits);
}

static uint64_t code_at(const Plan *plan, uint64_t word, int weight) {
  int part = plan->n0 * plan->k0 / plan->b_lanes;
  return injection_word_at(plan, word) +
         (uint64_t)(weight / part * plan->m_lane_bits + weight % part * plan->window.code_bits);
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

static bool spoil_word(const Plan *plan, Image *image, Spoil spoil, uint64_t word) {
  switch (spoil) {
  case SPOIL_CODE: // of a weight points past the window, or a zero weight has one
    return spoil_code(plan, image, word);
  case SPOIL_ADVANCE: // the word gives up no step
    pack_put_field(image->data[REGION_M], header_at(plan, word), plan->window.advance_bits, 0);
    return true;
  case SPOIL_END: // the word is the last of its tile before the tile is over
    return turn_last(plan, image, word, false);
  case SPOIL_TAG: // no word is the last of the tile
    return turn_last(plan, image, word, true);
  case SPOIL_PADDING:
    return injection_fill(plan, image, word,
                          plan->n0 * plan->k0 / plan->b_lanes * plan->window.code_bits + plan->window.header_bits);
  default:
    return false;
  }
}

bool spoil_compacted(const char *text, const Injection *injection, const Plan *plan, Image *image) {
  return injection_words(text, injection, plan, image, spoil_word);
}
