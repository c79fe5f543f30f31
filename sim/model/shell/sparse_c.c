// Results without their zeros (lac_c_sparse): sets out of rows, their values and bitmaps by beats, bursts of both. Of
// the data only counts matter: how many results of a set are values.
#include "sim/model/state.h"

enum { VALUES, META };

typedef struct Beat {
  bool here, last;
  int count;
} Beat;

// lac_byte_pack: `count` bytes come if `in`, a beat leaves if `ready`.
static Beat pack_bytes(SparsePack *f, int size, bool ready, bool in, int count, bool last) {
  if (!ready || (!in && !f->spill)) return (Beat){0};
  int total = f->kept + (f->spill ? 0 : count);
  if (f->spill) {
    *f = (SparsePack){0};
    return (Beat){true, true, total};
  }
  bool full = total >= size, over = total > size;
  f->spill = last && over;
  f->kept = last && !over ? 0 : total % size;
  if (!full && !last) return (Beat){0};
  return (Beat){true, last && !over, full ? size : total};
}

// ---- streams

static bool is_done(const SparseStream *f) {
  return f->ended && f->here == 0;
}

// lac_c_stream and its lac_fifo_ram.
static void stream_cycle(SparseStream *f, Beat beat) {
  bool put = beat.here && beat.count > 0, fetch = f->level > 0 && (!f->head || f->taken);
  f->head = fetch || (f->head && !f->taken);
  f->level += put - fetch;
  f->here += put - f->asked;
  f->ended = f->ended || (beat.here && beat.last);
  if (put) f->tail = beat.count;
  f->taken = false;
  f->asked = 0;
}

bool sparse_offers(const Machine *m) {
  const SparseCounts *c = &m->sparse;
  return c->turns > 0 && c->stream[c->turn[0].meta].head;
}

Piece sparse_take(Machine *m) {
  SparseCounts *c = &m->sparse;
  const SparseTurn *turn = &c->turn[0];
  SparseStream *f = &c->stream[turn->meta];
  f->taken = true;
  c->pops = ++c->sent == turn->beats;
  if (c->pops) c->sent = 0;
  return (Piece){c->pops && turn->last ? f->tail : m->config.bus_bytes, c->pops};
}

static int ask_beats(const Machine *m, const SparseStream *f) {
  if (f->here >= m->config.burst_beats) return m->config.burst_beats;
  return f->ended ? (int)f->here : 0;
}

static void add_turn(Machine *m, SparseTurn turn) {
  SparseCounts *c = &m->sparse;
  c->turn[c->turns++] = turn;
}

static void pop_turn(SparseCounts *c) {
  c->pops = false;
  c->turns--;
  for (int i = 0; i < c->turns; i++)
    c->turn[i] = c->turn[i + 1];
}

// The next burst is asked for, values first.
static void ask(Machine *m) {
  SparseCounts *c = &m->sparse;
  int meta = ask_beats(m, &c->stream[VALUES]) == 0;
  SparseStream *f = &c->stream[meta];
  int beats = ask_beats(m, f);
  bool room = c->turns < SPARSE_TURNS, last = f->ended && f->here == beats;
  if (c->pops) pop_turn(c);
  if (beats == 0 || !room || m->flags.write.segment) return;
  Count bytes = (Count)beats * m->config.bus_bytes - (last ? m->config.bus_bytes - f->tail : 0);
  split_load(&m->config, &m->flags.write, &m->counts.write_left, f->address + f->bytes, bytes);
  m->counts.writes++;
  f->asked = beats;
  f->bytes += bytes;
  add_turn(m, (SparseTurn){meta, beats, last});
}

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
  Beat set = pack_bytes(&c->sets, m->config.bus_bytes, room, word && wanted, piece.bytes, seg_end);
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
  SparseCounts *c = &m->sparse;
  c->busy = m->config.sparse;
  c->seg_rows = c->most_rows;
}

void sparse_cycle(Machine *m, Signals *s, bool word) {
  SparseCounts *c = &m->sparse;
  int size = m->config.bus_bytes, depth = 2 * m->config.burst_beats;
  bool room[2] = {c->stream[VALUES].level < depth, c->stream[META].level < depth};
  bool busy = c->busy && !(is_done(&c->stream[VALUES]) && is_done(&c->stream[META]) && c->turns == 0);
  bool goes = c->tile && room[META] && !c->meta.spill, tile_last = c->tile_left <= size;
  bool tile_room = !c->tile || (goes && tile_last), values_ready = room[VALUES] && !c->values.spill;
  bool tiles_ready = !closes_tile(c) || tile_room, leaves = c->second.here && values_ready && tiles_ready;
  bool second_room = !c->second.here || leaves, first_room = !c->first.here || second_room;
  ask(m);
  Beat values =
      pack_bytes(&c->values, size, room[VALUES], c->second.here && tiles_ready, c->second.values, c->second.final);
  Beat meta =
      pack_bytes(&c->meta, size, room[META], c->tile, tile_last ? c->tile_left : size, c->tile_final && tile_last);
  tile_cycle(c, size, leaves, goes, tile_room);
  stream_cycle(&c->stream[VALUES], values);
  stream_cycle(&c->stream[META], meta);
  if (second_room) c->second = c->first;
  SparseSet set = take_word(m, s, word, first_room);
  if (first_room) c->first = set;
  c->busy = busy;
}
