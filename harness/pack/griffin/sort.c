// Columns of about the same number of nonzeros side by side need fewer words than a full column beside an empty one. A
// column may only go where its result can be brought back: to the same place in another panel of its group, over the
// same channels.
#include "harness/pack/griffin/words.h"

void pack_count(const Plan *plan, const Job *job, const uint64_t *nonzero, uint32_t *nonzeros) {
  uint32_t columns = (uint32_t)plan->n0, rows = job->reg[JOB_STEPS] * (uint32_t)plan->k0;
  for (uint32_t panel = 0; panel < job->reg[JOB_PANELS]; panel++, nonzeros += columns) {
    for (uint32_t c = 0; c < columns; c++)
      nonzeros[c] = 0;
    for (uint32_t row = 0; row < rows; row++, nonzero++)
      for (uint64_t rest = *nonzero; rest; rest &= rest - 1)
        nonzeros[__builtin_ctzll(rest)]++;
  }
}

// Panels [first, end) of one place, fullest column first; equal ones stay in order.
static bool sort_place(uint32_t columns, uint32_t first, uint32_t end, uint32_t place, const uint32_t *nonzeros,
                       uint32_t *source) {
  bool moved = false;
  for (uint32_t panel = first; panel < end; panel++) {
    uint32_t at = panel;
    for (; at > first; at--) {
      uint32_t before = source[(at - 1) * columns + place];
      if (nonzeros[before * columns + place] >= nonzeros[panel * columns + place]) break;
      source[at * columns + place] = before;
    }
    source[at * columns + place] = panel;
    moved |= at != panel;
  }
  return moved;
}

bool pack_sort(const Plan *plan, const Job *job, const uint32_t *nonzeros, uint32_t *source) {
  const uint32_t *r = job->reg;
  bool moved = false;
  for (uint32_t first = 0, end; first < r[JOB_PANELS]; first = end) {
    uint32_t group = (first / r[JOB_GROUP_PANELS] + 1) * r[JOB_GROUP_PANELS];
    uint32_t block = (first / r[JOB_BLOCK_PANELS] + 1) * r[JOB_BLOCK_PANELS];
    end = group < block ? group : block;
    if (end > r[JOB_PANELS]) end = r[JOB_PANELS];
    for (uint32_t place = 0; place < (uint32_t)plan->n0; place++)
      moved |= sort_place((uint32_t)plan->n0, first, end, place, nonzeros, source);
  }
  return moved;
}
