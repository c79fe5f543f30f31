// Compacted B as the engine reads it: words, their metadata, and where the nonzero weights of each word point.
#include "sim/model/griffin/griffin.h"

#include <stdlib.h>
#include <string.h>

typedef struct Stream { // bits in memory; zeros behind the end
  const uint8_t *bytes;
  uint64_t size;
} Stream;

// Up to 16 bits.
static uint32_t take_bits(Stream s, uint64_t at, int bits) {
  uint32_t value = 0;
  uint64_t byte = at / 8;
  for (unsigned i = 0; i < 3 && byte + i < s.size; i++)
    value |= (uint32_t)s.bytes[byte + i] << 8 * i;
  return value >> at % 8 & ((1u << bits) - 1);
}

// What the mode's codes may say.
typedef struct Reach {
  int d1, d2, d3;
  bool straddles, keeps_lanes;
} Reach;

static Reach reach_of(const Plan *plan, const uint32_t *reg) {
  if (reg[JOB_MODE] == MODE_AB) return (Reach){plan->window.ab_b1, plan->window.ab_b2, plan->window.ab_b3, false, true};
  return (Reach){plan->window.b_d1, plan->window.b_d2, plan->window.b_d3, plan->window.run_on, false};
}

// ---- one word

typedef struct Code {
  int dist, side, across;
} Code;

static Code code_of(const Plan *plan, uint32_t bits) {
  return (Code){(int)(bits & ((1u << plan->window.dist_bits) - 1)),
                (int)(bits >> plan->window.dist_bits & ((1u << plan->window.side_bits) - 1)),
                (int)(bits >> (plan->window.dist_bits + plan->window.side_bits))};
}

static bool read_header(const Plan *plan, Reach reach, Stream m, uint64_t word, Word *to) {
  uint64_t parts = (uint64_t)plan->b_lanes, weights = (uint64_t)(plan->n0 * plan->k0) / parts;
  uint64_t at = word * parts * (uint64_t)plan->m_lane_bits + weights * (uint64_t)plan->window.code_bits;
  uint32_t header = take_bits(m, at, plan->window.header_bits);
  to->steps = (uint8_t)(header & ((1u << plan->window.advance_bits) - 1));
  to->last = header >> plan->window.advance_bits & 1;
  to->straddle = header >> (plan->window.advance_bits + 1) & reach.straddles;
  return to->steps >= 1 && to->steps <= 1 + reach.d1;
}

// Notes a weight that is not zero. False: its code points outside the window.
static bool add_weight(const Fields *f, Reach reach, Weights *b, Count word, int index, Code code) {
  Word *to = &b->word[word];
  if (code.dist > reach.d1 || code.side > reach.d2 || code.across > reach.d3) return false;
  bool leaves = code.across != 0 && !to->straddle;
  to->weights++;
  to->distance[code.dist]++;
  to->lane += code.side != 0;
  to->pe += leaves;
  if (!reach.keeps_lanes) return true;
  int chunk = index / (f->per_chunk * f->lanes);
  Lanes bit = (Lanes)1 << index % (f->per_chunk * f->lanes);
  b->lanes[(word * b->codes + code.side * (1 + reach.d1) + code.dist) * f->chunks + chunk] |= bit;
  if (leaves) b->across[word * f->chunks + chunk] |= bit;
  return true;
}

static bool read_word(const Plan *plan, const Fields *f, Reach reach, const ModelMemory *memory, Weights *b,
                      Count word) {
  Stream data = {memory->b, memory->b_bytes}, meta = {memory->m, memory->m_bytes};
  int weights = plan->n0 * plan->k0, part = weights / plan->b_lanes;
  uint64_t at = (uint64_t)word * (uint64_t)plan->b_word_bits;
  uint64_t code_at = (uint64_t)(word * plan->b_lanes) * (uint64_t)plan->m_lane_bits;
  if (!read_header(plan, reach, meta, (uint64_t)word, &b->word[word])) return false;
  for (int column = 0, i = 0; column < plan->n0; column++) {
    uint32_t before = b->word[word].weights;
    for (int lane = 0; lane < plan->k0; lane++, i++) {
      if (take_bits(data, at + (uint64_t)(i * plan->data_bits), plan->data_bits) == 0) continue;
      uint64_t code = code_at + (uint64_t)(i / part * plan->m_lane_bits + i % part * plan->window.code_bits);
      if (!add_weight(f, reach, b, word, i, code_of(plan, take_bits(meta, code, plan->window.code_bits)))) return false;
    }
    if (b->word[word].weights == before) b->word[word].empty++;
  }
  return true;
}

// ---- the stream

static bool allocate(const Fields *f, Reach reach, Weights *b) {
  size_t words = (size_t)b->words, lanes = reach.keeps_lanes ? words * (size_t)f->chunks : 1;
  b->word = calloc(words, sizeof *b->word);
  b->first = calloc((size_t)b->panels, sizeof *b->first);
  b->count = calloc((size_t)b->panels, sizeof *b->count);
  b->lanes = calloc(lanes * (size_t)b->codes, sizeof *b->lanes);
  b->across = calloc(lanes, sizeof *b->across);
  return b->word && b->first && b->count && b->lanes && b->across;
}

// Words up to and with the one that is `last` make a panel.
static bool cut_panels(Weights *b) {
  Count word = 0;
  for (Count panel = 0; panel < b->panels; panel++) {
    b->first[panel] = word;
    while (word < b->words && !b->word[word].last)
      word++;
    if (word == b->words) return false;
    b->count[panel] = ++word - b->first[panel];
  }
  return word == b->words;
}

bool weights_read(const Plan *plan, const uint32_t *reg, const ModelMemory *memory, Weights *b) {
  Fields fields = fields_of(plan);
  Reach reach = reach_of(plan, reg);
  *b = (Weights){.words = reg[JOB_B_KEEP] / (uint32_t)plan->b_lanes,
                 .panels = reg[JOB_PANELS],
                 .codes = (1 + reach.d1) * (1 + reach.d2)};
  if (!memory->b || !memory->m || plan->m_lane_bits == 0 || !allocate(&fields, reach, b)) return false;
  for (Count word = 0; word < b->words; word++)
    if (!read_word(plan, &fields, reach, memory, b, word)) return false;
  return cut_panels(b);
}

void weights_free(Weights *b) {
  free(b->word);
  free(b->first);
  free(b->count);
  free(b->lanes);
  free(b->across);
}
