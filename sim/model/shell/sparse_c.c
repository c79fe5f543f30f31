// Results without their zeros (lac_c_sparse): sets out of rows, their values and bitmaps by beats. Of the data only
// counts matter: how many results of a set are values.
#include "sim/model/state.h"

enum { VALUES, META };

// ---- tiles

static bool closes_tile(const SparseCounts *c) {
  return c->second.ends || c->place == TILE_SETS - 1;
}

// lac_c_tiles: the set goes in if `take`; the tile that leaves gives up a beat if `goes`.
static void tile_cycle(SparseCounts *c, int size, bool take, bool goes, bool room) {
  bool closes = take && closes_tile(c);
  if (take) c->maps += c->second.values > 0;
  if (room) c->tile = closes;
  if (closes) {
    c->tile_left = 1 + c->maps * (size / 8);
    c->tile_final = c->second.final;
  } else if (!room && goes) {
    c->tile_left -= size;
  }
  if (closes) c->maps = 0;
  if (take) c->place = closes ? 0 : c->place + 1;
}

// ---- sets

static int count_values(SparseCounts *c, int bytes) {
  int values = 0;
  for (int i = 0; i < bytes; i++, c->at++)
    values += !c->results || c->results[c->at] != c->zero;
  return values;
}

// A word of the C buffer, if one is there, goes to the sets; the set that it fills is the next first one.
static SparseSet take_word(Machine *m, Signals *s, bool word, bool room) {
  SparseCounts *c = &m->sparse;
  Piece piece = word ? m->flags.emit.piece[0] : (Piece){0, 0};
  bool wanted = c->rows > 0, last_row = c->rows == 1, ready = room && !c->sets.spill;
  bool seg_end = piece.last && (last_row || c->seg_rows == 1);
  bool final = !wanted || (last_row && piece.last && ready);
  StreamBeat set = pack_bytes(&c->sets, m->config.bus_bytes, room, word && wanted, piece.bytes, seg_end);
  if (word && (ready || !wanted)) {
    emit_take_piece(&m->flags.emit);
    s->sent = true;
    if (wanted && piece.last) {
      c->rows--;
      c->seg_rows = seg_end ? c->most_rows : c->seg_rows - 1;
    }
  }
  return (SparseSet){set.here, set.last, set.last && final, count_values(c, set.count)};
}

// ---- a cycle

void sparse_start(Machine *m) {
  m->sparse.seg_rows = m->sparse.most_rows;
}

void sparse_cycle(Machine *m, Signals *s, bool word) {
  SparseCounts *c = &m->sparse;
  int size = m->config.bus_bytes;
  bool room[2] = {bursts_room(m, VALUES), bursts_room(m, META)};
  bool goes = c->tile && room[META] && !c->meta.spill, tile_last = c->tile_left <= size;
  bool tile_room = !c->tile || (goes && tile_last), values_ready = room[VALUES] && !c->values.spill;
  bool tiles_ready = !closes_tile(c) || tile_room, leaves = c->second.here && values_ready && tiles_ready;
  bool second_room = !c->second.here || leaves, first_room = !c->first.here || second_room;
  StreamBeat beats[2];
  beats[VALUES] =
      pack_bytes(&c->values, size, room[VALUES], c->second.here && tiles_ready, c->second.values, c->second.final);
  beats[META] =
      pack_bytes(&c->meta, size, room[META], c->tile, tile_last ? c->tile_left : size, c->tile_final && tile_last);
  tile_cycle(c, size, leaves, goes, tile_room);
  bursts_cycle(m, beats);
  if (second_room) c->second = c->first;
  SparseSet set = take_word(m, s, word, first_room);
  if (first_room) c->first = set;
}
