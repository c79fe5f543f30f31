// A set is what a bus beat holds of dense A. Its metadata say how many values it has, where those of each block of four
// end, and where each value stands in its block.
#include "harness/pack/hss/sets.h"
#include "gen/engine/hss/plan.h"
#include "harness/pack/pack_bits.h"

#include <stddef.h>

typedef struct Writer {
  const Plan *plan;
  uint8_t *values, *meta; // NULL: nothing is written
  PackedA done;
} Writer;

static void put_value(Writer *w, int count, int place, uint32_t value) {
  if (!w->values) return;
  pack_put(w->values, w->done.values + (uint64_t)count, w->plan->data_bits, value);
  pack_put_field(w->meta + w->done.meta_bytes, (uint64_t)(8 * w->plan->a_head_bytes + 2 * count), 2,
                 (uint32_t)(place % A_BLOCK));
}

// The set whose first element is `first` of a segment; `length` of its elements are inside.
static void put_set(Writer *w, const uint8_t *segment, uint64_t first, int length, uint32_t zero) {
  int set = w->plan->beat_elems, count = 0;
  uint8_t *head = w->meta ? w->meta + w->done.meta_bytes : NULL;
  for (int i = 0; i < set; i++) {
    uint32_t value = i < length ? pack_get(segment, first + (uint64_t)i, w->plan->data_bits) : zero;
    if (value != zero) put_value(w, count++, i, value);
    int block = i / A_BLOCK;
    if (head && i % A_BLOCK == A_BLOCK - 1 && i + 1 < set)
      pack_put_field(head, (uint64_t)a_set_end_bit(w->plan, block), a_set_end_bits(block), (uint32_t)count);
  }
  if (head) pack_put_field(head, 0, clog2(set + 1), (uint32_t)count);
  w->done.values += (uint64_t)count;
  w->done.meta_bytes += (uint64_t)(w->plan->a_head_bytes + (count + A_BLOCK - 1) / A_BLOCK);
}

PackedA pack_a(const Plan *plan, const Job *job, const uint8_t *rows, uint8_t *values, uint8_t *meta) {
  const uint32_t *r = job->reg;
  Writer w = {.plan = plan, .values = values, .meta = meta};
  uint64_t length = r[JOB_A_MODE] ? r[JOB_RUN] : r[JOB_A_ROW_ELEMS], set = (uint64_t)plan->beat_elems;
  uint32_t zero = r[JOB_A_ZERO] & ((1u << plan->data_bits) - 1);
  for (uint32_t i = 0; i < r[JOB_A_SEGMENTS]; i++)
    for (uint64_t first = 0; first < r[JOB_A_SEG_STRIDE]; first += set) {
      uint64_t left = length - first;
      put_set(&w, rows + (uint64_t)i * r[JOB_A_PITCH], first, (int)(left < set ? left : set), zero);
    }
  return w.done;
}
