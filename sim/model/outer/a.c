// A as the blocks of the outer-product engine see it: for every k of every k-tile how many of each lane's rows are not
// zero, from the bytes in memory, compressed or not.
#include "sim/model/outer/outer.h"

#include <stdlib.h>

enum { WORD = 64 };

// ---- compressed A (docs/formats.md, "Compressed A with bitmaps")

typedef struct SetReader {
  const ModelMemory *memory;
  uint64_t at, value; // byte of the metadata, number of the value
} SetReader;

static uint32_t next_byte(SetReader *s) {
  uint64_t at = s->at++;
  return at < s->memory->am_bytes ? s->memory->am[at] : 0;
}

static uint32_t next_value(SetReader *s, int bits) {
  uint64_t at = s->value++ * (uint64_t)bits / 8, odd = (s->value - 1) * (uint64_t)bits % 8;
  uint32_t low = at < s->memory->a_bytes ? s->memory->a[at] : 0;
  uint32_t high = bits > 8 && at + 1 < s->memory->a_bytes ? s->memory->a[at + 1] : 0;
  return (low | high << 8) >> odd & ((1u << bits) - 1);
}

// Elements of a set that are in memory, and not zero all the same.
static void read_set(const Activations *a, SetReader *s, Count first, uint64_t *row) {
  int bits = a->plan->data_bits;
  uint32_t zero = a->plan->a_zero_point ? a->reg[JOB_A_ZERO] & ((1u << bits) - 1) : 0, map = 0;
  for (int i = 0; i < a->plan->beat_elems; i++) {
    if (i % 8 == 0) map = next_byte(s);
    if (!(map >> i % 8 & 1) || next_value(s, bits) == zero || first + i >= a->elements) continue;
    row[(first + i) / WORD] |= (uint64_t)1 << (first + i) % WORD;
  }
}

static void read_segment(const Activations *a, SetReader *s, uint64_t *row) {
  Count set = a->plan->beat_elems;
  uint32_t tile = 0;
  for (Count number = 0; number * set < a->elements; number++) {
    if (number % TILE_SETS == 0) tile = next_byte(s);
    if (tile >> number % TILE_SETS & 1) read_set(a, s, number * set, row);
  }
}

static bool compressed_read(const Plan *plan, const uint32_t *reg, const ModelMemory *memory, Activations *a) {
  *a = (Activations){.plan = plan, .reg = reg, .rows = reg[JOB_A_SEGMENTS]};
  a->elements = reg[JOB_A_MODE] ? reg[JOB_RUN] : reg[JOB_A_ROW_ELEMS];
  a->pitch = a->elements / WORD + 2;
  a->bits = calloc((size_t)(a->rows * a->pitch), sizeof *a->bits);
  SetReader s = {.memory = memory};
  for (Count row = 0; a->bits && row < a->rows; row++)
    read_segment(a, &s, a->bits + row * a->pitch);
  return a->bits != NULL;
}

// ---- lanes

// Row t of a tile belongs to lane (t mod 8) p / 8.
static LaneRows row_of_lane(const Plan *plan, int t) {
  return (LaneRows)1 << 8 * (t % 8 * plan->outer.p / 8);
}

static void count_rows(const Plan *plan, const Lanes *tile, Count steps, LaneRows *rows) {
  for (Count step = 0; step < steps; step++)
    for (int t = 0; t < plan->m0; t++)
      for (Lanes k = tile[step * plan->m0 + t]; k; k &= k - 1)
        rows[step * plan->k0 + __builtin_ctzll(k)] += row_of_lane(plan, t);
}

LaneRows *outer_all_rows(const Plan *plan) {
  LaneRows *rows = calloc((size_t)plan->k0, sizeof *rows);
  for (int k = 0; rows && k < plan->k0; k++)
    for (int t = 0; t < plan->m0; t++)
      rows[k] += row_of_lane(plan, t);
  return rows;
}

static void count_all(const Plan *plan, const uint32_t *reg, const Activations *a, Lanes *tile, LaneRows *rows) {
  Count size = (Count)reg[JOB_STEPS] * plan->k0;
  for (Count panel = 0; panel < reg[JOB_PANELS]; panel += reg[JOB_BLOCK_PANELS])
    for (Count number = 0; number < reg[JOB_TILES]; number++, rows += size) {
      activations_tile(a, number, panel, tile);
      count_rows(plan, tile, reg[JOB_STEPS], rows);
    }
}

LaneRows *outer_read_rows(const Plan *plan, const uint32_t *reg, const ModelMemory *memory) {
  size_t blocks = (reg[JOB_PANELS] - 1) / reg[JOB_BLOCK_PANELS] + 1, steps = reg[JOB_STEPS];
  Activations a;
  if (!(reg[JOB_A_FORMAT] ? compressed_read : activations_read)(plan, reg, memory, &a)) return NULL;
  Lanes *tile = calloc(steps * (size_t)plan->m0, sizeof *tile);
  LaneRows *rows = calloc(blocks * reg[JOB_TILES] * steps * (size_t)plan->k0, sizeof *rows);
  if (tile && rows) count_all(plan, reg, &a, tile, rows);
  if (!tile) free(rows);
  activations_free(&a);
  free(tile);
  return tile ? rows : NULL;
}
