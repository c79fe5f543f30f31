// The array of the outer-product engine alone, cycle by cycle, by the way its products are merged.
#include "harness/bench/outer/merge_play.h"
#include "gen/base/error.h"
#include "harness/operand/operand.h"
#include "sim/model/outer/array.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_BANKS = 64, MOST_BLOCKS = 64, TILES_AT_WORK = 2 };

// ---- what is compared

typedef enum Choice {
  CHOICE_FULLEST, // of the fullest banks, as built
  CHOICE_ORDER,   // the next columns, up to the first whose bank is taken
  CHOICE_ANY      // the next q columns; of a bank as many as its queue holds
} Choice;

typedef struct Way {
  const char *name;
  Choice choice;
  bool passes; // a lane takes the oldest chunk whose products fit, not the oldest or none
} Way;

static const Way ways[] = {
    {"fullest banks first", CHOICE_FULLEST, false},
    {"ascending order", CHOICE_ORDER, false},
    {"queues, oldest chunk", CHOICE_ANY, false},
    {"queues, any chunk", CHOICE_ANY, true},
};

// ---- operands: fibers as bits

typedef struct Fibers { // of A's columns or B's rows, cut into tiles
  int64_t count, tiles; // k, tiles on the other side
  uint64_t *bits;       // by tile, then k
} Fibers;

typedef struct Study {
  OuterShape shape; // columns, k_tile, blocks, lanes, q, banks, window, slots
  Fibers a, b;
  int depth; // of the banks' queues, 0: none
} Study;

// `rows`: of A the tiles run along its rows, of B along its columns.
static bool fibers_make(const Tensor *t, bool rows, int tile, Fibers *f) {
  int64_t high = t->shape[0], wide = t->shape[1], across = rows ? high : wide;
  *f = (Fibers){.count = rows ? wide : high, .tiles = (across + tile - 1) / tile};
  f->bits = calloc((size_t)(f->tiles * f->count), sizeof *f->bits);
  if (!f->bits) return error_at(NULL, 0, 0, "memory is too short for these operands");
  for (int64_t i = 0; i < high * wide; i++) {
    int64_t r = i / wide, c = i % wide, at = rows ? r : c, k = rows ? c : r;
    if (t->data[i]) f->bits[at / tile * f->count + k] |= (uint64_t)1 << at % tile;
  }
  return true;
}

static bool fibers_load(const char *source, bool rows, int tile, Fibers *f) {
  OperandRule rule = {.option = rows ? "A" : "B", .ndim = 2, .shape = "rows x columns", .bits = 8, .is_signed = true};
  Operand operand;
  if (!operand_load(source, &rule, &operand)) return false;
  bool good = fibers_make(&operand.tensor, rows, tile, f);
  operand_free(&operand);
  return good;
}

// ---- chunks

typedef struct Chunk {
  uint64_t columns;
  int values, lost;  // products of a row; slots left free because columns collide
  bool k_last, last; // of its block, in the k-tile; in the panel
  int64_t k;
} Chunk;

static uint64_t next_in_order(const OuterShape *shape, uint64_t left, int of_bank) {
  int taken[MOST_BANKS] = {0};
  uint64_t columns = 0;
  for (int count = 0; left && count < shape->q; left &= left - 1, count++) {
    int bank = __builtin_ctzll(left) % shape->banks;
    if (taken[bank]++ == of_bank) break;
    columns |= left & (~left + 1);
  }
  return columns;
}

static Chunk chunk_next(const Study *s, const Way *way, uint64_t left) {
  const OuterShape *shape = &s->shape;
  bool is_short;
  uint64_t columns = way->choice == CHOICE_ORDER ? next_in_order(shape, left, 1)
                     : way->choice == CHOICE_ANY ? next_in_order(shape, left, s->depth)
                                                 : outer_chunk(shape, left, &is_short);
  int values = __builtin_popcountll(columns);
  return (Chunk){.columns = columns, .values = values, .lost = columns != left ? shape->q - values : 0};
}

typedef struct Chunks { // of a panel and a block
  Chunk *list;
  int64_t count, room;
} Chunks;

static void chunks_add(Chunks *c, Chunk chunk) {
  if (c->count == c->room) {
    c->room = 2 * c->room + 64;
    c->list = realloc(c->list, (size_t)c->room * sizeof *c->list);
    if (!c->list) abort();
  }
  c->list[c->count++] = chunk;
}

static bool k_tile_empty(const Study *s, const uint64_t *fibers, int64_t k_tile) {
  for (int64_t k = k_tile * s->shape.k_tile; k < s->b.count && k < (k_tile + 1) * s->shape.k_tile; k++)
    if (fibers[k]) return false;
  return true;
}

// A block without a chunk in a k-tile that has some gets one without values.
static void chunks_of_k_tile(const Study *s, const Way *way, const uint64_t *fibers, int64_t k_tile, Chunks *blocks) {
  const OuterShape *shape = &s->shape;
  for (int g = 0; g < shape->blocks; g++) {
    int64_t first = blocks[g].count, start = k_tile * shape->k_tile;
    for (int64_t k = start + g; k < s->b.count && k < start + shape->k_tile; k += shape->blocks)
      for (uint64_t left = fibers[k]; left; left &= ~blocks[g].list[blocks[g].count - 1].columns) {
        Chunk chunk = chunk_next(s, way, left);
        chunk.k = k;
        chunks_add(&blocks[g], chunk);
      }
    if (blocks[g].count == first) chunks_add(&blocks[g], (Chunk){.values = 0});
    blocks[g].list[blocks[g].count - 1].k_last = true;
  }
}

static void chunks_make(const Study *s, const Way *way, int64_t panel, Chunks *blocks) {
  const uint64_t *fibers = s->b.bits + panel * s->b.count;
  int64_t steps = (s->b.count + s->shape.k_tile - 1) / s->shape.k_tile;
  for (int g = 0; g < s->shape.blocks; g++)
    blocks[g].count = 0;
  for (int64_t step = 0; step < steps; step++)
    if (!k_tile_empty(s, fibers, step)) chunks_of_k_tile(s, way, fibers, step, blocks);
  if (blocks[0].count == 0) chunks_of_k_tile(s, way, fibers, 0, blocks);
  for (int g = 0; g < s->shape.blocks; g++)
    blocks[g].list[blocks[g].count - 1].last = true;
}

// ---- the array

typedef struct Entry { // of a window
  const Chunk *chunk;
  int rows[OUTER_LANES]; // left
} Entry;

typedef struct Block {
  Entry window[OUTER_WINDOW]; // oldest first
  int count;
  int64_t next, panel, tile; // the chunk that enters
  int64_t k_tiles, let_go;   // entered to their last chunk, left
  int64_t tiles, tiles_gone; // entered to their last chunk, left
  uint8_t queue[OUTER_LANES][MOST_BANKS];
} Block;

typedef struct Result {
  int64_t cycles, working, products, merge; // merge: slots
} Result;

typedef struct Array {
  const Study *study;
  const Way *way;
  Chunks *chunks; // by panel, then block
  Block blocks[MOST_BLOCKS];
  Result result;
} Array;

// What a lane's banks take in a cycle goes first; then the chunk's products go into the queues, if there is room.
static void drain_queues(Array *a, Block *b) {
  for (int lane = 0; a->study->depth > 0 && lane < a->study->shape.lanes; lane++)
    for (int bank = 0; bank < a->study->shape.banks; bank++)
      if (b->queue[lane][bank]) b->queue[lane][bank]--;
}

static bool into_queues(Array *a, uint8_t *queue, uint64_t columns) {
  uint8_t level[MOST_BANKS];
  if (a->study->depth == 0) return true;
  memcpy(level, queue, sizeof level);
  for (; columns; columns &= columns - 1)
    if (level[__builtin_ctzll(columns) % a->study->shape.banks]++ == a->study->depth) return false;
  memcpy(queue, level, sizeof level);
  return true;
}

static bool issue_lane(Array *a, Block *b, int lane) {
  bool waits = false;
  for (int i = 0; i < b->count && !(waits && !a->way->passes); i++) {
    Entry *e = &b->window[i];
    if (e->rows[lane] == 0) continue;
    waits = !into_queues(a, b->queue[lane], e->chunk->columns);
    if (waits) continue;
    a->result.merge += e->chunk->lost;
    a->result.products += e->chunk->values;
    e->rows[lane]--;
    return true;
  }
  if (waits) a->result.merge += a->study->shape.q;
  return waits;
}

static bool entry_done(const Array *a, const Entry *e) {
  for (int lane = 0; lane < a->study->shape.lanes; lane++)
    if (e->rows[lane]) return false;
  return true;
}

static void retire(const Array *a, Block *b) {
  int gone = 0;
  for (; gone < b->count && entry_done(a, &b->window[gone]); gone++) {
    b->let_go += b->window[gone].chunk->k_last;
    b->tiles_gone += b->window[gone].chunk->last;
  }
  b->count -= gone;
  memmove(b->window, b->window + gone, (size_t)b->count * sizeof *b->window);
}

// Row t of the tile belongs to lane (t mod 8) p / 8.
static void enter(const Array *a, Block *b, const Chunk *chunk) {
  const Fibers *f = &a->study->a;
  Entry *e = &b->window[b->count++];
  *e = (Entry){.chunk = chunk};
  uint64_t rows = chunk->values ? f->bits[b->tile * f->count + chunk->k] : 0;
  for (; rows; rows &= rows - 1)
    e->rows[__builtin_ctzll(rows) % 8 * a->study->shape.lanes / 8]++;
  b->next++;
  b->k_tiles += chunk->k_last;
  if (!chunk->last) return;
  b->next = 0;
  b->tiles++;
  if (++b->tile < f->tiles) return;
  b->tile = 0;
  b->panel++;
}

static int64_t slowest(const Array *a, bool of_tiles) {
  int64_t least = INT64_MAX;
  for (int g = 0; g < a->study->shape.blocks; g++)
    least = min_count(least, of_tiles ? a->blocks[g].tiles_gone : a->blocks[g].let_go);
  return least;
}

// k-tiles that all have let go, and tiles, make room: `freed` and `left` are those of the cycle's start.
static bool block_cycle(Array *a, int g, int64_t freed, int64_t left) {
  const OuterShape *shape = &a->study->shape;
  Block *b = &a->blocks[g];
  bool works = false;
  drain_queues(a, b);
  for (int lane = 0; lane < shape->lanes; lane++)
    works |= issue_lane(a, b, lane);
  retire(a, b);
  bool may = b->count < shape->window && b->panel < a->study->b.tiles && b->k_tiles < freed + shape->slots &&
             b->tiles < left + TILES_AT_WORK;
  if (may) enter(a, b, &a->chunks[b->panel * shape->blocks + g].list[b->next]);
  return works;
}

static void array_run(Array *a) {
  int64_t all = a->study->a.tiles * a->study->b.tiles;
  while (slowest(a, true) < all) {
    int64_t freed = slowest(a, false), left = slowest(a, true);
    bool works = false;
    for (int g = 0; g < a->study->shape.blocks; g++)
      works |= block_cycle(a, g, freed, left);
    a->result.cycles++;
    a->result.working += works;
  }
}

static Result play(const Study *s, const Way *way) {
  Array *a = calloc(1, sizeof *a);
  size_t lists = (size_t)(s->b.tiles * s->shape.blocks);
  if (!a || !(a->chunks = calloc(lists, sizeof *a->chunks))) abort();
  a->study = s;
  a->way = way;
  for (int64_t panel = 0; panel < s->b.tiles; panel++)
    chunks_make(s, way, panel, a->chunks + panel * s->shape.blocks);
  array_run(a);
  for (size_t i = 0; i < lists; i++)
    free(a->chunks[i].list);
  Result result = a->result;
  free(a->chunks);
  free(a);
  return result;
}

// ---- formulas: one k at a time; element-wise crossbar without any conflict, bank-aware lanes in both directions

// Steps of p rows and q columns that a k takes; aware: row r only by lane r mod p, column c only by multiplier c mod q.
static int64_t steps_of(uint64_t fiber, int places, bool aware) {
  int most = 0, count = __builtin_popcountll(fiber);
  if (!aware) return (count + places - 1) / places;
  for (int place = 0; place < places; place++) {
    int here = 0;
    for (int at = place; at < 64; at += places)
      here += (int)(fiber >> at & 1);
    most = here > most ? here : most;
  }
  return most;
}

static int64_t formula(const Study *s, bool aware) {
  int64_t steps = 0;
  for (int64_t k = 0; k < s->a.count; k++) {
    int64_t of_a = 0, of_b = 0;
    for (int64_t i = 0; i < s->a.tiles; i++)
      of_a += steps_of(s->a.bits[i * s->a.count + k], s->shape.lanes, aware);
    for (int64_t i = 0; i < s->b.tiles; i++)
      of_b += steps_of(s->b.bits[i * s->b.count + k], s->shape.q, aware);
    steps += of_a * of_b;
  }
  return (steps + s->shape.blocks - 1) / s->shape.blocks;
}

// ---- the rows

static void add_row(json_t *rows, const Study *s, const char *way, Result r) {
  int64_t slots = (int64_t)s->shape.blocks * s->shape.lanes * s->shape.q;
  double use = (double)r.products / (double)(slots * r.cycles);
  json_array_append_new(rows, json_pack("{s:s, s:i, s:i, s:I, s:I, s:I, s:f}", "way", way, "banks", s->shape.banks,
                                        "depth", s->depth, "cycles", (json_int_t)r.cycles, "working",
                                        (json_int_t)r.working, "merge", (json_int_t)(r.merge / slots), "use", use));
}

// Banks from q to 4 q, where it has queues of 2, 4 and 8.
static Result play_way(Study *s, const Way *way, json_t *rows) {
  bool queues = way->choice == CHOICE_ANY;
  Result r = {0};
  for (s->shape.banks = s->shape.q; s->shape.banks <= min_count(4 * s->shape.q, s->shape.columns); s->shape.banks *= 2)
    for (s->depth = queues ? 2 : 0; s->depth <= (queues ? 8 : 0); s->depth += s->depth + !queues) {
      r = play(s, way);
      add_row(rows, s, way->name, r);
    }
  return r;
}

static json_t *play_all(Study *s) {
  json_t *rows = json_array();
  Result r = {0};
  for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
    r = play_way(s, &ways[i], rows);
  s->shape.banks = s->depth = 0;
  add_row(rows, s, "element-wise crossbar, by formula", (Result){.cycles = formula(s, false), .products = r.products});
  add_row(rows, s, "bank-aware lanes, by formula", (Result){.cycles = formula(s, true), .products = r.products});
  return rows;
}

json_t *merge_play(const char *a, const char *b) {
  Study s = {.shape = {.blocks = 4, .lanes = 4, .q = 8, .columns = 64, .window = 4, .slots = 2, .k_tile = 32}};
  bool good = fibers_load(a, true, s.shape.columns, &s.a) && fibers_load(b, false, s.shape.columns, &s.b);
  if (good && s.a.count != s.b.count)
    good = error_at(NULL, 0, 0, "A has %lld columns, B %lld rows", (long long)s.a.count, (long long)s.b.count);
  json_t *rows = good ? play_all(&s) : NULL;
  free(s.a.bits);
  free(s.b.bits);
  return rows;
}
