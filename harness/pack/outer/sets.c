// A set is what a bus beat holds of dense A, a tile eight sets of a segment. A tile's byte says which of its sets have
// a value, a set's bitmap which of its elements have one.
#include "harness/pack/outer/sets.h"
#include "gen/leaf/numbers.h"
#include "harness/pack/pack_bits.h"

#include <stddef.h>

typedef struct Writer {
  const Plan *plan;
  uint8_t *values, *meta; // NULL: nothing is written
  uint32_t zero;
  PackedA done;
} Writer;

// The set's elements from `first` on, `length` of them inside the segment; whether one of them is a value.
static bool put_set(Writer *w, const uint8_t *segment, uint64_t first, uint64_t length) {
  uint64_t before = w->done.values;
  for (uint64_t i = 0; i < length; i++) {
    uint32_t value = pack_get(segment, first + i, w->plan->data_bits);
    if (value == w->zero) continue;
    if (w->values) pack_put(w->values, w->done.values, w->plan->data_bits, value);
    if (w->meta) pack_put_bit(w->meta + w->done.meta_bytes, i);
    w->done.values++;
  }
  return w->done.values > before;
}

static void put_tile(Writer *w, const uint8_t *segment, uint64_t first, uint64_t end) {
  uint64_t set = (uint64_t)w->plan->beat_elems, head = w->done.meta_bytes++;
  for (uint64_t i = 0; i < TILE_SETS && first < end; i++, first += set) {
    if (!put_set(w, segment, first, end - first < set ? end - first : set)) continue;
    if (w->meta) pack_put_bit(w->meta + head, i);
    w->done.meta_bytes += (set + 7) / 8;
  }
}

PackedA pack_bitmap_a(const Plan *plan, const Job *job, const uint8_t *rows, uint8_t *values, uint8_t *meta) {
  const uint32_t *r = job->reg;
  Writer w = {.plan = plan, .values = values, .meta = meta, .zero = r[JOB_A_ZERO] & ((1u << plan->data_bits) - 1)};
  uint64_t length = r[JOB_A_MODE] ? r[JOB_RUN] : r[JOB_A_ROW_ELEMS], tile = TILE_SETS * (uint64_t)plan->beat_elems;
  for (uint32_t i = 0; i < r[JOB_A_SEGMENTS]; i++)
    for (uint64_t first = 0; first < length; first += tile)
      put_tile(&w, rows + (uint64_t)i * r[JOB_A_PITCH], first, length);
  return w.done;
}
