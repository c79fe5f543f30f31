// Spec to Plan: the one place where a width, a depth or a latency is computed. What keys mean together is checked here;
// a configuration that passes can be built.
#include <stdio.h>
#include <string.h>

#include "gen/engine/engine.h"
#include "gen/leaf/numbers.h"

#define BITS_PER_KIB   8192
#define MIN_B_WORDS    4
#define MAX_B_WORDS    65536
#define PARAMETER_BITS 96 // bias, multiplier, shift of a column
#define C_SLOTS        32 // m-tiles of the shortest groups that hide the way from a token to the last result
#define RESULT_BYTES   4  // a result waits in the C buffer as int32

static bool is_power(int64_t number) {
  return number > 0 && (number & (number - 1)) == 0;
}

static int log2_of(int power) {
  int log = 0;
  while (power >> log > 1)
    log++;
  return log;
}

static int power_above(int64_t number) { // the smallest power of two not below it
  int power = 1;
  while (power < number)
    power *= 2;
  return power;
}

static int ceil_div(int number, int divisor) {
  return (number + divisor - 1) / divisor;
}

static int max_of(int a, int b) {
  return a > b ? a : b;
}

static int min_of(int a, int b) {
  return a < b ? a : b;
}

// The fewest equal parts of a word that each fit in a bus beat.
static int lanes_of(int word_bits, int bus_bits) {
  int lanes = ceil_div(word_bits, bus_bits);
  while (word_bits % lanes)
    lanes++;
  return lanes;
}

static bool plan_tile(const Spec *spec, Plan *plan) {
  plan->engine = (EngineKind)spec->keys[KEY_ENGINE].value;
  plan->mul_m = plan->m0 = plan->a_rows = spec->keys[KEY_TILE_M].value;
  plan->mul_n = plan->n0 = spec->keys[KEY_TILE_N].value;
  plan->mul_k = plan->k0 = spec->keys[KEY_TILE_K].value;
  plan->macs = plan->mul_m * plan->mul_n * plan->mul_k;
  if (plan->macs > MAX_MACS)
    return spec_error(spec, KEY_TILE_K, "tile has m * n * k = %d multipliers, more than %d; legal: k up to %d",
                      plan->macs, MAX_MACS, 1 << log2_of(MAX_MACS / (plan->mul_m * plan->mul_n)));
  const EngineGen *gen = gen_of(plan);
  return !gen->tile || gen->tile(spec, plan);
}

static void plan_data(const Spec *spec, Plan *plan) {
  plan->data_bits = spec->keys[KEY_DATA_BITS].value;
  plan->a_signed = spec->keys[KEY_A_SIGNED].value != 0;
  plan->a_zero_point = spec->keys[KEY_A_ZERO_POINT].value != 0;
  plan->a_bits = plan->data_bits + (plan->a_signed && !plan->a_zero_point ? 0 : 1);
  plan->b_bits = plan->data_bits;
  plan->acc_bits = 32;
}

static bool plan_memory(const Spec *spec, Plan *plan) {
  plan->bus_bits = spec->keys[KEY_BUS_BITS].value;
  plan->bus_bytes = plan->bus_bits / 8;
  plan->addr_bits = spec->keys[KEY_ADDRESS_BITS].value;
  plan->beat_elems = plan->bus_bits / plan->data_bits;
  plan->burst_beats = spec->keys[KEY_BURST_BEATS].value;
  plan->outstanding = spec->keys[KEY_OUTSTANDING].value;
  plan->urgent_cycles = 64; // two bursts of the default length
  int least = power_above(2 * plan->burst_beats);
  plan->read_fifo_beats = spec->keys[KEY_READ_FIFO_BEATS].value;
  if (plan->read_fifo_beats == DERIVED) plan->read_fifo_beats = max_of(128, least);
  if (plan->read_fifo_beats < least)
    return spec_error(spec, KEY_READ_FIFO_BEATS,
                      "memory.read_fifo_beats %d can't hold two bursts of %d; legal: powers of two from %d to %d",
                      plan->read_fifo_beats, plan->burst_beats, least, spec_key(KEY_READ_FIFO_BEATS)->high);
  return true;
}

static int derive_a_kib(const Plan *plan) {
  int per_bank = plan->macs <= 256 ? 64 : 128;
  while (plan->a_rows * per_bank > 1024)
    per_bank /= 2;
  return plan->a_rows * per_bank;
}

// The smallest a_kib that makes banks of a power of two of at least `least` elements: the odd part of a_rows must be in
// it.
static int least_a_kib(const Plan *plan, int least) {
  int kib = plan->a_rows;
  while (kib % 2 == 0)
    kib /= 2;
  while ((int64_t)kib * BITS_PER_KIB < (int64_t)least * plan->data_bits * plan->a_rows)
    kib *= 2;
  return kib;
}

int plan_a_kib(const Plan *plan, uint64_t elems) {
  uint64_t bank = (uint64_t)plan->a_bank_elems, row_bits = (uint64_t)(plan->a_rows * plan->data_bits);
  while (bank < elems && bank * row_bits / BITS_PER_KIB <= (uint64_t)spec_key(KEY_A_KIB)->high)
    bank *= 2;
  uint64_t kib = bank * row_bits / BITS_PER_KIB;
  return kib <= (uint64_t)spec_key(KEY_A_KIB)->high ? (int)kib : 0;
}

// Two steps in a line. Engines that read several steps, or longer ones, in a cycle have made their own.
static void plan_a_line(Plan *plan) {
  bool wide = plan->k0 >= plan->beat_elems;
  plan->a_granule = wide ? plan->beat_elems : plan->beat_elems / 2;
  plan->a_columns = wide ? 2 * plan->k0 / plan->beat_elems : 2;
}

static bool plan_a_buffer(const Spec *spec, Plan *plan) {
  int kib = spec->keys[KEY_A_KIB].value;
  if (kib == DERIVED) kib = derive_a_kib(plan);
  if (!plan->a_columns) plan_a_line(plan);
  int line = plan->a_granule * plan->a_columns;
  int elems = kib * (BITS_PER_KIB / plan->data_bits);
  int least = max_of(4 * max_of(plan->k0, plan->beat_elems), 2 * line);
  if (elems % plan->a_rows || !is_power(elems / plan->a_rows) || elems / plan->a_rows < least)
    return spec_error(spec, KEY_A_KIB,
                      "buffers.a_kib %d does not make %d banks of a power of two of elements, %d or more; "
                      "legal: %d times a power of two",
                      kib, plan->a_rows, least, least_a_kib(plan, least));
  plan->a_bank_elems = elems / plan->a_rows;
  plan->a_lines = plan->a_bank_elems / line;
  plan->a_pos_bits = log2_of(plan->a_bank_elems) + 2;
  return true;
}

// Two panels of K = 4608, a 3 x 3 convolution with 512 channels: one computes while the next arrives.
static int derive_b_kib(const Plan *plan) {
  return power_above(ceil_div(2 * 4608 * plan->n0 * plan->data_bits, BITS_PER_KIB));
}

static bool plan_b_buffer(const Spec *spec, Plan *plan) {
  int kib = spec->keys[KEY_B_KIB].value;
  if (kib == DERIVED) kib = derive_b_kib(plan);
  plan->b_word_bits = plan->n0 * plan->b_beat * plan->data_bits;
  plan->b_lanes = lanes_of(plan->b_word_bits, plan->bus_bits);
  plan->b_lane_bits = plan->b_word_bits / plan->b_lanes;
  plan->b_words = kib * BITS_PER_KIB / plan->b_word_bits;
  int least_words = max_of(MIN_B_WORDS, 2 * plan->b_banks);
  int least = ceil_div(least_words * plan->b_word_bits, BITS_PER_KIB);
  int64_t most = ((int64_t)(MAX_B_WORDS + 1) * plan->b_word_bits - 1) / BITS_PER_KIB;
  int high = spec_key(KEY_B_KIB)->high;
  if (plan->b_words < least_words || plan->b_words > MAX_B_WORDS)
    return spec_error(spec, KEY_B_KIB, "buffers.b_kib %d holds %d steps of %d bits; legal: %d to %d", kib,
                      plan->b_words, plan->b_word_bits, least, most < high ? (int)most : high);
  return true;
}

static int derive_c_kib(const Plan *plan, int tile_words) {
  int half_bytes = ceil_div(256, plan->n0) * tile_words * plan->e_lanes * RESULT_BYTES;
  return power_above(ceil_div(2 * half_bytes, 1024));
}

static bool plan_epilogue(const Spec *spec, Plan *plan) {
  if (!plan->e_lanes) plan->e_lanes = min_of(plan->n0, plan->bus_bytes);
  plan->c_chunks = ceil_div(plan->n0, plan->e_lanes);
  int tile_words = plan->m0 * plan->c_chunks, word_bytes = plan->e_lanes * RESULT_BYTES;
  int kib = spec->keys[KEY_C_KIB].value;
  if (kib == DERIVED) kib = derive_c_kib(plan, tile_words);
  plan->c_half_words = kib * 512 / word_bytes;
  if (plan->c_half_words < tile_words)
    return spec_error(spec, KEY_C_KIB, "buffers.c_kib %d has halves of %d words, a tile takes %d; legal: %d or more",
                      kib, plan->c_half_words, tile_words, ceil_div(tile_words * word_bytes, 512));
  plan->c_slots = C_SLOTS;
  plan->p_word_bits = PARAMETER_BITS * plan->e_lanes;
  plan->p_lanes = lanes_of(plan->p_word_bits, plan->bus_bits);
  plan->p_lane_bits = plan->p_word_bits / plan->p_lanes;
  plan->p_words = plan->c_half_words / tile_words * plan->c_chunks * 2;
  return true;
}

// Those of the nest.
static bool plan_buffers(const Spec *spec, Plan *plan) {
  bool (*b_buffer)(const Spec *, Plan *) = gen_of(plan)->b_buffer;
  return plan_a_buffer(spec, plan) && (b_buffer ? b_buffer : plan_b_buffer)(spec, plan) && plan_epilogue(spec, plan);
}

// Cycles, as the leaves of rtl/ are built.
static void plan_latencies(Plan *plan) {
  plan->engine_latency = 1 + PE_LATENCY; // the array's edge is registered
  plan->shift_latency = SHIFT_LATENCY;
  plan->epilogue_latency = REQUANT_LATENCY;
}

// What other engines than the dense one make of it stands in their files.
static void plan_one_step(Plan *plan) {
  plan->modes = engine_all_modes(plan->engine);
  plan->a_steps = plan->a_depth = plan->a_ring = 1;
  plan->b_banks = plan->b_window = plan->b_step_words = 1;
  plan->a_beat = plan->b_beat = plan->k0;
  plan->count_bits = clog2(plan->macs + 1);
  plan->words = (PlanWords){.a_block = 1, .a_stored = 1, .passes = 1};
}

// Keys of other engines are refused, so that nobody believes they do something.
static bool check_foreign(const Spec *spec, const Plan *plan) {
  char path[64];
  for (int i = 0; engine_family(i); i++) {
    const EngineGen *other = engine_family(i);
    if (!other->keys || other == gen_of(plan)) continue;
    for (SpecKeyId id = other->first_key; id <= other->last_key; id++)
      if (spec->keys[id].given)
        return spec_error(spec, id, "%s has no use in engine %s, which has no %s; leave it out",
                          spec_key_path(id, path, sizeof path), engine_of(plan->engine)->name, other->keys);
  }
  return true;
}

static void plan_options(const Spec *spec, Plan *plan) {
  plan->multiplier = (MultiplierStyle)spec->keys[KEY_MULTIPLIER].value;
  plan->counters_full = spec->keys[KEY_COUNTERS].value == 0;
  plan->ram = (RamStyle)spec->keys[KEY_RAM].value;
}

// Parts that are seen in the plan, beside those that only the engine knows of.
static unsigned parts_of(const Plan *plan) {
  unsigned parts = gen_of(plan)->parts(plan);
  if (plan->modes & (plan->modes - 1)) parts |= PART_MODES;
  if (!(parts & PART_OWN_JOB)) parts |= PART_NEST;
  if (plan->m_lane_bits > 0) parts |= parts & PART_LANES ? PART_META_B | PART_META_LANES : PART_META_B;
  return parts;
}

bool plan_make(const Spec *spec, Plan *plan) {
  memset(plan, 0, sizeof *plan);
  memcpy(plan->name, spec->name, sizeof plan->name);
  if (*spec->identifier) snprintf(plan->prefix, sizeof plan->prefix, "%s_", spec->identifier);
  if (!plan_tile(spec, plan) || !check_foreign(spec, plan)) return false;
  const EngineGen *gen = gen_of(plan);
  plan_data(spec, plan);
  plan_one_step(plan);
  plan_latencies(plan);
  plan_options(spec, plan);
  bool nest = !(gen->parts(plan) & PART_OWN_JOB);
  if (!plan_memory(spec, plan) || (gen->shape && !gen->shape(spec, plan)) || (nest && !plan_buffers(spec, plan)))
    return false;
  if (gen->plan && !gen->plan(spec, plan)) return false;
  plan->parts = parts_of(plan);
  plan->words.run_modes |= plan->modes;
  plan->hash = plan_hash(plan);
  return true;
}
