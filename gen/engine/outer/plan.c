// The plan of the outer-product engine (docs/engines/outer.md): what tile, blocks and k-tiles make of the shell's
// numbers and of the chunk stores that B waits in.
#include "gen/engine/outer/numbers.h"
#include "gen/engine/outer/outer.h"
#include "gen/spec/spec.h"

#include <stdio.h>

#define BITS_PER_KIB  8192
#define PORT_ROWS     8     // rows of A that come in a cycle
#define MIN_BUS_BITS  64    // of lac_outer_record
#define MIN_WORDS     4     // fewest words of a store
#define MAX_WORDS     65536 // most words of a store
#define DERIVED_DEPTH 2048  // k of a panel without zeros that the stores hold where b_kib is left to the plan
#define KNOWN_TILES   256   // k-tiles of a panel that A may be known to lack
#define WORD_FLAGS    3     // of a word: short, last of its k-tile, last of its panel
#define K_BITS        28    // of the largest K, 27 of any job

static int max_of(int a, int b) {
  return a > b ? a : b;
}

static int64_t min_of(int64_t a, int64_t b) {
  return a < b ? a : b;
}

static int power_below(int number) { // the largest power of two not above it
  return 1 << (clog2(number + 1) - 1);
}

// ---- tile and blocks

// A default is not to blame, but the tile that it does not fit.
static bool divide_tile(const Spec *spec, SpecKeyId block, SpecKeyId tile) {
  int size = spec->keys[block].value, all = spec->keys[tile].value, fits = all & -all;
  if (all % size == 0) return true;
  const SpecKey *key = spec_key(block);
  char way[64] = "";
  if (fits > key->low) snprintf(way, sizeof way, "%s %d to %d, or ", key->name, key->low, fits);
  if (fits == key->low) snprintf(way, sizeof way, "%s %d, or ", key->name, key->low);
  return spec_error(spec, spec_blame(spec, block, tile),
                    "outer.%s %d does not divide tile.%s %d; legal: %stile.%s a multiple of %d", key->name, size,
                    spec_key(tile)->name, all, way, spec_key(tile)->name, size);
}

static bool take_blocks(const Spec *spec, Plan *plan) {
  int p = spec->keys[KEY_OUTER_P].value, q = spec->keys[KEY_OUTER_Q].value;
  plan->outer.p = p;
  plan->outer.q = q;
  if (plan->mul_k != 1)
    return spec_error(spec, KEY_TILE_K, "tile.k %d: engine outer multiplies for one k in a place; legal: 1",
                      plan->mul_k);
  if (!divide_tile(spec, KEY_OUTER_P, KEY_TILE_M) || !divide_tile(spec, KEY_OUTER_Q, KEY_TILE_N)) return false;
  plan->outer.blocks = plan->macs / (p * q);
  int most = spec_key(KEY_OUTER_K_TILE)->high;
  if (plan->outer.blocks == 1 << clog2(plan->outer.blocks) && plan->outer.blocks <= most) return true;
  int high = power_below(plan->mul_m / p), wide = power_below(plan->mul_n / q);
  bool rows = high * p < plan->mul_m || wide * q == plan->mul_n;
  if (high * wide > most) high = most / wide;
  return spec_error(spec, rows ? KEY_TILE_M : KEY_TILE_N,
                    "tile has %d blocks of outer.block_m * outer.block_n = %d, not 1, 2, 4 .. %d; legal: tile.%s %d",
                    plan->outer.blocks, p * q, most, rows ? "m" : "n", rows ? high * p : wide * q);
}

static bool take_banks(const Spec *spec, Plan *plan) {
  int banks = spec->keys[KEY_OUTER_BANKS].value, tile = spec->keys[KEY_OUTER_TILE].value, q = plan->outer.q;
  if (banks == DERIVED) banks = 2 * q < tile ? 2 * q : tile;
  plan->outer.banks = plan->e_lanes = banks;
  if (banks >= q && banks <= tile) return true;
  return spec_error(spec, KEY_OUTER_BANKS,
                    "outer.banks %d is below outer.block_n or above outer.tile; legal: powers of two from %d to %d",
                    banks, q, tile);
}

static bool take_k_tile(const Spec *spec, Plan *plan) {
  plan->k0 = spec->keys[KEY_OUTER_K_TILE].value;
  plan->outer.ks = plan->k0 / plan->outer.blocks;
  if (plan->outer.ks > 0) return true;
  return spec_error(spec, spec_blame(spec, KEY_OUTER_K_TILE, KEY_TILE_M),
                    "outer.k_tile %d leaves some of %d blocks without a k; legal: k_tile %d to %d", plan->k0,
                    plan->outer.blocks, plan->outer.blocks, spec_key(KEY_OUTER_K_TILE)->high);
}

bool plan_outer_tile(const Spec *spec, Plan *plan) {
  plan->m0 = plan->n0 = spec->keys[KEY_OUTER_TILE].value;
  plan->a_rows = PORT_ROWS;
  plan->outer.window = spec->keys[KEY_OUTER_WINDOW].value;
  plan->outer.slots = spec->keys[KEY_OUTER_SLOTS].value;
  plan->outer.known = KNOWN_TILES;
  return take_blocks(spec, plan) && take_banks(spec, plan) && take_k_tile(spec, plan);
}

// ---- stores

// A bitmap comes out of one beat.
static bool check_beats(const Spec *spec, const Plan *plan) {
  if (plan->bus_bits >= MIN_BUS_BITS) return true;
  return spec_error(spec, KEY_BUS_BITS,
                    "memory.bus_bits %d: a bitmap of engine outer may have %d bits; legal: %d to %d", plan->bus_bits,
                    MIN_BUS_BITS, MIN_BUS_BITS, spec_key(KEY_BUS_BITS)->high);
}

// Bits of a word, as lac_outer_fill makes it: values, places, k and flags.
static int word_bits(const Plan *plan) {
  int column_bits = max_of(1, clog2(plan->n0 / plan->outer.banks)), k_bits = max_of(1, clog2(plan->outer.ks));
  return plan->outer.q * (plan->data_bits + column_bits) + plan->outer.banks + k_bits + WORD_FLAGS;
}

static int kib_of(int64_t bits) {
  return (int)((bits + BITS_PER_KIB - 1) / BITS_PER_KIB);
}

bool plan_outer_stores(const Spec *spec, Plan *plan) {
  if (!check_beats(spec, plan)) return false;
  int kib = spec->keys[KEY_B_KIB].value, chunks = plan->n0 / plan->outer.q; // of a full fiber
  plan->b_beat = plan->k0;
  plan->b_word_bits = plan->b_lane_bits = word_bits(plan);
  plan->b_lanes = 1;
  int64_t row = (int64_t)plan->outer.blocks * plan->b_word_bits; // a word of every store
  int usual = 1 << clog2(max_of(DERIVED_DEPTH / plan->outer.blocks * chunks, MIN_WORDS));
  int least = 1 << clog2(max_of(plan->outer.ks * chunks, MIN_WORDS));
  if (kib == DERIVED) kib = kib_of(usual * row);
  int64_t held = (int64_t)kib * BITS_PER_KIB / row, words = 1;
  while (2 * words <= held)
    words *= 2;
  plan->b_words = (int)words * plan->outer.blocks;
  plan->outer.list_words = (int)words; // every store has a word for every k-tile in the list, or more
  if (held >= least && words <= MAX_WORDS) return true;
  int64_t most = (2 * MAX_WORDS * row - 1) / BITS_PER_KIB;
  return spec_error(
      spec, KEY_B_KIB,
      "buffers.b_kib %d holds %lld words of %d bits in each of %d stores, a k-tile takes up to %d; legal: "
      "%d to %lld",
      kib, (long long)held, plan->b_word_bits, plan->outer.blocks, plan->outer.ks * chunks, kib_of(least * row),
      (long long)min_of(most, spec_key(KEY_B_KIB)->high));
}

// Counts of multiplications come tile by tile, T * T for every k. Results come by words, the first four cycles behind
// the token.
bool plan_outer(const Spec *spec, Plan *plan) {
  (void)spec;
  plan->b_banks = plan->outer.blocks;
  plan->b_step_words = plan->k0 * (plan->n0 / plan->outer.q);
  plan->m_lane_bits = plan->bus_bits;
  plan->a_compressed = true;
  plan->count_bits = clog2(plan->m0 * plan->n0) + K_BITS;
  plan->engine_latency = OUTER_LATENCY;
  plan->shift_latency = 1;
  return true;
}
