// Records of B become chunks (lac_outer_fill, lac_outer_record, lac_outer_chunk): three steps, each from the registers
// at the start of the cycle (docs/engines/outer.md, "The path of B").
#include "sim/model/outer/array.h"

enum { HEAD_BYTES = 4, TILES_OF_BYTE = 8, MOST_COLUMNS = 64 };

// ---- a chunk of a fiber

static uint64_t low_bits(int count) {
  return count >= 64 ? ~(uint64_t)0 : ((uint64_t)1 << count) - 1;
}

static int ones(uint64_t bits) {
  return __builtin_popcountll(bits);
}

// taller[n]: the banks with more than n columns left.
static int bank_heights(const OuterShape *shape, uint64_t left, uint64_t taller[MOST_COLUMNS]) {
  int heights = 0;
  for (int at = 0; at < shape->columns; at += shape->banks) {
    uint64_t row = left >> at & low_bits(shape->banks);
    for (int h = 0; h < heights && row; h++) {
      uint64_t higher = taller[h] & row;
      taller[h] |= row;
      row = higher;
    }
    if (row) taller[heights++] = row;
  }
  return heights;
}

// The banks taken: the fullest ones, of equal ones the lowest.
static uint64_t choose_banks(const OuterShape *shape, uint64_t left) {
  uint64_t taller[MOST_COLUMNS], taken = 0;
  int room = shape->q;
  for (int h = bank_heights(shape, left, taller); h > 0 && room > 0; h--) {
    uint64_t members = taller[h - 1] & ~taken;
    for (; members && room > 0; members &= members - 1, room--)
      taken |= members & (~members + 1);
  }
  return taken;
}

uint64_t outer_chunk(const OuterShape *shape, uint64_t left, bool *is_short) {
  uint64_t banks = choose_banks(shape, left), columns = 0;
  int count = ones(banks);
  for (int at = 0; at < shape->columns; at += shape->banks) {
    uint64_t row = left >> at & banks;
    columns |= row << at;
    banks &= ~row;
  }
  *is_short = count < shape->q && columns != left;
  return columns;
}

// ---- 3: the record

static uint32_t meta_byte(const OuterFill *f, Count ahead) {
  return f->at + ahead < f->meta_bytes ? f->meta[f->at + ahead] : 0;
}

static void take_bytes(OuterFill *f, Count bytes) {
  f->at += bytes;
  f->bytes -= bytes;
}

static uint64_t full_fiber(const OuterShape *shape) {
  return low_bits(shape->columns);
}

static uint64_t fiber_bits(const OuterFill *f, const OuterShape *shape) {
  uint64_t bits = 0;
  for (int i = 0; i < shape->columns / 8; i++)
    bits |= (uint64_t)meta_byte(f, i) << 8 * i;
  return bits;
}

static void next_k_tile(OuterFill *f, const OuterShape *shape) {
  Count length = min_count(f->run_left, shape->k_tile);
  f->turn = (f->turn + (uint32_t)length) % (uint32_t)shape->blocks;
  f->run_left = f->run_left == length ? shape->run : f->run_left - length;
  f->k = 0;
  f->step++;
  if (f->step == shape->steps)
    f->next = NEXT_END;
  else if (shape->bitmaps && f->step % TILES_OF_BYTE == 0)
    f->next = NEXT_TILES;
}

// `skid_room`: of the cycle's start. Returns whether a fiber, or the end of the panel, goes into the skid.
static bool record_fiber(OuterFill *f, const OuterShape *shape, bool skid_room, OuterFiber *out) {
  if (f->next == NEXT_END) {
    *out = (OuterFiber){.end = true, .step = (uint32_t)f->step};
    if (skid_room) f->next = NEXT_WAIT;
    return skid_room;
  }
  if (shape->bitmaps && !(f->tiles >> f->step % TILES_OF_BYTE & 1)) {
    next_k_tile(f, shape);
    return false;
  }
  Count length = shape->bitmaps ? shape->columns / 8 : 0;
  f->late = f->bytes < length;
  if (f->late || !skid_room) return false;
  *out = (OuterFiber){.left = shape->bitmaps ? fiber_bits(f, shape) : full_fiber(shape),
                      .opens = f->k == 0,
                      .k = f->k,
                      .step = (uint32_t)f->step,
                      .turn = f->turn};
  take_bytes(f, length);
  f->k++;
  if (f->k == (uint32_t)shape->k_tile || f->k == (uint32_t)f->run_left) next_k_tile(f, shape);
  return true;
}

static void record_head(OuterFill *f, const OuterShape *shape) {
  f->late = shape->bitmaps && f->bytes < HEAD_BYTES;
  if (f->late) return;
  if (shape->bitmaps) take_bytes(f, HEAD_BYTES);
  f->next = shape->bitmaps ? NEXT_TILES : NEXT_FIBERS;
  f->step = 0;
  f->k = 0;
  f->turn = 0;
  f->run_left = shape->run;
  f->number = 0;
}

static void record_tiles(OuterFill *f) {
  f->late = f->bytes == 0;
  if (f->late) return;
  f->tiles = meta_byte(f, 0);
  take_bytes(f, 1);
  f->next = NEXT_FIBERS;
}

static bool record_cycle(OuterFill *f, const OuterShape *shape, bool skid_room, OuterFiber *out) {
  f->late = false;
  if (f->next == NEXT_HEAD)
    record_head(f, shape);
  else if (f->next == NEXT_TILES)
    record_tiles(f);
  else if (f->next != NEXT_WAIT)
    return record_fiber(f, shape, skid_room, out);
  return false;
}

// The panel has been dealt with: what is left of its last beats goes, the next record or the next fetch begins.
static void finish_panel(OuterFill *f, const OuterShape *shape) {
  Count odd = f->bytes % shape->beat_bytes;
  take_bytes(f, odd);
  f->values -= f->values % shape->beat_values;
  f->next = NEXT_HEAD;
  if (--f->panels_left > 0) return;
  f->panels_left = shape->panels;
  f->at = 0;
}

// ---- 1 and 2: chunk and fiber

static OuterChunk leave(OuterFill *f, const OuterShape *shape, bool room, const bool *block_room) {
  OuterChunk c = {.block = (int)((f->chunk.k + f->chunk.turn) % (uint32_t)shape->blocks), .number = f->number};
  bool closes = (f->chunk.opens && f->open) || f->chunk.end;
  bool ready = closes ? room : f->count == 0 || block_room[c.block];
  c.fires = f->has_chunk && f->values >= f->count && ready;
  if (!c.fires) return c;
  c.closes = closes;
  c.ends = f->chunk.end;
  c.word = (OuterWord){
      .number = f->chunk.k, .values = (uint8_t)f->count, .lost = (uint8_t)(f->is_short ? shape->q - f->count : 0)};
  f->values -= f->count;
  f->open = !f->chunk.end && (f->open || f->chunk.opens);
  f->number = f->chunk.step;
  return c;
}

// True if that was the fiber's last chunk.
static bool move_chunk(OuterFill *f, const OuterShape *shape) {
  f->chunk = f->fiber;
  f->chunk.left = outer_chunk(shape, f->fiber.left, &f->is_short);
  f->count = ones(f->chunk.left);
  f->fiber.left &= ~f->chunk.left;
  f->fiber.opens = false;
  return f->fiber.left == 0;
}

static void move_fiber(OuterFill *f) {
  f->has_fiber = f->skids > 0;
  if (f->skids == 0) return;
  f->fiber = f->skid[0];
  f->skid[0] = f->skid[1];
  f->skids--;
}

void outer_fill_start(OuterFill *f, const OuterShape *shape, const uint8_t *meta, Count meta_bytes) {
  *f = (OuterFill){.meta = meta, .meta_bytes = meta_bytes, .panels_left = shape->panels};
  outer_fill_settle(f, shape, false, false);
}

OuterChunk outer_fill_cycle(OuterFill *f, const OuterShape *shape, bool room, const bool *block_room) {
  bool busy = f->skids > 0 || f->has_fiber || f->has_chunk, skid_room = f->skids < 2;
  OuterFiber fiber;
  OuterChunk c = leave(f, shape, room, block_room);
  bool moves = f->has_fiber && (!f->has_chunk || c.fires);
  bool next = !f->has_fiber;
  if (moves) next = move_chunk(f, shape);
  f->has_chunk = moves || (f->has_chunk && !c.fires);
  if (next) move_fiber(f);
  if (record_cycle(f, shape, skid_room, &fiber)) f->skid[f->skids++] = fiber;
  if (c.fires && c.ends) finish_panel(f, shape);
  f->late = f->late && !busy;
  return c;
}

// ---- the queues

void outer_fill_settle(OuterFill *f, const OuterShape *shape, bool b_beat, bool m_beat) {
  int head = shape->columns > 32 ? shape->columns / 8 : HEAD_BYTES;
  if (b_beat) f->values += shape->beat_values;
  if (m_beat) f->bytes += shape->beat_bytes;
  f->b_ready = f->values <= 2 * shape->q;
  f->m_ready = f->bytes <= 2 * head;
}
