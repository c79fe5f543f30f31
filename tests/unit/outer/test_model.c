// The cycle model's array of the outer-product engine against the rules of docs/engines/outer.md, played slot by slot:
// which words come, which rows each lane takes when, when tiles leave, and what every cycle counts as. Which k-tiles of
// A are known to be empty is taken from the model; that they are is checked.
#include "harness/operand/random.h"
#include "sim/model/outer/array.h"

#include "tests/unit/support.h"

enum { T_MOST = 64, TILES = 5, PANELS = 3, STEPS = 11, KT_MOST = 64, META = 1 << 17, WORDS = 1 << 17, BLOCKS = 8 };

typedef struct TestJob {
  OuterShape shape;
  bool skips;
  uint64_t b[PANELS][STEPS][KT_MOST]; // columns that have a value
  uint64_t a[TILES][STEPS][KT_MOST];  // rows
  int length[STEPS];                  // k of a k-tile
  uint8_t meta[META];
  Count meta_bytes, values[PANELS];
} TestJob;

typedef struct Plain { // a word as the page says it
  int tile, step, k, values, lost;
  int showing, entry; // of its m-tile's group; of the list
  bool k_last, panel_last;
} Plain;

typedef struct Due { // of a block: its words in the order of the nest, and those in the window
  Plain *words;
  uint64_t *left; // rows
  int count, next, oldest;
  int loaded, entered, gone;         // k-tiles
  int tiles_entered, tiles_gone;     // tiles
  Count gone_at[TILES * PANELS + 1]; // cycle
} Due;

typedef struct Reference {
  TestJob *job;
  Due due[BLOCKS];
  Plain *list;
  int listed, showings, entries, drops, skips;
  int tiles_taken, freed;
  Count now, taken_at, owed_merge, owed_idle, used;
  int issues, merge, products;
} Reference;

static int draw(Random *random, int low, int high) {
  return (int)random_between(random, low, high);
}

// ---- chunks: q banks with the most columns left, of equal ones the lowest; of each its lowest column

static int height(const OuterShape *s, uint64_t left, int bank) {
  int count = 0;
  for (int c = bank; c < s->columns; c += s->banks)
    count += (int)(left >> c & 1);
  return count;
}

static uint64_t plain_chunk(const OuterShape *s, uint64_t left, bool *is_short) {
  bool taken[T_MOST] = {false};
  uint64_t columns = 0;
  int count = 0;
  for (; count < s->q; count++) {
    int best = -1;
    for (int bank = 0; bank < s->banks; bank++)
      if (!taken[bank] && height(s, left, bank) > (best < 0 ? 0 : height(s, left, best))) best = bank;
    if (best < 0) break;
    taken[best] = true;
    int column = best;
    while (!(left >> column & 1))
      column += s->banks;
    columns |= (uint64_t)1 << column;
  }
  *is_short = count < s->q && columns != left;
  return columns;
}

// ---- a job

static uint64_t draw_bits(Random *random, int count, int percent) {
  uint64_t bits = 0;
  for (int i = 0; i < count; i++)
    bits |= (uint64_t)(draw(random, 0, 99) < percent) << i;
  return bits;
}

static void put_bytes(TestJob *j, uint64_t value, int bytes) {
  for (int i = 0; i < bytes; i++)
    j->meta[j->meta_bytes++] = (uint8_t)(value >> 8 * i);
  assert_true(j->meta_bytes < META - 4096);
}

static bool is_empty(const TestJob *j, int panel, int step) {
  for (int k = 0; k < j->length[step]; k++)
    if (j->b[panel][step][k]) return false;
  return j->shape.bitmaps;
}

static void put_record(TestJob *j, int panel) {
  const OuterShape *s = &j->shape;
  j->values[panel] = 0;
  for (int step = 0; step < s->steps; step++)
    for (int k = 0; k < j->length[step]; k++)
      j->values[panel] += __builtin_popcountll(j->b[panel][step][k]);
  put_bytes(j, (uint64_t)j->values[panel], 4);
  for (int first = 0; first < s->steps; first += 8) {
    uint64_t tiles = 0;
    for (int i = 0; i < 8 && first + i < s->steps; i++)
      tiles |= (uint64_t)!is_empty(j, panel, first + i) << i;
    put_bytes(j, tiles, 1);
    for (int i = 0; i < 8 && first + i < s->steps; i++)
      for (int k = 0; tiles >> i & 1 && k < j->length[first + i]; k++)
        put_bytes(j, j->b[panel][first + i][k], s->columns / 8);
  }
  while (j->meta_bytes % s->beat_bytes)
    j->meta_bytes++;
}

static void make_job(Random *random, TestJob *j) {
  OuterShape *s = &j->shape;
  int a_percent = draw(random, 0, 100), b_percent = draw(random, 0, 100), empty = draw(random, 0, 80);
  int a_empty = draw(random, 0, 80);
  uint64_t all = draw_bits(random, s->columns, 100);
  s->bitmaps = draw(random, 0, 3) > 0;
  j->skips = draw(random, 0, 3) > 0;
  s->tiles = draw(random, 1, TILES);
  s->panels = draw(random, 1, PANELS);
  s->block_tiles = draw(random, 1, (int)s->tiles);
  s->group_panels = draw(random, 1, (int)s->panels);
  s->run = draw(random, 1, 3 * s->k_tile);
  int per_run = (int)((s->run + s->k_tile - 1) / s->k_tile);
  s->steps = per_run * draw(random, 1, STEPS / per_run);
  for (int step = 0; step < s->steps; step++)
    j->length[step] = (int)min_count(s->k_tile, s->run - step % per_run * s->k_tile);
  s->known = draw(random, 0, 3) > 0 ? 256 : draw(random, 0, 4);
  for (int step = 0; step < s->steps; step++)
    for (int tile = 0; tile < TILES; tile++) {
      int percent = draw(random, 0, 99) < a_empty ? 0 : a_percent;
      for (int k = 0; k < s->k_tile; k++)
        j->a[tile][step][k] = j->skips ? draw_bits(random, s->columns, percent) : all;
    }
  j->meta_bytes = 0;
  memset(j->meta, 0, sizeof j->meta);
  for (int panel = 0; panel < s->panels; panel++) {
    for (int step = 0; step < s->steps; step++) {
      int percent = draw(random, 0, 99) < empty ? 0 : b_percent;
      for (int k = 0; k < s->k_tile; k++)
        j->b[panel][step][k] = s->bitmaps ? draw_bits(random, s->columns, percent) : all;
    }
    put_record(j, panel);
  }
}

// ---- the words that are due

static void add_word(Due *d, Plain word) {
  d->words[d->count++] = word;
  assert_true(d->count < WORDS);
}

// The first of a k-tile's k that is block g's: k are counted through all runs.
static int first_k(const OuterShape *s, int step, int g) {
  int per_run = (int)((s->run + s->k_tile - 1) / s->k_tile), k = 0;
  int before = step / per_run * (int)s->run + step % per_run * s->k_tile;
  while ((before + k) % s->blocks != g)
    k++;
  return k;
}

static void add_k_tile(Reference *r, Due *d, int g, Plain at, int panel, bool panel_last) {
  const TestJob *j = r->job;
  const OuterShape *s = &j->shape;
  int before = d->count;
  for (at.k = first_k(s, at.step, g); at.k < j->length[at.step]; at.k += s->blocks)
    for (uint64_t left = j->b[panel][at.step][at.k]; left;) {
      bool is_short;
      uint64_t chunk = plain_chunk(s, left, &is_short);
      at.values = __builtin_popcountll(chunk);
      at.lost = is_short ? s->q - at.values : 0;
      left &= ~chunk;
      add_word(d, at);
    }
  if (d->count == before) {
    at.k = 0;
    add_word(d, at);
  }
  d->words[d->count - 1].k_last = true;
  d->words[d->count - 1].panel_last = panel_last;
}

static void add_panel(Reference *r, int tile, int panel) {
  const TestJob *j = r->job;
  int last = 0;
  for (int step = 0; step < j->shape.steps; step++)
    if (!is_empty(j, panel, step)) last = step;
  for (int step = 0; step <= last; step++) {
    if (is_empty(j, panel, step) && step != last) continue;
    Plain at = {.tile = tile, .step = step, .showing = r->showings, .entry = r->entries++};
    for (int g = 0; g < j->shape.blocks; g++)
      add_k_tile(r, &r->due[g], g, at, panel, step == last);
    at.panel_last = step == last;
    r->list[r->listed++] = at;
  }
}

static void make_words(Reference *r) {
  const OuterShape *s = &r->job->shape;
  for (int block = 0; block < s->tiles; block += (int)s->block_tiles)
    for (int group = 0; group < s->panels; group += (int)s->group_panels)
      for (int tile = block; tile < s->tiles && tile < block + s->block_tiles; tile++, r->showings++)
        for (int panel = group; panel < s->panels && panel < group + s->group_panels; panel++)
          add_panel(r, tile, panel);
}

// ---- words that do not come

static bool has_rows(const TestJob *j, Plain at, int first, int stride) {
  for (int k = first; k < j->shape.k_tile; k += stride)
    if (j->a[at.tile][at.step][k]) return true;
  return false;
}

static void remove_words(Due *d, int from, int count) {
  d->count -= count;
  memmove(d->words + from, d->words + from + count, (size_t)(d->count - from) * sizeof *d->words);
}

// A word has been taken: of a block's k-tile without a row only the last one still comes.
static void skip_words(Reference *r, Due *d) {
  int g = (int)(d - r->due), count = 0;
  const OuterShape *s = &r->job->shape;
  Plain at = d->words[d->next - 1];
  if (at.k_last || has_rows(r->job, at, first_k(s, at.step, g), s->blocks)) return;
  while (!d->words[d->next + count].k_last)
    count++;
  remove_words(d, d->next, count);
  r->skips += count;
}

// Found by loading it for a panel before of the same m-tile.
static bool is_known(const Reference *r, Plain at, int loaded) {
  for (int i = loaded - 1; i >= 0 && r->list[i].showing == at.showing; i--)
    if (r->list[i].step == at.step) return true;
  return false;
}

// A k-tile of the list is not offered to the reader of A.
static void drop(Reference *r, int index, int loaded) {
  Plain at = r->list[index];
  assert_false(at.panel_last);
  assert_true(at.step < r->job->shape.known && is_known(r, at, loaded) && !has_rows(r->job, at, 0, 1));
  for (int g = 0; g < r->job->shape.blocks; g++) {
    Due *d = &r->due[g];
    int from = d->next, count = 0;
    while (d->words[from].entry != at.entry)
      from++;
    while (d->words[from + count].entry == at.entry)
      count++;
    remove_words(d, from, count);
  }
  r->listed--;
  memmove(r->list + index, r->list + index + 1, (size_t)(r->listed - index) * sizeof *r->list);
  r->drops++;
}

// ---- slot by slot

static uint64_t rows_of_lane(const OuterShape *s, int lane) {
  uint64_t rows = 0;
  for (int t = 0; t < s->columns; t++)
    rows |= (uint64_t)(t % 8 * s->lanes / 8 == lane) << t;
  return rows;
}

static void issue(Reference *r, Due *d) {
  const OuterShape *s = &r->job->shape;
  for (int lane = 0; lane < s->lanes; lane++) {
    uint64_t mine = 0, rows = rows_of_lane(s, lane);
    int i = d->oldest;
    for (; i < d->next && !(mine = d->left[i] & rows); i++)
      ;
    if (!mine) continue;
    d->left[i] &= ~(mine & (~mine + 1));
    r->issues++;
    r->products += d->words[i].values;
    r->merge += d->words[i].lost;
  }
}

static void retire(Reference *r, Due *d) {
  for (; d->oldest < d->next && !d->left[d->oldest]; d->oldest++) {
    d->gone += d->words[d->oldest].k_last;
    if (d->words[d->oldest].panel_last) d->gone_at[d->tiles_gone++] = r->now;
  }
}

typedef struct Seen {
  bool out, a, b, word; // word: a block has one
} Seen;

static void enter(Reference *r, Due *d, int loaded, int freed, bool valid, Seen *seen) {
  const OuterShape *s = &r->job->shape;
  bool half = r->now >= s->sweep && d->tiles_entered - freed < 2;
  seen->word |= valid;
  seen->out |= valid && !half;
  seen->a |= valid && loaded <= d->entered;
  seen->b |= !valid && d->next < d->count;
  if (!valid || !half || loaded <= d->entered || d->next - d->oldest >= s->window) return;
  const Plain *word = &d->words[d->next];
  d->left[d->next++] = word->values ? r->job->a[word->tile][word->step][word->k] : 0;
  d->entered += word->k_last;
  d->tiles_entered += word->panel_last;
  skip_words(r, d);
}

// `late`: B waits for its bitmaps; `token`: a tile could leave, but may not.
static int cause(Reference *r, Seen seen, bool late, bool token) {
  const OuterShape *s = &r->job->shape;
  int lanes = s->blocks * s->lanes, all = lanes * s->q;
  if (r->issues == 0)
    return seen.out              ? CAUSE_WAIT_OUT
           : seen.a              ? CAUSE_WAIT_A
           : seen.b && late      ? CAUSE_WAIT_META
           : seen.b              ? CAUSE_WAIT_B
           : token && !seen.word ? CAUSE_WAIT_OUT
                                 : CAUSE_FILL_DRAIN;
  r->owed_merge += r->merge;
  r->owed_idle += (lanes - r->issues) * s->q;
  if (r->owed_merge >= all) {
    r->owed_merge -= all;
    return CAUSE_MERGE;
  }
  if (r->owed_idle >= all) {
    r->owed_idle -= all;
    return CAUSE_IMBALANCE;
  }
  return CAUSE_MULTIPLY;
}

// Whether a tile may begin to leave in this cycle.
static bool may_leave(const Reference *r) {
  const OuterShape *s = &r->job->shape;
  Count reads = (Count)s->columns * s->columns / s->banks;
  if (r->tiles_taken > 0 && r->now - r->taken_at < reads) return false;
  for (int g = 0; g < s->blocks; g++) {
    const Due *d = &r->due[g];
    if (d->tiles_gone <= r->tiles_taken || r->now < d->gone_at[r->tiles_taken] + 5) return false;
  }
  return r->now >= s->sweep;
}

// ---- a run of both

typedef struct Drive { // around the array
  const TestJob *job;
  Count b_left, m_left; // beats
  int sub, sent;        // beats of the k-tile, k-tiles
  bool has_a;
  Plain a;
  LaneRows rows[OUTER_SLOTS + 2][KT_MOST];
  int stall;
} Drive;

static void start_drive(Drive *d, const TestJob *j, int stall) {
  const OuterShape *s = &j->shape;
  Count fetches = (s->tiles + s->block_tiles - 1) / s->block_tiles;
  Count beats = 0;
  for (int panel = 0; panel < s->panels; panel++)
    beats += (j->values[panel] + s->beat_values - 1) / s->beat_values;
  *d = (Drive){.job = j, .b_left = beats * fetches, .stall = stall};
  d->m_left = s->bitmaps ? j->meta_bytes / s->beat_bytes * fetches : 0;
}

static void pack_rows(const TestJob *j, Plain at, LaneRows *rows) {
  const OuterShape *s = &j->shape;
  for (int k = 0; k < s->k_tile; k++) {
    rows[k] = 0;
    for (int lane = 0; lane < s->lanes; lane++)
      rows[k] |= (LaneRows)__builtin_popcountll(j->a[at.tile][at.step][k] & rows_of_lane(s, lane)) << 8 * lane;
  }
}

// The k-tile offered to the reader, and those that were dropped before it.
static void check_offer(const Drive *d, Reference *r, const OuterArray *o) {
  int index = d->sent + d->has_a;
  if (!o->pass.valid) return;
  assert_true(index < r->listed);
  while (r->list[index].step != (int)o->pass.number)
    drop(r, index, d->sent);
  assert_int_equal(o->pass.last, r->list[index].panel_last);
}

static int turn_of(const OuterShape *s, int step) {
  int turn = 0;
  while (first_k(s, step, turn) != 0)
    turn++;
  return turn;
}

// Takes the next number when the k-tile before has been sent.
static bool next_number(Drive *d, const Reference *r, const OuterArray *o, Random *random) {
  if (d->has_a || !o->pass.valid || draw(random, 0, 99) < d->stall) return false;
  d->a = r->list[d->sent];
  pack_rows(d->job, d->a, d->rows[d->sent % (OUTER_SLOTS + 2)]);
  return true;
}

static void check_words(const Reference *r, const OuterArray *o) {
  for (int g = 0; g < o->shape.blocks; g++) {
    const OuterStore *store = &o->stores[g];
    const Due *d = &r->due[g];
    if (!store->valid) continue;
    assert_true(d->next < d->count);
    const Plain *word = &d->words[d->next];
    assert_int_equal(store->word.values, word->values);
    assert_int_equal(store->word.lost, word->lost);
    if (word->values) assert_int_equal(store->word.number, word->k);
    assert_int_equal(store->word.k_last, word->k_last);
    assert_int_equal(store->word.panel_last, word->panel_last);
  }
}

static void check_blocks(const Reference *r, const OuterArray *o) {
  for (int g = 0; g < o->shape.blocks; g++) {
    assert_int_equal(o->blocks[g].count, r->due[g].next - r->due[g].oldest);
    assert_int_equal(o->blocks[g].held, r->due[g].loaded - r->due[g].gone);
  }
}

static bool plain_room(const Reference *r) {
  for (int g = 0; g < r->job->shape.blocks; g++)
    if (r->due[g].loaded - r->due[g].gone >= r->job->shape.slots) return false;
  return true;
}

// What happens at the end of a cycle, from what was before it.
static int plain_cycle(Reference *r, const bool *valid, bool tile, bool late, bool token) {
  Count reads = (Count)r->job->shape.columns * r->job->shape.columns / r->job->shape.banks;
  Seen seen = {false, false, false, false};
  r->issues = r->merge = r->products = 0;
  for (int g = 0; g < r->job->shape.blocks; g++) {
    issue(r, &r->due[g]);
    retire(r, &r->due[g]);
    enter(r, &r->due[g], r->due[g].loaded, r->freed, valid[g], &seen);
  }
  if (r->tiles_taken > 0 && r->now - r->taken_at == reads) r->freed++;
  if (tile) {
    r->tiles_taken++;
    r->taken_at = r->now;
  }
  r->used += r->products;
  return cause(r, seen, late, token);
}

static void step(Reference *r, OuterArray *o, Drive *d, Random *random) {
  const OuterShape *s = &o->shape;
  bool valid[BLOCKS], room = plain_room(r), leaves = may_leave(r), b_ready = o->fill.b_ready, m_ready = o->fill.m_ready;
  OuterSignals signals = {.a_valid = d->has_a && draw(random, 0, 99) >= d->stall,
                          .a_end = d->sent == r->listed - 1,
                          .rows = d->rows[d->sent % (OUTER_SLOTS + 2)],
                          .turn = turn_of(&d->job->shape, d->a.step),
                          .token = draw(random, 0, 99) >= d->stall};
  check_offer(d, r, o);
  check_words(r, o);
  for (int g = 0; g < s->blocks; g++)
    valid[g] = o->stores[g].valid;
  bool listed = next_number(d, r, o, random);
  bool b_beat = b_ready && d->b_left > 0 && draw(random, 0, 99) >= d->stall;
  bool m_beat = m_ready && d->m_left > 0 && draw(random, 0, 99) >= d->stall;
  outer_array_cycle(o, &signals);
  outer_array_settle(o, listed, b_beat, m_beat);
  d->b_left -= b_beat;
  d->m_left -= m_beat;
  assert_int_equal(signals.a_take, room);
  assert_int_equal(signals.tile, leaves && signals.token);
  assert_int_equal(signals.cause, plain_cycle(r, valid, signals.tile, o->fill.late, leaves && !signals.token));
  if (listed) d->has_a = true;
  if (signals.a_valid && signals.a_take && ++d->sub == s->columns / 8) {
    d->sub = d->has_a = 0;
    d->sent++;
    for (int g = 0; g < s->blocks; g++)
      r->due[g].loaded++;
  }
  check_blocks(r, o);
  assert_int_equal(signals.job_end, signals.tile && r->tiles_taken == s->tiles * s->panels);
  r->now++;
}

static void run(Random *random, TestJob *j, int *drops, int *skips) {
  static Reference r;
  static Drive drive;
  OuterArray o;
  r = (Reference){.job = j, .list = calloc(WORDS, sizeof *r.list)};
  for (int g = 0; g < j->shape.blocks; g++) {
    r.due[g].words = calloc(WORDS, sizeof *r.due[g].words);
    r.due[g].left = calloc(WORDS, sizeof *r.due[g].left);
  }
  make_words(&r);
  start_drive(&drive, j, draw(random, 0, 1) ? 0 : draw(random, 1, 80));
  assert_true(outer_array_start(&o, &j->shape, j->meta, j->meta_bytes));
  while (r.tiles_taken < j->shape.tiles * j->shape.panels) {
    step(&r, &o, &drive, random);
    assert_true(r.now < 1000000);
  }
  assert_int_equal(o.used, r.used);
  assert_int_equal(drive.sent, r.listed);
  assert_int_equal(drive.b_left, 0);
  assert_int_equal(drive.m_left, 0);
  *drops += r.drops;
  *skips += r.skips;
  outer_array_free(&o);
  free(r.list);
  for (int g = 0; g < j->shape.blocks; g++) {
    free(r.due[g].words);
    free(r.due[g].left);
  }
}

static const OuterShape shapes[] = {
    {.columns = 64, .k_tile = 32, .blocks = 4, .lanes = 4, .q = 8, .banks = 16, .window = 4, .slots = 2},
    {.columns = 32, .k_tile = 32, .blocks = 1, .lanes = 4, .q = 8, .banks = 16, .window = 4, .slots = 2},
    {.columns = 32, .k_tile = 32, .blocks = 1, .lanes = 8, .q = 16, .banks = 32, .window = 4, .slots = 2},
    {.columns = 16, .k_tile = 8, .blocks = 8, .lanes = 1, .q = 2, .banks = 2, .window = 1, .slots = 8},
    {.columns = 16, .k_tile = 2, .blocks = 2, .lanes = 2, .q = 4, .banks = 8, .window = 16, .slots = 4},
    {.columns = 64, .k_tile = 64, .blocks = 2, .lanes = 8, .q = 4, .banks = 4, .window = 3, .slots = 4},
};

// All lanes are swept together.
static Count full_sweep(const OuterShape *s) {
  return s->columns / s->lanes * (s->columns / s->banks);
}

// A group that is shown once passes through the least store there is.
static void set_stores(OuterShape *s) {
  int least = s->k_tile / s->blocks * (s->columns / s->q);
  s->store_words = s->list_words = s->block_tiles == 1 ? least < 4 ? 4 : least : WORDS / 4;
}

static void array_follows_the_rules(void **state) {
  (void)state;
  static TestJob job;
  Random random = {.state = 11};
  int drops = 0, skips = 0;
  for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
    for (int round = 0; round < 24; round++) {
      job.shape = shapes[i];
      job.shape.beat_values = job.shape.beat_bytes = 8 << draw(&random, 0, 2);
      make_job(&random, &job);
      set_stores(&job.shape);
      job.shape.sweep = draw(&random, 0, 1) ? 0 : full_sweep(&job.shape);
      run(&random, &job, &drops, &skips);
    }
  print_message("%d k-tiles dropped, %d words skipped\n", drops, skips);
  assert_true(drops > 50 && skips > 50);
}

static void chunks_take_the_fullest_banks(void **state) {
  (void)state;
  Random random = {.state = 5};
  for (int i = 0; i < 3000; i++) {
    const OuterShape *s = &shapes[i % (int)(sizeof shapes / sizeof *shapes)];
    bool is_short, plain_short;
    uint64_t left = draw_bits(&random, s->columns, draw(&random, 0, 100));
    assert_true(outer_chunk(s, left, &is_short) == plain_chunk(s, left, &plain_short));
    assert_int_equal(is_short, plain_short);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(chunks_take_the_fullest_banks),
      cmocka_unit_test(array_follows_the_rules),
  };
  return cmocka_run_group_tests(tests, folder_setup, folder_teardown);
}
