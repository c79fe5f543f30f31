// Reads compressed C back, from docs/engines/outer.md and not from the packer of A: what the device wrote is compared
// with the golden results after this, so the two must not share a mistake.
#include "harness/job/sparse_c.h"

#include <stddef.h>

enum { TILE = 8 }; // sets

typedef struct Reader {
  const uint8_t *values, *meta, *map; // left of both; the bitmap of the set at hand, NULL: it has no value
  uint64_t value_count, meta_bytes, sets;
  uint8_t flags; // of the tile's sets from the one at hand on
  bool good;
} Reader;

static uint64_t sets_of(const SparseC *c, uint64_t bytes) {
  return (bytes + c->set - 1) / c->set;
}

static uint64_t segment_bytes(const SparseC *c, uint64_t first_row) {
  uint64_t left = c->rows - first_row;
  return (left < c->seg_rows ? left : c->seg_rows) * c->cols;
}

uint64_t sparse_c_most(const SparseC *c) {
  uint64_t bytes = 0;
  for (uint64_t row = 0; row < c->rows; row += c->seg_rows) {
    uint64_t sets = sets_of(c, segment_bytes(c, row));
    bytes += (sets + TILE - 1) / TILE + sets * (c->set / 8);
  }
  return bytes;
}

void sparse_c_size(const SparseC *c, const int32_t *results, uint64_t *values, uint64_t *meta_bytes) {
  *values = *meta_bytes = 0;
  for (uint64_t row = 0; row < c->rows; row += c->seg_rows) {
    const int32_t *segment = results + row * c->cols;
    uint64_t bytes = segment_bytes(c, row), last = UINT64_MAX;
    *meta_bytes += (sets_of(c, bytes) + TILE - 1) / TILE;
    for (uint64_t i = 0; i < bytes; i++) {
      if (segment[i] == c->zero) continue;
      if (i / c->set != last) *meta_bytes += c->set / 8;
      last = i / c->set;
      ++*values;
    }
  }
}

static const uint8_t *take_meta(Reader *r, uint64_t bytes) {
  const uint8_t *at = r->meta;
  r->good = r->good && bytes <= r->meta_bytes;
  if (!r->good) return NULL;
  r->meta += bytes;
  r->meta_bytes -= bytes;
  return at;
}

// The set's bitmap; false if it has none although its tile says so, or the tile names sets behind the segment's last.
static bool open_set(Reader *r, const SparseC *c, uint64_t place, uint64_t sets) {
  if (place % TILE == 0) {
    const uint8_t *flags = take_meta(r, 1);
    r->flags = flags ? *flags : 0;
    uint64_t here = sets - place;
    if (here < TILE && r->flags >> here) r->good = false;
  }
  r->map = r->flags & 1 ? take_meta(r, c->set / 8) : NULL;
  bool any = !(r->flags & 1);
  for (uint32_t i = 0; r->map && i < c->set / 8; i++)
    any = any || r->map[i];
  r->flags >>= 1;
  return r->good && any;
}

static bool is_value(const Reader *r, uint64_t place) {
  return r->map && r->map[place / 8] >> place % 8 & 1;
}

static bool read_set(Reader *r, const SparseC *c, uint64_t length, int32_t *results) {
  for (uint64_t i = 0; i < c->set; i++) {
    bool value = is_value(r, i);
    if (value && (i >= length || r->value_count == 0)) return false;
    if (i >= length) continue;
    results[i] = value ? (int8_t)*r->values : c->zero;
    r->values += value;
    r->value_count -= value;
    if (value && results[i] == c->zero) return false;
  }
  return true;
}

bool sparse_c_unpack(const SparseC *c, const uint8_t *values, uint64_t value_count, const uint8_t *meta,
                     uint64_t meta_bytes, int32_t *results, uint64_t *set) {
  Reader r = {.values = values, .meta = meta, .value_count = value_count, .meta_bytes = meta_bytes, .good = true};
  *set = 0;
  for (uint64_t row = 0; row < c->rows; row += c->seg_rows) {
    uint64_t bytes = segment_bytes(c, row), sets = sets_of(c, bytes);
    int32_t *segment = results + row * c->cols;
    for (uint64_t place = 0; place < sets; place++, ++*set) {
      uint64_t first = place * c->set;
      if (!open_set(&r, c, place, sets)) return false;
      if (!read_set(&r, c, bytes - first < c->set ? bytes - first : c->set, segment + first)) return false;
    }
  }
  return r.value_count == 0 && r.meta_bytes == 0;
}
