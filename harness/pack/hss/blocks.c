// A block keeps its nonzero values, and of its zeros as many of the first as are missing, in ascending order: as
// pack_structured does with weights.
#include "harness/pack/hss/blocks.h"
#include "harness/pack/pack_bits.h"

#include <string.h>

// Up to `count` words of a block, fewer at the end of a run. Where they stand is stored so that what the hardware
// subtracts from every element leaves it.
static void put_block(const Plan *plan, const int32_t *words, uint64_t count, int32_t zero, uint64_t element,
                      uint8_t *row) {
  bool kept[HSS_CHILDREN] = {false};
  int missing = plan->hss.a_g0, placed = 0, width = clog2(plan->hss.h0);
  uint32_t offsets = 0;
  for (uint64_t i = 0; i < count && missing > 0; i++)
    if (words[i] != zero) {
      kept[i] = true;
      missing--;
    }
  for (int i = 0; i < plan->hss.h0 && missing > 0; i++)
    if (!kept[i]) {
      kept[i] = true;
      missing--;
    }
  for (int i = 0; i < plan->hss.h0; i++) {
    if (!kept[i]) continue;
    offsets |= (uint32_t)i << placed * width;
    pack_put(row, element + (uint64_t)placed++, plan->data_bits, (uint32_t)((uint64_t)i < count ? words[i] : zero));
  }
  pack_put(row, element + (uint64_t)placed, plan->data_bits, offsets + (uint32_t)zero);
}

void pack_blocks(const Plan *plan, const int32_t *values, uint64_t rows, uint64_t fibers, uint64_t length, int32_t zero,
                 uint8_t *bytes) {
  uint64_t block = (uint64_t)plan->hss.h0, stored = plan_stored(plan, block);
  uint64_t pitch = (fibers * plan_stored(plan, length) * (uint64_t)plan->data_bits + 7) / 8;
  memset(bytes, 0, rows * pitch);
  for (uint64_t row = 0; row < rows; row++, bytes += pitch) {
    uint64_t element = 0;
    for (uint64_t fiber = 0; fiber < fibers; fiber++, values += length)
      for (uint64_t first = 0; first < length; first += block, element += stored) {
        uint64_t left = length - first;
        put_block(plan, values + first, left < block ? left : block, zero, element, bytes);
      }
  }
}
