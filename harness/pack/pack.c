// B is laid out in the order the engine takes it: panel, kernel row, run, step, column, lane. One loop nest serves
// matrices and weights; they differ only in where an element comes from.
#include "harness/pack/pack.h"
#include "harness/pack/pack_bits.h"

#include <string.h>

void pack_rows(const Plan *plan, const int32_t *values, uint64_t rows, uint64_t length, uint8_t *bytes) {
  uint64_t pitch = (length * (uint64_t)plan->data_bits + 7) / 8;
  memset(bytes, 0, rows * pitch);
  for (uint64_t row = 0; row < rows; row++)
    for (uint64_t i = 0; i < length; i++)
      pack_put(bytes + row * pitch, i, plan->data_bits, (uint32_t)values[row * length + i]);
}

typedef struct Weights { // one view of both kinds of B
  const int32_t *values;
  uint32_t columns;                                     // of C
  uint32_t kernel_w, channels, group_channels;          // of the whole map, of one group
  uint32_t group_columns;                               // columns of one group
  uint64_t column_step, channel_step, kh_step, kw_step; // in values
} Weights;

// The element of column n at kernel row kh, offset x elements from the left edge of the window, channels [base, base +
// channels).
static int32_t weight_at(const Weights *w, uint32_t n, uint32_t kh, uint32_t kw, uint32_t channel) {
  uint32_t first = n / w->group_columns * w->group_channels;
  if (kw >= w->kernel_w || channel < first || channel >= first + w->group_channels) return 0;
  return w->values[n * w->column_step + (channel - first) * w->channel_step + kh * w->kh_step + kw * w->kw_step];
}

uint32_t pack_lane(const Plan *plan, uint64_t step, uint32_t lane) {
  uint32_t turn = (uint32_t)plan->words.lane_turn;
  return (lane & ~turn) | ((lane + (uint32_t)step) & turn);
}

// Step `step` of a run, which is step `tile_step` of its tile.
static void pack_step(const Plan *plan, const Job *job, const Weights *w, uint32_t panel, uint32_t kh, uint32_t run,
                      uint32_t step, uint64_t tile_step, uint64_t element, uint8_t *bytes) {
  const uint32_t *r = job->reg;
  uint32_t block = panel / r[JOB_BLOCK_PANELS], column = panel % r[JOB_BLOCK_PANELS] * (uint32_t)plan->n0;
  for (uint32_t c = 0; c < (uint32_t)plan->n0; c++) {
    uint64_t n = (uint64_t)block * r[JOB_BLOCK_COLS] + column + c;
    if (column + c >= r[JOB_BLOCK_COLS] || n >= w->columns) continue;
    for (uint32_t lane = 0; lane < job->k_beat; lane++) {
      uint32_t x = step * job->k_beat + lane;
      if (x >= job->k_run) break;
      uint32_t inner = block * job->k_block + x; // a whole kernel row is one run, or each pixel is
      bool whole_row = r[JOB_K_COLS] == 1;
      uint32_t kw = whole_row ? inner / w->channels : run, channel = whole_row ? inner % w->channels : inner;
      pack_put(bytes, element + c * job->k_beat + pack_lane(plan, tile_step, lane), plan->data_bits,
               (uint32_t)weight_at(w, (uint32_t)n, kh, kw, channel));
    }
  }
}

static void pack_panels(const Plan *plan, const Job *job, const Weights *w, uint8_t *bytes) {
  const uint32_t *r = job->reg;
  uint32_t run_steps = r[JOB_STEPS] / (r[JOB_K_ROWS] * r[JOB_K_COLS]);
  uint64_t word = 0, weights = (uint64_t)plan->n0 * job->k_beat;
  memset(bytes, 0, pack_plain_bytes(plan, job));
  for (uint32_t panel = 0; panel < r[JOB_PANELS]; panel++)
    for (uint32_t kh = 0; kh < r[JOB_K_ROWS]; kh++)
      for (uint32_t run = 0; run < r[JOB_K_COLS]; run++)
        for (uint32_t step = 0; step < run_steps; step++, word++)
          pack_step(plan, job, w, panel, kh, run, step, word % r[JOB_STEPS], word * weights, bytes);
}

uint64_t pack_plain_bytes(const Plan *plan, const Job *job) {
  const uint32_t *r = job->reg;
  uint64_t elements = (uint64_t)r[JOB_PANELS] * r[JOB_STEPS] * (uint64_t)plan->n0 * job->k_beat;
  return (elements * (uint64_t)plan->data_bits + 7) / 8;
}

void pack_matrix(const Plan *plan, const Shape *shape, const Job *job, const int32_t *b, uint8_t *bytes) {
  Weights w = {.values = b,
               .columns = shape->n,
               .kernel_w = 1,
               .channels = shape->k,
               .group_channels = shape->k,
               .group_columns = shape->n,
               .column_step = 1,
               .channel_step = shape->n};
  pack_panels(plan, job, &w, bytes);
}

void pack_weights(const Plan *plan, const Shape *shape, const Job *job, const int32_t *weights, uint8_t *bytes) {
  uint64_t area = (uint64_t)shape->kernel_h * shape->kernel_w, group_channels = shape->channels / shape->groups;
  Weights w = {.values = weights,
               .columns = shape->n,
               .kernel_w = shape->kernel_w,
               .channels = shape->channels,
               .group_channels = (uint32_t)group_channels,
               .group_columns = shape->n / shape->groups,
               .column_step = group_channels * area,
               .channel_step = area,
               .kh_step = shape->kernel_w,
               .kw_step = 1};
  pack_panels(plan, job, &w, bytes);
}

static void put_word(uint8_t *bytes, uint32_t value) {
  for (int i = 0; i < 4; i++)
    bytes[i] = (uint8_t)(value >> 8 * i);
}

// Where columns are sorted, the upper half of the shift's word says to which panel of the group the result belongs.
static uint32_t shift_and_target(int32_t shift, uint32_t panel) {
  return ((uint32_t)shift & 0xffff) | panel << 16;
}

// Parameters stand where their columns were packed.
void pack_parameters(const Plan *plan, const Job *job, const ColumnParameters *columns, const uint32_t *source,
                     uint8_t *bytes) {
  const uint32_t *r = job->reg, n0 = (uint32_t)plan->n0;
  uint32_t slots = (uint32_t)(plan->c_chunks * plan->e_lanes); // per panel, the columns past N0 unused
  memset(bytes, 0, job->p_bytes);
  for (uint32_t panel = 0; panel < r[JOB_PANELS]; panel++)
    for (uint32_t c = 0; c < n0; c++) {
      uint32_t home = source ? source[panel * n0 + c] : panel, inside = home % r[JOB_BLOCK_PANELS] * n0 + c;
      uint64_t n = (uint64_t)(home / r[JOB_BLOCK_PANELS]) * r[JOB_BLOCK_COLS] + inside;
      bool real = inside < r[JOB_BLOCK_COLS] && n < r[JOB_N];
      ColumnParameters column = real && columns ? columns[n] : (ColumnParameters){0};
      uint8_t *slot = bytes + 12 * ((uint64_t)panel * slots + c);
      put_word(slot, (uint32_t)column.bias);
      put_word(slot + 4, (uint32_t)column.multiplier);
      put_word(slot + 8, source ? shift_and_target(column.shift, home % r[JOB_GROUP_PANELS]) : (uint32_t)column.shift);
    }
}
