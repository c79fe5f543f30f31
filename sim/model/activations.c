// Which elements of A are not zero, and which of them an m-tile has in each of its steps.
#include "sim/model/activations.h"

#include <stdlib.h>
#include <string.h>

enum { WORD = 64 };

static uint32_t element_at(const uint8_t *row, Count element, int bits) {
  if (bits == 4) return (uint32_t)row[element / 2] >> (element % 2 * 4) & 15u;
  if (bits == 8) return row[element];
  return row[2 * element] | (uint32_t)row[2 * element + 1] << 8;
}

// Elements that lie inside the memory given, of those of a segment.
static Count elements_inside(const Activations *a, const ModelMemory *memory, Count at) {
  Count left = (Count)memory->a_bytes - at;
  return left <= 0 ? 0 : min_count(a->elements, left * 8 / a->plan->data_bits);
}

static void read_row(Activations *a, const ModelMemory *memory, Count row) {
  int bits = a->plan->data_bits;
  uint32_t zero = a->plan->a_zero_point ? a->reg[JOB_A_ZERO] & ((1u << bits) - 1) : 0;
  Count at = row * a->reg[JOB_A_PITCH], inside = elements_inside(a, memory, at);
  uint64_t *to = a->bits + row * a->pitch;
  for (Count i = 0; i < inside; i++)
    to[i / WORD] |= (uint64_t)(element_at(memory->a + at, i, bits) != zero) << i % WORD;
}

bool activations_read(const Plan *plan, const uint32_t *reg, const ModelMemory *memory, Activations *a) {
  *a = (Activations){.plan = plan, .reg = reg, .rows = reg[JOB_A_SEGMENTS]};
  bool banked = reg[JOB_A_MODE] != 0;
  Count stored = (Count)reg[JOB_A_BYTES] * 8 / plan->data_bits;
  a->elements = banked ? stored : min_count(stored, reg[JOB_A_ROW_ELEMS]);
  a->pitch = a->elements / WORD + 2; // two words can always be read
  a->bits = calloc((size_t)(a->rows * a->pitch), sizeof *a->bits);
  for (Count row = 0; a->bits && memory->a && row < a->rows; row++)
    read_row(a, memory, row);
  return a->bits != NULL;
}

void activations_free(Activations *a) {
  free(a->bits);
}

// `count` elements of a row from x on, at most 64; what lies outside counts as zero.
static Lanes lanes_at(const Activations *a, Count row, Count x, Count count) {
  if (row < 0 || row >= a->rows || x >= a->elements || x <= -count) return 0;
  const uint64_t *bits = a->bits + row * a->pitch;
  Lanes mask = count < WORD ? ((Lanes)1 << count) - 1 : ~(Lanes)0;
  if (x < 0) return bits[0] << -x & mask;
  Count word = x / WORD, bit = x % WORD;
  Lanes lanes = bits[word] >> bit;
  if (bit) lanes |= bits[word + 1] << (WORD - bit);
  return lanes & mask;
}

typedef struct Pixel { // where a row of the tile begins
  Count row, x;
} Pixel;

static Pixel pixel_of(const Activations *a, Count m) {
  const uint32_t *r = a->reg;
  if (r[JOB_A_MODE]) return (Pixel){m, 0};
  Count down = m / r[JOB_A_OUT_COLS], right = m % r[JOB_A_OUT_COLS];
  return (Pixel){(int16_t)r[JOB_A_IH_INIT] + down * r[JOB_A_ROW_IH], (int32_t)r[JOB_A_X_INIT] + right * r[JOB_A_COL_X]};
}

// The steps of one row of the tile: kernel rows, runs, elements of the run.
static void walk_row(const Activations *a, Pixel pixel, Lanes *lanes) {
  const Plan *plan = a->plan;
  const uint32_t *r = a->reg;
  bool banked = r[JOB_A_MODE] != 0;
  Count step = 0, k0 = plan->k0;
  for (uint32_t kh = 0; kh < r[JOB_K_ROWS]; kh++) {
    Count row = pixel.row + (Count)kh * r[JOB_A_KH_IH];
    bool inside = banked || (row >= 0 && row < r[JOB_A_ROWS]);
    for (uint32_t kw = 0; kw < r[JOB_K_COLS]; kw++)
      for (Count in = 0; in < r[JOB_RUN]; in += k0, step++) {
        Count x = pixel.x + (Count)kw * r[JOB_A_KW_X] + in;
        lanes[step * plan->m0] = inside ? lanes_at(a, row, x, min_count(k0, r[JOB_RUN] - in)) : 0;
      }
  }
}

void activations_tile(const Activations *a, Count tile, Count panel, Lanes *lanes) {
  const uint32_t *r = a->reg;
  int rows = a->plan->m0;
  Count channels = (Count)(panel / r[JOB_BLOCK_PANELS]) * r[JOB_A_CH_STEP];
  memset(lanes, 0, (size_t)r[JOB_STEPS] * (size_t)rows * sizeof *lanes);
  for (int row = 0; row < rows && tile * rows + row < r[JOB_M]; row++) {
    Pixel pixel = pixel_of(a, tile * rows + row);
    pixel.x += channels;
    walk_row(a, pixel, lanes + row);
  }
}
